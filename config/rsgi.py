"""The door for the web server: the program behind the front that takes bodies in (docs/adr/0045)."""

from django.conf import settings

from config.server.front import Front
from config.wsgi import application as program

application = Front(program, proxied=bool(settings.ALLAUTH_TRUSTED_PROXY_COUNT))
