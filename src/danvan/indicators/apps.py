from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "danvan.indicators"
    verbose_name = "Chỉ tiêu, số liệu"

    def ready(self) -> None:
        from danvan.foundation import worker
        from danvan.indicators import register_counters
        from danvan.indicators.holders import HOLDERS
        from danvan.indicators.services import recompute_dirty
        from danvan.organisations import holders

        register_counters.register_all()
        worker.duty(seconds=1)(recompute_dirty)
        for holder in HOLDERS:
            holders.register(holder)
