"""People who sign in: made with a one-time password, blocked, let in again."""

import re
import secrets
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from danvan.accounts.enums import Secured
from danvan.accounts.models import Grant, User
from danvan.accounts.services.granting import cut
from danvan.accounts.services.refusing import (
    LAST_ADMINISTRATOR,
    last_administrator,
    locked,
    over,
    refuse,
)
from danvan.accounts.services.telling import tell_secured
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.collation import name_key
from danvan.vietnamese.text import canonical, fold

# Letters and digits that nobody confuses when a password is read aloud or copied from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
NO_ADDRESS = "Địa chỉ thư điện tử chưa đúng. Đồng chí vui lòng ghi dạng ten.nguoi@nghean.gov.vn."
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58}[a-z0-9])")


class NewUser(NamedTuple):
    """A new person and the one-time password, which is stored nowhere and shown once."""

    user: User
    password: str


def one_time_password() -> str:
    """Sixteen random letters and digits in groups of four, about 79 bits."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    actor: User | None,
    position: str = "",
    email: str = "",
    must_change_password: bool = True,
) -> NewUser:
    """Make a person who may sign in with a one-time password, and who may do nothing until granted a role."""
    name, shown, post = username.strip().lower(), _line(full_name), _line(position)
    refuse(_new_faults(name, shown, post))
    password = one_time_password()
    user = User(
        username=name,
        full_name=shown,
        position=post,
        email=email.strip(),
        name_key=name_key(shown),
        folded=fold(f"{shown} {name} {post}"),
        must_change_password=must_change_password,
        created_by=actor,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # somebody took the name a moment ago
        refuse([_taken(name)])
    audit.record(actor, "accounts.create", user)
    return NewUser(user, password)


def _line(text: str) -> str:
    return " ".join(canonical(text).split())


def _new_faults(name: str, full_name: str, position: str) -> list[Fault]:
    faults = []
    if not USERNAME.fullmatch(name):
        faults.append(
            Fault(
                "Tên đăng nhập gồm 3 đến 60 chữ cái không dấu, chữ số, dấu chấm, gạch nối hoặc gạch"
                " dưới, ví dụ nguyen.van.an. Đồng chí vui lòng sửa lại.",
                column="username",
            )
        )
    elif User.objects.filter(username=name).exists():
        faults.append(_taken(name))
    if not full_name:
        faults.append(Fault("Đồng chí vui lòng ghi họ và tên.", column="full_name"))
    if len(full_name) > 120:
        faults.append(
            Fault(
                "Họ và tên dài quá 120 ký tự. Đồng chí vui lòng ghi ngắn lại.", column="full_name"
            )
        )
    if len(position) > 200:
        faults.append(
            Fault("Chức vụ dài quá 200 ký tự. Đồng chí vui lòng ghi ngắn lại.", column="position")
        )
    return faults


def _taken(name: str) -> Fault:
    return Fault(
        f"Tên đăng nhập “{name}” đã có người dùng. Đồng chí vui lòng chọn tên khác.",
        column="username",
    )


@transaction.atomic
def set_password(user: User, *, actor: User | None) -> NewUser:
    """Give a person who lost theirs a new one-time password; whoever is signed in as them is signed out."""
    subject = locked(user)
    if actor is not None and actor.pk == subject.pk:
        raise RuleError("Đồng chí vui lòng đổi mật khẩu của mình ở mục Đổi mật khẩu.")
    if why := over(subject, actor):
        raise RuleError(why)
    password = one_time_password()
    subject.set_password(password)
    subject.must_change_password = True
    subject.save(update_fields=["password", "must_change_password"])
    audit.record(actor, "accounts.set_password", subject)
    tell_secured(subject, Secured.PASSWORD_GIVEN, actor)
    return NewUser(subject, password)


@transaction.atomic
def choose_password(user: User, password: str) -> User:
    """Keep the password that a person chose; a one-time password is then used up."""
    subject = locked(user)
    subject.set_password(password)
    subject.must_change_password = False
    subject.save(update_fields=["password", "must_change_password"])
    audit.record(subject, "accounts.choose_password", subject)
    tell_secured(subject, Secured.PASSWORD_CHOSEN, subject)
    return subject


@transaction.atomic
def set_email(user: User, email: str, *, actor: User | None) -> User:
    """Keep the e-mail address of a person; an empty one takes it away."""
    subject, written = locked(user), email.strip()
    if written == subject.email:
        return subject
    if written:
        try:
            validate_email(written)
        except ValidationError:
            refuse([Fault(NO_ADDRESS, column="email")])
    subject.email = written
    subject.save(update_fields=["email"])
    audit.record(actor, "accounts.set_email", subject)
    return subject


@transaction.atomic
def deactivate_user(user: User, *, actor: User | None) -> User:
    """Shut a person out and end every grant they hold, with what they lent; their records stay."""
    subject = locked(user)
    if not subject.is_active:
        raise RuleError(f"Tài khoản của {subject.full_name} đã khóa.")
    if actor is not None and actor.pk == subject.pk:
        raise RuleError("Đồng chí không thể tự khóa tài khoản của mình.")
    if why := over(subject, actor):
        raise RuleError(why)
    if last_administrator(Q(user=subject)):
        raise RuleError(LAST_ADMINISTRATOR)
    today = clock.today()
    for grant in (
        Grant.objects.select_for_update().filter(user=subject).exclude(valid_to__lte=today)
    ):
        cut(grant, today)
    subject.is_active = False
    subject.save(update_fields=["is_active"])
    audit.record(actor, "accounts.deactivate", subject)
    return subject


@transaction.atomic
def reactivate_user(user: User, *, actor: User | None) -> NewUser:
    """Let a person in again with a new one-time password and no grants: those are given anew."""
    subject = locked(user)
    if subject.is_active:
        raise RuleError(f"Tài khoản của {subject.full_name} đang mở.")
    if why := over(subject, actor):
        raise RuleError(why)
    password = one_time_password()
    subject.set_password(password)
    subject.is_active = True
    subject.must_change_password = True
    subject.save(update_fields=["is_active", "password", "must_change_password"])
    audit.record(actor, "accounts.reactivate", subject)
    return NewUser(subject, password)
