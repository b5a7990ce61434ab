"""What the law asks of citizen reception, held against what was done; it is told, never punished. No number stands here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.law.enums import Confidence
from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.selectors import Deadline, deadline_by, parameter
from danvan.organisations.enums import LINE, Kind, Level, Line
from danvan.petitions.models import ReceptionDay, ReceptionVisit
from danvan.petitions.reception_enums import (
    CHAIRMAN_KEY,
    HEAD_KEY,
    ONLINE_CONNECT_KEY,
    ONLINE_INVITE_KEY,
    ONLINE_TEST_KEY,
    POST_KEY,
    SECRETARY_KEY,
    Receiver,
)
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.law.models import LegalParameter


OPEN = "Chưa ghi"  # of what nobody wrote down yet


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: what it asks, how it stands in a word, and why."""

    rule: str
    tone: str
    word: str
    note: str = ""

    @property
    def taken(self) -> bool:
        """Whether it is written down that this was done, in time or late."""
        return not self.word.startswith(OPEN)


@dataclass(frozen=True, slots=True)
class Least:
    """How many days a head owes, by which row of the law; `weekly` where the law of that day counted by the week."""

    number: int
    row: "LegalParameter"

    @property
    def weekly(self) -> bool:
        """Whether the number is of a week."""
        return self.row.unit.endswith("week")


# Whose heads the law asks for no number of days: it speaks of agencies, not of the Front and the unions.
UNASKED = frozenset(
    kind for kind, line in LINE.items() if line not in (Line.PARTY, Line.COUNCIL, Line.GOVERNMENT)
)


def min_key(kind: str, level: str) -> str:
    """The row of the law by which such a head receives citizens; empty where it asks for no number."""
    if kind in UNASKED:
        return ""
    if kind == Kind.PARTY_COMMITTEE and level in (Level.PROVINCE, Level.COMMUNE):
        return f"{SECRETARY_KEY}.{level}.min"
    if kind == Kind.PEOPLES_COMMITTEE and level == Level.COMMUNE:
        return CHAIRMAN_KEY
    return HEAD_KEY


def least_of(kind: str, level: str, *, on: date) -> Least | None:
    """How many days the head of such an organisation owes by the law of a day; None where no row is in force."""
    key = min_key(kind, level)
    try:
        row = parameter(key, on=on) if key else None
    except UnknownParameter:
        row = None
    if row is None:
        return None
    return Least(-(-row.numerator // row.denominator), row)


def owed_in(month: Period, least: Least) -> int:
    """How many days that is in a month: of a weekly number as many weeks as begin in it."""
    if not least.weekly:
        return least.number
    days = (month.first + timedelta(days=one) for one in range((month.end - month.first).days))
    return least.number * sum(one.weekday() == 0 for one in days)


def post_by(day: ReceptionDay) -> Deadline | None:
    """The last day to post it; None where the law holds no row for that day."""
    return _by(POST_KEY, day.first_on or day.held_on)


def latest_connection(day: ReceptionDay) -> tuple[time, "LegalParameter"] | None:
    """Until when all points of an online reception are connected; None where the hour or the law is not known."""
    if day.starts_at is None:
        return None
    try:
        row = parameter(ONLINE_CONNECT_KEY, on=day.held_on)
    except UnknownParameter:
        return None
    start = datetime.combine(day.held_on, day.starts_at)
    return max(start - timedelta(hours=row.numerator), datetime.combine(day.held_on, time())).time(), row  # fmt: skip


def checks_of(day: ReceptionDay) -> list[Check]:
    """Every rule of one day, in the order of the work."""
    found = [_posted(day)] if day.periodic else [_sudden(day)]
    if day.took_place:
        found.append(_head(day))
    if day.online:
        found += _online(day)
    return found


def online_checks_of(visit: ReceptionVisit) -> list[Check]:
    """The steps of an online visit in the order of the work; nothing of one to which somebody came in person."""
    if not visit.online:
        return []
    invited = _until("Hướng dẫn cách tham gia", visit.told_on, _by(ONLINE_INVITE_KEY, visit.held_on))  # fmt: skip
    if visit.told_how:
        invited = replace(invited, note=". ".join(one for one in (invited.note, visit.told_how) if one))  # fmt: skip
    day, kept = visit.day, visit.recorded_at or (visit.day.recorded_at if visit.day else "")
    registered = f"Ngày {format_date(visit.registered_on)}" if visit.registered_on else ""
    sealed = visit.get_confirmed_display() if visit.read_back else ""
    return [
        _done("Đăng ký tiếp trực tuyến", bool(visit.registered_on), registered),
        invited,
        *(_shared(day) if day is not None and day.online else []),
        _done("Kiểm tra danh tính", visit.identity_checked, ""),
        _done("Báo và hỏi về ghi âm, ghi hình", visit.recording_asked, ""),
        _done("Ghi âm, ghi hình được lưu", bool(kept), kept),
        _done("Đọc lại biên bản, người tham gia xác nhận", visit.read_back and bool(visit.confirmed), sealed),
    ]  # fmt: skip


def _by(key: str, on: date) -> Deadline | None:
    try:
        return deadline_by(key, on)
    except (UnknownParameter, NotADuration):
        return None


def _posted(day: ReceptionDay) -> Check:
    return _until("Niêm yết lịch trước ngày tiếp", day.posted_on, post_by(day))


def _sudden(day: ReceptionDay) -> Check:
    rule = "Tiếp đột xuất: trả lời tại chỗ hoặc hẹn ngày trả lời"
    return Check(rule, "grey", day.get_ground_display(), day.why)


def _head(day: ReceptionDay) -> Check:
    rule = "Người đứng đầu trực tiếp tiếp, không ủy quyền cho cấp phó"
    if day.received == Receiver.HEAD:
        return Check(rule, "green", "Trực tiếp")
    note = (
        f"{day.other_name} tiếp thay: {day.other_why}. Buổi này không tính vào số ngày phải tiếp."
    )
    return Check(rule, "orange", "Người khác tiếp thay", note)


def _until(rule: str, done: date | None, last: Deadline | None) -> Check:
    """One step that must be taken by a day before the reception."""
    limit = ""
    if last is not None:
        law = f" ({last.parameter.citation})" if last.parameter else ""
        limit = f"Chậm nhất {format_date(last.due_on)}{law}"
    if done is None:
        late = last is not None and clock.today() > last.due_on
        return Check(rule, "orange" if late else "grey", f"{OPEN}, đã quá ngày" if late else OPEN, limit)  # fmt: skip
    said = f"Ngày {format_date(done)}"
    if last is None:
        return Check(rule, "grey", "Đã ghi", f"{said}; chưa có tham số pháp luật để đối chiếu")
    if done > last.due_on:
        return Check(rule, "orange", "Chậm", f"{said}. {limit}")
    return Check(rule, "green", "Đúng hạn", f"{said}. {limit}")


def _shared(day: ReceptionDay) -> list[Check]:
    """What is done once for all who join on a day."""
    return [
        _until("Trực tuyến: thử kỹ thuật", day.tested_on, _by(ONLINE_TEST_KEY, day.held_on)),
        _connected(day),
    ]


def _done(rule: str, done: bool, note: str) -> Check:  # noqa: FBT001 - a word of a table
    return Check(rule, "green" if done else "grey", "Có" if done else OPEN, note)


def _online(day: ReceptionDay) -> list[Check]:
    found = [
        _until("Trực tuyến: mời dự", day.invited_on, _by(ONLINE_INVITE_KEY, day.held_on)),
        *_shared(day),
    ]
    for rule, done, note in (
        ("Trực tuyến: máy quay bật suốt buổi", day.camera_on, ""),
        ("Trực tuyến: ghi âm, ghi hình được lưu", bool(day.recorded_at), day.recorded_at),
        (
            "Trực tuyến: biên bản ký số",
            day.minutes_signed_on is not None,
            f"Ngày {format_date(day.minutes_signed_on)}" if day.minutes_signed_on else "",
        ),
    ):
        found.append(_done(rule, done, note))
    return found


def _connected(day: ReceptionDay) -> Check:
    rule, last = "Trực tuyến: kết nối các điểm", latest_connection(day)
    limit = f"Chậm nhất {last[0]:%H:%M} ({last[1].citation})" if last else ""
    if day.connected_at is None:
        return Check(rule, "grey", OPEN, limit)
    said = f"Lúc {day.connected_at:%H:%M}"
    if last is None:
        return Check(rule, "grey", "Đã ghi", said)
    late = day.connected_at > last[0]
    return Check(rule, "orange" if late else "green", "Chậm" if late else "Đúng giờ", f"{said}. {limit}")  # fmt: skip


def month_words(kind: str, least: Least | None) -> str:
    """What the head of such an organisation owes in a month, in words."""
    if least is None and kind in UNASKED:
        return "Luật không ấn định số ngày"
    if least is None:
        return "Chưa có tham số pháp luật có hiệu lực"
    return _often(least)


def bases_of(leasts: Iterable[Least]) -> list[str]:
    """By which instrument each of these numbers is owed, each row of the law once; where its text itself was not read, so it says."""
    rows = {one.row.pk: one for one in leasts}
    return [
        f"{one.row.title.removesuffix(' ít nhất')} ít nhất {_often(one)}: {one.row.citation}.{_unread(one.row)}"
        for one in sorted(rows.values(), key=lambda one: one.row.title)
    ]


def _often(least: Least) -> str:
    unit = "ngày mỗi tuần" if least.weekly else "ngày mỗi tháng"
    return f"{format_number(least.number)} {unit}"


def _unread(row: "LegalParameter") -> str:
    return "" if row.confidence == Confidence.READ else f" {row.confidence_meaning}"
