"""Asking for a page in another language leaves that language active in the thread; each test starts in English."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")
