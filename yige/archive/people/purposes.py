"""What every group of fields about people is for, on what basis, who sees it, how long it stays. Read by the pages.

Source: domain reference §4.8, PIPL §13, §17, §28–§31. A field that stands in no group fails a test.
"""

from typing import NamedTuple

from yige.archive.person_fields import columns_of_group


class Group(NamedTuple):
    name: str
    label: str
    fields: tuple
    purpose: str
    basis: str  # duty or consent
    why: str
    keep: str


def _columns(group):
    """Return the columns of a person that belong to a group, as `person_fields.py` says."""
    return tuple(f"Person.{column}" for column in columns_of_group(group))


# fmt: off
GROUPS = (
    #     name         what people call it     fields (model.field)                                                                     what for                        basis      on what ground                                             how long
    Group("who",       "姓名、性别、出生年",    _columns("who"), "知道上门找谁、怎么称呼", "duty", "社区服务的法定职责（个人信息保护法第十三条第三项、第三十四条）", "住在这里期间，迁出后 1 年"),
    Group("phone",     "联系电话",             _columns("phone"),                                            "上门前联系、告诉您办得怎么样",  "consent", "您自愿留的，可以随时删掉",                                "住在这里期间，迁出后 1 年"),
    Group("emergency", "紧急联系人",           _columns("emergency"),                                                             "出事时找得到家里人",           "consent", "您自愿留的，可以随时删掉",                                "住在这里期间，迁出后 1 年"),
    Group("identity",  "身份号码",             _columns("identity"),                                      "只在法定登记要求时核对同一个人", "duty",   "法定登记；平时不收、不显示全号",                           "法定登记办完即删"),
    Group("family",    "哪一户、谁是户主、监护人", ("Person.household", *_columns("family"), "Household.contact", "Tie.kind", "Tie.person", "Tie.household", "Tie.relation", "Tie.since", "Tie.until", "Tie.organisation"), "一户一档，有事找得到人；十四岁以下的只通过监护人", "duty", "社区服务的法定职责（第十三条第三项）", "随档案"),
    Group("home",      "住在哪里、房屋安全",     ("Household.home", "Tie.home", "Home.room", "Home.gas", "Home.escape_clear", "Home.indoor_charging"), "上门和消防安全",            "duty",    "社区服务和消防安全的法定职责",                             "随档案"),
    Group("labels",    "服务标签",             ("Label.person", "Label.kind", "Label.granted_at", "Label.granted_by", "Label.until", "Label.withdrawn_at"), "按您要的服务上门",       "consent", "您或监护人单独同意（第二十九条、第三十一条），随时可以撤回", "最长 12 个月，到期 30 天后删除"),
    Group("contact",   "走访和联系情况",        ("Household.met_at", "Household.tried_at", "Household.wished_on", "Household.declines_until", "Link.household", "Link.consented_at"), "多久没来、什么时候来、您愿不愿意", "duty", "联系服务群众的职责；不愿走访的，没有任何影响", "3 年"),
    Group("visits",    "走访和巡查的记录",      ("Visit.household", "Visit.by", "Patrol.by"), "知道什么时候来过、是哪个岗位来的", "duty", "联系服务群众的职责（第十三条第三项）", "走访 3 年，巡查 1 年"),
    Group("needs",     "您说的事、答应的事、答复", ("Need.household", "Need.person", "Need.visit", "Need.words", "Need.case", "Need.by", "Promise.household", "Promise.need", "Promise.visit", "Promise.words", "Promise.by", "Answer.need", "Answer.promise", "Answer.visit", "Answer.words"), "您说的事件件有答复，答应的事按日子做到；您随时看得到", "duty", "联系服务群众的职责（第十三条第三项）", "了结 1 年后删去文字"),
    Group("meetings",  "预约见面",             ("Appointment.household", "Appointment.person", "Appointment.words"), "按约好的时间见面", "consent", "您自己约的，可以随时取消", "1 年"),
    Group("together",  "报名帮忙",             ("Seat.person", "Seat.reason", "Seat.came", "Certificate.person", "HelpOffer.person", "HelpOffer.skill", "HelpOffer.hours"), "知道这一次谁来；来过的给您开证明；要您会的，问您一声", "consent", "您自己报的名，随时可以退，退了就删", "来过的 3 年，其余 30 天；会什么的，收回就删"),
    Group("wishes",    "微心愿",               ("Wish.person", "Wish.words", "Wish.shown", "Wish.claimer"), "您说的小事有人来办；让不让邻居看，您说了算", "consent", "您自己说的，随时可以收回，收回就删", "办到后 30 天"),
    Group("branch",    "支部登记、双报到",     ("Membership.branch", "Membership.person", "Membership.shows_name", "ReportIn.grid", "ReportIn.person", "ReportIn.unit"), "社区要人手时问您一声", "consent", "您自己登记的，一点就退，退了就删（第二十九条）", "登记期间"),
    Group("organisations", "参加的社会组织", ("OrganisationMember.organisation", "OrganisationMember.person", "OrganisationMember.shows_name"), "组织有事的时候问您一声", "consent", "您自己说的，一点就退，退了就删", "参加期间"),
    Group("asks",      "您对档案提的要求",      ("RightsRequest.person", "RightsRequest.words", "RightsRequest.answer", "SignInCode.phone_index", "SignInCode.phone_sealed", "SignInCode.person", "SignInCode.code_hash", "SignInCode.code_sealed", "SignIn.person", "SignIn.token_hash"), "查、改、删您自己的档案", "duty", "个人信息保护法第四十四条至第五十条", "要求 3 年，验证码 1 天"),
    Group("keeping",   "导入和合并的底稿",      ("RosterRow.why", "RosterRow.left", "RosterRow.person", "RosterRow.before_sealed", "RosterRun.file_name", "RosterRun.stored_name", "Likeness.one", "Likeness.other", "Merge.kept", "Merge.gone", "Merge.moved", "Merge.before_sealed", "Origin.by_id"), "写错了能改回来，说得清是谁写的", "duty", "保证质量、可以追溯（第八条、第五十一条）", "30 天，合并的随档案"),
)
# fmt: on

GROUP_BY_NAME = {group.name: group for group in GROUPS}
GROUP_BY_FIELD = {field: group for group in GROUPS for field in group.fields}


def basis_of(fields) -> str:
    """Return on what basis these fields of a person are written: consent as soon as one of them needs it."""
    groups = [
        GROUP_BY_FIELD.get(f"Person.{field}_sealed") or GROUP_BY_FIELD.get(f"Person.{field}")
        for field in fields
    ]
    return "consent" if any(group and group.basis == "consent" for group in groups) else "duty"
