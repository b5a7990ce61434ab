"""The acts of those above the unit: approve in one's turn, return with reasons, lock a month, open a report again."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval
from danvan.indicators.services import raise_level
from danvan.organisations.selectors import last_names
from danvan.reporting.enums import Standing, Verdict
from danvan.reporting.events import PeriodLocked, ReportDecided, TurnPassed
from danvan.reporting.models import Decision, Form, Obligation, Submission
from danvan.reporting.selectors import SOURCE, questions_for
from danvan.reporting.services import acts
from danvan.reporting.services.ways import APPROVE, Stead, Turns
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LOCK = "submissions.lock"
LONGEST = 600  # letters of the reason
LONGEST_COMMENT = 300


@transaction.atomic
def accept_report(
    obligation: Obligation, *, actor: "User | None", seen: int | None = None
) -> Obligation:
    """Approve what a unit sent, in one's own turn: the next place on its way has it then.

    Where the turn is of who asked, it is accepted: its values count as accepted from now on.
    """
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    turns = Turns([obligation], actor)
    _refuse_to_approve(obligation, turns)
    lent = turns.stead(obligation).told
    if turns.step(obligation):
        _pass_on([obligation], turns, actor=actor)
        act = "reporting.pass"
    else:
        _decide([obligation], Verdict.ACCEPTED, actor=actor, turns=turns)
        act = "reporting.accept"
    audit.record(actor, act, obligation, unit_id=obligation.unit_id, **lent)
    return obligation


@transaction.atomic
def accept_reports(
    obligations: Iterable[Obligation],
    *,
    actor: "User | None",
    seen: Mapping[int, int] | None = None,
) -> list[Obligation]:
    """Approve many reports in one's own turn, all or none; a refusal names each unit whose report cannot be and why.

    `seen` gives `changes` by the id of the obligation, as the page showed them.
    """
    found = acts.all_locked(one.pk for one in obligations)
    if not found:
        raise RuleError("Đồng chí vui lòng chọn ít nhất một báo cáo.")
    faults = []
    names = last_names([one.unit_id for one in found], clock.today())
    turns = Turns(found, actor)
    for row, one in enumerate(found, start=1):
        try:
            acts.refuse_if_moved(one, (seen or {}).get(one.pk))
            _refuse_to_approve(one, turns)
        except RuleError as broken:
            faults.append(Fault(f"{names.get(one.unit_id, '')}: {broken.message}", row=row))
    if faults:
        many = format_number(len(faults))
        raise RuleError(f"Có {many} báo cáo chưa duyệt được nên chưa duyệt bản nào.", faults=faults)
    passing = [one for one in found if turns.step(one)]
    accepted = [one for one in found if not turns.step(one)]
    by_stead: dict[Stead, list[Obligation]] = {}
    for one in found:
        by_stead.setdefault(turns.stead(one), []).append(one)
    if passing:
        _pass_on(passing, turns, actor=actor)
    if accepted:
        _decide(accepted, Verdict.ACCEPTED, actor=actor, turns=turns)
    for stead, some in by_stead.items():
        ids = [one.pk for one in some]
        audit.record(actor, "reporting.accept_many", some[0], ids=ids, **stead.told)
    return found


def _refuse_to_approve(one: Obligation, turns: Turns) -> None:
    acts.refuse_unless_it_may_become(one, Standing.ACCEPTED)
    turns.refuse_unless_mine(one)


@transaction.atomic
def return_report(
    obligation: Obligation,
    *,
    words: str,
    comments: Mapping[str, str],
    actor: "User | None",
    seen: int | None = None,
    below: bool = False,
) -> Obligation:
    """Return a report to be mended, in one's own turn, with the reason, and what to mend by item code.

    It goes back to its unit; with `below`, to the place on the way that approved it last, if there is one.
    """
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    acts.refuse_unless_it_may_become(obligation, Standing.RETURNED)
    if obligation.standing == Standing.LOCKED:
        raise RuleError(acts.WHY_NOT[Standing.RETURNED][Standing.LOCKED])
    turns = Turns([obligation], actor)
    turns.refuse_unless_mine(obligation)
    words, comments = reasons_of(obligation, words, comments)
    back = turns.below(obligation) if below else 0
    verdict = Verdict.BELOW if back else Verdict.RETURNED
    lent = turns.stead(obligation).told
    _decide(
        [obligation], verdict, actor=actor, turns=turns, words=words, comments=comments, turn=back
    )
    audit.record(
        actor,
        "reporting.return_below" if back else "reporting.return",
        obligation,
        unit_id=obligation.unit_id,
        items=sorted(comments),
        **lent,
    )
    return obligation


@transaction.atomic
def reopen_report(
    obligation: Obligation, *, words: str, actor: "User | None", seen: int | None = None
) -> Obligation:
    """Open a locked report again: it goes back to its unit with the reason, and its values count as sent only."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    if obligation.standing != Standing.LOCKED:
        raise RuleError("Báo cáo này chưa chốt nên không cần mở lại.")
    words, _ = reasons_of(obligation, words, {}, of="mở lại")
    turns = Turns([obligation], actor)
    _decide([obligation], Verdict.RETURNED, actor=actor, turns=turns, words=words, action=LOCK)
    audit.record(actor, "reporting.reopen", obligation, unit_id=obligation.unit_id)
    return obligation


@transaction.atomic
def lock_period(form: Form, period: Period, *, actor: "User | None") -> int:
    """Lock the accepted reports of a month; returns how many. Refused while some wait for a decision.

    Reports that were never sent, or are returned, stay open: they are locked by locking the month again.
    """
    owed = Obligation.objects.filter(form=form, first=period.first)
    # Judged under the lock: what is returned or sent while we look is not locked unread.
    rows = acts.all_locked(owed.values_list("pk", flat=True))
    waiting = sum(one.standing == Standing.SENT for one in rows)
    if waiting:
        raise RuleError(
            f"Còn {format_number(waiting)} báo cáo chờ duyệt của {period.label}. Đồng chí vui lòng"
            " duyệt hoặc trả lại hết rồi chốt."
        )
    found = [one for one in rows if one.standing == Standing.ACCEPTED]
    if not found:
        raise RuleError(f"Không có báo cáo nào đã duyệt của {period.label} để chốt.")
    _decide(found, Verdict.LOCKED, actor=actor, turns=Turns(found, actor), action=LOCK)
    audit.record(actor, "reporting.lock_period", form, first=period.first, reports=len(found))
    events.publish(PeriodLocked(form_id=form.pk, first=period.first))
    return len(found)


BECOMES = {
    Verdict.PASSED: Standing.SENT,
    Verdict.BELOW: Standing.SENT,
    Verdict.RETURNED: Standing.RETURNED,
    Verdict.ACCEPTED: Standing.ACCEPTED,
    Verdict.LOCKED: Standing.LOCKED,
}
LEVEL = {
    Verdict.BELOW: Approval.SENT,
    Verdict.RETURNED: Approval.SENT,
    Verdict.ACCEPTED: Approval.ACCEPTED,
    Verdict.LOCKED: Approval.LOCKED,
}


def _pass_on(obligations: list[Obligation], turns: Turns, *, actor: "User | None") -> None:
    """Let the next place have these reports: who asked, once the last on the way has approved."""
    by_turn: dict[int, list[Obligation]] = {}
    for one in obligations:
        by_turn.setdefault(turns.after(one), []).append(one)
    for turn, some in sorted(by_turn.items()):
        _decide(some, Verdict.PASSED, actor=actor, turns=turns, turn=turn)


def _decide(
    obligations: list[Obligation],
    verdict: Verdict,
    *,
    actor: "User | None",
    turns: Turns,
    words: str = "",
    comments: Mapping[str, str] | None = None,
    turn: int = 0,
    action: str = APPROVE,
) -> None:
    """Write the decision on the submissions that stand, and move their values to its level."""
    pks = [one.pk for one in obligations]
    sent = Submission.objects.filter(obligation_id__in=pks).order_by("vintage")
    newest = dict(sent.values_list("obligation_id", "pk"))  # the last of each stays
    now, standing = clock.now(), BECOMES[verdict]
    Decision.objects.bulk_create(
        Decision(
            submission_id=newest[one.pk],
            standing=verdict,
            words=words,
            comments=dict(comments or {}),
            by=actor,
            at=now,
            place_id=step.answering_id if (step := turns.step(one)) else None,
            on_behalf_of_id=(stead := turns.stead(one, action)).lender_id,
            lent_until=stead.until,
        )
        for one in obligations
    )
    rows = Obligation.objects.filter(pk__in=pks)
    rows.update(standing=standing, turn=turn, changes=F("changes") + 1)
    level = LEVEL.get(verdict, Approval.SENT if turn else Approval.PASSED)
    raise_level(SOURCE, list(newest.values()), level, actor=actor)
    if standing == Standing.RETURNED:
        acts.let_heirs_answer(obligations)
    for one in obligations:
        one.standing, one.turn, one.changes = standing, turn, one.changes + 1
        if verdict in (Verdict.PASSED, Verdict.BELOW):
            events.publish(
                TurnPassed(obligation_id=one.pk, turn=turn, back=verdict == Verdict.BELOW)
            )
        elif verdict != Verdict.LOCKED:  # one event tells of the whole month
            events.publish(ReportDecided(obligation_id=one.pk, standing=standing.value))


def reasons_of(
    obligation: Obligation, words: str, comments: Mapping[str, str], *, of: str = "trả lại"
) -> tuple[str, dict[str, str]]:
    """The reasons of an act as they are kept; RuleError with every fault where there is none, or one is too long."""
    words = canonical(words).strip()
    kept = {code: canonical(text).strip() for code, text in comments.items() if text.strip()}
    faults = []
    if not words and not kept:
        faults.append(
            Fault(f"Đồng chí vui lòng ghi lý do {of} để đơn vị biết cần sửa gì.", column="words")
        )
    if len(words) > LONGEST:
        faults.append(
            Fault(f"Lý do dài quá {LONGEST} ký tự, đồng chí vui lòng viết gọn lại.", column="words")
        )
    codes = questions_for(obligation).by_code if kept else {}
    for code, text in kept.items():
        if code not in codes:
            faults.append(Fault(f"Biểu này không có câu hỏi mã “{code}”.", column=code))
        elif len(text) > LONGEST_COMMENT:
            message = f"Ý kiến dài quá {LONGEST_COMMENT} ký tự, đồng chí vui lòng viết gọn lại."
            faults.append(Fault(message, column=code))
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    return words, kept
