"""Where a document was sent and what became of it there; what was sent to a unit and waits to be entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from danvan.documents.models import Distribution, DistributionQuerySet, Document
from danvan.documents.selectors.registers import near_units
from danvan.foundation import clock
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import last_names, population

if TYPE_CHECKING:
    from danvan.accounts.models import User

OPENED, ENTERED, WAITING, RECALLED = "da-mo", "da-vao-so", "chua-vao-so", "thu-hoi"
NEWEST = ("-sent_at", "-pk")
# What a document may be sent to in one go, by the word of the choice.
GROUPS: dict[str, tuple[str, Kind, Level]] = {
    f"{kind}.{level}": (f"{label} {words}", kind, level)
    for kind, label in (
        (Kind.PARTY_COMMITTEE, "Tất cả Đảng ủy"),
        (Kind.PEOPLES_COMMITTEE, "Tất cả UBND"),
        (Kind.FRONT_COMMITTEE, "Tất cả Ủy ban MTTQ Việt Nam"),
        (Kind.FARMERS_UNION, "Tất cả Hội Nông dân"),
        (Kind.WOMENS_UNION, "Tất cả Hội LHPN"),
        (Kind.YOUTH_UNION, "Tất cả Đoàn TNCS Hồ Chí Minh"),
        (Kind.VETERANS_ASSOCIATION, "Tất cả Hội CCB"),
        (Kind.TRADE_UNION, "Tất cả Công đoàn"),
    )
    for level, words in ((Level.COMMUNE, "xã, phường"),)
}


@dataclass(frozen=True, slots=True)
class Counts:
    """To how many units a document was sent (those it was taken back from left out), and what became of it."""

    sent: int = 0
    opened: int = 0
    entered: int = 0
    recalled: int = 0

    @property
    def waiting(self) -> int:
        """How many have not entered it."""
        return self.sent - self.entered


def allowed_distributions(user: "User", action: str) -> DistributionQuerySet:
    """What was sent to the units where `user` may do `action`."""
    return Distribution.objects.allowed(user, action)


def waiting_to_enter(user: "User", *, everywhere: bool = False) -> QuerySet[Distribution]:
    """What was sent to the registers `user` writes in as a rule and is not entered yet, without the texts.

    `everywhere`: to any register within reach; a province's clerk sees its communes' so.
    """
    waiting = allowed_distributions(user, "documents.view").filter(
        received_at=None, recalled_at=None
    )
    if not everywhere:
        waiting = waiting.filter(unit_id__in=near_units(user, "documents.view"))
    return waiting.select_related("document").defer("document__text")


def sent_lines(rows: Iterable[Distribution]) -> list[tuple[Distribution, str, str]]:
    """What waits, each with the names of the unit it was sent to and of the one that sent it. One query."""
    found = list(rows)
    ids = {one.unit_id for one in found} | {one.document.unit_id for one in found}
    names = last_names(ids, clock.today())
    return [(one, names.get(one.unit_id, ""), names.get(one.document.unit_id, "")) for one in found]


def counts_of(document_ids: Iterable[int]) -> dict[int, Counts]:
    """What became of these documents where they were sent, by id; those sent nowhere are left out. One query."""
    held = Q(recalled_at=None)
    rows = (
        Distribution.objects.filter(document_id__in=list(document_ids))
        .order_by()
        .values_list("document_id")
        .annotate(
            sent=Count("pk", filter=held),
            opened=Count("pk", filter=held & Q(opened_at__isnull=False)),
            entered=Count("pk", filter=Q(received_at__isnull=False)),
            recalled=Count("pk", filter=Q(recalled_at__isnull=False)),
        )
    )
    return {pk: Counts(*counts) for pk, *counts in rows}


def recipients(document: Document, state: str = "") -> QuerySet[Distribution]:
    """The units a document was sent to, narrowed to a state: opened, entered, waiting, taken back."""
    rows = Distribution.objects.filter(document=document).select_related("opened_by", "received")
    rows = rows.defer("received__text")
    narrowed = {
        OPENED: Q(opened_at__isnull=False, recalled_at=None),
        ENTERED: Q(received_at__isnull=False),
        WAITING: Q(received_at=None, recalled_at=None),
        RECALLED: Q(recalled_at__isnull=False),
    }
    return rows.filter(narrowed[state]) if state in narrowed else rows


def recipient_lines(rows: Iterable[Distribution]) -> list[tuple[Distribution, str]]:
    """The units a document was sent to, with their names. One query."""
    found = list(rows)
    names = last_names({one.unit_id for one in found}, clock.today())
    return [(one, names.get(one.unit_id, "")) for one in found]


def group_of(document: Document, group: str) -> list[int]:
    """The units of one group at or below the place of the sender today, without the sender. One query."""
    if group not in GROUPS:
        return []
    _, kind, level = GROUPS[group]
    found = population(kind, [level], document.unit_id, on=clock.today())
    return [unit_id for unit_id in found if unit_id != document.unit_id]
