"""Who there is: one row a role, in words and as a table. Source: domain reference §3.2.

`level` counts from the top: 1 subdistrict, 2 community, 3 grid, 4 micro-grid; 0 stands beside the tree.
`sees` says which cases the holder of a post can see:
  area – every case below the post's grid · unit – cases of the post's unit · own – what he or she reported
  or handles, and what waits in the unit for somebody to sign it · intake – what he or she took in for others,
  and what waits for a call-back · none – no case.
`files` says whose household files the holder of a post can open (design §6):
  area – the households below the post's grid · links – the households linked to the holder, by name or by area
  · keeper – those below the post's grid, to keep them right · none – no file; heads see numbers only.
`mfa` – a second factor is required before any page opens.
`admin` – which of the three separated administrations the role holds (GB/T 22239: separation of duties).
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
    Role("party_member",        "联户党员",       4, "own",    "links",  False, "",         "联系五至十户邻居（本户同意才算），替邻居上报，跟进答复。只看联系户的档案。"),
    Role("intake",              "热线与代办",      0, "intake", "none",   False, "",         "社区热线、民情速递站和代办员。替人登记，打印回执，办结后回访。"),
    Role("registrar",           "档案管理员",      1, "none",   "keeper", True,  "",          "管居民档案：导入花名册、改正、合并重复、办理本人的查阅更正删除申请、到期清理。要第二个人同意的事，另一位档案管理员来批。不看事项。"),
    Role("auditor",             "审计员",        0, "none",   "none",   True,  "audit",    "只看操作日志，不看事项内容和居民资料，不能改任何东西。"),
    Role("security_admin",      "安全管理员",      0, "none",   "none",   True,  "security", "管账号、岗位和登录安全；不看事项，不看日志内容。"),
    Role("system_admin",        "系统管理员",      0, "none",   "none",   True,  "system",   "管网格、分类、日历、参数和海报；不看事项，不管账号。"),
)
# fmt: on

BY_NAME = {role.name: role for role in ROLES}
# Who opens files at all; who visits households; who keeps files right.
FILES = tuple(role.name for role in ROLES if role.files != "none")
VISITORS = tuple(role.name for role in ROLES if role.files in ("area", "links"))
KEEPERS = tuple(role.name for role in ROLES if role.files == "keeper")
CHOICES = [(role.name, role.label) for role in ROLES]
DISPATCHERS = ("street_head", "desk", "community_head", "grid_head")
HANDLERS = (
    "community_head",
    "grid_head",
    "grid_worker",
    "micro_worker",
    "party_member",
    "department_handler",
)


def may_hand_to(giver, taker):
    """Say whether a dispatcher's role may hand a case to this role: always downwards, never across.

    Departments are called by the street alone; a community that needs one escalates first.
    """
    above, below = BY_NAME[giver], BY_NAME[taker]
    if taker == "department_handler":
        return above.level == 1
    return taker in HANDLERS and below.level > 0 and (below.level > above.level or _own_grid(giver, taker))


def _own_grid(giver, taker):
    return giver == "grid_head" and taker in ("grid_worker", "grid_head")
