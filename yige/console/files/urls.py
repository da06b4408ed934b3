"""Files of households and people, lists that leave the house, what people ask about their files."""

from django.urls import path

from yige.console.files.views import (
    exports,
    household,
    household_act,
    households,
    person,
    person_act,
    requests,
)

urlpatterns = [
    path("households/", households.households, name="households"),
    path("households/search/", households.search, name="household_search"),
    path("households/new/", household_act.new, name="household_new"),
    path("households/<uuid:household>/", household.household, name="household"),
    path("households/<uuid:household>/purpose/", household.purpose, name="household_purpose"),
    path("households/<uuid:household>/print/", household.print_page, name="household_print"),
    path("households/<uuid:household>/<slug:verb>/", household_act.act, name="household_act"),
    path("people/<uuid:person>/", person.person, name="person"),
    path("people/<uuid:person>/reveal/", person.reveal, name="person_reveal"),
    path("people/<uuid:person>/<slug:verb>/", person_act.act, name="person_act"),
    path("labels/<uuid:label>/withdraw/", person_act.withdraw, name="label_withdraw"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.ask, name="export_new"),
    path("exports/<uuid:export>/", exports.one, name="export_list"),
    path("exports/<uuid:export>/decide/", exports.decide, name="export_decide"),
    path("exports/<uuid:export>/fetch/", exports.fetch, name="export_fetch"),
    path("requests/", requests.requests, name="rights"),
    path("requests/new/", requests.new, name="rights_new"),
    path("requests/find/", requests.find, name="rights_find"),
    path("requests/<uuid:pk>/", requests.one, name="rights_one"),
    path("requests/<uuid:pk>/<slug:verb>/", requests.act, name="rights_act"),
]
