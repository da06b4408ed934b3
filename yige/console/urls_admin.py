"""Accounts, grids, tables and the log: the three administrations, and everybody's own account."""

from datetime import date

from django.urls import path, register_converter

from yige.console.views import (
    admin_account,
    admin_audit,
    admin_calendar,
    admin_categories,
    admin_complaints,
    admin_exchange,
    admin_grids,
    admin_posters,
    admin_rules,
    admin_units,
    admin_users,
    grid_outline,
)


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


class GridCodeConverter:
    regex = r"\w[\w-]{0,31}"
    to_python = to_url = staticmethod(str)


register_converter(DayConverter, "day")
register_converter(GridCodeConverter, "gridcode")

urlpatterns = [
    path("account/", admin_account.account, name="account"),
    path("account/sessions/<int:pk>/end/", admin_account.end_session, name="account_session"),
    path("account/sessions/end/", admin_account.end_others, name="account_others"),
    path("users/", admin_users.users, name="users"),
    path("users/new/", admin_users.new, name="user_new"),
    path("users/<uuid:pk>/", admin_users.person, name="user"),
    path("users/<uuid:pk>/<slug:verb>/", admin_users.perform, name="user_perform"),
    path("posts/<uuid:pk>/end/", admin_users.end_post, name="post_end"),
    path("offices/", admin_units.units, name="offices"),
    path("offices/new/", admin_units.new, name="office_new"),
    path("offices/<slug:slug>/", admin_units.unit, name="office"),
    path("offices/<slug:slug>/<slug:verb>/", admin_units.switch, name="office_switch"),
    path("grids/", admin_grids.grids, name="grids"),
    path("grids/new/", admin_grids.new, name="grid_top"),
    path("grids/export/", admin_exchange.export, name="grid_export"),
    path("grids/import/", admin_exchange.take_in, name="grid_import"),
    path("grids/import/do/", admin_exchange.carry_out, name="grid_import_do"),
    path("grids/<gridcode:code>/", admin_grids.grid, name="grid"),
    path("grids/<gridcode:code>/new/", admin_grids.new, name="grid_new"),
    path("grids/<gridcode:code>/outline/", grid_outline.outline, name="grid_outline"),
    path("grids/<gridcode:code>/poster.pdf", admin_posters.one, name="poster"),
    path("grids/<gridcode:code>/posters.pdf", admin_posters.whole, name="posters"),
    path("grids/<gridcode:code>/<slug:verb>/", admin_grids.perform, name="grid_perform"),
    path("codes/<uuid:pk>/<slug:verb>/", admin_grids.perform_code, name="code_perform"),
    path("categories/", admin_categories.categories, name="categories"),
    path("categories/new/", admin_categories.new, name="category_new"),
    path("categories/<uuid:pk>/", admin_categories.category, name="category"),
    path("categories/<uuid:pk>/switch/", admin_categories.switch, name="category_switch"),
    path("calendar/", admin_calendar.calendar, name="calendar"),
    path("calendar/keep/", admin_calendar.keep, name="calendar_keep"),
    path("calendar/<day:day>/forget/", admin_calendar.forget, name="calendar_forget"),
    path("settings/", admin_rules.settings, name="settings"),
    path("settings/<str:name>/", admin_rules.keep, name="setting"),
    path("complaints/", admin_complaints.complaints, name="complaints"),
    path("complaints/<uuid:pk>/answer/", admin_complaints.answer, name="complaint_answer"),
    path("audit/", admin_audit.audit, name="audit"),
    path("audit/export/", admin_audit.export, name="audit_export"),
]
