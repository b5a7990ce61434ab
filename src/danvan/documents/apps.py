from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "danvan.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from danvan.commitments.selectors import marks
        from danvan.commitments.selectors.opening import register_source
        from danvan.documents import jobs
        from danvan.documents.counters import register_all
        from danvan.documents.holders import HOLDERS
        from danvan.documents.selectors.registers import opens_document
        from danvan.documents.selectors.roll_out import review_marks
        from danvan.documents.session_counters import register_sessions
        from danvan.documents.session_holders import SESSION_HOLDERS
        from danvan.organisations import holders

        jobs.register()
        marks.register(review_marks)
        register_source("documents.document", opens_document)
        register_all()
        register_sessions()
        for holder in (*HOLDERS, *SESSION_HOLDERS):
            holders.register(holder)
