"""What is published of a month: the console's own figures, once, with nothing small in it, the same on page and in files."""

import csv
import gzip
import io
import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.markup import one_line
from tests.scenes import scene
from yige.assessment.periods import month_of
from yige.bulletins.models import OpenFigure
from yige.bulletins.open_figures import AreaCount, Tally, measures_told, publish_months, rows_of_area
from yige.cases.models import Closing, Rating
from yige.lib.local_time import SHANGHAI
from yige.lib.small_numbers import is_safe

PUBLISHED = datetime(2026, 4, 11, 5, tzinfo=SHANGHAI)
MARCH = "2026-03"
COMMUNITY = "/zz/js/"


@scene
def month(here):
    """A month with eight public matters of which one came again, six said to be solved, and five personal ones."""
    for _ in range(6):
        closing(here, solved=True)
    closing(here, reopened_at=factories.MONDAY_NOON + timedelta(days=3))
    closing(here)
    for _ in range(5):
        closing(here, nature="personal")
    return here


def closing(here, *, nature="public", solved=False, at=factories.MONDAY_NOON + timedelta(days=1), **more):
    """Write a matter of the team that was closed after a day, as the gate leaves it."""
    case = factories.reported(here, nature=nature)
    Closing.objects.create(
        case=case, at=at, unit=here.team_unit, grid_path=case.grid_path, tier=case.tier, category=case.category,
        channel=case.channel, nature=nature, urgency=case.urgency, started_at=case.reported_at, **more,
    )  # fmt: skip
    if solved:
        Rating.objects.create(case=case, about=case, at=at, contacted=True, solved="yes", satisfied="yes")


def whole(path=COMMUNITY):
    return OpenFigure.objects.get(path=path, kind="")


def test_the_published_figures_are_those_of_the_console(client, month):
    publish_months(PUBLISHED)
    client.force_login(month.desk)
    page = one_line(client.get("/console/assessment/team/", {"month": MARCH}).text)
    of_console = {
        name: (int(met), int(of))
        for name, met, of in re.findall(r'/team/(\w+)/\?month=[\d-]+"[^>]*>(\d+)/(\d+)<', page)
    }
    told = whole()

    assert of_console["reopened"] == (told.reopened, told.closed) == (1, 13)
    assert of_console["solved"] == (told.solved, told.asked) == (6, 6)
    assert told.reported == 13


def test_the_page_says_each_figure_in_a_sentence_and_the_files_hold_the_same(client, month):
    publish_months(PUBLISHED)
    page = one_line(client.get("/figures/", {"area": COMMUNITY, "month": MARCH}).text)
    as_json = client.get("/open-data/figures.json").json()
    as_csv = list(csv.DictReader(io.StringIO(client.get("/open-data/figures.csv").text.lstrip("\ufeff"))))

    assert "反映了 13 件，其中公共事项 8 件。" in page
    assert "问到反映人的 6 件里，都说解决了的 6 件。" in page
    assert "办结以后又重新办理的有 1 件。" in page
    assert [
        {key: "" if value is None else str(value) for key, value in row.items()} for row in as_json["rows"]
    ] == as_csv
    assert [column["name"] for column in as_json["columns"]] == list(as_csv[0])
    for row in as_json["rows"]:
        if row["area_code"] == COMMUNITY:
            answers = [row["asked"], row["solved"]] if row["kind"] == "" else ["不分"] * 2
            counted = [row["reported"], row["closed"], row["median_days"], row["reopened"], *answers]
            cells = "".join(
                rf'<td class="yg-number">{"不公布" if cell is None else cell}</td> ?' for cell in counted
            )
            assert re.search(rf"{row['label']}</th> ?{cells}", page), row


def test_few_personal_matters_are_told_of_nobody_and_public_ones_stay(client, here):
    for _ in range(6):
        closing(here)
    closing(here, nature="personal")
    publish_months(PUBLISHED)
    page = one_line(client.get("/figures/", {"area": COMMUNITY}).text)
    told = whole()

    assert (told.reported, told.closed, told.median_days) == (None, None, None)
    assert OpenFigure.objects.get(path=COMMUNITY, kind="public").closed == 6
    assert "办结了 6 件公共事项；连个人事项一共几件不公布" in page
    assert "不公布" in page and "7 件" not in page


def test_what_is_published_never_changes(month):
    publish_months(PUBLISHED)
    before = list(OpenFigure.objects.values())
    closing(month, solved=True)

    again = publish_months(PUBLISHED + timedelta(days=1))

    assert again["rows"] == 0 and list(OpenFigure.objects.values()) == before


def test_a_month_is_published_when_it_is_over_and_its_days_have_passed(month):
    assert publish_months(PUBLISHED - timedelta(days=2))["rows"] == 0
    assert publish_months(PUBLISHED)["rows"] > 0


def test_no_grid_and_no_persons_words_are_published(client, month):
    publish_months(PUBLISHED)
    text = client.get("/open-data/figures.json").text

    assert {row.path for row in OpenFigure.objects.all()} == {"/zz/", COMMUNITY}
    assert "路灯" not in text and month.worker.name not in text


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=%00", "area=/zz/'--", "month=😀&area=%FF", "area=&month=", "x=1"]
)
@pytest.mark.parametrize(
    "address", ["/figures/", "/open-data/", "/open-data/figures.csv", "/open-data/figures.json"]
)
def test_nothing_that_a_stranger_sends_is_an_error(client, db, address, query):
    assert client.get(f"{address}?{query}").status_code in (200, 400)


def test_files_are_not_sent_again_while_nothing_changed(client, month):
    empty = client.get("/open-data/figures.csv")
    publish_months(PUBLISHED)
    first = client.get("/open-data/figures.csv")
    second = client.get("/open-data/figures.csv", headers={"If-None-Match": first["ETag"]})

    assert empty["ETag"] != first["ETag"]
    assert (first.status_code, second.status_code) == (200, 304)


@pytest.mark.parametrize("shown", [1, 3])
def test_the_page_asks_as_often_for_many_areas(client, month, shown, django_assert_num_queries):
    for number in range(shown):
        factories.grid(f"/zz/c{number}/")
    publish_months(PUBLISHED)

    with django_assert_num_queries(4):
        client.get("/figures/")


# ── the months of each class ──


def published(months, kinds, path="/zz/", **counts):
    """Write what would have been published: the whole and these classes, `counts` by class where not 5."""
    common = {"path": path, "area": "白杨街道", "published_at": PUBLISHED}
    OpenFigure.objects.bulk_create(
        OpenFigure(**common, month=month, kind=kind, label=kind or "全部事项", order=place,
                   reported=counts.get(kind, 5))
        for month in months for place, kind in enumerate(("", *kinds))
    )  # fmt: skip


def months_of(count):
    return [date(2025 + number // 12, number % 12 + 1, 1) for number in range(count)]


def test_each_class_is_a_small_run_of_its_published_months_up_to_the_one_that_is_read(client, db):
    first, second, third, fourth, later = months_of(5)
    published((first, fourth, later), ("roads", "water"))
    published((second,), ("water",))
    published((third,), (), path="/zz/else/")
    page = client.get("/figures/", {"area": "/zz/", "month": f"{fourth:%Y-%m}"})
    runs = page.context["runs"]

    assert runs.rows == [("roads", "5", "3.3", ""), ("water", "5", "5", "")]  # 5, 0, not published, 5
    assert runs.picture.count("<svg") == 2
    assert "25.4：5" in runs.picture and "25.2：0" in runs.picture
    assert "25.3：" not in runs.picture and "25.5" not in runs.picture
    assert "公布的还不到 12 个月，看不出有没有变化。" in page.text


def test_two_months_are_no_run_and_an_area_that_came_later_has_its_own(client, db):
    published(months_of(2), ("roads",))

    assert client.get("/figures/").context["runs"] is None


def test_a_year_of_all_classes_says_what_changed_and_keeps_the_page_light(client, db):
    classes = [f"class{number}" for number in range(12)]
    published(months_of(11), classes)
    published(months_of(12)[11:], classes, class3=50)
    page = client.get("/figures/")

    assert page.text.count('class="yg-multiples__name"') == 12
    assert [row[0] for row in page.context["runs"].rows if "偏高" in row[3]] == ["class3"]
    assert len(gzip.compress(page.content)) < 20_000


@pytest.mark.parametrize("count", [1, 3])
def test_the_runs_ask_once_for_all_classes(client, db, count, django_assert_num_queries):
    published(months_of(4), [f"class{number}" for number in range(count)])

    with django_assert_num_queries(5):
        client.get("/figures/")


# ── on tables that chance wrote ──

COUNT = st.integers(0, 12)
TALLY = st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT)


def area_count(public, personal, answers):
    spoken = Tally(asked=answers[0] + answers[1], solved=answers[0])
    public = Tally(*public)._replace(asked=0, solved=0)
    personal = Tally(*personal)._replace(asked=0, solved=0)
    return AreaCount(public.plus(personal).plus(spoken), public, {}, {"": None, "public": None})


COUNTS = st.builds(area_count, TALLY, TALLY, st.tuples(COUNT, COUNT))
TABLES = st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=2)


@given(TABLES)
def test_no_difference_of_published_rows_is_a_small_number(tables):
    """For each month: an area less its public matters, the street less its communities, and both at once."""
    for place, parts in enumerate(tables, 1):
        read = rows_read(parts, month_of(date(2026, place, 1)))
        for name in ("reported", "closed", "reopened"):
            personal = {
                path: None if all_of[name] is None else all_of[name] - public[name]
                for path, (all_of, public) in read.items()
            }
            known = [number for path, number in personal.items() if path != "/zz/" and number is not None]
            assert all(is_safe(number) for number in personal.values() if number is not None)
            assert personal["/zz/"] is None or is_safe(personal["/zz/"] - sum(known))
        for all_of, _ in read.values():
            assert all_of["asked"] is None or (
                is_safe(all_of["solved"]) and is_safe(all_of["asked"] - all_of["solved"])
            )


def rows_read(parts, month):
    """Return what a reader of one month has: {path: (all matters, public matters)}."""
    street = AreaCount(*[summed(parts, name) for name in ("whole", "public")], {}, {"": None, "public": None})
    areas = {"/zz/": street, **{f"/zz/{number}/": part for number, part in enumerate(parts)}}
    told = measures_told(street, {path: part for path, part in areas.items() if path != "/zz/"})
    read = {}
    for path, count in areas.items():
        area = SimpleNamespace(path=path, name=path)
        rows = rows_of_area(area, count, told(path), {}, month, PUBLISHED)
        read[path] = [{name: getattr(row, name) for name in Tally._fields} for row in rows[:2]]
    return read


def summed(parts, name):
    total = Tally()
    for part in parts:
        total = total.plus(getattr(part, name))
    return total
