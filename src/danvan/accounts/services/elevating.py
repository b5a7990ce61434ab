"""Elevated sessions of administrators: opened with a reason for a period, closed, and each request in them logged."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from danvan.accounts.models import ElevatedRequest, ElevatedSession, User
from danvan.accounts.selectors import administers, open_elevated_of
from danvan.accounts.services.factors import reason_faults, sentence
from danvan.accounts.services.refusing import locked, refuse
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError

LEAST_MINUTES = 5


def minutes_faults(minutes: int) -> list[Fault]:
    """Why an elevated session cannot last so long; nothing where it can."""
    most = settings.DANVAN_ELEVATED_MINUTES
    least = min(LEAST_MINUTES, most)
    if least <= minutes <= most:
        return []
    return [
        Fault(
            f"Phiên quản trị kéo dài từ {least} đến {most} phút. Đồng chí vui lòng sửa lại.",
            column="minutes",
        )
    ]


@transaction.atomic
def open_elevated(user: User, *, reason: str, minutes: int) -> ElevatedSession:
    """Open an elevated session; one that is still open elsewhere closes. The second factor is the caller's to see."""
    subject, said, now = locked(user), sentence(reason), clock.machine()
    if not administers(subject):
        raise RuleError("Phiên quản trị chỉ dành cho người đang giữ vai trò Quản trị.")
    refuse([*reason_faults(said), *minutes_faults(minutes)])
    for other in open_elevated_of(subject, now):
        close_elevated(other, actor=subject)
    until = now + timedelta(minutes=minutes)
    opened = ElevatedSession.objects.create(
        user=subject, reason=said, opened_at=now, closes_at=until
    )
    audit.record(subject, "accounts.open_elevated", opened, minutes=minutes)
    return opened


@transaction.atomic
def close_elevated(session: ElevatedSession, *, actor: User) -> ElevatedSession:
    """Close an elevated session before its time; one that is over stays as it was."""
    held = ElevatedSession.objects.select_for_update().get(pk=session.pk)
    now = clock.machine()
    if held.closed_at is None and held.closes_at > now:
        held.closed_at = now
        held.save(update_fields=["closed_at"])
        audit.record(actor, "accounts.close_elevated", held)
    return held


def log_elevated(
    session: ElevatedSession, *, method: str, route: str, arguments: Mapping[str, Any], status: int
) -> None:
    """Note one request: only numbers and days of its address, since a word in an address may be somebody's key."""
    told = ", ".join(f"{name}={one}" for name, one in arguments.items() if _is_plain(one))
    ElevatedRequest.objects.create(
        session=session,
        method=method[:10],
        route=route[:120],
        ids=told[:200],
        status=status,
        at=clock.machine(),
    )


def _is_plain(value: Any) -> bool:
    return isinstance(value, int | UUID) or bool(re.fullmatch(r"\d{4}(-\d{2}){0,2}", str(value)))
