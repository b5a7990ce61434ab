"""What the map shows: one target, unit by unit, or one indicator in the period."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from danvan.desk.board.map import Group, Said, TileMap, read_map, shaded
from danvan.desk.links import way
from danvan.desk.numbers.wording import (
    figure_words,
    is_ratio,
    nature_text,
    number_url,
    round_text,
)
from danvan.desk.readings import code_of
from danvan.desk.targets.wording import counted_words
from danvan.indicators.enums import Standing
from danvan.indicators.selectors import Mark, amount_words, mark_words, roll_up
from danvan.organisations.selectors import units_on
from danvan.organisations.selectors.readings import Reading
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.desk.board.scope import Scope
    from danvan.desk.targets.board import Line
    from danvan.foundation.periods import Period
    from danvan.indicators.models import IndicatorVersion

TARGET, INDICATOR = "ct", "so"
NONE, SOME, MET, NOTHING = "red", "orange", "green", "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the map can show; `key` stands in the address."""

    key: str
    label: str


def choices(
    lines: list["Line"], versions: list["IndicatorVersion"]
) -> list[tuple[str, list[Choice]]]:
    """What may be chosen: targets that are counted, and indicators."""
    targets = [
        Choice(f"{TARGET}-{line.target.pk}", line.target.title)
        for line in lines
        if line.evaluation.counted and line.evaluation.denominator
    ]
    measured = [Choice(f"{INDICATOR}-{one.indicator.code}", one.name) for one in versions]
    return [
        (word, found) for word, found in (("Chỉ tiêu", targets), ("Số liệu", measured)) if found
    ]


def chosen(groups: list[tuple[str, list[Choice]]], key: str) -> Choice | None:
    """What is asked for, else the first."""
    every = [one for _, found in groups for one in found]
    return next((one for one in every if one.key == key), None) or next(iter(every), None)


def read_shown(
    scope: "Scope",
    period: "Period",
    choice: Choice,
    places: list[tuple[int, str]],
    lines: list["Line"],
    versions: list["IndicatorVersion"],
) -> TileMap:
    """The map of what is chosen over the places below the place of the board. A constant number of queries."""
    kind, _, rest = choice.key.partition("-")
    if kind == TARGET:
        line = next(one for one in lines if str(one.target.pk) == rest)
        return _of_target(line, period, places, scope.reading)
    version = next(one for one in versions if one.indicator.code == rest)
    return _of_indicator(version, period, places, scope)


def _of_target(
    line: "Line", period: "Period", places: list[tuple[int, str]], reading: Reading
) -> TileMap:
    found = line.evaluation
    rules = list(found.target.rules.all())
    units = units_on(found.population, found.population_day)
    missing = set(found.missing)
    known = {pk for pk, _ in places}
    said: dict[int, Said] = {}
    for pk in sorted(found.population):
        place = (units[pk].place_id or pk) if pk in units else None
        if place not in known or place is None or place in said:
            continue
        mark = found.marks.get(pk)
        if found.target.of_figure:
            if mark and mark.have is not None:
                said[place] = _marked(found.target.pk, pk, mark, period, reading)
            continue
        counts = found.per_rule[pk]
        lacks = {lack.rule for lack in found.lacking.get(pk, [])}
        group = MET if pk not in missing else SOME if any(counts) else NONE
        if len(rules) == 1:
            text = format_number(counts[0])
            words = f"{text} {counted_words(rules[0].counter)}"
        else:
            text = f"{len(rules) - len(lacks)}/{len(rules)}"
            words = f"đạt {text} điều kiện"
        url = way("desk:target-unit", found.target.pk, pk, ky=period.code, doc=code_of(reading))
        said[place] = Said(text, words, group, url)
    least = rules[0].minimum if len(rules) == 1 and len(found.parts) == 1 else 0
    groups = [
        Group(NONE, "alert-triangle", "Chưa có"),
        Group(SOME, "eye", f"Đã có, chưa đủ {least}" if least > 1 else "Đã có, chưa đủ"),
        Group(MET, "circle-check", f"Đủ từ {least}" if least else "Đạt đủ"),
    ]
    if found.target.of_figure:
        groups = [
            Group(NONE, "alert-triangle", "Nguy cơ không đạt"),
            Group(SOME, "eye", "Đang theo dõi, chưa đánh giá được"),
            Group(MET, "circle-check", "Đạt hoặc kịp lộ trình"),
        ]
    note = f"mỗi ô một nơi, xếp gần đúng vị trí; tính đến {format_date(found.as_of)}, đọc {reading.words}"
    return read_map(found.target.title, note, places, said, groups, on=found.population_day)


def _marked(target: int, unit: int, mark: Mark, period: "Period", reading: Reading) -> Said:
    """A unit of a target of figures: what it has, green where it keeps to it."""
    group = MET if mark.keeps else NONE if mark.standing == Standing.AT_RISK else SOME
    url = way("desk:target-unit", target, unit, ky=period.code, doc=code_of(reading))
    text = amount_words(mark.version, mark.have or Fraction(0), unit=False)
    return Said(text, mark_words(mark), group, url)


def _of_indicator(
    version: "IndicatorVersion", period: "Period", places: list[tuple[int, str]], scope: "Scope"
) -> TileMap:
    ids, reading = [pk for pk, _ in places], scope.reading
    rolled = roll_up([version.indicator_id], ids, period, reading=reading)
    found = {pk: rolled[version.indicator_id, pk] for pk in ids}
    said, groups, left_out = shaded(
        {pk: one.amount for pk, one in found.items()},
        lambda amount: round_text(version, amount),
        lambda pk: number_url(version.indicator.code, pk, period, reading=reading),
    )
    said = {
        pk: Said(
            "0" if found[pk].denominator == 0 else one.text,
            ", ".join(filter(None, (figure_words(version, found[pk]), nature_text(found[pk])))),
            NOTHING if found[pk].denominator == 0 else one.group,
            one.url,
        )
        for pk, one in said.items()
    }
    if any(one.denominator == 0 for one in found.values()):
        groups.append(Group(NOTHING, "", "Không phát sinh"))
    unit = "%" if is_ratio(version) else version.unit_label
    note = f"{unit}, {period.label}, đọc {reading.words}; mỗi ô một nơi, xếp gần đúng vị trí"
    return read_map(
        version.name,
        f"{note}; {left_out}" if left_out else note,
        places,
        said,
        groups,
        on=scope.day,
    )
