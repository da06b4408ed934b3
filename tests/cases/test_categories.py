import re

import pytest

from yige.cases import categories

# The rows of GB/T 47678.5-2026 (管理事项) that the tree refers to, typed from the standard's list.
NATIONAL = {
    "06010": "暴露垃圾",
    "06042": "垃圾站（箱）满溢",
    "06011": "积存垃圾渣土",
    "06035": "废弃家具设备",
    "06012": "道路不洁",
    "06017": "绿地脏乱",
    "03001": "公共厕所异常",
    "01037": "路灯异常",
    "01023": "不明井盖异常",
    "06013": "道路破损",
    "01046": "户外健身设施异常",
    "01076": "公用电梯异常",
    "06052": "无障碍坡道破损",
    "02010": "交通标志牌及标线异常",
    "10002": "架空线缆脱落",
    "09012": "占用消防通道",
    "10001": "道路积雪、结冰",
    "09009": "机动车乱停放",
    "09010": "非机动车乱停放",
    "09005": "店外经营",
    "09006": "占道经营",
    "07001": "非法小广告",
    "06001": "私搭乱建",
    "06040": "私设地锁、阻车桩",
    "06036": "乱堆杂物",
    "06045": "非法占绿毁绿",
    "06027": "油烟污染",
    "08004": "工地扬尘",
    "06028": "噪声扰民",
    "08001": "施工扰民",
}
UNITS = {
    "grid",
    "community",
    "chengguan",
    "housing",
    "market",
    "police",
    "traffic",
    "fire",
    "civil-affairs",
    "labour",
    "health",
    "disabled",
    "veterans",
    "environment",
    "water",
    "gas",
    "heating",
    "power",
    "telecom",
    "property",
}


def test_every_class_has_categories_and_every_category_a_class():
    assert {category.group for category in categories.CATEGORIES} == {
        each.code for each in categories.CLASSES
    }


def test_codes_are_unique_and_begin_with_their_class():
    assert len(categories.CATEGORY_BY_CODE) == len(categories.CATEGORIES)
    assert all(re.fullmatch(rf"{each.group}\.[a-z-]+", each.code) for each in categories.CATEGORIES)
    assert max(map(len, categories.CATEGORY_BY_CODE)) <= 40


def test_labels_are_unique_and_fit_a_phone():
    labels = [category.label for category in categories.CATEGORIES]

    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 18


def test_national_codes_are_those_of_the_standard():
    used = {category.code5 for category in categories.CATEGORIES} - {""}

    assert used == set(NATIONAL)
    assert all(bool(each.kind) == bool(each.code5) for each in categories.CATEGORIES)


def test_local_matters_are_not_squeezed_into_national_codes():
    assert {each.code5 for each in categories.CATEGORIES if each.group in ("help", "opinion", "other")} == {
        ""
    }


@pytest.mark.parametrize("category", categories.CATEGORIES, ids=lambda category: category.code)
def test_row_is_complete(category):
    assert category.urgency in ("emergency", "urgent", "normal", "hard")
    assert category.nature in ("personal", "public", "major")
    assert category.unit in UNITS
    assert category.ask


def test_whom_to_call_first_is_said_for_emergencies_only():
    assert {each.code for each in categories.CATEGORIES if each.call_first} == {
        each.code for each in categories.CATEGORIES if each.urgency == "emergency"
    }
    assert {each.call_first for each in categories.CATEGORIES} - {""} <= set(categories.CALL_FIRST)


def test_look_alikes_name_categories_that_exist():
    assert all(code in categories.CATEGORY_BY_CODE for pair in categories.CONFUSABLES for code in pair.codes)


@pytest.mark.parametrize("code", ["", None, "no.such-thing", "06010"])
def test_unknown_code_is_unsure(code):
    assert categories.category_of_code(code).code == "other.unsure"


def test_no_category_names_a_kind_of_person():
    forbidden = re.compile("上访|信访人|精神|邪教|吸毒|刑满|矫正|宗教|外国人|重点人员")
    said = " ".join(each.label + each.ask for each in categories.CATEGORIES)

    assert forbidden.search(said) is None
