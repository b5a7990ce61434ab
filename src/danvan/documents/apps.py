from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "danvan.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from danvan.commitments.selectors import marks
        from danvan.commitments.selectors.opening import register_source
        from danvan.commitments.selectors.subjects import register_subject
        from danvan.commitments.selectors.worklog import register_acts
        from danvan.documents import jobs
        from danvan.documents.counters import register_all
        from danvan.documents.holders import HOLDERS
        from danvan.documents.selectors.registers import document_subject, opens_document
        from danvan.documents.selectors.roll_out import review_marks, session_acts, session_marks
        from danvan.documents.selectors.sources import task_page
        from danvan.documents.session_counters import register_sessions
        from danvan.documents.session_holders import SESSION_HOLDERS
        from danvan.organisations import holders

        jobs.register()
        marks.register(review_marks)
        marks.register(session_marks)
        register_source("documents.document", opens_document, task_page)
        register_subject("documents.document", document_subject)
        register_all()
        register_sessions()
        register_acts(session_acts)
        for holder in (*HOLDERS, *SESSION_HOLDERS):
            holders.register(holder)
