"""The register of citizen reception (Mẫu 03/TCD) as it is read: rows, their numbers, and who came where that was opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.foundation import clock, search
from danvan.foundation.errors import SealingError
from danvan.foundation.sealing import unseal
from danvan.organisations.selectors.following import found_under, told_names
from danvan.petitions.enums import CLOSED, State
from danvan.petitions.models import (
    IdentityOpening,
    Petitioner,
    Signature,
    VisitMatter,
    VisitMatterQuerySet,
)
from danvan.petitions.reception_enums import SEEN_ACTION, MatterWay
from danvan.petitions.register_columns import RegisterRow
from danvan.petitions.selectors.reception.counting import crowd_rules
from danvan.petitions.selectors.reception.figures import RECEPTION_MEASURES
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

ORDER = ("on", "pk")
ERASED = "Đã xóa dữ liệu theo yêu cầu"
FOREIGN = (State.GUIDED, State.AWAITED)  # not this office's to settle


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """Which rows of the register are asked for: from a day to a day, of all units in reach or one.

    `measure` and `under` are those of a periodic table: the rows behind one of its numbers; `alone` is the unit itself.
    """

    first: date
    last: date
    unit_id: int | None = None
    words: str = ""
    measure: str = ""
    under: int | None = None
    alone: bool = False


def register_of(user: "User", asked: RegisterAsked) -> VisitMatterQuerySet:
    """The rows that `user` may see and that fit: page, print, workbook, search and counts all start here."""
    found: VisitMatterQuerySet = VisitMatter.objects.allowed(user, SEEN_ACTION)
    found = found.filter(on__gte=asked.first, on__lte=asked.last)
    if asked.unit_id is not None:
        found = found.filter(unit_id=asked.unit_id)
    if asked.under is not None:
        found = (
            found.filter(unit_id=asked.under)
            if asked.alone
            else found.filter(unit_id__in=found_under(asked.under, on=clock.today()))
        )
    if asked.measure:
        found = found.filter(RECEPTION_MEASURES[asked.measure].matters(crowd_rules()))
    if asked.words:
        held = search.find(found, asked.words).values("pk")
        # what was written down before it could be searched is found by its very letters
        plain = Q(title__icontains=asked.words) | Q(petition__number__iexact=asked.words)
        found = found.filter(Q(pk__in=held) | plain)
    return found


def register_rows(
    user: "User", found: VisitMatterQuerySet, rows: Sequence[VisitMatter]
) -> list[RegisterRow]:
    """These rows as the register has them. `found` is what they are a part of: the number of each is counted in it.

    A fixed number of queries.
    """
    if not rows:
        return []
    first = rows[0]
    before = found.filter(Q(on__lt=first.on) | Q(on=first.on, pk__lt=first.pk)).order_by().count()
    whole = VisitMatter.objects.select_related("visit", "petition").in_bulk(
        [one.pk for one in rows]
    )
    matters = [whole[one.pk] for one in rows]
    ids = {one.unit_id for one in matters} | {
        one.petition.unit_id for one in matters if one.petition
    }
    names = told_names(ids, on=clock.today())
    people = _people(user, {one.visit.paper_id for one in matters})
    return [
        _row(one, number, names, people.get(one.visit.paper_id))
        for number, one in enumerate(matters, start=before + 1)
    ]


def opened_among(user: "User", rows: Sequence[RegisterRow]) -> bool:
    """Whether any of these rows shows who came."""
    return any(one.person is not None for one in rows)


def _row(
    one: VisitMatter, number: int, names: dict[int, str], person: tuple[str, str] | None
) -> RegisterRow:
    petition = one.petition
    return RegisterRow(
        pk=one.pk,
        visit_id=one.visit_id,
        number=number,
        on=one.on,
        content=one.title,
        kind=petition.get_kind_display() if petition else one.get_kind_display(),
        people=one.people,
        settled_by=one.settled_by,
        competent=_competent(one),
        guided_to=one.guided_to or (petition.handed_to if petition else ""),
        taken_by=names.get(petition.unit_id, "") if petition and petition.accepted_on else "",
        followed=_followed(one),
        online=one.visit.online,
        person=person[0] if person else None,
        id_number=person[1] if person else None,
    )


def _competent(one: VisitMatter) -> bool:
    if one.petition is not None:
        return one.petition.unit_id == one.unit_id and one.petition.state not in FOREIGN
    return one.way in (MatterWay.ANSWERED, MatterWay.LATER)


def _followed(one: VisitMatter) -> str:
    petition = one.petition
    if petition is not None:
        words = f"{petition.number}: {petition.get_state_display()}"
        if petition.outcome:
            words += f", {petition.get_outcome_display().lower()}"
        if petition.state in CLOSED and petition.closed_on:
            words += f", ngày {format_date(petition.closed_on)}"
        return words
    if one.way == MatterWay.REFUSED:
        return f"Từ chối tiếp: {one.visit.get_refusal_display()}"
    if one.way == MatterWay.LATER and one.answer_on:
        day = one.answered_on or one.answer_on
        return f"{'Đã trả lời' if one.answered_on else 'Hẹn trả lời'} ngày {format_date(day)}"
    return str(MatterWay(one.way).label)


def _people(user: "User", papers: set[int]) -> dict[int, tuple[str, str]]:
    """Who came, by the paper, only where `user` opened it and the time is not over. Two queries."""
    opened = IdentityOpening.objects.filter(by=user, paper_id__in=papers, until__gt=clock.now())
    shown = set(opened.order_by().values_list("paper_id", flat=True))
    found: dict[int, tuple[list[str], list[str]]] = {}
    signed = Signature.objects.filter(paper_id__in=shown).select_related("petitioner__key")
    try:
        for one in signed.order_by("pk"):
            names, numbers = found.setdefault(one.paper_id, ([], []))
            name, number = _said(one.petitioner)
            names.append(name)
            numbers.extend([number] if number else [])
    except SealingError:
        return {}  # the key file is not at hand: nothing is shown, as if nobody had opened it
    return {pk: ("; ".join(names), "; ".join(numbers)) for pk, (names, numbers) in found.items()}


def _said(person: Petitioner) -> tuple[str, str]:
    """Name with address, and number of the paper."""
    if person.erased_on is not None:
        return ERASED, ""
    name, address, number = (
        unseal(person.key, sealed, name=f"petitioner.{column}") if sealed else ""
        for column, sealed in (
            ("name", person.name), ("address", person.address), ("id_number", person.id_number)
        )
    )  # fmt: skip
    return ", ".join(part for part in (name, address) if part), number
