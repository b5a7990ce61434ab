"""The acts of who asked for the report: accept it, return it with reasons, lock a month, open a report again."""

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
from danvan.reporting.enums import Standing
from danvan.reporting.events import PeriodLocked, ReportDecided
from danvan.reporting.models import Decision, Form, Obligation, Submission
from danvan.reporting.selectors import SOURCE, questions_for
from danvan.reporting.services import acts
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST = 600  # letters of the reason
LONGEST_COMMENT = 300


@transaction.atomic
def accept_report(
    obligation: Obligation, *, actor: "User | None", seen: int | None = None
) -> Obligation:
    """Accept what a unit sent: its values count as accepted from now on."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    acts.refuse_unless_it_may_become(obligation, Standing.ACCEPTED)
    _decide([obligation], Standing.ACCEPTED, actor=actor)
    audit.record(actor, "reporting.accept", obligation, unit_id=obligation.unit_id)
    return obligation


@transaction.atomic
def accept_reports(
    obligations: Iterable[Obligation],
    *,
    actor: "User | None",
    seen: Mapping[int, int] | None = None,
) -> list[Obligation]:
    """Accept many reports, all or none; a refusal names each unit whose report cannot be accepted and why.

    `seen` gives `changes` by the id of the obligation, as the page showed them.
    """
    found = acts.all_locked(one.pk for one in obligations)
    if not found:
        raise RuleError("Đồng chí vui lòng chọn ít nhất một báo cáo.")
    faults = []
    names = last_names([one.unit_id for one in found], clock.today())
    for row, one in enumerate(found, start=1):
        try:
            acts.refuse_if_moved(one, (seen or {}).get(one.pk))
            acts.refuse_unless_it_may_become(one, Standing.ACCEPTED)
        except RuleError as broken:
            faults.append(Fault(f"{names.get(one.unit_id, '')}: {broken.message}", row=row))
    if faults:
        many = format_number(len(faults))
        raise RuleError(f"Có {many} báo cáo chưa duyệt được nên chưa duyệt bản nào.", faults=faults)
    _decide(found, Standing.ACCEPTED, actor=actor)
    audit.record(actor, "reporting.accept_many", found[0], ids=[one.pk for one in found])
    return found


@transaction.atomic
def return_report(
    obligation: Obligation,
    *,
    words: str,
    comments: Mapping[str, str],
    actor: "User | None",
    seen: int | None = None,
) -> Obligation:
    """Return a report to its unit to be mended, with the reason, and what to mend by item code."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    acts.refuse_unless_it_may_become(obligation, Standing.RETURNED)
    if obligation.standing == Standing.LOCKED:
        raise RuleError(acts.WHY_NOT[Standing.RETURNED][Standing.LOCKED])
    words, comments = _reasons(obligation, words, comments)
    _decide([obligation], Standing.RETURNED, actor=actor, words=words, comments=comments)
    audit.record(
        actor,
        "reporting.return",
        obligation,
        unit_id=obligation.unit_id,
        items=sorted(comments),
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
    words, _ = _reasons(obligation, words, {})
    _decide([obligation], Standing.RETURNED, actor=actor, words=words)
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
    _decide(found, Standing.LOCKED, actor=actor)
    audit.record(actor, "reporting.lock_period", form, first=period.first, reports=len(found))
    events.publish(PeriodLocked(form_id=form.pk, first=period.first))
    return len(found)


LEVEL = {
    Standing.RETURNED: Approval.SENT,
    Standing.ACCEPTED: Approval.ACCEPTED,
    Standing.LOCKED: Approval.LOCKED,
}


def _decide(
    obligations: list[Obligation],
    standing: Standing,
    *,
    actor: "User | None",
    words: str = "",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Write the decision on the submissions that stand, and move their values to its level."""
    pks = [one.pk for one in obligations]
    sent = Submission.objects.filter(obligation_id__in=pks).order_by("vintage")
    newest = dict(sent.values_list("obligation_id", "pk"))  # the last of each stays
    now = clock.now()
    Decision.objects.bulk_create(
        Decision(
            submission_id=newest[one.pk],
            standing=standing,
            words=words,
            comments=dict(comments or {}),
            by=actor,
            at=now,
        )
        for one in obligations
    )
    Obligation.objects.filter(pk__in=pks).update(standing=standing, changes=F("changes") + 1)
    raise_level(SOURCE, list(newest.values()), LEVEL[standing], actor=actor)
    if standing == Standing.RETURNED:
        acts.let_heirs_answer(obligations)
    for one in obligations:
        one.standing, one.changes = standing, one.changes + 1
        if standing != Standing.LOCKED:  # one event tells of the whole month
            events.publish(ReportDecided(obligation_id=one.pk, standing=standing.value))


def _reasons(
    obligation: Obligation, words: str, comments: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """The reasons as they are kept; RuleError with every fault where there is none, or one is too long."""
    words = canonical(words).strip()
    kept = {code: canonical(text).strip() for code, text in comments.items() if text.strip()}
    faults = []
    if not words and not kept:
        faults.append(
            Fault("Đồng chí vui lòng ghi lý do trả lại để đơn vị biết cần sửa gì.", column="words")
        )
    if len(words) > LONGEST:
        faults.append(
            Fault(f"Lý do dài quá {LONGEST} chữ, đồng chí vui lòng viết gọn lại.", column="words")
        )
    codes = questions_for(obligation).by_code if kept else {}
    for code, text in kept.items():
        if code not in codes:
            faults.append(Fault(f"Biểu này không có chỉ tiêu mã “{code}”.", column=code))
        elif len(text) > LONGEST_COMMENT:
            message = f"Ý kiến dài quá {LONGEST_COMMENT} chữ, đồng chí vui lòng viết gọn lại."
            faults.append(Fault(message, column=code))
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    return words, kept
