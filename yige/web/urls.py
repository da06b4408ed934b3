"""The switch of care mode, which stands on every page; what browsers report; whom one tells about a fault in safety."""

from django.urls import path, re_path

from yige.web.views import care, csp_report, security_txt

app_name = "web"
urlpatterns = [
    re_path(r"^care/(?P<wanted>on|off)/$", care.switch, name="care"),
    path("csp-report/", csp_report.take, name="csp_report"),
    path(".well-known/security.txt", security_txt.show, name="security_txt"),
]
