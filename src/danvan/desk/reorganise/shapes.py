"""What each kind of reorganisation does, in plain words and in a small drawing, and which units its pages ask for."""

from dataclasses import dataclass

from danvan.organisations.enums import EventKind

MANY = 40  # units of one sort on one page
WIDTH, BOX, TALL, GAP = 148, 44, 18, 5  # of the drawing


@dataclass(frozen=True, slots=True)
class Asked:
    """One list of units that a kind asks for: what they are called, how many there are at least and at most, and how
    many rows an empty page offers."""

    label: str
    hint: str = ""
    least: int = 1
    most: int = MANY
    offered: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind: what it does, what it asks for, and whether the units that give go on.

    `draws` is the drawing: the units before, those after, and which become which. A mark before the letter says how
    a unit fares: `-` it ends, `+` it is new; `~` is a space.
    """

    words: str
    draws: tuple[str, str, tuple[tuple[int, int], ...]]
    gives: Asked | None = None
    takes: Asked | None = None
    founds: Asked | None = None
    least_takers: int = 0  # existing and new ones together
    goes_on: bool = False
    changes: tuple[str, ...] = ()

    @property
    def shares(self) -> bool:
        """Whether anything is divided or weighed by it."""
        return self.gives is not None and not self.changes


ENDING = "Chấm dứt hoạt động từ ngày có hiệu lực."
STAYING = "Vẫn là đơn vị đó, giữ tên và mã."
SHAPES: dict[str, Shape] = {
    EventKind.MERGE: Shape(
        "Các đơn vị cũ chấm dứt, cùng lập thành một đơn vị mới.",
        ("-A -B -C", "+D", ((0, 0), (1, 0), (2, 0))),
        gives=Asked("Đơn vị cũ", ENDING, 2),
        founds=Asked("Đơn vị mới", "Là một đơn vị mới, kể cả khi lấy lại tên và mã cũ.", 1, 1),
        least_takers=1,
    ),
    EventKind.INCORPORATE: Shape(
        "Một hay nhiều đơn vị nhập vào một đơn vị đang có; đơn vị nhận vẫn là nó.",
        ("-A B", "B", ((0, 0), (1, 0))),
        gives=Asked("Đơn vị nhập vào", ENDING),
        takes=Asked("Nhập vào đơn vị", STAYING, 1, 1),
        least_takers=1,
    ),
    EventKind.DIVIDE: Shape(
        "Một đơn vị chấm dứt, chia hết cho hai hay nhiều đơn vị.",
        ("-A", "+B +C", ((0, 0), (0, 1))),
        gives=Asked("Đơn vị bị chia", ENDING, 1, 1),
        founds=Asked("Đơn vị mới được lập", least=0, offered=2),
        takes=Asked("Đơn vị đang có cùng nhận", STAYING, 0),
        least_takers=2,
    ),
    EventKind.SPLIT_OFF: Shape(
        "Một phần tách ra thành đơn vị mới; phần còn lại vẫn là đơn vị cũ.",
        ("A", "A +B", ((0, 0), (0, 1))),
        gives=Asked("Đơn vị tách bớt", "Vẫn là đơn vị đó với phần còn lại.", 1, 1),
        founds=Asked("Đơn vị mới tách ra"),
        least_takers=1,
        goes_on=True,
    ),
    EventKind.TERRITORY: Shape(
        "Một phần chuyển từ đơn vị này sang đơn vị khác; cả hai vẫn còn.",
        ("A B", "A B", ((0, 0), (0, 1), (1, 1))),
        gives=Asked("Đơn vị giao bớt", "Vẫn là đơn vị đó với phần còn lại.", 1, 1),
        takes=Asked("Đơn vị nhận thêm", STAYING),
        least_takers=1,
        goes_on=True,
    ),
    EventKind.RENAME: Shape(
        "Vẫn đơn vị đó, từ nay mang tên khác; số liệu liền mạch.",
        ("A", "A′", ((0, 0),)),
        gives=Asked("Đơn vị đổi tên", most=1),
        changes=("name", "type_word", "code"),
    ),
    EventKind.MOVE: Shape(
        "Vẫn đơn vị đó, từ nay thuộc cấp trên khác; số liệu liền mạch.",
        ("X›A", "Y›A", ((0, 0),)),
        gives=Asked("Đơn vị chuyển", most=1),
        changes=("parent",),
    ),
    EventKind.RELEVEL: Shape(
        "Vẫn đơn vị đó, từ nay là phường, thị xã, thành phố hay ở cấp khác.",
        ("xã~A", "ph.~A", ((0, 0),)),
        gives=Asked("Đơn vị đổi cấp, đổi loại hình", most=1),
        changes=("type_word", "level", "name", "code"),
    ),
    EventKind.FOUND: Shape(
        "Lập đơn vị hoàn toàn mới, không lấy gì từ đơn vị nào.",
        ("", "+A", ()),
        founds=Asked("Đơn vị được lập"),
        least_takers=1,
    ),
    EventKind.DISSOLVE: Shape(
        "Đơn vị chấm dứt; việc và số liệu chuyển cho đơn vị đang có.",
        ("-A B", "B", ((0, 0), (1, 0))),
        gives=Asked("Đơn vị giải thể", ENDING),
        takes=Asked("Đơn vị nhận", "Một tổ chức giải thể thì cấp trên của nó nhận.", 0),
    ),
    EventKind.REWEIGH: Shape(
        "Sắp xếp đã xong, tỷ trọng đang ước; thay bằng tỷ trọng thật.",
        ("A", "B C", ((0, 0), (0, 1))),
        gives=Asked("Đơn vị cũ cần thay tỷ trọng", "Đơn vị đã chia, tách trong lần sắp xếp trước."),
    ),
}
# How the page of a new draft offers them.
GROUPS: tuple[tuple[str, tuple[EventKind, ...]], ...] = (
    (
        "Đơn vị thay nhau",
        (
            EventKind.MERGE,
            EventKind.INCORPORATE,
            EventKind.DIVIDE,
            EventKind.SPLIT_OFF,
            EventKind.TERRITORY,
        ),
    ),
    ("Vẫn đơn vị đó", (EventKind.RENAME, EventKind.MOVE, EventKind.RELEVEL)),
    ("Khác", (EventKind.FOUND, EventKind.DISSOLVE, EventKind.REWEIGH)),
)


@dataclass(frozen=True, slots=True)
class Box:
    """One unit of the drawing."""

    letter: str
    x: int
    y: int
    new: bool
    ends: bool

    @property
    def text_x(self) -> int:
        """The middle of the box."""
        return self.x + BOX // 2

    @property
    def text_y(self) -> int:
        """The line its letter stands on."""
        return self.y + 13


@dataclass(frozen=True, slots=True)
class Drawing:
    """A kind as a picture: who was there, who is there then, and what becomes of what."""

    height: int
    boxes: list[Box]
    lines: list[tuple[int, int, int, int]]


def draw(kind: str) -> Drawing:
    """The drawing of a kind, told in words beside it."""
    before, after, ways = SHAPES[kind].draws
    left, right = before.split(), after.split()
    rows = max(len(left), len(right))
    height = rows * TALL + (rows - 1) * GAP + 2
    boxes = [*_column(left, 1, height), *_column(right, WIDTH - BOX - 1, height)]
    ends = [(boxes[start], boxes[len(left) + end]) for start, end in ways]
    lines = [
        (start.x + BOX, start.y + TALL // 2, end.x - 3, end.y + TALL // 2) for start, end in ends
    ]
    return Drawing(height, boxes, lines)


def _column(letters: list[str], x: int, height: int) -> list[Box]:
    tall = len(letters) * TALL + (len(letters) - 1) * GAP
    top = (height - tall) // 2
    return [
        Box(
            one.lstrip("+-").replace("~", " "),
            x,
            top + at * (TALL + GAP),
            one.startswith("+"),
            one.startswith("-"),
        )
        for at, one in enumerate(letters)
    ]
