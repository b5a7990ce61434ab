"""A leader asks units to explain; they answer in the same place; the leader takes the answer or sends it back.

Nothing follows from it by itself: no score falls, no unit is blocked. People decide.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import ExplanationStepKind, Ruling, StepKind
from danvan.commitments.events import ExplanationAnswered, ExplanationRuled, ExplanationsAsked
from danvan.commitments.models import Commitment, Explanation, ExplanationStep
from danvan.commitments.services import rows
from danvan.commitments.services.standing import standing_of
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.locks import alone
from danvan.organisations.selectors import identities
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

COMMITMENTS = "commitments.commitment"  # the kind of subject that has a timeline here
# PostgreSQL: who asks holds this advisory lock, taken before any unit or row, so that nobody is asked twice at once.
ASKER = 4_110_219_777


@transaction.atomic
def ask_explanations(
    unit_ids: Collection[int],
    *,
    asker: "Unit",
    subject_kind: str,
    subject_ids: Sequence[int] | Mapping[int, Sequence[int]],
    subject: str,
    question: str = "",
    due_on: date,
    actor: "User | None",
) -> list[Explanation]:
    """Ask many units to explain in one act, by one day. A unit that is asked already is not asked again.

    `subject_ids` may say by unit what each is asked about; else of commitments each unit is asked about those
    it leads, of anything else about all. `subject` says in words what it is about.
    """
    wanted = list(dict.fromkeys(unit_ids))
    alone(ASKER, wait=True)
    faults = _ask_faults(wanted, asker, subject, question, due_on, actor)
    if faults:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa gửi yêu cầu giải trình. {sentences}", faults=faults)
    about = _not_asked_yet(_about(wanted, subject_kind, subject_ids), subject_kind)
    now = clock.now()
    found = Explanation.objects.bulk_create(
        Explanation(
            unit_id=unit_id,
            asker=asker,
            subject_kind=subject_kind,
            subject_ids=about[unit_id],
            subject=canonical(subject).strip(),
            question=canonical(question).strip(),
            due_on=due_on,
            asked_by=actor,
            asked_at=now,
        )
        for unit_id in wanted
        if unit_id in about
    )
    if not found:
        whom = "Đơn vị này" if len(wanted) == 1 else "Các đơn vị này"
        raise RuleError(
            f"{whom} đã được yêu cầu giải trình về việc này và chưa trả lời. "
            "Đồng chí vui lòng mở mục Giải trình để theo dõi."
        )
    words = canonical(question).strip()
    ExplanationStep.objects.bulk_create(
        ExplanationStep(
            explanation=one, kind=ExplanationStepKind.ASKED, at=now, by=actor, words=words
        )
        for one in found
    )
    if subject_kind == COMMITMENTS:
        ids = {pk for one in found for pk in one.subject_ids}
        said = f"Trả lời trước {format_date(due_on)}" + (f": {words}" if words else "")
        commitments = rows.locked_many(Commitment.objects.filter(pk__in=ids))
        rows.steps(commitments, StepKind.EXPLANATION_ASKED, actor=actor, words=said)
    audit.record(
        actor,
        "commitments.ask_explanations",
        found[0],
        ids=[one.pk for one in found],
        subject_kind=subject_kind,
    )
    events.publish(ExplanationsAsked(explanation_ids=tuple(one.pk for one in found)))
    return found


@transaction.atomic
def answer_explanation(
    explanation: Explanation, *, answer: str, actor: "User | None"
) -> Explanation:
    """The unit explains. An answer that was sent back is answered again; what was said before stays."""
    explanation = _locked(explanation)
    if explanation.ruling == Ruling.GRANTED:
        raise RuleError("Giải trình này đã được tiếp nhận nên không cần trả lời nữa.")
    if explanation.answered_at is not None and explanation.ruling == Ruling.OPEN:
        raise RuleError(
            f"{rows.by_whom(explanation.answered_by)} đã gửi giải trình này và đang chờ ý kiến. "
            "Đồng chí vui lòng mở lại trang để xem."
        )
    answer = rows.text_of(
        answer,
        missing="Đồng chí vui lòng ghi nội dung giải trình.",
        most=rows.LONG,
        column="answer",
    )
    explanation.answer, explanation.answered_by = answer, actor
    explanation.answered_at, explanation.ruling = clock.now(), Ruling.OPEN
    explanation.save(update_fields=["answer", "answered_by", "answered_at", "ruling"])
    _step(explanation, ExplanationStepKind.ANSWERED, answer, actor)
    _on_timelines(explanation, StepKind.EXPLAINED, answer, actor)
    audit.record(actor, "commitments.answer_explanation", explanation)
    events.publish(ExplanationAnswered(explanation_id=explanation.pk))
    return explanation


@transaction.atomic
def rule_explanation(
    explanation: Explanation, *, granted: bool, words: str, actor: "User | None"
) -> Explanation:
    """Who asked takes the answer, or sends it back saying what is missing."""
    explanation = _locked(explanation)
    if explanation.answered_at is None:
        raise RuleError(
            "Đơn vị chưa giải trình nên chưa có gì để quyết định. Đồng chí vui lòng chờ trả lời."
        )
    if explanation.ruling != Ruling.OPEN:
        decided = "tiếp nhận" if explanation.ruling == Ruling.GRANTED else "yêu cầu giải trình lại"
        raise RuleError(
            f"{rows.by_whom(explanation.ruled_by)} đã {decided}. Đồng chí vui lòng mở lại trang để xem."
        )
    if granted:
        words = canonical(words).strip()[: rows.SHORT]
    else:
        words = rows.text_of(
            words, missing="Đồng chí vui lòng ghi cần giải trình thêm điều gì để đơn vị biết."
        )
    explanation.ruling = Ruling.GRANTED if granted else Ruling.REFUSED
    explanation.ruled_by, explanation.ruled_at, explanation.words = actor, clock.now(), words
    explanation.save(update_fields=["ruling", "ruled_by", "ruled_at", "words"])
    kind = ExplanationStepKind.TAKEN if granted else ExplanationStepKind.SENT_BACK
    _step(explanation, kind, words, actor)
    act = "commitments.take_explanation" if granted else "commitments.send_back_explanation"
    audit.record(actor, act, explanation)
    events.publish(ExplanationRuled(explanation_id=explanation.pk))
    return explanation


def _locked(explanation: Explanation) -> Explanation:
    # A merger takes the two sides at different times, and the commitments in between.
    hold_units([explanation.unit_id, explanation.asker_id])
    rows_ = Explanation.objects.select_for_update(of=("self",), no_key=True)
    return rows_.get(pk=explanation.pk)


def _step(explanation: Explanation, kind: str, words: str, actor: "User | None") -> None:
    ExplanationStep.objects.create(
        explanation=explanation, kind=kind, at=clock.now(), by=actor, words=words
    )


def _on_timelines(explanation: Explanation, kind: str, words: str, actor: "User | None") -> None:
    if explanation.subject_kind == COMMITMENTS:
        about = Commitment.objects.filter(pk__in=explanation.subject_ids)
        rows.steps(rows.locked_many(about), kind, actor=actor, words=words)


def _about(
    unit_ids: Sequence[int],
    subject_kind: str,
    subject_ids: Sequence[int] | Mapping[int, Sequence[int]],
) -> dict[int, list[int]]:
    """What each unit is asked about: what is said by unit; else of commitments those it leads, or all."""
    if isinstance(subject_ids, Mapping):
        return {unit_id: sorted(subject_ids.get(unit_id, ())) for unit_id in unit_ids}
    if subject_kind != COMMITMENTS:
        return {unit_id: sorted(subject_ids) for unit_id in unit_ids}
    led: dict[int, list[int]] = {unit_id: [] for unit_id in unit_ids}
    named = Commitment.objects.filter(pk__in=subject_ids, lead_id__in=unit_ids).order_by("pk")
    for pk, lead_id in named.values_list("pk", "lead_id"):
        led[lead_id].append(pk)
    return {unit_id: ids or sorted(subject_ids) for unit_id, ids in led.items()}


def _not_asked_yet(about: Mapping[int, list[int]], subject_kind: str) -> dict[int, list[int]]:
    """What each unit is asked about, without what it is asked for already and was not taken yet.

    Commitments one by one; anything else is one question as a whole. A unit of which nothing is left is not asked.
    """
    waiting = Explanation.objects.filter(unit_id__in=about, subject_kind=subject_kind)
    asked: dict[int, list[list[int]]] = {}
    for unit_id, ids in waiting.exclude(ruling=Ruling.GRANTED).values_list(
        "unit_id", "subject_ids"
    ):
        asked.setdefault(unit_id, []).append(ids)
    left = {}
    for unit_id, ids in about.items():
        before = asked.get(unit_id, [])
        if subject_kind == COMMITMENTS and ids:
            known = {pk for some in before for pk in some}
            if rest := [pk for pk in ids if pk not in known]:
                left[unit_id] = rest
        elif ids not in before:
            left[unit_id] = ids
    return left


def _ask_faults(
    unit_ids: Sequence[int],
    asker: "Unit",
    subject: str,
    question: str,
    due_on: date,
    actor: "User | None",
) -> list[Fault]:
    faults, today = [], clock.today()
    if not unit_ids:
        faults.append(
            Fault("Đồng chí vui lòng chọn ít nhất một đơn vị cần giải trình.", column="units")
        )
    if actor is not None and not reaches(actor, "commitments.verify", asker.pk):
        faults.append(
            Fault("Đồng chí chưa có quyền yêu cầu giải trình thay mặt đơn vị này.", column="asker")
        )
    hold_units(unit_ids)
    standing = standing_of(unit_ids, today)
    faults += [
        Fault(f"Không gửi được: {absent}", column="units")
        for unit_id in unit_ids
        if (absent := standing.absent(unit_id))
    ]
    if not canonical(subject).strip():
        faults.append(Fault("Đồng chí vui lòng ghi cần giải trình về việc gì.", column="subject"))
    for words, label, most, column in (
        (subject, "Việc cần giải trình", 400, "subject"),
        (question, "Nội dung yêu cầu", rows.SHORT, "question"),
    ):
        if len(canonical(words).strip()) > most:
            faults.append(
                Fault(
                    f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại.",
                    column=column,
                )
            )
    if due_on < today:
        faults.append(
            Fault(
                f"Hạn trả lời {format_date(due_on)} đã qua, đồng chí vui lòng chọn từ hôm nay trở đi.",
                column="due_on",
            )
        )
    return faults


@transaction.atomic
def ask_about(
    commitments: Iterable[Commitment], *, question: str, due_on: date, actor: "User | None"
) -> list[Explanation]:
    """Ask the leads of these commitments to explain, each about its own, in the name of who assigned them."""
    alone(ASKER, wait=True)
    chosen = list(commitments)
    hold_units(one.lead_id for one in chosen)
    found = rows.locked_many(chosen)
    if not found:
        raise RuleError("Đồng chí vui lòng chọn ít nhất một việc cần giải trình.")
    by_assigner: dict[int, list[Commitment]] = {}
    for one in found:
        by_assigner.setdefault(one.assigner_id, []).append(one)
    units = identities(by_assigner)
    asked = []
    for assigner_id, given in by_assigner.items():
        first = given[0]
        subject = f"Việc {first.number}: {first.title}"[:400]
        asked += ask_explanations(
            [one.lead_id for one in given],
            asker=units[assigner_id],
            subject_kind=COMMITMENTS,
            subject_ids=[one.pk for one in given],
            subject=subject if len(given) == 1 else f"Tiến độ {len(given)} việc được giao",
            question=question,
            due_on=due_on,
            actor=actor,
        )
    return asked
