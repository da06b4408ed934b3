"""A floor and an entrance name many owners, a door names one household."""

import pytest

from yige.deliberation.public_words import screen
from yige.lib.refusals import NotSaid


@pytest.mark.parametrize(
    "text",
    [
        "3号楼2单元要不要加装电梯",
        "一层的业主怕挡光，二层到六层要装",
        "社区二楼会议室",
        "业主 21 人，物业 2 人",
    ],
)
def test_a_floor_and_an_entrance_may_be_written(text):
    screen({"words": text})


@pytest.mark.parametrize(
    "text",
    [
        "3号楼2单元501",
        "2单元5层2户的",
        "5层东户",
        "3号楼二单元五零一室",
        "一层王大妈不同意",
        "打 13812345678",
        "",
    ],
)
def test_a_door_a_name_and_a_number_may_not(text):
    with pytest.raises(NotSaid) as refused:
        screen({"words": text})
    assert refused.value.fields["words"]


def test_what_a_resident_wrote_is_not_copied():
    with pytest.raises(NotSaid):
        screen({"words": "大家都说装了电梯一层就没有光线了"}, ["装了电梯一层就没有光线了，我不同意"])
