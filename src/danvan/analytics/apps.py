from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "danvan.analytics"
    verbose_name = "Phân tích"
