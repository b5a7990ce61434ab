from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "danvan.activities"
    verbose_name = "Hoạt động"
