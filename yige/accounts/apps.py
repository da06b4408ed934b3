from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yige.accounts"

    def ready(self) -> None:
        from yige.accounts import factors

        factors.watch()
