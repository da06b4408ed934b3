"""Addresses of the field: short pages for a phone, kept in one file for each part of the work."""

from importlib import import_module

from django.utils.module_loading import module_has_submodule

import yige.worker

app_name = "worker"
urlpatterns = []
for part in ("urls_visits", "urls_patrol"):
    if module_has_submodule(yige.worker, part):
        urlpatterns += import_module(f"{yige.worker.__name__}.{part}").urlpatterns
