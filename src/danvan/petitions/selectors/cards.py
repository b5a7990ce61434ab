"""One petition with all that its page shows: its way, its clocks in words, what may be done next and why not yet."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan.accounts.selectors import units_granted
from danvan.commitments.selectors import commitments_by_source
from danvan.foundation import clock
from danvan.foundation.errors import SealingError
from danvan.foundation.sealing import unseal
from danvan.law.selectors import clocks
from danvan.organisations.selectors import bare_place_of, last_names
from danvan.petitions.enums import (
    CLASSIFY,
    CLOCKS,
    IDLE,
    REQUEST_SOURCE,
    SETTLE,
    SUBJECT,
    WORKED,
    Complexity,
    Kind,
    State,
    StepKind,
    base_of,
)
from danvan.petitions.models import (
    IdentityOpening,
    Paper,
    Petition,
    PetitionAnswer,
    Petitioner,
    PetitionRequest,
    PetitionStep,
    PetitionTransfer,
    Signature,
)
from danvan.petitions.moves import MOVES
from danvan.petitions.selectors.act_days import DATED, last_of
from danvan.petitions.selectors.lacking import Settling
from danvan.petitions.selectors.next_moves import (
    SMALL,
    MoveTold,
    Standing,
    forward_of,
    next_moves,
)
from danvan.petitions.selectors.notices import labels_of
from danvan.petitions.selectors.paper_files import FileTold, files_of, number_of_files
from danvan.petitions.selectors.rules import (
    dialogue_needed,
    group_lacking,
    group_rule,
    terms_not_held,
)
from danvan.topics.selectors import told_topics
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment
    from danvan.law.models import ClockHeld

SEEN_PARTS = ("name", "address", "id_number", "phone", "email")
# The steps of the way as the page draws them, and how many are behind in each state.
WAYS: dict[str, tuple[str, ...]] = {
    Kind.COMPLAINT: ("Tiếp nhận", "Thụ lý", "Xác minh", "Đối thoại", "Quyết định", "Thi hành"),
    Kind.PROPOSAL: ("Tiếp nhận", "Thụ lý", "Giải quyết", "Trả lời", "Kiểm tra"),
    Kind.FEEDBACK: ("Tiếp nhận", "Thụ lý", "Giải quyết", "Trả lời", "Kiểm tra"),
}
BEHIND: dict[str, int] = {
    State.RECEIVED: 1, State.AWAITED: 2, State.ACCEPTED: 2, State.VERIFYING: 2, State.DIALOGUE: 3, State.SUSPENDED: 2,
    State.DECIDED: 5, State.SENT: 5, State.ENFORCING: 5, State.ANSWERED: 4, State.DONE: 6, State.APPEALED: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way: behind, where it is now, or still to come, with its day."""

    label: str
    state: str  # ok, now or empty
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock in words: what it is for, until when, how it was counted, by which row of the law."""

    label: str
    held: "ClockHeld"
    days: int

    @property
    def running(self) -> bool:
        """Whether it runs: neither ended nor paused."""
        return self.held.ended_on is None and self.held.paused_on is None


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Who stands behind the paper, in plain words, for the minutes for which the identity is open."""

    name: str
    address: str
    id_number: str
    phone: str
    email: str
    representative: bool
    erased: bool = False


@dataclass(frozen=True, slots=True)
class RequestTold:
    """One request with the work given from it."""

    row: PetitionRequest
    given: "list[Commitment]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of one petition shows."""

    petition: Petition
    unit_name: str
    unit_place: str
    paper_unit_name: str
    place_name: str
    topic: str
    stages: list[Stage]
    clock: ClockLine | None
    clocks: list[ClockLine]
    longer: str
    unclocked: list[str]
    moves: list[MoveTold]
    small: list[MoveTold]
    forward: str
    requests: list[RequestTold]
    steps: list[PetitionStep]
    transfers: list[PetitionTransfer]
    names: dict[int, str]
    answers: list[PetitionAnswer]
    persons: list[PersonTold]
    people: int
    crowd: bool
    lacking: str
    openings: list[IdentityOpening]
    open_until: "IdentityOpening | None"
    may_handle: bool
    may_receive: bool
    second: Petition | None
    siblings: list[Petition]
    complexity: list[str]
    files: list[FileTold]
    number_of_files: int
    seal_fault: str = ""


def card_of(user: "User", petition: Petition) -> Card:
    """What the page of one petition shows; a fixed number of queries."""
    today, paper = clock.today(), petition.paper
    may = {
        action: units_granted(user, action).filter(unit_id=petition.unit_id).exists()
        for action in sorted({one.action for one in MOVES.values()})
    }
    helds = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk)
    held = list(helds.select_related("parameter").order_by("pk"))
    steps = list(petition.steps.select_related("by"))[::-1]
    labels = labels_of(held, steps[::-1])
    lines = [ClockLine(labels[one.pk], one, (one.due_on - today).days) for one in held]
    requests = list(petition.requests.all())
    given = commitments_by_source(REQUEST_SOURCE, [one.pk for one in requests])
    by_request: dict[int, list[Commitment]] = {}
    for one in given:
        by_request.setdefault(one.source_id or 0, []).append(one)
    transfers = list(petition.transfers.all())
    ids = {petition.unit_id, paper.unit_id, petition.place_id or 0}
    ids |= {pk for one in transfers for pk in (one.from_unit_id, one.to_unit_id)}
    names = last_names(ids, today)
    topics = told_topics({petition.topic_id} - {None}, on=today)
    opened = list(paper.openings.select_related("by"))
    now = clock.now()
    open_until = next((one for one in opened if one.by_id == user.pk and one.until > now), None)
    signatures = list(paper.signatures.select_related("petitioner__key"))
    persons, fault = persons_behind(signatures) if open_until else ([], "")
    answers = list(petition.answers.select_related("by"))
    moves = next_moves(
        Standing(
            petition=petition,
            reader_id=user.pk,
            may=may,
            requests=requests,
            running={base_of(one.held.name) for one in lines if one.running},
            given=list(given),
            answers=answers,
            reported_back=any(one.kind == StepKind.REPORTED_BACK for one in steps),
            settling=_settling(petition, lines, steps),
        )
    )
    return Card(
        petition=petition,
        unit_name=names.get(petition.unit_id, ""),
        unit_place=bare_place_of(petition.unit_id, today),
        paper_unit_name=names.get(paper.unit_id, ""),
        place_name=names.get(petition.place_id or 0, ""),
        topic=topics[petition.topic_id].path if petition.topic_id in topics else "",
        stages=_stages(petition),
        clock=next(
            (one for one in lines if one.running and base_of(one.held.name) == petition.due_name),
            None,
        ),
        clocks=lines,
        longer=_longer(steps, lines),
        unclocked=_unclocked(petition, lines),
        moves=[one for one in moves if one.move.name not in SMALL],
        small=[one for one in moves if one.move.name in SMALL],
        forward=forward_of(moves),
        requests=[RequestTold(one, by_request.get(one.pk, [])) for one in requests],
        steps=steps,
        transfers=transfers,
        names=names,
        answers=answers,
        persons=persons,
        people=max(len(signatures), paper.people),
        crowd=group_rule(paper.people, paper.received_on).crowd,
        lacking=group_lacking(paper),
        openings=opened,
        open_until=open_until,
        may_handle=may["petitions.handle"],
        may_receive=may["petitions.receive"],
        second=Petition.objects.filter(first_round=petition).first(),
        siblings=[one for one in paper.petitions.all() if one.pk != petition.pk],
        files=_files(user, petition),
        number_of_files=number_of_files(petition),
        complexity=[str(Complexity(one).label) for one in petition.complexity],
        seal_fault=fault,
    )


def _files(user: "User", petition: Petition) -> list[FileTold]:
    """The files while the identity is open; none where the key is not at hand: the card says so beside the persons."""
    try:
        return files_of(user, petition)
    except SealingError:
        return []


def persons_open_to(user: "User", paper: Paper) -> list[PersonTold]:
    """Who stands behind a paper, for a reader who has the identity open; nobody for any other."""
    if not paper.openings.filter(by=user, until__gt=clock.now()).exists():
        return []
    return persons_behind(list(paper.signatures.select_related("petitioner__key")))[0]


def persons_behind(signatures: list[Signature]) -> tuple[list[PersonTold], str]:
    """Who stands behind the paper; where the key file is not at hand, nobody, and the sentence that says so."""
    try:
        return [
            _person(one.petitioner, representative=one.representative) for one in signatures
        ], ""
    except SealingError as closed:
        return [], closed.message


def _person(row: Petitioner, *, representative: bool) -> PersonTold:
    if row.erased_on is not None:
        return PersonTold("", "", "", "", "", representative, erased=True)
    name, address, id_number, phone, email = (
        unseal(row.key, getattr(row, part), name=f"petitioner.{part}") if getattr(row, part) else ""
        for part in SEEN_PARTS
    )
    return PersonTold(name, address, id_number, phone, email, representative)


def _settling(petition: Petition, lines: list[ClockLine], steps: list[PetitionStep]) -> Settling:
    """Until when it is to be settled, and the day of the last act on it."""
    helds = [one.held for one in lines if base_of(one.held.name) == SETTLE]
    due_on = next((one.due_on for one in helds if one.ended_on is None), None)
    return Settling(due_on, last_of(petition, [one.on for one in steps if one.kind in DATED]))


def _longer(steps: list[PetitionStep], lines: list[ClockLine]) -> str:
    """How often more time was told, and by which day it is in time all the same; empty where it never was."""
    times = sum(one.kind == StepKind.MORE_TIME for one in steps)
    if not times:
        return ""
    said = f"Đã báo người gửi cần thêm thời gian {format_number(times)} lần."
    first = next((one for one in lines[::-1] if base_of(one.held.name) == SETTLE), None)
    if first is None:
        return said
    return (
        f"{said} Đúng hạn hay không vẫn tính theo hạn giải quyết {format_date(first.held.due_on)}."
    )


def _unclocked(petition: Petition, lines: list[ClockLine]) -> list[str]:
    """What has no day because no row of the law was in force, in words."""
    known = {base_of(one.held.name) for one in lines}
    found = []
    if petition.kind == Kind.COMPLAINT and CLASSIFY not in known:
        found.append(
            f"{CLOCKS[CLASSIFY]}: chưa có tham số pháp luật có hiệu lực ngày nhận, nên chưa tính hạn."
        )
    if IDLE not in known and petition.state == State.RECEIVED:
        found.append(
            f"{CLOCKS[IDLE]}: chưa có tham số pháp luật có hiệu lực ngày nhận, nên không cảnh báo."
        )
    if petition.state in WORKED and SETTLE not in known:
        found.append(
            f"{CLOCKS[SETTLE]}: chưa có quy định được nạp có hiệu lực ngày thụ lý, nên chưa tính hạn."
        )
    if petition.kind == Kind.COMPLAINT:
        found += terms_not_held(petition)
    return found


def _stages(petition: Petition) -> list[Stage]:
    labels = WAYS[petition.kind]
    behind = min(BEHIND.get(petition.state, 1), len(labels))
    days = {
        0: petition.received_on, 1: petition.accepted_on, 4: petition.decided_on or petition.verified_on,
        3: petition.answered_on if petition.kind != Kind.COMPLAINT else petition.dialogue_on if petition.dialogue_held else None,
        5: petition.closed_on if petition.state in (State.DONE, State.APPEALED) else None,
    }  # fmt: skip
    skipped = petition.kind == Kind.COMPLAINT and not petition.dialogue_held
    found = []
    for place, label in enumerate(labels):
        day = days.get(place)
        note = f"{day:%d/%m/%Y}" if day else ""
        state = "ok" if place < behind else "now" if place == behind and petition.open else ""
        if label == "Đối thoại" and skipped:
            state = (
                ""
                if place < behind or (state == "now" and petition.state != State.DIALOGUE)
                else state
            )
            note = (
                "bắt buộc"
                if dialogue_needed(petition) and petition.open
                else "không phải đối thoại"
                if place < behind
                else ""
            )
        found.append(Stage(label, state, note))
    return found
