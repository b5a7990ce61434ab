"""Second factors: set up and removed by the person, taken away by an administrator when lost; codes spent once.

Each change ends the person's other sessions, stands in the audit log without the factor itself, and is told.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from danvan.accounts.enums import Secured
from danvan.accounts.models import FactorLoss, User
from danvan.accounts.selectors import factors_of, has_factor, second_factor_of
from danvan.accounts.services.refusing import locked, over, refuse
from danvan.accounts.services.telling import tell_secured
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.text import canonical

MOST_PASSKEYS = 10
LONGEST_NAME = 60
REASON_WORDS, REASON_LONGEST = 4, 300
KIND = Authenticator.Type


class Kept(NamedTuple):
    """The person after the change, the recovery codes that came with it (shown once, else empty), the new factor."""

    user: User
    codes: list[str]
    factor: Authenticator | None = None


def fitting_step(secret: str, code: str) -> int | None:
    """The step of 30 seconds whose code this is: now, or one before or after, since clocks differ."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None


@transaction.atomic
def keep_totp(user: User, *, secret: str, code: str) -> Kept:
    """Keep the secret of an authenticator app once its code proves that the app has it."""
    subject = locked(user)
    if factors_of(subject).filter(type=KIND.TOTP).exists():
        raise RuleError("Đồng chí đã có ứng dụng xác thực. Đồng chí vui lòng gỡ ứng dụng cũ trước.")
    step = fitting_step(secret, code)
    if step is None:
        refuse([Fault(WRONG_CODE, column="code")])
    made = TOTP.activate(subject, secret).instance
    made.data["last_step"] = step  # the code that proved it is spent too
    made.save(update_fields=["data"])
    return _kept(subject, Secured.TOTP_ADDED, made)


@transaction.atomic
def keep_passkey(user: User, *, name: str, credential: Mapping[str, Any]) -> Kept:
    """Keep a passkey that the browser made; what was proved about it is the form's to see."""
    subject = locked(user)
    if factors_of(subject).filter(type=KIND.WEBAUTHN).count() >= MOST_PASSKEYS:
        raise RuleError(
            f"Mỗi người giữ nhiều nhất {MOST_PASSKEYS} khóa. Đồng chí vui lòng gỡ khóa không còn dùng."
        )
    made = WebAuthn.add(subject, _named(name), dict(credential)).instance
    return _kept(subject, Secured.PASSKEY_ADDED, made)


@transaction.atomic
def rename_passkey(user: User, passkey: Authenticator, *, name: str) -> None:
    """Give a passkey of one's own another name."""
    held = factors_of(user).select_for_update().get(pk=passkey.pk, type=KIND.WEBAUTHN)
    held.data["name"] = _named(name)
    held.save(update_fields=["data"])
    audit.record(user, "accounts.rename_passkey", user)


@transaction.atomic
def remove_factor(user: User, factor: Authenticator) -> User:
    """Remove an authenticator app or a passkey of one's own; recovery codes go with the last one."""
    subject = locked(user)
    held = factors_of(subject).get(pk=factor.pk, type__in=[KIND.TOTP, KIND.WEBAUTHN])
    what = Secured.TOTP_REMOVED if held.type == KIND.TOTP else Secured.PASSKEY_REMOVED
    held.delete()
    if not has_factor(subject):
        factors_of(subject).delete()
    _secured(subject, what, actor=subject)
    return subject


@transaction.atomic
def renew_codes(user: User) -> Kept:
    """New recovery codes in the place of the old; shown by the caller once and to nobody else."""
    subject = locked(user)
    if not has_factor(subject):
        raise RuleError(
            "Mã dự phòng đi kèm ứng dụng xác thực hoặc khóa. Đồng chí vui lòng cài một trong hai trước."
        )
    factors_of(subject).filter(type=KIND.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(subject).generate_codes()
    _secured(subject, Secured.CODES_RENEWED, actor=subject)
    return Kept(subject, codes)


@transaction.atomic
def take_factors(user: User, *, actor: User | None, reason: str) -> User:
    """Take away every second factor of somebody who lost theirs; they are signed out and set up anew."""
    subject, said = locked(user), sentence(reason)
    if actor is not None and actor.pk == subject.pk:
        raise RuleError(
            "Đồng chí không thể tự gỡ theo cách này. Đồng chí vui lòng gỡ ở trang Bảo mật tài khoản,"
            " hoặc đề nghị một người quản trị khác."
        )
    if why := over(subject, actor):
        raise RuleError(why)
    faults = reason_faults(said)
    if not factors_of(subject).exists():
        faults.append(Fault(f"Tài khoản của {subject} chưa cài xác thực hai bước nào."))
    refuse(faults)
    factors_of(subject).delete()
    loss = FactorLoss.objects.create(user=subject, taken_by=actor, reason=said, at=clock.machine())
    _secured(subject, Secured.TAKEN_AWAY, actor=actor, loss=loss.pk)
    return subject


@transaction.atomic
def spend_code(user: User, code: str) -> Authenticator | None:
    """The factor whose code this is, and the code is spent: it never counts again. None where it is nobody's.

    A code of an app counts only if its step is later than the last one that counted, so neither a code seen
    over a shoulder nor an older one still within the clock's tolerance can be used after it.
    """
    subject = locked(user)
    for factor in factors_of(subject).exclude(type=KIND.WEBAUTHN).order_by("-type"):
        if factor.type == KIND.TOTP:
            step = fitting_step(decrypt(factor.data["secret"]), code)
            if step is None or step <= factor.data.get("last_step", -1):
                continue
            factor.data["last_step"] = step
            factor.save(update_fields=["data"])
        elif RecoveryCodes(factor).validate_code(code):
            audit.record(subject, "accounts.spend_recovery_code", subject)
            tell_secured(subject, Secured.CODE_SPENT, subject)
        else:
            continue
        return second_factor_of(subject, factor.pk)
    return None


def sentence(reason: str) -> str:
    """What was written as a reason, on one line."""
    return " ".join(canonical(reason).split())


def reason_faults(said: str) -> list[Fault]:
    """Why this does not count as a reason; nothing where it does."""
    words = [word for word in said.split() if any(letter.isalpha() for letter in word)]
    if len(set(words)) < REASON_WORDS:
        return [Fault(SAY_WHY, column="reason")]
    if len(said) > REASON_LONGEST:
        return [
            Fault(
                f"Lý do dài quá {REASON_LONGEST} ký tự. Đồng chí vui lòng ghi gọn lại.",
                column="reason",
            )
        ]
    return []


def _named(name: str) -> str:
    said = sentence(name)
    if not said:
        refuse(
            [Fault("Đồng chí vui lòng đặt tên cho khóa, ví dụ Máy tính ở cơ quan.", column="name")]
        )
    if len(said) > LONGEST_NAME:
        refuse(
            [
                Fault(
                    f"Tên dài quá {LONGEST_NAME} ký tự. Đồng chí vui lòng ghi ngắn lại.",
                    column="name",
                )
            ]
        )
    return said


def _kept(subject: User, what: Secured, factor: Authenticator) -> Kept:
    """With a first factor come recovery codes."""
    codes = []
    if not factors_of(subject).filter(type=KIND.RECOVERY_CODES).exists():
        codes = RecoveryCodes.activate(subject).generate_codes()
    _secured(subject, what, actor=subject)
    return Kept(subject, codes, factor)


def _secured(subject: User, what: Secured, *, actor: User | None, **said: int) -> None:
    """End every session, note it, tell the person. The caller keeps the session in which it was done."""
    subject.session_round += 1
    subject.save(update_fields=["session_round"])
    audit.record(actor, f"accounts.{what}", subject, **said)
    tell_secured(subject, what, actor)


WRONG_CODE = (
    "Mã không đúng hoặc đã dùng rồi. Đồng chí vui lòng chờ ứng dụng hiện mã mới, kiểm tra giờ của"
    " điện thoại rồi nhập lại."
)
SAY_WHY = (
    f"Đồng chí vui lòng ghi rõ lý do bằng một câu, ít nhất {REASON_WORDS} từ khác nhau, ví dụ: Cấp quyền"
    " cho cán bộ mới theo quyết định 12."
)
