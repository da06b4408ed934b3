from django.apps import AppConfig


class ReportCentreConfig(AppConfig):
    name = "yige.report_centre"
