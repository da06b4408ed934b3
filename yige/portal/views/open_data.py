"""The same published figures as files for machines, with what each column says; nothing else is ever in them."""

import csv
import io

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from yige.portal import open_rows

PLAIN = {"ensure_ascii": False, "separators": (",", ":")}


def asked_of(request):
    return request.GET.get("month", ""), request.GET.get("area", "")


def etag_of(request):
    return f'"{open_rows.version_of(*asked_of(request))}"'


@require_safe
def open_data(request):
    return render(request, "portal/open_data.html", open_rows.dictionary())


@require_safe
@cache_control(public=True, max_age=3600)
@condition(etag_func=etag_of)
def as_json(request):
    told = open_rows.dictionary() | {"rows": open_rows.file_rows(*asked_of(request))}
    return JsonResponse(told, json_dumps_params=PLAIN)


@require_safe
@cache_control(public=True, max_age=3600)
@condition(etag_func=etag_of)
def as_csv(request):
    """Write the rows with a mark that tells Excel the text is UTF-8; what is not told is an empty cell."""
    out = io.StringIO()
    sheet = csv.DictWriter(out, [column.name for column in open_rows.OPEN_COLUMNS])
    sheet.writeheader()
    sheet.writerows(open_rows.file_rows(*asked_of(request)))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="open-figures.csv"'
    return response
