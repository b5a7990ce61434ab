from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "danvan.dialogues"
    verbose_name = "Đối thoại"

    def ready(self) -> None:
        from danvan.commitments.selectors.worklog import register_acts
        from danvan.dialogues import jobs, subscribers  # noqa: F401  # the subscribers subscribe
        from danvan.dialogues.counters import register_all
        from danvan.dialogues.holders import HOLDERS, FiledDialogues, FiledOpinions
        from danvan.dialogues.selectors.working import dialogue_acts
        from danvan.organisations import holders
        from danvan.topics import holders as topics

        jobs.register()
        register_all()
        register_acts(dialogue_acts)
        for holder in HOLDERS:
            holders.register(holder)
        topics.register(FiledDialogues())
        topics.register(FiledOpinions())
