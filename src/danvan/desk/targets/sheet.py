"""One target opened: its definition, its population, and every unit with what it did and what it lacks."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.activities.selectors import evidence_by_activity, readable_activities
from danvan.desk.targets.sources import SourceLink, source_of
from danvan.desk.targets.wording import (
    State,
    asked_of,
    every_of,
    lacks_in_words,
    percentage_of,
    rule_words,
    share_words,
    state_of,
)
from danvan.documents.selectors import allowed_documents
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.indicators.counters import CountedRecord
from danvan.indicators.selectors import Evaluation, evaluations_for, records_behind
from danvan.organisations.selectors import names_on, units_on
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Target


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the population: its count of each rule, and what it lacks."""

    unit_id: int
    name: str
    counts: list[tuple[int, bool]]  # (count, this rule is fulfilled)
    lacks: list[str]

    @property
    def met(self) -> bool:
        """Fulfils every rule."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Sheet:
    """A target in a period, as one reader may read it."""

    target: "Target"
    evaluation: Evaluation
    whole: bool
    state: State
    place: str
    asked_of: str
    every: str
    share: str
    rules: list[tuple[str, str, str]]  # (label, words, definition)
    source: SourceLink | None
    lines: list[UnitLine]

    @property
    def percentage(self) -> str:
        """The share of the population, to stand beside its numerator and denominator."""
        return percentage_of(self.evaluation)

    @property
    def missing(self) -> list[UnitLine]:
        """Those that lack something, by name."""
        return [line for line in self.lines if not line.met]

    @property
    def met(self) -> list[UnitLine]:
        """Those that fulfil every rule, by name."""
        return [line for line in self.lines if line.met]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record behind a count. Where the reader may not open it, it is counted and not named."""

    record: CountedRecord
    readable: bool
    files: list[tuple[str, str]] = field(default_factory=list)  # (name, address)


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """The records of one unit behind one rule."""

    label: str
    words: str
    count: int
    enough: bool
    lines: list[RecordLine]

    @property
    def hidden(self) -> int:
        """How many records the reader may not open."""
        return sum(not line.readable for line in self.lines)


def read_sheet(user: "User", target: "Target", period: Period, *, words: str = "") -> Sheet:
    """The target as `user` may read it; `words` keep the units whose names hold them."""
    (seen,) = evaluations_for(user, [target], period)
    found = seen.evaluation
    names = names_on([*found.population, target.unit_id], found.as_of)
    asked = units_on(found.population, found.as_of)
    wanted = fold(words)
    units = [pk for pk in found.population if wanted in fold(names.get(pk, ""))]
    lines = [_line(found, pk, names.get(pk, "")) for pk in units] if found.counted else []
    lines.sort(key=lambda line: (line.met, sort_key(line.name)))
    return Sheet(
        target=target,
        evaluation=found,
        whole=seen.whole,
        state=state_of(found),
        place=names.get(target.unit_id, ""),
        asked_of=asked_of(target, asked.values()),
        every=every_of(target),
        share=share_words(target),
        rules=[_rule(rule.counter, rule.minimum) for rule in target.rules.all()],
        source=source_of(user, target),
        lines=lines,
    )


def read_unit(user: "User", target: "Target", period: Period, unit_id: int) -> list[RuleSheet]:
    """The records of one unit behind each rule, with the files of those the reader may open."""
    behind = records_behind(target, unit_id, period)
    everything = [record for rule in behind for record in rule.records]
    readable = _readable(user, everything)
    files = _files(user, [one for one in everything if (one.model, one.pk) in readable])
    found = []
    for rule in behind:
        total = sum(record.quantity for record in rule.records)
        lines = [
            RecordLine(
                record,
                (record.model, record.pk) in readable,
                files.get((record.model, record.pk), []),
            )
            for record in rule.records
        ]
        label = counters.named(rule.counter).label
        found.append(
            RuleSheet(
                label, rule_words(rule.counter, rule.minimum), total, total >= rule.minimum, lines
            )
        )
    return found


def _line(found: Evaluation, unit_id: int, name: str) -> UnitLine:
    lacks = found.lacking.get(unit_id, [])
    short = {lack.rule for lack in lacks}
    counts = [(count, place not in short) for place, count in enumerate(found.per_rule[unit_id])]
    words = lacks_in_words(found.target, lacks)
    if not found.parts:
        words = ["chưa đến kỳ"]
    return UnitLine(unit_id, name, counts, words)


def _rule(counter: str, minimum: int) -> tuple[str, str, str]:
    known = counters.named(counter)
    return known.label, rule_words(counter, minimum), known.definition


def _readable(user: "User", records: list[CountedRecord]) -> set[tuple[str, int]]:
    """Which records the reader may open, each kind by its own module's rule."""
    found: set[tuple[str, int]] = set()
    for model, reader in READERS.items():
        pks = [record.pk for record in records if record.model == model]
        found |= {(model, pk) for pk in reader(user, pks)} if pks else set()
    return found


def _files(
    user: "User", records: list[CountedRecord]
) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """The files of the records the reader may open: names and addresses."""
    pks = [record.pk for record in records if record.model == "activities.activity"]
    found = {
        ("activities.activity", pk): [
            (one.file_name, reverse("activities:evidence", args=[pk, one.pk])) for one in evidence
        ]
        for pk, evidence in evidence_by_activity(user, pks).items()
    }
    for record in records:
        if record.model == "documents.document" and record.has_evidence:
            address = reverse("documents:file", args=[record.pk])
            found[record.model, record.pk] = [("Tệp văn bản", address)]
    return found


def _readable_documents(user: "User", pks: list[int]) -> set[int]:
    seen = allowed_documents(user, "documents.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


READERS = {
    "activities.activity": readable_activities,
    "documents.document": _readable_documents,
}
