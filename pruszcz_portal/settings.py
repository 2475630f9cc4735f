"""Settings of the portal, all from the environment.

PORTAL_MODE is `demo` (make run), `tests` or `production`. In production the start is refused on unsafe
settings (`pruszcz_portal.checks`). A secret NAME may also be given as a file: NAME_FILE=/run/secrets/name.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from pruszcz_portal import logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))


def secret(name, default=""):
    """The secret NAME from the file NAME_FILE, else from the environment, else the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def listed(name, default=""):
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


PORTAL_MODE = os.environ.get("PORTAL_MODE", "demo")
IS_PRODUCTION = PORTAL_MODE == "production"
IS_DEMO = PORTAL_MODE == "demo"
DEBUG = False
SAMPLE_SECRET = "sample-secret-of-the-demonstration-never-of-production"
SECRET_KEY = secret("SECRET_KEY", "" if IS_PRODUCTION else SAMPLE_SECRET)
SECRET_KEY_FALLBACKS = [key for key in secret("SECRET_KEY_FALLBACKS").split() if key]
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "" if IS_PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
PORTAL_URL = os.environ.get("PORTAL_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

INSTALLED_APPS = [
    "pruszcz_portal.apps.RoofConfig",
    "pszok",
    "eboi",
    "consultations",
    "resident_card",
    "announcements",
    "wifi_points",
    "dues",
    "payments",
    "schemas",
    "residents",
    "office",
    "accounts",
    "ui",
    "pruszcz_portal.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "csp",
]

MIDDLEWARE = [
    "pruszcz_portal.logs.RequestLogMiddleware",
    "ui.headers.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sessions.SessionLimitsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "office.history_context.TellOnceMiddleware",
    "announcements.banner.AlertsMiddleware",
]

ROOT_URLCONF = "pruszcz_portal.urls"
WSGI_APPLICATION = "pruszcz_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "ui.forms.PortalRenderer"

# Services. `make run`, `make test` and `make bench` start them and set both variables; production points at its own.
DATABASES = {"default": dj_database_url.parse(secret("DATABASE_URL", "postgres:///portal"))}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # after a restart of PostgreSQL no request meets a dead connection (F10)
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": int(os.environ.get("DATABASE_POOL", "4")), "timeout": 10},
    "connect_timeout": 5,
    "prepare_threshold": 2,  # for office.compiled alone: Django's other statements carry their values in the text
}
if PORTAL_MODE == "tests":
    DATABASES["default"]["OPTIONS"].pop("pool")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = secret("REDIS_URL", "redis://localhost:6379/0")
# Rate limits live here and must survive a restart of Redis (S5), so the cache is a table of PostgreSQL.
# Django's default of 300 entries would let anyone push another's limits out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Pages for visitors, half a minute old at most (ui.visitors). Tests change what a page shows from one line to the next.
    "pages": {"BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if PORTAL_MODE == 'tests' else 'locmem.LocMemCache'}"},
}

# Language and time: stored in UTC, decided in Warsaw.
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski")]  # a language joins when its translation is whole; half of one would mix two on a page
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Of django-leaflet only Leaflet's own files are used, so it is no installed app.
LEAFLET = Path(str(find_spec("leaflet").origin)).parent / "static" / "leaflet"
STATICFILES_DIRS: list = [BASE_DIR / "static", ("leaflet", LEAFLET)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "ui.static_files.StaticFiles" if IS_PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
PRIVATE_FILES_DIR = Path(os.environ.get("PRIVATE_FILES_DIR", VAR_DIR / "private"))
# Set in production behind nginx: the internal location whose files X-Accel-Redirect may name.
PRIVATE_FILES_ACCEL = os.environ.get("PRIVATE_FILES_ACCEL", "")
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")  # host:port or a socket path; empty = scanning waits
# "sample": without clamd the demonstration looks for the EICAR test string only, and says so. Never in production.
SCAN_WITHOUT_CLAMD = "" if IS_PRODUCTION else "sample"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Payments online (Przelewy24). Without merchant, key and CRC nothing is paid online and transfers remain.
P24_URL = os.environ.get("P24_URL", "https://secure.przelewy24.pl")
P24_MERCHANT_ID = int(os.environ.get("P24_MERCHANT_ID") or 0)
P24_POS_ID = int(os.environ.get("P24_POS_ID") or P24_MERCHANT_ID)
P24_API_KEY = secret("P24_API_KEY")
P24_CRC = secret("P24_CRC")

# WiFi points. Tests alone may knock at this machine; tiles of a map come from nowhere until the town names a server.
WIFI_PROBE_LOOPBACK = False
WIFI_TILES_URL = os.environ.get("WIFI_TILES_URL", "")  # https://tiles.example/{z}/{x}/{y}.png
WIFI_TILES_CREDIT = os.environ.get("WIFI_TILES_CREDIT", "")  # whom the map must name

# Keys for data at rest and for signatures (docs/operations.md says how they are rotated).
KEYS_DIR = Path(os.environ.get("KEYS_DIR", VAR_DIR / "keys"))

# Mail. In the demonstration nothing leaves the machine: the outbox writes to the development mailbox.
EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND", "office.mailbox.Backend" if IS_DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
# Who carries SMS and push, {"sms": "dotted.path"}; a channel without a carrier is refused at once (office.channels).
# In the demonstration nothing leaves the machine; in production SMS waits for the token of its provider (office.channels.NotConfigured).
SMSAPI_URL = os.environ.get("SMSAPI_URL", "https://api.smsapi.pl")
SMSAPI_TOKEN = secret("SMSAPI_TOKEN")
SMSAPI_SENDER = os.environ.get("SMSAPI_SENDER", "")  # the name that the town registered with the provider, at most 11 characters
SMSAPI_REPORT_TOKEN = secret(
    "SMSAPI_REPORT_TOKEN"
)  # a part of the address that the provider reports deliveries to; empty: none are asked for
OFFICE_CARRIERS = (
    {
        "email": "announcements.ways.Email",
        "push": "announcements.push.WebPush",
        **({"sms": "announcements.sms.SmsApi"} if SMSAPI_TOKEN else {}),
    }
    if IS_PRODUCTION
    else {"email": "announcements.ways.Email", "sms": "office.channels.Mailbox", "push": "office.channels.Mailbox"}
)
POST_ROOM = "office.outbox.post"  # by which accounts, the room below, sends codes and notices of telephones
PUSH_SERVICES = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "notify.windows.com", "push.apple.com"]
PUSH_WITHOUT_TLS: list[str] = []  # hosts on loopback that tests push to
CAP_SENDER = os.environ.get("CAP_SENDER", "portal@pruszcz.example")  # globally unique, no spaces or commas
PUSH_CONTACT = f"mailto:{os.environ.get('PUSH_CONTACT', 'portal@pruszcz.example')}"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "true"
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "portal@pruszcz.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Security headers (S33, S34): one strict policy for every response, the admin and errors included.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [
            SELF,
            *([f"{urlsplit(WIFI_TILES_URL).scheme}://{urlsplit(WIFI_TILES_URL).netloc}"] if WIFI_TILES_URL else []),
        ],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A browser asks this of a redirect after a form too: the provider's page opens by one press (payments.views.online.pay).
        "form-action": [SELF, *([P24_URL] if P24_MERCHANT_ID else [])],
        "frame-ancestors": [NONE],
        "report-uri": ["/csp/"],  # pruszcz_portal/csp_reports.py
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pruszcz_portal.errors.csrf_failed"
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_NAME = "__Host-session" if IS_PRODUCTION else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # never cache only (D9)

# Celery: PostgreSQL is the queue, Redis is the bell (D5).
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5.0
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False  # the sweep finds what the bell lost; a request never waits for Redis
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# Logs (S56)
LOGGING = logs.configure(as_json=IS_PRODUCTION, level=os.environ.get("LOG_LEVEL", "INFO" if IS_PRODUCTION else "WARNING"))

# Sign-in
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_matters"
LOGOUT_REDIRECT_URL = "home"
from accounts.sign_in_settings import *  # noqa: E402,F403  everything of allauth and passwords, next to its room
