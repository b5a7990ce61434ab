from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "danvan.accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        from danvan.accounts.access import second_factor_seen
        from danvan.accounts.holders import GrantHolder
        from danvan.foundation import health
        from danvan.organisations import holders

        holders.register(GrantHolder())
        health.EXAMINED["second_factor"] = ("Xác thực hai bước", second_factor_seen)
