"""What whoever holds the code of a receipt reads of their visit: how each matter stands. Never a name."""

from dataclasses import dataclass
from datetime import date

from danvan.commitments.selectors import source_of_code
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.petitions.models import Petition, ReceptionVisit, VisitMatter
from danvan.petitions.reception_enums import VISIT, MatterWay
from danvan.petitions.selectors.following import DAYS, PROMISED
from danvan.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class MatterTold:
    """One matter: its number or its place, how it stands, until when, and the answer where there is one."""

    label: str
    standing: str
    due_on: date | None
    answer: str
    due_label: str = "hạn"


@dataclass(frozen=True, slots=True)
class VisitTold:
    """A visit as whoever came reads it."""

    unit_name: str
    held_on: date
    matters: list[MatterTold]


def visit_behind(code: str) -> VisitTold | None:
    """The visit behind the code of a receipt; None where it is of none, or nothing of it stands. A fixed number of queries."""
    source = source_of_code(code)
    if source is None or source[0] != VISIT:
        return None
    visit = ReceptionVisit.objects.filter(pk=source[1]).first()
    matters = list(visit.matters.select_related("petition").order_by("pk")) if visit else []
    if visit is None or not matters:
        return None
    name = last_names([visit.unit_id], clock.today()).get(visit.unit_id, "")
    told = [_told(place, one) for place, one in enumerate(matters, start=1)]
    # what was split off its petitions later, and is a matter of the same paper
    split = Petition.objects.filter(paper=visit.paper_id, visit_matter=None).order_by("pk")
    told += [_petition(one) for one in split]
    return VisitTold(name, visit.held_on, told)


def _told(place: int, one: VisitMatter) -> MatterTold:
    if one.petition is not None:
        return _petition(one.petition)
    label = f"Nội dung {place}"
    if one.way == MatterWay.GUIDED:
        return MatterTold(label, f"Đã hướng dẫn đến {one.guided_to}", None, "")
    if one.way == MatterWay.LATER and one.answered_on is None:
        return MatterTold(label, "Hẹn ngày trả lời", one.answer_on, "")
    standing = f"Đã trả lời ngày {format_date(one.answered_on or one.on)}"
    return MatterTold(label, standing, None, one.answer)


def _petition(one: Petition) -> MatterTold:
    state, number = one.get_state_display(), f"Đơn {one.number}"
    if one.due_name not in PROMISED:
        return MatterTold(number, state, None, one.answer)
    return MatterTold(number, state, one.due_on, one.answer, DAYS[one.due_name].lower())
