"""The lineage of a unit as a drawing: what it came from on the left, what became of it on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from danvan.organisations.selectors.lineages import Kinship, Tie

ROW, BOX, TOP = 44, 34, 4
WIDTH, STEP, EDGE = 250, 310, 2
SHOWN = 12  # boxes in one generation; the table beside the drawing has them all
LONGEST = 30  # letters of a name and its share in a box
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """One unit in the drawing. `own` is the unit itself, `gone` one that has ended."""

    id: int
    name: str
    note: str
    x: int
    y: int
    own: bool
    gone: bool

    @property
    def short(self) -> str:
        """As much of the name as the box holds beside its share."""
        room = LONGEST - len(self.note)
        return self.name if len(self.name) <= room else f"{self.name[: room - 1]}…"

    @property
    def text_y(self) -> int:
        """The line its words stand on."""
        return self.y + 22

    @property
    def text_x(self) -> int:
        """Where its name begins."""
        return self.x + 10

    @property
    def note_x(self) -> int:
        """Where its note ends."""
        return self.x + WIDTH - 10


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The share that passed between two boxes: a curve, as wide as the share."""

    path: str
    width: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and ribbons with the size of the picture, and how many units are only in the table."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    left_out: int


def share_text(weight: int) -> str:
    """A share in words: trọn vẹn, or 41,3 %."""
    if weight == MILLION:
        return "trọn vẹn"
    tenths = (weight + 500) // 1000
    return f"{tenths // 10},{tenths % 10}\u00a0%" if tenths else "dưới 0,1\u00a0%"


def _columns(ties: Sequence[Tie], *, backwards: bool) -> list[list[tuple[int, Tie]]]:
    """The units of each generation with the tie that leads to each, the nearest generation first."""
    found: dict[int, dict[int, Tie]] = {}
    for tie in ties:
        unit = tie.predecessor_id if backwards else tie.successor_id
        found.setdefault(tie.step, {}).setdefault(unit, tie)
    return [list(units.items()) for _, units in sorted(found.items())]


def draw_lineage(unit_id: int, kinship: Kinship) -> Drawing | None:
    """The drawing of a unit's kin; None where it has neither predecessors nor successors."""
    before = _columns(kinship.before, backwards=True)
    after = _columns(kinship.after, backwards=False)
    if not before and not after:
        return None
    columns: list[Sequence[tuple[int, Tie | None]]] = [
        *(units[:SHOWN] for units in reversed(before)),
        [(unit_id, None)],
        *(units[:SHOWN] for units in after),
    ]
    height = max(len(units) for units in columns) * ROW + TOP
    boxes: dict[int, Box] = {}
    for place, units in enumerate(columns):
        top = (height - len(units) * ROW) // 2
        for row, (unit, tie) in enumerate(units):
            boxes[unit] = Box(
                id=unit,
                name=kinship.names[unit],
                note=share_text(tie.weight) if tie else "",
                x=EDGE + place * STEP,
                y=top + row * ROW + TOP,
                own=tie is None,
                gone=unit in kinship.ended,
            )
    drawn = [
        _ribbon(boxes[tie.predecessor_id], boxes[tie.successor_id], tie)
        for tie in (*kinship.before, *kinship.after)
        if tie.predecessor_id in boxes and tie.successor_id in boxes
    ]
    left_out = sum(max(len(units) - SHOWN, 0) for units in (*before, *after))
    width = (len(columns) - 1) * STEP + WIDTH + 2 * EDGE
    return Drawing(width, height, tuple(boxes.values()), tuple(drawn), left_out)


def _ribbon(old: Box, new: Box, tie: Tie) -> Ribbon:
    start, end = old.x + WIDTH, new.x
    from_y, to_y = old.y + BOX // 2, new.y + BOX // 2
    bend = (start + end) // 2
    path = f"M{start} {from_y}C{bend} {from_y} {bend} {to_y} {end} {to_y}"
    return Ribbon(path, f"{1 + 7 * tie.weight / MILLION:.1f}", tie.estimated)
