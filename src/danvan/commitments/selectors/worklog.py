"""A cadre's own log of work by month; what the system has on record already, offered as lines; what a head is shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from danvan.commitments.enums import FOLLOWED, DifficultyStepKind, StepKind
from danvan.commitments.models import (
    CommitmentStep,
    DifficultyStep,
    FollowUp,
    WorkEntry,
    WorkEntryQuerySet,
)
from danvan.commitments.selectors.ledger import own_units
from danvan.foundation.periods import Period
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

STEP, FOLLOW_UP, DIFFICULTY = "commitments.step", "commitments.follow_up", "commitments.difficulty"
HEAD = "reports.sign"  # the right that heads hold and nobody else
MOST = 200  # acts of one kind that are offered at once


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on record that may become a line: `key` names it in a form."""

    kind: str
    id: int
    on: date
    words: str
    commitment_id: int | None = None

    @property
    def key(self) -> str:
        """`commitments.step:17`"""
        return f"{self.kind}:{self.id}"


# What one person did in a month by the record of another module; one query.
Acts = Callable[["User", Period], Iterable[Offer]]
_acts: list[Acts] = []


def register_acts(acts: Acts) -> None:
    """Have the log of work offer what `acts` knows too; called once, when an app starts."""
    if acts not in _acts:
        _acts.append(acts)


def allowed_work_entries(user: "User", action: str) -> WorkEntryQuerySet:
    """Where every view of a log of work starts."""
    return WorkEntry.objects.allowed(user, action)


def work_of(user: "User", month: Period) -> QuerySet[WorkEntry]:
    """The lines of one month of `user`'s own log, in the order of their days."""
    mine = allowed_work_entries(user, "accounts.own")
    return mine.filter(on__gte=month.first, on__lt=month.end).select_related("commitment")


def work_shown(user: "User", month: Period) -> QuerySet[WorkEntry]:
    """The lines of a month that the people of `user`'s own units chose to show to their head."""
    shown = allowed_work_entries(user, HEAD).filter(unit_id__in=own_units(user))
    found = shown.filter(on__gte=month.first, on__lt=month.end).exclude(user=user)
    return found.select_related("user", "commitment").order_by(
        "user__full_name", "user", "on", "pk"
    )


def work_offered(user: "User", month: Period) -> list[Offer]:
    """What `user` did in the month by the record and did not take into the log yet. Four queries, and those of the modules
    that keep acts of their own."""
    taken = set(
        WorkEntry.objects.filter(user=user, act_id__isnull=False).values_list("act_kind", "act_id")
    )
    found = [*_steps(user, month), *_follow_ups(user, month), *_difficulties(user, month)]
    found += [one for acts in _acts for one in acts(user, month)]
    left = [one for one in found if (one.kind, one.id) not in taken]
    return sorted(left, key=lambda one: (one.on, one.kind, one.id))


def month_text(name: str, month: Period, entries: Iterable[WorkEntry]) -> str:
    """The month as plain text for one's own report: each day once, its lines below it."""
    parts, day = [f"NHẬT KÝ CÔNG VIỆC {month.label.upper()}", f"Đồng chí {name}"], None
    for one in entries:
        if one.on != day:
            day = one.on
            parts.append(f"\nNgày {format_date(day)}")
        about = "; ".join(part for part in (one.duty, _number(one)) if part)
        parts.append(f"- {one.words} ({about})" if about else f"- {one.words}")
    if day is None:
        parts.append("\nChưa ghi việc nào.")
    return "\n".join(parts)


def _number(entry: WorkEntry) -> str:
    """The number of its commitment, where the line itself does not say it."""
    if entry.commitment is None or entry.commitment.number in entry.words:
        return ""
    return f"việc {entry.commitment.number}"


def _steps(user: "User", month: Period) -> list[Offer]:
    """Lines of timelines; those that another recorded act wrote are offered as that act."""
    others = [*FOLLOWED.values(), StepKind.DIFFICULTY, StepKind.DIFFICULTY_MET]
    mine = CommitmentStep.objects.filter(by=user, on__gte=month.first, on__lt=month.end)
    found = mine.exclude(kind__in=others).select_related("commitment")[:MOST]
    return [
        Offer(STEP, one.pk, one.on, f"{StepKind(one.kind).label}: việc {one.commitment.number}, "
              f"{one.commitment.title}", one.commitment_id)
        for one in found
    ]  # fmt: skip


def _follow_ups(user: "User", month: Period) -> list[Offer]:
    mine = FollowUp.objects.filter(by=user, on__gte=month.first, on__lt=month.end)
    found = mine.prefetch_related("parts__commitments")[:MOST]
    offers = []
    for act in found:
        about = [one.number for part in act.parts.all() for one in part.commitments.all()]
        words = f"{act.get_kind_display()} {len(about)} việc: {', '.join(about[:10])}"
        offers.append(Offer(FOLLOW_UP, act.pk, act.on, words))
    return offers


def _difficulties(user: "User", month: Period) -> list[Offer]:
    mine = DifficultyStep.objects.filter(by=user, at__date__gte=month.first, at__date__lt=month.end)
    found = mine.select_related("difficulty")[:MOST]
    return [
        Offer(
            DIFFICULTY,
            one.pk,
            timezone.localdate(one.at),
            f"{DifficultyStepKind(one.kind).label}: {one.difficulty.title}",
        )
        for one in found
    ]
