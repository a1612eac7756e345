"""Who may do what in the editors' admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission

from marketplace.roles import EDITORS, MODERATORS, ensure_roles
from tests import factories


def test_editors_may_write_and_publish_every_page(editor, home, story):
    for page in (home, story, home.get_translations().first()):
        tester = page.permissions_for_user(editor)
        assert tester.can_edit()
        assert tester.can_publish()


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailadmin_explore_root", "wagtailimages:index", "wagtailimages:add"]
)
def test_editors_reach_their_admin(client, editor, name):
    assert client.get(reverse(name)).status_code == 200


def test_editors_open_every_kind_of_page_for_editing(client, editor, home, country_page, story):
    for page in (home, country_page, story, story.get_parent()):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_editors_do_not_look_after_makers_users_or_settings(client, editor):
    for name in ("makers:index", "wagtailusers_users:index", "wagtailsites:index"):
        assert client.get(reverse(name)).status_code == 302


def test_moderators_see_makers_by_how_they_stand(client, db):
    ensure_roles()
    user = factories.make_user()
    user.groups.add(Group.objects.get(name=MODERATORS))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    factories.make_artisan(name="Approved Anvar")
    factories.make_artisan(name="Applied Aziza", status="applied")
    html = client.get(reverse("makers:index"), {"status": "applied"}).content.decode()
    assert "Applied Aziza" in html
    assert "Approved Anvar" not in html


@pytest.mark.parametrize("door", ["/admin/", "/dashboard/"])
def test_somebody_without_the_right_is_told_so_and_not_sent_in_circles(client, door, db):
    client.force_login(factories.make_user())
    response = client.get(door, follow=True)
    assert response.status_code == 403 and len(response.redirect_chain) <= 1


@pytest.mark.parametrize("door", ["/admin/", "/dashboard/"])
def test_guests_sign_in_and_come_back_to_the_admin(client, door, db):
    response = client.get(door, follow=True)
    assert response.status_code == 200 and f'name="next" value="{door}"' in response.content.decode()


def test_shoppers_do_not_reach_the_admin(client, db):
    client.force_login(factories.make_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/admin/").status_code == 302


def test_giving_permissions_again_changes_nothing(db):
    ensure_roles()
    before = GroupPagePermission.objects.filter(group__name=EDITORS).count()
    ensure_roles()
    assert GroupPagePermission.objects.filter(group__name=EDITORS).count() == before
