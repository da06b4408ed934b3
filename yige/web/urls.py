"""The switch of care mode, which stands on every page."""

from django.urls import re_path

from yige.web.views import care

app_name = "web"
urlpatterns = [re_path(r"^care/(?P<wanted>on|off)/$", care.switch, name="care")]
