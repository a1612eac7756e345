import pytest

from tests.factories import make_moderator


@pytest.fixture
def moderator(client):
    user = make_moderator()
    client.force_login(user)
    return user
