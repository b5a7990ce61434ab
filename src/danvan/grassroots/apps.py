from django.apps import AppConfig


class GrassrootsConfig(AppConfig):
    name = "danvan.grassroots"
    verbose_name = "Dân chủ ở cơ sở"

    def ready(self) -> None:
        from danvan.grassroots.counters import register_all
        from danvan.grassroots.holders import HOLDERS, FiledComments, MatterClocks
        from danvan.law import holders as law
        from danvan.organisations import holders
        from danvan.topics import holders as topics

        register_all()
        for holder in HOLDERS:
            holders.register(holder)
        law.register(MatterClocks())
        topics.register(FiledComments())
