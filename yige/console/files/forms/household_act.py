"""What may be done to the file of a household, as one table: its verb, its form, its words."""

from typing import NamedTuple

from yige.archive.people import actions, home_safety
from yige.console.files.forms import household as forms


class Act(NamedTuple):
    label: str
    verb: object
    form: type
    done: str
    hint: str = ""
    tone: str = "primary"


# fmt: off
ACTS = {
    #  in the address       what people call it   the verb                  its form              what is said after              what to know before
    "add-person": Act("加一个人",       actions.add_person,       forms.AddPerson,      "已加进这一户。",              "只登记上门用得着的。电话、紧急联系人由本人愿意才填；十四岁以下的要先登记监护人。"),
    "contact":    Act("定联系人",       actions.name_contact,     forms.NameContact,    "联系人已定好。"),
    "safety":     Act("用房和消防安全",   home_safety.tell_safety,    forms.TellSafety,     "已记下。",                   "只记本户说的、上门看到的；没有问过的写“不清楚”。"),
    "move":       Act("搬到别处",       actions.move_household,   forms.MoveHousehold,  "新住址已登记，原来的住址留在记录里。", "整户搬走。走访、承诺、标签都跟着这一户。"),
    "end":        Act("撤户",          actions.end_household,    forms.EndHousehold,   "这一户的档案已结束。",          "只在整户搬出本区时用。档案满一年后删除，联系关系今天结束。", "danger"),
}
# fmt: on
BUTTONS = [(verb, act.label) for verb, act in ACTS.items() if verb != "add-person"]
