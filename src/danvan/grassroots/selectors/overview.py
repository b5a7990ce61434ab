"""The year of every commune: what fell due to be published, what was published in time, decided, asked, answered."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation.periods import Period
from danvan.grassroots.enums import DUE, SUBJECT, Outcome, Pillar, State
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors.reading import committees_of, kinds_on
from danvan.law.selectors import clocks
from danvan.organisations.selectors import last_names
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(slots=True)
class CommuneLine:
    """One commune's year. `due`: what its clock of publishing ended in, or passed; `on_time` of those.

    `kinds`: of how many kinds that must be published anything was written down.
    """

    unit_id: int
    name: str = ""
    due: int = 0
    on_time: int = 0
    lacking: int = 0  # past their day and not published
    coming: int = 0  # not published, their day still to come
    passed: int = 0
    decided: int = 0
    again: int = 0
    asking: int = 0
    comments: int = 0
    answers: int = 0
    answers_on_time: int = 0
    kinds: set[str] = field(default_factory=set)

    @property
    def late(self) -> int:
        """Published, but after its day."""
        return self.due - self.on_time - self.lacking


@dataclass(frozen=True, slots=True)
class Overview:
    """The year of every commune in reach, those that lack most first, and how many kinds must be published."""

    lines: list[CommuneLine]
    kinds: int

    @property
    def due(self) -> int:
        """What fell due in all."""
        return sum(one.due for one in self.lines)

    @property
    def on_time(self) -> int:
        """Of that, published in time."""
        return sum(one.on_time for one in self.lines)

    @property
    def lacking(self) -> int:
        """Of that, not published."""
        return sum(one.lacking for one in self.lines)

    @property
    def silent(self) -> int:
        """Communes that wrote down nothing to publish."""
        return sum(not one.kinds for one in self.lines)


def overview(user: "User", year: Period, *, on: date) -> Overview:
    """What each commune in reach did in a year, by the day a matter began. A fixed number of queries a grant."""
    day = min(on, year.last)
    units = committees_of(user, "dialogues.view", on=day)
    lines = {pk: CommuneLine(pk, name) for pk, name in last_names(units, day).items()}
    rows = list(
        Matter.objects.standing()
        .filter(unit_id__in=units, began_on__gte=year.first, began_on__lt=year.end)
        .select_related("kind")
        .prefetch_related("comments")
    )
    held = clocks().filter(subject_kind=SUBJECT, name=DUE, subject_id__in=[one.pk for one in rows])
    due = dict(held.values_list("subject_id", "due_on"))
    for one in rows:
        _add(lines[one.unit_id], one, due.get(one.pk), on)
    kinds = {one.code for one in kinds_on(day) if one.pillar == Pillar.KNOW}
    found = sorted(lines.values(), key=lambda one: (-one.lacking, -one.late, sort_key(one.name)))
    return Overview(found, len(kinds))


def _add(line: CommuneLine, one: Matter, due_on: date | None, today: date) -> None:
    pillar = one.kind.pillar
    if pillar == Pillar.KNOW and due_on is not None:
        line.kinds.add(one.kind.code)
        over = due_on < today
        if one.shown_on is None:
            line.lacking += over
            line.coming += not over
        else:
            line.on_time += one.shown_on <= due_on
        line.due += over or one.shown_on is not None
    elif pillar == Pillar.DECIDE:
        decided = one.outcome_on is not None
        line.decided += decided
        line.passed += one.outcome == Outcome.PASSED
        line.again += one.state == State.AGAIN
    elif pillar == Pillar.COMMENT:
        line.asking += 1
        line.comments += sum(row.number for row in one.comments.all())
    elif due_on is not None and (one.outcome_on is not None or due_on < today):
        line.answers += 1
        line.answers_on_time += one.outcome_on is not None and one.outcome_on <= due_on
