"""What each act in the log is called; the moves of a case take their names from the workflow table."""

from yige.cases.workflow import MOVES

# fmt: off
SAID = {
    "accounts.login":               "登录",
    "accounts.login_failed":        "登录没有通过",
    "accounts.logout":              "退出登录",
    "accounts.session_over":        "登录超时退出",
    "accounts.password_set":        "设置密码",
    "accounts.password_reset":      "重置密码",
    "accounts.factor_added":        "打开两步登录",
    "accounts.factor_removed":      "取消两步登录",
    "accounts.factor_renewed":      "换新备用码",
    "accounts.factor_failed":       "验证码没有通过",
    "accounts.factors_removed":     "替人取消两步登录",
    "accounts.sessions_ended":      "退出设备",
    "accounts.user_made":           "新建账号",
    "accounts.user_described":      "修改账号资料",
    "accounts.user_deactivated":    "停用账号",
    "accounts.user_activated":      "启用账号",
    "accounts.post_given":          "设岗",
    "accounts.post_ended":          "结束岗位",
    "accounts.unit_made":           "新建单位",
    "accounts.unit_changed":        "修改单位",
    "accounts.unit_closed":         "停用单位",
    "accounts.unit_opened":         "恢复单位",
    "audit.searched":               "查日志",
    "audit.exported":               "导出日志",
    "config.keys_rotated":          "换密钥",
    "grids.make":                   "新建网格",
    "grids.rename":                 "网格改名",
    "grids.describe":               "修改网格资料",
    "grids.redraw":                 "改网格边界",
    "grids.retire":                 "停用网格",
    "grids.issue_qr":               "发二维码",
    "grids.retire_qr":              "停用二维码",
    "grids.replace_qr":             "更换二维码",
    "cases.category":               "修改分类",
    "cases.category_added":         "新增分类",
    "cases.calendar_day":           "修改日历",
    "cases.calendar_day_removed":   "删除日历例外",
    "cases.rule":                   "修改参数",
    "cases.clocks_reset":           "重算时限",
    "cases.exported":               "导出事项",
    "cases.reveal":                 "查看反映人联系方式",
    "cases.reporter_removed":       "到期删除反映人资料",
    "cases.card":                   "发黄牌或红牌",
    "cases.reminded":               "到期前提醒",
    "cases.check_late":             "核查超时提醒",
    "cases.return_waits":           "多次退回提醒",
    "cases.review_due":             "挂账复核提醒",
    "cases.follow_up_told":         "回访清单提醒",
    "cases.look_back_told":         "回头看清单提醒",
    "cases.card_appealed":          "对牌申诉",
    "cases.card_answered":          "答复申诉",
    "cases.view_saved":             "保存筛选",
    "cases.view_removed":           "删除筛选",
    "cases.platform_complaint":     "对平台提意见",
    "cases.platform_complaint_answered": "答复平台意见",
    "archive.building_made":        "登记楼栋",
    "archive.building_changed":     "修改楼栋",
    "archive.home_made":            "登记房屋",
    "archive.home_changed":         "修改房屋",
    "archive.thing_made":           "登记部件",
    "archive.thing_changed":        "修改部件",
    "archive.thing_removed":        "部件移除",
    "archive.organisation_made":    "登记单位商户",
    "archive.organisation_changed": "修改单位商户",
    "archive.organisation_closed":  "单位商户停业",
    "contact.patrol_started":       "开始巡查",
    "contact.looked":               "巡查看过一处",
    "contact.patrol_finished":      "结束巡查",
    "contact.route_made":           "新建巡查路线",
    "contact.route_changed":        "修改巡查路线",
    "contact.route_retired":        "停用巡查路线",
    "contact.spot_made":            "新建巡查地点",
    "contact.spot_changed":         "修改巡查地点",
    "contact.spot_retired":         "停用巡查地点",
}
# fmt: on
VERBS = SAID | {f"cases.{move.verb}": f"事项：{move.label}" for move in MOVES}
GROUPS = (
    ("登录与账号", "accounts."), ("事项与设置", "cases."), ("档案", "archive."), ("走访与巡查", "contact."),
    ("网格", "grids."), ("日志", "audit."),
)  # fmt: skip
SUBJECTS = {
    "accounts.user": "账号", "accounts.post": "岗位", "accounts.unit": "单位", "grids.grid": "网格",
    "grids.qrtoken": "二维码", "cases.case": "事项", "cases.category": "分类", "cases.calendarday": "日期",
    "cases.rulevalue": "参数", "cases.card": "牌", "cases.platformcomplaint": "平台意见", "audit.logentry": "日志",
    "cases.reporter": "反映人资料", "cases.savedview": "筛选",
    "archive.building": "楼栋", "archive.home": "房屋", "archive.thing": "部件", "archive.organisation": "单位商户",
    "contact.route": "巡查路线", "contact.spot": "巡查地点", "contact.patrol": "巡查", "contact.look": "查看记录",
}  # fmt: skip


def choices():
    """Return the acts as grouped choices for the filter."""
    return [
        (label, sorted((verb, words) for verb, words in VERBS.items() if verb.startswith(start)))
        for label, start in GROUPS
    ]
