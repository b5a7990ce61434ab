"""What the law asks of one matter, held against what was done. No number stands here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation import clock
from danvan.grassroots.enums import (
    CONSULT_KEY,
    DUE,
    NOTICE_KEY,
    POST_KEY,
    RADIO_KEY,
    RECOGNISE,
    SEND,
    SUBJECT,
    Channel,
    Outcome,
    Part,
    Pillar,
    Posted,
    State,
)
from danvan.grassroots.models import Matter, MatterPosting
from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.selectors import clocks, deadline_by, parameter
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.law.models import ClockHeld, LegalParameter

YEARLY_MEETING = "GS03"
YEARLY_NOTICE_KEY = "democracy.yearly_conference.notice"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: what it asks, how it stands in a word, and why. `blocks`: it must be met before the end."""

    rule: str
    tone: str
    word: str
    note: str = ""
    blocks: str = ""


def lacking(matter: Matter) -> list[str]:
    """Everything that keeps a matter from its end, as sentences that say what to do."""
    return [one.blocks for one in checks_of(matter) if one.blocks]


def checks_of(matter: Matter) -> list[Check]:
    """Every rule of one matter, in the order of the work. A fixed number of queries."""
    postings = list(matter.postings.all())
    running = {one.name: one for one in clocks().filter(subject_kind=SUBJECT, subject_id=matter.pk).select_related("parameter")}  # fmt: skip
    if matter.state == State.WITHDRAWN:
        return []
    content = [one for one in postings if one.part == Part.CONTENT]
    result = [one for one in postings if one.part == Part.RESULT]
    found = list(_due(matter, running.get(DUE)))
    pillar = matter.kind.pillar
    if pillar == Pillar.KNOW:
        found += _channels(matter, content)
    elif pillar == Pillar.DECIDE:
        found += _deciding(matter, content, result, running)
    elif pillar == Pillar.COMMENT:
        found += _commenting(matter, result)
    else:
        found += _watching(matter, content)
    return [*found, _evidence(matter)]


def _due(matter: Matter, held: "ClockHeld | None") -> Iterator[Check]:
    """The clock that the day of the matter started: to be published, or answered."""
    if held is None:
        return
    watch = matter.kind.pillar == Pillar.WATCH
    rule = "Trả lời kiến nghị" if watch else "Công khai sau khi quyết định"
    done = matter.outcome_on if watch else matter.shown_on
    yield _by(rule, held, done)


def _by(rule: str, held: "ClockHeld", done: date | None) -> Check:
    law = f" ({held.parameter.citation})" if held.parameter else ""
    limit = f"Hạn {held.words}{law}"
    if done is None:
        late = clock.today() > held.due_on
        return Check(rule, "red" if late else "orange", "Quá hạn" if late else "Chưa làm", limit)
    late = done > held.due_on
    return Check(
        rule, "red" if late else "green", "Chậm" if late else "Đúng hạn",
        f"Ngày {format_date(done)}. {limit}",
    )  # fmt: skip


def _channels(matter: Matter, postings: list[MatterPosting]) -> Iterator[Check]:
    kind = matter.kind
    if kind.posted == Posted.ALWAYS:
        yield _hung("Niêm yết thường xuyên tại trụ sở", [one for one in postings if one.channel == Channel.OFFICE], None)  # fmt: skip
    if kind.posted == Posted.DAYS:
        row = _row(POST_KEY, matter.began_on)
        for channel in (Channel.OFFICE, Channel.VILLAGE):
            yield _hung(
                str(channel.label), [one for one in postings if one.channel == channel], row
            )
    if kind.radio:
        row = _row(RADIO_KEY, matter.began_on)
        yield _hung(str(Channel.RADIO.label), [one for one in postings if one.channel == Channel.RADIO], row)  # fmt: skip


def _hung(rule: str, postings: Iterable[MatterPosting], row: "LegalParameter | None") -> Check:
    """Whether one way of publishing was used, and long enough by the row of the law."""
    rows = list(postings)
    note = f"Ít nhất {row.value} ({row.citation})" if row else ""
    if not rows:
        return Check(rule, "orange", "Chưa có", note, f"{rule}: chưa ghi.")
    if row is None:
        return Check(rule, "green", "Đã có", f"Từ {format_date(rows[0].from_on)}")
    longest = max(rows, key=lambda one: _days(one, clock.today()))
    told = f"Từ {format_date(longest.from_on)}"
    if longest.until_on:
        told += f" đến hết {format_date(longest.until_on)}"
    days, over = _days(longest, clock.today()), longest.until_on is not None
    if over and longest.until_on < clock.today() and days < row.numerator:  # type: ignore[operator]
        return Check(
            rule, "red", f"Mới {format_number(days)} ngày", f"{told}. {note}",
            f"{rule}: mới {format_number(days)} ngày, phải đủ {row.value}.",
        )  # fmt: skip
    if days < row.numerator:
        return Check(
            rule, "orange", f"Đang công khai, {format_number(days)} ngày", f"{told}. {note}",
            f"{rule}: đến nay {format_number(days)} ngày, phải đủ {row.value}.",
        )  # fmt: skip
    return Check(rule, "green", f"{format_number(days)} ngày", f"{told}. {note}")


def _days(posting: MatterPosting, today: date) -> int:
    """How many days it hung so far, the first and the last counted."""
    last = min(posting.until_on or today, today)
    return max((last - posting.from_on).days + 1, 0)


def _deciding(
    matter: Matter,
    content: list[MatterPosting],
    result: list[MatterPosting],
    running: "dict[str, ClockHeld]",
) -> Iterator[Check]:
    rounds = list(matter.rounds.select_related("quorum").order_by("number"))
    for one in rounds[:1]:
        yield _told_before(NOTICE_KEY, one.held_on, content)
    for one in rounds[-1:]:
        if one.outcome == Outcome.AGAIN:
            law = f"Cần {one.quorum.value} ({one.quorum.citation})" if one.quorum else ""
            yield Check("Đủ hộ tham gia", "red", "Chưa đủ, phải bàn lại", law)
    if matter.state in (State.DUE, State.SHOWN, State.AGAIN):
        yield Check("Nhân dân bàn, quyết định", "orange", "Chưa có kết quả")
    if matter.state == State.REJECTED or not rounds or rounds[-1].outcome != Outcome.PASSED:
        return
    if held := running.get(SEND):
        sent = _by("Gửi quyết định cho UBND và MTTQ cấp xã", held, matter.sent_on)
        yield (
            sent if matter.sent_on else _blocking(sent, "Chưa gửi quyết định của cộng đồng dân cư.")
        )
    if matter.kind.recogniser:
        rule = str(matter.kind.get_recogniser_display())
        if held := running.get(RECOGNISE):
            said = _by(rule, held, matter.recognised_on)
            yield said if matter.recognised_on else _blocking(said, f"{rule}: chưa ghi.")
        else:
            yield Check(rule, "orange", "Chưa có", blocks=f"{rule}: chưa ghi.")
    yield _published(result)


def _blocking(one: Check, sentence: str) -> Check:
    return Check(one.rule, one.tone, one.word, one.note, sentence)


def _published(result: list[MatterPosting]) -> Check:
    rule = "Công khai kết quả"
    if not result:
        return Check(rule, "orange", "Chưa có", blocks="Chưa công khai kết quả cho Nhân dân.")
    return Check(rule, "green", "Đã công khai", f"Từ {format_date(result[0].from_on)}")


def _told_before(key: str, event: date, content: list[MatterPosting]) -> Check:
    """Whether people were told early enough before an event."""
    rule = "Thông báo trước cho Nhân dân"
    first = min((one.from_on for one in content), default=None)
    try:
        last = deadline_by(key, event)
    except (UnknownParameter, NotADuration):
        return Check(rule, "grey", "Chưa nạp tham số để đối chiếu")
    law = f" ({last.parameter.citation})" if last.parameter else ""
    limit = f"Chậm nhất {format_date(last.due_on)}{law}"
    if first is None:
        return Check(rule, "red", "Không có", limit)
    late = first > last.due_on
    return Check(rule, "red" if late else "green", "Chậm" if late else "Đủ ngày", f"Từ {format_date(first)}. {limit}")  # fmt: skip


def _commenting(matter: Matter, result: list[MatterPosting]) -> Iterator[Check]:
    rule, row = "Thời gian lấy ý kiến", _row(CONSULT_KEY, matter.began_on)
    if matter.shown_on is None:
        yield Check(rule, "orange", "Chưa công khai dự thảo")
        return
    over = matter.state in (State.COUNTED, State.ANSWERED, State.ENDED)
    days = ((matter.counted_on or clock.today()) - matter.shown_on).days
    if row is None:
        yield Check(rule, "grey", f"{format_number(days)} ngày", "Chưa nạp tham số để đối chiếu")
    else:
        enough = days >= row.numerator
        tone = "green" if enough else ("red" if over else "orange")
        yield Check(
            rule, tone, f"{format_number(days)} ngày", f"Ít nhất {row.value} ({row.citation})"
        )
    comments = list(matter.comments.all())
    bare = sum(not one.answer for one in comments)
    said = f"{format_number(sum(one.number for one in comments))} ý kiến"
    if bare:
        yield Check("Trả lời từng nội dung góp ý", "orange", f"Còn {format_number(bare)} nội dung", said)  # fmt: skip
    elif over:
        yield Check("Trả lời từng nội dung góp ý", "green", "Đủ", said)
    if matter.differs:
        yield Check("Giải trình vì sao khác ý kiến đa số", "green", "Có")
    if matter.state == State.ANSWERED or matter.state == State.ENDED:
        yield _published(result)


def _watching(matter: Matter, content: list[MatterPosting]) -> Iterator[Check]:
    if matter.kind.code == YEARLY_MEETING and matter.outcome_on is not None:
        yield _told_before(YEARLY_NOTICE_KEY, matter.outcome_on, content)


def _evidence(matter: Matter) -> Check:
    number = matter.files.count()
    if not number:
        rule = "Ảnh, biên bản minh chứng"
        return Check(rule, "orange", "Chưa có", blocks="Chưa có ảnh hoặc biên bản minh chứng.")
    return Check("Ảnh, biên bản minh chứng", "green", f"{format_number(number)} tệp")


def _row(key: str, day: date) -> "LegalParameter | None":
    try:
        return parameter(key, on=day)
    except UnknownParameter:
        return None
