"""Reads of months of a form: which are open, how each stands, who is in which standing."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import find_units
from danvan.reporting.enums import Standing
from danvan.reporting.models import Form, Obligation, ObligationQuerySet, Submission, WayStep
from danvan.reporting.selectors.forms import allowed_forms

if TYPE_CHECKING:
    from danvan.accounts.models import User

SHOWN = 13  # months: a year and the one before it
FOUND = 40  # units that words may mean


@dataclass(frozen=True, slots=True)
class FormMonth:
    """A month of a form in one line."""

    form: Form
    period: Period
    due_on: date
    owed: int
    sent: int
    late: int
    waiting: int
    accepted: int

    @property
    def missing(self) -> int:
        """Never sent."""
        return self.owed - self.sent


def months_asked(user: "User", *, on: date) -> list[FormMonth]:
    """The months of the last year of the forms asked where `user` may read reports, the newest first. Two queries.

    With them those of the forms that go by a place where `user` approves, as far as they do.
    """
    asked = allowed_forms(user, "submissions.view").values("pk")
    passing = Form.objects.passing(user).values("pk")
    forms = {one.pk: one for one in Form.objects.filter(Q(pk__in=asked) | Q(pk__in=passing))}
    since = date(on.year - 1, on.month, 1)
    mine = WayStep.objects.held_by(user).values("obligation")
    rows = (
        Obligation.objects.owed()
        .filter(Q(form_id__in=asked) | Q(pk__in=mine), form_id__in=forms, first__gte=since)
        .order_by("-first", "form_id")
        .values("first", "form_id", "due_on")
        .annotate(
            owed=Count("pk"),
            sent=Count("pk", filter=Q(first_sent_on__isnull=False)),
            late=Count("pk", filter=Q(first_sent_on__gt=F("due_on"))),
            waiting=Count("pk", filter=Q(standing=Standing.SENT)),
            accepted=Count("pk", filter=Q(standing__in=(Standing.ACCEPTED, Standing.LOCKED))),
        )
    )
    return [
        FormMonth(
            form=forms[row["form_id"]],
            period=Period.starting(row["first"], Every.MONTH),
            due_on=row["due_on"],
            owed=row["owed"],
            sent=row["sent"],
            late=row["late"],
            waiting=row["waiting"],
            accepted=row["accepted"],
        )
        for row in rows
    ]


def months_beside(form: Form, period: Period) -> tuple[Period | None, Period | None]:
    """The open months before and after a month of a form, the nearest ones. Two queries."""
    opened = Obligation.objects.filter(form=form).order_by("first")
    before = opened.filter(first__lt=period.first).last()
    after = opened.filter(first__gt=period.first).first()
    earlier, later = (
        Period.starting(one.first, Every.MONTH) if one else None for one in (before, after)
    )
    return earlier, later


FILTERS: dict[str, Q] = {
    "cho-duyet": Q(standing=Standing.SENT),
    "cho-lanh-dao": Q(standing=Standing.PROPOSED),
    "dang-qua-cap": Q(standing=Standing.SENT, turn__gt=0),
    "cho-noi-giao": Q(standing=Standing.SENT, turn=0),
    "chua-gui": Q(first_sent_on=None) & ~Q(standing=Standing.EXEMPT),
    "gui-tre": Q(first_sent_on__gt=F("due_on")),
    "dung-han": Q(first_sent_on__lte=F("due_on")),
    "da-gui": Q(first_sent_on__isnull=False),
    "tra-lai": Q(standing=Standing.RETURNED),
    "da-duyet": Q(standing__in=(Standing.ACCEPTED, Standing.LOCKED)),
    "da-chot": Q(standing=Standing.LOCKED),
    "duoc-mien": Q(standing=Standing.EXEMPT),
}


def obligations_of(
    form: Form,
    period: Period,
    *,
    standing: str = "",
    words: str = "",
    within: QuerySet[Any, Any] | None = None,
) -> ObligationQuerySet:
    """Who owes a month of a form; `standing` is a key of `FILTERS`, `words` a part of the unit's name.

    Of the units `within` (a queryset of ids) where given.
    """
    found = Obligation.objects.filter(form=form, first=period.first)
    if within is not None:
        found = found.filter(unit_id__in=within)
    if standing:
        found = found.filter(FILTERS[standing])
    if words:
        owing = Obligation.objects.filter(form=form, first=period.first).values("unit_id")
        meant = find_units(words, on=period.last, within=owing, limit=FOUND)
        found = found.filter(unit_id__in=[unit.id for unit in meant])
    return found


def standing_submissions(obligations: list[Obligation]) -> dict[int, Submission]:
    """The submission that stands of each of these, by the id of the obligation. One query."""
    rows = Submission.objects.filter(obligation__in=obligations).order_by("vintage")
    return {one.obligation_id: one for one in rows}
