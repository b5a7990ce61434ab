"""The audit log for its readers: the acts of the people within reach."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from danvan.accounts.selectors import allowed_elevated, allowed_users, matching, may_at_root
from danvan.desk.audit.wording import act_words, thing_words
from danvan.foundation.models import AuditEntry

if TYPE_CHECKING:
    from danvan.accounts.models import ElevatedRequest, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the log is narrowed to; empty parts ask for all."""

    module: str = ""
    person: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One act as shown. `url` is empty where the object has no page of its own."""

    at: datetime
    person: str
    act: str
    thing: str
    url: str
    sequence: int | None  # its place in the sealed chain


def allowed_entries(user: "User", action: str) -> QuerySet[AuditEntry]:
    """Acts of the people that `user` may do `action` for; those of the system itself only at a root."""
    if may_at_root(user, action):
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(actor_id__in=allowed_users(user, action).values("pk"))


def entries(user: "User", asked: Asked) -> QuerySet[AuditEntry]:
    """The log as `user` may read it, narrowed."""
    found = allowed_entries(user, "audit.view")
    if asked.module:
        found = found.filter(action__startswith=f"{asked.module}.")
    if asked.person:
        people = matching(allowed_users(user, "audit.view"), asked.person)
        found = found.filter(actor_id__in=people.values("pk"))
    if asked.on:
        found = found.filter(_on(asked.on))
    return found.select_related("actor", "seal")


def line_of(entry: AuditEntry, actions: frozenset[str]) -> Line:
    """One entry in words, for a reader who may do `actions`."""
    thing, url = thing_words(entry.target, actions)
    seal = getattr(entry, "seal", None)
    return Line(
        at=entry.at,
        person=str(entry.actor) if entry.actor else "Hệ thống",
        act=act_words(entry.action),
        thing=thing,
        url=url,
        sequence=seal.sequence if seal else None,
    )


def elevated_requests(user: "User", asked: Asked) -> "QuerySet[ElevatedRequest]":
    """Requests in elevated sessions as `user` may read them, narrowed to a person and a day."""
    found = allowed_elevated(user, "audit.view")
    if asked.person:
        people = matching(allowed_users(user, "audit.view"), asked.person)
        found = found.filter(session__user_id__in=people.values("pk"))
    return found.filter(_on(asked.on)) if asked.on else found


def _on(day: date) -> Q:
    begin = timezone.make_aware(datetime.combine(day, time.min))
    return Q(at__gte=begin, at__lt=begin + timedelta(days=1))
