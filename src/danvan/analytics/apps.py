from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "danvan.analytics"
    verbose_name = "Phân tích"

    def ready(self) -> None:
        from danvan.analytics.holders import ReviewHolder
        from danvan.organisations import holders

        holders.register(ReviewHolder())
