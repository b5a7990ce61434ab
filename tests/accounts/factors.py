"""People with a second factor, and the codes that their app would show."""

import time

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt

from danvan.accounts.models import User
from danvan.accounts.selectors import factors_of
from danvan.accounts.services import keep_totp
from danvan.foundation import key_file

STEP = 30
CONFIRM = "/nguoi-dung/cua-toi/xac-nhan/"
SECURITY = "/nguoi-dung/cua-toi/bao-mat/"
WHY = "Cấp quyền cho cán bộ mới theo quyết định 12"


def key_ring(settings, folder):
    """A key file of the test's own."""
    settings.DANVAN_KEYS = folder / "keys" / "keys.json"
    return key_file.make(settings.SEALED_FOR)


def code_of(secret, steps=0):
    """The code an app shows now, or so many steps from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))


def with_app(user):
    """The person with an app set up, whose codes are all still to be used, and the secret."""
    secret = generate_totp_secret()
    keep_totp(user, secret=secret, code=code_of(secret))
    forget_step(user)
    return User.objects.get(pk=user.pk), secret


def forget_step(user):
    """As if a long time had passed since the last code."""
    factor = factors_of(user).get(type="totp")
    factor.data["last_step"] = 0
    factor.save()


def secret_of(user):
    return decrypt(factors_of(user).get(type="totp").data["secret"])


def sign_in(client, user, *, factor=None, password=None, ago=0):
    """Signed in, the way proved so many minutes ago: by a factor, by the password, or neither."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    at = time.time() - 60 * ago
    records = []
    if password:
        records.append({"method": "password", "at": at})
    if factor is not None:
        records.append({"method": "mfa", "at": at, "id": factor.pk, "type": factor.type})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def app_of(user):
    return factors_of(user).get(type="totp")
