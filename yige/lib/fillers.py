"""What people write where there is nothing to write: no name, and no number."""

from yige.lib.typed_text import half_width

_NAMES = frozenset((
    "空户", "空房", "空置", "空置房", "不详", "未知", "无", "没有", "暂无", "无人", "无人居住", "无名", "无名氏", "未登记", "待查", "待定", "待补",
    "不清楚", "不知道", "未填", "同上", "略", "测试", "某某", "户主", "本人", "租户", "租客", "业主", "住户", "合计", "小计", "总计",
))  # fmt: skip
_CELLS = frozenset((
    "无", "没有", "暂无", "不详", "未知", "未登记", "未填", "未提供", "无电话", "无手机", "无号码", "无身份证", "空", "略", "不清楚", "不知道", "不愿提供",
    "拒绝", "拒绝提供", "待查", "待补", "n/a", "na", "none", "null", "nil", "/", "//", "\\", "-", "--", "---", "—", "——", "*", "?", "x", "0",
))  # fmt: skip


def is_no_name(text: str) -> bool:
    """Say whether this stands where a name should and is none: 空户, 不详."""
    return _plain(text) in _NAMES


def says_nothing(text: str) -> bool:
    """Say whether a cell says in words that it is empty: 无, 不详, /."""
    return _plain(text) in _CELLS


def _plain(text):
    return "".join(half_width(text).split()).casefold()
