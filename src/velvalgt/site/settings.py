"""Settings; what differs between installations comes from the environment."""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from velvalgt.site import languages
from velvalgt.site.server import folders, postgres, secrets

PACKAGE = Path(__file__).resolve().parent.parent
HOME = folders.home()
ENVIRONMENT = os.environ.get("VELVALGT_ENV", "production")
if ENVIRONMENT not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"VELVALGT_ENV is {ENVIRONMENT!r}; it is production, demo or test.")
IS_PRODUCTION = ENVIRONMENT == "production"
ROLE = os.environ.get("VELVALGT_ROLE", "web")
if ROLE not in postgres.ADDRESSES:
    raise ImproperlyConfigured(f"VELVALGT_ROLE is {ROLE!r}; it is web, worker or owner.")

_secrets = secrets.load(HOME)
SECRET_KEY = os.environ.get("VELVALGT_SECRET_KEY") or _secrets.django_key
FIELD_KEYS = _secrets.field_keys
BLIND_INDEX_KEY = _secrets.blind_index_key

# Sign-in: one adapter. The personas exist only where no real person is.
SIGN_IN_ADAPTER = os.environ.get("VELVALGT_SIGN_IN", "none" if IS_PRODUCTION else "personas")
if IS_PRODUCTION and SIGN_IN_ADAPTER == "personas":
    raise ImproperlyConfigured("Personas cannot exist in production: set VELVALGT_SIGN_IN.")

# The virus scanner: the path of clamd's socket, or host:port; none: documents are not scanned.
CLAMD = os.environ.get("VELVALGT_CLAMD", "")
if CLAMD and not (CLAMD.startswith("/") or CLAMD.rpartition(":")[2].isdigit()):
    raise ImproperlyConfigured(f"VELVALGT_CLAMD is {CLAMD!r}; it is a path or host:port.")
FILE_UPLOAD_HANDLERS = ["velvalgt.web.uploads.Bounded"]

# Whose calendars outside are read: names of hosts, and the private nets that these may lie in.
CALENDAR_HOSTS = tuple(os.environ.get("VELVALGT_CALENDAR_HOSTS", "").lower().split())
for _net in (each for each in CALENDAR_HOSTS if "/" in each):
    try:
        ip_network(_net)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"VELVALGT_CALENDAR_HOSTS names {_net!r}; a net is written as 10.20.0.0/16."
        ) from error

# Video rooms: none but those that staff paste, a Jitsi server's address, or recorded: a sandbox.
VIDEO = os.environ.get("VELVALGT_VIDEO", "")
VIDEO_APP = os.environ.get("VELVALGT_VIDEO_APP", "velvalgt")
VIDEO_SECRET = os.environ.get("VELVALGT_VIDEO_SECRET", "")
if VIDEO not in {"", "recorded"} and not VIDEO.startswith("https://"):
    raise ImproperlyConfigured("VELVALGT_VIDEO is https://..., or recorded outside production.")
if VIDEO == "recorded" and IS_PRODUCTION:
    raise ImproperlyConfigured("Recorded video rooms cannot exist in production.")
if VIDEO.startswith("https://") and len(VIDEO_SECRET) < 32:
    raise ImproperlyConfigured("VELVALGT_VIDEO needs a VELVALGT_VIDEO_SECRET of 32 signs or more.")

DEBUG = False
ALLOWED_HOSTS = os.environ.get("VELVALGT_HOSTS", "127.0.0.1 localhost").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("VELVALGT_ORIGINS", "").split()

# The formal accessibility statement's address, once the municipality has made it.
ACCESSIBILITY_STATEMENT = os.environ.get("VELVALGT_ACCESSIBILITY_STATEMENT", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "velvalgt.web",
    "velvalgt.apps.audit",
    "velvalgt.apps.staff",
    "velvalgt.apps.people",
    "velvalgt.apps.cases",
    "velvalgt.apps.messages",
    "velvalgt.apps.duties",
    "velvalgt.apps.meetings",
    "velvalgt.apps.companies",
    "velvalgt.apps.offers",
    "velvalgt.apps.priorities",
    "velvalgt.apps.exchange",
    "velvalgt.screens.citizen",
    "velvalgt.screens.caseworker",
    "velvalgt.screens.jurist",
    "velvalgt.screens.manager",
    "velvalgt.screens.administrator",
    "velvalgt.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "velvalgt.site.middleware.Logging",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "velvalgt.site.middleware.ActorOfRequest",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "velvalgt.site.urls"
WSGI_APPLICATION = "velvalgt.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "velvalgt.site.context.page",
            ],
        },
    }
]

DATABASES = {
    "default": postgres.connection(ROLE, HOME) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
    "refusals": postgres.connection(ROLE, HOME) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["velvalgt.site.signin.backend.Vouched"]
LOGIN_URL = "/"
SESSION_COOKIE_NAME = "velvalgt_session"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "velvalgt.site.errors.stale"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_REDIRECT_EXEMPT = ["^health/"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "da"
LANGUAGES = languages.found(HOME)
LOCALE_PATHS = [languages.folder(HOME)]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
FORMAT_MODULE_PATH = ["velvalgt.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if ENVIRONMENT != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT == "test"

PROCRASTINATE_IMPORT_PATHS = [
    "velvalgt.apps.audit.tasks",
    "velvalgt.apps.cases.tasks",
    "velvalgt.apps.messages.tasks",
    "velvalgt.apps.duties.tasks",
    "velvalgt.apps.meetings.tasks",
    "velvalgt.apps.priorities.tasks",
]

# E-mail goes by a server of the municipality's own; where none is named, none goes out.
SMTP_URL = os.environ.get("VELVALGT_SMTP_URL", "")
_smtp = urlsplit(SMTP_URL)
if SMTP_URL and (_smtp.scheme not in {"smtp", "smtps"} or not _smtp.hostname):
    raise ImproperlyConfigured("VELVALGT_SMTP_URL is smtp://user:password@server:587 or smtps://.")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP_URL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = (
    _smtp.hostname or "",
    _smtp.port or (465 if _smtp.scheme == "smtps" else 587),
)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _smtp.scheme == "smtps", _smtp.scheme == "smtp"
EMAIL_TIMEOUT = 20
_here = f"https://{ALLOWED_HOSTS[0]}/" if IS_PRODUCTION else "http://127.0.0.1:8000/"
SITE_ADDRESS = os.environ.get("VELVALGT_ADDRESS") or _here
DEFAULT_FROM_EMAIL = os.environ.get("VELVALGT_MAIL_FROM") or f"noreply@{ALLOWED_HOSTS[0]}"

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "velvalgt.site.logs.KindAndPlace", "fmt": "%(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("VELVALGT_LOG_LEVEL", "INFO")},
    "loggers": {
        # Their messages carry addresses and values; ours name the event and its keys.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "caldav": {"level": "CRITICAL"},
        "icalendar": {"level": "CRITICAL"},
        "urllib3": {"level": "CRITICAL"},
        "urllib3_future": {"level": "CRITICAL"},
        "procrastinate": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},  # it tells of each step of each letter
        "fontTools": {"level": "ERROR"},
    },
}
