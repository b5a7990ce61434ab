from django.apps import AppConfig


class GrassrootsConfig(AppConfig):
    name = "danvan.grassroots"
    verbose_name = "Dân chủ ở cơ sở"

    def ready(self) -> None:
        from danvan.commitments.selectors.worklog import register_acts
        from danvan.grassroots.counters import register_all
        from danvan.grassroots.holders import HOLDERS, FiledComments, MatterClocks
        from danvan.grassroots.selectors.working import matter_acts
        from danvan.law import holders as law
        from danvan.organisations import holders
        from danvan.topics import holders as topics

        register_all()
        register_acts(matter_acts)
        for holder in HOLDERS:
            holders.register(holder)
        law.register(MatterClocks())
        topics.register(FiledComments())
