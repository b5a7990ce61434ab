from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "danvan.activities"
    verbose_name = "Hoạt động"

    def ready(self) -> None:
        from danvan.activities.counters import register_all
        from danvan.activities.holders import HOLDERS
        from danvan.activities.selectors import activity_acts, made_of_text
        from danvan.activities.services.reading import record_told, take_back_told
        from danvan.commitments.selectors.worklog import register_acts
        from danvan.documents.enums import ProposalKind
        from danvan.documents.selectors.makers import Maker, register_maker
        from danvan.organisations import holders

        register_all()
        register_acts(activity_acts)
        register_maker(ProposalKind.ACTIVITY, Maker(record_told, take_back_told, made_of_text))
        for holder in HOLDERS:
            holders.register(holder)
