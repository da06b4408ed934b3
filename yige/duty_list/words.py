"""The closed lists of the duty list (职责清单); pure."""

from django.db.models import TextChoices


class PlaceKind(TextChoices):
    """Where something is; who owes what often depends on that alone."""

    ANY = "any", "不限地方"
    ROAD = "road", "市政道路"
    ESTATE = "estate", "小区公共部位"
    HOME = "home", "住户室内"
    SHOP = "shop", "沿街门店"
    GREEN = "green", "公园绿地河道"
    PREMISES = "premises", "学校医院等单位院内"


class RowState(TextChoices):
    PROPOSED = "proposed", "等一级网格长定"
    IN_FORCE = "in_force", "已定"
    REFUSED = "refused", "没有同意"
