from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "danvan.exchange"
    verbose_name = "Trao đổi số liệu"
