"""The floor: a bare form that inserts two rows, a bare page that reads one row, a bare list of fifty."""

from django import forms
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from config.health import health
from yige.archive.models import Household
from yige.cases.models import Case, PlatformComplaint
from yige.notices.models import Notice

PAGE = "<!doctype html><title>{{ case.serial }}</title><h1>{{ case.words }}</h1><p>{{ case.place }} {{ case.state }}"
FILE = (
    "<!doctype html><title>{{ household.pk }}</title><h1>{{ household.home }}</h1><p>{{ household.met_at }}"
)
LIST = "<!doctype html><table>{% for case in cases %}<tr><td>{{ case.serial }}<td>{{ case.words }}{% endfor %}</table>"


class WordsForm(forms.Form):
    words = forms.CharField(max_length=2000)
    place = forms.CharField(max_length=200)


@csrf_exempt
def post(request):
    form = WordsForm(request.POST)
    form.is_valid()
    with transaction.atomic():
        PlatformComplaint.objects.create(at=timezone.now(), words=form.cleaned_data["words"])
        Notice.objects.create(
            kind="floor", audience="area", title="floor", body="", created_at=timezone.now()
        )
    return HttpResponse("ok")


def page(request, serial):
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"case": Case.objects.get(serial=serial)}))


def household(request, pk):
    template = engines["django"].from_string(FILE)
    return HttpResponse(template.render({"household": Household.objects.select_related("home").get(pk=pk)}))


def listing(request):
    rows = Case.objects.filter(state="reported").order_by("-serial")[:50]
    return HttpResponse(engines["django"].from_string(LIST).render({"cases": rows}))


def points(request):
    rows = Case.objects.open().filter(lon__isnull=False).values_list("lon", "lat")[:4000]
    return JsonResponse(list(rows), safe=False)


urlpatterns = [
    path("household/<uuid:pk>", household),
    path("healthz", health),
    path("post", post),
    path("page/<int:serial>", page),
    path("list", listing),
    path("points", points),
]
