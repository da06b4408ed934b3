"""What residents are asked, and the sentences when an answer does not work."""

import uuid

from django import forms

from yige.cases import queries
from yige.cases.photos import MOST_PHOTOS
from yige.cases.reporters import ReporterContact
from yige.cases.words import Satisfaction, SolvedAnswer
from yige.lib import typed_text as typed
from yige.lib.typed_values import read_point
from yige.portal import places
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm
from yige.web.refusals import summary_of

WORDS, PLACE, ADDED, OPINION = 2000, 200, 1000, 500
UNSURE = "other.unsure"
NO_PLACE = "请写一下具体在哪里，比如“3号楼东边的路口”。"
FAR_AWAY = "刚才的位置不在本辖区，没有用它。"


class TypedText(forms.CharField):
    """Words as they were typed, cleaned without loss; too many are counted and said."""

    def __init__(self, *, most, lines=1, **kwargs):
        self.most, self.lines = most, lines
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        kwargs.setdefault("error_messages", {"required": "请写几个字。"})
        super().__init__(widget=widget, strip=False, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return typed.clean(value) if self.lines > 1 else typed.clean_line(value)

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(f"最多写 {self.most} 个字，现在是 {len(value)} 个，请删减一些。")


class Phone(forms.CharField):
    """A mobile or a landline, however it is written."""

    def to_python(self, value):
        return "".join(
            sign for sign in typed.half_width(super().to_python(value)) if sign not in " -－()（）"
        )

    def validate(self, value):
        super().validate(value)
        if value and not (
            value.lstrip("+").isascii() and value.lstrip("+").isdecimal() and 7 <= len(value) <= 16
        ):
            raise forms.ValidationError("这个电话号码看不懂，请检查一下；不想留也可以空着。")


class Photos(forms.FileField):
    """Up to six pictures from one field; whether each is one is decided when it is cleaned."""

    def __init__(self, **kwargs):
        self.widget = type("Many", (forms.FileInput,), {"allow_multiple_selected": True})(
            attrs={"multiple": True, "accept": "image/*"}
        )
        super().__init__(required=False, **kwargs)

    def clean(self, value, initial=None):
        files = value if isinstance(value, (list, tuple)) else [value] if value else []
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(f"最多 {MOST_PHOTOS} 张照片，这次选了 {len(files)} 张。")
        return list(files)


class FormWithKey(forms.Form):
    """A form whose second sending is known by its key."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "页面不完整，请刷新后再试。"})

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        kwargs.setdefault("auto_id", f"{self.prefix_of_ids}_%s")
        super().__init__(*args, **kwargs)

    prefix_of_ids = "id"

    @property
    def summary(self):
        """Return what is wrong with the form; the photos that were sent lie in their draft."""
        return summary_of(self)._replace(keeps=True)


class ReportForm(FormWithKey):
    code = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    different = forms.BooleanField(required=False, widget=forms.HiddenInput)
    same = WholeNumber(required=False, min_value=1, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)
    photos = Photos(label="照片")
    words = TypedText(
        label="哪里有什么问题？",
        most=WORDS,
        lines=4,
        help_text="想到什么写什么，也可以用手机键盘的语音说。",
        error_messages={"required": "请写一写是什么问题，一两句话就行。"},
    )
    grid = forms.UUIDField(
        label="在哪一片？", required=False, error_messages={"invalid": "请从列表里选一个网格。"}
    )
    place = TypedText(
        label="具体位置", most=PLACE, required=False, help_text="小区、几号楼几单元、哪个路口、旁边有什么。"
    )
    category = forms.CharField(required=False, max_length=60)
    phone = Phone(
        label="联系电话",
        required=False,
        max_length=30,
        help_text="留了电话，承办人先联系您；不留也一样办。只有办事的人能看到。",
    )
    called = TypedText(label="怎么称呼您", most=20, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=120,
        error_messages={"invalid": "这个邮箱地址看不懂，请检查一下，或者空着。"},
    )
    call_back = forms.BooleanField(label="请给我回个电话", required=False)

    def __init__(self, *args, code=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.at_door = code
        self.fields["phone"].widget.attrs = {"inputmode": "tel", "autocomplete": "tel", "data-yg-private": ""}
        self.fields["called"].widget.attrs = {"autocomplete": "name", "data-yg-private": ""}
        self.fields["email"].widget.attrs = {"autocomplete": "email", "data-yg-private": ""}

    def clean_category(self):
        slug = self.cleaned_data["category"] or UNSURE
        category = queries.category_in_use(slug)
        if category is None:
            raise forms.ValidationError("请重新选一下类别，或者选“说不清”。")
        return category

    def clean(self):
        said = super().clean()
        if said.get("call_back") and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "要回电话的，请留一个电话。")
        # A point is the script's word; half of one is none, and the place is asked for as without it.
        said["lon"], said["lat"] = read_point(said.get("lon"), said.get("lat")) or (None, None)
        if "grid" not in self.errors:
            said["where"] = self._where(said)
        if not (said.get("place") or self.at_door or "place" in self.errors or is_pointed_at(said)):
            self.add_error("place", NO_PLACE if said.get("lon") is None else f"{FAR_AWAY}{NO_PLACE}")
        return said

    def _where(self, said):
        try:
            place = places.settle(
                code=self.at_door,
                chosen=said.get("grid"),
                lon=said.get("lon"),
                lat=said.get("lat"),
                by_gps=said.get("accuracy") is not None,
            )
        except places.Outside as outside:
            self.add_error("grid", outside.sentence)
            return None
        if place is None:
            self.add_error("grid", "请选一个网格；说不清的，选社区或街道也行。")
        return place

    def contact(self):
        """Return what the reporter wants us to know, or None for an anonymous report."""
        said = self.cleaned_data
        contact = ReporterContact(said["called"], said["phone"], said["email"], said["call_back"])
        return contact if any(contact[:3]) else None


def is_pointed_at(said):
    """Say whether a point inside the area tells where it is; one far away tells nothing."""
    where = said.get("where")
    return said.get("lon") is not None if where is None else where.lon is not None


class VerbForm(FormWithKey):
    """A form on the page of a case; `seen` is the version of the case on that page."""

    seen = WholeNumber(required=False, min_value=0, widget=forms.HiddenInput)
    prefix_of_ids = "verb"


class AddForm(VerbForm):
    prefix_of_ids = "add"
    words = TypedText(label="补充说明", most=ADDED, lines=3, required=False)
    photos = Photos(label="照片")

    def clean(self):
        said = super().clean()
        if not said.get("words") and "words" not in self.errors:
            if said.get("photos") or self.data.getlist("kept"):
                said["words"] = "补充了照片。"
            elif "photos" not in self.errors:
                self.add_error("words", "请写几个字，或者选一张照片。")
        return said


class UrgeForm(VerbForm):
    prefix_of_ids = "urge"


class WithdrawForm(VerbForm):
    prefix_of_ids = "withdraw"
    words = TypedText(
        label="为什么撤回",
        most=OPINION,
        lines=2,
        error_messages={"required": "请写一句原因，比如“已经好了”。"},
    )


class ObjectForm(VerbForm):
    prefix_of_ids = "object"
    words = TypedText(
        label="您的理由", most=ADDED, lines=3, error_messages={"required": "请写一写您为什么不同意。"}
    )


class ReopenForm(VerbForm):
    prefix_of_ids = "reopen"
    words = TypedText(
        label="哪里还没解决", most=ADDED, lines=3, error_messages={"required": "请写一写哪里还没解决。"}
    )


class RateForm(VerbForm):
    prefix_of_ids = "rate"
    contacted = forms.TypedChoiceField(
        label="办理中有人联系过您吗？",
        choices=[("yes", "联系过"), ("no", "没有")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    solved = forms.TypedChoiceField(
        label="问题解决了吗？",
        choices=SolvedAnswer.choices,
        coerce=SolvedAnswer,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    satisfied = forms.TypedChoiceField(
        label="您满意吗？",
        choices=Satisfaction.choices,
        coerce=Satisfaction,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    words = TypedText(label="想说的话", most=OPINION, lines=2, required=False)


class LookupForm(forms.Form):
    number = TypedText(label="事项编号", most=40, error_messages={"required": "请填编号，在回执和短信里。"})
    secret = TypedText(
        label="查询码", most=60, error_messages={"required": "请填查询码，在回执上编号的下面。"}
    )


class PlatformForm(FormWithKey):
    words = TypedText(
        label="您对这个平台有什么意见？",
        most=1000,
        lines=4,
        error_messages={"required": "请写几个字，我们才知道哪里不好。"},
    )
    contact = TypedText(
        label="怎么联系您", most=120, required=False, help_text="想要答复的，留个电话或邮箱；不留也照样看。"
    )
    page = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class ThanksForm(KeyedForm):
    """Thanks to the neighbours who came, for everybody to read."""

    reporter_thanks = TypedText(
        most=200,
        lines=2,
        label="想对他们说的话",
        help_text="来的人都会收到，人人看得到：不写姓名、称呼、电话、门牌。",
    )
