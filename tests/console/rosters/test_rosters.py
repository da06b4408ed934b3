"""The pages of a roster: from the file to the import and back, each step a page that can be left and found again."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.archive.rosters.roster_files import FAMILY, HEADINGS, HOME, row, workbook
from tests.factories import building, household, person
from tests.markup import one_line
from yige.archive.models import Person, RosterRun
from yige.archive.rosters import job
from yige.lib import sheets

LIST, NEW = "/console/rosters/", "/console/rosters/new/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def keeper(client, here):
    building(here)
    client.force_login(here.registrar)
    return client


def upload(client, blob, *, grid="/zz/js/9/", source="社区台账", name="名册.xlsx"):
    return client.post(NEW, {"grid": grid, "source": source, "file": SimpleUploadedFile(name, blob)})


def columns_of(client, run):
    """Return the form of the columns as the page shows it: field → what is chosen."""
    page = one_line(client.get(f"{LIST}{run.pk}/").text)
    found = {}
    for part in page.split('<select class="form-select" id="')[1:]:
        name = part.split('"')[0]
        options = part.split("</select>")[0]
        found[name] = next(
            (one.split('"')[0] for one in options.split('value="')[1:] if "selected" in one.split(">")[0]), ""
        )
    return found


def worked(run):
    job.work(run.pk, timezone.now())
    return RosterRun.objects.get(pk=run.pk)


def checked(client, blob, **how):
    upload(client, blob, **how)
    run = RosterRun.objects.latest("at")
    client.post(f"{LIST}{run.pk}/columns/", columns_of(client, run))
    return worked(run)


def test_roster_goes_in_and_out_by_pages(keeper):
    answer = upload(keeper, workbook(FAMILY))
    run = RosterRun.objects.get()
    assert answer.url == f"{LIST}{run.pk}/"
    assert columns_of(keeper, run) == {
        f"column-{place}": name
        for place, name in enumerate(
            ["name", "identity", "phone", "born", "sex", "relation", "head", "address"]
        )
    }

    keeper.post(f"{LIST}{run.pk}/columns/", columns_of(keeper, run))
    assert "正在核对" in keeper.get(f"{LIST}{run.pk}/").text
    worked(run)
    page = keeper.get(f"{LIST}{run.pk}/").text
    assert "核对完了，还没有导入" in page
    assert "确认导入 3 行" in page
    assert Person.objects.count() == 0

    keeper.post(f"{LIST}{run.pk}/confirm/")
    assert "正在导入" in keeper.get(f"{LIST}{run.pk}/").text
    worked(run)
    assert "导入完成" in keeper.get(f"{LIST}{run.pk}/").text
    assert Person.objects.count() == 3

    keeper.post(f"{LIST}{run.pk}/undo/")
    worked(run)
    assert "撤销完成" in keeper.get(f"{LIST}{run.pk}/").text
    assert Person.objects.count() == 0


def test_no_page_shows_a_name_or_a_number_of_the_file(keeper):
    run = checked(keeper, workbook(FAMILY))

    for page in (LIST, f"{LIST}{run.pk}/"):
        text = keeper.get(page).text
        assert [word for word in ("王示例", "李示例", "19900000001") if word in text] == []


def test_columns_barred_by_rule_are_named(keeper):
    upload(keeper, workbook([[*row(), "汉族", "无"]], headings=[*HEADINGS, "民族", "宗教信仰"]))

    page = keeper.get(f"{LIST}{RosterRun.objects.get().pk}/").text

    assert page.count("按规定不导入") == 2
    assert 'id="column-8"' not in page


def test_one_of_two_sheets_is_chosen_first(keeper):
    upload(keeper, workbook([row()], sheets=("二月", "三月")))
    run = RosterRun.objects.get()

    first = keeper.get(f"{LIST}{run.pk}/").text
    chosen = keeper.get(f"{LIST}{run.pk}/?sheet=三月").text
    assert ("文件里有 2 张工作表" in first, "每一列是什么" in first) == (True, False)
    assert 'name="sheet" value="三月"' in chosen

    keeper.post(f"{LIST}{run.pk}/columns/", {"sheet": "三月", "column-0": "name", "column-7": "address"})
    assert worked(run).counts["new"] == 1


def test_rows_that_stay_out_come_back_with_the_reason(keeper):
    rows = [
        row(),
        row(name="李示例", born="五八年", phone=""),
        row(name="赵示例", phone="", address="3-2-501"),
    ]
    run = checked(keeper, workbook(rows))

    page = keeper.get(f"{LIST}{run.pk}/").text
    answer = keeper.get(f"{LIST}{run.pk}/left-out.xlsx")

    assert "2 行没有导入" in page
    found = [line.cells for line in sheets.read_sheet(answer.content)]
    assert [(line["行号"], line["姓名"], line["原因"][:10]) for line in found] == [
        ("3", "李示例", "“五八年”看不出是哪"),
        ("4", "赵示例", "地址只有“3-2-5"),
    ]
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_what_was_chosen_stays_when_it_is_refused(keeper):
    upload(keeper, workbook([row()]))
    run = RosterRun.objects.get()

    answer = keeper.post(f"{LIST}{run.pk}/columns/", {"column-0": "name", "column-2": "phone"})

    assert answer.status_code == 422
    assert "请指明哪一列是住址" in answer.text
    assert '<option value="phone" selected>' in answer.text
    assert RosterRun.objects.get().columns == {}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": ""}, "请写明名册是哪里来的"),
        ({"grid": ""}, "请选范围"),
        ({"grid": "/zzz/"}, "请选您管的网格"),
        ({"file": ""}, "请选文件"),
        ({"file": BytesIO(b"MZ\x90\x00 a program")}, "这个文件是一个程序"),
    ],
)
def test_upload_that_does_not_do_says_why(keeper, said, sentence):
    sent = {"grid": "/zz/js/9/", "source": "社区台账", "file": BytesIO(workbook([row()]))} | said

    answer = keeper.post(NEW, sent)

    assert (answer.status_code, RosterRun.objects.count()) == (422, 0)
    assert sentence in answer.text


def test_same_file_again_is_refused_with_a_sentence(keeper):
    blob = workbook([row()])
    first = checked(keeper, blob)
    keeper.post(f"{LIST}{first.pk}/confirm/")
    worked(first)
    again = checked(keeper, blob)

    answer = keeper.post(f"{LIST}{again.pk}/confirm/")

    assert answer.status_code == 409
    assert "同一个文件已经导入过这个范围" in answer.text


def test_progress_comes_as_a_part_and_stops_asking_when_it_is_done(keeper):
    run = checked(keeper, workbook([row()]))
    keeper.post(f"{LIST}{run.pk}/confirm/")
    ask = {"HX-Request": "true", "HX-Target": "run"}

    while_working = one_line(keeper.get(f"{LIST}{run.pk}/", headers=ask).text)
    worked(run)
    done = keeper.get(f"{LIST}{run.pk}/", headers=ask).text

    assert while_working.lstrip().startswith('<div id="run"')
    assert ('hx-trigger="every 2s"' in while_working, "hx-trigger" in done, "<html" in done) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("name", ["other_registrar", "grid_head", "desk", "auditor", "idle"])
def test_run_is_nobody_elses_to_see(client, here, keeper, name):
    run = checked(keeper, workbook([row()]))
    client.force_login(getattr(here, name))

    got = [client.get(f"{LIST}{run.pk}/").status_code, client.post(f"{LIST}{run.pk}/confirm/").status_code]

    assert got == ([403, 403] if name == "idle" else [404, 404])
    assert RosterRun.objects.get().state == "checked"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_template_is_given(keeper, kind):
    answer = keeper.get(f"{LIST}template.{kind}")

    assert [line.cells["姓名"] for line in sheets.read_sheet(answer.content)] == [
        "王示例",
        "李示例",
        "王小示例",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_for_one_and_for_three(keeper, count, django_assert_num_queries):
    for number in range(count):
        upload(keeper, workbook([row()]), source=f"来源{number}")

    with django_assert_num_queries(4):
        page = keeper.get(LIST).text

    assert page.count("等您对照列") == count


def test_empty_list_says_what_to_do(keeper):
    assert "还没有导入过花名册" in keeper.get(LIST).text


def test_changed_person_is_told_by_its_columns_alone(keeper, here):
    person(here, household(here), "王示例", birth_year=1958, phone="19900000005")

    run = checked(keeper, workbook([row(address=HOME, relation="")]))

    assert "电话、性别有变化。" in keeper.get(f"{LIST}{run.pk}/").text
