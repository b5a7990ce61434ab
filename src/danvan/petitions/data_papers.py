"""The answer to what a person asked about their own data, as a paper; where they asked to see it, with what is held of them."""

from danvan.foundation.papers import NO_NUMBER, STATE, Grid, Paper, place_and_day
from danvan.petitions.selectors import DataRequestTold
from danvan.petitions.sender_marks import DOTS, paper_to
from danvan.petitions.subject_enums import AskedBy, DataRequestKind, DataRequestState
from danvan.vietnamese.dates import format_date

NO_GRID = Grid("", (), (), [])
LABELS = {
    "name": "Họ tên", "address": "Địa chỉ", "id_number": "Số giấy tờ tùy thân", "phone": "Điện thoại",
    "email": "Thư điện tử",
}  # fmt: skip


def answer_paper(told: DataRequestTold) -> Paper:
    """The notice of how the request ended. Names stand in it while the reader has the identity open, else dots; of an erased
    person dots are all that is left.
    """
    one = told.request
    who = f"Ông/Bà {told.person.name}" if told.person and told.person.name else DOTS
    came = (
        ""
        if one.asked_by == AskedBy.SELF
        else f" Yêu cầu do ông (bà) {told.agent or DOTS} nộp thay, theo {told.agent_paper or DOTS}."
    )
    lines = [
        f"Kính gửi: {who}.",
        (
            f"Ngày {format_date(one.received_on)}, {told.unit_name} nhận được yêu cầu số {one.number} của Ông/Bà về dữ liệu cá nhân: "
            f"{one.get_kind_display().lower()}.{came}"
        ),
        f"Nội dung yêu cầu: {one.wanted}" if one.wanted else "",
        f"Kết quả: {_outcome(one.state)}.",
        one.answer,
        f"Việc đã làm: {one.measures}" if one.measures else "",
        f"{'Phần không thực hiện' if one.state == DataRequestState.PARTLY else 'Lý do'}: {one.reason}" if one.reason else "",
        f"Căn cứ: {one.basis}" if one.basis else "",
        "Nếu không đồng ý, Ông/Bà có quyền khiếu nại, khởi kiện theo quy định của pháp luật.",
    ]  # fmt: skip
    made = Paper(
        issuer=told.unit_name,
        symbol=one.symbol or NO_NUMBER,
        right=STATE,
        place_and_day=place_and_day(told.place, one.ended_on or one.received_on),
        title="THÔNG BÁO",
        subject="Về việc thực hiện yêu cầu về dữ liệu cá nhân",
        paragraphs=[part for line in lines for part in line.splitlines() if part.strip()],
        grid=_held(told),
        left_signs=("Nơi nhận:", "- Như trên,", "- Lưu hồ sơ."),
        right_signs=("NGƯỜI CÓ THẨM QUYỀN", ""),
    )
    return paper_to(made, told.senders)


def _outcome(state: str) -> str:
    return {
        DataRequestState.DONE: "đã thực hiện",
        DataRequestState.PARTLY: "đã thực hiện một phần",
        DataRequestState.REFUSED: "không thực hiện",
    }[DataRequestState(state)]


def _held(told: DataRequestTold) -> Grid:
    """What is held of the person, for who asked to see it and was not refused."""
    one = told.request
    if one.kind != DataRequestKind.SEE or one.state == DataRequestState.REFUSED:
        return NO_GRID
    rows = [
        [label, getattr(told.person, part) or "không lưu"] if told.person else [label, DOTS]
        for part, label in LABELS.items()
    ]
    rows += [
        [f"Đơn {row.number}", f"Nhận ngày {format_date(row.received_on)}: {row.title}"]
        for row in told.petitions
    ]
    return Grid("Dữ liệu đang lưu về Ông/Bà", ("Loại", "Nội dung"), (50, 115), rows)
