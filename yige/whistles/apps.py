from django.apps import AppConfig


class WhistlesConfig(AppConfig):
    name = "yige.whistles"
