from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "danvan.indicators"
    verbose_name = "Chỉ tiêu, số liệu"

    def ready(self) -> None:
        from danvan.foundation import worker
        from danvan.indicators.services import recompute_dirty

        worker.duty(seconds=1)(recompute_dirty)
