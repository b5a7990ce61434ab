"""Reads of users and grants; above all, the one answer to every permission question."""

from typing import Any

from django.db.models import QuerySet

from danvan.accounts.models import Grant
from danvan.accounts.roles import roles_allowing
from danvan.foundation import clock
from danvan.organisations.selectors import in_force, units_under


def units_granted(user: Any, action: str) -> QuerySet[Any, Any]:
    """Ids of the units where `user` may do `action` today: the single answer to every permission."""
    day = clock.today()
    grants = Grant.objects.filter(in_force(day), user_id=user.pk, role__in=roles_allowing(action))
    return units_under(grants.values("unit_id"), on=day)


def may(user: Any, action: str) -> bool:
    """Whether `user` may do `action` anywhere at all."""
    return units_granted(user, action).exists()
