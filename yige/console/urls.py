"""The console's addresses, kept in one file for each part of its work."""

from importlib import import_module

from django.utils.module_loading import module_has_submodule

import yige.console

app_name = "console"
urlpatterns = []
for part in (
    "urls_desk",
    "urls_work",
    "urls_admin",
    "urls_places",
    "urls_patrols",
    "urls_files",
    "urls_rosters",
    "urls_people_map",
    "urls_rights",
    "urls_contact",
):
    if module_has_submodule(yige.console, part):
        urlpatterns += import_module(f"{yige.console.__name__}.{part}").urlpatterns
