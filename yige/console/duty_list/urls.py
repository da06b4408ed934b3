"""The duty list: the list, one row with its history, proposing, deciding, ending, the sheet in and out."""

from django.urls import path

from yige.console.duty_list.views import duties, duty, duty_new, duty_sheets

urlpatterns = [
    path("duties/", duties.duties, name="duties"),
    path("duties/new/", duty_new.new, name="duty_new"),
    path("duties/export/", duty_sheets.export, name="duty_export"),
    path("duties/import/", duty_sheets.take_in, name="duty_import"),
    path("duties/import/do/", duty_sheets.carry_out, name="duty_import_do"),
    path("duties/<uuid:pk>/", duty.duty, name="duty"),
    path("duties/<uuid:pk>/decide/", duty.decide, name="duty_decide"),
    path("duties/<uuid:pk>/end/", duty.end, name="duty_end"),
]
