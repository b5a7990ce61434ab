from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "danvan.notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from danvan.notifications import jobs, subscribers  # noqa: F401  # the subscribers subscribe
        from danvan.notifications.selectors import mail_goes_out

        jobs.register(mail=mail_goes_out())
