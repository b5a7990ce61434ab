"""The slip of a transfer for who passed a petition on: that slip alone, nothing of what became of the petition."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.foundation import clock
from danvan.organisations.selectors import bare_place_of, last_names
from danvan.organisations.selectors.following import told_names
from danvan.petitions.enums import StepKind
from danvan.petitions.models import PetitionTransfer, TransferQuerySet
from danvan.petitions.moves import HANDLE
from danvan.petitions.selectors.cards import PersonTold, persons_open_to

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One transfer of a list: which petition went from where to where."""

    transfer: PetitionTransfer
    from_name: str
    to_name: str


@dataclass(frozen=True, slots=True)
class SlipTold:
    """What a slip says: who passed what on to whom, when, by which paper, why; the names while the reader has them open."""

    transfer: PetitionTransfer
    from_name: str
    to_name: str
    place: str
    paper_unit_name: str
    symbol: str
    persons: list[PersonTold]
    people: int
    opened: bool


def allowed_slips(user: "User") -> TransferQuerySet:
    """The transfers of which `user` may print the slip."""
    return PetitionTransfer.objects.allowed(user, HANDLE)


def slip_lines(rows: Collection[PetitionTransfer], *, on: date) -> list[SlipLine]:
    """What a list shows of each. A fixed number of queries."""
    names = told_names({pk for one in rows for pk in (one.from_unit_id, one.to_unit_id)}, on=on)
    return [
        SlipLine(one, names.get(one.from_unit_id, ""), names.get(one.to_unit_id, ""))
        for one in rows
    ]


def slip_of(user: "User", transfer: PetitionTransfer) -> SlipTold:
    """What the slip of a transfer says to this reader, as things were on its day."""
    petition, paper = transfer.petition, transfer.petition.paper
    names = last_names([transfer.from_unit_id, transfer.to_unit_id, paper.unit_id], transfer.on)
    to_name = names.get(transfer.to_unit_id, "")
    words = f"Đến {to_name}. Lý do: {transfer.reason}"
    lines = petition.steps.filter(kind=StepKind.TRANSFERRED, on=transfer.on, words=words[:600])
    opened = paper.openings.filter(by=user, until__gt=clock.now()).exists()
    return SlipTold(
        transfer=transfer,
        from_name=names.get(transfer.from_unit_id, ""),
        to_name=to_name,
        place=bare_place_of(transfer.from_unit_id, transfer.on),
        paper_unit_name=names.get(paper.unit_id, ""),
        symbol=next((one.symbol for one in lines), ""),
        persons=persons_open_to(user, paper),
        people=max(paper.signatures.count(), paper.people),
        opened=opened,
    )
