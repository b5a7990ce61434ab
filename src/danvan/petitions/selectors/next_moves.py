"""What may be done with a petition next: in the order of the work, with what each still lacks, and the one that leads on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.petitions.enums import NOTICE, RELAY, SENT_ON, WORKED, Kind
from danvan.petitions.models import Petition, PetitionAnswer, PetitionRequest
from danvan.petitions.moves import Move, moves_from
from danvan.petitions.selectors.lacking import (
    PAST,
    Settling,
    lacking_answers,
    lacking_time,
    lacking_to_check,
    lacking_to_decide,
    lacking_to_finish,
    note_of_time,
    unanswered,
)
from danvan.petitions.selectors.rules import dialogue_needed, filed_late_words, group_lacking

if TYPE_CHECKING:
    from danvan.commitments.models import Commitment

MANY = 2  # of which some may be taken back, or for whom somebody may speak
# Moves that the page shows last, in one line: they mend what was written down.
SMALL = frozenset({"split", "reclassify", "need_time", "request", "withdraw_part", "group", "bar", "rate", "withdraw", "notice", "report_back"})  # fmt: skip
# The order in which the page offers them: first what leads on, last what leads away.
ORDER: dict[str, int] = {
    name: place
    for place, name in enumerate((
        "accept", "report_result", "resume", "find", "hold", "answer", "assign", "invite", "decide", "send", "publish",
        "enforce", "check", "finish", "dispute", "appeal", "transfer", "hand_out", "guide", "refuse", "file",
        "mark_complex", "suspend", "end_withdrawn", "terminate",
    ))
}  # fmt: skip
LEADS_ON = frozenset({"accept", "report_result", "resume", "find", "hold", "answer", "assign", "invite", "decide", "send", "publish", "enforce", "check", "finish"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoveTold:
    """A move that fits how it stands; `why_not` says what is lacking before it can be made, `request` is the number of the
    request to answer first. `again` where it was made already, or need not be made.
    """

    move: Move
    why_not: str = ""
    note: str = ""
    request: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a petition stands before one reader, as far as its next moves depend on it."""

    petition: Petition
    reader_id: int | None
    may: dict[str, bool]
    requests: Sequence[PetitionRequest]
    running: set[str]
    given: "Sequence[Commitment]"
    answers: Sequence[PetitionAnswer]
    reported_back: bool
    settling: Settling


def next_moves(standing: Standing) -> list[MoveTold]:
    """What may be done next by this reader, what leads on first; what the head does is told to the others as waited for."""
    petition = standing.petition
    found = []
    for move in moves_from(petition.kind, petition.state, petition.round):
        if move.name in ("reply", "give") or _pointless(move.name, standing):
            continue
        if standing.may[move.action]:
            found.append(_told(move, standing))
        elif move.name == "decide":
            why = _lacking(move.name, standing) or "Chờ lãnh đạo ra quyết định."
            found.append(
                MoveTold(move, why, request=next(iter(unanswered(standing.requests)), None))
            )
    return sorted(found, key=lambda one: (one.again, ORDER.get(one.move.name, len(ORDER))))


def forward_of(moves: Sequence[MoveTold]) -> str:
    """The name of the move that leads on, for the page to put first; empty where nothing does."""
    for one in moves:
        ready = not one.why_not or one.request is not None
        if ready and not one.again and one.move.name in LEADS_ON:
            return one.move.name
    return ""


def _told(move: Move, standing: Standing) -> MoveTold:
    petition, why = standing.petition, _lacking(move.name, standing)
    note, again = "", False
    if move.name == "accept":
        note = filed_late_words(petition)
    elif move.name in PAST:
        note = note_of_time(move.name, standing.settling, clock.today())
    elif move.name == "assign":
        again = petition.verifier_id is not None
        note = f"Đang giao đồng chí {petition.verifier}." if again else ""
    elif move.name == "find":
        again = bool(petition.finding)
    elif move.name == "publish":
        # the law asks it of a second round
        again = petition.published_on is not None or petition.round == 1
    elif move.name == "check":
        again = petition.verified_on is not None
    elif move.name == "invite":
        needed = dialogue_needed(petition)
        again = not needed or petition.dialogue_on is not None
        note = "Luật bắt buộc với đơn này." if needed else "Không bắt buộc với đơn này."
    first = unanswered(standing.requests) if move.name in ("decide", "answer") else []
    return MoveTold(move, why, note, next(iter(first), None), again)


def _lacking(name: str, standing: Standing) -> str:
    """What is lacking before a move can be made, in whole sentences; empty where nothing is."""
    petition = standing.petition
    faults: list[Fault] = []
    if name == "accept":
        if petition.kind == Kind.COMPLAINT and petition.paper.anonymous:
            return "Đơn khiếu nại không ghi tên thì lưu đơn."
        return group_lacking(petition.paper)
    if name == "answer":
        faults = lacking_answers(standing.requests)
    elif name == "decide":
        faults = lacking_to_decide(petition, standing.requests)
    elif name == "check":
        faults = lacking_to_check(standing.given, standing.answers, user_id=standing.reader_id)
    elif name in PAST:
        faults = lacking_time(name, standing.settling, standing.settling.last_on)
    elif name == "finish":
        owed = RELAY in standing.running
        faults = lacking_to_finish(petition, standing.given, on=clock.today(), relay_owed=owed)
    return " ".join(one.message for one in faults)


def _pointless(name: str, standing: Standing) -> bool:
    """Whether a move that fits the state would say nothing new, or is not open before a day."""
    petition = standing.petition
    if name == "mark_complex":
        return petition.complex
    if name == "report_back":
        done = standing.reported_back and RELAY not in standing.running
        return done or petition.paper.channel not in SENT_ON
    if name == "notice":
        return NOTICE not in standing.running
    if name == "withdraw_part":
        return sum(one.withdrawn_on is None for one in standing.requests) < MANY
    if name == "group":
        return petition.paper.people < MANY
    if name == "hold":
        return petition.dialogue_held
    if name == "dispute":
        return petition.disputed_on is not None
    early = petition.due_on is None or petition.due_on >= clock.today()
    return name == "appeal" and petition.state in WORKED and early
