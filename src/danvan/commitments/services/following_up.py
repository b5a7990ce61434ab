"""Theo dõi, đôn đốc, kiểm tra, giám sát: what was found goes on record; the units that lead are told, and answer.

No commitment moves by it, and nothing follows from how often a unit was urged: people decide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import FOLLOWED, UNCOUNTED, UNDONE, FollowUpKind, State, StepKind
from danvan.commitments.events import CommitmentsReminded, FollowedUp, FollowUpAnswered
from danvan.commitments.models import Commitment, FollowUp, FollowUpPart
from danvan.commitments.selectors.units import assigning_units
from danvan.commitments.services import rows
from danvan.foundation import audit, clock, events, files
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

MISSING = {
    FollowUpKind.WATCH: "Đồng chí vui lòng ghi việc đang đến đâu.",
    FollowUpKind.INSPECT: "Đồng chí vui lòng ghi đã kiểm tra thế nào, thấy gì.",
    FollowUpKind.SUPERVISE: "Đồng chí vui lòng ghi đã giám sát thế nào, thấy gì.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on which day, by which document, with which file; and until when an answer is asked for."""

    words: str = ""
    on: date | None = None
    document: str = ""
    answer_by: date | None = None
    evidence: tuple[str, bytes] | None = None  # (file name, bytes)


@transaction.atomic
def follow_up(
    commitments: Iterable[Commitment],
    *,
    kind: str,
    actor: "User | None",
    found: Found | None = None,
    unit_id: int | None = None,
) -> FollowUp:
    """One act of one unit about these commitments: a part for each unit that leads, a line on each timeline.

    Without `unit_id` it is the unit that assigned them, where that is the actor's own, else the actor's own.
    """
    said = found or Found()
    about = rows.locked_many(commitments)
    if unit_id is None:
        unit_id = _in_whose_name(about, actor)
    faults = [
        *_matter_faults(about, kind, unit_id, actor),
        *_word_faults(said, kind),
        *_day_faults(said, about),
        *_file_faults(said),
    ]
    if faults:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa ghi được. {sentences}", faults=faults)
    act = _record(about, kind, unit_id, said, actor)
    audit.record(actor, "commitments.follow_up", act, ids=[one.pk for one in about])
    events.publish(FollowedUp(follow_up_id=act.pk))
    return act


@transaction.atomic
def remind_leads(commitments: Iterable[Commitment], *, actor: "User | None") -> list[Commitment]:
    """Urge the leads of work that is not done, in one step and without words: on record as an act of đôn đốc."""
    found = [one for one in rows.locked_many(commitments) if one.state in UNDONE]
    if not found:
        raise RuleError(
            "Các việc đã chọn đều đã báo xong nên không cần nhắc. Đồng chí vui lòng chọn việc chưa xong."
        )
    _record(found, FollowUpKind.URGE, _in_whose_name(found, actor), Found(), actor)
    ids = tuple(one.pk for one in found)
    audit.record(actor, "commitments.remind", found[0], ids=list(ids))
    events.publish(CommitmentsReminded(commitment_ids=ids, by_id=actor.pk if actor else None))
    return found


@transaction.atomic
def answer_follow_up(part: FollowUpPart, *, answer: str, actor: "User | None") -> FollowUpPart:
    """The unit answers, once; its answer stands on the timelines of its commitments."""
    hold_units([part.unit_id])
    part = FollowUpPart.objects.select_for_update(of=("self",), no_key=True).get(pk=part.pk)
    if part.answered_at is not None:
        raise RuleError(
            f"{rows.by_whom(part.answered_by)} đã trả lời. Đồng chí vui lòng mở lại trang để xem."
        )
    part.answer = rows.text_of(
        answer,
        missing="Đồng chí vui lòng ghi nội dung trả lời.",
        most=rows.LONG,
        column="answer",
    )
    part.answered_by, part.answered_at = actor, clock.now()
    part.save(update_fields=["answer", "answered_by", "answered_at"])
    about = rows.locked_many(part.commitments.all())
    rows.steps(about, StepKind.REPLIED, actor=actor, words=part.answer)
    audit.record(actor, "commitments.answer_follow_up", part.follow_up, part_id=part.pk)
    events.publish(FollowUpAnswered(part_id=part.pk))
    return part


def _record(
    about: Sequence[Commitment], kind: str, unit_id: int, said: Found, actor: "User | None"
) -> FollowUp:
    """The act, its part for each lead, and the lines of the timelines. A fixed number of queries."""
    words = canonical(said.words).strip()
    act = FollowUp(
        kind=kind,
        unit_id=unit_id,
        on=said.on or clock.today(),
        found=words,
        document=canonical(said.document).strip(),
        answer_by=said.answer_by,
        by=actor,
        at=clock.now(),
    )
    if said.evidence is not None:
        act.file_name, content = said.evidence
        act.file = files.store(content, name=act.file_name, allowed=files.EVIDENCE)
    act.save()
    leads = list(dict.fromkeys(one.lead_id for one in about))
    parts = FollowUpPart.objects.bulk_create(
        FollowUpPart(follow_up=act, unit_id=lead) for lead in leads
    )
    of_lead = {part.unit_id: part.pk for part in parts}
    between = FollowUpPart.commitments.through
    between.objects.bulk_create(
        between(followuppart_id=of_lead[one.lead_id], commitment_id=one.pk) for one in about
    )
    line = " ".join(part for part in (words, _asked(said), _by_document(act)) if part)
    rows.steps(about, FOLLOWED[kind], actor=actor, words=line, on=act.on)
    return act


def _asked(said: Found) -> str:
    return f"Đề nghị trả lời trước {format_date(said.answer_by)}." if said.answer_by else ""


def _by_document(act: FollowUp) -> str:
    return f"({act.document})" if act.document else ""


def _in_whose_name(found: Sequence[Commitment], actor: "User | None") -> int:
    """The unit that acts: the assigner where it is the actor's own, else the actor's own unit."""
    assigners = [one.assigner_id for one in found]
    own = [pk for pk, _ in assigning_units(actor, on=clock.today())] if actor else assigners
    return next((pk for pk in assigners if pk in own), next(iter(own), 0))


def _matter_faults(
    about: Sequence[Commitment], kind: str, unit_id: int, actor: "User | None"
) -> Iterator[Fault]:
    if not about:
        yield Fault("Đồng chí vui lòng chọn ít nhất một việc.")
    if kind not in FollowUpKind.values:
        yield Fault("Đồng chí vui lòng chọn một trong bốn hình thức.", column="kind")
    if about and actor is not None and not reaches(actor, "commitments.verify", unit_id):
        yield Fault("Đồng chí chưa có quyền theo dõi thay mặt đơn vị này.")
    mine = Commitment.objects.filter(pk__in=[one.pk for one in about])
    if actor is not None and mine.allowed(actor, "commitments.verify").count() < len(about):
        yield Fault("Có việc không do đơn vị của đồng chí giao. Đồng chí vui lòng bỏ chọn.")
    for one in about:
        label = str(State(one.state).label).lower()
        if one.state in UNCOUNTED:
            yield Fault(f"Việc {one.number} {label} nên không còn phải theo dõi.")
        elif kind == FollowUpKind.URGE and one.state not in UNDONE:
            yield Fault(f"Việc {one.number} {label} nên không cần đôn đốc.")


def _word_faults(said: Found, kind: str) -> Iterator[Fault]:
    words = canonical(said.words).strip()
    if not words and kind in MISSING:
        yield Fault(MISSING[FollowUpKind(kind)], column="found")
    for text, label, most, column in (
        (words, "Nội dung", rows.LONG, "found"),
        (canonical(said.document).strip(), "Số, ký hiệu văn bản", rows.SYMBOL, "document"),
    ):
        if len(text) > most:
            long = f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
            yield Fault(long, column=column)


def _day_faults(said: Found, about: Sequence[Commitment]) -> Iterator[Fault]:
    today = clock.today()
    on = said.on or today
    if on > today:
        day = format_date(on)
        yield Fault(f"Ngày {day} chưa đến, đồng chí vui lòng xem lại ngày.", column="on")
    for one in about:
        if on < one.assigned_on:
            given = format_date(one.assigned_on)
            yield Fault(f"Ngày này trước ngày giao việc {one.number} ({given}).", column="on")
    if said.answer_by is not None and said.answer_by < today:
        day = format_date(said.answer_by)
        late = f"Hạn trả lời {day} đã qua, đồng chí vui lòng chọn từ hôm nay trở đi."
        yield Fault(late, column="answer_by")


def _file_faults(said: Found) -> Iterator[Fault]:
    if said.evidence is None:
        return
    name, content = said.evidence
    try:
        files.inspect(content, name=name, allowed=files.EVIDENCE)
    except RuleError as refused:
        yield Fault(refused.message, column="evidence")
