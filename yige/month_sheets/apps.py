from django.apps import AppConfig


class MonthSheetsConfig(AppConfig):
    name = "yige.month_sheets"
