"""What of a text about a deliberation may be published: the screen of cases, but a floor or an entrance is no home.

A lift is decided by an entrance, and the first floor has a say of its own: 3号楼2单元 and 一层 name many owners. Where a
door follows (2单元501) it is a home again.
"""

import re

from yige.cases.screening import faults_of
from yige.lib.refusals import NotSaid

MISSING_WORDS = "请填写这一项。"
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_GROUP = re.compile(
    rf"第?{_NUMBER}(?:单元|门洞|层|楼)(?![\s\-－—]*第?(?:[0-9A-Z]|{_NUMBER}|东|西|左|右|中户))"
)


def screen(texts: dict[str, str], heard: tuple = ()) -> None:
    """Refuse what may tell who somebody is, or was copied from a resident, at the field where it stands."""
    wrong = {}
    for field, text in texts.items():
        if not text:
            wrong[field] = MISSING_WORDS
        elif faults := faults_of(
            _GROUP.sub("", text), heard=[_GROUP.sub("", words) for words in heard if words]
        ):
            wrong[field] = "".join(faults)
    if wrong:
        raise NotSaid("不能这样写。", **wrong)
