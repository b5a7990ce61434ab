from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "danvan.news"
    verbose_name = "Tin, bài cho người dân"

    def ready(self) -> None:
        from danvan.news.holders import HOLDERS
        from danvan.organisations import holders

        for holder in HOLDERS:
            holders.register(holder)
