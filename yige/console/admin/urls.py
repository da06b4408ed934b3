"""Accounts, grids, tables and the log: the three administrations."""

from django.urls import path

import yige.web.converters  # noqa: F401 the converters in the paths
from yige.console.admin.views import (
    audit,
    calendar,
    categories,
    complaints,
    grid_sheets,
    grids,
    offices,
    posters,
    rules,
    users,
)

urlpatterns = [
    path("users/", users.users, name="users"),
    path("users/new/", users.new, name="user_new"),
    path("users/<uuid:pk>/", users.person, name="user"),
    path("users/<uuid:pk>/<slug:verb>/", users.perform, name="user_perform"),
    path("posts/<uuid:pk>/end/", users.end_post, name="post_end"),
    path("offices/", offices.units, name="offices"),
    path("offices/new/", offices.new, name="office_new"),
    path("offices/<slug:slug>/", offices.unit, name="office"),
    path("offices/<slug:slug>/<slug:verb>/", offices.switch, name="office_switch"),
    path("grids/", grids.grids, name="grids"),
    path("grids/new/", grids.new, name="grid_top"),
    path("grids/export/", grid_sheets.export, name="grid_export"),
    path("grids/import/", grid_sheets.take_in, name="grid_import"),
    path("grids/import/do/", grid_sheets.carry_out, name="grid_import_do"),
    path("grids/<gridcode:code>/", grids.grid, name="grid"),
    path("grids/<gridcode:code>/new/", grids.new, name="grid_new"),
    path("grids/<gridcode:code>/poster.pdf", posters.one, name="poster"),
    path("grids/<gridcode:code>/posters.pdf", posters.whole, name="posters"),
    path("grids/<gridcode:code>/<slug:verb>/", grids.perform, name="grid_perform"),
    path("codes/<uuid:pk>/<slug:verb>/", grids.perform_code, name="code_perform"),
    path("categories/", categories.categories, name="categories"),
    path("categories/new/", categories.new, name="category_new"),
    path("categories/<uuid:pk>/", categories.category, name="category"),
    path("categories/<uuid:pk>/switch/", categories.switch, name="category_switch"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/keep/", calendar.keep, name="calendar_keep"),
    path("calendar/<day:day>/forget/", calendar.forget, name="calendar_forget"),
    path("settings/", rules.settings, name="settings"),
    path("settings/<str:name>/", rules.keep, name="setting"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<uuid:pk>/answer/", complaints.answer, name="complaint_answer"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
]
