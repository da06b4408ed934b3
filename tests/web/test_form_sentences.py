"""What a field says that was filled in wrongly: ours in every form of the house, never the framework's."""

import importlib
import pkgutil
import re

import pytest
from django import forms

import yige

FRAMEWORK = re.compile("字段|变量|该值|有效的|可用的选项|不允许是|确认")


def forms_of_the_house():
    """Every form that a module of ours defines."""
    for module in pkgutil.walk_packages(yige.__path__, "yige."):
        if "form" in module.name:
            importlib.import_module(module.name)
    waiting, found = list(forms.BaseForm.__subclasses__()), set()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("yige."):
            found.add(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


def test_every_field_of_the_house_has_a_sentence_of_ours():
    kinds = forms_of_the_house()
    foreign = {
        f"{kind.__module__}.{kind.__name__}.{name}: {sentence}"
        for kind in kinds
        for name, field in kind.base_fields.items()
        for sentence in (
            *field.error_messages.values(),
            *(getattr(each, "message", "") for each in field.validators),
        )
        if FRAMEWORK.search(str(sentence))
    }

    assert len(kinds) > 50
    assert foreign == set()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (forms.CharField(), "", "请填写这一项。"),
        (forms.CharField(max_length=2), "三个字", "最多写 2 个字，现在是 3 个。"),
        (forms.IntegerField(), "三", "请写整数。"),
        (forms.IntegerField(max_value=3), "9", "最大是 3。"),
        (forms.DateField(), "明天", "请写成年月日，例如 2026-03-09。"),
        (forms.EmailField(), "没有", "这不是邮箱地址，请再看一遍。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "", "请选择一项。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "没有这一项，请从列表里选。"),
    ],
)
def test_a_plain_field_speaks_our_words(field, typed, sentence):
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(typed)

    assert refusal.value.messages == [sentence]
