"""Targets in words: what is asked, of whom, and what a unit still lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from danvan.foundation.periods import Every
from danvan.indicators import counters
from danvan.indicators.enums import EVERY_LABELS, Comparator, Standing
from danvan.indicators.selectors import Evaluation, Lack, wanted_words
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import UnitOnDay
from danvan.organisations.selectors.readings import Reading
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, format_share
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.indicators.models import Target

TONES = {
    Standing.AT_RISK: ("red", "alert-triangle"),
    Standing.WATCHED: ("orange", "eye"),
    Standing.ON_COURSE: ("green", "trending-up"),
    Standing.REACHED: ("green", "circle-check"),
    Standing.NOT_ASSESSABLE: ("grey", "circle-dashed"),
}
WORST_FIRST = {standing: place for place, standing in enumerate(Standing)}
MOST_PARTS = 4  # months named one by one before "và n tháng khác"


@dataclass(frozen=True, slots=True)
class State:
    """A standing as shown: colour, icon, word."""

    tone: str
    icon: str
    word: str


def population_words(reading: Reading) -> str:
    """Whose targets these are: the units of which day."""
    if reading.on is None:
        return "Đọc như khi đó: đối tượng là các đơn vị của ngày tính"
    return f"Đọc {reading.words}: đối tượng là các đơn vị ngày {format_date(reading.on)}"


def state_of(evaluation: Evaluation) -> State:
    """How the standing of an evaluation is shown."""
    return State(*TONES[evaluation.standing], evaluation.standing_label)


def percentage_of(evaluation: Evaluation) -> str:
    """`54,6 %`, never shown without the two numbers it comes from; empty where there is nobody to count."""
    if not evaluation.denominator:
        return ""
    share = format_share(evaluation.numerator, evaluation.denominator)
    return share.split("=")[-1].strip().replace(" %", "\u00a0%")


def asked_of(target: "Target", units: Iterable[UnitOnDay]) -> str:
    """Whom a target asks: `Ủy ban Mặt trận Tổ quốc cấp tỉnh, cấp xã`.

    A text that says "các cấp" asks levels that are no more, or not yet: of the levels asked those are
    named that `units`, the population, stand at; all of them where there is nobody.
    """
    if not target.population_kind:
        return ""
    there = {unit.level for unit in units} or set(target.population_levels)
    levels = [str(Level(level).label) for level in target.population_levels if level in there]
    written = ", ".join(map(lower_first, levels))
    return f"{Kind(target.population_kind).label} {written}".strip()


def asked_in_words(evaluation: Evaluation, units: Sequence[UnitOnDay]) -> str:
    """Whom a target asks; of a figure also what it wants: `Mỗi xã: ít nhất 12 cuộc`, `Giảm ít nhất 10 %`."""
    target = evaluation.target
    whom = asked_of(target, units)
    if not target.of_figure:
        return whom
    mark = next(iter(evaluation.marks.values()), None)
    wanted = wanted_words(target, mark.version) if mark else "theo số liệu báo cáo"
    if target.of_place:
        return upper_first(wanted)
    levels = ", ".join(lower_first(str(Level(one).label)) for one in target.population_levels)
    return f"{whom or f'Mỗi địa bàn {levels}'}: {wanted}"


def upper_first(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def every_of(target: "Target") -> str:
    """`Mỗi năm`, `Mỗi tháng`."""
    return EVERY_LABELS[Every(target.every)]


def rule_words(counter: str, minimum: int) -> str:
    """`Ít nhất 2 nội dung giám sát`."""
    return f"Ít nhất {format_number(minimum)} {counted_words(counter)}"


def counted_words(key: str) -> str:
    """What a counter counts, to stand after a number: `nội dung giám sát`, `buổi: cấp ủy làm việc với MTTQ`."""
    counter = counters.named(key)
    label = lower_first(counter.label)
    if label.startswith(counter.unit_label):
        return label
    return f"{counter.unit_label}: {label}"


def share_words(target: "Target") -> str:
    """What share must fulfil the rules: `tất cả`, `ít nhất 80/100`, `trên 1/2`."""
    numerator, denominator = target.share
    if numerator == denominator:
        return "tất cả các đơn vị"
    how = "trên" if target.comparator == Comparator.MORE_THAN else "ít nhất"
    return f"{how} {format_number(numerator)}/{format_number(denominator)} số đơn vị"


def lacks_in_words(target: "Target", lacks: Sequence[Lack]) -> list[str]:
    """What one unit lacks, a sentence a rule: `thiếu 1 nội dung phản biện xã hội`."""
    keys = [rule.counter for rule in target.rules.all()]
    found = []
    for rule, of_rule in groupby(lacks, key=lambda lack: lack.rule):
        parts = list(of_rule)
        words = counted_words(keys[rule])
        if target.every == Every.YEAR:
            short = format_number(parts[0].minimum - parts[0].count)
            found.append(f"thiếu {short} {words}")
        else:
            named = ", ".join(lack.part.label for lack in parts[:MOST_PARTS])
            more = f" và {len(parts) - MOST_PARTS} kỳ khác" if len(parts) > MOST_PARTS else ""
            found.append(f"thiếu {words} ở {named}{more}")
    return found
