"""What may be done to the file of a person, as one table: its verb, its form, its words."""

from yige.archive.people import actions
from yige.console.files.forms import household as forms
from yige.console.files.forms.household_act import Act

# fmt: off
ACTS = {
    #  in the address   what people call it   the verb                  its form            what is said after              what to know before
    "describe": Act("改正资料",   actions.describe_person,  forms.Describe,     "已改好。",                     "没有遮住的内容不在这一页上显示：空着的就不改。"),
    "label":    Act("记服务标签",  actions.grant_label,      forms.GrantLabel,   "服务标签已记下，到期前会再问本人。", "标签只有这几种，都要本人或监护人同意才能记，随时可以撤回，不影响别的事。"),
    "move":     Act("搬到另一户",  actions.move_person,      forms.MovePerson,   "已搬到新的一户。"),
    "leave":    Act("已经搬走",   actions.leave,            forms.Leave,        "这个人的档案已结束。",           "只在本人搬出本区时用。服务标签今天撤回，档案满一年后删除。", "danger"),
}
# fmt: on
BUTTONS = [(verb, act.label) for verb, act in ACTS.items() if verb != "label"]
