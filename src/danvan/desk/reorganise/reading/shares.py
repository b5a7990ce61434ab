"""The shares of a draft: what each unit passes to whom, and what each old unit is in a new one, by three measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.forms import BoundField

from danvan.desk.reorganise.forms.fields import MILLION, share_text
from danvan.desk.reorganise.forms.shares import PassingRow, SharesForm
from danvan.desk.reorganise.forms.starting import eve_of
from danvan.desk.reorganise.shapes import SHAPES
from danvan.organisations.enums import EventKind, Measure
from danvan.organisations.selectors import codes_on
from danvan.organisations.selectors.passings import Passed as Recorded
from danvan.organisations.selectors.passings import passed_from
from danvan.organisations.selectors.reorganising.ground import Drafted
from danvan.organisations.selectors.reorganising.plan import Passed, Plan
from danvan.organisations.selectors.sizing import Size, sizes_on
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.organisations.models import Reorganisation

COLUMNS = (
    (Measure.POPULATION, "population", "Tỷ trọng dân số"),
    (Measure.HOUSEHOLDS, "households", "theo hộ"),
    (Measure.AREA, "area_km2", "theo diện tích"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What one unit passes to another: the box, what comes of it, and who takes over."""

    pk: int
    taker: str
    box: BoundField
    worked: str
    measure: str
    estimated: bool
    by_area: str
    heir_name: str
    heir: bool
    keeps: bool = False
    now: str = ""  # the share on record that is to be replaced
    now_rough: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """All that one unit passes on. `note` says whether it goes on."""

    name: str
    ends: bool
    lines: list[Line]
    kept: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """The share by one measure; empty where it is not known."""

    words: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One measure over all old units."""

    words: str
    known: bool


@dataclass(frozen=True, slots=True)
class WeighedLine:
    """One old unit in a new one. `box` is where what it passes is typed, if it is typed here."""

    name: str
    note: str
    passed: str
    population: int | None
    shares: list[Share]
    box: BoundField | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit that several pass to."""

    name: str
    note: str
    whole: int
    population: int | None
    measures: list[Column]
    lines: list[WeighedLine]


@dataclass(frozen=True, slots=True)
class SharesPage:
    """Both ways of looking at what passes."""

    groups: list[Group]
    weighed: list[Weighed]
    has_area: bool = False
    has_heirs: bool = False
    has_now: bool = False
    together: bool = (
        False  # every unit passes to one other: shares are typed where they are weighed
    )

    @property
    def width(self) -> int:
        """How many columns the table of what passes has."""
        return 3 + self.has_area + self.has_heirs + self.has_now


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the places of a draft on its eve, and the rows of its plan by pair."""

    sizes: Mapping[int, Size]
    codes: Mapping[int, str]
    passed: Mapping[tuple[int, int], Passed]
    areas: Mapping[int, Decimal] = field(default_factory=dict)
    now: Mapping[tuple[int, int], Recorded] = field(default_factory=dict)


def passing_rows(drafted: Drafted, plan: Plan) -> list[PassingRow]:
    """The rows of the draft with the names on both sides."""
    return [
        PassingRow(
            pk=row.pk,
            giver=row.predecessor_id,
            giver_name=plan.names.get(row.predecessor_id, ""),
            taker_name=plan.names.get(taker, ""),
            weight=row.weight,
            heir=row.heir,
            keeps=taker == row.predecessor_id,
        )
        for row in drafted.passings
        for taker in [row.successor_id or -(row.successor_new_id or 0)]
    ]


def heirs_asked(draft: "Reorganisation", rows: Sequence[PassingRow]) -> list[int]:
    """The units that end and pass to several: one of these takes over what is open."""
    if SHAPES[draft.kind].goes_on or (
        not SHAPES[draft.kind].founds and not SHAPES[draft.kind].takes
    ):
        return []
    givers = [row.giver for row in rows if not row.keeps]
    return [giver for giver in dict.fromkeys(givers) if givers.count(giver) > 1]


def facts_of(draft: "Reorganisation", drafted: Drafted, plan: Plan) -> Facts:
    """Sizes and codes of the units that pass something. Three queries, one more where shares are replaced."""
    units = {row.predecessor for row in plan.passed} | {row.successor for row in plan.passed}
    units |= {row.predecessor_id for row in drafted.passings}
    living = [unit for unit in units if unit > 0]
    eve = eve_of(draft)
    areas = {
        one.key: one.standing.area_km2 for one in plan.founded if one.standing.area_km2 is not None
    }
    return Facts(
        sizes_on(living, eve),
        codes_on(living, eve),
        {(row.predecessor, row.successor): row for row in plan.passed},
        areas,
        _on_record(draft, drafted),
    )


def _on_record(draft: "Reorganisation", drafted: Drafted) -> dict[tuple[int, int], Recorded]:
    """The shares that a draft is to replace."""
    if draft.kind != EventKind.REWEIGH:
        return {}
    rows = passed_from(list(drafted.given), since=eve_of(draft), until=draft.effective_on)
    return {(row.predecessor_id, row.successor_id): row for row in rows}


def shares_page(
    draft: "Reorganisation", drafted: Drafted, plan: Plan, form: SharesForm | None
) -> SharesPage:
    """The page of shares; without a form only what the old units are in the new ones. Three queries."""
    facts = facts_of(draft, drafted, plan)
    groups = _groups(draft, drafted, plan, form, facts) if form else []
    has_area = any(line.by_area for group in groups for line in group.lines)
    boxes = {}
    if form and all(len(group.lines) == 1 and not group.kept for group in groups):
        keys = {row.pk: (row.giver, taker) for row, taker in _with_takers(form, drafted)}
        boxes = {keys[row.pk]: form.share_of(row) for row in form.rows}
    weighed = _weighed(draft, drafted, plan, facts, boxes)
    typed = [line.box for one in weighed for line in one.lines if line.box]
    return SharesPage(
        groups,
        weighed,
        has_area,
        has_heirs=any(group.ends or line.heir_name for group in groups for line in group.lines),
        has_now=any(line.now for group in groups for line in group.lines),
        together=bool(boxes) and len(typed) == len(boxes),
    )


def _with_takers(form: SharesForm, drafted: Drafted) -> list[tuple[PassingRow, int]]:
    takers = {row.pk: row.successor_id or -(row.successor_new_id or 0) for row in drafted.passings}
    return [(row, takers[row.pk]) for row in form.rows]


def _groups(
    draft: "Reorganisation", drafted: Drafted, plan: Plan, form: SharesForm, facts: Facts
) -> list[Group]:
    goes_on = SHAPES[draft.kind].goes_on
    takers = {row.pk: row.successor_id or -(row.successor_new_id or 0) for row in drafted.passings}
    groups = []
    for giver in dict.fromkeys(row.giver for row in form.rows):
        own = [row for row in form.rows if row.giver == giver]
        areas = {row.pk: facts.areas.get(takers[row.pk]) for row in own}
        known = [one for one in areas.values() if one]
        whole = sum(known, Decimal(0)) if len(known) == len(own) > 1 else Decimal(0)
        lines = [
            _line(form, row, (giver, takers[row.pk]), facts, areas[row.pk], whole) for row in own
        ]
        kept = facts.passed.get((giver, giver)) if goes_on else None
        groups.append(
            Group(
                own[0].giver_name,
                giver in plan.ended,
                lines,
                share_text(kept.weight) if kept else "",
                _goes_on(draft, ends=giver in plan.ended),
            )
        )
    return groups


def _goes_on(draft: "Reorganisation", *, ends: bool) -> str:
    """Whether a unit goes on; where only shares are replaced, when it passed what it passed."""
    if draft.kind == EventKind.REWEIGH:
        return f"đã chuyển ngày {format_date(draft.effective_on)}"
    return f"đến hết {format_date(eve_of(draft))}" if ends else "vẫn hoạt động"


def _line(
    form: SharesForm,
    row: PassingRow,
    pair: tuple[int, int],
    facts: Facts,
    area: Decimal | None,
    whole: Decimal,
) -> Line:
    passed, now = facts.passed.get(pair), facts.now.get(pair)
    by_area = share_text(round(area * MILLION / whole)) if area and whole else ""
    measure = Measure(passed.measure) if passed else None
    return Line(
        pk=row.pk,
        taker=row.taker_name,
        box=form.share_of(row),
        worked=share_text(passed.weight) if passed else "",
        measure=str(measure.label) if measure else "",
        estimated=bool(passed and passed.estimated),
        by_area=by_area,
        heir_name=form.heir_of(row),
        heir=form.chosen_heir(row),
        keeps=row.keeps,
        now=share_text(now.weight) if now else "",
        now_rough=bool(now and now.rough),
    )


Boxes = Mapping[tuple[int, int], BoundField]


def _weighed(
    draft: "Reorganisation", drafted: Drafted, plan: Plan, facts: Facts, boxes: Boxes
) -> list[Weighed]:
    """Every unit of the draft that more than one unit passes to, with what each of them is in it."""
    givers: dict[int, list[int]] = {}
    for row in drafted.passings:
        taker = row.successor_id or -(row.successor_new_id or 0)
        givers.setdefault(taker, []).append(row.predecessor_id)
    for taker, before in givers.items():
        if (taker, taker) in facts.passed and taker not in before:
            before.append(taker)
    return [
        _weighed_one(draft, plan, facts, taker, before, boxes)
        for taker, before in givers.items()
        if len(before) > 1
    ]


def _weighed_one(
    draft: "Reorganisation",
    plan: Plan,
    facts: Facts,
    taker: int,
    before: Sequence[int],
    boxes: Boxes,
) -> Weighed:
    parts = {attribute: _parts(facts, taker, before, attribute) for _, attribute, _ in COLUMNS}
    lines = []
    for giver in before:
        passed = facts.passed.get((giver, taker))
        lines.append(
            WeighedLine(
                name=plan.names.get(giver, ""),
                note=_until(plan, facts, giver),
                passed=share_text(passed.weight) if passed else "",
                population=facts.sizes[giver].population if giver in facts.sizes else None,
                shares=[
                    Share(words, parts[attribute].get(giver, ""), draft.measure == measure)
                    for measure, attribute, words in COLUMNS
                ],
                box=boxes.get((giver, taker)),
            )
        )
    whole = sum(line.passed == "1" for line in lines)
    known = [line.population for line in lines if line.population is not None]
    founded = next((one for one in plan.founded if one.key == taker), None)
    at = f"mã {founded.code}, " if founded and founded.code else ""
    return Weighed(
        name=plan.names.get(taker, ""),
        note=f"{at}từ {format_date(plan.on)}",
        whole=whole,
        population=sum(known) if len(known) == whole == len(lines) else None,
        measures=[Column(words, bool(parts[attribute])) for _, attribute, words in COLUMNS],
        lines=lines,
    )


def _until(plan: Plan, facts: Facts, giver: int) -> str:
    code = f"mã {facts.codes[giver]}, " if giver in facts.codes else ""
    ends = giver in plan.ended
    return (
        f"{code}đến {format_date(plan.on - timedelta(days=1))}" if ends else f"{code}vẫn hoạt động"
    )


def _parts(facts: Facts, taker: int, before: Sequence[int], attribute: str) -> dict[int, str]:
    """The share of each old unit by one measure; empty where one of them is not known."""
    sizes = {
        giver: getattr(facts.sizes[giver], attribute) if giver in facts.sizes else None
        for giver in before
    }
    passed = {giver: facts.passed.get((giver, taker)) for giver in before}
    if not all(sizes.values()) or not all(passed.values()):
        return {}
    exact = {
        giver: Decimal(size) * row.weight
        for giver, size in sizes.items()
        if size and (row := passed[giver])
    }
    total = sum(exact.values(), Decimal(0))
    return {giver: _thousandths(part, total) for giver, part in exact.items()}


def _thousandths(part: Decimal, total: Decimal) -> str:
    if part == total:
        return "1"
    return share_text(round(part * 1000 / total) * 1000) or "0"
