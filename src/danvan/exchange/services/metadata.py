"""Taking over what another DHIS2 asks, and of whom: units, data elements, indicators. What cannot be is listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.exchange.counterparts import Counterparts
from danvan.exchange.dhis2.metadata import Metadata, read_metadata
from danvan.exchange.services.definitions import Definer
from danvan.exchange.services.units import found_units
from danvan.organisations.enums import Level

if TYPE_CHECKING:
    from danvan.accounts.models import User

LEVELS = tuple(Level)  # which of our levels their levels 1, 2, 3 ... are


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing in the files that was not taken over, and why."""

    kind: str  # unit, element, indicator
    uid: str
    name: str
    reason: str


@dataclass(slots=True)
class MetadataReport:
    """What an import did. `table` says what stands for what: the next import and the export read it.

    `notes` are what was taken over and behaves otherwise than there; `unread` counts the lists nobody asked for.
    """

    table: Counterparts
    units_founded: int = 0
    units_known: int = 0
    defined: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)

    def leave(self, kind: str, uid: str, name: str, reason: str) -> None:
        """Note one thing that is not taken over."""
        self.left_out.append(LeftOut(kind, uid, name, reason))


@transaction.atomic
def import_metadata(
    files: Sequence[tuple[str, bytes]],
    table: Counterparts,
    *,
    actor: "User | None",
    valid_from: date,
    levels: Sequence[str] = LEVELS,
) -> MetadataReport:
    """Found the units and define the indicators of DHIS2's metadata files, (name, content) of each.

    What `table` names stands already and is not touched; what an import before brought is known again by its uid.
    Nothing is guessed: whatever has no meaning here is in the report with the reason. Run again, it changes nothing.
    """
    told = read_metadata(files)
    report = MetadataReport(table, unread=told.unread)
    found_units(told, report, actor=actor, valid_from=valid_from, levels=levels)
    _define(told, report, actor=actor, valid_from=valid_from)
    return report


def _define(
    told: Metadata, report: MetadataReport, *, actor: "User | None", valid_from: date
) -> None:
    definer = Definer(report, actor=actor, valid_from=valid_from)
    for element in told.elements.values():
        definer.take_element(element)
    for indicator in told.indicators.values():
        definer.take_indicator(indicator)
