from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "yige.archive"
