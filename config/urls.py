"""Which surface answers under which address."""

from django.urls import include, path
from django.utils.module_loading import module_has_submodule

import yige.console
import yige.portal
import yige.web
import yige.worker
from config.health import health

urlpatterns = [path("healthz", health), path("accounts/", include("yige.console.account.login_urls"))]
for prefix, room in (("", yige.web), ("console/", yige.console), ("work/", yige.worker), ("", yige.portal)):
    if module_has_submodule(room, "urls"):
        urlpatterns.append(path(prefix, include(f"{room.__name__}.urls")))

handler400 = "yige.web.errors.bad_request"
handler403 = "yige.web.errors.forbidden"
handler404 = "yige.web.errors.not_found"
handler500 = "yige.web.bad_days.server_error"
