"""for_user(): the only tenancy filter. What a seller sees starts here; a stranger gets 404."""

from django.db import models


class ArtisanQuerySet(models.QuerySet):
    def on_show(self):
        """Makers with a storefront that shoppers may see."""
        return self.filter(status="approved")

    def for_user(self, user):
        """Makers this user may act for."""
        return self.filter(memberships__user=user) if user.is_authenticated else self.none()


def for_user(queryset, user, path: str = "partner"):
    """Those rows of `queryset` whose partner (found along `path`) the user may act for."""
    if not user.is_authenticated:
        return queryset.none()
    return queryset.filter(**{f"{path}__artisan__memberships__user": user})
