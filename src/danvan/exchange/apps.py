from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "danvan.exchange"
    verbose_name = "Trao đổi với hệ thống khác"

    def ready(self) -> None:
        from danvan.exchange.holders import HOLDERS
        from danvan.exchange.views.refusing import machine_answer
        from danvan.foundation.views import answer_by
        from danvan.organisations import holders

        answer_by(machine_answer)
        for holder in HOLDERS:
            holders.register(holder)
