from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "yige.contact"
