"""Who may do what in the admin: editors write pages and the vocabulary and see what is searched for, moderators look
after makers, treasurers pay them. Administrators are superusers."""

from django.contrib.auth.models import Group, Permission

from cms.permissions import let_edit
from marketplace.groups import EDITORS, MODERATORS, TREASURERS
from search.permissions import let_edit_vocabulary

_MODERATOR_PERMISSIONS = [
    ("wagtailadmin", "access_admin"),
    ("artisans", "view_artisan"),
    ("artisans", "change_artisan"),
    ("settlement", "add_refund"),
    ("settlement", "change_return"),
    ("settlement", "change_dispute"),
    ("reviews", "change_productreview"),
]
_TREASURER_PERMISSIONS = [("settlement", "change_payoutbatch")]


def ensure_roles() -> None:
    """Creates the groups that are missing and gives them their permissions. Wagtail made Editors itself."""
    editors, _created = Group.objects.get_or_create(name=EDITORS)
    let_edit(editors)
    let_edit_vocabulary(editors)
    editors.permissions.add(Permission.objects.get(content_type__app_label="search_insight", codename="view_queryday"))
    moderators, _created = Group.objects.get_or_create(name=MODERATORS)
    for app, codename in _MODERATOR_PERMISSIONS:
        moderators.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    treasurers, _created = Group.objects.get_or_create(name=TREASURERS)
    for app, codename in _TREASURER_PERMISSIONS:
        treasurers.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
