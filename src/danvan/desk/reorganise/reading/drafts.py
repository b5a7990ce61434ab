"""A draft as its pages show it: its steps, its units, who made it, what it changes in the register."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from danvan.accounts.selectors import units_granted
from danvan.desk.reorganise.forms.fields import ACTION
from danvan.desk.reorganise.forms.starting import DOCUMENT, eve_of
from danvan.desk.reorganise.forms.units import Chosen, NewRow
from danvan.desk.reorganise.shapes import SHAPES
from danvan.documents.selectors import allowed_documents
from danvan.foundation import clock
from danvan.organisations.enums import EventKind, EventState, Level
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.reorganising.ground import Drafted
from danvan.organisations.selectors.reorganising.lists import reorganisations
from danvan.organisations.selectors.reorganising.plan import Plan, Standing
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Reorganisation

SHOWN = 12  # units of one sort that are named
WHOLE = 1_000_000  # parts per million
STEPS = (
    ("units", "Đơn vị"),
    ("shares", "Tỷ trọng"),
    ("check", "Kiểm tra"),
    ("preview", "Xem trước"),
    ("apply", "Áp dụng"),
)
TONES = {
    EventState.DRAFT: ("orange", "pencil"),
    EventState.APPLIED: ("green", "circle-check"),
    EventState.UNDONE: ("grey", "arrow-back-up"),
    EventState.DROPPED: ("grey", "ban"),
}


@dataclass(frozen=True, slots=True)
class Tone:
    """How a state looks."""

    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a draft."""

    key: str
    label: str
    url: str
    current: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every page of a reorganisation."""

    steps: list[Step]
    maker: str
    applier: str
    undoer: str
    document_url: str
    later: bool  # its day is still to come
    latest: "Reorganisation | None"

    @property
    def following(self) -> Step:
        """The step after the current one."""
        at = next((place for place, one in enumerate(self.steps) if one.current), 0)
        return self.steps[min(at + 1, len(self.steps) - 1)]


def tone_of(state: str) -> Tone:
    """How a state is shown."""
    return Tone(*TONES[EventState(state)])


def head_of(user: "User", one: "Reorganisation", current: str = "") -> Head:
    """Steps, people, and the document where the reader may open it. At most two queries."""
    wanted = [step for step in STEPS if step[0] != "shares" or SHAPES[one.kind].shares]
    keys = [key for key, _ in wanted]
    at = keys.index(current) if current in keys else 0
    mine = reorganisations(units_granted(user, ACTION), state=EventState.APPLIED)
    return Head(
        steps=[
            Step(key, label, reverse(f"desk:reorganise-{key}", args=[one.pk]), key == current, place < at)
            for place, (key, label) in enumerate(wanted)
        ],
        maker=one.made_by.full_name if one.made_by else "",
        applier=one.applied_by.full_name if one.applied_by else "",
        undoer=one.undone_by.full_name if one.undone_by else "",
        document_url=_document_url(user, one),
        later=one.effective_on > clock.today(),
        latest=mine.order_by("-applied_order").first() if current == "preview" else None,
    )  # fmt: skip


def _document_url(user: "User", one: "Reorganisation") -> str:
    if one.source_kind != DOCUMENT or one.source_id is None:
        return ""
    seen = allowed_documents(user, "documents.view").filter(pk=one.source_id).exists()
    return reverse("documents:card", args=[one.source_id]) if seen else ""


def chosen_of(draft: "Reorganisation", drafted: Drafted) -> Chosen:
    """The units of a draft as its first page shows them. Two queries."""
    shape, eve = SHAPES[draft.kind], eve_of(draft)
    if shape.changes:
        return _change_of(drafted, eve)
    gives = list(dict.fromkeys(row.predecessor_id for row in drafted.passings))
    takes = [row.successor_id for row in drafted.passings if row.successor_id]
    if draft.kind == EventKind.REWEIGH:
        takes = []
    rows = drafted.new_units
    above = {row.pk: row.place_id if row.kind else row.parent_id for row in rows}
    names = last_names([one for one in above.values() if one], eve)
    founds = [
        NewRow(
            name=row.name, type_word=row.type_word.capitalize(), level=row.level, kind=row.kind,
            code=row.code, under=names.get(above[row.pk] or 0, ""), under_id=above[row.pk], pk=row.pk,
        )
        for row in rows
    ]  # fmt: skip
    return Chosen(gives, [one for one in dict.fromkeys(takes) if one not in gives], founds)


def _change_of(drafted: Drafted, eve: date) -> Chosen:
    row = next(iter(drafted.changes), None)
    if row is None:
        return Chosen()
    parent = last_names([row.parent_id], eve).get(row.parent_id, "") if row.parent_id else ""
    change = {
        "name": row.name,
        "type_word": row.type_word.capitalize(),
        "level": row.level,
        "code": row.code,
        "parent": parent,
        "parent_id": row.parent_id,
    }
    return Chosen(gives=[row.unit_id], change=change)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what changes."""

    name: str
    note: str = ""
    url: str = ""


Changes = list[tuple[str, list[Told]]]


def changes_of(plan: Plan) -> Changes:
    """What the register says differently from the day: by what happens, places first, the rest counted."""
    founded = {one.key: one.standing for one in plan.founded}
    groups = [
        ("Chấm dứt", _standing_first(plan.ended, plan.standing, lambda unit: _ended(plan, unit))),
        ("Lập mới", _standing_first(founded, founded, lambda key: _founded(plan, key))),
        ("Đổi", [_changed(plan, one) for one in plan.changed]),
        ("Chuyển phần", _passed(plan)),
    ]
    return [(title, few(lines)) for title, lines in groups if lines]


def _standing_first(
    units: Iterable[int], standing: Mapping[int, Standing], told: Callable[[int], Told]
) -> list[Told]:
    """The places, and how many organisations with them; organisations alone are all told."""
    places = [unit for unit in units if unit in standing and standing[unit].is_place]
    bodies = [unit for unit in units if unit not in places]
    if not places:
        return [told(unit) for unit in bodies]
    lines = few([told(unit) for unit in places])
    if bodies:
        lines.append(Told(f"và {format_number(len(bodies))} tổ chức đứng ở đó"))
    return lines


def _ended(plan: Plan, unit: int) -> Told:
    heir = plan.heirs.get(unit)
    # A new unit may take an old name back.
    new = " (mới)" if heir and heir < 0 and plan.names[heir] == plan.names[unit] else ""
    note = f"việc đang mở sang {plan.names[heir]}{new}" if heir else ""
    return Told(plan.names[unit], note, reverse("desk:unit", args=[unit]))


def _founded(plan: Plan, key: int) -> Told:
    one = next(row for row in plan.founded if row.key == key)
    above = one.standing.parent if one.standing.is_place else None
    parts = [f"mã {one.code}"] if one.code else []
    if above in plan.names and above is not None:
        parts.append(f"thuộc {plan.names[above]}")
    return Told(one.standing.name, ", ".join(parts))


def _changed(plan: Plan, one: Any) -> Told:
    return Told(
        one.before.name, "; ".join(_differences(plan, one)), reverse("desk:unit", args=[one.unit])
    )


def _differences(plan: Plan, one: Any) -> Iterable[str]:
    before: Standing = one.before
    after: Standing = one.after
    if before.name != after.name:
        yield f"thành {after.name}"
    if before.level != after.level:
        yield f"{Level(before.level).label.lower()} thành {Level(after.level).label.lower()}"
    if before.parent != after.parent and after.parent is not None:
        yield f"thuộc {plan.names.get(after.parent, 'cấp trên mới')}"
    if before.place != after.place and after.place is not None:
        yield f"đứng ở {plan.names.get(after.place, 'nơi mới')}"
    if before.area_km2 != after.area_km2 and after.area_km2 is not None:
        yield f"diện tích {format_number(after.area_km2)} km²"
    if one.code:
        yield f"mã {one.code}"


def _passed(plan: Plan) -> list[Told]:
    """What is divided; of places alone where there are any: their organisations go with them."""
    founded = {one.key: one.standing for one in plan.founded}
    rows = [row for row in plan.passed if row.weight != WHOLE and row.predecessor != row.successor]
    known = {**plan.standing, **founded}
    bodies = {unit for unit, standing in known.items() if not standing.is_place}
    places = [row for row in rows if not {row.predecessor, row.successor} & bodies]
    return parts_told(
        ((row.predecessor, row.successor, row.weight) for row in places or rows), plan.names
    )


def parts_told(rows: Iterable[tuple[int, int, int]], names: Mapping[int, str]) -> list[Told]:
    """What passed from one unit to another by a share other than the whole, and was not kept."""
    return [
        Told(
            f"{names[giver]} sang {names[taker]}",
            f"{format_number(Decimal(weight) / 10_000, 1)}\u00a0%",
        )
        for giver, taker, weight in rows
        if weight != WHOLE and giver != taker
    ]


def few(lines: Sequence[Told]) -> list[Told]:
    """The first lines, the rest counted."""
    more = len(lines) - SHOWN
    if more <= 1:
        return list(lines)
    return [*lines[:SHOWN], Told(f"và {format_number(more)} đơn vị khác")]
