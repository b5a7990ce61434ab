"""Acts of following up as pages, notices and the day read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import FollowUpKind, StepKind
from danvan.commitments.models import (
    Commitment,
    CommitmentStep,
    FollowUp,
    FollowUpPart,
    FollowUpPartQuerySet,
    FollowUpQuerySet,
)
from danvan.commitments.selectors.ledger import allowed_commitments
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User

WAITING = "cho-tra-loi"
# The kinds as they stand in an address.
KINDS: dict[str, FollowUpKind] = {
    "theo-doi": FollowUpKind.WATCH,
    "don-doc": FollowUpKind.URGE,
    "kiem-tra": FollowUpKind.INSPECT,
    "giam-sat": FollowUpKind.SUPERVISE,
}


@dataclass(frozen=True, slots=True)
class PartShown:
    """What one act says to one unit, and whether the reader may answer it."""

    part: FollowUpPart
    unit: str
    commitments: list[Commitment]
    may_answer: bool
    late: bool


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One act as a list shows it."""

    act: FollowUp
    unit: str
    units: list[str]  # that lead what it is about
    commitments: int
    answered: int
    late: int


def allowed_follow_ups(user: "User", action: str) -> FollowUpQuerySet:
    """Where every view of an act of following up starts."""
    return FollowUp.objects.allowed(user, action)


def allowed_follow_up_parts(user: "User", action: str) -> FollowUpPartQuerySet:
    """Where every view of what one act says to one unit starts."""
    return FollowUpPart.objects.allowed(user, action)


def follow_ups_listed(user: "User", tab: str) -> FollowUpQuerySet:
    """The acts `user` may see: of one kind, waiting for an answer, or all.

    An act waits where a part does that the reader may see: who has answered does not learn who has not.
    """
    found = allowed_follow_ups(user, "commitments.view")
    if tab in KINDS:
        found = found.filter(kind=KINDS[tab])
    elif tab == WAITING:
        waiting = allowed_follow_up_parts(user, "commitments.view").waiting()
        found = found.filter(pk__in=waiting.values("follow_up_id"))
    return found.select_related("by")


def follow_up_lines(user: "User", acts: Collection[FollowUp], *, on: date) -> list[FollowUpLine]:
    """The acts of one page with what the reader may see of their parts. Three queries."""
    seen = allowed_follow_up_parts(user, "commitments.view").filter(follow_up__in=acts)
    parts: dict[int, list[tuple[int, bool, int]]] = {}
    counted = seen.order_by("pk").annotate(number=Count("commitments"))
    for act_id, unit_id, at, number in counted.values_list(
        "follow_up_id", "unit_id", "answered_at", "number"
    ):
        parts.setdefault(act_id, []).append((unit_id, at is not None, number))
    units = {unit for some in parts.values() for unit, _, _ in some}
    names = last_names(units | {act.unit_id for act in acts}, on)
    return [_line(act, parts.get(act.pk, []), names, on) for act in acts]


def parts_shown(user: "User", act: FollowUp, *, on: date) -> list[PartShown]:
    """What the act says to each unit, as far as the reader may see it. A fixed number of queries."""
    seen = allowed_follow_up_parts(user, "commitments.view").filter(follow_up=act)
    found = list(seen.select_related("answered_by").prefetch_related("commitments").order_by("pk"))
    names = last_names({part.unit_id for part in found}, on)
    mine = allowed_follow_up_parts(user, "commitments.perform").filter(follow_up=act)
    answering = set(mine.values_list("pk", flat=True))
    visible = set(
        allowed_commitments(user, "commitments.view")
        .filter(followed_in__in=found)
        .values_list("pk", flat=True)
    )
    return [
        PartShown(
            part=part,
            unit=names.get(part.unit_id, ""),
            commitments=[one for one in part.commitments.all() if one.pk in visible],
            may_answer=part.pk in answering and part.answered_at is None,
            late=part.answered_at is None and act.answer_by is not None and act.answer_by < on,
        )
        for part in found
    ]


def follow_ups_of(user: "User", commitment: Commitment) -> FollowUpQuerySet:
    """The acts about one commitment, the latest first."""
    parts = FollowUpPart.objects.filter(commitments=commitment)
    seen = allowed_follow_ups(user, "commitments.view")
    return seen.filter(pk__in=parts.values("follow_up_id")).select_related("by")


def waiting_for_answer(user: "User") -> QuerySet[FollowUpPart]:
    """What `user`'s units were asked and have not answered, the earliest day first."""
    granted = units_granted(user, "commitments.perform")
    waiting = FollowUpPart.objects.filter(unit_id__in=granted).waiting()
    return waiting.select_related("follow_up").order_by("follow_up__answer_by", "pk")


def answers_between(first: date, last: date) -> QuerySet[FollowUpPart]:
    """Of everybody: answers due from `first` to `last` and not given."""
    waiting = FollowUpPart.objects.filter(
        follow_up__answer_by__gte=first, follow_up__answer_by__lte=last
    ).waiting()
    return waiting.select_related("follow_up").order_by("follow_up__answer_by", "pk")


def follow_up_told(pk: int) -> FollowUp | None:
    """One act with its parts and their commitments; None where it is gone."""
    found = FollowUp.objects.filter(pk=pk).prefetch_related("parts__commitments")
    return found.first()


def part_told(pk: int) -> FollowUpPart | None:
    """What one act says to one unit; None where it is gone."""
    return FollowUpPart.objects.filter(pk=pk).select_related("follow_up__by").first()


def times_urged(commitment_ids: Collection[int]) -> dict[int, int]:
    """How many times each was urged: the lines of đôn đốc on its timeline. A measure of work, never of people."""
    urged = CommitmentStep.objects.filter(
        commitment_id__in=commitment_ids, kind=StepKind.REMINDED
    ).order_by()
    counted = urged.values("commitment_id").annotate(number=Count("pk"))
    return dict(counted.values_list("commitment_id", "number"))


def _line(
    act: FollowUp, parts: list[tuple[int, bool, int]], names: dict[int, str], on: date
) -> FollowUpLine:
    answered = sum(done for _, done, _ in parts)
    over = act.answer_by is not None and act.answer_by < on
    return FollowUpLine(
        act=act,
        unit=names.get(act.unit_id, ""),
        units=[names.get(unit, "") for unit, _, _ in parts],
        commitments=sum(number for _, _, number in parts),
        answered=answered,
        late=len(parts) - answered if over else 0,
    )
