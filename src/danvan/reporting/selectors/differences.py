"""What changed between two vintages of a report: question by question, by whom, when and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names
from danvan.reporting.computing import Computed, computed
from danvan.reporting.enums import Verdict
from danvan.reporting.models import Decision, Obligation, Submission
from danvan.reporting.questions import Question, Questions
from danvan.reporting.selectors.forms import questions_for
from danvan.reporting.selectors.reports import Sent, answers_of
from danvan.reporting.selectors.spans import month_of
from danvan.vietnamese.differing import Stretch, stretches

if TYPE_CHECKING:
    from danvan.accounts.models import User

NOTHING = Computed(None, "")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done to a report from the old vintage on: it was sent again, or something was decided.

    `reopened`: returned after it had been locked.
    """

    at: datetime
    by: "User | None"
    vintage: int
    standing: str = ""  # empty where it was sent
    words: str = ""
    comments: int = 0
    reopened: bool = False

    @property
    def label(self) -> str:
        """What was done."""
        if not self.standing:
            return f"Gửi bản {self.vintage}"
        if self.reopened:
            return "Mở lại sau khi chốt"
        return str(Verdict(self.standing).label)


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that is answered otherwise. `sent` is the vintage in which it came to be as it is in the new one."""

    question: Question
    old: Sent
    new: Sent
    sent: Submission
    comments: list[Decision] = field(default_factory=list)  # that said something about it
    reasons: tuple[Mapping[str, Any], ...] = ()  # why the new figure is right though a check warns
    computed: tuple[Computed, Computed] | None = None

    @property
    def moved(self) -> Decimal | None:
        """By how much the number moved; None where one of them is not known."""
        if self.old.amount is None or self.new.amount is None:
            return None
        return self.new.amount - self.old.amount

    @property
    def stretches(self) -> list[Stretch]:
        """Words that stayed, were taken out, were put in."""
        return stretches(self.old.words, self.new.words)

    @property
    def said(self) -> list[tuple[Decision, str]]:
        """Each decision that said something about it, with what it said."""
        return [(one, one.comments[self.question.code]) for one in self.comments]


@dataclass(frozen=True, slots=True)
class SectionDifference:
    """A part of the form with its questions that are answered otherwise. `nil`: was, and is, without anything."""

    position: int
    title: str
    nil: tuple[bool, bool]
    differences: list[Difference]

    @property
    def nil_changed(self) -> bool:
        """Whether it was said that nothing happened, and is no more, or the other way round."""
        return self.nil[0] != self.nil[1]


@dataclass(frozen=True, slots=True)
class Differences:
    """Two vintages of a report held against each other. `old` and `new` are None where there is only one."""

    obligation: Obligation
    period: Period
    unit_name: str
    vintages: list[Submission]  # the newest first
    old: Submission | None = None
    new: Submission | None = None
    sections: list[SectionDifference] = field(default_factory=list)
    same: int = 0  # questions answered as before
    acts: list[Act] = field(default_factory=list)  # the first one first
    files_added: list[str] = field(default_factory=list)
    files_removed: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions are answered otherwise."""
        return sum(len(one.differences) for one in self.sections)


def differences_of(
    obligation: Obligation, old: int | None = None, new: int | None = None
) -> Differences | None:
    """What changed between two vintages of a report: the newest and the one before, unless said.

    The older of the two is always the old one. None where there is no such vintage. A fixed number of queries,
    however many vintages lie between.
    """
    vintages = list(obligation.submissions.select_related("sent_by").order_by("vintage"))
    period = month_of(obligation)
    name = last_names([obligation.unit_id], period.last).get(obligation.unit_id, "")
    by_number = {one.vintage: one for one in vintages}
    if {old, new} - {None} - by_number.keys():
        return None
    if len(vintages) < 2:
        return Differences(obligation, period, name, vintages)
    last = new or max(one for one in by_number if one != old)
    before = [one for one in by_number if one < last]
    first = old or (max(before) if before else min(one for one in by_number if one > last))
    first, last = sorted((first, last))
    between = [one for one in vintages if first <= one.vintage <= last]
    questions = questions_for(obligation)
    told = answers_of({one.pk: one for one in between}, questions)
    decisions = list(
        Decision.objects.filter(submission__in=between[:-1]).select_related("by", "submission")
    )
    sections = _sections(questions, between, told, decisions)
    was, came = _files(between[0]), _files(between[-1])
    return Differences(
        obligation=obligation,
        period=period,
        unit_name=name,
        vintages=vintages[::-1],
        old=between[0],
        new=between[-1],
        sections=[one for one in sections if one.differences or one.nil_changed],
        same=len(questions.by_code) - sum(len(one.differences) for one in sections),
        acts=_acts(between[1:], decisions),
        files_added=[name for pk, name in came.items() if pk not in was],
        files_removed=[name for pk, name in was.items() if pk not in came],
    )


def _sections(
    questions: Questions,
    between: Sequence[Submission],
    told: Mapping[int, Mapping[str, Sent]],
    decisions: Sequence[Decision],
) -> list[SectionDifference]:
    first, last = between[0], between[-1]
    worked_out = [
        computed(questions, {code: one.amount for code, one in told[at.pk].items()})
        for at in (first, last)
    ]
    found = []
    for part in questions.sections:
        rows = []
        for question in part.questions:
            code = question.code
            both = (worked_out[0].get(code, NOTHING), worked_out[1].get(code, NOTHING))
            old, new = told[first.pk][code], told[last.pk][code]
            changed = _worth(both[0]) != _worth(both[1]) or _said(old) != _said(new)
            if changed:
                rows.append(
                    Difference(
                        question,
                        old,
                        new,
                        sent=_since(code, between, told),
                        comments=[one for one in decisions if code in one.comments],
                        reasons=tuple(
                            one for one in last.reasons.values() if one["items"][0] == code
                        ),
                        computed=both if question.computed else None,
                    )
                )
        nil = (part.position in first.nil_sections, part.position in last.nil_sections)
        found.append(SectionDifference(part.position, part.title, nil, rows))
    return found


def _since(
    code: str, between: Sequence[Submission], told: Mapping[int, Mapping[str, Sent]]
) -> Submission:
    """The vintage since which it has been answered as in the last one."""
    at = len(between) - 1
    while at > 1 and _said(told[between[at - 1].pk][code]) == _said(told[between[-1].pk][code]):
        at -= 1
    return between[at]


def _said(sent: Sent) -> tuple[Decimal | None, str, bool]:
    """What makes an answer the same: a figure that was an estimate and is known now was changed."""
    return sent.amount, sent.words, sent.estimated


def _worth(one: Computed) -> Decimal | str:
    """What a computed figure comes to; a share is told in words only."""
    return one.words if one.amount is None else one.amount


def _acts(sent: Sequence[Submission], decisions: Sequence[Decision]) -> list[Act]:
    found = [Act(one.sent_at, one.sent_by, one.vintage) for one in sent]
    locked: set[int] = set()
    for one in decisions:
        reopened = one.standing == Verdict.RETURNED and one.submission_id in locked
        if one.standing == Verdict.LOCKED:
            locked.add(one.submission_id)
        found.append(
            Act(
                one.at, one.by, one.submission.vintage, one.standing, one.words,
                len(one.comments), reopened,
            )
        )  # fmt: skip
    # a decision on a vintage comes before the next one is sent, whatever day that was sent on
    return sorted(found, key=lambda one: (one.vintage, bool(one.standing), one.at))


def _files(submission: Submission) -> dict[int, str]:
    return {one.file_id: one.file_name for one in submission.evidence.all()}
