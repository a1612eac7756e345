"""The demo's mails can be read on a page; outside the demo, there is no such page."""

import os

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGE = "/en/demo/mails/"


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def send(*messages: tuple[str, str]) -> None:
    """Written as Django's file backend writes them: the messages of one connection in one file."""
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    connection.send_messages([EmailMessage(subject, body, to=["aigerim@example.org"]) for subject, body in messages])
    connection.close()


def test_mails_are_read_newest_first(client, demo):
    send(("First", "one"))
    for file in demo.iterdir():
        os.utime(file, (1, 1))
    send(("Second", "two"), ("Third", "three"))
    html = client.get(PAGE).content.decode()
    assert html.index("Third") < html.index("Second") < html.index("First")


def test_a_mail_is_shown_whole_in_any_script_with_its_links(client, demo):
    send(("Тапсырыс төленді", "Рақмет!\n\nhttp://testserver/kk/orders/1/x/"))
    html = client.get(PAGE).content.decode()
    for words in ("Тапсырыс төленді", "Рақмет!", "aigerim@example.org", 'href="http://testserver/kk/orders/1/x/"'):
        assert words in html


def test_what_a_mail_says_is_never_markup(client, demo):
    send(("<b>x</b>", "<script>alert(1)</script>"))
    html = client.get(PAGE).content.decode()
    assert "<script>alert" not in html and "<b>x</b>" not in html


def test_no_mails_yet_is_said(client, demo):
    assert "No mails yet" in client.get(reverse("demo-mails")).content.decode()


def test_where_mails_are_really_sent_the_page_is_empty(client, demo, settings):
    del settings.EMAIL_FILE_PATH
    assert "No mails yet" in client.get(PAGE).content.decode()


def test_outside_the_demo_there_is_no_such_page(client, demo, settings):
    settings.DEMO = False
    assert client.get(PAGE).status_code == 404
