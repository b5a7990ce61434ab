"""The lineage of a unit as a drawing: who it came from on the left, who took over on the right."""

from dataclasses import dataclass

from danvan.organisations.selectors import Card, Kin

ROW, BOX, TOP = 44, 34, 4
LEFT, MIDDLE, RIGHT, WIDTH, END = 2, 312, 622, 250, 874
SHOWN = 12  # boxes on one side; the table beside the drawing has them all


@dataclass(frozen=True, slots=True)
class Box:
    """One unit in the drawing."""

    id: int
    name: str
    note: str
    x: int
    y: int

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

    left: int
    width: int
    height: int
    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    left_out: int


def _nearest(kin: tuple[Kin, ...], level: str) -> tuple[Kin, ...]:
    """Those of the unit's own level where there are any: a district's share of a commune says little."""
    same = tuple(one for one in kin if one.level == level)
    return same or kin


def draw_lineage(card: Card) -> Drawing | None:
    """The drawing of one card; None where the unit has neither predecessors nor successors."""
    level = card.spans[-1].level
    before, after = _nearest(card.predecessors, level), _nearest(card.successors, level)
    if not before and not after:
        return None
    shown = (before[:SHOWN], after[:SHOWN])
    rows = max(len(shown[0]), len(shown[1]), 1)
    height = rows * ROW + TOP
    middle = (height - BOX) // 2
    boxes = [Box(card.id, card.name, "", MIDDLE, middle)]
    ribbons = []
    for side, kins in zip((LEFT, RIGHT), shown, strict=True):
        offset = (height - len(kins) * ROW) // 2
        for row, kin in enumerate(kins):
            y = offset + row * ROW + TOP
            boxes.append(Box(kin.id, kin.name, kin.share_text, side, y))
            ribbons.append(_ribbon(side, y + BOX // 2, middle + BOX // 2, kin))
    left_out = len(card.predecessors) + len(card.successors) - len(boxes) + 1
    left = 0 if before else MIDDLE - 2
    width = (END if after else MIDDLE + WIDTH + 2) - left
    return Drawing(left, width, height, tuple(boxes), tuple(ribbons), left_out)


def _ribbon(side: int, y: int, middle: int, kin: Kin) -> Ribbon:
    start, end = (LEFT + WIDTH, MIDDLE) if side == LEFT else (MIDDLE + WIDTH, RIGHT)
    from_y, to_y = (y, middle) if side == LEFT else (middle, y)
    bend = (start + end) // 2
    path = f"M{start} {from_y}C{bend} {from_y} {bend} {to_y} {end} {to_y}"
    return Ribbon(path, f"{1 + 7 * kin.weight / 1_000_000:.1f}", kin.estimated)
