"""What a field says that was filled in wrongly, where its form has no better words: one table for the whole product.

The framework's own sentences speak of variables and fields; no form may show one (`tests/web/test_form_sentences.py`).
"""

from django import forms
from django.core import validators

from yige.steps.fields import CHOOSE, EMPTY

NOT_LISTED = "没有这一项，请从列表里选。"
A_DAY = "请写成年月日，例如 2026-03-09。"
# fmt: off
OF_FIELDS = {
    forms.Field:                    {"required": EMPTY},
    forms.IntegerField:             {"invalid": "请写整数。"},
    forms.FloatField:               {"invalid": "请写数字。"},
    forms.DecimalField:             {"invalid": "请写数字。"},
    forms.DateField:                {"invalid": A_DAY},
    forms.TimeField:                {"invalid": "请写成几点几分，例如 14:05。"},
    forms.DateTimeField:            {"invalid": "请写成年月日和几点几分，例如 2026-03-09 14:05。"},
    forms.URLField:                 {"invalid": "这不是网址，请写全。"},
    forms.UUIDField:                {"invalid": NOT_LISTED},
    forms.BooleanField:             {"required": "请先勾选这一项。"},
    forms.FileField:                {"required": "请选一个文件。", "invalid": "没有收到文件，请再选一次。",
                                     "missing": "没有收到文件，请再选一次。", "empty": "这个文件是空的，请重新选。"},
    forms.ChoiceField:              {"required": CHOOSE, "invalid_choice": NOT_LISTED},
    forms.MultipleChoiceField:      {"required": CHOOSE, "invalid_choice": NOT_LISTED, "invalid_list": CHOOSE},
    forms.TypedChoiceField:         {"required": CHOOSE},
    forms.ModelChoiceField:         {"required": CHOOSE, "invalid_choice": NOT_LISTED},
    forms.ModelMultipleChoiceField: {"required": CHOOSE, "invalid_choice": NOT_LISTED, "invalid_list": CHOOSE,
                                     "invalid_pk_value": NOT_LISTED},
}
OF_VALIDATORS = {
    validators.MaxLengthValidator:                "最多写 %(limit_value)s 个字，现在是 %(show_value)s 个。",
    validators.MinLengthValidator:                "至少写 %(limit_value)s 个字，现在是 %(show_value)s 个。",
    validators.MaxValueValidator:                 "最大是 %(limit_value)s。",
    validators.MinValueValidator:                 "最小是 %(limit_value)s。",
    validators.EmailValidator:                    "这不是邮箱地址，请再看一遍。",
    validators.RegexValidator:                    "写法不对，请再看一遍。",
    validators.ProhibitNullCharactersValidator:   "里面有不认识的字符，请重新写。",
    validators.FileExtensionValidator:            "不收这种文件。",
}
# fmt: on


def give_sentences() -> None:
    """Let every field and validator without words of its own say ours."""
    for kind, sentences in OF_FIELDS.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **sentences}
    for kind, sentence in OF_VALIDATORS.items():
        kind.message = sentence
