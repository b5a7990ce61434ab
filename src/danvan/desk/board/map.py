"""The map of tiles: one tile a place, with its text, near where the place lies."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from danvan.desk.board.tiles import lay_out
from danvan.organisations.selectors import positions
from danvan.vietnamese.numbers import format_number

CELL = 22  # a tile of 20 and the gap beside it
TILE = CELL - 2
SEA = 92  # the strip on the right where the two archipelagos are drawn
LEAST_WIDTH = 380  # a map of few places is not drawn larger than life
LEAST_HEIGHT = 154  # below it the two would stand upon each other
SHADES = 4
THOUSAND = 1000
LONG = 3  # letters from which a text is written smaller


@dataclass(frozen=True, slots=True)
class Said:
    """What one place has to say: the text of its tile, the group it falls in, and the page behind it."""

    text: str
    words: str  # "0 nội dung"
    group: str  # the tone
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One line of the legend."""

    tone: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One place on the map, or beside it where nobody knows where it lies."""

    place_id: int
    name: str
    said: Said
    x: int = 0
    y: int = 0

    @property
    def crowded(self) -> bool:
        """Whether its text needs smaller letters."""
        return len(self.said.text) >= LONG

    @property
    def middle(self) -> int:
        """Where its text stands, across."""
        return self.x + TILE // 2

    @property
    def foot(self) -> int:
        """Where its text stands, down."""
        return self.y + TILE - 6


@dataclass(frozen=True, slots=True)
class Placed:
    """A group of the legend with its places, by name."""

    group: Group
    tiles: list[Tile]


@dataclass(frozen=True, slots=True)
class TileMap:
    """All that the template draws, and the same in words and links."""

    title: str
    note: str
    groups: list[Placed]
    tiles: list[Tile]
    width: int
    height: int
    sea: int  # where the strip of the sea begins
    unplaced: list[Tile] = field(default_factory=list)

    @property
    def everyone(self) -> list[Tile]:
        """Every place, those with a known position first."""
        return [*self.tiles, *self.unplaced]

    @property
    def islands(self) -> tuple[int, int]:
        """Where Hoàng Sa and Trường Sa stand, down."""
        return self.height // 3, self.height * 2 // 3 + 8


def read_map(
    title: str,
    note: str,
    places: list[tuple[int, str]],
    said: Mapping[int, Said],
    groups: Iterable[Group],
    *,
    on: date,
) -> TileMap:
    """The places with what each says; one that says nothing is left out. One query."""
    shown = [(pk, name) for pk, name in places if pk in said]
    known = positions([pk for pk, _ in shown], on)
    layout = lay_out({pk: (float(at.latitude), float(at.longitude)) for pk, at in known.items()})
    tiles, unplaced = [], []
    top = max(0, LEAST_HEIGHT - layout.rows * CELL) // 2
    left = max(0, LEAST_WIDTH - SEA - layout.columns * CELL - 10) // 2
    for pk, name in shown:
        if pk in layout.cells:
            column, row = layout.cells[pk]
            tiles.append(Tile(pk, name, said[pk], 1 + left + column * CELL, 1 + top + row * CELL))
        else:
            unplaced.append(Tile(pk, name, said[pk]))
    everyone = [*tiles, *unplaced]
    order = {pk: number for number, (pk, _) in enumerate(shown)}
    placed = [
        Placed(
            group,
            sorted(
                (one for one in everyone if one.said.group == group.tone),
                key=lambda one: order[one.place_id],
            ),
        )
        for group in groups
    ]
    sea = max(layout.columns * CELL + 10, LEAST_WIDTH - SEA)
    height = max(LEAST_HEIGHT, layout.rows * CELL)
    found = [one for one in placed if one.tiles]
    return TileMap(title, note, found, tiles, sea + SEA, height, sea, unplaced)


def shaded(
    amounts: Mapping[int, Decimal | None],
    text: Callable[[Decimal], str],
    url: Callable[[int], str],
) -> tuple[dict[int, Said], list[Group], str]:
    """Amounts as tiles in up to four shades, the darkest highest; the legend; and what the texts leave out."""
    known = sorted(amount for amount in amounts.values() if amount is not None)
    bounds = _bounds(known)
    scaled = bool(known) and known[-1] >= THOUSAND
    groups, said = [], {}
    for number, lowest in enumerate(bounds):
        end = bisect_left(known, bounds[number + 1]) if number + 1 < len(bounds) else len(known)
        low, high = text(lowest), text(known[end - 1])
        groups.append(Group(str(number + 1), "", low if low == high else f"{low} – {high}"))
    groups.append(Group("grey", "circle-dashed", "Chưa có số liệu"))
    for pk, amount in amounts.items():
        if amount is None:
            said[pk] = Said("–", "chưa có số liệu", "grey", url(pk))
            continue
        short = (
            format_number(amount / THOUSAND, 1) if scaled else text(amount).partition("\u00a0")[0]
        )
        said[pk] = Said(short, text(amount), str(bisect_right(bounds, amount)), url(pk))
    return said, groups, "số trong ô tính bằng nghìn" if scaled else ""


def _bounds(known: list[Decimal]) -> list[Decimal]:
    """Where each shade begins: quarters of the places, equal amounts never divided."""
    found = {known[len(known) * number // SHADES] for number in range(SHADES)} if known else set()
    return sorted(found | {known[0]}) if known else []
