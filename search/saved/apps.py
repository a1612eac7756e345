from django.apps import AppConfig


class SavedConfig(AppConfig):
    name = "search.saved"
    label = "saved_searches"

    def ready(self):
        from search.saved import alerts  # noqa: F401 - registers its job
