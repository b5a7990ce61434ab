"""What the acts on a report share: the row under lock, what moved since, where it may go."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import successors
from danvan.organisations.selectors.spans import lives_of
from danvan.reporting.enums import NEXT, Standing, Verdict
from danvan.reporting.models import Decision, Obligation, Proposal, Submission, WayStep
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from datetime import datetime

DONE = {
    Verdict.RELEASED: "duyệt gửi",
    Verdict.PASSED: "duyệt chuyển cấp trên",
    Verdict.BELOW: "trả lại cấp dưới",
    Verdict.RETURNED: "trả lại",
    Verdict.ACCEPTED: "duyệt",
    Verdict.LOCKED: "chốt số liệu",
}


def locked(obligation: Obligation) -> Obligation:
    """Re-read the row under a lock: the caller's copy may be stale."""
    rows = Obligation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("form").get(pk=obligation.pk)


def all_locked(pks: Iterable[int]) -> list[Obligation]:
    """These rows under a lock, in one order, so that two who lock many never wait for each other."""
    rows = Obligation.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.select_related("form").filter(pk__in=list(pks)).order_by("pk"))


def latest(obligation: Obligation) -> Submission | None:
    """The submission that stands."""
    return Submission.objects.filter(obligation=obligation).order_by("-vintage").first()


def latest_of(obligations: Iterable[Obligation]) -> dict[int, int]:
    """The vintage that stands of each report that was sent, by obligation. One query; none where none was sent."""
    sent = [one.pk for one in obligations if one.first_sent_on]
    rows = Submission.objects.filter(obligation__in=sent).order_by().values_list("obligation_id")
    return dict(rows.annotate(last=Max("vintage"))) if sent else {}


def let_heirs_answer(obligations: Iterable[Obligation]) -> None:
    """Let a report that goes back to a unit that has ended be mended by whoever took over from it."""
    obligations = list(obligations)
    _let_heirs_take_steps(obligations)
    open_ = [one for one in obligations if one.bearer_id is None]
    lives = lives_of([one.unit_id for one in open_])
    for one in open_:
        if lives[one.unit_id].ended_on is not None:
            one.bearer_id = _standing_heir(one.unit_id)
            Obligation.objects.filter(pk=one.pk).update(bearer_id=one.bearer_id)


def _let_heirs_take_steps(obligations: list[Obligation]) -> None:
    """The same for places on the way: a report that was closed when they ended goes up by way of their heirs."""
    steps = list(WayStep.objects.filter(obligation__in=obligations, bearer=None))
    lives = lives_of({one.unit_id for one in steps})
    for step in steps:
        if lives[step.unit_id].ended_on is not None:
            step.bearer_id = _standing_heir(step.unit_id)
            step.save(update_fields=["bearer"])


def _standing_heir(unit_id: int) -> int | None:
    """The unit that stands today and took over from one that ended, directly or through others."""
    today, line = clock.today(), heirs_line(unit_id)
    lives = lives_of(line)
    ends = {one: lives[one].ended_on or date.max for one in line}
    return next((one for one in line if ends[one] > today), None)


def heirs_line(unit_id: int) -> list[int]:
    """Who took over the most of a unit when it ended, who of that one, and so on: the nearest first."""
    line: list[int] = []
    at = unit_id
    while True:
        ended_on = lives_of([at])[at].ended_on
        kin = [one for one in successors(at) if one.happened_on == ended_on and one.id not in line]
        if not kin:
            return line
        at = max(kin, key=lambda one: (one.weight, -one.id)).id
        line.append(at)


def refuse_if_moved(obligation: Obligation, seen: int | None) -> None:
    """RuleError that names who did what, where the report is not as the page showed it."""
    if seen is not None and seen != obligation.changes:
        raise RuleError(
            f"Báo cáo này đã thay đổi sau khi đồng chí mở trang: {last_act(obligation)}. "
            "Đồng chí vui lòng xem lại rồi quyết định."
        )


def last_act(obligation: Obligation) -> str:
    """Who did what to a report last, and when, as part of a sentence."""
    decision = (
        Decision.objects.filter(submission__obligation=obligation)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    sent = (
        Submission.objects.filter(obligation=obligation)
        .select_related("sent_by")
        .order_by("-vintage")
        .first()
    )
    laid = Proposal.objects.filter(obligation=obligation).select_related("by", "closed_by").last()
    if laid is not None and laid.closed_at is None:
        return f"{_who(laid.by)} đã trình lãnh đạo đơn vị lúc {_when(laid.at)}"
    if laid is not None and laid.submission_id is None and _newest(laid, sent, decision):
        done = "trả lại" if laid.words or laid.comments else "rút lại"
        return f"{_who(laid.closed_by)} đã {done} bản trình lúc {_when(laid.closed_at)}"
    if sent is None:
        return "báo cáo chưa được gửi"
    # A decision belongs to the submission it was made on, so a newer submission is the newer act.
    if decision is None or decision.submission_id != sent.pk:
        return f"{_who(sent.sent_by)} đã gửi bản {sent.vintage} lúc {_when(sent.sent_at)}"
    done = DONE[Verdict(decision.standing)]
    return f"{_who(decision.by)} đã {done} lúc {_when(decision.at)}"


def _newest(laid: Proposal, sent: Submission | None, decision: Decision | None) -> bool:
    """Whether closing a proposal is newer than what was sent and what was decided."""
    at = laid.closed_at or laid.at
    return all(one <= at for one in (sent and sent.sent_at, decision and decision.at) if one)


def refuse_unless_it_may_become(obligation: Obligation, standing: Standing) -> None:
    """RuleError with the reason where a report may not go there from where it is."""
    if standing not in NEXT[obligation.standing]:
        raise RuleError(WHY_NOT[standing][Standing(obligation.standing)])


_NOT_SENT = "Đơn vị chưa gửi báo cáo này."
_WITH_THE_UNIT = "Báo cáo này đang trả lại để đơn vị sửa; đồng chí vui lòng chờ đơn vị gửi lại."
_LOCKED = "Số liệu của báo cáo này đã chốt. Đồng chí vui lòng đề nghị người có quyền chốt mở lại."
_WITH_THE_HEAD = "Báo cáo này đang chờ lãnh đạo đơn vị duyệt, đơn vị chưa gửi."
_EXEMPT = "Báo cáo này đã được miễn; muốn gửi, đồng chí vui lòng đề nghị nơi đã miễn bỏ miễn trước."
WHY_NOT: dict[Standing, dict[Standing, str]] = {
    Standing.SENT: {
        Standing.ACCEPTED: (
            "Báo cáo này đã được duyệt. Muốn sửa, đồng chí vui lòng đề nghị cấp trên trả lại báo cáo."
        ),
        Standing.LOCKED: _LOCKED,
        Standing.EXEMPT: _EXEMPT,
    },
    Standing.ACCEPTED: {
        Standing.PROPOSED: f"{_WITH_THE_HEAD} Đồng chí duyệt được sau khi đơn vị gửi.",
        Standing.DUE: f"{_NOT_SENT} Đồng chí duyệt được sau khi đơn vị gửi.",
        Standing.RETURNED: _WITH_THE_UNIT,
        Standing.ACCEPTED: "Báo cáo này đã được duyệt rồi.",
        Standing.LOCKED: "Số liệu của báo cáo này đã chốt nên không cần duyệt lại.",
        Standing.EXEMPT: f"{_EXEMPT} Không có gì để duyệt.",
    },
    Standing.RETURNED: {
        Standing.PROPOSED: f"{_WITH_THE_HEAD} Không có gì để trả lại.",
        Standing.DUE: f"{_NOT_SENT} Không có gì để trả lại.",
        Standing.RETURNED: "Báo cáo này đã được trả lại rồi; đồng chí vui lòng chờ đơn vị gửi lại.",
        Standing.LOCKED: _LOCKED,
        Standing.EXEMPT: f"{_EXEMPT} Không có gì để trả lại.",
    },
}


def _who(person: object) -> str:
    return f"đồng chí {person}" if person else "phần mềm"


def _when(at: "datetime | None") -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} ngày {format_date(local.date())}"
