from django.apps import AppConfig


class Configuration(AppConfig):
    """The settings' own checks and the command that prepares an installation."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401 - registers the checks
