"""Somebody comes: who (sealed), which matters, what became of each at once; refusal and receipt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.selectors import codes_from, standing_digest
from danvan.commitments.services import Asking, Slip, open_follow_codes, withdraw_follow_code
from danvan.foundation import audit, clock, search
from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.law.errors import UnknownParameter
from danvan.law.services import end_clock_if_open, start_clock_by_law
from danvan.organisations.selectors import units_on
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import Channel, Kind, Language
from danvan.petitions.models import (
    Paper,
    ReceptionDay,
    ReceptionVisit,
    Signature,
    VisitMatter,
)
from danvan.petitions.reception_enums import (
    RECEIVED_ACTION,
    REFUSE_KEY,
    TOOK_PLACE,
    VISIT,
    WRITTEN,
    Confirmed,
    MatterWay,
    Refusal,
)
from danvan.petitions.services.filing_papers import hide_senders, keep_as_written
from danvan.petitions.services.hiding import Hide, hiding
from danvan.petitions.services.identities import PersonDraft, person_faults, sign
from danvan.petitions.services.receiving import (
    MOST_MATTERS,
    MOST_PEOPLE,
    MOST_PERSONS,
    MatterDraft,
    PaperDraft,
    receive_paper,
)
from danvan.petitions.services.reception import rows
from danvan.petitions.services.vault.receipts import keep_to_receipt
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMatterDraft:
    """One matter of a visit before it is written down."""

    kind: str
    title: str
    way: str
    text: str = ""
    settled_by: str = ""
    guided_to: str = ""
    answer: str = ""
    answer_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDraft:
    """A visit before it is written down."""

    unit_id: int
    held_on: date
    persons: tuple[PersonDraft, ...]
    matters: tuple[VisitMatterDraft, ...]
    day_id: int | None = None
    people: int = 1
    receiver: str = ""
    language: str = Language.VIETNAMESE
    interpreter: str = ""
    spoken: bool = False
    read_back: bool = False
    confirmed: str = ""
    documents: str = ""
    originals: bool = False
    wants_result: bool = False
    repeated: bool = False
    refusal: str = ""
    refusal_why: str = ""
    online: bool = False


@transaction.atomic
def record_visit(draft: VisitDraft, *, actor: "User | None") -> ReceptionVisit:
    """Write a visit down: each matter that is received becomes a petition of its own with its clocks; every fault at once."""
    hold_units([draft.unit_id])
    day = _day_of(draft)
    refuse(_faults(draft, day, actor))
    received = [one for one in draft.matters if one.way == MatterWay.RECEIVED]
    paper = _received(draft, received, actor) if received else _bare(draft, actor)
    people = [one.petitioner_id for one in paper.signatures.all()]
    before = Signature.objects.filter(
        petitioner__in=people, paper__reception_visit__unit_id=draft.unit_id
    ).exclude(paper=paper)
    hide = hiding(draft.persons)
    read = [_hidden(one, hide) for one in draft.matters]
    documents, refusal_why = hide(draft.documents), hide(draft.refusal_why, 500)
    if written := [
        *_written(draft, read),
        *_changed(draft.documents, documents),
        *_changed(draft.refusal_why, refusal_why),
    ]:
        keep_as_written(paper, "\n".join(written), actor=actor)
    visit = ReceptionVisit.objects.create(
        unit_id=draft.unit_id,
        day=day,
        paper=paper,
        held_on=draft.held_on,
        officer=actor,
        receiver=canonical(draft.receiver).strip() or (day.head_name if day else ""),
        people=draft.people,
        repeated=draft.repeated or before.exists(),
        interpreter=canonical(draft.interpreter).strip(),
        read_back=draft.read_back,
        confirmed=draft.confirmed,
        online=draft.online or (day is not None and day.online),
        documents=documents.strip(),
        refusal=draft.refusal,
        refusal_why=refusal_why.strip(),
    )
    petitions = iter(paper.petitions.order_by("pk"))
    made = VisitMatter.objects.bulk_create(
        VisitMatter(
            visit=visit,
            unit_id=draft.unit_id,
            on=draft.held_on,
            kind=one.kind,
            title=one.title,
            people=draft.people,
            settled_by=one.settled_by,
            way=one.way,
            guided_to=one.guided_to,
            answer=one.answer,
            answer_on=one.answer_on,
            petition=next(petitions) if one.way == MatterWay.RECEIVED else None,
        )
        for one in read
    )
    search.index_many((one, one.title) for one in made)
    _begin_refusal(visit, actor)
    audit.record(actor, "petitions.record_visit", visit, unit_id=visit.unit_id)
    return visit


@transaction.atomic
def notify_refusal(
    visit: ReceptionVisit, *, on: date, symbol: str, actor: "User | None", seen: int | None = None
) -> ReceptionVisit:
    """Write down that the written notice of a refusal (Mẫu 01/TCD) went out; its clock ends."""
    visit = rows.locked_visit(visit, seen=seen)
    if visit.refusal not in WRITTEN:
        raise RuleError(
            "Trường hợp này từ chối bằng lời và giải thích tại chỗ, không cần thông báo bằng văn bản."
        )
    if visit.refusal_notice_on:
        raise RuleError("Thông báo từ chối của lượt tiếp này đã gửi rồi.")
    symbol, faults = words_of(
        symbol, column="symbol", most=80, missing="Đồng chí vui lòng ghi số thông báo từ chối."
    )
    refuse([*faults, *day_faults(on, column="on", since=visit.held_on, what="ngày tiếp")])
    visit.refusal_notice_on, visit.refusal_symbol = on, symbol
    rows.save(visit, "refusal_notice_on", "refusal_symbol")
    end_clock_if_open(VISIT, visit.pk, on=on, actor=actor)
    audit.record(actor, "petitions.notify_refusal", visit)
    return visit


@transaction.atomic
def answer_matter(
    matter: VisitMatter, *, answer: str, on: date, actor: "User | None"
) -> VisitMatter:
    """The answer that was promised for a day was given."""
    rows.locked_visit(matter.visit)
    matter = VisitMatter.objects.get(pk=matter.pk)
    if matter.way != MatterWay.LATER or matter.answered_on:
        raise RuleError("Nội dung này không chờ trả lời, đồng chí vui lòng mở lại trang.")
    answer, faults = words_of(
        answer, column="answer", missing="Đồng chí vui lòng ghi đã trả lời thế nào."
    )
    refuse([*faults, *day_faults(on, column="on", since=matter.on, what="ngày tiếp")])
    matter.answer = hide_senders(matter.visit.paper, answer, most=20_000, actor=actor)
    matter.answered_on = on
    matter.save(update_fields=["answer", "answered_on"])
    audit.record(actor, "petitions.answer_visit", matter.visit, matter_id=matter.pk)
    return matter


@transaction.atomic
def write_receipt(
    visit: ReceptionVisit, *, actor: "User | None", seen: int | None = None
) -> tuple[ReceptionVisit, Slip]:
    """Giấy biên nhận (Mẫu 02/TCD) for what was handed over, with a code by which whoever came follows it; readable once.

    Written again, for a slip that was lost or not printed, it has a new code, and the one before opens nothing any more.
    """
    visit = rows.locked_visit(visit, seen=seen)
    if visit.refusal:
        raise RuleError("Lượt này bị từ chối tiếp nên không có giấy biên nhận.")
    before = list(codes_from(VISIT, visit.pk).filter(withdrawn_on=None))
    for one in before:
        withdraw_follow_code(one, actor=actor)
    [slip] = open_follow_codes(
        Asking("", visit.held_on, "Tiếp công dân", VISIT, visit.pk), number=1, actor=actor
    )
    keep_to_receipt([one.digest for one in before], standing_digest(VISIT, visit.pk))
    visit.receipt_on = clock.today()
    rows.save(visit, "receipt_on")
    audit.record(actor, "petitions.write_receipt", visit)
    return visit, slip


def _day_of(draft: VisitDraft) -> ReceptionDay | None:
    if draft.day_id is None:
        return None
    return ReceptionDay.objects.filter(pk=draft.day_id, unit_id=draft.unit_id).first()


def _received(draft: VisitDraft, received: list[VisitMatterDraft], actor: "User | None") -> Paper:
    """The paper with its petitions, by the act of the core."""
    return receive_paper(
        PaperDraft(
            unit_id=draft.unit_id,
            received_on=draft.held_on,
            channel=Channel.RECEPTION,
            matters=tuple(
                MatterDraft(kind=one.kind, title=one.title, text=one.text) for one in received
            ),
            persons=draft.persons,
            people=draft.people,
            language=draft.language,
            originals=draft.originals,
            spoken=draft.spoken,
            wants_result=draft.wants_result,
        ),
        actor=actor,
    )


def _bare(draft: VisitDraft, actor: "User | None") -> Paper:
    """A paper that holds no petition: guided, answered or refused at once, yet who came is kept sealed."""
    paper = Paper.objects.create(
        unit_id=draft.unit_id,
        received_on=draft.held_on,
        channel=Channel.RECEPTION,
        language=draft.language,
        people=draft.people,
        originals=draft.originals,
        spoken=draft.spoken,
        wants_result=draft.wants_result,
        entered_by=actor,
        entered_at=clock.now(),
    )
    sign(paper, draft.persons)
    return paper


def _hidden(draft: VisitMatterDraft, hide: Hide) -> VisitMatterDraft:
    """The matter without who came: that stands sealed beside it, as do its words as they were said."""
    return replace(
        draft,
        title=hide(draft.title, 300).strip(),
        settled_by=hide(draft.settled_by, 200).strip(),
        guided_to=hide(draft.guided_to, 200).strip(),
        answer=hide(draft.answer).strip(),
    )


def _written(draft: VisitDraft, read: list[VisitMatterDraft]) -> Iterator[str]:
    """What was said before somebody was hidden in it; the title of what is received is kept with its petition."""
    for one, now in zip(draft.matters, read, strict=True):
        if one.way != MatterWay.RECEIVED:
            yield from _changed(one.title, now.title)
        for column in ("settled_by", "guided_to", "answer"):
            yield from _changed(getattr(one, column), getattr(now, column))


def _changed(said: str, hidden: str) -> list[str]:
    words = canonical(said).strip()
    return [words] if words != hidden.strip() else []


def _begin_refusal(visit: ReceptionVisit, actor: "User | None") -> None:
    if visit.refusal not in WRITTEN:
        return
    try:
        held = start_clock_by_law(
            VISIT, visit.pk, REFUSE_KEY, on=visit.held_on, unit_id=visit.unit_id, actor=actor
        )
    except UnknownParameter:
        return  # no row in force: nothing is computed, the page says so
    visit.refusal_due_on = held.due_on
    visit.save(update_fields=["refusal_due_on"])


def _faults(draft: VisitDraft, day: ReceptionDay | None, actor: "User | None") -> Iterator[Fault]:
    if actor is not None and not reaches(actor, RECEIVED_ACTION, draft.unit_id):
        yield Fault("Đồng chí chưa có quyền ghi tiếp công dân cho đơn vị này.", column="unit")
    elif draft.unit_id not in units_on([draft.unit_id], draft.held_on):
        yield Fault("Đơn vị này không hoạt động vào ngày tiếp, đồng chí vui lòng xem lại.", column="unit")  # fmt: skip
    if draft.held_on > clock.today():
        yield Fault(f"Ngày {format_date(draft.held_on)} chưa đến, đồng chí vui lòng xem lại.", column="held_on")  # fmt: skip
    if draft.day_id is not None and (
        day is None or day.state not in TOOK_PLACE or day.held_on != draft.held_on
    ):
        yield Fault(
            "Buổi tiếp của người đứng đầu chưa ghi đã tiếp, hoặc khác ngày. Đồng chí vui lòng ghi buổi tiếp trước.",
            column="day",
        )
    yield from _people_faults(draft)
    if draft.language not in Language.values:
        yield Fault("Đồng chí vui lòng chọn ngôn ngữ.", column="language")
    if draft.confirmed not in Confirmed.values:
        yield Fault("Đồng chí vui lòng chọn cách xác nhận.", column="confirmed")
    elif draft.spoken and not (draft.read_back and draft.confirmed):
        yield Fault(
            "Người đến không tự viết được: đồng chí đọc lại cho nghe, rồi ghi ký tên hoặc điểm chỉ.",
            column="read_back",
        )
    for column, words, most in (
        ("receiver", draft.receiver, 200), ("interpreter", draft.interpreter, 120), ("documents", draft.documents, 20_000),
    ):  # fmt: skip
        yield from words_of(words, column=column, most=most)[1]
    if draft.refusal not in Refusal.values:
        yield Fault("Đồng chí vui lòng chọn lý do từ chối.", column="refusal")
    missing = "Đồng chí vui lòng ghi rõ vì sao từ chối." if draft.refusal else ""
    yield from words_of(draft.refusal_why, column="refusal_why", most=500, missing=missing)[1]
    yield from _matters_faults(draft)


def _people_faults(draft: VisitDraft) -> Iterator[Fault]:
    if not 1 <= draft.people <= MOST_PEOPLE:
        yield Fault("Số người phải từ 1 trở lên, đồng chí vui lòng xem lại.", column="people")
    if not draft.persons:
        yield Fault("Đồng chí vui lòng ghi họ tên người đến.", column="name")
    elif draft.people < len(draft.persons):
        yield Fault("Số người ít hơn số người đã ghi tên, đồng chí vui lòng xem lại.", column="people")  # fmt: skip
    if len(draft.persons) > MOST_PERSONS:
        yield Fault(f"Chỉ ghi tên tối đa {MOST_PERSONS} người.", column="name")
    for row, person in enumerate(draft.persons[:MOST_PERSONS], start=1):
        yield from person_faults(replace(person), row)


def _matters_faults(draft: VisitDraft) -> Iterator[Fault]:
    if not 1 <= len(draft.matters) <= MOST_MATTERS:
        yield Fault(f"Một lượt tiếp có từ 1 đến {MOST_MATTERS} nội dung.", column="title")
    if not draft.refusal and any(one.way == MatterWay.REFUSED for one in draft.matters):
        yield Fault(
            "Đồng chí vui lòng chọn căn cứ ở mục “Từ chối tiếp”; không từ chối thì chọn cách xử lý khác.",
            column="refusal",
        )
    for row, one in enumerate(draft.matters[:MOST_MATTERS], start=1):
        for fault in _matter_faults(draft, one):
            yield Fault(fault.message, row, fault.column)


def _matter_faults(draft: VisitDraft, one: VisitMatterDraft) -> Iterator[Fault]:
    if one.kind not in Kind.values:
        yield Fault("Đồng chí vui lòng chọn loại. Nội dung tố cáo ghi ở mục Tố cáo, không ghi ở sổ này.", column="kind")  # fmt: skip
    if one.way not in MatterWay.values:
        yield Fault("Đồng chí vui lòng chọn cách xử lý nội dung này.", column="way")
    elif draft.refusal and one.way != MatterWay.REFUSED:
        yield Fault(
            "Đã ghi căn cứ từ chối tiếp: đồng chí vui lòng chọn “Từ chối tiếp” cho mọi nội dung, hoặc bỏ căn cứ ấy.",
            column="way",
        )
    needed = {
        MatterWay.GUIDED: ("guided_to", "Đồng chí vui lòng ghi hướng dẫn đến cơ quan nào."),
        MatterWay.ANSWERED: ("answer", "Đồng chí vui lòng ghi đã trả lời thế nào."),
    }.get(MatterWay(one.way) if one.way in MatterWay.values else MatterWay.RECEIVED, ("", ""))
    for column, most, missing in (
        ("title", 300, "Đồng chí vui lòng tóm tắt nội dung."), ("settled_by", 200, ""), ("guided_to", 200, ""),
        ("answer", 20_000, ""), ("text", 100_000, ""),
    ):  # fmt: skip
        said = missing or (needed[1] if needed[0] == column else "")
        yield from words_of(getattr(one, column), column=column, most=most, missing=said)[1]
    if one.way == MatterWay.LATER and (one.answer_on is None or one.answer_on < draft.held_on):
        yield Fault("Đồng chí vui lòng ghi ngày sẽ trả lời, từ ngày tiếp trở đi.", column="answer_on")  # fmt: skip
