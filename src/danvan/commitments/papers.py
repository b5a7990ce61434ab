"""The programme of a month as an official paper: as it was issued, with every amendment since."""

from danvan.commitments.programme_enums import PARTY_KINDS
from danvan.commitments.selectors.programmes import ProgrammeCard
from danvan.foundation.papers import PARTY, STATE, Grid, Paper, place_and_day
from danvan.vietnamese.dates import format_date

HEADS = ("Ngày, giờ", "Nội dung", "Chủ trì", "Địa điểm", "Thành phần")
WIDTHS = (28, 62, 26, 24, 25)  # mm
NOTHING = "Chương trình chưa có mục nào."


def programme_paper(card: ProgrammeCard) -> Paper:
    """The paper. A draft shows its lines as they are; an issued one those that were issued, then the amendments."""
    one = card.programme
    rows = one.as_issued if one.issued else [line.told for line in card.lines]
    after = [f"Điều chỉnh sau khi ban hành ({len(card.amendments)}):"] if card.amendments else []
    for number, change in enumerate(card.amendments, start=1):
        words = f"{number}. Ngày {format_date(change.on)}, {change.get_kind_display().lower()}: "
        words += change.after or change.before
        if change.before and change.after:
            words += f" (trước đó: {change.before})"
        after.append(f"{words}. Lý do: {change.reason.rstrip('.')}.")
    return Paper(
        issuer=card.unit_name,
        symbol=one.symbol,
        right=PARTY if card.unit_kind in PARTY_KINDS else STATE,
        place_and_day=place_and_day(card.place_name, one.issued_on) if one.issued_on else "",
        title="CHƯƠNG TRÌNH",
        subject=f"Công tác {card.period.label}",
        paragraphs=[] if rows else [NOTHING],
        grid=Grid("Nội dung chương trình", HEADS, WIDTHS, [list(row) for row in rows]),
        left_signs=("Nơi nhận:", "- Các đơn vị có tên,", "- Lưu."),
        right_signs=((one.signer_title or "NGƯỜI KÝ").upper(), one.signer),
        after=after,
    )
