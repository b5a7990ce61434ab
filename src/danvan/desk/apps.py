from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "danvan.desk"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        from danvan.desk import subscribers  # noqa: F401
