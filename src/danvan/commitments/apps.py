from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "danvan.commitments"
    verbose_name = "Việc phải làm"

    def ready(self) -> None:
        from danvan.commitments import jobs
        from danvan.commitments.clock_holder import CommitmentClocks
        from danvan.commitments.counters import register_all
        from danvan.commitments.filed import FiledCommitments, FiledDifficulties
        from danvan.commitments.follow_holders import FOLLOW_HOLDERS
        from danvan.commitments.holders import HOLDERS
        from danvan.commitments.selectors.brackets import KEYS
        from danvan.commitments.services.tallying import brackets_changed
        from danvan.law import holders as clocks
        from danvan.organisations import holders
        from danvan.topics import holders as topics

        jobs.register()
        register_all()
        clocks.register(CommitmentClocks())
        clocks.watch(KEYS, brackets_changed)
        topics.register(FiledCommitments())
        topics.register(FiledDifficulties())
        for holder in (*HOLDERS, *FOLLOW_HOLDERS):
            holders.register(holder)
