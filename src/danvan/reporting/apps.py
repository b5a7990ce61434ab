from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "danvan.reporting"
    verbose_name = "Báo cáo, biểu mẫu"

    def ready(self) -> None:
        from danvan.organisations import holders
        from danvan.reporting import jobs
        from danvan.reporting.holders import HOLDERS

        jobs.register()
        for holder in HOLDERS:
            holders.register(holder)
