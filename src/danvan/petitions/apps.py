from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "danvan.petitions"
    verbose_name = "Đơn thư, tiếp công dân"

    def ready(self) -> None:
        from danvan.law import holders as law
        from danvan.organisations import holders
        from danvan.petitions import jobs, reception_holders
        from danvan.petitions.counters import register_all
        from danvan.petitions.holders import (
            HOLDERS,
            DataRequestClocks,
            FiledPetitions,
            PetitionClocks,
        )
        from danvan.petitions.vault_holders import VaultHolder
        from danvan.topics import holders as topics

        register_all()
        for holder in (*HOLDERS, *reception_holders.HOLDERS):
            holders.register(holder)
        holders.register(VaultHolder())
        law.register(PetitionClocks())
        law.register(reception_holders.VisitClocks())
        law.register(DataRequestClocks())
        jobs.register()
        topics.register(FiledPetitions())
