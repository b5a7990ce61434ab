from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "danvan.organisations"
    verbose_name = "Sổ đơn vị"
