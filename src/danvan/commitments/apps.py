from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "danvan.commitments"
    verbose_name = "Việc phải làm"

    def ready(self) -> None:
        from danvan.commitments.counters import register_all

        register_all()
