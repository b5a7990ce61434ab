"""The papers of a petition in the official layout, filled from its record: notices, slips, invitations, the answer.

Whoever prints one has opened the identity behind it: the name stands in the paper alone. What the record does not hold is
left as dots to be filled in by hand; nothing is made up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from danvan.foundation.papers import NO_NUMBER, STATE, Grid, Paper, place_and_day
from danvan.petitions.enums import SETTLE, Kind, StepKind, base_of
from danvan.petitions.models import Petition, PetitionStep
from danvan.petitions.selectors import Card, PersonTold
from danvan.petitions.selectors.slips import SlipTold
from danvan.petitions.sender_marks import DOTS, paper_to
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

REQUEST_HEADS = ("STT", "Yêu cầu", "Trả lời", "Căn cứ")
REQUEST_WIDTHS = (12, 55, 65, 33)  # mm
NO_GRID = Grid("", (), (), [])


@dataclass(frozen=True, slots=True)
class Form:
    """One paper that may be printed: its name, when it makes sense, and how it is filled."""

    label: str
    made: "Callable[[Card], Paper]"
    step: tuple[StepKind, ...]


def papers_of(card: Card) -> list[tuple[str, str]]:
    """The papers that the history of a petition gives reason for: address and name, in the order of the work."""
    kinds = {step.kind for step in card.steps}
    return [(slug, form.label) for slug, form in FORMS.items() if kinds & set(form.step)]


def guidance(petition: Petition) -> str:
    """What whoever petitioned may do where they do not agree, by the days of this petition."""
    if petition.kind != Kind.COMPLAINT:
        return (
            "Nếu chưa đồng ý với nội dung trả lời, Ông/Bà có thể nêu lý do để được xem xét lại một lần, hoặc khiếu nại, "
            "khởi kiện theo quy định của pháp luật khi quyền, lợi ích hợp pháp của mình bị xâm phạm."
        )
    if petition.round == 1:
        until = (
            f" đến hết ngày {format_date(petition.appeal_until)}"
            if petition.appeal_until
            else " trong thời hạn pháp luật quy định"  # no row of the law is held: no day is made up
        )
        return (
            f"Nếu không đồng ý với quyết định này, Ông/Bà có quyền khiếu nại lần hai{until} đến người có thẩm quyền giải "
            "quyết lần hai, hoặc khởi kiện vụ án hành chính tại Tòa án theo quy định của pháp luật."
        )
    return (
        "Nếu không đồng ý với quyết định này, Ông/Bà có quyền khởi kiện vụ án hành chính tại Tòa án theo quy định của "
        "pháp luật tố tụng hành chính."
    )


def draft_answer(petition: Petition) -> str:
    """The answer as its requests were answered, for the officer to go on with; empty while none was."""
    rows = [one for one in petition.requests.filter(withdrawn_on=None) if one.replied_on]
    if not rows:
        return ""
    parts = [f"Về yêu cầu “{one.words}”: {one.reply} Căn cứ: {one.basis}." for one in rows]
    return "\n".join([*parts, guidance(petition)])


def make_paper(slug: str, card: Card) -> Paper:
    """The paper of this address. KeyError where there is none."""
    return paper_to(FORMS[slug].made(card), card.persons)


def _accepted(card: Card) -> Paper:
    one = card.petition
    ours = [line.held for line in card.clocks if base_of(line.held.name) == SETTLE]
    due = next((held.due_on for held in ours[::-1] if held.started_on == one.accepted_on), None)
    lines = [
        f"Ngày {format_date(one.received_on)}, {card.paper_unit_name} nhận được đơn của {_who(card)} về việc: {one.title}.",
        f"Nội dung thuộc thẩm quyền giải quyết của {card.unit_name}; đơn được thụ lý từ ngày {_day(one.accepted_on)}.",
        f"Thời hạn giải quyết đến hết ngày {_day(due)}.",
    ]
    return _paper(
        card,
        "THÔNG BÁO",
        f"Về việc thụ lý {one.get_kind_display().lower()}",
        lines,
        on=one.accepted_on,
        symbol=_symbol(card, StepKind.ACCEPTED),
    )


def _more_time(card: Card) -> Paper:
    one, step = card.petition, _step(card, StepKind.MORE_TIME)
    lines = [
        f"Kính gửi: {_who(card)}.",
        f"Ngày {format_date(one.received_on)}, {card.paper_unit_name} nhận được đơn của Ông/Bà về việc: {one.title}.",
        f"{card.unit_name} cần thêm thời gian để kiểm tra, xác minh. {_words(card, StepKind.MORE_TIME)}.",
        "Trân trọng thông báo để Ông/Bà biết.",
    ]
    return _paper(
        card,
        "THÔNG BÁO",
        f"Về việc kéo dài thời gian giải quyết {one.get_kind_display().lower()}",
        lines,
        on=step.on if step else None,
        symbol=step.symbol if step else "",
    )


def _refused(card: Card) -> Paper:
    one = card.petition
    reason = _words(card, StepKind.REFUSED, StepKind.FILED).rstrip(".") or DOTS
    lines = [
        f"Ngày {format_date(one.received_on)}, {card.paper_unit_name} nhận được đơn của {_who(card)} về việc: {one.title}.",
        f"Đơn không được thụ lý giải quyết vì: {reason}.",
    ]
    return _paper(
        card,
        "THÔNG BÁO",
        f"Về việc không thụ lý {one.get_kind_display().lower()}",
        lines,
        on=one.closed_on,
        symbol=_symbol(card, StepKind.REFUSED, StepKind.FILED),
    )


def _guided(card: Card) -> Paper:
    one = card.petition
    lines = [
        f"Ngày {format_date(one.received_on)}, {card.paper_unit_name} nhận được đơn của {_who(card)} về việc: {one.title}.",
        (
            f"Nội dung không thuộc thẩm quyền giải quyết của {card.unit_name}. Đề nghị Ông/Bà gửi đơn đến {one.handed_to or DOTS} "
            "để được giải quyết theo quy định."
        ),
    ]
    number = _symbol(card, StepKind.GUIDED)
    return _paper(card, "PHIẾU HƯỚNG DẪN", one.title, lines, on=one.closed_on, symbol=number)


def slip_paper(slip: SlipTold) -> Paper:
    """The slip of a transfer as who passed the petition on prints it."""
    row = slip.transfer
    who = _named(slip.persons, slip.people)
    lines = _slip_lines(row.petition, slip.to_name, slip.paper_unit_name, who, row.reason)
    made = _made(
        (slip.from_name, slip.place), "PHIẾU CHUYỂN ĐƠN", row.petition.title, lines, on=row.on, symbol=slip.symbol
    )  # fmt: skip
    return paper_to(made, slip.persons)


def _slip_lines(one: Petition, where: str, came_in_at: str, who: str, reason: str) -> list[str]:
    return [
        f"Kính gửi: {where}.",
        f"Ngày {format_date(one.received_on)}, {came_in_at} nhận được đơn của {who} về việc: {one.title}.",
        f"Nội dung thuộc thẩm quyền của {where}. Chuyển đơn để xem xét, giải quyết và thông báo kết quả theo quy định.",
        f"Lý do chuyển: {reason.rstrip('.')}.",
    ]


def _transferred(card: Card) -> Paper:
    one = card.petition
    step = _step(card, StepKind.TRANSFERRED)
    out = (
        bool(one.handed_to) and step is not None and step.words.startswith(f"Đến {one.handed_to}.")
    )
    last = card.transfers[-1] if card.transfers and not out else None
    where = card.names.get(last.to_unit_id, DOTS) if last else one.handed_to or DOTS
    reason = last.reason if last else _after(step, "Lý do: ")
    lines = _slip_lines(one, where, card.paper_unit_name, _who(card), reason)
    slip = _paper(
        card,
        "PHIẾU CHUYỂN ĐƠN",
        one.title,
        lines,
        on=step.on if step else None,
        symbol=step.symbol if step else "",
    )
    if last is None:
        return slip
    # who has it now prints the slip of who passed it on
    where_from = card.names.get(last.from_unit_id, DOTS)
    return replace(slip, issuer=where_from, place_and_day=place_and_day(DOTS, last.on))


def _invited(card: Card) -> Paper:
    one = card.petition
    lines = [
        f"Kính mời: {_who(card)}.",
        f"Dự buổi đối thoại để giải quyết {one.get_kind_display().lower()} số {one.number} về việc: {one.title}.",
        f"{_words(card, StepKind.INVITED) or DOTS}.",
        (
            "Đề nghị Ông/Bà mang theo giấy tờ, tài liệu liên quan. Nếu vắng mặt mà không có lý do chính đáng, việc giải quyết "
            "vẫn tiếp tục theo quy định."
        ),
    ]
    return _paper(
        card,
        "GIẤY MỜI",
        "Đối thoại giải quyết khiếu nại",
        lines,
        on=_step_day(card, StepKind.INVITED),
        symbol=_symbol(card, StepKind.INVITED),
    )


def _paused(card: Card) -> Paper:
    return _ruling(card, "Tạm đình chỉ việc giải quyết khiếu nại", StepKind.SUSPENDED)


def _resumed(card: Card) -> Paper:
    return _ruling(card, "Tiếp tục giải quyết khiếu nại", StepKind.RESUMED)


def _terminated(card: Card) -> Paper:
    return _ruling(card, "Đình chỉ việc giải quyết khiếu nại", StepKind.TERMINATED)


def _withdrawn(card: Card) -> Paper:
    one, step = card.petition, _step(card, StepKind.WITHDRAWN)
    lines = [
        f"Tại {card.unit_name}, {_who(card)} rút toàn bộ nội dung {one.get_kind_display().lower()} số {one.number} về việc: {one.title}.",
        f"Căn cứ: {step.symbol}." if step and step.symbol else "",
        f"Lý do: {step.words}." if step and step.words else "",
        "Người rút khẳng định việc rút là tự nguyện, không bị ép buộc, mua chuộc.",
        "Biên bản đã đọc lại cho người rút nghe, công nhận đúng và cùng ký tên hoặc điểm chỉ.",
    ]
    made = _paper(
        card,
        "BIÊN BẢN",
        f"Ghi nhận việc rút {one.get_kind_display().lower()}",
        lines,
        on=step.on if step else None,
    )
    return replace(
        made,
        left_signs=("NGƯỜI RÚT", "(ký, ghi rõ họ tên hoặc điểm chỉ)"),
        right_signs=("NGƯỜI GHI BIÊN BẢN", "(ký, ghi rõ họ tên)"),
    )


def _ruling(card: Card, subject: str, kind: StepKind) -> Paper:
    one, step = card.petition, _step(card, kind)
    lines = [
        f"Xét đơn khiếu nại số {one.number} của {_who(card)}, thụ lý ngày {_day(one.accepted_on)}, về việc: {one.title};",
        f"Điều 1. {subject.partition(' (')[0]} của {_who(card)} từ ngày {_day(step.on if step else None)}.",
        f"Lý do: {step.words}." if step and step.words else "",
        f"Điều 2. {_who(card)} và các cơ quan, tổ chức, cá nhân có liên quan thi hành quyết định này.",
    ]
    return _paper(
        card,
        "QUYẾT ĐỊNH",
        subject,
        lines,
        on=step.on if step else None,
        symbol=step.symbol if step else "",
    )


def _decided(card: Card) -> Paper:
    one = card.petition
    steps = {step.kind: step for step in card.steps}
    found, held = steps.get(StepKind.FOUND), steps.get(StepKind.HELD)
    again = " lần hai" if one.round > 1 else " lần đầu"
    lines = [
        f"1. Người khiếu nại: {_who(card)}.",
        f"2. Bị khiếu nại: {one.decision_symbol or DOTS}.",
        f"3. Nội dung khiếu nại: {one.title}.",
        f"4. Kết quả xác minh: {found.words if found else DOTS}.",
        f"5. Kết quả đối thoại: {held.words if held else 'không phải tổ chức đối thoại'}.",
        f"6. Kết luận: {one.get_outcome_display().lower()}.",
        guidance(one),
    ]
    subject = f"Về việc giải quyết khiếu nại{again} của {_who(card)}"
    return _paper(
        card,
        "QUYẾT ĐỊNH",
        subject,
        lines,
        on=one.decided_on,
        symbol=one.decision,
        grid=_requests(card),
    )


def _answered(card: Card) -> Paper:
    one = card.petition
    lines = [
        f"Kính gửi: {_who(card)}.",
        f"Ngày {format_date(one.received_on)}, {card.paper_unit_name} nhận được {one.get_kind_display().lower()} về việc: {one.title}.",
        *one.answer.splitlines(),
    ]
    if guidance(one) not in one.answer:
        lines.append(guidance(one))
    number, grid = _symbol(card, StepKind.ANSWERED, StepKind.REPORTED), _requests(card)
    return _paper(card, "TRẢ LỜI", one.title, lines, on=one.answered_on, symbol=number, grid=grid)


FORMS: dict[str, Form] = {
    "thong-bao-thu-ly": Form("Thông báo thụ lý", _accepted, (StepKind.ACCEPTED,)),
    "thong-bao-them-thoi-gian": Form(
        "Thông báo cần thêm thời gian", _more_time, (StepKind.MORE_TIME,)
    ),
    "thong-bao-khong-thu-ly": Form(
        "Thông báo không thụ lý", _refused, (StepKind.REFUSED, StepKind.FILED)
    ),
    "phieu-huong-dan": Form("Phiếu hướng dẫn", _guided, (StepKind.GUIDED,)),
    "phieu-chuyen": Form("Phiếu chuyển đơn", _transferred, (StepKind.TRANSFERRED,)),
    "giay-moi": Form("Giấy mời đối thoại", _invited, (StepKind.INVITED,)),
    "tam-dinh-chi": Form("Quyết định tạm đình chỉ", _paused, (StepKind.SUSPENDED,)),
    "tiep-tuc": Form("Quyết định tiếp tục giải quyết", _resumed, (StepKind.RESUMED,)),
    "dinh-chi": Form("Quyết định đình chỉ", _terminated, (StepKind.TERMINATED,)),
    "bien-ban-rut": Form("Biên bản ghi nhận việc rút", _withdrawn, (StepKind.WITHDRAWN,)),
    "quyet-dinh": Form("Quyết định giải quyết", _decided, (StepKind.DECIDED,)),
    "tra-loi": Form("Văn bản trả lời", _answered, (StepKind.ANSWERED, StepKind.REPORTED)),
}


def _paper(
    card: Card, title: str, subject: str, lines: list[str], *, on: date | None, symbol: str = "", grid: Grid = NO_GRID
) -> Paper:  # fmt: skip
    issuer = (card.unit_name, card.unit_place)
    return _made(issuer, title, subject, lines, on=on, symbol=symbol, grid=grid)


def _made(
    issuer: tuple[str, str], title: str, subject: str, lines: list[str], *, on: date | None, symbol: str = "",
    grid: Grid = NO_GRID,
) -> Paper:  # fmt: skip
    name, place = issuer
    return Paper(
        issuer=name,
        symbol=symbol or NO_NUMBER,
        right=STATE,
        place_and_day=place_and_day(place, on) if on else f"{place}, ngày ... tháng ... năm ...",
        title=title,
        subject=subject,
        paragraphs=[line for line in lines if line],
        grid=grid,
        left_signs=("Nơi nhận:", "- Như trên,", "- Lưu hồ sơ vụ việc."),
        right_signs=("NGƯỜI CÓ THẨM QUYỀN", ""),
    )


def _who(card: Card) -> str:
    """Who petitions, by name, and how many stand behind them; dots where nobody is named or the identity is closed."""
    return _named(card.persons, card.people)


def _named(persons: Sequence[PersonTold], people: int) -> str:
    names = [one.name for one in persons if one.name]
    if not names:
        return DOTS
    first = f"Ông/Bà {names[0]}"
    return f"{first} và {format_number(people - 1)} người khác" if people > 1 else first


def _requests(card: Card) -> Grid:
    rows = [
        [format_number(one.row.number), one.row.words, one.row.reply, one.row.basis]
        for one in card.requests
        if one.row.withdrawn_on is None
    ]
    return Grid("Trả lời từng yêu cầu", REQUEST_HEADS, REQUEST_WIDTHS, rows)


def _step(card: Card, *kinds: StepKind) -> PetitionStep | None:
    """The last line of the history of one of these kinds; the card has the newest first."""
    return next((one for one in card.steps if one.kind in kinds), None)


def _symbol(card: Card, *kinds: StepKind) -> str:
    step = _step(card, *kinds)
    return step.symbol if step else ""


def _words(card: Card, *kinds: StepKind) -> str:
    step = _step(card, *kinds)
    return step.words if step else ""


def _after(step: PetitionStep | None, mark: str) -> str:
    return step.words.partition(mark)[2].rstrip(".") if step else DOTS


def _step_day(card: Card, kind: StepKind) -> date | None:
    step = _step(card, kind)
    return step.on if step else None


def _day(day: date | None) -> str:
    return format_date(day) if day else DOTS
