from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "danvan.foundation"
    verbose_name = "Nền"
