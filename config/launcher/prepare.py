"""What must be true of the database and the static files before the program starts; run as the owner."""

import os

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("grant", settings.YIGE_APP_ROLE)
    call_command("install", verbosity=0)
    collect()


def collect() -> None:
    """Copy and compress the static files, unless exactly these are there already."""
    mark = settings.STATIC_ROOT / "fingerprint"
    if mark.exists() and mark.read_text() == settings.STATIC_URL:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(settings.STATIC_URL)


if __name__ == "__main__":
    main()
