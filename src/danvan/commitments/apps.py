from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "danvan.commitments"
    verbose_name = "Việc phải làm"
