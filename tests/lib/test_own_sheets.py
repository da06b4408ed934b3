import pytest

from yige.lib.own_sheets import read_own_sheet
from yige.lib.refusals import NotSaid
from yige.lib.sheets import write_xlsx

OURS = ("单位", "姓名", "说明")


def read(headings, *rows, **how):
    return read_own_sheet(write_xlsx(headings, rows), OURS, **{"most": 3, **how})


def test_rows_come_with_their_numbers():
    rows = read(OURS, ["一组", "甲", ""], ["二组", "乙", "夜里"])
    assert [(row.number, row.cells["姓名"]) for row in rows] == [(2, "甲"), (3, "乙")]


@pytest.mark.parametrize(
    "headings, row, sentence",
    [
        ((*OURS, "电话"), ["一组", "甲", "", "12345"], "表头“电话”不认识，里面写的导不进来"),
        (OURS[:2], ["一组", "甲"], "表头里少了“说明”这一列"),
    ],
)
def test_a_column_too_many_or_too_few_is_named_beside_the_file(headings, row, sentence):
    with pytest.raises(NotSaid, match=sentence) as refused:
        read(headings, row)
    assert refused.value.fields == {"file": refused.value.sentence}


def test_a_strange_column_without_a_word_in_it_stands_in_nobodys_way():
    assert len(read((*OURS, "备注"), ["一组", "甲", "", ""])) == 1


def test_only_what_is_needed_must_be_there():
    assert len(read(OURS[:2], ["一组", "甲"], needed=("单位",))) == 1


@pytest.mark.parametrize("count, sentence", [(0, "没有内容"), (4, "一次最多 3 行")])
def test_none_or_too_many_rows_are_refused(count, sentence):
    with pytest.raises(NotSaid, match=sentence):
        read(OURS, *[["一组", "甲", ""]] * count)
