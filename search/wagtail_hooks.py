"""What the editors' admin has of search."""

from wagtail import hooks

from search.vocabulary_admin import VocabularyGroup


@hooks.register("register_admin_viewset")
def register_viewsets():
    return VocabularyGroup()
