"""The one settings file. The environment is read here, once; `.env.example` lists it all."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.module_loading import import_string

from config.backing_services import (
    cache_settings,
    database_settings,
    media_storage,
    replica_settings,
)
from config.desk_menu import NAVIGATION
from config.environment import (
    COMMENT_MODERATION_CHOICES,
    checked_address,
    checked_allowed_hosts,
    checked_choice,
    checked_client,
    checked_count,
    checked_dsn,
    checked_folder,
    checked_indexnow_key,
    checked_key,
    checked_mail_addresses,
    checked_place,
    checked_private_folder,
    checked_purge_secret,
    checked_purging,
    checked_secret_key,
    checked_site_url,
)
from config.logs import LOG_FORMATS, log_settings

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that a running site writes lies under one folder that git ignores.
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# The site

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = checked_secret_key(env.str("SECRET_KEY", default=""), debug=DEBUG)
ALLOWED_HOSTS = checked_allowed_hosts(env.list("ALLOWED_HOSTS", default=[]), debug=DEBUG)
SITE_NAME = env.str("SITE_NAME", default="필담")
SITE_URL = checked_site_url(env.str("SITE_URL", default="http://127.0.0.1:8000"))
# Links to these hosts are the site's own, whatever name readers reached it by.
SITE_HOSTS = frozenset({urlsplit(SITE_URL).hostname or "", *ALLOWED_HOSTS})
TRUSTED_PROXIES = checked_count("TRUSTED_PROXIES", env.str("TRUSTED_PROXIES", default="0"))

COMMENT_MODERATION = checked_choice(
    "COMMENT_MODERATION",
    env.str("COMMENT_MODERATION", default="post"),
    COMMENT_MODERATION_CHOICES,
)
# Days after which an article takes no more comments; 0 keeps it open for ever.
COMMENT_CLOSE_AFTER_DAYS = checked_count(
    "COMMENT_CLOSE_AFTER_DAYS", env.str("COMMENT_CLOSE_AFTER_DAYS", default="0")
)
# With a key, articles can be shared by KakaoTalk.
KAKAO_JS_KEY = checked_key("KAKAO_JS_KEY", env.str("KAKAO_JS_KEY", default=""))
# Without a key nobody outside is asked about comments.
AKISMET_KEY = env.str("AKISMET_KEY", default="")

# Whom changes are announced to (docs/machines.md): nobody unless the environment says so.
INDEXNOW_KEY = checked_indexnow_key(env.str("INDEXNOW_KEY", default=""))
INDEXNOW_ENDPOINT = checked_address(
    "INDEXNOW_ENDPOINT", env.str("INDEXNOW_ENDPOINT", default="https://api.indexnow.org/indexnow")
)
WEBSUB_HUB = checked_address("WEBSUB_HUB", env.str("WEBSUB_HUB", default=""))

# Whom errors are mailed and reported to, and from when on a query is slow (0: never).
ADMINS = [
    ("", address)
    for address in checked_mail_addresses("ERROR_MAIL", env.list("ERROR_MAIL", default=[]))
]
SENTRY_DSN = checked_dsn(env.str("SENTRY_DSN", default=""))
SLOW_QUERY_MS = checked_count("SLOW_QUERY_MS", env.str("SLOW_QUERY_MS", default="500"))

# A public key of age: backups are then encrypted for whoever holds the other half.
BACKUP_KEY = env.str("BACKUP_KEY", default="")

# The weather above the front page: none without a key.
KMA_API_KEY = env.str("KMA_API_KEY", default="")
WEATHER_PLACE = checked_place("WEATHER_PLACE", env.str("WEATHER_PLACE", default="서울"))

# Which caches in front are told of changes (docs/scale.md): none unless the environment says so.
PURGE_SECRET = checked_purge_secret(env.str("PURGE_SECRET", default=""))
PURGE_NGINX_URLS = [
    checked_address("PURGE_NGINX_URLS", address)
    for address in checked_purging(
        "PURGE_NGINX_URLS", env.str("PURGE_NGINX_URLS", default=""), "PURGE_SECRET", PURGE_SECRET
    ).split(",")
    if address
]
FASTLY_TOKEN = env.str("FASTLY_TOKEN", default="")
FASTLY_SERVICE_ID = checked_purging(
    "FASTLY_SERVICE_ID", env.str("FASTLY_SERVICE_ID", default=""), "FASTLY_TOKEN", FASTLY_TOKEN
)
CLOUDFLARE_TOKEN = env.str("CLOUDFLARE_TOKEN", default="")
CLOUDFLARE_ZONE_ID = checked_purging(
    "CLOUDFLARE_ZONE_ID",
    env.str("CLOUDFLARE_ZONE_ID", default=""),
    "CLOUDFLARE_TOKEN",
    CLOUDFLARE_TOKEN,
)
# Cloudflare alone reads the tags of Cache-Tag with commas between them.
CACHE_TAG_SEPARATOR = "," if CLOUDFLARE_ZONE_ID else " "

# The application

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "accounts",
    "articles",
    "comments",
    "config",
]

MIDDLEWARE = [
    "config.observation.request_ids",
    "config.observation.slow_queries",
    "config.middleware.only_utf_8",
    "config.middleware.no_null_in_queries",
    "config.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.desk_content_policy",
    "articles.middleware.outside_scripts_policy",
    "django.middleware.http.ConditionalGetMiddleware",
    "config.middleware.strict_caching",
    "config.middleware.links_and_forms_only",
    "articles.replica.read_from_replica",
    "accounts.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.sessions.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.honest_outcomes",
    "accounts.middleware.activity",
    "accounts.middleware.desk_asks_for_second_factor",
    "articles.middleware.redirect_old_paths",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "articles.context_processors.site",
            ],
        },
    },
]

# Database: SQLite out of the box, PostgreSQL by DATABASE_URL. Whoever waits for a query waits less
# long than nginx does for us; commands, which set no SERVES_READERS, have no such limit.

STATEMENT_SECONDS = env.int("STATEMENT_SECONDS", default=20)
_statement_seconds = STATEMENT_SECONDS if "SERVES_READERS" in os.environ else 0
DATABASES = {
    "default": database_settings(
        env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"), _statement_seconds
    )
}

# A copy of the database, kept by PostgreSQL itself, from which anonymous pages are read.
REPLICA_DATABASE_URL = env.str("REPLICA_DATABASE_URL", default="")
if REPLICA_DATABASE_URL:
    DATABASES["replica"] = replica_settings(
        DATABASES["default"], REPLICA_DATABASE_URL, _statement_seconds
    )
    DATABASE_ROUTERS = ["articles.replica.Router"]

# Redis when CACHE_URL names one, otherwise a cache of this process.

CACHES = {
    "default": {"BACKEND": "config.caches.LastingCache"},
    # What the default one is made of: the second stands in while the first is away.
    "shared": cache_settings(env.str("CACHE_URL", default="locmemcache://pildam")),
    "process": cache_settings("locmemcache://process"),
}

# The page store of each process (docs/decisions/0046): none where templates are being worked on.
PAGE_STORE_MEGABYTES = checked_count(
    "PAGE_STORE_MEGABYTES", env.str("PAGE_STORE_MEGABYTES", default="0" if DEBUG else "64")
)

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "accounts.hashers.FrugalArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Of what a guest protects one comment with.
COMMENT_PASSWORD_HASHER = "accounts.hashers.CommentArgon2PasswordHasher"  # noqa: S105
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Each judges a display name: called with the name and the account, or None for a new one,
# it returns the name as it is stored or raises ValidationError.
DISPLAY_NAME_RULES = ["comments.names.cleaned_display_name"]
# What export_articles writes beside the articles, and import_articles restores.
EXPORT_PARTS = ["comments.moving.Discussions"]

# Signing in (docs/decisions/0017): by e-mail with a password or a code, or with a provider.

SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# In the session, so that no message travels in a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.display_names.DisplayNameForm"
ACCOUNT_FORMS = {
    "signup": "accounts.sign_in.SignUpForm",
    "confirm_login_code": "accounts.sign_in.LoginCodeForm",
    "confirm_email_verification_code": "accounts.sign_in.EmailCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Figures, because a Korean keyboard has to be switched for letters.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = lazy(lambda: import_string("articles.site.mail_prefix")(), str)()
# The sixth wrong password within five minutes is refused, whatever address it comes from.
# `accounts.middleware` tells readers to wait as long as the longest of these windows.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    # To one mailbox, by all forms together: our own limit, counted by `accounts.adapter`.
    "letters": "10/h/key",
}

# The second factor (docs/decisions/0025): an app's codes, and recovery codes for the day it is lost.

MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.second_factor.CodeForm",
    "reauthenticate": "accounts.second_factor.ReauthenticationCodeForm",
    "activate_totp": "accounts.second_factor.ActivationForm",
}
MFA_TOTP_ISSUER = SITE_NAME
# The codes before and after are taken too: phones' clocks are not exact, nor people quick.
MFA_TOTP_TOLERANCE = 1

SOCIALACCOUNT_ADAPTER = "accounts.social.SocialAccountAdapter"
SOCIALACCOUNT_CLIENTS = {
    "kakao": checked_client(
        "KAKAO",
        env.str("KAKAO_CLIENT_ID", default=""),
        env.str("KAKAO_CLIENT_SECRET", default=""),
    ),
    "naver": checked_client(
        "NAVER",
        env.str("NAVER_CLIENT_ID", default=""),
        env.str("NAVER_CLIENT_SECRET", default=""),
    ),
    "google": checked_client(
        "GOOGLE",
        env.str("GOOGLE_CLIENT_ID", default=""),
        env.str("GOOGLE_CLIENT_SECRET", default=""),
    ),
}
SOCIALACCOUNT_PROVIDERS = {
    provider: {"APPS": [keys]} for provider, keys in SOCIALACCOUNT_CLIENTS.items() if keys
}
# Where a provider's sign-in page stands: browsers must let our button lead there.
SOCIALACCOUNT_PAGES = {
    "kakao": ["https://kauth.kakao.com", "https://accounts.kakao.com"],
    "naver": ["https://nid.naver.com"],
    "google": ["https://accounts.google.com"],
}

# Language and time: Korean, and every date a reader sees is Korean time.

LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]

# Tags

TAGGIT_CASE_INSENSITIVE = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = checked_folder("STATIC_ROOT", env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "articles" / "assets"]
MEDIA_URL = "/media/"
MEDIA_ROOT = checked_folder("MEDIA_ROOT", env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# What is uploaded at the desk to be imported: never served, and gone when it is in.
IMPORT_ROOT = checked_private_folder(
    "IMPORT_ROOT", env.str("IMPORT_ROOT", default=str(VAR_DIR / "imports")), MEDIA_ROOT
)
# Where backups are kept, if anywhere.
_backup_folder = env.str("BACKUP_FOLDER", default="")
BACKUP_FOLDER = (
    checked_private_folder("BACKUP_FOLDER", _backup_folder, MEDIA_ROOT) if _backup_folder else None
)
# A bucket of an S3-compatible service instead of MEDIA_ROOT (docs/scale.md).
MEDIA_BUCKET = env.str("MEDIA_BUCKET", default="")
MEDIA_BUCKET_ENDPOINT = checked_address(
    "MEDIA_BUCKET_ENDPOINT", env.str("MEDIA_BUCKET_ENDPOINT", default="")
)
MEDIA_BUCKET_REGION = env.str("MEDIA_BUCKET_REGION", default="")

STORAGES = {
    "default": media_storage(MEDIA_BUCKET, MEDIA_BUCKET_ENDPOINT, MEDIA_BUCKET_REGION),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "config.static_files.HashedStaticFilesStorage"
        )
    },
}

# Mail

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
# A server that says nothing must not hold a reader's request for ever, nor a worker for longer
# than its lease.
EMAIL_TIMEOUT = 10
# How many letters of the newsletter leave in a minute, all workers together; 0 holds them back.
NEWSLETTER_PER_MINUTE = checked_count(
    "NEWSLETTER_PER_MINUTE", env.str("NEWSLETTER_PER_MINUTE", default="60")
)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="pildam@localhost")

# Security: whatever needs TLS follows from the site's own address.

HTTPS = SITE_URL.startswith("https://")
# Whether the desk asks for a second factor.
REQUIRE_2FA = env.bool("REQUIRE_2FA", default=HTTPS and not DEBUG)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SECURE_SSL_REDIRECT = HTTPS
# Whoever watches the process asks it directly, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "articles.errors.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [
            SELF,
            *(page for name in SOCIALACCOUNT_PROVIDERS for page in SOCIALACCOUNT_PAGES[name]),
        ],
        "frame-ancestors": [NONE],
        "frame-src": ["https://www.youtube-nocookie.com"],
        # Essays may show pictures from elsewhere; scripts, styles and frames may not come along.
        "img-src": [SELF, "https:", "data:"],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
    }
}

# The desk

UNFOLD = {
    "SITE_TITLE": "articles.site.desk_name",
    "SITE_HEADER": "articles.site.desk_name",
    "SITE_SUBHEADER": "글쓰기와 발행",
    "SITE_URL": "/",
    "SITE_SYMBOL": "edit_note",
    # Unfold's templates are driven by expressions that Alpine would compile with eval, which
    # the content policy refuses; the script gives Alpine an interpreter of its own.
    "SCRIPTS": [
        lambda request: static("desk/alpine.js"),
        lambda request: static("desk/desk.js"),
        lambda request: static("desk/reach.js"),
    ],
    "STYLES": [lambda request: static("desk/desk.css")],
    "DASHBOARD_CALLBACK": "comments.admin.dashboard.first_page",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "ACCOUNT": {
        "navigation": [
            {"title": "내 계정", "link": reverse_lazy("accounts:profile")},
            {"title": "로그인한 기기", "link": reverse_lazy("accounts:sessions")},
            {"title": "2단계 인증", "link": reverse_lazy("mfa_index")},
            {"title": "비밀번호 바꾸기", "link": reverse_lazy("account_change_password")},
        ],
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": NAVIGATION,
    },
}

LOGGING = log_settings(
    checked_choice("LOG_FORMAT", env.str("LOG_FORMAT", default="line"), LOG_FORMATS),
    tells=[
        handler
        for handler, whom in (
            ("config.error_mail.ErrorMail", ADMINS),
            ("config.error_reports.ErrorReports", SENTRY_DSN),
        )
        if whom
    ],
)
