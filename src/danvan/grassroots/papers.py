"""The notice of a matter and the minutes of what the people decided or said, as official papers. Counts only."""

from danvan.foundation.papers import STATE, Grid, Paper, place_and_day
from danvan.grassroots.enums import Pillar
from danvan.grassroots.selectors import Card, PlanCard
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

VOTE_HEADS = (
    "STT",
    "Thôn, bản, tổ dân phố",
    "Tổng số hộ",
    "Tham gia",
    "Tán thành",
    "Không tán thành",
    "Kết quả",
)
VOTE_WIDTHS = (10, 45, 20, 20, 20, 22, 28)  # mm
COMMENT_HEADS = ("STT", "Nội dung góp ý", "Số ý kiến", "Tiếp thu", "Trả lời, giải trình")
COMMENT_WIDTHS = (10, 55, 18, 18, 64)  # mm
PLAN_HEADS = ("STT", "Nội dung", "Hình thức", "Thời gian niêm yết", "Trước ngày", "Phụ trách")
PLAN_WIDTHS = (10, 50, 40, 22, 23, 20)  # mm
DOTS = "................................................"


def notice(card: Card, *, place: str) -> Paper:
    """Thông báo: what is published or is to be decided, by which law, where it can be read."""
    one = card.matter
    where = [
        f"{posting.get_channel_display()}: {posting.place}, từ ngày {format_date(posting.from_on)}"
        + (f" đến hết ngày {format_date(posting.until_on)}." if posting.until_on else ".")
        for posting in card.postings
    ]
    asks = {
        Pillar.DECIDE: "Kính mời đại diện từng hộ gia đình tham gia bàn và quyết định. Thời gian, địa điểm họp: " + DOTS,
        Pillar.COMMENT: "Kính mời Nhân dân góp ý trực tiếp, bằng văn bản, qua hòm thư hoặc tại cuộc họp thôn, đến hết ngày " + DOTS,
    }.get(Pillar(one.kind.pillar), "")  # fmt: skip
    lines = [
        f"Căn cứ {one.kind.citation}" + (f"; {one.basis}." if one.basis else "."),
        f"Nội dung: {one.kind.title} ({one.kind.get_pillar_display().lower()}).",
        f"Phạm vi: {card.village_name or 'cả xã'}.",
        asks,
        "Nơi công khai:" if where else "",
        *where,
    ]
    return Paper(
        issuer=card.unit_name,
        symbol="",
        right=STATE,
        place_and_day=f"{place}, ngày ... tháng ... năm {one.began_on.year}",
        title="THÔNG BÁO",
        subject=one.title,
        paragraphs=[line for line in lines if line],
        grid=Grid("", (), (), []),
        left_signs=("Nơi nhận:", "- Niêm yết công khai,", "- MTTQ xã,", "- Lưu."),
        right_signs=("TM. ỦY BAN NHÂN DÂN", ""),
    )


def minutes(card: Card, *, place: str) -> Paper:
    """Biên bản: of each round the counts by village and what they come to; or what was said, and the answers."""
    one = card.matter
    asked = one.kind.pillar == Pillar.COMMENT
    last = card.rounds[-1] if card.rounds else None
    lines = [f"Nội dung: {one.kind.title}. Căn cứ: {one.kind.citation}."]
    for line in card.rounds:
        total = sum(row.row.households for row in line.lines)
        came = sum(row.row.present for row in line.lines)
        lines.append(
            f"Lần {line.row.number}, ngày {format_date(line.row.held_on)}, hình thức: {line.row.get_form_display().lower()}."
            f" Tổng số hộ {format_number(total)}; tham gia {format_number(came)}; vắng {format_number(total - came)}."
            f" Kết quả: {line.row.get_outcome_display().lower()} (cần {line.row.passing.value}; {line.row.passing.citation})."
        )
    if asked:
        lines.append(f"Đã nhận {format_number(card.said)} ý kiến.")
    day = one.counted_on if asked else (last.row.held_on if last else None)
    return Paper(
        issuer=card.unit_name,
        symbol="",
        right=STATE,
        place_and_day=f"{place}, ngày {day:%d} tháng {day:%m} năm {day.year}" if day else "",
        title="BẢNG TỔNG HỢP Ý KIẾN NHÂN DÂN" if asked else "BIÊN BẢN",
        subject=one.title,
        paragraphs=lines,
        grid=_comments(card) if asked else _votes(card),
        left_signs=("TRƯỞNG BAN CÔNG TÁC MẶT TRẬN", "")
        if not asked
        else ("Nơi nhận:", "- MTTQ xã,", "- Lưu."),
        right_signs=("TM. ỦY BAN NHÂN DÂN" if asked else "TRƯỞNG THÔN, TỔ TRƯỞNG", ""),
        after=[one.answer] if one.answer else [],
    )


def publication_plan(card: PlanCard, *, place: str) -> Paper:
    """Kế hoạch công khai: what is published in the year, where, how long, by which day and by whom."""
    plan = card.plan
    rows = [
        [
            str(number), f"{one.item.kind.code} {one.item.title}", one.item.channel_labels,
            f"{format_number(one.item.days)} ngày" if one.item.days else "Thường xuyên",
            format_date(one.item.by_on) if one.item.by_on else "", one.item.doer,
        ]
        for number, one in enumerate(card.lines, 1)
    ]  # fmt: skip
    laws = dict.fromkeys(one.item.kind.citation.partition(" Điều ")[0] for one in card.lines)
    day = plan.issued_on
    return Paper(
        issuer=card.unit_name,
        symbol=plan.symbol,
        right=STATE,
        place_and_day=place_and_day(place, day)
        if day
        else f"{place}, ngày ... tháng ... năm {plan.year}",
        title="KẾ HOẠCH",
        subject=f"Công khai thông tin để Nhân dân biết năm {plan.year}",
        paragraphs=[f"Căn cứ {'; '.join(laws)}."] if laws else [],
        grid=Grid("Nội dung công khai", PLAN_HEADS, PLAN_WIDTHS, rows),
        left_signs=("Nơi nhận:", "- HĐND xã,", "- MTTQ xã,", "- Niêm yết công khai,", "- Lưu."),
        right_signs=("TM. ỦY BAN NHÂN DÂN", ""),
    )


def _votes(card: Card) -> Grid:
    rows = []
    for line in card.rounds[-1:]:
        for number, row in enumerate(line.lines, 1):
            counts = (row.row.households, row.row.present, row.row.agreed, row.row.against)
            rows.append([str(number), row.village, *map(format_number, counts), row.outcome])
    return Grid("Kết quả biểu quyết", VOTE_HEADS, VOTE_WIDTHS, rows)


def _comments(card: Card) -> Grid:
    rows = [
        [str(number), one.row.gist, format_number(one.row.number), format_number(one.row.taken_up), one.row.answer]
        for number, one in enumerate(card.comments, 1)
    ]  # fmt: skip
    return Grid("Ý kiến và trả lời", COMMENT_HEADS, COMMENT_WIDTHS, rows)
