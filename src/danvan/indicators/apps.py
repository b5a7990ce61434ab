from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "danvan.indicators"
    verbose_name = "Chỉ tiêu, số liệu"
