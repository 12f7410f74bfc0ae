"""Every setting in one file, read from the environment (KM_*), safe by default.

Without any variable this is the embedded set-up: SQLite, in-process channel layer, local files, mail to the console, debug off,
bound to this machine. docs/OPERATIONS.md lists each variable; kmportal/checks.py refuses half-configured production.
"""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kmportal import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("KM_VAR_DIR", str(BASE_DIR / "var")))

# --- Who we are ------------------------------------------------------------------------------------------------------------------
DEBUG = env.flag("KM_DEBUG")
PRODUCTION = env.flag("KM_PRODUCTION")
# pytest names itself before it loads settings. Tests read their own addresses, so they never touch the data of a running site.
TESTING = env.flag("KM_TESTING", bool(env.text("PYTEST_VERSION")))
BASE_URL = env.text("KM_BASE_URL", f"http://127.0.0.1:{env.number('KM_PORT', 8000)}")
SITE_NAME = env.text("KM_SITE_NAME", "ลานความรู้")
SITE_TAGLINE = env.text("KM_SITE_TAGLINE", "เครือข่ายการพัฒนาระบบราชการ")
# Debug or the embedded set-up may live with a key that everybody knows: checks.py refuses it in production.
SECRET_KEY = env.secret("KM_SECRET_KEY", "insecure-embedded-key-for-a-server-that-only-this-machine-reaches")
ALLOWED_HOSTS = env.items("KM_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver" if not PRODUCTION else "")
CSRF_TRUSTED_ORIGINS = env.items("KM_TRUSTED_ORIGINS")
WORKERS = env.number("KM_WORKERS", 1)

# --- Parts -----------------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    *(f"kmportal.{part}" for part in ("core", "retrieval", "taxonomy", "people", "inbox", "pictures", "moderation", "library")),
    "rewards",
    *(f"communities{part}" for part in ("", ".commons", ".talk", ".circles", ".harvest", ".interviews", ".experts")),
    *("kmportal.contest", "qa", "kmportal.search", "kmportal.demo"),
    *(
        f"django.contrib.{part}"
        for part in ("auth", "contenttypes", "sessions", "messages", "staticfiles", "humanize", "sitemaps")
    ),
    "django.forms",
    "wagtail.contrib.settings",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "kmportal.people.apps.WagtailAccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.redirects",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "channels",
]
MIDDLEWARE = [
    "kmportal.core.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kmportal.core.language.RememberedLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kmportal.core.headers.PrivateResponses",
    "kmportal.library.cms_guard.CmsGuard",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kmportal.people.second_factor.RequireSecondFactor",
    "kmportal.people.guests.GuestGate",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
ROOT_URLCONF = "kmportal.urls"
ASGI_APPLICATION = "kmportal.asgi.application"
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
                "django.template.context_processors.i18n",
                "kmportal.core.context.site",
            ],
            "builtins": ["kmportal.core.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ------------------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("KM_TEST_DATABASE_URL" if TESTING else "KM_DATABASE_URL", VAR_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.secret("KM_TEST_REDIS_URL" if TESTING else "KM_REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "kmportal.core.shared_memory.RedisOrMemory", "LOCATION": REDIS_URL}
    if REDIS_URL
    # KM_UPSTREAM: set by `serve` for the worker that it keeps (kmportal.core.upstream).
    else {"BACKEND": "kmportal.core.upstream.WorkerMemory", "LOCATION": "worker"}
    if env.flag("KM_UPSTREAM")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kmportal"}
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend"}
}

# --- Words and time --------------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "kmportal" / "locale"]
LANGUAGE_COOKIE_NAME = "km_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
FORMAT_MODULE_PATH = ["kmportal.core.formats"]

# --- Files -----------------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("KM_MEDIA_DIR", str(VAR_DIR / "media")))
# The manifest names files by content hash (cached for a year); without collectstatic (embedded, tests) files come from the source folders.
USE_MANIFEST = env.flag("KM_STATIC_MANIFEST", PRODUCTION)
FOLDER = "django.core.files.storage.FileSystemStorage"
HASHED, AS_IS = "kmportal.core.staticfiles.HashedStaticFiles", "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": FOLDER},
    # Uploads that wait for their review: outside MEDIA_ROOT, no address leads here.
    "private": {"BACKEND": FOLDER, "OPTIONS": {"location": env.text("KM_PRIVATE_DIR", str(VAR_DIR / "private"))}},
    "staticfiles": {"BACKEND": HASHED if USE_MANIFEST else AS_IS},
}
WHITENOISE_USE_FINDERS = not USE_MANIFEST
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The whole of a request; forms and the CMS have narrower limits for a single file.
MAX_BODY = env.number("KM_MAX_BODY_MB", 25) * 1024 * 1024
AUDIO_MAX_UPLOAD_SIZE = env.number("KM_MAX_AUDIO_MB", 100) * 1024 * 1024  # a proxy in front needs the same exception
CIRCLE_QUIET_HOURS = env.number("KM_CIRCLE_QUIET_HOURS", 24)  # after which a circle that everybody left is closed; 0: never
LARGER_BODIES = {r"/(?:en/)?communities/[-\w]+/interviews/\d+/recordings/": AUDIO_MAX_UPLOAD_SIZE + 1024 * 1024}
DATA_UPLOAD_MAX_MEMORY_SIZE, FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024, 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS, FILE_UPLOAD_PERMISSIONS = 10_000, 0o640

# --- People ----------------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kmportal.people.signup.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "kmportal.people.signup.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_EMAIL_SUBJECT_PREFIX = None, ""
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "kmportal.people.signup.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("KM_PROXY_COUNT", 0)
# allauth's limits, but for reset mails: five an hour are enough, more would be mail bombing.
ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip,5/h/key"}
ACCOUNT_FORMS = {"signup": "kmportal.people.forms.JoinForm", "add_email": "kmportal.people.forms.AddEmailForm"}
PASSKEY_ACTS = ("add", "authenticate", "login", "reauthenticate")
MFA_FORMS = {f"{act}_webauthn": f"kmportal.people.forms.{act.title()}PasskeyForm" for act in PASSKEY_ACTS}
MFA_ADAPTER = "kmportal.people.second_factor.EncryptingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = SITE_NAME
# When votes are brought to a moderator: "mutual=5 burst=8" beside the defaults of rewards.patterns.Limits. Not for everybody to read.
FAIR_PLAY = env.text("KM_FAIR_PLAY")
REQUIRE_MFA = env.flag("KM_REQUIRE_MFA", PRODUCTION)
MFA_PATHS = ["/cms/", "/imports/", "/rewards/desk/"]  # staff need an authenticator app or a passkey before these
MFA_VIEWS = {
    *("people:accounts", "people:account", "library:make_lesson", "library:reviews", "library:judge", "library:keep"),
    *("library:confirm", "library:archive", "library:restore", "library:file_document", "library:edit_document"),
    *("library:refile_document", "library:undo_refile", "library:replace_document", "qa:who"),
    *(f"moderation:{screen}" for screen in ("queue", "case", "take", "decide", "appeal", "book", "book_csv")),
}
NEWCOMER_DAYS = env.number("KM_NEWCOMER_DAYS", 7)  # in which an account may write less (qa/rules.py); 0 switches that off
SIGNUP_DOMAINS = env.items("KM_SIGNUP_DOMAINS")  # mail domains, besides those the coordinators keep in the CMS
OIDC_SERVER = env.text("KM_OIDC_SERVER")
OIDC_APP = {
    "provider_id": env.text("KM_OIDC_ID", "sso"),
    "name": env.text("KM_OIDC_NAME", "Single sign-on"),
    "client_id": env.text("KM_OIDC_CLIENT_ID"),
    "secret": env.secret("KM_OIDC_CLIENT_SECRET"),
    "settings": {
        "server_url": OIDC_SERVER,
        "scope": env.items("KM_OIDC_SCOPES", "openid,profile,email"),
        "verified_email": env.flag("KM_OIDC_TRUST_EMAIL"),
    },
}
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "kmportal.people.oidc.StrictProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [OIDC_APP] if OIDC_SERVER else [],
    }
}
# Where forms may lead besides this site: the sign-in page of the provider, if it is not on the server named above.
FORM_TARGETS = env.items("KM_OIDC_FORM_TARGETS", "/".join(OIDC_SERVER.split("/")[:3]))
SOCIALACCOUNT_LOGIN_ON_GET = False

# --- Wagtail ---------------------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = WAGTAIL_I18N_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = ["Asia/Bangkok"]
# One, so that the CMS asks nobody for a second choice of language: it follows the account's (library.cms_guard).
WAGTAILADMIN_PERMITTED_LANGUAGES = [("th", "ไทย")]
# Accounts are allauth's business.
WAGTAILUSERS_PASSWORD_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "kmportal.library.publishing.publish_reviewed"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILDOCS_DOCUMENT_MODEL = "library.LibraryDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "kmportal.library.forms.cms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kmportal.retrieval.wagtail_backend"}}
WAGTAILAPI_LIMIT_MAX = 100
# The session alone signs a program in: passwords sent with each request would pass by allauth's limits.
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"]}

# --- Mail ------------------------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if env.text('KM_SMTP_HOST') else 'console'}.EmailBackend"
EMAIL_HOST = env.text("KM_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("KM_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("KM_SMTP_USER")
EMAIL_HOST_PASSWORD = env.secret("KM_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("KM_SMTP_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("KM_MAIL_FROM", "ลานความรู้ <noreply@localhost>")

# --- Walls -----------------------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-km_session" if PRODUCTION else "km_session"
CSRF_COOKIE_NAME = "__Host-km_csrf" if PRODUCTION else "km_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "kmportal.core.sessions"
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("KM_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "kmportal.core.errors.csrf_failure"

# --- Logs ------------------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("KM_LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
