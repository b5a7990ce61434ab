"""Reads of second factors and of elevated sessions."""

from datetime import datetime
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from danvan.accounts.models import ElevatedRequest, ElevatedSession, FactorLoss
from danvan.accounts.roles import ACTIONS, GUARDED, Guard
from danvan.accounts.selectors.grants import (
    actions_of,
    allowed_users,
    grants_allowing,
    grants_today,
    may_at_root,
)


def factors_of(user: Any) -> QuerySet[Authenticator]:
    """Everything by which `user` proves who they are beyond the password, recovery codes among it."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk).order_by("pk")
    return found


def second_factor_of(user: Any, pk: int) -> Authenticator:
    """One factor of `user`, with the person as its own."""
    factor = factors_of(user).get(pk=pk)
    factor.user = user
    return factor


def has_factor(user: Any) -> bool:
    """Whether `user` has a second factor that stands by itself: an app or a passkey. One query."""
    return bool(factors_of(user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def last_loss(user: Any) -> FactorLoss | None:
    """When somebody's lost factors were last taken away, by whom and why."""
    return FactorLoss.objects.filter(user=user).select_related("taken_by").order_by("-pk").first()


def codes_left(codes: Authenticator) -> int:
    """How many recovery codes are not spent."""
    spent: int = int(codes.data["used_mask"]).bit_count()
    return int(app_settings.RECOVERY_CODE_COUNT) - spent


def guarded_of(user: Any) -> list[str]:
    """What `user` may do that asks for a second factor, in words."""
    return sorted(ACTIONS[action] for action in actions_of(user) & GUARDED.keys())


def administers(user: Any) -> bool:
    """Whether `user` is an administrator somewhere today."""
    return any(one.role == "administrator" for one in grants_today(user))


def guard_of(user: Any, action: str) -> Guard | None:
    """What `action` asks of `user` beyond the right to it; an elevated session of those who hold it by nothing else."""
    guard = GUARDED.get(action)
    others = any(one.role != "administrator" for one in grants_allowing(user, action))
    return Guard.FACTOR if guard is Guard.ELEVATED and others else guard


def open_elevated_of(user: Any, now: datetime) -> QuerySet[ElevatedSession]:
    """The elevated sessions of `user` that are open."""
    return ElevatedSession.objects.filter(user_id=user.pk, closed_at=None, closes_at__gt=now)


def allowed_elevated(user: Any, action: str) -> QuerySet[ElevatedRequest]:
    """Requests in elevated sessions of the people that `user` may do `action` for; all at a root."""
    found = ElevatedRequest.objects.select_related("session__user")
    if may_at_root(user, action):
        return found
    return found.filter(session__user_id__in=allowed_users(user, action).values("pk"))
