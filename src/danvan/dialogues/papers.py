"""The minutes and the notice of conclusions, as Word files in the official layout (law.md 1.5) and as a page to print.

One `Paper` gives both. No name of who gave an opinion stands in either.
"""

from collections.abc import Iterable

from danvan.commitments.selectors.series import said_rule
from danvan.dialogues.enums import Way
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import Card, ConclusionLine, OpinionLine
from danvan.foundation.papers import (
    PARTY,
    STATE,
    Grid,
    Paper,
    Ticket,
    place_and_day,
    tickets_docx,
)
from danvan.foundation.scanning import picture_file
from danvan.organisations.enums import Kind
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

TABLE_HEADS = ("STT", "Ý kiến", "Hướng xử lý", "Đơn vị, trả lời", "Hạn")
TABLE_WIDTHS = (12, 60, 33, 38, 22)  # mm
TASK_HEADS = ("STT", "Việc", "Đơn vị chủ trì", "Sản phẩm", "Hạn")
TASK_WIDTHS = (12, 55, 40, 36, 22)  # mm
SLIP_WORDS = "Không cần tên. Xem điều đã hứa đến đâu, trả lời đã xong hay chưa xong, đánh giá. Giữ phiếu này: ai có mã cũng xem được."
NONE_ABOVE = "Không có ý kiến vượt thẩm quyền."


def minutes(card: Card, *, host_kind: str, place: str) -> Paper:
    """Biên bản: when, where, who led, who came as counts, the head's words, and the table of opinions."""
    one = card.dialogue
    hour = f"{one.starts_at:%H:%M}, " if one.starts_at else ""
    came = "; ".join(f"{label} {format_number(number)}" for label, number in card.attendance)
    households = f"; từ {format_number(one.households)} hộ" if one.households is not None else ""
    lines = [
        f"Thời gian: {hour}ngày {format_date(one.held_on)}. Địa điểm: {one.place}.",
        f"Chủ trì: {_head(card)}."
        + (f" Cùng tổ chức: {card.co_host_name}." if card.co_host_name else ""),
        f"Hình thức: {one.get_shape_display()}."
        + (f" Lý do: {one.shape_why}." if one.shape_why else ""),
        f"Căn cứ: {one.basis}." if one.basis else "",
        f"Thông báo từ ngày {format_date(one.noticed_on)} tại {one.noticed_at}."
        if one.noticed_on
        else "",
        f"Có mặt {format_number(card.people)} người ({came}){households}." if card.people else "",
    ]
    rows = [_opinion(line) for line in card.opinions]
    grid = Grid(
        "Ý kiến của Nhân dân và hướng xử lý", TABLE_HEADS, TABLE_WIDTHS, rows,
        NONE_ABOVE if one.none_above else "",
    )  # fmt: skip
    said = one.conclusion.splitlines()
    after = ["Kết luận của người đứng đầu:", *said] if said else []
    return Paper(
        issuer=card.unit_name,
        symbol="",
        right=_right(host_kind),
        place_and_day=place_and_day(place, one.held_on),
        title="BIÊN BẢN",
        subject=f"{one.get_kind_display()}: {one.subject}",
        paragraphs=[line for line in lines if line],
        grid=grid,
        left_signs=("THƯ KÝ",),
        right_signs=("CHỦ TRÌ", one.head_name),
        after=after,
    )


def conclusion_notice(card: Card, *, host_kind: str, place: str, symbol: str) -> Paper:
    """Thông báo kết luận: what the head concluded, and who does what by when."""
    one = card.dialogue
    rows = [row for line in card.conclusions for row in _tasks(line)]
    for number, row in enumerate(rows, start=1):
        row[0] = str(number)
    return Paper(
        issuer=card.unit_name,
        symbol=symbol,
        right=_right(host_kind),
        place_and_day=place_and_day(place, one.concluded_on) if one.concluded_on else "",
        title="THÔNG BÁO",
        subject=f"Kết luận của {_head(card)} tại cuộc đối thoại ngày {format_date(one.held_on)} về {one.subject}",
        paragraphs=one.conclusion.splitlines(),
        grid=Grid("Việc giao sau đối thoại", TASK_HEADS, TASK_WIDTHS, rows),
        left_signs=("Nơi nhận:", "- Các đơn vị có tên,", "- Niêm yết công khai,", "- Lưu."),
        right_signs=(one.head_title.upper() or "CHỦ TRÌ", one.head_name),
    )


def slips_docx(dialogue: Dialogue, slips: Iterable[tuple[str, str]], *, where: str) -> bytes:
    """The sheet of slips (number, code) as .docx, with the words of the page. The codes stand in this file alone."""
    return tickets_docx(
        Ticket(
            picture_file(f"{where}?ma={code}"),
            [
                (f"Phiếu theo dõi số {number}", 11, False),
                (f"Đối thoại {format_date(dialogue.held_on)}: {dialogue.subject}", 13, True),
                (f"Mã: {code}", 16, True),
                (f"Quét hình bằng điện thoại, hoặc mở {where.split('://', 1)[1]} rồi gõ mã. {SLIP_WORDS}", 11, False),
            ],
        )
        for number, code in slips
    )  # fmt: skip


def _head(card: Card) -> str:
    one = card.dialogue
    return f"{one.head_title} {one.head_name}".strip() or card.unit_name


def _right(host_kind: str) -> tuple[str, ...]:
    return PARTY if host_kind in (Kind.PARTY_COMMITTEE, Kind.ADVISORY_BOARD) else STATE


def _opinion(line: OpinionLine) -> list[str]:
    row = line.row
    who = {
        Way.ANSWERED: row.answer,
        Way.GIVEN: line.unit_name or "; ".join(line.conclusion.leads if line.conclusion else []),
        Way.ABOVE: row.above,
    }.get(Way(row.way), "")
    due = "; ".join(format_date(day) for day in line.due)
    return [str(row.place), row.content, str(Way(row.way).label), who, due]


def _tasks(line: ConclusionLine) -> Iterable[list[str]]:
    for again in line.again:
        series = again.series
        due = said_rule(series.every, series.anchor_on, series.until)
        yield ["", series.title, again.lead, series.product, due]
    for one in line.once:
        work = one.commitment
        due = format_date(work.due_on) if work.due_on else "Thường xuyên"
        yield ["", work.title, one.lead, work.product, due]
