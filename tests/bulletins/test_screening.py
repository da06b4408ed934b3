"""What the detectors of a bulletin find in a text, and what they let pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.cases.screening import SAME_RUN, faults_of, longest_run


@given(st.text(alphabet="路灯不亮三天了东门晚上看见修好换", max_size=30), st.integers(0, 20))
def test_a_run_of_somebodys_words_is_found_wherever_it_stands(said, at):
    run = said[at : at + SAME_RUN]
    found = longest_run(f"已经办了。{run}。", said)

    assert bool(found) == (len(run) >= SAME_RUN) or len(set(said)) < len(said)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("19900000001", 1),
        ("5号楼501室 19900000001", 2),
        ("3-2-501", 1),
        ("张大爷家", 1),
        ("王阿姨家501", 2),
        ("张三反映", 1),
        ("李家媳妇", 1),
    ],
)
def test_one_fault_is_told_in_one_sentence(text, faults):
    assert len(faults_of(text)) == faults


@pytest.mark.parametrize(
    "text",
    [
        "街道请供电单位换了灯头。",
        "10 月 3 日查看，5 日换好。",
        "向阳小院3号楼前的井盖换了。",
        "夏天反映停水多，方便反映，江边反映。",
        "周家庄的路修了。",
        "",
    ],
)
def test_ordinary_words_pass(text):
    assert faults_of(text, heard=["井盖响"], names=["周明"]) == []
