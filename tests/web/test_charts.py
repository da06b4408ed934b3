"""Charts: the picture is whole, words stand beside every colour, the table says the same."""

import re

import pytest
from django.template.loader import render_to_string

from tests.web.chart_pieces import CURVES, SVG, as_xml, pictures, pieces, words
from yige.web.charts import Limits, bars, funnel_chart, run_chart, small_multiples
from yige.web.charts.frame import figure_words

MONTHS = [(f"{place + 1}月", value) for place, value in enumerate([0.7, 0.72, None, 0.4, 0.71])]
LIMITS = Limits(0.7, 0.5, 0.9)
MARKS = [(3, "down", "超出正常起伏，偏低")]
UNITS = [
    ("东社区", 80, 100, "within", "在正常范围内"),
    ("西社区", 99, 100, "above", "比正常范围高"),
    ("南社区", 3, 5, "few", "件数太少，不比"),
    ("北社区", 0, 0, "few", "件数太少，不比"),
]


def run(**said):
    return run_chart("a", "按时联系率", MONTHS, limits=LIMITS, marks=MARKS, share=True, **said)


def heap():
    return bars(
        "b", "各类事项", [("市容", 30, "重办 2 件"), ("物业", 15), ("其他", None)], heads=("类别", "件数")
    )


def test_one_bar_alone_is_told_by_its_name_and_not_as_a_range():
    assert bars("b", "率", [("东社区", 0.9)], share=True).sentence == "东社区：90%。"
    assert heap().sentence.startswith("3 项，从 15 到 30")


def compared():
    return funnel_chart("c", "解决率", UNITS, CURVES, rate=0.85)


def many():
    return small_multiples(
        "d",
        "各社区",
        [("东社区", MONTHS, LIMITS, MARKS, "有过不寻常"), ("西社区", [("1月", 0.9)])],
        share=True,
    )


KINDS = [run, heap, compared, many]


# every kind


@pytest.mark.parametrize("kind", KINDS)
def test_picture_has_a_name_and_says_what_is_to_be_seen(kind):
    named = [
        (
            picture.get("role"),
            [picture.find(f"*[@id='{name}']").text for name in picture.get("aria-labelledby").split()],
        )
        for picture in pictures(kind())
    ]

    assert {role for role, _ in named} == {"img"}
    assert all(title and sentence.endswith("。") for _, (title, sentence) in named)


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_one_picture_are_of_no_other(kind):
    ids = re.findall(r'\bid="([^"]+)"', kind().picture)

    assert len(ids) == len(set(ids)) == 2 * len(list(pictures(kind())))


@pytest.mark.parametrize("kind", KINDS)
def test_picture_holds_no_script_no_style_and_is_whole_without_a_sheet(kind):
    chart = kind()

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href=", chart.picture)
    for picture in pictures(chart):
        assert all(
            line.get("fill") == "none" and line.get("stroke") for line in picture.iter(f"{SVG}polyline")
        )
        assert all(line.get("stroke") for line in picture.iter(f"{SVG}line"))


@pytest.mark.parametrize("kind", KINDS)
def test_page_shows_sentence_picture_and_table(kind):
    chart = kind()
    page = render_to_string("web/parts/chart.html", {"chart": chart})
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", page)

    assert f"<figcaption>{chart.sentence}</figcaption>" in page
    assert chart.picture in page
    assert [cell.strip() for cell in cells] == [*chart.heads, *(cell for row in chart.rows for cell in row)]


NASTY = "<b>&\"'</b>"


@pytest.mark.parametrize(
    "chart",
    [
        run_chart(
            "a",
            NASTY,
            [(NASTY, 1)],
            marks=[(0, "up", NASTY)],
            words=NASTY,
            limits=Limits(1, middle_word=NASTY),
        ),
        bars("b", NASTY, [(NASTY, 1, NASTY)], words=NASTY),
        funnel_chart("c", NASTY, [(NASTY, 9, 10, "above", NASTY)], CURVES, rate=0.5, words=NASTY),
        small_multiples("d", NASTY, [(NASTY, [(NASTY, 1)], Limits(), (), NASTY)], words=NASTY),
    ],
)
def test_names_are_words_and_no_markup(chart):
    page = render_to_string("web/parts/chart.html", {"chart": chart})

    assert "<b>" not in page
    assert NASTY in as_xml(chart).itertext()


@pytest.mark.parametrize(
    "chart",
    [run_chart("a", "无", []), run_chart("a", "无", [("1月", None)]), bars("b", "无", []),
     funnel_chart("c", "无", [("东", 0, 0, "few", "不比")], [], rate=None), small_multiples("d", "无", [])],
)  # fmt: skip
def test_where_there_is_nothing_the_sentence_says_so_and_no_picture_is_drawn(chart):
    assert chart.sentence == "还没有数。"
    assert list(pictures(chart)) == []


# a run


def test_line_is_broken_where_a_month_has_no_figure():
    assert [piece.get("points").count(",") for piece in pieces(run(), "line")] == [2, 2]


def test_point_out_of_the_ordinary_is_another_shape_with_its_word():
    chart = run()

    assert (len(pieces(chart, "dot")), len(pieces(chart, "mark"))) == (3, 1)
    assert "超出正常起伏，偏低" in words(chart)
    assert chart.rows[3] == ("4月", "40%", "超出正常起伏，偏低")
    assert "尖朝下偏低" in chart.legend


def test_more_is_drawn_higher_up_and_lines_are_named():
    chart = run_chart("a", "数", [("1月", 3), ("2月", 8), ("3月", 5)], limits=Limits(5, 1, 9))
    heights = [float(piece.get("cy")) for piece in pieces(chart, "dot")]

    assert heights[1] < heights[2] < heights[0]
    assert [word for word in words(chart) if " " in word] == ["上限 9", "平均 5", "下限 1"]


def test_a_limit_below_nothing_is_not_drawn():
    chart = run_chart("a", "数", [("1月", 3), ("2月", 8)], limits=Limits(5, -4, 14))

    assert "下限 -4" not in words(chart)
    assert len(pieces(chart, "limit")) == 1
    assert "平常在 0 到 14 之间" in chart.sentence


def test_sentence_says_what_it_means_before_the_figures():
    assert run(words="真的变差了，从 4月 起").sentence == (
        "真的变差了，从 4月 起。1月 到 5月，最近 71%，平均 70%，平常在 50% 到 90% 之间。"
    )


# bars, a funnel, many


def test_bars_are_as_long_as_their_values_in_the_order_given():
    lengths = [float(piece.get("width")) for piece in pieces(heap(), "bar")]

    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.2)
    assert lengths[2] == 0
    assert words(heap()) == ["市容", "30 重办 2 件", "物业", "15", "其他", "没有数"]
    assert heap().rows == [("市容", "30", "重办 2 件"), ("物业", "15", ""), ("其他", "没有数", "")]


def test_bars_with_an_interval_draw_and_explain_it():
    chart = bars("b", "率", [("东社区", 0.9, "9 / 10", 0.596, 0.982)], share=True)

    assert len(pieces(chart, "interval")) == 3
    assert chart.legend.startswith("细横线是真正的比例可能在的范围")


def test_units_outside_are_shapes_with_names_and_no_unit_is_numbered():
    chart = compared()

    assert [len(pieces(chart, kind)) for kind in ("mark", "dot", "hollow")] == [1, 1, 1]
    assert [word for word in words(chart) if "社区" in word] == ["西社区"]
    assert (
        chart.sentence == "合在一起 85%；1 个比正常范围高（西社区）；1 个在正常范围内；2 个件数太少，不比。"
    )
    assert [row[0] for row in chart.rows] == ["东社区", "西社区", "南社区", "北社区"]
    assert chart.rows[3] == ("北社区", "0 / 0", "没有数", "件数太少，不比")


def test_small_runs_have_one_scale():
    first, second = pictures(
        small_multiples(
            "d", "各社区", [("东", [("1月", 0.2), ("2月", 0.9)]), ("西", [("1月", 0.9)])], share=True
        )
    )
    height = {
        name: [piece.get("cy") for piece in picture.iter(f"{SVG}circle")]
        for name, picture in (("东", first), ("西", second))
    }

    assert height["东"][1] == height["西"][0]


@pytest.mark.parametrize(
    ("value", "share", "digits", "text"),
    [(0.725, True, 1, "72.5%"), (0.7, True, 1, "70%"), (1, True, 0, "100%"), (0, True, 0, "0%"), (12.0, False, 0, "12"),
     (3.5, False, 0, "3.5"), (100, False, 0, "100"), (None, True, 0, "没有数")],
)  # fmt: skip
def test_figures_are_read_as_people_write_them(value, share, digits, text):
    assert figure_words(value, share, digits) == text


@pytest.mark.parametrize(
    ("share", "words"), [(1, "100%"), (0.999, "99%"), (0, "0%"), (0.001, "1%"), (0.5, "50%")]
)
def test_what_is_not_all_is_never_told_as_all_nor_what_is_not_nothing_as_nothing(share, words):
    assert figure_words(share, share=True) == words
