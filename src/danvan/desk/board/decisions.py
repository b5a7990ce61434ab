"""What waits for the reader's own decision, each with the one page where it is taken."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from danvan.accounts.selectors import actions_of
from danvan.analytics.selectors import allowed_reviews
from danvan.commitments.enums import Ruling
from danvan.commitments.selectors import open_explanations, open_extensions
from danvan.desk.board.due import LONG, PATIENCE, long_claims
from danvan.desk.board.lateness import ledger_url, place_meant
from danvan.desk.links import way
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import last_names
from danvan.petitions.selectors import late_publications
from danvan.reporting.enums import Standing
from danvan.reporting.selectors import allowed_obligations, laid_before, waiting_for
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.desk.board.scope import Scope

SHOWN = 5
MONTHS_SHOWN = 2  # of each kind, the longest waiting first


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to decide: what, its state in colour, icon and word, and the act that opens it."""

    title: str
    url: str
    note: str
    tone: str
    icon: str
    word: str
    act: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The first of them, the pressing ones first, and how many there are."""

    lines: list[Decision]
    count: int
    url: str  # all of the longest kind

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Kind:
    """The first decisions of one kind and how many there are of it."""

    lines: list[Decision]
    count: int
    url: str = ""


def read_decisions(user: "User", scope: "Scope", today: date) -> Decisions:
    """What waits for `user` at the place of the board. Queries do not grow with what waits."""
    actions = actions_of(user)
    kinds = [
        _extensions(user, scope, today),
        _explanations(user, scope, today),
        _claims(user, scope, today),
        _publications(user, scope, today, actions),
        *_reports(user, scope, actions),
        _reviews(user, scope, today, actions),
    ]
    lines = [line for kind in kinds for line in kind.lines]
    pressing = {"red": 0, "orange": 1}
    lines.sort(key=lambda line: pressing.get(line.tone, 2))
    longest = max(kinds, key=lambda kind: kind.count - len(kind.lines))
    return Decisions(lines[:SHOWN], sum(kind.count for kind in kinds), longest.url)


def _extensions(user: "User", scope: "Scope", today: date) -> Kind:
    found = open_extensions(user)
    if scope.narrowed:
        found = found.filter(commitment__lead_id__in=scope.within)
    first = list(found[:SHOWN])
    names = last_names({one.commitment.lead_id for one in first}, today)
    lines = [
        Decision(
            title=f"{names.get(one.commitment.lead_id, '')} xin gia hạn: {one.commitment.title}",
            url=way("commitments:card", one.commitment_id, at="#gia-han"),
            note=f"Hạn gốc {_day(one.commitment.first_due_on)}, xin đến {_day(one.new_due_on)}.",
            tone="red" if one.old_due_on < today else "orange",
            icon="alert-triangle" if one.old_due_on < today else "calendar-plus",
            word="Quá hạn" if one.old_due_on < today else "Xin gia hạn",
            act="Xem và quyết",
        )
        for one in first
    ]
    return Kind(lines, _count(found, first), ledger_url("", unit=place_meant(scope)))


def _explanations(user: "User", scope: "Scope", today: date) -> Kind:
    found = open_explanations(user)
    if scope.narrowed:
        found = found.filter(Q(unit_id__in=scope.within) | Q(asker_id__in=scope.within))
    first = list(found[:SHOWN])
    names = last_names({one.unit_id for one in first}, today)
    lines = [_explanation(one, names.get(one.unit_id, ""), today) for one in first]
    return Kind(lines, _count(found, first), way("commitments:explanations"))


def _explanation(one: Any, unit: str, today: date) -> Decision:
    url = way("commitments:explanation", one.pk)
    if one.answered_at is not None and one.ruling == Ruling.OPEN:
        note = "Đơn vị đã trả lời, chờ đồng chí tiếp nhận hoặc yêu cầu giải trình lại."
        title = f"{unit} giải trình: {one.subject}"
        return Decision(
            title, url, note, "orange", "message-check", "Đã giải trình", "Xem và quyết"
        )
    late = one.due_on < today
    return Decision(
        title=f"{unit} cần giải trình: {one.subject}",
        url=url,
        note=f"Trả lời trước ngày {format_date(one.due_on)}.",
        tone="red" if late else "orange",
        icon="alert-triangle" if late else "message-question",
        word="Quá hạn trả lời" if late else "Chờ trả lời",
        act="Giải trình",
    )


def _claims(user: "User", scope: "Scope", today: date) -> Kind:
    """Claims that nobody has checked for days: one line for all of them."""
    found = long_claims(user, scope, today)
    oldest = found.first()
    if oldest is None:
        return Kind([], 0)
    count = format_number(found.order_by().count())
    line = Decision(
        title=f"{count} việc báo xong quá {PATIENCE} ngày mà chưa kiểm tra",
        url=way("desk:board-due", so=LONG, don_vi=scope.place_id),
        note=f"Lâu nhất từ {_day(oldest.claimed_on)}: {oldest.title}. Hạn của việc ở kỳ nào cũng tính.",
        tone="orange",
        icon="eye-check",
        word="Chờ kiểm tra",
        act="Kiểm tra",
    )
    return Kind([line], 1)


def _publications(user: "User", scope: "Scope", today: date, actions: frozenset[str]) -> Kind:
    """What people wish to be public and nobody looked through in time: one line for all units."""
    if "petitions.handle" not in actions:
        return Kind([], 0)
    found = late_publications(user)
    if scope.narrowed:
        found = found.filter(petition__unit_id__in=scope.within)
    oldest = found.first()
    if oldest is None:
        return Kind([], 0)
    units = found.order_by().values("petition__unit_id").distinct().count()
    count = format_number(found.order_by().count())
    line = Decision(
        title=f"{count} ý kiến quá hạn duyệt công khai ở {format_number(units)} đơn vị",
        url=way("petitions:publications", xem="don-vi"),
        note=f"Lâu nhất hạn {format_date(oldest.due_on)}: {oldest.petition.number}.",
        tone="red",
        icon="alert-triangle",
        word="Quá hạn duyệt",
        act="Xem từng đơn vị",
    )
    return Kind([line], 1)


def _reports(user: "User", scope: "Scope", actions: frozenset[str]) -> list[Kind]:
    """Months with reports to accept, for who accepts; and months all accepted, to be locked."""
    found = []
    if "submissions.release" in actions:
        found.append(_laid(user, scope))
    if "submissions.approve" in actions:
        mine = Q(pk__in=waiting_for(user).values("pk"))
        months = _months(user, "submissions.approve", scope, mine)
        found.append(
            _month_lines(months, "báo cáo chờ duyệt", "Xem và duyệt", "Chờ duyệt", "clock")
        )
    if "submissions.lock" in actions:
        months = _months(user, "submissions.lock", scope, Q(standing=Standing.ACCEPTED))
        ready = [one for one in months if not one["waiting"]]
        found.append(
            _month_lines(
                ready, "báo cáo đã duyệt, chờ chốt số liệu", "Xem và chốt", "Chờ chốt", "lock"
            )
        )
    return found


def _laid(user: "User", scope: "Scope") -> Kind:
    """Reports that lie before the reader as head of the unit."""
    owed = laid_before(user).order_by("due_on", "pk")
    if scope.narrowed:
        owed = owed.filter(unit_id__in=scope.within)
    lines = [
        Decision(
            title=f"{one.form.name} {Period.containing(one.first, Every.MONTH).label}",
            url=way("reporting:laid", one.pk),
            note=f"Hạn {format_date(one.due_on)}; tính là đã gửi từ ngày đồng chí duyệt.",
            tone="orange",
            icon="clock",
            word="Chờ duyệt gửi",
            act="Xem và duyệt",
        )
        for one in owed[:MONTHS_SHOWN]
    ]
    return Kind(lines, owed.count())


def _months(user: "User", action: str, scope: "Scope", which: Q) -> list[dict[str, Any]]:
    owed: QuerySet[Any] = allowed_obligations(user, action).select_related(None)
    if scope.narrowed:
        owed = owed.filter(unit_id__in=scope.within)
    owed = owed.filter(standing__in=(Standing.SENT, Standing.ACCEPTED))
    return list(
        owed.order_by()
        .values("form_id", "form__name", "first")
        .annotate(
            number=Count("pk", filter=which), waiting=Count("pk", filter=Q(standing=Standing.SENT))
        )
        .filter(number__gt=0)
        .order_by("first", "form_id")
    )


def _month_lines(months: list[dict[str, Any]], what: str, act: str, word: str, icon: str) -> Kind:
    lines = [
        Decision(
            title=f"{one['form__name']} {Period.containing(one['first'], Every.MONTH).label}",
            url=way("reporting:period", one["form_id"], f"{one['first']:%Y-%m}"),
            note=f"{format_number(one['number'])} {what}.",
            tone="grey",
            icon=icon,
            word=word,
            act=act,
        )
        for one in months[:MONTHS_SHOWN]
    ]
    return Kind(lines, len(months), way("reporting:home"))


def _reviews(user: "User", scope: "Scope", today: date, actions: frozenset[str]) -> Kind:
    """The review of the year that is over, or about to be, and is not signed yet."""
    if "reports.sign" not in actions or not scope.whole:
        return Kind([], 0)
    month = timedelta(days=31)
    year = Period.containing(today - month, Every.YEAR)
    signed = allowed_reviews(user, "reports.sign").filter(unit_id=scope.place_id, period=year.code)
    if today < year.last - month or signed.exists():
        return Kind([], 0)
    line = Decision(
        title=f"Báo cáo tổng hợp {year.label}, {scope.name}",
        url=way("desk:summary", don_vi=scope.place_id, ky=year.code),
        note="Chưa có bản ký. Máy cộng lại mọi con số trước khi cho ký.",
        tone="grey",
        icon="file-pencil",
        word="Chờ ký",
        act="Mở báo cáo",
    )
    return Kind([line], 1)


def _count(found: QuerySet[Any], first: list[Any]) -> int:
    return len(first) if len(first) < SHOWN else found.order_by().count()


def _day(day: date | None) -> str:
    return format_date(day) if day else "chưa rõ"
