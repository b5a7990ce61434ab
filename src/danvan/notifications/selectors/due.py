"""What falls due for whom: commitments, reports, petitions and answers that nobody has said are done, sent or given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from danvan.accounts.selectors import holders_near
from danvan.commitments.selectors import (
    answers_between,
    difficulties_waiting_between,
    undone_between,
)
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.notifications.addresses import (
    commitment_page,
    difficulty_page,
    entry_page,
    follow_up_page,
    petition_page,
    publication_page,
)
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import CLOCKS
from danvan.petitions.selectors.telling import (
    against,
    petitions_due_between,
    publications_due_between,
)
from danvan.reporting.selectors import owed_between
from danvan.vietnamese.text import lower_first

COMMITMENT, OBLIGATION = "commitments.commitment", "reporting.obligation"
ANSWER, DIFFICULTY = "commitments.followuppart", "commitments.difficulty"
PETITION, PUBLICATION = "petitions.petition", "petitions.publicpetition"
ACTIONS = {
    COMMITMENT: "commitments.perform",
    ANSWER: "commitments.perform",
    DIFFICULTY: "commitments.verify",
    OBLIGATION: "submissions.enter",
    PETITION: "petitions.handle",
    PUBLICATION: "petitions.handle",
}


@dataclass(frozen=True, slots=True)
class DueThing:
    """One thing with a day: what it is, whose, where its page is."""

    model: str
    pk: int
    title: str
    unit_id: int
    unit_name: str
    due_on: date
    url: str
    hidden_from: frozenset[int] = frozenset()  # people it is against


def things_due(first: date, last: date) -> list[DueThing]:
    """Everything due from `first` to `last` and not done, the earliest first. Ten queries at most."""
    found = [
        DueThing(
            COMMITMENT, one.pk, one.title, one.lead_id, "", one.due_on,
            commitment_page(one.pk),
        )
        for one in undone_between(first, last)
        if one.due_on
    ] + [
        DueThing(
            OBLIGATION, one.pk, report_title(one.form.name, one.first), one.answering_id, "", one.due_on,
            entry_page(one.pk),
        )
        for one in owed_between(first, last)
    ] + [
        DueThing(
            ANSWER, one.pk, f"Trả lời lượt {str(one.follow_up.get_kind_display()).lower()}", one.unit_id, "",
            one.follow_up.answer_by, follow_up_page(one.follow_up_id),
        )
        for one in answers_between(first, last)
        if one.follow_up.answer_by
    ] + [
        DueThing(
            DIFFICULTY, one.pk, f"Trả lời khó khăn, vướng mắc: {one.title}", one.at_unit_id, "",
            one.answer_by, difficulty_page(one.pk),
        )
        for one in difficulties_waiting_between(first, last)
    ] + [
        DueThing(
            PETITION, one.pk, f"{CLOCKS[one.due_name]}: đơn {one.number}", one.unit_id, "", one.due_on,
            petition_page(one.pk), against(one),
        )
        for one in petitions_due_between(first, last)
        if one.due_on
    ] + [
        DueThing(
            PUBLICATION, one.petition_id, f"Duyệt công khai đơn {one.petition.number}", one.petition.unit_id, "", one.due_on,
            publication_page(one.pk), against(one.petition),
        )
        for one in publications_due_between(first, last)
    ]  # fmt: skip
    names = last_names({one.unit_id for one in found}, clock.today())
    named = [replace(one, unit_name=names.get(one.unit_id, "")) for one in found]
    return sorted(named, key=lambda one: (one.due_on, one.model, one.pk))


def things_due_by_person(things: Iterable[DueThing]) -> dict[int, list[DueThing]]:
    """The same by the people who are to do them: those nearest to each unit. Two queries a kind of thing."""
    found: dict[int, list[DueThing]] = {}
    things = list(things)
    for model, action in ACTIONS.items():
        mine = [one for one in things if one.model == model]
        people = holders_near({one.unit_id for one in mine}, action)
        for one in mine:
            for user in people.get(one.unit_id, []):
                if user in one.hidden_from:
                    continue
                found.setdefault(user, []).append(one)
    for rows in found.values():
        rows.sort(key=lambda one: (one.due_on, one.model, one.pk))
    return found


def report_title(form_name: str, first: date) -> str:
    """`Báo cáo công tác dân vận tháng 11/2026`."""
    return f"{form_name} {lower_first(Period.starting(first, Every.MONTH).label)}"
