"""What a browser says it did not load or run: one line in the log, without addresses, people or words."""

import json
import logging

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yige.accounts.limits import take_turn
from yige.lib.typed_values import read_number
from yige.web.outcome import outcome_of

MOST_BYTES = 16 * 1024
KINDS = ("inline", "eval", "data", "blob", "self", "wasm-eval")


# A browser sends these by itself, without our token; nothing is done but a line, and few of those.
@csrf_exempt
@require_POST
def take(request):
    if (said := _refused(request)) and outcome_of(take_turn, "csp.all", "", at=timezone.now()).done:
        logging.getLogger("yige.csp").warning("the browser refused by %s: %s", *said)
    return HttpResponse(status=204)


def _refused(request):
    """Return (directive, kind of source), both out of closed lists; None for what is no report of ours."""
    if read_number(request.META.get("CONTENT_LENGTH") or "0", most=MOST_BYTES) is None:
        return None
    try:
        report = json.loads(request.body)["csp-report"]
        directive = str(report.get("effective-directive") or report["violated-directive"]).split(" ")[0]
        source = str(report.get("blocked-uri", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if directive.removesuffix("-elem").removesuffix("-attr") not in settings.SECURE_CSP:
        return None
    return directive, source if source in KINDS else "another address"
