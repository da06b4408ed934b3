"""What a roster may say: the columns that are taken, how they are called, and those that are never taken.

A column that stands on neither list is left where it is: nothing comes in that a visit does not need.
"""

from typing import NamedTuple

from yige.lib.sheets import normal_heading, write_csv, write_xlsx


class Column(NamedTuple):
    """`needed` says that no roster does without it; `example` fills the template."""

    name: str
    label: str
    also: tuple
    needed: bool
    hint: str
    example: tuple


# fmt: off
ROSTER_COLUMNS = (
    #      name         label          also called                                                                     needed  in words                                                 in the template
    Column("name",      "姓名",        ("名字", "居民姓名", "人员姓名", "成员姓名", "家庭成员"),                              True,   "必填",                                                   ("王示例", "李示例", "王小示例")),
    Column("identity",  "身份号码",     ("身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号", "证件号码", "证件号"),   False,  "只在法定登记要求时导入，加密保存，只用来核对是不是同一个人",         ("", "", "")),
    Column("phone",     "电话",        ("联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "本人电话"),            False,  "一格一个号码；十四岁以下的不导入",                            ("19900000001", "19900000002", "")),
    Column("born",      "出生年",       ("出生年份", "出生日期", "出生年月", "生日", "年龄", "周岁"),                           False,  "出生年、出生日期或年龄都可以，只留出生年",                       ("1958", "1960-05-01", "2016")),
    Column("sex",       "性别",        (),                                                                            False,  "男或女",                                                 ("男", "女", "男")),
    Column("relation",  "与户主关系",   ("户主关系", "关系", "与户主的关系", "家庭关系", "同户主关系"),                            False,  "户主、配偶、子女、孙辈、父母、祖辈、兄弟姐妹、其他",               ("户主", "配偶", "孙辈")),
    Column("head",      "户主",        ("户主姓名",),                                                                  False,  "一套房里有几户时，用它分清是哪一户",                            ("王示例", "王示例", "王示例")),
    Column("guardian",  "监护人",       ("监护人姓名",),                                                                False,  "十四岁以下的；不写就取户主，户主不是成年人的取配偶",                 ("", "", "王示例")),
    Column("address",   "住址",        ("地址", "家庭住址", "现住址", "居住地址", "详细地址", "家庭地址", "现居住地", "门牌地址"),    False,  "比如 铝城家园3号楼2单元501；也可以分成下面四列",                   ("铝城家园3号楼2单元501", "铝城家园3号楼2单元501", "铝城家园3号楼2单元501")),
    Column("estate",    "小区",        ("小区名称", "院落", "楼院", "小区(院落)", "所在小区"),                                False,  "小区、院落或道路的名字",                                     ("", "", "")),
    Column("building",  "楼栋",        ("楼号", "栋号", "楼栋号", "楼", "栋", "幢", "幢号"),                                  False,  "楼号",                                                   ("", "", "")),
    Column("unit",      "单元",        ("单元号",),                                                                    False,  "单元号",                                                 ("", "", "")),
    Column("room",      "室",          ("房号", "房间号", "室号", "门牌", "门牌号", "户号", "房间"),                            False,  "房号",                                                   ("", "", "")),
    Column("housing",   "住所类型",     ("居住类型", "居住性质", "房屋性质", "自住或租住", "是否租住", "居住情况", "房屋类型"),       False,  "自住或租住，不写按自住",                                     ("自住", "自住", "自住")),
    Column("remark",    "备注",        ("说明", "情况说明", "备注说明"),                                                   False,  "只看有没有写“已故”“迁出”，内容不导入",                         ("", "", "")),
    Column("grid",      "微网格",       ("网格", "所属网格", "所属微网格", "微网格名称", "网格名称", "网格编码"),                  False,  "写了就核对这一户是不是在那里",                                 ("", "", "")),
)
# fmt: on

ROSTER_COLUMN_BY_NAME = {column.name: column for column in ROSTER_COLUMNS}
COLUMN_LABELS = {column.name: column.label for column in ROSTER_COLUMNS}
# A heading that holds one of these words is never taken (design §6, domain reference §9): named, then left out.
NEVER = (
    "民族", "种族", "宗教", "信仰", "政治面貌", "党派", "婚姻", "婚否", "收入", "工资", "存款", "银行", "资产", "负债",
    "重点人", "重点关注", "风险等级", "上访", "信访", "访民", "前科", "刑满", "犯罪", "涉毒", "吸毒", "社区矫正", "邪教",
    "病史", "疾病", "慢病", "健康状况", "血型", "精神", "残疾", "艾滋", "传染", "生育", "节育", "计生", "孕", "低保",
    "指纹", "人脸", "照片", "头像", "车牌", "微信", "轨迹", "评分", "积分", "人员类别", "人员标签", "标签", "思想动态",
)  # fmt: skip
NEVER_WORDS = "按规定不导入"

_KNOWN = {
    normal_heading(word): column.name for column in ROSTER_COLUMNS for word in (column.label, *column.also)
}
KNOWN = frozenset(_KNOWN)


def is_never_taken(heading) -> bool:
    return any(word in heading for word in NEVER)


def never_taken(headings) -> list[str]:
    """Return the headings that are left out by rule, whatever anybody would like."""
    return [heading for heading in headings if is_never_taken(heading)]


def guess(headings, remembered=None) -> dict[str, str]:
    """Return {heading: column} for what is remembered of this source, else for what is called as we know it."""
    found, remembered = {}, remembered or {}
    for heading in headings:
        name = remembered.get(heading) or _KNOWN.get(normal_heading(heading))
        if name in ROSTER_COLUMN_BY_NAME and name not in found.values() and not is_never_taken(heading):
            found[heading] = name
    return found


def fault(chosen) -> str:
    """Say in a sentence why these {heading: column} cannot be used; "" when they can."""
    names = list(chosen.values())
    twice = sorted({COLUMN_LABELS[name] for name in names if names.count(name) > 1})
    if twice:
        return f"“{'、'.join(twice)}”对上了两列，请只留一列。"
    if barred := never_taken(chosen):
        return f"“{'、'.join(barred)}”{NEVER_WORDS}。"
    if "name" not in names:
        return "请指明哪一列是姓名。"
    if "address" not in names and not {"estate", "building", "room"} <= set(names):
        return "请指明哪一列是住址，或者小区、楼栋、室各是哪一列。"
    return ""


def template(kind) -> bytes:
    """Return the empty roster with three invented rows, as xlsx or csv bytes."""
    headings = [column.label for column in ROSTER_COLUMNS]
    rows = list(zip(*(column.example for column in ROSTER_COLUMNS), strict=True))
    if kind == "csv":
        return b"".join(write_csv(headings, rows))
    return write_xlsx(headings, rows, sheet="花名册")
