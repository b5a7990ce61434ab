from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "danvan.activities"
    verbose_name = "Hoạt động"

    def ready(self) -> None:
        from danvan.activities.counters import register_all

        register_all()
