"""What every template may rely on; nothing here asks the database."""

import json

from django.conf import settings
from django.utils import timezone

PRODUCT = "一格"
CARE_COOKIE = "yg-care"
# htmx without eval and without a style element of its own, as the content security policy wants it;
# 409 and 422 carry the same page with a sentence, so they are shown.
HTMX = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "409|422|429", "swap": True},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    }
)


def look(request):
    """Name the product and the district, the moment of the page, and whether large letters are wanted."""
    return {
        "product_name": PRODUCT,
        "district_name": settings.YIGE_DISTRICT_NAME,
        "demo": settings.DEMO,
        "care": request.COOKIES.get(CARE_COOKIE) == "1",
        "now": timezone.now(),
        "htmx_config": HTMX,
        "request_id": getattr(request, "id", ""),
    }
