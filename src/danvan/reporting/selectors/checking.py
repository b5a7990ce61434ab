"""Answers held against the rules of their form: every finding, cell by cell, with what the unit gave before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from danvan.foundation.errors import Fault
from danvan.foundation.periods import Period
from danvan.indicators.selectors.giving import amounts_given
from danvan.reporting.answers import Answer, Answers, is_answered, read_answers
from danvan.reporting.computing import computed
from danvan.reporting.models import Form, Obligation
from danvan.reporting.questions import Question, Questions
from danvan.reporting.rules import (
    Figures,
    Finding,
    Past,
    Rule,
    forms_in,
    items_before,
    judge,
    looks_back,
    months_back,
    questions_in,
)
from danvan.reporting.rules.figures import NOTHING
from danvan.reporting.selectors.elsewhere import said_elsewhere
from danvan.reporting.selectors.forms import questions_of
from danvan.reporting.selectors.ruling import rules_of
from danvan.reporting.selectors.spans import month_of, previous, trimmed

YEAR = 12  # months that are always looked at: the same month of last year is the furthest of them


@dataclass(frozen=True)
class Book:
    """A form as answers are checked by it: its questions and its rules."""

    questions: Questions
    rules: tuple[Rule, ...] = ()
    form_id: int = 0
    first: date | None = None  # of the month that it is asked for

    def is_of(self, form_id: int, period: Period) -> bool:
        """Whether it is the book of this form in this month."""
        return (self.form_id, self.first) == (form_id, period.first)

    @cached_property
    def looked_back_at(self) -> frozenset[str]:
        """The items whose figures of before the rules look at."""
        return frozenset(code for rule in self.rules for code in items_before(rule.tree)) | {
            code
            for rule in self.rules
            for tree in rule.figures.values()
            for code in items_before(tree)
        }

    def asked_of(self, kind: str) -> "Book":
        """What of it is asked of units of one kind; a rule that looks at anything else cannot be told of them."""
        questions = self.questions.asked_of(kind)
        if questions is self.questions:
            return self
        asked = questions.by_code.keys()
        told = tuple(one for one in self.rules if _looked_at(one) <= asked)
        return Book(questions, told, self.form_id, self.first)

    @cached_property
    def looks_back(self) -> bool:
        """Whether any rule needs to know what was given before, or in another form."""
        return any(looks_back(one.tree) or forms_in(one.tree) for one in self.rules)

    @cached_property
    def months(self) -> int:
        """How many months before are looked at."""
        return max((months_back(one.tree) for one in self.rules), default=0)

    @cached_property
    def forms(self) -> list[tuple[str, str]]:
        """The items of other forms that are looked at."""
        return [one for rule in self.rules for one in forms_in(rule.tree)]


def _looked_at(rule: Rule) -> set[str]:
    trees = (rule.tree, *rule.figures.values())
    return {*rule.items, *(code for tree in trees for code in questions_in(tree))}


def book_of(form: Form | int, period: Period) -> Book:
    """A form with its rules, as it is asked in a month. Three queries."""
    form_id = form if isinstance(form, int) else form.pk
    return Book(
        questions_of(form_id, on=period.last),
        rules_of(form_id, on=period.last),
        form_id,
        period.first,
    )


def book_for(obligation: Obligation) -> Book:
    """What is asked of who owes a report, with the rules that look at nothing else. Three queries."""
    return book_of(obligation.form_id, month_of(obligation)).asked_of(obligation.kind)


def check_answers(
    book: Book,
    answers: Mapping[str, Answer],
    *,
    before: Past = NOTHING,
    nil_sections: Collection[int] = (),
) -> list[Finding]:
    """Everything wrong with a whole set of answers, cell by cell: what cannot be read, what blocks, what warns.

    `before` is what `pasts` knows of the unit; without it what is held against the past stays open. No query.
    """
    return findings_of(
        book, read_answers(book.questions, answers, nil_sections), before, nil_sections
    )


def findings_of(
    book: Book, read: Answers, before: Past, nil_sections: Collection[int] = ()
) -> list[Finding]:
    """The same for answers that are read already. Nothing warns of what is said to be "không phát sinh"."""
    worked_out = computed(book.questions, read.amounts)
    amounts = read.amounts | {code: one.amount for code, one in worked_out.items()}
    nought = book.questions.codes_in(frozenset(nil_sections))
    return [
        *(Finding(fault.column, fault.message) for fault in read.faults),
        *(
            one
            for one in judge(book.rules, Figures(amounts, before))
            if one.blocks or one.item not in nought
        ),
    ]


def with_reasons(findings: Iterable[Finding], reasons: Mapping[str, str]) -> list[Finding]:
    """The same findings with what was said to each warning."""
    return [
        one if one.blocks else replace(one, reason=reasons.get(one.rule, "").strip())
        for one in findings
    ]


def stops(findings: Iterable[Finding]) -> list[Fault]:
    """What must be mended before anything is sent: what blocks, and what warns and has no reason in words yet."""
    found = []
    for one in findings:
        if one.blocks:
            found.append(Fault(one.message, column=one.item))
        elif not says_something(one.reason):
            ask = "Nếu số đúng, đồng chí vui lòng ghi lý do."
            found.append(Fault(f"{one.message} {ask}", column=one.item))
    return found


def says_something(reason: str) -> bool:
    """Whether a reason is in words."""
    return any(map(str.isalpha, reason))


def while_typing(findings: Iterable[Finding], answers: Mapping[str, str]) -> list[Finding]:
    """What is told before all is answered: nothing of boxes that are empty still."""
    return [one for one in findings if one.rule or is_answered(answers.get(one.item))]


def pasts(
    book: Book,
    period: Period,
    unit_ids: Collection[int],
    *,
    codes: Collection[str] | None = None,
) -> dict[int, Past]:
    """What each unit gave before the month. One query for any number of units; three more for other forms.

    `codes` are the items to look for, where not all of the form are shown.
    """
    months = [previous(period, many) for many in range(1, max(YEAR, book.months) + 1)]
    asked = {
        one.indicator_id: one
        for one in book.questions.by_code.values()
        if one.typed and (codes is None or one.code in codes)
    }
    since = months[-1].first
    given = amounts_given(list(asked), unit_ids, since=since, until=period.first) if asked else {}
    there = said_elsewhere(book.forms, [period.first], unit_ids)
    found = {}
    for unit in unit_ids:
        by_code = {
            question.code: [
                trimmed(given.get((unit, key), {}).get(month.first), question.places)
                for month in months
            ]
            for key, question in asked.items()
        }
        found[unit] = Past(
            previous={code: row[0] for code, row in by_code.items()},
            last_year={code: row[YEAR - 1] for code, row in by_code.items()},
            year=_year_so_far(asked.values(), by_code, period.first.month - 1),
            history=by_code,
            forms=there.get((unit, period.first), {}),
        )
    return found


def _year_so_far(
    questions: Iterable[Question], given: Mapping[str, list[Decimal | None]], months: int
) -> dict[str, Decimal | None]:
    """The sum of the months of the year before this one, for what adds up; None where none is known."""
    found: dict[str, Decimal | None] = {}
    for question in questions:
        known = [one for one in given[question.code][:months] if one is not None]
        if question.summed and months:
            found[question.code] = sum(known, Decimal(0)) if known else None
    return found
