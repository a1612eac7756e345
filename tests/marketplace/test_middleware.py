import pytest

pytestmark = pytest.mark.django_db


def test_pages_travel_compressed(client, rates):
    response = client.get("/en/makers/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/webhooks/nobody/", "/pictures/1/160.jpg", "/api/v1/nothing/", "/sandbox/pay/x/"])
def test_what_has_no_language_is_not_sent_to_one(client, path):
    assert client.post(path).status_code in (403, 404, 405)
    assert client.get(path).status_code in (404, 405)


def test_the_root_sends_to_the_readers_language(client):
    assert client.get("/", headers={"accept-language": "kk"}).url == "/kk/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/en/"


def test_alive_and_ready_need_no_host(client):
    assert client.get("/healthz", headers={"host": "10.0.0.1"}).content == b"ok\n"
    assert client.get("/readyz").json()["status"] == "ok"
