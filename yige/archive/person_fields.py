"""What a file says of a person, each field once: what it is called, sealed or not, for what, who asks, where it goes.

The tables, the verbs, the forms, the pages, rosters, likenesses, merges, exports and deletions read these rows; the
recipe for a new one stands in CONTRIBUTING.md. Which household somebody belongs to is no field but a tie.
"""

from typing import NamedTuple

from yige.archive.words import Relation, Sex

TEXT, NUMBER, YEAR, LIST, PERSON = "text", "number", "year", "list", "person"
# On whose word it is written: the office asks everybody, the person gives it freely, a law wants it.
OFFICE, OWN, LAW = "office", "own", "law"
MASKED, CLEAR, PLAIN = "masked", "clear", "plain"


class PersonField(NamedTuple):
    """`mask` is how a sealed value is shown, `empty` what a column holds that says nothing.

    `search` says that a hash of it is kept: it is found by the whole value, and two files are alike by it. `sounds`
    that the hash of the sound is made of it. `child` says that the page of a child under 14 shows it. `merge` that the
    file that is kept may take it over, `export` in which ways a list may carry it.
    """

    name: str
    label: str
    own_label: str
    kind: str
    mask: str
    choices: type | None
    empty: object
    group: str
    word: str
    search: bool
    sounds: bool
    child: bool
    roster: str
    merge: bool
    export: tuple
    hint: str


# fmt: off
PERSON_FIELDS = (
    #           name          on pages of staff  to the person  kind    mask        list      empty        purpose      word    search  sounds child  in rosters  merge  export            beside its field in a form
    PersonField("name",       "姓名",            "姓名",        TEXT,   "name",     None,     None,        "who",       OFFICE, True,   True,  True,  "name",     True,  (MASKED, CLEAR),  ""),
    PersonField("phone",      "电话",            "联系电话",     NUMBER, "phone",    None,     None,        "phone",     OWN,    True,   False, False, "phone",    True,  (MASKED, CLEAR),  "本人愿意留才填。"),
    PersonField("emergency",  "紧急联系人",       "紧急联系人",   TEXT,   "contact",  None,     None,        "emergency", OWN,    False,  False, False, "",         True,  (),               "写称呼和电话，比如：女儿 199****；本人愿意留才填。"),
    PersonField("identity",   "身份号码",         "身份号码",     NUMBER, "identity", None,     None,        "identity",  LAW,    True,   False, False, "identity", True,  (),               ""),
    PersonField("birth_year", "出生年",           "出生年",      YEAR,   "",         None,     None,        "who",       OFFICE, False,  True,  False, "born",     True,  (PLAIN,),         "四位数，比如 1948。"),
    PersonField("sex",        "性别",            "性别",        LIST,   "",         Sex,      Sex.UNKNOWN, "who",       OFFICE, False,  False, True,  "sex",      True,  (),               ""),
    PersonField("relation",   "与户主关系",       "与户主关系",   LIST,   "",         Relation, "",          "family",    OFFICE, False,  False, True,  "relation", False, (PLAIN,),         ""),
    PersonField("guardian",   "监护人",           "监护人",      PERSON, "",         None,     None,        "family",    OFFICE, False,  False, True,  "",         False, (),               "十四岁以下的必填，从本户的大人里选。"),
)
# fmt: on

FIELD_BY_NAME = {field.name: field for field in PERSON_FIELDS}
SEALED_FIELDS = tuple(field.name for field in PERSON_FIELDS if field.mask)
SEARCHED_FIELDS = tuple(field.name for field in PERSON_FIELDS if field.search)
# What is written as it is, and among it what is a value of this person alone, not another person.
OPEN_FIELDS = tuple(field.name for field in PERSON_FIELDS if not field.mask)
VALUE_FIELDS = tuple(name for name in OPEN_FIELDS if FIELD_BY_NAME[name].kind != PERSON)
SOUNDING_FIELDS = frozenset(field.name for field in PERSON_FIELDS if field.sounds)
FIELDS_IN_ROSTERS = tuple(field for field in PERSON_FIELDS if field.roster)
FIELDS_IN_FORMS = tuple(field for field in PERSON_FIELDS if field.word != LAW)
FIELD_BY_ROSTER_COLUMN = {field.roster: field for field in FIELDS_IN_ROSTERS}
# Two files are compared by what tells people apart first.
COMPARED_FIELDS = tuple(
    sorted((field for field in PERSON_FIELDS if field.kind != PERSON), key=lambda field: not field.search)
)
MERGED_FIELDS = {field.name: field.label for field in COMPARED_FIELDS if field.merge}
SEALED_COLUMNS = tuple(f"{name}_sealed" for name in SEALED_FIELDS)
SOUND_COLUMN = "sound_index"  # of the name with the birth year


def columns_of(field) -> tuple:
    """Return the columns that hold a field."""
    if not field.mask:
        return (field.name,)
    return (f"{field.name}_sealed", *((f"{field.name}_index",) if field.search else ()))


# Every column about the person, the hash of the sound behind the name that it is made of.
PERSON_COLUMNS = tuple(
    column
    for field in PERSON_FIELDS
    for column in (*columns_of(field), *((SOUND_COLUMN,) if field.name == "name" else ()))
)
# What the columns of a person hold who says nothing any more: deleted, or an alias of another file.
EMPTY_COLUMNS = dict.fromkeys(PERSON_COLUMNS) | {name: FIELD_BY_NAME[name].empty for name in OPEN_FIELDS}


def columns_of_group(group) -> tuple[str, ...]:
    """Return the columns of a purpose."""
    fields = [field for field in PERSON_FIELDS if field.group == group]
    return tuple(column for column in PERSON_COLUMNS if field_of(column) in fields)


def field_of(column) -> PersonField:
    """Return the field that a column of a person belongs to."""
    name = "name" if column == SOUND_COLUMN else column.removesuffix("_sealed").removesuffix("_index")
    return FIELD_BY_NAME[name]


def says(field, value) -> bool:
    """Say whether a value tells anything."""
    return value not in ("", None, field.empty)


def is_told(field, value) -> bool:
    """Say whether somebody told it: “not said” is kept, but no answer."""
    return says(field, value) and value != getattr(field.choices, "UNSAID", None)


def words_of(field, value) -> str:
    """Return an open value as a page shows it; "" for what is not known."""
    if not says(field, value):
        return ""
    return str(field.choices(value).label) if field.choices else str(value)
