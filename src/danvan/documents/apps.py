from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "danvan.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from danvan.documents.counters import register_all
        from danvan.documents.holders import HOLDERS
        from danvan.organisations import holders

        register_all()
        for holder in HOLDERS:
            holders.register(holder)
