"""Django's settings. Every value that differs between installations is read from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF

from config import env, house, logs

BASE_DIR = Path(__file__).resolve().parents[2]
# In a checkout everything the installation writes stands in .home beside the code.
PLACE = BASE_DIR if (BASE_DIR / "pyproject.toml").exists() else Path.cwd()
HOME = env.read(
    "DANVAN_HOME", PLACE / ".home", env.folder, write="một thư mục có quyền ghi, ví dụ /srv/danvan"
)
DEBUG = env.read("DANVAN_DEBUG", False, env.switch, write="1 hoặc 0")
SECRET_KEY = env.secret(HOME)
ALLOWED_HOSTS = env.read(
    "DANVAN_HOSTS",
    ["localhost", "127.0.0.1", "[::1]"],
    env.hosts,
    write="tên miền, cách nhau bằng dấu phẩy, ví dụ danvan.nghean.gov.vn",
)
CSRF_TRUSTED_ORIGINS: list[str] = env.read(
    "DANVAN_ORIGINS", [], env.origins, write="địa chỉ đầy đủ, ví dụ https://danvan.nghean.gov.vn"
)
DANVAN_TODAY = env.read("DANVAN_TODAY", None, env.day, write="một ngày dạng 2026-12-31")
DANVAN_TOP_UNIT = env.read(
    "DANVAN_TOP_UNIT", "", env.province, write="mã tỉnh, ví dụ 40; để trống nếu dùng cho cả nước"
)
DANVAN_MAX_FILE_MB = env.read("DANVAN_MAX_FILE_MB", 25, env.whole, write="số MB, ví dụ 25")
DANVAN_JOBS_INLINE = env.read("DANVAN_JOBS_INLINE", False, env.switch, write="1 hoặc 0")
DANVAN_FAULTS = env.FAULTS
HTTPS = env.read("DANVAN_HTTPS", False, env.switch, write="1 khi chạy sau HTTPS, 0 khi chạy thử")
# How many proxies stand before us: the sign-in limits count by the reader's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.read("DANVAN_PROXIES", 0, env.count, write="0, 1 hoặc 2")

# Without a mail server no letter is written or sent, and the pages say so.
DANVAN_MAIL_HOST = env.read(
    "DANVAN_MAIL_HOST", "", env.one_host, write="tên máy chủ thư, ví dụ mail.nghean.gov.vn"
)
EMAIL_HOST = DANVAN_MAIL_HOST
EMAIL_PORT = env.read("DANVAN_MAIL_PORT", 587, env.whole, write="số cổng, ví dụ 587, 465 hoặc 25")
EMAIL_HOST_USER = env.read("DANVAN_MAIL_USER", "", str, write="tên đăng nhập hộp thư gửi")
EMAIL_HOST_PASSWORD = env.read("DANVAN_MAIL_PASSWORD", "", str, write="mật khẩu hộp thư gửi")
DANVAN_MAIL_SECURITY = env.read(
    "DANVAN_MAIL_SECURITY",
    "starttls",
    env.one_of("starttls", "ssl", "none"),
    write="starttls, ssl hoặc none",
)
EMAIL_USE_TLS, EMAIL_USE_SSL = DANVAN_MAIL_SECURITY == "starttls", DANVAN_MAIL_SECURITY == "ssl"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if DANVAN_MAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
DEFAULT_FROM_EMAIL = env.read(
    "DANVAN_MAIL_FROM",
    "danvan@localhost",
    env.address,
    write="địa chỉ gửi, ví dụ danvan@nghean.gov.vn",
)
DANVAN_SENDER_MAILS = env.read(
    "DANVAN_SENDER_MAILS", 5, env.whole, write="số thư mỗi ngày, ví dụ 5"
)
DANVAN_MAIL_HOUR = env.read("DANVAN_MAIL_HOUR", 7, env.hour, write="giờ gửi, từ 0 đến 23")
# What stands before a path in a letter.
DANVAN_MAIL_SITE = env.read(
    "DANVAN_MAIL_SITE",
    CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "http://localhost:8000",
    env.origin,
    write="địa chỉ đầy đủ của hệ thống, ví dụ https://danvan.nghean.gov.vn",
)
DANVAN_REMIND_DAYS = env.read("DANVAN_REMIND_DAYS", 3, env.whole, write="số ngày, ví dụ 3")

DANVAN_DIFFICULTY_DAYS = house.difficulty_days()
DANVAN_PROPOSAL_DAYS = house.proposal_days()
DANVAN_PUBLISH_DAYS = house.publish_days()
DANVAN_KEEP_PETITIONERS_YEARS = house.keep_petitioners_years()
DANVAN_PETITION_CLOSING_DAY = house.petition_closing_day()
DANVAN_IDENTITY_MINUTES = house.identity_minutes()
DANVAN_PORTAL_SECONDS = house.portal_seconds()

# Up to so many open petitions a new one is compared with each; beyond, with those of its blocks.
DANVAN_SIMILAR_SCAN = env.read(
    "DANVAN_SIMILAR_SCAN", 100_000, env.whole, write="số đơn so từng đơn, ví dụ 100000"
)
# A virus scanner on this machine (clamd), asked through its socket only; none unless it is set.
DANVAN_SCANNER = env.read(
    "DANVAN_SCANNER", None, env.place, write="ổ cắm của clamd, ví dụ /run/clamav/clamd.ctl"
)
DANVAN_TESSERACT = env.read(
    "DANVAN_TESSERACT", "tesseract", str.strip, write="lệnh đọc chữ trên ảnh, ví dụ tesseract"
)

# What askers' codes are kept under: changing it ends every code that was issued.
DANVAN_CODE_PEPPER = env.secret(HOME, "DANVAN_CODE_PEPPER", "code_pepper")
# The keys that wrap the keys of what is sealed; for real use on another disk than the database and its backups.
DANVAN_KEYS = env.read(
    "DANVAN_KEYS",
    HOME / "keys" / "keys.json",
    env.place,
    write="đường dẫn của tệp khóa, ví dụ /etc/danvan/keys/keys.json",
)
# What is sealed, each under wrapping keys of its own; and of these, what is never marked to be found again by its value.
SEALED_FOR = ("petitions", "second-factor", "vault")
NEVER_MARKED = ("vault",)
# Where second factors are only offered, what is sealed in the vault opens in development and on a demonstration's fixed day alone.
VAULT_OPENS_ON_TRIAL = DEBUG or DANVAN_TODAY is not None
DANVAN_CODE_DAYS = env.read(
    "DANVAN_CODE_DAYS", 365, env.whole, write="số ngày dùng được của mã theo dõi, ví dụ 365"
)
DANVAN_CODE_TRIES = env.read(
    "DANVAN_CODE_TRIES", 10, env.whole, write="số mã sai mỗi giờ từ một địa chỉ, ví dụ 10"
)
DANVAN_CODE_TRIES_ALL = env.read(
    "DANVAN_CODE_TRIES_ALL", 1000, env.whole, write="số mã sai mỗi giờ từ mọi nơi, ví dụ 1000"
)
DANVAN_QUESTIONS = env.read(
    "DANVAN_QUESTIONS", 30, env.whole, write="số câu hỏi mỗi giờ từ một địa chỉ, ví dụ 30"
)
# What people send without an account is taken at once up to so much a minute: from one network, and from everybody.
DANVAN_SENDS = env.read("DANVAN_SENDS", 20, env.whole, write="số lần gửi mỗi phút, ví dụ 20")
DANVAN_SENDS_ALL = env.read("DANVAN_SENDS_ALL", 600, env.whole, write="số lần, ví dụ 600")
# Where people open the page behind their code: it stands on the slips. Empty: where the officer reads the page.
DANVAN_PORTAL_SITE = env.read(
    "DANVAN_PORTAL_SITE",
    CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "",
    env.origin,
    write="địa chỉ đầy đủ người dân mở được, ví dụ https://danvan.nghean.gov.vn",
)

# Of other systems: how often one network, and one key, may read within a minute (in each process of the server), and how
# much one key may send within an hour.
DANVAN_API_READS = env.read(
    "DANVAN_API_READS", 120, env.whole, write="số lần đọc mỗi phút từ một mạng, ví dụ 120"
)
DANVAN_API_KEY_READS = env.read(
    "DANVAN_API_KEY_READS", 1200, env.whole, write="số lần đọc mỗi phút của một khóa, ví dụ 1200"
)
DANVAN_API_SENDS = env.read(
    "DANVAN_API_SENDS", 600, env.whole, write="số việc gửi mỗi giờ của một khóa, ví dụ 600"
)

# `required`: acts of weight need a second factor. `offered`: asked of nobody; for demonstrations and development.
DANVAN_SECOND_FACTOR = env.read(
    "DANVAN_SECOND_FACTOR",
    "offered" if DEBUG else "required",
    env.one_of("required", "offered"),
    write="required, hoặc offered khi trình diễn, chạy thử",
)
# Choices of the house, no rule of law: how long a second factor counts, and an elevated session lasts at most.
DANVAN_FACTOR_MINUTES = env.read("DANVAN_FACTOR_MINUTES", 30, env.whole, write="số phút, ví dụ 30")
DANVAN_ELEVATED_MINUTES = env.read(
    "DANVAN_ELEVATED_MINUTES", 60, env.whole, write="số phút dài nhất, ví dụ 60"
)

DANVAN_KEEP_SHEETS_DAYS = env.read(
    "DANVAN_KEEP_SHEETS_DAYS", 365, env.whole, write="số ngày giữ tệp Excel đã đọc, ví dụ 365"
)

DATABASES = {
    "default": env.read(
        "DANVAN_DATABASE",
        env.database(f"sqlite:///{HOME / 'danvan.sqlite3'}"),
        env.database,
        write="sqlite:////srv/danvan/danvan.sqlite3 hoặc postgresql://danvan:mật-khẩu@127.0.0.1:5432/danvan",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "danvan.accounts",  # before allauth: its sign-in pages take the place of allauth's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
    "danvan.foundation",
    "danvan.law",
    "danvan.topics",
    "danvan.organisations",
    "danvan.indicators",
    "danvan.reporting",
    "danvan.commitments",
    "danvan.documents",
    "danvan.activities",
    "danvan.dialogues",
    "danvan.grassroots",
    "danvan.petitions",
    "danvan.news",
    "danvan.notifications",
    "danvan.analytics",
    "danvan.exchange",
    "danvan.portal",
    "danvan.desk",
    "danvan.demo",
]
MIDDLEWARE = [
    "config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, so that lengths tell nothing
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "danvan.accounts.elevated.ElevatedLog",
    "django_htmx.middleware.HtmxMiddleware",
    "danvan.foundation.views.BodyLimit",  # before the CSRF check and the views read the body
    "danvan.foundation.views.ReadableOnly",
    "danvan.foundation.views.FormsOnly",
]
FORM_RENDERER = "danvan.foundation.controls.Controls"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATE_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # components (cotton) and named pieces (partials) each wrap the loaders; set once, in this order
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danvan.accounts.elevated.shown",
                "danvan.desk.menu.menu",
                "danvan.notifications.context.bell",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "danvan.accounts.adapter.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = False  # sign-in names are lower-case; a phone capitalises them
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by administrators, not proved by e-mail
ACCOUNT_SESSION_REMEMBER = (
    False  # closing the browser signs out; an open one does after SESSION_COOKIE_AGE
)
MFA_ADAPTER = "danvan.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock may be one step of 30 seconds ahead or behind
MFA_FORMS = {
    "authenticate": "danvan.accounts.forms.factors.SignInCodeForm",
    "authenticate_webauthn": "danvan.accounts.forms.factors.SignInPasskeyForm",
    "login_webauthn": "danvan.accounts.forms.factors.PasskeyOnlyForm",
}
ACCOUNT_RATE_LIMITS = {
    # A whole office shares one address and signs in at half past seven.
    "login": "120/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = True  # pages keep their styles before `danvan setup` has collected them
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("woff2", "png", "jpg", "gz", "map", "txt")
MEDIA_ROOT = HOME / "media"
SEALED_ROOT = HOME / "sealed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SEALED_PAGES = ("/don-thu/", "/tiep-cong-dan/", "/to-cao/")  # files sent there never touch a disk
PEOPLES_PAGES = ("/gui/",)  # nor there, where anybody sends: so much in all, kept in memory
PEOPLES_BYTES = 20 * 1024 * 1024

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/"]  # the balancer asks for it from inside, without HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the office's other sites are not ours to decide for
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_FAILURE_VIEW = "danvan.foundation.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    # config.W103 says the same once, in Vietnamese
    *("security.W004", "security.W008", "security.W012", "security.W016"),
    "models.W040",  # SQLite has no columns beside the key of an index, and does without
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = logs.configuration(
    level=env.read(
        "DANVAN_LOG_LEVEL",
        "info",
        env.one_of("debug", "info", "warning", "error"),
        write="debug, info, warning hoặc error",
    ),
    layout=env.read(
        "DANVAN_LOG_FORMAT", "json", env.one_of("json", "text"), write="json hoặc text"
    ),
)
