from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "danvan.law"
    verbose_name = "Pháp luật"
