"""What waits for the reader today, put together from the selectors of the modules below."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from danvan.accounts.selectors import actions_of
from danvan.activities.selectors import Asked, listed
from danvan.activities.selectors import names_of as names_of_leads
from danvan.desk.targets.board import Line, read_board
from danvan.documents.enums import Stage
from danvan.documents.selectors import RegisterFilter, incoming, to_review, unit_names
from danvan.foundation import clock
from danvan.foundation.lists import COUNTED_TO
from danvan.foundation.periods import Every, Period
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

SHOWN = 5
# Whoever may do one of these has work of their own; everybody else starts where they read.
WORK = frozenset({"documents.review", "documents.register", "activities.record"})


@dataclass(frozen=True, slots=True)
class Tile:
    """One count that waits for somebody, and the list it opens."""

    label: str
    count: str
    url: str
    note: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits: what it is, where it stands, and its state in colour, icon and word."""

    title: str
    url: str
    note: str
    tone: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first rows of one list and the way to all of it."""

    key: str
    title: str
    count: str
    rows: list[Row]
    url: str


@dataclass(frozen=True, slots=True)
class Home:
    """The counts, and the first rows of each list that is not empty."""

    tiles: list[Tile] = field(default_factory=list)
    lists: list[Waiting] = field(default_factory=list)

    def wait(self, key: str, title: str, count: str, rows: list[Row], url: str) -> None:
        """Add a list, where something waits in it."""
        if rows:
            self.lists.append(Waiting(key, title, count, rows, url))


def start_of(actions: frozenset[str]) -> str:
    """The name of the page a reader with these rights starts from: work, targets, or the register."""
    if actions & WORK:
        return "desk:home"
    return "desk:targets" if "targets.view" in actions else "desk:register"


def read_home(user: "User") -> Home:
    """What waits for this reader today. Queries do not grow with what waits."""
    actions, home = actions_of(user), Home()
    if "documents.review" in actions:
        _add_reviews(home, user)
    if "documents.view" in actions and "documents.register" in actions:
        _add_unreadable(home, user)
    if "targets.view" in actions:
        _add_targets(home, user)
    if "activities.record" in actions:
        _add_unproven(home, user)
    return home


def _add_reviews(home: Home, user: "User") -> None:
    found = to_review(user, RegisterFilter(stage=Stage.TO_REVIEW))
    url = f"{reverse('documents:to-review')}?{urlencode({'giai_doan': Stage.TO_REVIEW.value})}"
    count = _count(found)
    rows = [
        Row(title, reverse("documents:review", args=[pk]), note, "orange", "eye", "Chờ kiểm lại")
        for pk, title, note in _documents(found)
    ]
    tone, note = "watch" if rows else "good", "văn bản máy đã đọc"
    home.tiles.append(Tile("Chờ kiểm lại", count, url, note, "text-scan-2", tone))
    home.wait("van-ban", "Văn bản chờ kiểm lại", count, rows, url)


def _add_unreadable(home: Home, user: "User") -> None:
    found = incoming(user, RegisterFilter(stage=Stage.UNREADABLE))
    url = f"{reverse('documents:incoming')}?{urlencode({'giai_doan': Stage.UNREADABLE.value})}"
    count = _count(found)
    if count == "0":
        return
    note = "văn bản cần tệp khác"
    home.tiles.append(Tile("Không đọc được", count, url, note, "file-alert", "late"))


def _add_targets(home: Home, user: "User") -> None:
    year = Period.containing(clock.today(), Every.YEAR)
    board = read_board(user, year)
    lacking = [line for line in board.lines if line.evaluation.missing]
    late = any(line.state.tone == "red" for line in lacking)
    count, label = format_number(len(lacking)), "Chỉ tiêu còn thiếu"
    note = f"trong {format_number(board.counted)} chỉ tiêu {year.label}"
    url = reverse("desk:targets")
    tone = "late" if late else "watch" if lacking else "good"
    home.tiles.append(Tile(label, count, url, note, "target-arrow", tone))
    rows = [_target_row(line, year) for line in lacking[:SHOWN]]
    home.wait("chi-tieu", label, count, rows, url)


def _target_row(line: Line, year: Period) -> Row:
    found, pk = line.evaluation, line.target.pk
    lacks = len(found.missing)
    if lacks == 1:
        place = reverse("desk:target-unit", args=[pk, found.missing[0]])
    else:
        place = reverse("desk:target", args=[pk])
    note = f"{format_number(lacks)} đơn vị còn thiếu trong {format_number(found.denominator)}"
    if line.missing:
        note += f": {line.missing}"
    url = f"{place}?{urlencode({'ky': year.code})}"
    return Row(line.target.title, url, note, line.state.tone, line.state.icon, line.state.word)


def _add_unproven(home: Home, user: "User") -> None:
    found = listed(user, Asked(unproven=True), on=clock.today())
    url = f"{reverse('activities:list')}?{urlencode({'thieu': 'on'})}"
    count = _count(found)
    first = list(found.order_by("held_on", "pk")[:SHOWN])
    names = names_of_leads(first, on=clock.today())
    rows = [
        Row(
            one.title,
            reverse("activities:card", args=[one.pk]),
            f"{names.get(one.unit_id, '')} · {format_date(one.held_on)}".strip(" ·"),
            "grey",
            "file-plus",
            "Chờ bổ sung",
        )
        for one in first
    ]
    tone, note = "info" if rows else "good", "hoạt động đã ghi"
    home.tiles.append(Tile("Chờ minh chứng", count, url, note, "file-plus", tone))
    home.wait("minh-chung", "Hoạt động chưa có minh chứng", count, rows, url)


def _documents(found: QuerySet[Any]) -> list[tuple[int, str, str]]:
    """The latest of these documents: id, what it is called, where it came from."""
    first = list(found.order_by("-registered_at", "-pk")[:SHOWN])
    names = unit_names(first)
    return [
        (
            one.pk,
            ": ".join(part for part in (one.symbol, one.abstract) if part),
            " · ".join(
                part
                for part in (
                    one.issuer_name,
                    one.received_on and f"đến {format_date(one.received_on)}",
                    names.get(one.unit_id, ""),
                )
                if part
            ),
        )
        for one in first
    ]


def _count(found: QuerySet[Any]) -> str:
    """How many, exact up to 1,000: the same words as above the list itself."""
    number = found.order_by()[: COUNTED_TO + 1].count()
    exact = number <= COUNTED_TO
    return format_number(number) if exact else f"hơn {format_number(COUNTED_TO)}"
