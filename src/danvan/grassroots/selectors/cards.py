"""One matter with all that its page and its papers show."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import reaches
from danvan.foundation import clock
from danvan.grassroots.enums import NEXT, SUBJECT, Pillar, State
from danvan.grassroots.models import (
    Matter,
    MatterComment,
    MatterCount,
    MatterFile,
    MatterPosting,
    MatterRound,
    MatterStep,
)
from danvan.grassroots.selectors.reading import villages_of_unit
from danvan.grassroots.selectors.rules import Check, checks_of
from danvan.grassroots.selectors.tallies import count_of, rounds_of, threshold
from danvan.grassroots.tallying import village_outcome
from danvan.law.selectors import clocks
from danvan.organisations.selectors import last_names
from danvan.topics.selectors import told_topics

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.selectors.villages import VillageOnDay

STAGES: dict[str, tuple[str, ...]] = {
    Pillar.KNOW: ("Quyết định", "Công khai", "Kết thúc"),
    Pillar.DECIDE: ("Nêu việc", "Thông báo", "Bàn, biểu quyết", "Gửi, công nhận, công khai", "Kết thúc"),
    Pillar.COMMENT: ("Dự thảo", "Công khai", "Lấy ý kiến", "Trả lời, giải trình", "Kết thúc"),
    Pillar.WATCH: ("Tiếp nhận", "Trả lời", "Kết thúc"),
}  # fmt: skip
# How many of the stages are behind in each state.
BEHIND: dict[str, dict[str, int]] = {
    Pillar.KNOW: {State.DUE: 1, State.SHOWN: 2, State.ENDED: 3},
    Pillar.DECIDE: {State.DUE: 1, State.SHOWN: 2, State.AGAIN: 2, State.PASSED: 3, State.REJECTED: 3, State.ENDED: 5},
    Pillar.COMMENT: {State.DUE: 1, State.SHOWN: 2, State.COUNTED: 3, State.ANSWERED: 4, State.ENDED: 5},
    Pillar.WATCH: {State.DUE: 1, State.SHOWN: 1, State.ANSWERED: 2, State.ENDED: 3},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way as shown."""

    label: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class CountLine:
    """One village of a round: its counts, how many households had to agree, what that comes to."""

    row: MatterCount
    village: str
    needed: int
    outcome: str
    tone: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round with its villages; the villages of which nothing was counted, by name."""

    row: MatterRound
    lines: list[CountLine]
    missing: list[str]
    needed_villages: int


@dataclass(frozen=True, slots=True)
class CommentTold:
    """What was said, and under which topic."""

    row: MatterComment
    topic: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of one matter and its papers show."""

    matter: Matter
    unit_name: str
    village_name: str
    stages: list[Stage]
    due_on: date | None
    due_words: str
    postings: list[MatterPosting]
    rounds: list[RoundLine]
    comments: list[CommentTold]
    checks: list[Check]
    files: list[MatterFile]
    steps: list[MatterStep]
    may_keep: bool
    asked_villages: "list[VillageOnDay]"

    @property
    def late(self) -> bool:
        """Whether what is due is late."""
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def said(self) -> int:
        """How many comments in all."""
        return sum(one.row.number for one in self.comments)

    def may_become(self, state: str) -> bool:
        """Whether the reader may bring it there."""
        found = NEXT[self.matter.kind.pillar].get(self.matter.state, frozenset())
        return self.may_keep and state in found


def card_of(user: "User", matter: Matter) -> Card:
    """What the page of one matter shows; a fixed number of queries."""
    today = clock.today()
    rounds = rounds_of(matter)
    villages = villages_of_unit(matter.unit_id, on=today)
    ids = {row.village_id for one in rounds for row in one.counts.all()} | {matter.village_id or 0}
    names = last_names({matter.unit_id, *ids}, today)
    names |= {one.id: one.name for one in villages}
    running = clocks().filter(subject_kind=SUBJECT, subject_id=matter.pk, ended_on=None)
    due = running.order_by("due_on").first()
    comments = list(matter.comments.all())
    topics = told_topics({one.topic_id for one in comments if one.topic_id}, on=today)
    asked = [one for one in villages if matter.village_id in (None, one.id)]
    behind = BEHIND[matter.kind.pillar].get(matter.state, 0)
    return Card(
        matter=matter,
        unit_name=names.get(matter.unit_id, ""),
        village_name=names.get(matter.village_id or 0, ""),
        stages=[
            Stage(label, place < behind, place == behind and matter.open)
            for place, label in enumerate(STAGES[matter.kind.pillar])
        ],
        due_on=due.due_on if due else None,
        due_words=due.words if due else "",
        postings=list(matter.postings.all()),
        rounds=[_round(one, names, [village.id for village in villages]) for one in rounds],
        comments=[
            CommentTold(one, topics[one.topic_id].path if one.topic_id in topics else "")
            for one in comments
        ],
        checks=checks_of(matter),
        files=list(matter.files.select_related("file")),
        steps=list(matter.steps.select_related("by")),
        may_keep=reaches(user, "dialogues.hold", matter.unit_id),
        asked_villages=asked,
    )


def _round(one: MatterRound, names: dict[int, str], villages: list[int]) -> RoundLine:
    passing = threshold(one.passing)
    quorum = threshold(one.quorum) if one.quorum else None
    lines = []
    for row in one.counts.all():
        outcome = village_outcome(count_of(one, row), passing, quorum)
        tone = {"passed": "green", "again": "orange"}.get(outcome, "grey")
        lines.append(
            CountLine(row, names.get(row.village_id, ""), passing.needed(row.households), str(outcome.label), tone)
        )  # fmt: skip
    counted = {row.village_id for row in one.counts.all()}
    wide = one.by_villages is not None
    return RoundLine(
        one,
        lines,
        [names[pk] for pk in villages if pk not in counted] if wide else [],
        threshold(one.by_villages).needed(one.villages) if one.by_villages else 0,
    )
