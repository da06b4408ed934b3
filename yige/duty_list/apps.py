from django.apps import AppConfig


class DutyListConfig(AppConfig):
    name = "yige.duty_list"
