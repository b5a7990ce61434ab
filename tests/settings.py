"""The product's settings in a folder of their own, with what would only slow the tests changed."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="danvan-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("DANVAN_")]:
    if name != "DANVAN_DATABASE":
        del os.environ[name]
os.environ["DANVAN_HOME"] = HOME

from scripts.build_messages import build as build_messages  # noqa: E402

build_messages()

from config.settings import *  # noqa: E402, F403
from config.settings import STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VAULT_OPENS_ON_TRIAL = True  # the tests of its door close it themselves
DANVAN_SECOND_FACTOR = "offered"  # the tests of second factors ask for them themselves
DANVAN_PORTAL_SECONDS = 0  # what a test changed stands on the first page at once
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False
DANVAN_API_READS = DANVAN_API_KEY_READS = (
    1_000_000  # one process asks for all; the tests of limits set them themselves
)
