"""The configuration out of the environment, on top of `fixed_settings`; docs/operations.md has the table of variables."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from config.environment import (
    BadSetting,
    env_bool,
    env_choice,
    env_contact,
    env_database,
    env_digits,
    env_gateway,
    env_int,
    env_key,
    env_keys,
    env_list,
    env_mailer,
    env_origin,
    env_password,
    env_secret,
    env_text,
    env_token,
    schema_in,
)
from config.fixed_settings import *  # noqa: F403
from config.fixed_settings import AUTH_PASSWORD_VALIDATORS
from config.launcher.place import APP, OWNER, Place
from config.launcher.var import testing, var_folder
from config.static import fingerprint
from yige.lib import crypto

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = testing()
VAR = var_folder()

# ── what kind of installation this is ──────────────────────────────────────────────────────────────
PRIVATE = not os.environ.get("DATABASE_URL")  # we keep the database ourselves: trial and tests
DEMO = env_bool("YIGE_DEMO", PRIVATE and not TESTING)  # demo people and cases, banner, second factor optional
DEBUG = env_bool("YIGE_DEBUG", False)
SECRETS_FOLDER = VAR / "secrets" if PRIVATE or DEMO else None

YIGE_PORT = env_int("YIGE_PORT", 8000, least=1, most=65535)
YIGE_HOST = env_text("YIGE_HOST", "127.0.0.1")
YIGE_PUBLIC_URL = env_origin(
    "YIGE_PUBLIC_URL", f"http://127.0.0.1:{YIGE_PORT}"
)  # in QR codes, slips, letters
YIGE_HTTPS = env_bool("YIGE_HTTPS", YIGE_PUBLIC_URL.startswith("https://"))
YIGE_SECURITY_CONTACT = env_contact("YIGE_SECURITY_CONTACT")  # in security.txt
YIGE_DISTRICT_CODE = env_digits("YIGE_DISTRICT_CODE", "410106", length=6)
YIGE_DISTRICT_NAME = env_text("YIGE_DISTRICT_NAME", "演示区")
YIGE_TEXTS = env_text("YIGE_TEXTS", "")
YIGE_OPEN_DATA_LICENCE = env_text("YIGE_OPEN_DATA_LICENCE", "没有另外说明，注明出处就可以用")
# A page that loads a row it did not ask for raises, where we can still mend it (accounts.scope applies this).
YIGE_FETCH_RAISE = TESTING or DEBUG

# ── secrets ────────────────────────────────────────────────────────────────────────────────────────
SECRET_KEY = env_secret("YIGE_SECRET_KEY", kept_in=SECRETS_FOLDER)
SECRET_KEY_FALLBACKS = env_list("YIGE_SECRET_KEY_OLD")
YIGE_DEMO_PASSWORD = env_password("YIGE_DEMO_PASSWORD", kept_in=SECRETS_FOLDER if DEMO else None)
YIGE_LINK_KEY = env_key("YIGE_LINK_KEY", kept_in=SECRETS_FOLDER)  # secret links of reporters
_data_keys = env_keys("YIGE_DATA_KEY", kept_in=SECRETS_FOLDER)  # fields at rest; the first one seals
try:
    crypto.use(
        crypto.Keyring(
            keys=_data_keys,
            current=next(iter(_data_keys)),
            index_keys=env_keys("YIGE_INDEX_KEY", kept_in=SECRETS_FOLDER, first=""),
            algorithm=crypto.SM4 if env_bool("YIGE_SM4", False) else crypto.AES,
        )
    )
except ValueError as error:
    raise BadSetting(f"YIGE_DATA_KEY / YIGE_INDEX_KEY: {error}") from None

# ── database ───────────────────────────────────────────────────────────────────────────────────────
_role = "owner" if TESTING else env_choice("YIGE_DATABASE_ROLE", "app", ("app", "owner"))
if PRIVATE:
    _database = Place(VAR).database(OWNER if _role == "owner" else APP)
    YIGE_APP_ROLE = APP
else:
    _database = env_database("DATABASE_URL")
    YIGE_APP_ROLE = _database["USER"]
    if _role == "owner":
        _database = env_database("DATABASE_OWNER_URL", env_text("DATABASE_URL"))
# A migration that waits for a long read stands before everybody else: rather give up and be run again.
_asked = _database.pop("OPTIONS")
_limits = {
    "owner": "-c lock_timeout=10s",
    # A thread that waits for a locked row serves nobody else meanwhile.
    "app": "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s",
}
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "config.postgres_line",
        "OPTIONS": {
            "connect_timeout": "5",
            "server_side_binding": env_bool("YIGE_PREPARED", True),  # docs/adr/0008
            "prepare_threshold": 3 if env_bool("YIGE_PREPARED", True) else None,
            **_asked,
            "options": " ".join([_limits[_role], _asked.get("options", "")]).strip(),
        },
        # Where a pooler drops `options` in silence, a search path in it is lost: such a line is refused (docs/adr/0039).
        "SCHEMA": env_text("YIGE_SCHEMA", schema_in(_asked.get("options", ""))),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0"},
    }
}
_CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}
CACHES = {
    # The log-in library keeps its lock-outs in what it calls the default cache: a table that culls nothing live.
    "default": {"BACKEND": "yige.accounts.login_marks.LoginMarks"},
    # Sheets that were checked and wait for their import, half an hour.
    "checked_files": {**_CACHE, "LOCATION": "cache"},
    # Reports that wait for an answer, sealed, for two hours: they never crowd out what the other one keeps.
    "forms": {**_CACHE, "LOCATION": "cache_forms", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    # Pages that refused a form, sealed, for half an hour.
    "pages": {**_CACHE, "LOCATION": "cache_pages", "OPTIONS": {"MAX_ENTRIES": 5_000}},
}

# ── the house ──────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "config",
    "yige.web",
    "yige.console",
    "yige.portal",
    "yige.channels",
    "yige.clock",
    *(["yige.demo"] if DEMO or TESTING else []),  # what runs for real has no invented people to lay
    "yige.worker",
    "yige.bulletins",
    "yige.assessment",
    "yige.alliance",
    "yige.contact",
    "yige.topics",
    "yige.deliberation",
    "yige.whistles",
    "yige.duty_list",
    "yige.report_centre",
    "yige.month_sheets",
    "yige.cases",
    "yige.archive",
    "yige.accounts",
    "yige.grids",
    "yige.notices",
    "yige.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]
# The console's rooms keep their templates and static files with them, without being apps of their own.
_rooms = BASE_DIR / "yige" / "console"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(_rooms.glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yige.web.context.look",
                "yige.console.context.desk",
            ],
        },
    }
]

# ── files ──────────────────────────────────────────────────────────────────────────────────────────
# The address changes with any byte of any static file, so browsers may keep them for ever, names stay as
# they are, and modules import each other by relative path.
STATIC_URL = f"/static/{'dev' if DEBUG else fingerprint(BASE_DIR / 'yige')}/"
STATICFILES_DIRS = sorted(_rooms.glob("*/static"))
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"  # never under a URL: photos leave through views that ask who is looking
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_storage.KnownAddresses"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_IMMUTABLE_FILE_TEST = "^(?!)" if DEBUG else "^/static/"

# ── login ──────────────────────────────────────────────────────────────────────────────────────────
_fast = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PASSWORD_HASHERS = (_fast if TESTING else []) + ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# GB/T 22239 asks for kinds of signs and a change every 90 days, NIST SP 800-63B advises against both.
YIGE_PASSWORD_DAYS = {"nist": 0, "dengbao": 90}[
    env_choice("YIGE_PASSWORD_PROFILE", "nist", ("nist", "dengbao"))
]
if YIGE_PASSWORD_DAYS:
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "yige.accounts.passwords.ThreeKinds"})
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("YIGE_PROXIES", 0, most=9)
# Asked of the posts that need it (accounts/roles.py); the demo offers it only. Tests that are about it switch it on.
YIGE_SECOND_FACTOR = not DEMO and not TESTING
MFA_TOTP_ISSUER = f"一格 {YIGE_DISTRICT_NAME}"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not YIGE_HTTPS

# ── what a browser may do ──────────────────────────────────────────────────────────────────────────
_hosts = (urlsplit(YIGE_PUBLIC_URL).hostname, "127.0.0.1", "localhost")
ALLOWED_HOSTS = env_list("YIGE_ALLOWED_HOSTS", ("*",) if DEMO else _hosts)
CSRF_TRUSTED_ORIGINS = [YIGE_PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = YIGE_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if YIGE_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if YIGE_HTTPS else "csrf"
if YIGE_HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ── words that leave, jobs, logs ───────────────────────────────────────────────────────────────────
_smtp = env_mailer("YIGE_SMTP_URL")
YIGE_MAIL_ON = _smtp is not None
MAILERS = {"default": _smtp or {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_text("YIGE_MAIL_FROM", f"yige@{urlsplit(YIGE_PUBLIC_URL).hostname}")
SILENCED_SYSTEM_CHECKS = [
    "mail.E001",  # mail is off until its address is set
    "security.W005",  # the neighbouring names of the host are somebody else's
    "security.W021",
]
YIGE_SMS_URL, YIGE_SMS_TOKEN = env_gateway("YIGE_SMS_URL", "YIGE_SMS_TOKEN")  # both empty: no short messages
YIGE_SMS_SIGN = env_text("YIGE_SMS_SIGN", "一格")  # the signature that is registered with the carriers
YIGE_OUTBOX_FOLDER = VAR / "outbox"  # the demo's wire: what would have been sent
# Heads of the sealed log, one a line; best on a disk of somebody else's (docs/operations.md §6a).
YIGE_HEADS = env_text("YIGE_HEADS", str(VAR / "published-heads.txt"))
# The ground below the maps comes from 天地图 through our own server, and only where a key is set (docs/operations.md §3).
YIGE_TIANDITU_KEY = env_token("YIGE_TIANDITU_KEY")
YIGE_TIANDITU_HOSTS = tuple(f"https://t{number}.tianditu.gov.cn" for number in range(8))
