from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yige.accounts"

    def ready(self):
        from yige.accounts import factors

        factors.watch()
