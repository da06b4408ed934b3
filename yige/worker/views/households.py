"""The households that somebody visits: by building, by door, by how long nobody was met; no search by a name here."""

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.archive import labels
from yige.contact import visited_households
from yige.lib.local_time import local_day
from yige.web.guard import staff
from yige.web.paging import page_of

PER_PAGE = 30


class Filter(forms.Form):
    door = forms.CharField(label="楼栋或门牌", max_length=40, required=False)
    long = forms.BooleanField(label="好久没联系的", required=False)
    label = forms.ChoiceField(label="要的服务", required=False)

    def __init__(self, data, *, seen):
        super().__init__(data)
        known = [(label.name, label.label) for label in labels.LABELS if label.name in seen]
        self.fields["label"].choices = [("", "全部"), *known]


@require_GET
@staff("visit")
def households(request):
    at = timezone.now()
    seen = visited_households.labels_for_visitor(request.user, at)
    form = Filter(request.GET, seen=seen)
    form.full_clean()
    rows = visited_households.households_of_visitor(request.user, at, **form.cleaned_data)
    page = page_of(rows, request.GET.get("page"), PER_PAGE)
    context = {"page": page, "form": form, "asked": any(form.cleaned_data.values()), "now": at}
    context["day"] = local_day(at)
    return render(request, "worker/households.html", context)
