"""Who there is, and what each may do: one row a role, one row a capability. Source: domain reference §3.2.

`level` counts from the top: 1 subdistrict, 2 community, 3 grid, 4 micro-grid; 0 stands beside the tree.
`sees` says which cases the holder of a post can see:
  area – every case below the post's grid · unit – cases of the post's unit · own – what he or she reported
  or handles, and what waits in the unit for somebody to sign it · intake – what he or she took in for others,
  and what waits for a call-back · raised – what was raised to the district from the streets of the post, while it
  lies there or with the city · none – no case.
`files` says whose household files the holder of a post can open (design §6):
  area – the households below the post's grid · links – the households linked to the holder, by name or by area
  · keeper – those below the post's grid, to keep them right · none – no file; heads see numbers only.
`mfa` – a second factor is required before any page opens.
`admin` – which of the three separated administrations the role holds (GB/T 22239: separation of duties).

What a role may do stands in `CAPABILITIES` and nowhere else: a page (`@staff`), the menu, the verb and the help read
the same cell. `who` names the roles in the order that sentences name them; where a column of the roles says it
already, `who` follows from that column.
"""

from typing import NamedTuple


class Role(NamedTuple):
    name: str
    label: str
    level: int
    sees: str
    files: str
    mfa: bool
    admin: str
    prose: str

    def may(self, *capabilities) -> bool:
        """Say whether this role has one of these capabilities."""
        return self.name in having(*capabilities)


class Capability(NamedTuple):
    """Something that some roles may do; `label` is short enough for a list, `prose` is a sentence for the help."""

    name: str
    label: str
    who: tuple
    prose: str


# fmt: off
ROLES = (
    #    name                  label           level  sees      files     mfa    admin       in plain words
    Role("street_head",         "一级网格长",      1, "area",   "none",   True,  "",         "街道党工委书记或主任。看全街道的事项，决定疑难件的挂账、再次延期和三次退回后的归属，督办。不看居民档案。"),
    Role("desk",                "事件处置岗",      1, "area",   "none",   True,  "",         "街道运行中心的工作人员。受理、派单、并案、转办、核查办结、回访。"),
    Role("community_head",      "二级网格长",      2, "area",   "links",  False, "",         "社区党组织书记。在本社区内受理、派单、核查；解决不了的向街道上报。只看自己包片走访的户的档案，其余看数。"),
    Role("grid_head",           "三级网格长",      3, "area",   "area",   False, "",         "网格党支部书记。在本网格内受理、派给网格员或微网格员，也自己办理；替不方便的老人上报。"),
    Role("grid_worker",         "网格员",        3, "own",    "area",   False, "",         "巡查、核实、办理派给自己的事项，先联系反映人。"),
    Role("micro_worker",        "微网格员",       4, "own",    "area",   False, "",         "联系自己的七八十户：走访、记下需要、下次来先答复。替邻居上报，办理派给自己的小事。"),
    Role("department_handler",  "部门承办人",      0, "unit",   "none",   False, "",         "区直部门、公用企业或物业的承办人。只看派到本单位的事项，不看居民档案。"),
    Role("district_seat",       "区级统筹岗",    0, "raised", "none",   True,  "",         "区级统筹办的工作人员。只看自己的街道报上来的事项：交给区级部门办，报市级，或者答复、批回街道。不看反映人的联系方式，不看居民档案。"),
    Role("party_member",        "联户党员",       4, "own",    "links",  False, "",         "联系五至十户邻居（本户同意才算），替邻居上报，跟进答复。只看联系户的档案。"),
    Role("intake",              "热线与代办",      0, "intake", "none",   False, "",         "社区热线、民情速递站和代办员。替人登记，打印回执，办结后回访。"),
    Role("organisation_seat",   "社会组织席位",  0, "none",   "none",   False, "",         "社会组织自己的人，由社区担保。只写自己组织的主页，只发、只办自己组织的召集；不看事项、反映人、居民档案，也不看别人的召集。"),
    Role("registrar",           "档案管理员",      1, "none",   "keeper", True,  "",          "管居民档案：导入花名册、改正、合并重复、办理本人的查阅更正删除申请、到期清理。要第二个人同意的事，另一位档案管理员来批。不看事项。"),
    Role("auditor",             "审计员",        0, "none",   "none",   True,  "audit",    "只看操作日志，不看事项内容和居民资料，不能改任何东西。"),
    Role("security_admin",      "安全管理员",      0, "none",   "none",   True,  "security", "管账号、岗位和登录安全；不看事项，不看日志内容。"),
    Role("system_admin",        "系统管理员",      0, "none",   "none",   True,  "system",   "管网格、分类、日历、参数和海报；不看事项，不管账号。"),
)
# fmt: on

ROLE_BY_NAME = {role.name: role for role in ROLES}
CHOICES = [(role.name, role.label) for role in ROLES]
LEADERS = ("desk", "street_head", "community_head", "grid_head")


def _with(column, *values):
    return tuple(role.name for role in ROLES if getattr(role, column) in values)


# fmt: off
CAPABILITIES = (
    #          name                    in short            who                                                                           in plain words
    # 事项
    Capability("see_cases",            "看事项",           _with("sees", "area", "unit", "own", "intake", "raised"),                        "看事项列表、事项地图、等在哪里和单位台账，看到哪些按岗位的“看什么”。"),
    Capability("find_callers",         "按反映人找",       ("desk", "community_head", "grid_head", "intake"),                            "按反映人的电话、称呼找他的事项；只找得到自己能看联系方式的，每次都记下来。"),
    Capability("see_contacts",         "看联系方式",       ("desk", "community_head", "grid_head"),                                      "看辖区里反映人的姓名电话，写明原因，每次都记下来；写错的也由他们改。承办的人只看自己承办的。"),
    Capability("take_in",              "登记事项",         (*LEADERS, "grid_worker", "micro_worker", "party_member", "intake"),          "替人登记，或登记自己巡查、走访发现的。"),
    Capability("lead_cases",           "领办辖区事项",     LEADERS,                                                                      "在自己的辖区里受理、核查办结、答复、告知辖区；各能做哪些看“七步”的表。"),
    Capability("dispatch",             "派单",             LEADERS,                                                                      "从上往下派给下级；部门由街道来派。"),
    Capability("sort_cases",           "每天受理派单",     ("desk", "community_head", "grid_head"),                                      "待受理、待派单、被退回和重办的，列在工作台上。"),
    Capability("handle",               "办理",             ("community_head", "grid_head", "grid_worker", "micro_worker", "party_member", "department_handler"), "签收、联系反映人、办理派给自己或本单位的事项。"),
    Capability("decide_extensions",    "批延期",           ("desk", "community_head"),                                                   "申请第一次延期的，消息送到这里。"),
    Capability("decide_hard_cases",    "定疑难件",         ("street_head",),                                                             "批挂账和再次延期，定三次退回的由谁办，亮红牌的要知道。"),
    Capability("hear_reports",         "先知道新上报",     ("desk", "grid_head"),                                                        "辖区里有新上报的，马上收到消息。"),
    Capability("hear_reopenings",      "先知道没解决",     ("desk", "community_head"),                                                   "反映人说没有解决、要重办的，马上收到消息。"),
    Capability("call_back",            "回访",             ("desk", "street_head", "intake"),                                            "办结以后打电话问反映人，替他评价、销号或要求重办。"),
    Capability("call_back_daily",      "每天回访",         ("desk", "intake"),                                                           "待回访的列在工作台上，每天提醒。"),
    Capability("look_back",            "回头看",           LEADERS,                                                                      "办结以后过一段时间再去看一次。"),
    Capability("see_clusters",         "看反复反映",       ("desk", "street_head", "community_head"),                                    "看自己看得到的公共事项里，哪一处同一件事有几个不同的人反映过；不看是谁反映的。"),
    Capability("see_topics",           "看专题",           (*LEADERS, "department_handler"),                                             "看自己辖区、上级和本单位牵头的专题：有哪些事项、定了哪几步、结果怎样；事项只看自己看得到的。"),
    Capability("propose_topics",       "提专题",           ("desk", "street_head", "community_head"),                                    "把同一个问题的几件事项提成专题，写明共同的地方和牵头单位；不改变任何一件事项。"),
    Capability("decide_topics",        "定专题",           ("street_head", "community_head"),                                            "定下专题办不办，公布别人写的结果，不办了的写明理由，又出现的重新办。"),
    Capability("work_on_topics",       "办专题",           (*LEADERS, "department_handler"),                                             "牵头单位的人定步骤、改日子、写明办成什么样，加进和拿出事项，写结果；过了日子的一步列在工作台上。"),
    Capability("see_deliberations",    "看议事",           (*LEADERS, "department_handler"),                                             "看自己辖区、上级的议题，和有本单位一步的：谁提的、怎么议的、结果怎样、办到哪一步。"),
    Capability("raise_deliberations",  "提议题",           LEADERS,                                                                      "替居民、业主委员会、议事厅提要大家商量的事，记会议，代记不同意见，定步骤。"),
    Capability("lead_deliberations",   "主持议事",         ("street_head", "community_head"),                                            "社区党组织研究列不列入议题，发通知，记下结果，答复不同意见，公示完定下来，办完反馈给大家；等着办的列在工作台上。"),
    Capability("work_on_deliberations", "办议定的事",      (*LEADERS, "department_handler"),                                             "本单位的一步写明办成什么样，改日子写明理由；过了日子的列在工作台上。"),
    Capability("take_escalated",       "接下级上报",       ("desk", "street_head", "community_head"),                                    "下级办不了上报来的，列在工作台上，重新安排。"),
    Capability("lead_district",        "区级统筹",         ("district_seat",),                                                           "接街道报上来的：交给区级部门办，或者写明答复和要求，批回街道。"),
    Capability("record_city",          "记市级办理",       ("district_seat", "desk"),                                                    "报到市级的，记下编号、日子和请市级做什么；市级答复了，记下答复。"),
    Capability("whistle",              "吹哨",             ("desk", "street_head"),                                                      "请几家单位一起来办一件事，看谁签收、谁到场，认可或退回。"),
    Capability("see_whistles",         "看联办",           ("desk", "street_head", "community_head", "grid_head"),                       "看自己辖区里正在联办的事，等谁、等多久。"),
    Capability("answer_calls",         "办请本单位的事",   ("community_head", "department_handler"),                                     "本单位手上的事、街道请来联办的、计划里的步骤，列在一张单子上；签收、联系、到场、办完。"),
    Capability("see_duties",           "看职责清单",       (*LEADERS, "department_handler", "system_admin"),                             "看哪一类事在什么地方由哪个单位牵头，依据是什么，从哪天起。"),
    Capability("propose_duties",       "提职责清单",       ("desk", "street_head"),                                                      "提一条职责；由一级网格长来定，定了派单时先给出这个单位。"),
    Capability("head_area",            "看辖区里要管的",   ("street_head", "community_head", "grid_head"),                               "工作台上写明辖区里什么超时、等什么，哪些承诺过期、哪里没看、哪些户好久没见到；每周一早上收到一条小结。不排名。"),
    Capability("see_assessment",       "看单位考评",       (*LEADERS, "department_handler"),                                             "看单位一个月的数：各级网格长和事件处置岗看自己辖区的单位，部门只看本单位；每个数都点得开，没有个人的数，不排名。"),
    Capability("see_sheets",           "看报表",           (*LEADERS, "department_handler"),                                             "看谁来要哪张表、依据是什么；登记来要的表，按规定答复或者不填；在自己看得到的范围里看表、生成文件。"),
    Capability("keep_sheets",          "管报表清单",       ("desk", "street_head"),                                                      "把要来的表列入清单，定它的列、谁负责、到哪天为止；续期、停用。"),
    Capability("write_bulletins",  "写月报",           ("desk", "street_head"),                                                      "写本街道的月报：数是公布过的，事是反映人说解决了的，不写个人信息。"),
    Capability("approve_bulletins", "批月报",          ("street_head",),                                                             "批准别人写的月报；批准以后一个字不改。自己写过的，要另一个人批。公布了的写明为什么就能撤回。"),
    Capability("see_command_view",     "看指挥大屏",       LEADERS,                                                                      "看辖区此刻的大屏：在办多少、等在哪一级、时限、联办、近来多的、刚销号的；只有数、编号、分类和社区，没有个人。"),
    Capability("see_rosters",          "看值班表",         (*LEADERS, "department_handler", "district_seat"),                            "看现在谁值班、打哪个电话：各级网格长和事件处置岗看给自己辖区办事的单位，其他人只看本单位。"),
    Capability("keep_rosters",         "排值班",           ("desk", "street_head", "community_head", "department_handler", "district_seat"), "排值班、改时间、取消、导入：街道排各单位的，其他人只排本单位的。"),
    Capability("call_volunteers",      "召集邻里",         ("street_head", "community_head", "grid_head"),                               "在自己的辖区里请邻里来帮忙：写明做什么、哪天、要几位；看谁报了名，记下谁来了，谢谢来的人。不看谁退了、来过几次。"),
    Capability("keep_organisations",   "管社会组织",       ("street_head", "community_head", "grid_head"),                               "写自己辖区里社会组织的主页，给社会组织一个席位、收回席位；不看谁参加了哪个组织。"),
    Capability("run_organisation",     "办本组织的",       ("organisation_seat",),                                                       "写自己组织的主页，发自己组织的召集，记下谁来了；看得到愿意给组织看的参加的人遮住一部分的称呼。"),
    Capability("keep_branches",        "登记支部",         ("street_head", "community_head", "grid_head"),                               "登记自己辖区里每个三级网格的党支部，和向社区报到的单位；只有这个网格的三级网格长看得到愿意给他看的党员称呼，不登记别人是不是党员。"),
    # 走访和巡查
    Capability("visit",                "走访",             _with("files", "area", "links"),                                              "走访自己片区或联系的户，记下需要，当面答复。"),
    Capability("see_coverage",         "看走访覆盖",       LEADERS,                                                                      "看辖区里走访到多少户、答应居民的事过期多少；只看数。"),
    Capability("give_areas",           "安排包片",         ("registrar", "street_head", "community_head"),                               "在自己的辖区里给干部安排包片，不能给自己安排。"),
    Capability("take_areas",           "包片",             ("community_head", "grid_head", "grid_worker", "micro_worker"),               "包一个片区的干部；因此能看那里的档案。"),
    Capability("link_households",      "登记联户",         ("grid_head", "registrar"),                                                   "本户同意了，给它登记一位联系的党员或干部。"),
    Capability("host_open_hours",      "书记有约",         ("street_head", "community_head", "grid_head"),                               "各级网格长给自己辖区的居民安排见面时段。"),
    Capability("host_visit_hours",     "预约走访",         ("community_head", "grid_head", "grid_worker", "micro_worker"),               "走访的人给自己片区的居民安排上门时段。"),
    Capability("walk_rounds",          "巡查",             ("community_head", "grid_head", "grid_worker", "micro_worker", "party_member"), "在自己的片区里走一遍，看到问题就上报。"),
    Capability("plan_rounds",          "定巡查路线",       ("community_head", "grid_head"),                                              "定巡查的路线和地点，多久看一次。"),
    Capability("see_rounds",           "看巡查",           (*LEADERS, "grid_worker"),                                                    "看哪些地方看过了，哪些还等着看；不看谁走得快。"),
    # 档案
    Capability("open_files",           "看居民档案",       _with("files", "area", "links", "keeper"),                                    "打开居民档案，每次都留下记录；看到哪些户按岗位来定。"),
    Capability("write_files",          "写居民档案",       _with("files", "area", "keeper"),                                             "登记新的户，一户一户看楼里的房屋。"),
    Capability("keep_files",           "管居民档案",       _with("files", "keeper"),                                                     "导入花名册，合并重复，办理查阅、更正、删除的申请。"),
    Capability("ask_for_lists",        "申请人员名单",     ("registrar", "grid_head"),                                                   "为一件事申请导出一份名单，要另一位档案管理员同意。"),
    Capability("agree_to_lists",       "批人员名单",       _with("files", "keeper"),                                                     "同意或不同意别人申请的名单，不能批自己的。"),
    Capability("see_people_map",       "看民情地图",       (*LEADERS, "grid_worker", "micro_worker", "party_member", "registrar"),       "看辖区里的楼栋和数，少的只给范围。"),
    Capability("see_places",           "看楼栋部件单位",   (*LEADERS, "grid_worker", "micro_worker", "party_member", "registrar"),       "看辖区里的楼栋、公共部件和单位商户。"),
    Capability("keep_places",          "登记楼栋部件单位", ("community_head", "grid_head", "grid_worker", "registrar"),                  "登记和改正辖区里的楼栋、公共部件和单位商户。"),
    Capability("keep_homes",           "登记房屋",         ("grid_head", "grid_worker", "registrar"),                                    "登记楼里的房屋；要能看那里的档案。"),
    # 管理
    Capability("see_grids",            "看网格与海报",     (*LEADERS, "system_admin"),                                                   "看网格、网格长和二维码，打印海报。"),
    Capability("keep_grids",           "管网格",           _with("admin", "system"),                                                     "建立、改名、划界、停用网格，发二维码。"),
    Capability("keep_tables",          "管分类日历参数",   _with("admin", "system"),                                                     "改事项分类、工作日历和参数，答复平台意见。"),
    Capability("keep_accounts",        "管账号岗位",       _with("admin", "security"),                                                   "管账号、岗位、单位和登录安全。"),
    Capability("read_log",             "看操作日志",       _with("admin", "audit"),                                                      "查看和导出操作日志，每次查看也留下记录。"),
)
# fmt: on

# Who heads the grids of each level, by name on its page and its posters.
GRID_HEADS = {1: "street_head", 2: "community_head", 3: "grid_head", 4: "micro_worker"}
# Whose own figures a head reads: of the posts in the own area those directly below, of nobody further down or beside.
DIRECTLY_BELOW = {
    "grid_head": ("grid_worker", "micro_worker", "party_member"),
    "community_head": ("grid_head",),
    "street_head": ("community_head", "desk"),
}
_WHO = {capability.name: capability.who for capability in CAPABILITIES}


def having(*capabilities) -> tuple:
    """Return the names of the roles that have one of these capabilities, each once, in the order of the table."""
    return tuple(dict.fromkeys(role for name in capabilities for role in _WHO[name]))


def permits(held, *capabilities) -> bool:
    """Say whether one of these roles has one of these capabilities; when none is named, any role will do."""
    return bool(set(held) & set(having(*capabilities))) if capabilities else bool(held)


def leading(*levels) -> tuple:
    """Return the names of the roles that lead the cases of an area on these levels: 1 street, 2 community, 3 grid."""
    return tuple(name for name in having("lead_cases") if ROLE_BY_NAME[name].level in levels)


def capabilities_of(role) -> list[Capability]:
    """Return what a role may do, in the order of the table."""
    return [capability for capability in CAPABILITIES if role.name in capability.who]


def may_hand_to(giver, taker) -> bool:
    """Say whether a dispatcher's role may hand a case to this role: always downwards, never across.

    Departments are called by the street alone; a community that needs one raises the case and says which.
    """
    above, below = ROLE_BY_NAME[giver], ROLE_BY_NAME[taker]
    if taker == "department_handler":
        return above.level == 1
    return below.may("handle") and below.level > 0 and (below.level > above.level or _at_home(giver, taker))


def _at_home(giver, taker):
    """A head may take a case on with the own team, or alone: the level that something was raised to can act itself."""
    return (giver, taker) in (
        ("grid_head", "grid_worker"),
        ("grid_head", "grid_head"),
        ("community_head", "community_head"),
    )
