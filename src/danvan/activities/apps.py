from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "danvan.activities"
    verbose_name = "Hoạt động"

    def ready(self) -> None:
        from danvan.activities.counters import register_all
        from danvan.activities.holders import HOLDERS
        from danvan.activities.selectors import activity_acts
        from danvan.commitments.selectors.worklog import register_acts
        from danvan.organisations import holders

        register_all()
        register_acts(activity_acts)
        for holder in HOLDERS:
            holders.register(holder)
