"""Reads of activities, shaped for a page or a sheet. Nothing here writes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from danvan.accounts.selectors import units_granted
from danvan.activities.models import Activity, ActivityEvidence, ActivityQuerySet
from danvan.commitments.enums import SourceKind
from danvan.commitments.selectors.worklog import MOST, Offer
from danvan.documents.selectors.makers import Made
from danvan.documents.selectors.sources import Stretch, stretch_of
from danvan.foundation import search
from danvan.foundation.periods import Period
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import find_units, names_on
from danvan.organisations.selectors.following import found_under, told_names
from danvan.organisations.selectors.spans import organisations_in
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User

FEW = 40  # units that fit in a list to pick from; more are looked for by name


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of activities is asked for; empty parts ask for all."""

    words: str = ""
    kind: str = ""
    period: Period | None = None
    unit_id: int | None = None
    before: bool = True  # with the units before those at or under it
    unproven: bool = False  # those that count and have no evidence yet
    withdrawn: bool | None = None  # True: only those withdrawn; False: only those that count


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that took part, by its name on the day."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """One activity with what its page shows beside it."""

    activity: Activity
    unit_name: str
    partners: list[Partner]
    evidence: list[ActivityEvidence]
    may_change: bool
    source: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """The unit that some words mean, or the few they may mean."""

    unit_id: int | None = None
    name: str = ""
    offers: list[tuple[int, str]] = field(default_factory=list)


def allowed_activities(user: "User", action: str) -> ActivityQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Activity.objects.allowed(user, action)


def listed(user: "User", asked: Asked, *, on: date) -> QuerySet[Activity]:
    """The activities `user` may see that fit what is asked.

    A place stands for everything under it on the day `on`, or on the last day of an earlier period; and for the
    units before those, unless they are left out.
    """
    found: QuerySet[Activity] = allowed_activities(user, "activities.view")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.period is not None:
        found = found.filter(held_on__gte=asked.period.first, held_on__lt=asked.period.end)
    if asked.unit_id is not None:
        day = on if asked.period is None else min(on, asked.period.last)
        found = found.filter(unit_id__in=found_under(asked.unit_id, on=day, before=asked.before))
    if asked.withdrawn is not None:
        found = found.filter(withdrawn_at__isnull=not asked.withdrawn)
    if asked.unproven:
        found = found.filter(withdrawn_at=None, evidence=None)
    if asked.words:
        found = search.find(found, asked.words)
    return found


def files_of(activities: list[Activity]) -> dict[int, int]:
    """How many files show each of these activities, by id; none where absent. One query."""
    rows = ActivityEvidence.objects.filter(activity__in=activities).order_by()
    counted = rows.values("activity_id").annotate(number=Count("pk"))
    return dict(counted.values_list("activity_id", "number"))


def names_of(activities: list[Activity], *, on: date) -> dict[int, str]:
    """The names of the lead units of these activities, by id, of ended ones with who they are now. Two queries."""
    return told_names({activity.unit_id for activity in activities}, on=on)


def card_of(user: "User", activity: Activity) -> Card:
    """What the page of one activity shows; a fixed number of queries."""
    partner_ids = list(activity.partners.order_by("pk").values_list("unit_id", flat=True))
    names = names_on([activity.unit_id, *partner_ids], activity.held_on)
    changeable = allowed_activities(user, "activities.record").filter(pk=activity.pk)
    return Card(
        activity=activity,
        unit_name=names.get(activity.unit_id, ""),
        partners=[Partner(pk, names.get(pk, "")) for pk in partner_ids],
        evidence=list(activity.evidence.select_related("file", "added_by")),
        may_change=activity.withdrawn_at is None and changeable.exists(),
        source=_stretch(user, activity),
    )


def _stretch(user: "User", activity: Activity) -> Stretch | None:
    if activity.source_kind != SourceKind.DOCUMENT or activity.source_id is None:
        return None
    return stretch_of(user, activity.source_id, activity.source_start or 0)


def evidence_of(user: "User", activity_id: int) -> QuerySet[ActivityEvidence]:
    """The files of an activity that `user` may see."""
    seen = allowed_activities(user, "activities.view").filter(pk=activity_id)
    return ActivityEvidence.objects.filter(activity__in=seen).select_related("file")


def recorded_on(unit_id: int, kind: str, day: date) -> QuerySet[Activity]:
    """What counts of one kind that a unit did on one day."""
    return Activity.objects.standing().filter(unit_id=unit_id, kind=kind, held_on=day)


def readable_activities(user: "User", pks: list[int]) -> set[int]:
    """Those of the activities that `user` may open. One query."""
    seen = allowed_activities(user, "activities.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def evidence_by_activity(user: "User", pks: list[int]) -> dict[int, list[ActivityEvidence]]:
    """The files of those of the activities that `user` may open, by activity. One query."""
    found: dict[int, list[ActivityEvidence]] = {}
    if pks:
        seen = allowed_activities(user, "activities.view").filter(pk__in=pks)
        files = ActivityEvidence.objects.filter(activity__in=seen).select_related("file")
        for one in files:
            found.setdefault(one.activity_id, []).append(one)
    return found


def recordable_units(user: "User", *, on: date) -> list[tuple[int, str]] | None:
    """The organisations `user` may record for, by name; None where they are too many to pick from."""
    ids = organisations_in(units_granted(user, "activities.record"), limit=FEW + 1)
    if len(ids) > FEW:
        return None
    return sorted(names_on(ids, on).items(), key=lambda pair: sort_key(pair[1]))


def made_of_text(document_id: int, pks: Collection[int]) -> dict[int, Made]:
    """What these activities are called beside the text they were taken from, or that tells of them too. One query."""
    found = Activity.objects.standing().filter(pk__in=list(pks))
    return {
        one.pk: Made(
            one.pk,
            f"{one.get_kind_display()}, ngày {format_date(one.held_on)}",
            reverse("activities:card", args=[one.pk]),
            own=(one.source_kind, one.source_id) == (SourceKind.DOCUMENT, document_id),
        )
        for one in found
    }


def unit_meant(
    words: str, *, on: date, within: QuerySet[Any, Any], organisations_only: bool
) -> Meant:
    """The unit that typed words mean: the one whose whole name they are, or the only one found."""
    kinds = list(Kind.values) if organisations_only else ()
    found = find_units(words, on=on, kinds=kinds, within=within)
    rows = [row for row in found if not row.ended_on]
    if not rows and not organisations_only:  # an old name stands for who took over from it
        rows = found
    whole = [row for row in rows if fold(f"{row.name}, {row.context}") == fold(words)]
    whole = whole or [row for row in rows if fold(row.name) == fold(words)]
    if len(whole) == 1 or len(rows) == 1:
        row = (whole or rows)[0]
        return Meant(row.id, row.name)
    return Meant(offers=[(row.id, f"{row.name}, {row.context}") for row in rows])


def activity_acts(user: "User", month: Period) -> list[Offer]:
    """The activities, classes and meetings of the month that `user` recorded, for the log of work. One query."""
    mine = Activity.objects.standing().filter(recorded_by=user)
    found = mine.filter(held_on__gte=month.first, held_on__lt=month.end)
    return [
        Offer("activities.activity", one.pk, one.held_on, f"{one.get_kind_display()}: {one.title}")
        for one in found[:MOST]
    ]
