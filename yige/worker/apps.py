from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "yige.worker"
