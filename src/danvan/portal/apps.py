from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "danvan.portal"
    verbose_name = "Cổng Nhân dân"

    def ready(self) -> None:
        from danvan.foundation.views import answer_by
        from danvan.portal.views.lost import public_answer

        answer_by(public_answer)
