"""The demo's people who can sign in: a shopper, two artisans, an editor, a moderator, an administrator."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from artisans.models import Artisan, Membership
from marketplace.demo.signs import PASSWORD, PEOPLE
from marketplace.groups import EDITORS, MODERATORS, TREASURERS
from marketplace.roles import ensure_roles


@transaction.atomic
def seed_people() -> list[tuple[str, str, str]]:
    """Creates the demo's people; returns (role, address, password) of each."""
    ensure_roles()
    for _role, email, first, last, language, part in PEOPLE:
        _save_person(email, first, last, language, part)
    return [(role, email, PASSWORD) for role, email, *_rest in PEOPLE]


def _save_person(email: str, first: str, last: str, language: str, part: str) -> None:
    user, created = get_user_model().objects.get_or_create(
        email=email, defaults={"first_name": first, "last_name": last, "language": language}
    )
    if created:
        user.set_password(PASSWORD)
    user.is_staff = user.is_superuser = part == "admin"
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if part in (EDITORS, MODERATORS, TREASURERS):
        user.groups.add(Group.objects.get(name=part))
    elif part.startswith("artisan:"):
        _kind, country, craft = part.split(":")
        owner = (
            Artisan.objects.filter(is_demo=True, country=country, partner__stockrecords__product__listing__craft=craft)
            .order_by("partner__stockrecords__product__upc")
            .first()
        )
        if owner:
            Membership.objects.get_or_create(artisan=owner, user=user)
