from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "danvan.topics"
    verbose_name = "Lĩnh vực"
