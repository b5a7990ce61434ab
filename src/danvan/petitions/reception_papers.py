"""Papers of citizen reception, each as a Word file and a page to print: schedule, refusal, receipt, notice, register."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from danvan.foundation.papers import NO_NUMBER, PARTY, STATE, Grid, Paper, place_and_day
from danvan.foundation.workbook import write_table
from danvan.organisations.enums import Kind
from danvan.petitions.models import ReceptionDay, ReceptionVisit, VisitMatter
from danvan.petitions.register_columns import COLUMNS, RegisterRow, cells, words
from danvan.petitions.selectors.reception import Check, PublicDay, SentenceLine
from danvan.petitions.sender_marks import DOTS, Sender, paper_to
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

NOTHING = Grid("", (), (), [])
ONLINE = " trực tuyến"


def schedule_paper(
    days: Sequence[PublicDay], *, unit: str, kind: str, place: str, month: str, on: date
) -> Paper:
    """Lịch tiếp công dân of a month: it goes on the wall, so no name of who comes stands in it."""
    rows = [
        [
            str(number), format_date(one.held_on), one.hours or "Giờ hành chính", one.head,
            one.place + (" (trực tuyến)" if one.online else ""),
            f"Thay cho ngày {format_date(one.first_on)}" if one.first_on else "",
        ]
        for number, one in enumerate(days, start=1)
    ]  # fmt: skip
    grid = Grid(
        "Các ngày tiếp công dân",
        ("STT", "Ngày", "Giờ", "Người tiếp", "Địa điểm", "Ghi chú"),
        (12, 24, 28, 42, 40, 19),
        rows,
        "Người đứng đầu trực tiếp tiếp công dân, không ủy quyền cho cấp phó.",
    )
    return _paper(unit, kind, place, on, "LỊCH TIẾP CÔNG DÂN", month, [], grid, "NGƯỜI ĐỨNG ĐẦU")


def refusal_paper(
    visit: ReceptionVisit, *, unit: str, kind: str, place: str, on: date, persons: Sequence[Sender] = ()
) -> Paper:  # fmt: skip
    """Thông báo từ chối tiếp công dân (Mẫu 01/TCD); who came is written in by hand or from the opened identity."""
    paragraphs = [
        f"Ngày {format_date(visit.held_on)}, {unit} đã tiếp{ONLINE if visit.online else ''} ông (bà) {_names(persons)}",
        f"Căn cứ: {visit.get_refusal_display()}.",
        f"Lý do: {visit.refusal_why.rstrip(' .')}.",
        f"{unit} thông báo từ chối tiếp công dân về nội dung nêu trên để ông (bà) biết.",
    ]
    made = _paper(
        unit, kind, place, visit.refusal_notice_on or on, "THÔNG BÁO", "Từ chối tiếp công dân",
        paragraphs, NOTHING, "NGƯỜI ĐỨNG ĐẦU", symbol=visit.refusal_symbol or NO_NUMBER,
    )  # fmt: skip
    return paper_to(made, persons)


def receipt_paper(
    visit: ReceptionVisit, matters: Iterable[VisitMatter], *, unit: str, kind: str, place: str, code: str, where: str,
    persons: Sequence[Sender] = (),
) -> Paper:  # fmt: skip
    """Giấy biên nhận (Mẫu 02/TCD): what was handed over, or that nothing was; which matters, and the code to follow them by."""
    taken = [one.strip() for one in visit.documents.splitlines() if one.strip()]
    who, day = visit.receiver or unit, format_date(visit.held_on)
    where_held = f"buổi tiếp công dân{ONLINE}" if visit.online else "nơi tiếp công dân"
    opening = (
        f"Ngày {day}, tại {where_held}, {who} đã nhận của ông (bà) {_names(persons)} các giấy tờ, tài liệu sau:"
        if taken
        else f"Ngày {day}, tại {where_held}, {who} đã tiếp ông (bà) {_names(persons)}, ghi lại nội dung trình bày dưới đây "
        "và không nhận giấy tờ, tài liệu nào."
    )
    paragraphs = [
        opening,
        *(f"{number}. {one}" for number, one in enumerate(taken, start=1)),
        "Nội dung: "
        + "; ".join(one.title + (f" (đơn {one.petition.number})" if one.petition else "") for one in matters)
        + ".",
        f"Mã theo dõi: {code}. Mở {where} rồi gõ mã để biết kết quả; không cần ghi tên.",
    ]  # fmt: skip
    made = _paper(
        unit, kind, place, visit.receipt_on or visit.held_on, "GIẤY BIÊN NHẬN",
        "Giấy tờ, tài liệu" if taken else "Nội dung trình bày",
        paragraphs, NOTHING, "NGƯỜI NHẬN",
    )  # fmt: skip
    return paper_to(made, persons)


def minutes_paper(
    visit: ReceptionVisit, matters: Iterable[VisitMatter], checks: Sequence[Check], *, unit: str, kind: str, place: str,
    persons: Sequence[Sender] = (),
) -> Paper:  # fmt: skip
    """Biên bản of one visit: who received whom on what, what became of it, and of an online one each step that was taken; how it was
    confirmed stands at the end of all minutes.
    """
    people = f" (đoàn {format_number(visit.people)} người)" if visit.people > 1 else ""
    rows = [
        [str(number), one.title, one.get_way_display(), one.answer or one.guided_to]
        for number, one in enumerate(matters, start=1)
    ]
    grid = Grid("Nội dung", ("STT", "Nội dung", "Cách xử lý", "Trả lời, hướng dẫn"), (12, 58, 35, 60), rows)  # fmt: skip
    paragraphs = [
        f"Ngày {format_date(visit.held_on)}, {unit} tiếp công dân{ONLINE if visit.online else ''}.",
        f"Người tiếp: {visit.receiver or DOTS}.",
        f"Người được tiếp: {_names(persons)}{people}.",
        f"Người phiên dịch: {visit.interpreter}." if visit.interpreter else "",
        *(f"{one.rule}: {one.note or one.word}." for one in checks[:-1] if one.taken),
        _read_back(visit),
    ]
    made = _paper(
        unit, kind, place, visit.held_on, "BIÊN BẢN", f"Tiếp công dân{ONLINE if visit.online else ''}",
        [one for one in paragraphs if one], grid, "NGƯỜI GHI BIÊN BẢN",
    )  # fmt: skip
    return paper_to(replace(made, left_signs=("NGƯỜI ĐƯỢC TIẾP",)), persons)


def _read_back(visit: ReceptionVisit) -> str:
    if not visit.read_back:
        return "Biên bản chưa ghi đã đọc lại cho người được tiếp nghe."
    return f"Biên bản đã đọc lại cho người được tiếp nghe; xác nhận: {visit.get_confirmed_display().lower()}."


def notice_paper(
    day: ReceptionDay, lines: Sequence[SentenceLine], *, unit: str, kind: str, place: str, on: date
) -> Paper:
    """Thông báo kết luận: what the head concluded and who does what by when."""
    rows = [
        [str(line.number), one.title, lead, one.product, format_date(one.due_on) if one.due_on else "Thường xuyên"]
        for line in lines
        for one, lead in line.given
    ]  # fmt: skip
    grid = Grid(
        "Việc giao sau buổi tiếp", ("STT", "Việc", "Đơn vị chủ trì", "Sản phẩm", "Hạn"),
        (12, 55, 40, 36, 22), rows,
    )  # fmt: skip
    head = f"{day.head_title} {day.head_name}".strip() or unit
    symbol = day.notice.symbol if day.notice else NO_NUMBER
    online = ONLINE if day.online else ""
    subject = f"Kết luận của {head} tại buổi tiếp công dân{online} ngày {format_date(day.held_on)}"
    return _paper(
        unit, kind, place, day.concluded_on or on, "THÔNG BÁO", subject, day.conclusion.splitlines(),
        grid, day.head_title.upper() or "NGƯỜI ĐỨNG ĐẦU", symbol=symbol, signer=day.head_name,
    )  # fmt: skip


def register_paper(
    rows: Sequence[RegisterRow], *, unit: str, said: str, on: date, most: int, whole: int
) -> Paper:
    """Sổ tiếp công dân (Mẫu 03/TCD) as a wide paper; where there are more rows than it takes, it says so."""
    grid = Grid(
        "Sổ tiếp công dân", tuple(one.label for one in COLUMNS), tuple(one.mm for one in COLUMNS),
        [words(one) for one in rows],
    )  # fmt: skip
    return Paper(
        issuer=unit, symbol="", right=STATE, place_and_day=f"Lập ngày {format_date(on)}",
        title="SỔ TIẾP CÔNG DÂN", subject=f"Mẫu 03/TCD, {said}", paragraphs=_left(most, whole), grid=grid,
        left_signs=(), right_signs=("NGƯỜI GHI SỔ",), landscape=True,
    )  # fmt: skip


def register_sheet(rows: Sequence[RegisterRow], *, said: str, on: date, most: int, whole: int) -> bytes:  # fmt: skip
    """The register as .xlsx; where there are more rows than it takes, it says so."""
    notes = [f"Sổ tiếp công dân (Mẫu 03/TCD), {said}, lập ngày {format_date(on)}"]
    notes += _left(most, whole)
    return write_table(
        "Sổ tiếp công dân", [one.label for one in COLUMNS], (cells(one) for one in rows),
        notes=notes, widths=[one.width for one in COLUMNS],
    )  # fmt: skip


def _names(persons: Sequence[Sender]) -> str:
    return ", ".join(one.name for one in persons if one.name) or DOTS


def _left(most: int, whole: int) -> list[str]:
    """What a register that was cut says of it."""
    if whole <= most:
        return []
    return [
        f"Chỉ gồm {format_number(most)} dòng đầu trong {format_number(whole)}; đồng chí vui lòng chọn ít ngày hơn."
    ]


def _paper(
    unit: str, kind: str, place: str, on: date, title: str, subject: str, paragraphs: list[str], grid: Grid, right: str,
    *, symbol: str = "", signer: str = "",
) -> Paper:  # fmt: skip
    party = kind in (Kind.PARTY_COMMITTEE, Kind.ADVISORY_BOARD)
    return Paper(
        issuer=unit,
        symbol=symbol,
        right=PARTY if party else STATE,
        place_and_day=place_and_day(place, on),
        title=title,
        subject=subject,
        paragraphs=paragraphs,
        grid=grid,
        left_signs=(),
        right_signs=(right, signer) if signer else (right,),
    )
