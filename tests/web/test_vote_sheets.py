"""What a vote puts on paper says what it must, and a secret slip says no name."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest

from tests import factories
from tests.factories import MONDAY_NOON
from tests.policy import deliberation
from yige.deliberation import queries
from yige.web import vote_sheets

AT = MONDAY_NOON + timedelta(hours=5)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed"),
]


def said(pdf):
    """Return the words of a PDF without their spaces."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


def test_the_papers_of_a_vote_have_a_number_each_and_no_name():
    here = factories.town()
    deliberation.owner_of_501(here)
    row = deliberation.voted_on(here, AT)
    text = said(vote_sheets.papers_pdf(row, row.votes.get()))

    assert [number for number in "1234" if f"{number}号" in text] == list("1234")
    assert text.count("弃权") == 4 and "3号楼2单元502、3号楼2单元503，150.5平方米" in text
    assert "王小英" not in text and "甲" not in text


def test_the_slips_of_a_secret_vote_have_a_code_and_neither_number_nor_home():
    row, codes = deliberation.secret(factories.town(), AT, opened=False)
    text = said(vote_sheets.slips_pdf(row, row.votes.get()))

    assert all(code in text for code in codes) and text.count("弃权") == 5
    assert not re.search(r"\d号(?!楼)", text)


def test_the_notice_and_the_result_say_what_the_board_must_show():
    here = factories.town()
    row = deliberation.shown(here, AT, matter="owners_7")
    notice, result = said(vote_sheets.notice_pdf(row)), said(vote_sheets.result_pdf(row))
    lines = queries.counted_decision(row.decisions.get()).lines

    assert "社区二楼会议室" in notice and "方案两个" in notice and "一层的业主：怕挡光" in notice
    assert "民法典第278条" in notice and len(lines) == 4
    assert all(re.sub(r"\s", "", line.words) in result for line in lines) and "2026-17" in result
    assert "公示到" in result


def test_the_root_of_a_secret_vote_hangs_on_the_board_before_the_list():
    here = factories.town()
    row = deliberation.secret_fixed(here, AT)
    text = said(vote_sheets.root_pdf(row, row.votes.get()))

    assert "封票公告" in text and "发出5张，投了0张" in text
