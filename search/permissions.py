"""What editors may do: add to the vocabulary and correct it."""

from django.contrib.auth.models import Group, Permission

_MODELS = ("thesaurusterm", "thesaurusconcept")


def let_edit_vocabulary(editors: Group) -> None:
    """Gives the group its permissions; giving them again changes nothing."""
    found = Permission.objects.filter(content_type__app_label="search", content_type__model__in=_MODELS)
    editors.permissions.add(*found)
