"""The documents that came in: registered by a clerk, read by the engine, decided by a specialist, each on its day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from danvan.demo import conclusion, resolution
from danvan.demo.ledger import Ledger, ledger_of
from danvan.demo.travelling import on_day
from danvan.demo.work import FIRST, Seat
from danvan.documents.enums import ProposalKind
from danvan.documents.services import (
    accept_proposal,
    finish_review,
    register_document,
    reject_proposal,
)
from danvan.foundation.errors import RuleError
from danvan.indicators.enums import Quality
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import identities, organisations_at

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.documents.models import Document
    from danvan.organisations.models import Unit

People = dict[str, "User"]


def board_of(province_id: int) -> "Unit":
    """The advisory board in whose registers the province's documents stand."""
    found = next(iter(organisations_at([province_id], kinds=[Kind.ADVISORY_BOARD], on=FIRST)))
    return identities([found])[found]


def receive_resolution(province_id: int, people: People) -> int:
    """The resolution is received and its targets accepted. Gives how many targets."""
    board = board_of(province_id)
    document = _receive(
        board, resolution.make_docx(), resolution.FILE_NAME, resolution.RECEIVED_ON, people
    )
    _review(document, resolution.RECEIVED_ON, people["chuyenvien"])
    made = document.proposals.filter(kind=ProposalKind.TARGET)
    return sum(len(proposal.became_ids) for proposal in made)


def receive_conclusion(province_id: int, people: People, performers: dict[int, "User"]) -> Ledger:
    """The conclusion is received and its tasks become commitments of the units they name."""
    board = board_of(province_id)
    content, day = conclusion.make_conclusion_docx(), conclusion.RECEIVED_ON
    document = _receive(board, content, conclusion.FILE_NAME, day, people)
    _review(document, day, people["chuyenvien"])
    return ledger_of(
        document.pk,
        specialist=people["chuyenvien"],
        leader=people["lanhdao"],
        board=board,
        performers=performers,
    )


def receive_plan(province_id: int, people: People) -> None:
    """Last of all, a plan for next year is received and waits to be reviewed."""
    _receive(
        board_of(province_id),
        resolution.make_plan_docx(),
        resolution.PLAN_FILE_NAME,
        resolution.PLAN_RECEIVED_ON,
        people,
    )


def performers_of(seats: list[Seat], officers: dict[int, "User"]) -> dict[int, "User"]:
    """Who acts for each organisation of the communes that have an officer here."""
    return {
        unit: officers[seat.place_id]
        for seat in seats
        if seat.place_id in officers
        for unit in seat.organisations.values()
    }


def _receive(board: "Unit", content: bytes, name: str, day: date, people: People) -> "Document":
    with on_day(day):
        document = register_document(
            unit=board, content=content, name=name, actor=people["vanthu"], received_on=day
        )
    document.refresh_from_db()
    return document


def _review(document: "Document", received_on: date, specialist: "User") -> None:
    """The next day a specialist goes through what the engine proposes."""
    with on_day(received_on + timedelta(days=1)):
        for proposal in document.proposals.order_by("start", "pk"):
            _decide(proposal, specialist)
        finish_review(document, actor=specialist)


def _decide(proposal: Any, specialist: "User") -> None:
    """Accept; where parts are asked for, give those a specialist would; set aside what stays unclear or is refused."""
    known = {
        "levels": (Level.PROVINCE.value, Level.COMMUNE.value),
        "every": "year",
        "valid_from": FIRST,
    }
    for parts in ({}, known, {**known, "quality": Quality.QUALITATIVE}):
        try:
            accept_proposal(proposal, actor=specialist, completed=parts)
        except RuleError:
            continue
        return
    reject_proposal(proposal, actor=specialist)
