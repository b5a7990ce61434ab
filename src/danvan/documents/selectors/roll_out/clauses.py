"""Every clause of a document with what was made of it; clauses of which nothing was made stand out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from danvan.commitments.selectors import SpanFacts, facts_by_span
from danvan.documents.enums import ProposalKind, Verdict
from danvan.documents.models import ClauseWaiver, Document
from danvan.documents.selectors.roll_out.shares import Coverage, coverage_of
from danvan.foundation import clock
from danvan.indicators.selectors import targets_from
from danvan.reading.outline import Clause, find_clauses

if TYPE_CHECKING:
    from danvan.indicators.models import Target

SOURCE = "documents.document"
HEADING_SHOWN = 160
ASKING = (ProposalKind.TASK, ProposalKind.TARGET)


class ClauseState(StrEnum):
    """What was made of a clause; the words stand in the address."""

    BARE = "chua-giao"
    PROPOSED = "cho-xem"
    GIVEN = "da-giao"
    WAIVED = "khong-can"
    TOLD = "neu-tinh-hinh"


STATES = {
    ClauseState.BARE: "Chưa giao",
    ClauseState.PROPOSED: "Chờ xem đề xuất",
    ClauseState.GIVEN: "Đã giao",
    ClauseState.WAIVED: "Không cần giao",
    ClauseState.TOLD: "Nêu tình hình, kết quả",
}


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause: its words, the heading it stands under, its tasks in numbers, its targets, what waits to be decided."""

    number: int
    start: int
    end: int
    words: str
    heading: str
    facts: SpanFacts
    targets: list[Coverage]
    proposed: int
    waiver: ClauseWaiver | None
    backward: bool  # it stands in a section that tells what was

    @property
    def state(self) -> ClauseState:
        """What was made of it: a task that is given counts for more than a proposal that waits."""
        if self.facts.work or self.targets:
            return ClauseState.GIVEN
        if self.waiver:
            return ClauseState.WAIVED
        if self.proposed:
            return ClauseState.PROPOSED
        return ClauseState.TOLD if self.backward else ClauseState.BARE


@dataclass(frozen=True, slots=True)
class Clauses:
    """All clauses of a document, those too that only tell what was and ask for nothing."""

    lines: list[ClauseLine]

    @property
    def asking(self) -> list[ClauseLine]:
        """Those that may ask for something."""
        return [one for one in self.lines if one.state != ClauseState.TOLD]

    def in_state(self, state: str) -> list[ClauseLine]:
        """Those in one state; all that may ask for something where it is none."""
        return [one for one in self.lines if one.state == state] if state else self.asking

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many stand in each state: its key, its words, the number."""
        return [(key, label, len(self.in_state(key))) for key, label in STATES.items()]

    @property
    def divided(self) -> list[Coverage]:
        """The targets that were divided among the units below, each once."""
        found = {cover.target.pk: cover for one in self.lines for cover in one.targets}
        return [one for one in found.values() if one.divided]


def clauses_of(document: Document, *, on: date | None = None) -> Clauses:
    """The clauses of a document with all its text; a constant number of queries."""
    day = on or clock.today()
    facts = facts_by_span(SOURCE, document.pk, on=day)
    targets = list(targets_from(SOURCE, document.pk))
    covers = coverage_of(targets, on=day)
    proposals = list(
        document.proposals.filter(kind__in=ASKING, verdict=Verdict.OPEN).values_list("start", "end")
    )
    waivers = {one.start: one for one in document.clause_waivers.select_related("waived_by")}
    return Clauses(
        [
            _line(document, clause, facts, targets, covers, proposals, waivers, number)
            for number, clause in enumerate(find_clauses(document.text), start=1)
        ]
    )


def clause_at(document: Document, start: int) -> Clause | None:
    """The clause of a document that begins at a place of its text; None where none does."""
    return next((one for one in find_clauses(document.text) if one.start == start), None)


def _line(
    document: Document,
    clause: Clause,
    facts: dict[tuple[int, int], SpanFacts],
    targets: Sequence["Target"],
    covers: dict[int, Coverage],
    proposals: Iterable[tuple[int, int]],
    waivers: dict[int, ClauseWaiver],
    number: int,
) -> ClauseLine:
    heading = ""
    if clause.heading:
        heading = " ".join(document.text[slice(*clause.heading)].split())[:HEADING_SHOWN]
    here = [found for span, found in facts.items() if _meets(clause, *span)]
    return ClauseLine(
        number=number,
        start=clause.start,
        end=clause.end,
        words=document.text[clause.start : clause.end],
        heading=heading,
        facts=sum(here, SpanFacts()),
        targets=[
            covers[one.pk]
            for one in targets
            if _meets(clause, one.source_start or 0, one.source_end or 0)
        ],
        proposed=sum(_meets(clause, *span) for span in proposals),
        waiver=waivers.get(clause.start),
        backward=clause.backward,
    )


def _meets(clause: Clause, start: int, end: int) -> bool:
    return start < clause.end and end > clause.start
