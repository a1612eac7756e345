from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "search.insight"
    label = "search_insight"

    def ready(self):
        from search.insight import counting  # noqa: F401 - registers its jobs
