"""The list of households whose files somebody may open, and the search by phone, whole name or door."""

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.archive import labels
from yige.archive.people import access, queries
from yige.console.files.opening import only_when_logged
from yige.console.files.rows import households as rows
from yige.web.guard import staff
from yige.web.outcome import outcome_of
from yige.web.paging import page_of

HOW = {"phone": "电话", "name": "姓名", "door": "门牌"}


class SearchForm(forms.Form):
    """What is looked for never stands in an address: it would stay in histories and in the logs of servers."""

    how = forms.ChoiceField(
        label="按什么查", choices=list(HOW.items()), error_messages={"invalid_choice": "请选一种查法。"}
    )
    q = forms.CharField(
        label="查找内容",
        max_length=60,
        error_messages={"required": "请填写要找的内容。", "max_length": "最多 60 个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_GET
@staff("open_files")
def households(request):
    return listing(request, SearchForm())


@require_POST
@staff("open_files")
@only_when_logged
def search(request):
    """Find by a whole number or name, logged and limited, or by a door; the answer is masked."""
    at, form = timezone.now(), SearchForm(request.POST)
    if not form.is_valid():
        return listing(request, form, status=422)
    find = SEARCHES[form.cleaned_data["how"]]
    outcome = outcome_of(find, request.user, form.cleaned_data["q"], at).beside(form)
    return listing(request, form, found=outcome.result, status=outcome.status)


def by_phone(user, typed, at):
    return of_people(access.find_by_phone(typed, by=user, at=at), user, at)


def by_name(user, typed, at):
    return of_people(access.find_by_name(typed, by=user, at=at), user, at)


def by_door(user, typed, at):
    return queries.at_door(user, at, typed)


def of_people(people, user, at):
    """Return the households of the people found; nothing tells which of them it was."""
    return list(queries.households(user, at).filter(pk__in={person.household_id for person in people}))


SEARCHES = {"phone": by_phone, "name": by_name, "door": by_door}


def listing(request, form, found=None, status=200):
    """Render the list for what the address asks for, or what a search found."""
    at = timezone.now()
    ways = {post.rule.files for post in request.user.posts_at(at)}
    seen = queries.labels_seen(ways & {"area", "links"})
    asked = queries.household_filter(request.GET, seen)
    page = (
        None
        if found is not None
        else page_of(queries.households(request.user, at, asked), request.GET.get("page"), queries.PER_PAGE)
    )
    found_rows = page if found is None else found[: queries.PER_PAGE]
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "found": found,
        "more": found is not None and len(found) > queries.PER_PAGE,
        "rows": rows.household_rows(request.user, found_rows, at),
        "grids": queries.grids_of(request.user, at),
        "kinds": [(row.name, row.label) for row in labels.LABELS if row.name in seen],
        "spans": queries.NOT_MET.items(),
        "keeps": "keeper" in ways,
        "may_make": bool(ways & {"area", "keeper"}),
    }
    return render(request, "console/files/households.html", context, status=status)
