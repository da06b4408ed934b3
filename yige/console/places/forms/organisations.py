"""The form of an organisation."""

from yige.archive.words import OrganisationKind
from yige.console.places.forms.located_form import Line, LocatedForm
from yige.steps.fields import Choice


class OrganisationForm(LocatedForm):
    kind = Choice("类别", OrganisationKind)
    name = Line("名称", required=True)
    code = Line("统一社会信用代码", hint="18 位，在营业执照上；没有的不填。")
    address = Line("地址")
    phone = Line("公开电话", hint="门头或公示牌上的电话，不填个人手机。")
    services = Line("能提供什么", hint="比如“代收快递、歇脚喝水、维修门锁”。")
    field_order = ("kind", "name", "code", "grid", "address", "phone", "services", "lon", "lat")
