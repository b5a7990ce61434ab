"""Receive a paper: who sent it, which matters it holds, since when the clocks run. Split, classify anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import last_names, units_on
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import (
    ACCEPT_KEY,
    ANSWERED_KINDS,
    CLASSIFY,
    IDLE,
    IDLE_KEY,
    MORE,
    PREFIX,
    REPLY,
    REPLY_KEY,
    SENT_ON,
    Channel,
    Kind,
    Language,
    StepKind,
)
from danvan.petitions.events import PetitionSplit, PetitionsReceived
from danvan.petitions.models import Paper, Petition, PetitionRequest
from danvan.petitions.moves import RECEIVE
from danvan.petitions.services import rows
from danvan.petitions.services.filing_papers import keep_as_written
from danvan.petitions.services.hiding import Hide, hiding
from danvan.petitions.services.identities import PersonDraft, person_faults, senders_of, sign
from danvan.petitions.services.parting import leave_cluster
from danvan.petitions.services.publishing import COMPLAINT, hide_of
from danvan.topics.services import hold_topics
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.law.models import ClockHeld

TITLE, REQUEST, SPOT, SYMBOL = 300, 600, 200, 120  # letters
MOST_MATTERS, MOST_REQUESTS, MOST_PERSONS, MOST_PEOPLE = 20, 50, 50, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterDraft:
    """One matter of a paper before it is written down; `requests` are what is asked for, one by one."""

    kind: str
    title: str
    text: str = ""
    requests: tuple[str, ...] = ()
    topic_id: int | None = None
    place_id: int | None = None
    decision_symbol: str = ""
    known_on: date | None = None
    disciplinary: bool = False
    remote: bool = False
    spot: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    wants_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDraft:
    """A paper before it is written down."""

    unit_id: int
    received_on: date
    channel: str
    matters: tuple[MatterDraft, ...]
    persons: tuple[PersonDraft, ...] = ()
    people: int = 1
    language: str = Language.VIETNAMESE
    sender: str = ""
    sender_symbol: str = ""
    written_on: date | None = None
    anonymous: bool = False
    originals: bool = False
    spoken: bool = False
    wants_result: bool = False


@transaction.atomic
def receive_paper(draft: PaperDraft, *, actor: "User | None") -> Paper:
    """Write a paper down with its matters and begin their clocks; every fault at once, `row` counts matters from 1."""
    hold_units({draft.unit_id, *(one.place_id for one in draft.matters if one.place_id)})
    rows.refuse(faults_of_paper(draft, actor=actor))
    paper = Paper.objects.create(
        unit_id=draft.unit_id,
        received_on=draft.received_on,
        channel=draft.channel,
        language=draft.language,
        sender=canonical(draft.sender).strip(),
        sender_symbol=canonical(draft.sender_symbol).strip(),
        written_on=draft.written_on,
        people=draft.people,
        anonymous=draft.anonymous,
        originals=draft.originals,
        spoken=draft.spoken,
        wants_result=draft.wants_result,
        entered_by=actor,
        entered_at=clock.now(),
    )
    sign(paper, draft.persons)
    hide = hiding(draft.persons)
    read = [_hidden(one, hide) for one in draft.matters]
    made = [enter_matter(paper, one, actor=actor) for one in read]
    _keep_written(paper, draft.matters, read, actor)
    ids = tuple(one.pk for one in made)
    audit.record(actor, "petitions.receive", paper, unit_id=paper.unit_id, ids=list(ids))
    events.publish(PetitionsReceived(petition_ids=ids, people=paper.people))
    return paper


@transaction.atomic
def faults_of_paper(draft: PaperDraft, *, actor: "User | None") -> list[Fault]:
    """Everything for which this paper would be refused; nothing is written."""
    return [*_paper_faults(draft, actor), *_people_faults(draft), *_matters_faults(draft)]


def _keep_written(
    paper: Paper, drafts: Sequence[MatterDraft], read: Sequence[MatterDraft], actor: "User | None"
) -> None:
    """Keep sealed, as they came, the words of those matters in which a sender was hidden."""
    pairs = [(_words(one), _words(now)) for one, now in zip(drafts, read, strict=True)]
    if written := [words for words, now in pairs if words != now]:
        keep_as_written(paper, "\n\n".join(written), actor=actor)


def _words(draft: MatterDraft) -> str:
    parts = (draft.title, draft.text, *draft.requests, draft.spot, draft.decision_symbol)
    return "\n".join(canonical(one).strip() for one in parts if one.strip())


def _hidden(draft: MatterDraft, hide: Hide) -> MatterDraft:
    """The matter without who sent it: that stands sealed beside it."""
    return replace(
        draft,
        title=hide(draft.title, TITLE),
        text=hide(draft.text, rows.TEXT),
        requests=tuple(hide(one, REQUEST) for one in draft.requests),
        spot=hide(draft.spot, SPOT),
        decision_symbol=hide(draft.decision_symbol, SYMBOL),
    )


@transaction.atomic
def split_petition(
    petition: Petition, drafts: Sequence[MatterDraft], *, actor: "User | None", seen: int | None = None
) -> list[Petition]:  # fmt: skip
    """Make petitions of their own out of what else the same paper holds; the first receipt stays that of the paper, the time
    of this unit runs from the day on which it came here.
    """
    petition = rows.locked(
        petition, seen=seen, also={one.place_id for one in drafts if one.place_id}
    )
    rows.allowed_move(petition, "split")
    faults = _all_matter_faults(drafts)
    if not drafts:
        faults.append(Fault("Đồng chí vui lòng ghi ít nhất một nội dung để tách.", column="title"))
    rows.refuse(faults)
    hide = hiding(senders_of(petition.paper))
    read = [_hidden(one, hide) for one in drafts]
    _keep_written(petition.paper, drafts, read, actor)
    made = [
        enter_matter(
            petition.paper,
            one,
            actor=actor,
            unit_id=petition.unit_id,
            at_unit_on=petition.at_unit_on,
        )
        for one in read
    ]
    today, words = clock.today(), "Tách thành " + ", ".join(one.number for one in made)
    rows.step(petition, StepKind.SPLIT, on=today, actor=actor, words=words)
    for one in made:
        rows.step(one, StepKind.SPLIT, on=today, actor=actor, words=f"Tách từ {petition.number}")
    rows.save(petition)
    ids = tuple(one.pk for one in made)
    audit.record(actor, "petitions.split", petition, ids=list(ids))
    by_id = actor.pk if actor else None
    events.publish(PetitionSplit(petition_id=petition.pk, made_ids=ids, by_id=by_id))
    return made


@transaction.atomic
def reclassify_petition(
    petition: Petition, *, kind: str, why: str, actor: "User | None", seen: int | None = None
) -> Petition:
    """It is of another kind than was written down first: another number, and the clocks of that kind from the receipt at this unit."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "reclassify")
    why, faults = rows.words_of(
        why, column="why", missing="Đồng chí vui lòng ghi vì sao phân loại lại.", most=500
    )
    if kind not in Kind.values:
        faults.append(Fault("Đồng chí vui lòng chọn loại đơn.", column="kind"))
    elif kind == petition.kind:
        faults.append(
            Fault("Đơn đã ở loại này rồi, đồng chí vui lòng chọn loại khác.", column="kind")
        )
    rows.refuse(faults)
    former, today = petition.number, clock.today()
    petition.kind = kind
    if kind not in ANSWERED_KINDS:
        leave_cluster(petition, "Phân loại lại là khiếu nại", on=today, actor=actor)
        hide_of(petition, COMPLAINT, actor=actor)
    petition.number = rows.number_of(PREFIX[kind], petition.received_on.year)
    rows.stop(petition, CLASSIFY, REPLY, on=today, actor=actor)
    begin_clocks(petition, petition.paper.channel, actor=actor)
    rows.step(
        petition,
        StepKind.RECLASSIFIED,
        on=today,
        actor=actor,
        words=f"Số cũ {former}. Lý do: {why}",
    )
    rows.save(petition, "kind", "number")
    rows.index(petition)
    audit.record(actor, "petitions.reclassify", petition, kind=kind)
    return petition


def enter_matter(
    paper: Paper, draft: MatterDraft, *, actor: "User | None", unit_id: int | None = None,
    at_unit_on: date | None = None,
) -> Petition:  # fmt: skip
    """Write one matter of a paper down and begin its clocks: at the unit that has the paper, or at one to which it went on a
    day. The caller has looked for faults.
    """
    petition = Petition.objects.create(
        number=rows.number_of(PREFIX[draft.kind], paper.received_on.year),
        paper=paper,
        kind=draft.kind,
        unit_id=unit_id or paper.unit_id,
        title=canonical(draft.title).strip(),
        text=canonical(draft.text).strip(),
        topic_id=draft.topic_id,
        place_id=draft.place_id,
        received_on=paper.received_on,
        at_unit_on=at_unit_on or paper.received_on,
        decision_symbol=canonical(draft.decision_symbol).strip(),
        known_on=draft.known_on,
        disciplinary=draft.disciplinary,
        remote=draft.remote,
        spot=canonical(draft.spot).strip(),
        latitude=draft.latitude,
        longitude=draft.longitude,
        wants_public=draft.wants_public,
    )
    PetitionRequest.objects.bulk_create(
        PetitionRequest(petition=petition, number=number, words=canonical(words).strip()[:REQUEST])
        for number, words in enumerate(draft.requests or (draft.title,), start=1)
    )
    begun = begin_clocks(petition, paper.channel, actor=actor, new=True)
    rows.step(petition, StepKind.RECEIVED, on=paper.received_on, actor=actor)
    rows.take_days(petition, among=begun)
    petition.save(update_fields=list(rows.DAYS))
    rows.index_new(petition)
    return petition


def begin_clocks(
    petition: Petition, channel: str, *, actor: "User | None", new: bool = False
) -> list["ClockHeld"]:
    """What runs from the receipt at this unit: the answer that it was received, for complaints the acceptance; and from
    the first receipt the alarm. What began; a `new` petition had no clock before.
    """
    on, wanted = petition.at_unit_on, {}
    if petition.kind == Kind.COMPLAINT:
        wanted[CLASSIFY] = (ACCEPT_KEY, on)
    # Whoever was asked for more knows the new day.
    told = not new and rows.open_clock(petition, MORE) is not None
    if (petition.kind in ANSWERED_KINDS or channel == Channel.RECEPTION) and not told:
        wanted[REPLY] = (REPLY_KEY, on)
    if new or rows.open_clock(petition, IDLE) is None:
        wanted[IDLE] = (IDLE_KEY, petition.received_on)
    return rows.run_each(petition, wanted, actor=actor, new=new)


def _paper_faults(draft: PaperDraft, actor: "User | None") -> Iterator[Fault]:
    if actor is not None and not reaches(actor, RECEIVE, draft.unit_id):
        yield Fault(
            "Đồng chí chưa có quyền nhận đơn cho đơn vị này, vui lòng chọn đơn vị khác.",
            column="unit",
        )
    elif draft.unit_id not in units_on([draft.unit_id], draft.received_on):
        yield Fault(
            "Đơn vị này không hoạt động vào ngày nhận, đồng chí vui lòng xem lại.", column="unit"
        )
    if draft.received_on > clock.today():
        day = format_date(draft.received_on)
        yield Fault(f"Ngày nhận {day} chưa đến, đồng chí vui lòng xem lại.", column="received_on")
    if draft.written_on and draft.written_on > draft.received_on:
        yield Fault("Ngày ghi trên đơn không thể sau ngày nhận.", column="written_on")
    if draft.channel not in Channel.values:
        yield Fault("Đồng chí vui lòng chọn đơn đến bằng cách nào.", column="channel")
    if draft.language not in Language.values:
        yield Fault("Đồng chí vui lòng chọn ngôn ngữ.", column="language")
    yield from sender_faults(draft.channel, draft.sender, draft.sender_symbol)


def sender_faults(channel: str, sender: str, symbol: str) -> Iterator[Fault]:
    """What is wrong with who sent a paper on: whoever did is owed what came of it, so they must be known."""
    needed = "Đồng chí vui lòng ghi cơ quan, người chuyển đơn đến để báo lại kết quả."
    missing = needed if channel in SENT_ON else ""
    yield from rows.words_of(sender, column="sender", missing=missing, most=200)[1]
    yield from rows.words_of(symbol, column="sender_symbol", most=80)[1]


def _people_faults(draft: PaperDraft) -> Iterator[Fault]:
    if not 1 <= draft.people <= MOST_PEOPLE:
        yield Fault("Số người phải từ 1 trở lên, đồng chí vui lòng xem lại.", column="people")
    if draft.anonymous and any(one.name for one in draft.persons):
        yield Fault(
            "Đơn không ghi tên thì không ghi người gửi, đồng chí vui lòng bỏ một trong hai.",
            column="anonymous",
        )
    if not draft.anonymous and not draft.persons:
        yield Fault("Đồng chí vui lòng ghi người gửi, hoặc chọn đơn không ghi tên.", column="name")
    if len(draft.persons) > MOST_PERSONS:
        yield Fault(
            f"Chỉ ghi tên tối đa {MOST_PERSONS} người; số còn lại ghi vào “Số người”.",
            column="persons",
        )
    elif draft.persons and draft.people < len(draft.persons):
        yield Fault(
            "Số người ít hơn số người đã ghi tên, đồng chí vui lòng xem lại.", column="people"
        )
    for row, person in enumerate(draft.persons[:MOST_PERSONS], start=1):
        yield from person_faults(person, row)


def _matters_faults(draft: PaperDraft) -> Iterator[Fault]:
    if not draft.matters:
        yield Fault("Đồng chí vui lòng ghi ít nhất một nội dung.", column="title")
    yield from _all_matter_faults(draft.matters)


def _all_matter_faults(drafts: Sequence[MatterDraft]) -> list[Fault]:
    if len(drafts) > MOST_MATTERS:
        return [
            Fault(
                f"Một đơn tách tối đa {MOST_MATTERS} nội dung, đồng chí vui lòng ghi làm nhiều lần."
            )
        ]
    faults = [
        Fault(fault.message, row, fault.column)
        for row, one in enumerate(drafts, start=1)
        for fault in _matter_faults(one)
    ]
    places = last_names({one.place_id for one in drafts if one.place_id}, clock.today())
    faults += [
        Fault("Không tìm thấy địa bàn này, đồng chí vui lòng chọn lại.", row, "place")
        for row, one in enumerate(drafts, start=1)
        if one.place_id and one.place_id not in places
    ]
    try:
        hold_topics([one.topic_id for one in drafts])
    except RuleError as broken:
        faults += broken.faults
    return faults


def _matter_faults(draft: MatterDraft) -> Iterator[Fault]:
    if draft.kind not in Kind.values:
        yield Fault("Đồng chí vui lòng chọn loại đơn.", column="kind")
    for column, words, most, missing in (
        ("title", draft.title, TITLE, "Đồng chí vui lòng tóm tắt nội dung."),
        ("text", draft.text, rows.TEXT, ""),
        ("decision_symbol", draft.decision_symbol, SYMBOL, ""),
    ):
        yield from rows.words_of(words, column=column, missing=missing, most=most)[1]
    if draft.known_on and draft.known_on > clock.today():
        yield Fault("Ngày biết quyết định chưa đến, đồng chí vui lòng xem lại.", column="known_on")
    if len(draft.requests) > MOST_REQUESTS:
        yield Fault(f"Một đơn ghi tối đa {MOST_REQUESTS} yêu cầu.", column="requests")
    for words in draft.requests[:MOST_REQUESTS]:
        missing = "Đồng chí vui lòng ghi rõ yêu cầu."
        yield from rows.words_of(words, column="requests", missing=missing, most=REQUEST)[1]
