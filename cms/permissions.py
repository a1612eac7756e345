"""What editors may do: write, translate, publish and illustrate every page."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_PICTURES = ("add_image", "change_image", "choose_image")


def let_edit(editors: Group) -> None:
    """Gives the group its permissions on all pages and pictures; giving them again changes nothing."""
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGES):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=_PICTURES):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=collection, permission=permission)
    admin = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    translate = Permission.objects.filter(content_type__app_label="wagtail_localize", codename="submit_translation")
    editors.permissions.add(*admin, *translate)
