from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "danvan.dialogues"
    verbose_name = "Đối thoại"

    def ready(self) -> None:
        from danvan.dialogues import jobs
        from danvan.dialogues.counters import register_all
        from danvan.dialogues.holders import HOLDERS, FiledDialogues, FiledOpinions
        from danvan.organisations import holders
        from danvan.topics import holders as topics

        jobs.register()
        register_all()
        for holder in HOLDERS:
            holders.register(holder)
        topics.register(FiledDialogues())
        topics.register(FiledOpinions())
