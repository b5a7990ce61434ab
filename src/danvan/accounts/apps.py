from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "danvan.accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        from danvan.accounts.holders import GrantHolder
        from danvan.organisations import holders

        holders.register(GrantHolder())
