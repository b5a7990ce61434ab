"""Turn an accepted task into commitments of the units it concerns, in the same act, and take them back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from danvan.commitments.enums import State
from danvan.commitments.selectors import commitments_from
from danvan.commitments.selectors.series import turn_ids
from danvan.commitments.services import (
    Assignment,
    Rule,
    assign_commitments,
    begin_series,
    take_back_series,
    withdraw_commitments,
)
from danvan.commitments.services.assignments import Late
from danvan.commitments.services.clocks import hold_ledger
from danvan.documents.bodies import ActivityBody, Body, Doer, TaskBody
from danvan.documents.models import Document, Proposal
from danvan.documents.selectors.doers import outside, place_by_unit, units_of
from danvan.documents.selectors.review import COMMITMENT, SERIES
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.indicators.services import Source
from danvan.law.services import Term
from danvan.organisations.selectors import identities, last_names, place_of
from danvan.organisations.services.holding import hold_units

if TYPE_CHECKING:
    from danvan.accounts.models import User

DOCUMENT = "documents.document"
# Whoever may review what a paper of the unit says writes down the work it gives: the paper gave it, as minutes of a dialogue do.
REVIEW = "documents.review"
# What is asked of somebody above, or of another place, is no work to be given from here.
NOT_OURS = "nếu việc này thuộc cấp trên hoặc nơi khác, đồng chí nêu ở mục Khó khăn, vướng mắc để kiến nghị, hoặc bỏ mục này"
NAMED = 5  # so many units are named in a refusal


def source_of(proposal: Proposal, document: Document, sentence: tuple[int, int] | None) -> Source:
    """Where what is made of a proposal comes from: its document, its span and its sentence."""
    start, end = sentence or (proposal.start, proposal.end)
    return Source(
        kind=DOCUMENT,
        id=document.pk,
        start=proposal.start,
        end=proposal.end,
        sentence=document.text[start:end].strip(),
        symbol=document.symbol,
    )


def hold_doers(document: Document, bodies: Iterable[Body | None]) -> None:
    """Where a task is among these, hold who gives and does it, and the calendar, before the document is.

    Of an activity whoever led it is held: two who take the same one from two documents do so one after the other, and
    the second finds it recorded.
    """
    told = list(bodies)
    led = {one.lead.unit_id for one in told if isinstance(one, ActivityBody) and one.lead.unit_id}
    tasks = [body for body in told if isinstance(body, TaskBody)]
    today = clock.today()
    place_id = place_of(document.answering_id, today) if tasks else None
    if place_id is None:
        if led:
            hold_units(led)
        return
    doers = {doer for one in tasks for doer in (*one.leads, *one.supports)}
    hold_ledger(
        {document.answering_id, *led}
        | {pk for one in doers for pk in units_of(one, place_id, today)}
    )


def give_task(
    proposal: Proposal, document: Document, body: TaskBody, *, actor: "User | None"
) -> tuple[str, list[int]]:
    """One commitment for each unit that leads on this day, its support beside it; of what comes back a series for each.

    Returns what they are, and their ids.
    """
    today = clock.today()
    place_id = place_of(document.answering_id, today)
    if place_id is None:
        raise RuleError("Cơ quan giữ sổ này không còn hoạt động nên không giao việc từ đây được.")
    assignments = _assignments(body, place_id)
    assigner = identities([document.answering_id])[document.answering_id]
    source = source_of(proposal, document, body.sentence)
    if body.recurs:
        rule = Rule(body.recurs, body.due_on, body.recurs_until, body.recurs_ahead)
        series = begin_series(
            assignments, rule, assigner=assigner, actor=actor, source=source, action=REVIEW
        )
        return SERIES, [one.pk for one in series]
    made = assign_commitments(
        assignments,
        assigner=assigner,
        actor=actor,
        assigned_on=today,
        source=source,
        action=REVIEW,
        late=Late(body.late, document.issued_on),
    )
    return COMMITMENT, [one.pk for one in made]


def _assignments(body: TaskBody, place_id: int) -> list[Assignment]:
    leads = _leads(body, place_id)
    supports = [(one, units_of(one, place_id, clock.today())) for one in body.supports]
    places = _places(body, leads, supports)
    return [
        Assignment(
            lead_id=lead_id,
            title=body.title,
            product=body.product,
            due_on=body.due_on,
            support_ids=_beside(lead_id, supports, places),
            proof=body.proof,
            topic_id=body.topic_id,
            term=Term(body.term_n, body.term_counted) if body.term_n else None,
            term_key=body.term_key,
        )
        for lead_id in leads
    ]


def _leads(body: TaskBody, place_id: int) -> list[int]:
    """The units that lead on this day, each once; RuleError where nobody does, or somebody is out of reach."""
    today = clock.today()
    found: list[int] = []
    for doer in body.leads:
        units = units_of(doer, place_id, today)
        if not units:
            raise RuleError(
                f"Hôm nay không có đơn vị nào thuộc nhóm “{doer.words}” trong phạm vi của sổ này. "
                f"Đồng chí vui lòng sửa đơn vị chủ trì; {NOT_OURS}."
            )
        found += units
    far = outside(found, place_id, today)
    if far:
        raise RuleError(
            f"{', '.join(far[:NAMED])} không thuộc phạm vi của cơ quan giữ sổ nên không giao việc được. "
            f"Đồng chí vui lòng chọn đơn vị khác; {NOT_OURS}."
        )
    return list(dict.fromkeys(found))


def _places(
    body: TaskBody, leads: list[int], supports: list[tuple[Doer, list[int]]]
) -> dict[int, int]:
    """Where each unit stands, asked only where a group leads and a group supports: they meet at their place."""
    paired = any(one.group for one in body.leads) and any(one.group for one, _ in supports)
    units = [*leads, *(pk for _, found in supports for pk in found)]
    return place_by_unit(units, clock.today()) if paired else {}


def _beside(
    lead_id: int, supports: list[tuple[Doer, list[int]]], places: dict[int, int]
) -> tuple[int, ...]:
    """Who supports one lead: the units that are named, and of a group the one at the lead's own place."""
    own = places.get(lead_id)
    found: dict[int, None] = {}
    for doer, units in supports:
        near = [pk for pk in units if own is not None and places.get(pk) == own]
        found |= dict.fromkeys(near if doer.group and near else units)
    found.pop(lead_id, None)
    return tuple(found)


def take_back_commitments(proposal: Proposal, *, actor: "User | None") -> None:
    """Withdraw what a task became, with the turns of what comes back; RuleError naming the units that have begun."""
    again = proposal.became_kind == SERIES
    ids = turn_ids(proposal.became_ids) if again else proposal.became_ids
    given = commitments_from(DOCUMENT, proposal.document_id).filter(pk__in=ids)
    begun = [one.lead_id for one in given if one.state != State.ASSIGNED or one.changes]
    if begun:
        names = sorted(last_names(begun, clock.today()).values())
        more = f" và {len(names) - NAMED} đơn vị khác" if len(names) > NAMED else ""
        raise RuleError(
            f"{', '.join(names[:NAMED])}{more} đã bắt đầu làm việc này nên không xem lại được nữa. "
            "Đồng chí vui lòng theo dõi trong mục Việc phải làm."
        )
    take_back = take_back_series if again else withdraw_commitments
    take_back(DOCUMENT, proposal.document_id, proposal.became_ids, actor=actor)
