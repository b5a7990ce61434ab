from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "danvan.organisations"
    verbose_name = "Sổ đơn vị"

    def ready(self) -> None:
        from danvan.foundation import worker
        from danvan.organisations.services.reorganising import hand_over_due

        worker.duty(seconds=30)(hand_over_due)
