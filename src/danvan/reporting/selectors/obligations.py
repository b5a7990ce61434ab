"""Reads of who owes what by when, and how a month of a form stands."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.foundation.periods import Period
from danvan.reporting.enums import Standing
from danvan.reporting.models import Decision, Form, Obligation, ObligationQuerySet

if TYPE_CHECKING:
    from danvan.accounts.models import User

OWING = (Standing.DUE, Standing.RETURNED)


@dataclass(frozen=True, slots=True)
class PeriodStanding:
    """How a month of a form stands, from its frozen obligations.

    `sent` are those that have sent at least once, `on_time` and `late` by the day of the first time. `missing`
    are the units that never sent; `waiting`, `returned`, `accepted` and `locked` are standings now, where
    `accepted` counts the locked ones too, and `accepted_first` those of them that were never returned. The
    `exempt` were let off: they owe nothing and count nowhere else.
    """

    owed: int
    sent: int
    on_time: int
    late: int
    missing: list[int]
    waiting: int
    returned: int
    accepted: int
    locked: int
    accepted_first: int
    exempt: int


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that answers for reports that are due and were never sent. `days` since the oldest was due."""

    unit_id: int
    count: int
    days: int
    obligation_ids: tuple[int, ...]


def allowed_obligations(user: "User", action: str) -> ObligationQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Obligation.objects.allowed(user, action).select_related("form")


def obligations_at_hand(user: "User") -> ObligationQuerySet:
    """What the units owe where `user` may read reports; not those of forms asked there of units elsewhere."""
    near = units_granted(user, "submissions.view")
    return allowed_obligations(user, "submissions.view").filter(
        Q(unit_id__in=near) | Q(bearer_id__in=near)
    )


def due_for(user: "User", on: date) -> QuerySet[Obligation]:
    """What `user` has to send: never sent, or returned to be mended; whatever is due first stands first."""
    owed = allowed_obligations(user, "submissions.enter").filter(standing__in=OWING, first__lte=on)
    return owed.order_by("due_on", "pk")


def standing_of_period(
    form: Form, period: Period, within: QuerySet[Any, Any] | None = None
) -> PeriodStanding:
    """How a month stands; of the units `within` (a queryset of ids) where given. Two queries."""
    asked = Obligation.objects.filter(form=form, first=period.first)
    if within is not None:
        asked = asked.filter(unit_id__in=within)
    owed = asked.owed()
    returned = Decision.objects.filter(
        submission__obligation=OuterRef("pk"), standing=Standing.RETURNED
    )
    let_off = Q(standing=Standing.EXEMPT)
    accepted = Q(standing__in=(Standing.ACCEPTED, Standing.LOCKED))
    counts = asked.aggregate(
        owed=Count("pk", filter=~let_off),
        exempt=Count("pk", filter=let_off),
        accepted_first=Count("pk", filter=accepted & ~Q(Exists(returned))),
        sent=Count("pk", filter=Q(first_sent_on__isnull=False)),
        late=Count("pk", filter=Q(first_sent_on__gt=F("due_on"))),
        waiting=Count("pk", filter=Q(standing=Standing.SENT)),
        returned=Count("pk", filter=Q(standing=Standing.RETURNED)),
        accepted=Count("pk", filter=accepted),
        locked=Count("pk", filter=Q(standing=Standing.LOCKED)),
    )
    missing = owed.filter(first_sent_on=None).order_by("unit_id").values_list("unit_id", flat=True)
    return PeriodStanding(on_time=counts["sent"] - counts["late"], missing=list(missing), **counts)


def next_waiting(user: "User", obligation: Obligation) -> Obligation | None:
    """Another report of the same month that waits for `user` to decide, who sent first being first. One query."""
    mine = Obligation.objects.in_turn_of(user)
    waiting = mine.filter(form_id=obligation.form_id, first=obligation.first)
    return waiting.exclude(pk=obligation.pk).order_by("first_sent_on", "pk").first()


def late_reports(within: QuerySet[Any, Any], on: date) -> list[LateUnit]:
    """The units `within` (a queryset of ids) that answer for reports past their day, the longest first. One query."""
    unsent = (Standing.DUE, Standing.PROPOSED)  # what its head has not let go was not sent
    owed = Obligation.objects.filter(standing__in=unsent, first_sent_on=None, due_on__lt=on)
    owed = owed.answered_by(within)
    found: dict[int, list[tuple[int, date]]] = {}
    rows = owed.order_by("due_on", "pk").values_list("unit_id", "bearer_id", "pk", "due_on")
    for unit_id, bearer_id, pk, due_on in rows:
        found.setdefault(bearer_id or unit_id, []).append((pk, due_on))
    late = [
        LateUnit(
            unit_id=unit_id,
            count=len(owed),
            days=(on - owed[0][1]).days,
            obligation_ids=tuple(pk for pk, _ in owed),
        )
        for unit_id, owed in found.items()
    ]
    return sorted(late, key=lambda unit: (-unit.days, -unit.count, unit.unit_id))
