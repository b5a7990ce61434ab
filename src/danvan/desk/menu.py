"""The one menu of all roles, showing only what the reader may open, and the frame around every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from danvan.accounts.selectors import actions_of, grants_today
from danvan.desk.home.reading import WORK
from danvan.desk.readings import DOC, code_of, reading_asked
from danvan.foundation import clock
from danvan.organisations.selectors import last_names


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the menu before it is known who reads it."""

    label: str
    icon: str
    name: str  # of the URL
    action: str  # what its view requires
    needs: frozenset[str] = frozenset()  # and one of these, where given


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu as shown. `current` is `page` on the page itself, `true` below it, else empty."""

    label: str
    icon: str
    url: str
    current: str


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of lines."""

    title: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class SearchBox:
    """Where the search box of the top bar leads, and what it says."""

    url: str
    name: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around the page: the reader's place and the search box."""

    place: str
    search: SearchBox | None


# Whoever follows or does what is on the ledger may keep a log of their own.
LOGS = frozenset({"commitments.perform", "commitments.verify"})

MENU: tuple[tuple[str, tuple[Way, ...]], ...] = (
    (
        "",
        (
            Way("Bảng điều hành", "layout-dashboard", "desk:board", "board.view"),
            Way("Việc hôm nay", "checklist", "desk:home", "accounts.own", WORK),
        ),
    ),
    (
        "Văn bản",
        (
            Way("Có gì mới", "bell-ringing", "documents:news", "documents.view"),
            Way("Văn bản đến", "inbox", "documents:incoming", "documents.view"),
            Way("Văn bản đi", "send", "documents:issued", "documents.view"),
            Way("Đọc văn bản", "text-scan-2", "documents:to-review", "documents.review"),
        ),
    ),
    (
        "Việc phải làm",
        (
            Way("Việc phải làm", "flag", "commitments:list", "commitments.view"),
            Way(
                "Khó khăn, vướng mắc", "help-circle", "commitments:difficulties", "commitments.view"
            ),
            Way("Chương trình, lịch", "calendar", "commitments:calendar", "commitments.view"),
            Way("Nhật ký công việc", "notebook", "commitments:work-log", "accounts.own", LOGS),
            Way("Đơn thư, kiến nghị", "mailbox", "petitions:list", "petitions.view"),
            Way("Tiếp công dân", "users-group", "reception:list", "petitions.view"),
            Way("Tố cáo", "lock", "vault:list", "vault.enter"),
            Way("Đối thoại", "messages", "dialogues:list", "dialogues.view"),
            Way("Dân chủ ở cơ sở", "building-community", "grassroots:list", "dialogues.view"),
            Way("Hoạt động", "calendar-event", "activities:list", "activities.view"),
            Way("Tin, bài", "news", "news:list", "news.view"),
        ),
    ),
    (
        "Số liệu",
        (
            Way("Báo cáo, biểu mẫu", "forms", "reporting:home", "submissions.view"),
            Way("Chỉ tiêu", "target-arrow", "desk:targets", "targets.view"),
            Way("Số liệu đơn thư", "chart-bar", "petition_figures:figures", "petitions.view"),
            Way("Danh mục chỉ số", "number", "desk:indicators", "board.view"),
            Way("Báo cáo tổng hợp", "report-analytics", "desk:summary", "reports.compose"),
        ),
    ),
    (
        "Quản trị",
        (
            Way("Sổ đơn vị", "sitemap", "desk:register", "register.view"),
            Way("Sắp xếp đơn vị", "git-merge", "desk:reorganisations", "register.reorganise"),
            Way("Nhận bàn giao", "transfer-in", "desk:hand-overs", "handovers.accept"),
            Way("Người dùng", "users", "accounts:users", "accounts.view"),
            Way("Khóa kết nối", "plug-connected", "exchange:keys", "keys.manage"),
            Way("Lĩnh vực", "tags", "desk:topics", "law.view"),
            Way("Tham số pháp luật", "gavel", "desk:law", "law.view"),
            Way("Nhật ký", "history", "desk:audit", "audit.view"),
            Way("Tình trạng", "heartbeat", "desk:health", "health.view"),
        ),
    ),
)


# The pages that take over the reading of the page they are opened from.
READ = frozenset({"desk:board", "desk:targets", "desk:summary"})


def menu_for(actions: frozenset[str], path: str, doc: str = "") -> list[Section]:
    """The menu of a reader who may do `actions`, read at `path` in the reading `doc`."""
    urls = {way.name: reverse(way.name) for _, ways in MENU for way in ways}
    shown = [(title, [way for way in ways if _open(way, actions)]) for title, ways in MENU]
    above = [url for url in urls.values() if len(url) > 1 and path.startswith(url)]
    here = path if path in urls.values() else max(above, key=len, default="")
    return [
        Section(title, [_entry(way, urls[way.name], path, here, doc) for way in ways])
        for title, ways in shown
        if ways
    ]


def _open(way: Way, actions: frozenset[str]) -> bool:
    return way.action in actions and (not way.needs or bool(way.needs & actions))


def _entry(way: Way, url: str, path: str, here: str, doc: str) -> Entry:
    current = "" if url != here else "page" if url == path else "true"
    said = f"?{DOC}={doc}" if doc and way.name in READ else ""
    return Entry(way.label, way.icon, f"{url}{said}", current)


def shell_for(user: Any, actions: frozenset[str]) -> Shell:
    """The place of the reader's first grant, and a search box over documents or, failing them, units."""
    held = grants_today(user)
    names = last_names([held[0].unit_id], clock.today()) if held else {}
    place = names.get(held[0].unit_id, "") if held else ""
    if "documents.view" in actions:
        url, hint = reverse("documents:incoming"), "Tìm văn bản, không cần dấu"
        return Shell(place, SearchBox(url, "q", "Tìm văn bản đến", hint))
    if "register.view" in actions:
        url, hint = reverse("desk:find-units"), "Tìm đơn vị, không cần dấu"
        return Shell(place, SearchBox(url, "q", "Tìm đơn vị", hint))
    return Shell(place, None)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `menu`, a list of sections, and `shell`. Both are worked out only when shown."""

    def actions() -> frozenset[str]:
        return actions_of(request.user) if _known(request) else frozenset()

    def sections() -> list[Section]:
        reading, _ = reading_asked(request.GET.get(DOC))
        return menu_for(actions(), request.path, code_of(reading))

    def shell() -> Shell:
        return shell_for(request.user, actions()) if _known(request) else Shell("", None)

    return {"menu": SimpleLazyObject(sections), "shell": SimpleLazyObject(shell)}


def _known(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
