"""Django settings. Everything that differs between installations is read from the environment, and named here.

SECRET_KEY               made and kept in var/ when not given
ALLOWED_HOSTS            names the site answers to, comma separated; loopback by default
DATABASE_URL             where readers' reports and accounts are kept; SQLite in var/ by default
OBSERVATORY_RELEASES     folder of releases; var/releases by default
OBSERVATORY_CATALOGUE    folder of the catalogue from which the affairs desk is planted; catalogue/ by default
OBSERVATORY_VAR          what an installation makes for itself: database, key, static files; var/ by default
OBSERVATORY_ADDRESS      the site's public address, such as https://observatory.example.org; else the host asked
OBSERVATORY_OPERATOR     who runs this installation, as readers are told; nobody is named by default
OBSERVATORY_CONTACT      e-mail address shown to readers; none by default
OBSERVATORY_ADMIN        "on" opens /login/ and what is behind it: /admin/, /cms/, the desk; not there by default
OBSERVATORY_MAIL         how digests leave, such as smtp+starttls://user:password@host:587; printed by default
OBSERVATORY_MAIL_FROM    whom digests are from
OBSERVATORY_AFFAIRS_ARCHIVE  folder of what the affairs desk's sources answered; affairs-archive in var/ by default
TLS                      "on" behind TLS: secure cookies, HSTS, redirect to https
TRUSTED_PROXY            "on" where a proxy in front sets X-Forwarded-Proto and X-Forwarded-For, and overwrites readers'
DEBUG                    "on" shows tracebacks to whoever asks; never on a public site
"""

import os
from pathlib import Path

from website.config.data import ROOT
from website.config.environment import database, is_on, mail, secret_key, words
from website.config.security import content_security_policy

VAR = Path(os.environ.get("OBSERVATORY_VAR") or ROOT / "var")
"""What an installation makes for itself: database, key, collected static files, releases."""

DEBUG = is_on("DEBUG")
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]")
OPERATOR = os.environ.get("OBSERVATORY_OPERATOR", "")
CONTACT = os.environ.get("OBSERVATORY_CONTACT", "")
ADMIN = is_on("OBSERVATORY_ADMIN")
PUBLIC_ADDRESS = os.environ.get("OBSERVATORY_ADDRESS", "").rstrip("/")

ROOT_URLCONF = "website.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), default=VAR / "website.sqlite3")}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "website.theme",
    "website.audit",
    "website.explorer",
    "website.affairs",
    "website.pages",
    # After the rooms, so that a template of ours comes before one of Wagtail's with the same name.
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "website.config.middleware.time_requests",
    "website.config.middleware.add_policies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "website.config.middleware.separate_editors",
    "website.config.turning_away.only_read",
    "website.explorer.answers.failures.explain_failures",
    "website.config.turning_away.spare_threads",
    "website.config.once.make_once",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "website.theme.context.theme",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "website.theme.storage.NamedStorage"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_security_policy()}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "website.explorer.answers.failures.forged_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "/login/"
LOGOUT_REDIRECT_URL = "/"
WORKPLACES = (
    ("affairs.see_desk", "/affairs/desk/"),
    ("affairs.follow", "/affairs/mine/"),
    ("wagtailadmin.access_admin", "/cms/"),
    ("explorer.view_report", "/admin/"),
)
"""Permission → where somebody who has it goes on from the login."""
SESSION_COOKIE_AGE = 12 * 60 * 60
TLS = is_on("TLS")
TRUSTED_PROXY = is_on("TRUSTED_PROXY")
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-sessionid", "__Host-csrftoken") if TLS else ("sessionid", "csrftoken")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # For editors; config/bodies.py holds readers' forms to less.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

WAGTAIL_SITE_NAME = "Imaging Observatory"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS or "http://127.0.0.1:8000"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # Pages send nothing: editors see what awaits them.
MAIL = mail(os.environ.get("OBSERVATORY_MAIL", ""))
"""How digests leave, which a command sends and no page."""
MAIL_FROM = os.environ.get("OBSERVATORY_MAIL_FROM", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
