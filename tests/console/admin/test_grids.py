import io
import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely import box

from tests.factories import LONG_AGO, MONDAY_NOON
from tests.markup import one_line
from tests.scenes import scene
from yige.accounts.actors import COMMAND
from yige.accounts.models import Post
from yige.grids import actions, exchange
from yige.grids.models import Grid, QrToken
from yige.lib import sheets

STREET = "410106003"


@pytest.fixture
def keeper(client, here):
    client.force_login(here.system)
    return client


@scene
def street(here):
    """A subdistrict with real codes, kept by the system administrator too: two communities, one grid with a code at the door."""
    said = {"by": COMMAND, "at": MONDAY_NOON}
    top = actions.make(None, **said, code=STREET, name="新街道", phone="0371-1111111")
    Post.objects.create(
        user=here.system, role="system_admin", unit=here.street_unit, path=top.path, since=LONG_AGO
    )
    community = actions.make(
        top, **said, code=f"{STREET}004", name="东社区", shape=box(113.0, 34.0, 113.2, 34.2).wkb
    )
    actions.make(top, **said, code=f"{STREET}005", name="西社区", shape=box(112.8, 34.0, 113.0, 34.2).wkb)
    grid = actions.make(community, **said, code=f"{STREET}004-02", name="二网格", phone="0371-2222222")
    actions.issue_qr(grid, **said, place="3号楼")
    Grid.objects.update(valid_from=LONG_AGO)
    return top


def upload(client, blob, **more):
    file = SimpleUploadedFile("tree", blob)
    return client.post("/console/grids/import/", {"file": file, "crs": "wgs84"} | more)


@pytest.mark.parametrize("n", [1, 3])
def test_tree_asks_the_same_for_one_and_three(keeper, street, n, django_assert_num_queries):
    parent = Grid.objects.get(code=f"{STREET}004-02")
    for number in range(n):
        actions.make(parent, by=COMMAND, at=MONDAY_NOON, code=f"{parent.code}-0{number + 1}", name="楼院")
    keeper.get("/console/grids/")

    with django_assert_num_queries(5):
        response = keeper.get("/console/grids/")

    assert response.text.count(">楼院<") == n


def test_page_shows_outline_heads_and_codes(keeper, street):
    page = one_line(keeper.get(f"/console/grids/{STREET}004/").text)

    assert page.count("的边界</title>") == 1 and page.count("社区</title></path>") == 2
    assert page.count("data-yg-here") == 1
    assert "没有负责人" in page


def test_heads_read_their_own_area_without_buttons(client, here):
    client.force_login(here.grid_head)

    page = client.get("/console/grids/zz-js-9/").text

    assert "某grid_head" in page
    assert '<form method="post" action="/console/grids/' not in page
    assert client.get("/console/grids/zz-js-9x/").status_code == 404
    assert client.get("/console/grids/zz-js/").status_code == 404


def test_grid_is_made_renamed_described_retired(keeper, street):
    keeper.post(f"/console/grids/{STREET}005/new/", {"code": f"{STREET}005-01", "name": "一网格"})
    made = Grid.objects.get(code=f"{STREET}005-01")
    keeper.post(f"/console/grids/{made.code}/rename/", {"name": "新一网格"})
    keeper.post(f"/console/grids/{made.code}/describe/", {"phone": "0371-3", "household_count": "80"})
    made.refresh_from_db()
    told = (made.name, made.phone, made.household_count)
    keeper.post(f"/console/grids/{made.code}/retire/")
    made.refresh_from_db()

    assert told == ("新一网格", "0371-3", 80)
    assert made.valid_until is not None


@pytest.mark.parametrize(
    ("tail", "said", "sentence"),
    [
        ("004/new/", {"code": "x", "name": "网格"}, "编码格式不对"),
        ("004/new/", {"code": f"{STREET}005-09", "name": "网格"}, "上级应为"),
        ("004/new/", {"code": f"{STREET}004-02", "name": "网格"}, "编码已被使用"),
        ("004/rename/", {"name": ""}, "请填写这一项"),
        ("004/rename/", {"name": "长" * 100}, "最多 60 个字"),
        ("004/describe/", {"phone": "电话"}, "电话格式不对"),
        ("004/describe/", {"household_count": "-3"}, "户数应为"),
        ("004/describe/", {"national_code": "12"}, "9、12 或 15 位数字"),
        ("004/retire/", {}, "请先停用下级"),
        ("004/issue/", {"place": "楼" * 100}, "最多 60 个字"),
    ],
)
def test_refused_change_says_why(keeper, street, tail, said, sentence):
    response = keeper.post(f"/console/grids/{STREET}{tail}", said)

    assert response.status_code in (409, 422)
    assert sentence in response.text
    for typed in filter(None, said.values()):
        assert typed in response.text


def test_code_is_issued_once_for_a_double_tap_then_replaced_and_retired(keeper, street):
    address, said = f"/console/grids/{STREET}004/issue/", {"place": "东门", "key": "k" * 24}
    keeper.post(address, said)
    keeper.post(address, said)
    first = QrToken.objects.get(place="东门")
    keeper.post(f"/console/codes/{first.pk}/replace/", {"key": "r" * 24})
    first.refresh_from_db()
    keeper.post(f"/console/codes/{first.replaced_by_id}/retire/")
    again = keeper.post(f"/console/codes/{first.pk}/retire/")

    assert first.retired_at is not None
    assert QrToken.objects.get(pk=first.replaced_by_id).retired_at is not None
    assert again.status_code == 404


def test_poster_is_a_page_for_each_code(keeper, street):
    one = keeper.get(f"/console/grids/{STREET}004-02/poster.pdf")
    whole = keeper.get(f"/console/grids/{STREET}004/posters.pdf")
    none = keeper.get(f"/console/grids/{STREET}005/poster.pdf")

    assert (one.content[:5], whole.content[:5]) == (b"%PDF-", b"%PDF-")
    assert one.headers["Content-Type"] == "application/pdf"
    assert none.status_code == 422
    assert "还没有在用的二维码" in none.text


def test_poster_names_the_heads_of_its_own_line(here, keeper, street):
    from yige.console.admin.rows import grids

    grid = here.grid
    actions.issue_qr(grid, by=COMMAND, at=MONDAY_NOON, place="东门")

    (poster,) = grids.posters([grid], "https://yige.example", MONDAY_NOON)

    assert poster.address == f"https://yige.example/g/{grid.qr_tokens.get().token}/"
    assert list(poster.heads) == [("三级网格长", "某grid_head"), ("二级网格长", "某community_head")]
    assert (poster.title, poster.place) == ("网格zz-js-9", "东门")


def test_import_checks_first_and_then_does_it(keeper, street):
    cache.clear()
    rows = [
        [f"{STREET}006", "北社区", STREET, "", "", "", ""],
        [f"{STREET}006-01", "北一网格", "", "", 60, "", ""],
    ]
    blob = sheets.write_xlsx([heading for heading, _ in exchange.SHEET_COLUMNS], rows)

    checked = upload(keeper, blob)
    before = Grid.objects.filter(path__startswith="/410106003/006/").count()
    ready = checked.context["ready"]
    done = keeper.post("/console/grids/import/do/", {"ready": ready})
    again = upload(keeper, blob)

    assert (checked.status_code, before) == (200, 0)
    assert "新建" in checked.text
    assert done.headers["Location"] == "/console/grids/"
    assert Grid.objects.filter(path__startswith="/410106003/006/").count() == 2
    assert "完全一样" in again.text


def test_import_says_what_a_drawing_program_wrote_beside_and_will_not_come_in(keeper, street):
    properties = {"code": f"{STREET}006", "name": "北社区", "fid": 7, "画图人": "某"}
    feature = {"type": "Feature", "properties": properties, "geometry": None}

    page = upload(keeper, json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())

    assert "2 项属性没有用到，不会导入：fid、画图人" in page.text
    assert page.context["ready"]


def test_import_names_the_row_of_every_fault(keeper, street):
    rows = [[f"{STREET}006", "", STREET, "", "", "", ""], ["abc", "北一网格", "", "", "many", "", ""]]
    blob = sheets.write_xlsx([heading for heading, _ in exchange.SHEET_COLUMNS], rows)

    response = upload(keeper, blob)

    assert response.status_code == 422
    assert response.context["ready"] == ""
    assert {"没有填写名称。", "户数应为整数。"} <= {
        fault.sentence for fault in response.context["plan"].faults
    }
    assert not Grid.objects.filter(code=f"{STREET}006").exists()


@pytest.mark.parametrize(
    "blob", [b"", b"{", b"{}", b"[1]", b"\x00" * 50, b"PK\x03\x04broken", b"%PDF-1.4", "文字".encode()]
)
def test_file_that_is_none_is_a_sentence(keeper, street, blob):
    response = upload(keeper, blob)

    assert response.status_code == 422
    assert "yg-field__error" in response.text


def test_checked_file_is_only_for_the_one_who_sent_it(keeper, here, street, client):
    cache.clear()
    blob = exchange.to_geojson()
    ready = upload(keeper, blob).context["ready"]
    cache.clear()

    response = keeper.post("/console/grids/import/do/", {"ready": ready})

    assert response.status_code == 422
    assert "半小时" in response.text


@pytest.mark.parametrize("kind", ["xlsx", "geojson"])
def test_export_comes_back_unchanged(keeper, street, kind):
    Grid.objects.exclude(path__startswith="/410106003/").update(valid_until=LONG_AGO)

    response = keeper.get(f"/console/grids/export/?format={kind}&crs=gcj02")
    plan = exchange.plan(response.content, "gcj02")

    assert not plan.faults
    assert (len(plan.made), len(plan.changed), len(plan.same)) == (0, 0, 4)
    if kind == "geojson":
        assert json.load(io.BytesIO(response.content))["coordinates_in"] == "gcj02"
