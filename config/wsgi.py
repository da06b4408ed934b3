"""The door for the web server."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from config.launcher.postgres import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
if os.environ.get("YIGE_LAUNCHED") and (follow := end_with_parent(signal.SIGTERM, os.getppid())):
    follow()  # a worker does not outlive the server process that a killed launcher takes along
