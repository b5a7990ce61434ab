"""Rules tried on the reports that were sent already: what each would have blocked or warned of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.selectors.giving import amounts_from, amounts_given
from danvan.organisations.selectors import last_names
from danvan.reporting.computing import computed
from danvan.reporting.models import FormItem, Obligation, Submission
from danvan.reporting.questions import Questions
from danvan.reporting.rules import (
    Figures,
    Past,
    Rule,
    evaluate,
    forms_in,
    items_before,
    items_in,
    months_back,
    told,
)
from danvan.reporting.selectors.elsewhere import Said, said_elsewhere
from danvan.reporting.selectors.ruling import lines_of_rules
from danvan.reporting.selectors.spans import SOURCE, previous, trimmed
from danvan.reporting.soundness import Ground

if TYPE_CHECKING:
    from danvan.accounts.models import User

YEAR = 12
MOST_REPORTS = 3_000
MOST_JUDGED = 60_000  # rules times reports: what a page is waited for
SHOWN = 20  # reports that are listed of each rule

_Given = Mapping[tuple[int, int], Mapping[date, Decimal | None]]  # by unit and indicator


@dataclass(frozen=True, slots=True)
class Caught:
    """One report that a rule would have stopped, with the sentence that its unit would have read."""

    obligation_id: int
    unit: str
    period: Period
    sentence: str


@dataclass(slots=True)
class TriedRule:
    """A rule with how many reports it would have stopped, the newest of which are listed.

    `judged` counts those it could be told of; where `faults` are told it was not tried.
    """

    rule: Rule
    words: str
    faults: tuple[str, ...]
    caught: int = 0
    judged: int = 0
    listed: tuple[Caught, ...] = ()

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.caught - len(self.listed)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying rules on the reports of some months; `cut`: older ones were left out, being too many."""

    since: Period
    until: Period
    reports: int
    units: int
    cut: bool
    lines: tuple[TriedRule, ...]


@dataclass(frozen=True, slots=True)
class _Sent:
    """A report as it stands: its submission, whose it is, and the sections said to be nil."""

    pk: int
    obligation_id: int
    unit_id: int
    first: date
    form_id: int
    nil: tuple[int, ...]


def try_rules(
    rules: Sequence[Rule],
    ground: Ground,
    *,
    code: str,
    unit_id: int,
    months: int,
    user: "User",
) -> Trial:
    """Try rules on the reports of all versions of a form, of so many months up to this one, that `user` may read.

    The same number of queries for any number of rules and reports; at most `MOST_REPORTS` reports or `MOST_JUDGED`
    judgements, the newest first.
    """
    until = Period.containing(clock.today(), Every.MONTH)
    since = previous(until, months - 1)
    most = max(1, min(MOST_REPORTS, MOST_JUDGED // max(1, len(rules))))
    sent = _sent(code, unit_id, since, until, user, most + 1)
    cut, sent = len(sent) > most, sent[:most]
    lines = [TriedRule(one.rule, one.words, one.faults) for one in lines_of_rules(rules, ground)]
    sound = [line for line in lines if not line.faults]
    found = _Trying([line.rule for line in sound], ground.questions, sent).caught(sound)
    names = last_names({one.unit_id for rows in found for one, _ in rows}, clock.today())
    for line, rows in zip(sound, found, strict=True):
        line.listed = tuple(
            Caught(
                one.obligation_id,
                names.get(one.unit_id, ""),
                Period.starting(one.first, Every.MONTH),
                sentence,
            )
            for one, sentence in rows
        )
    units = len({one.unit_id for one in sent})
    return Trial(since, until, len(sent), units, cut, tuple(lines))


def _sent(
    code: str, unit_id: int, since: Period, until: Period, user: "User", most: int
) -> list[_Sent]:
    later = Submission.objects.filter(
        obligation=OuterRef("obligation"), vintage__gt=OuterRef("vintage")
    )
    readable = Obligation.objects.allowed(user, "submissions.view").filter(
        form__code=code, form__unit_id=unit_id, first__gte=since.first, first__lte=until.first
    )
    rows = Submission.objects.filter(~Exists(later), obligation__in=readable)
    names = ("obligation_id", "obligation__unit_id", "obligation__first", "obligation__form_id")
    ordered = rows.order_by("-obligation__first", "obligation__unit_id", "pk")
    return [
        _Sent(pk, owed, unit, first, form, tuple(nil))
        for pk, owed, unit, first, form, nil in ordered.values_list("pk", *names, "nil_sections")[
            :most
        ]
    ]


class _Trying:
    """What is read once for all reports that rules are tried on."""

    def __init__(self, rules: Sequence[Rule], questions: Questions, sent: Sequence[_Sent]) -> None:
        trees = [tree for rule in rules for tree in (rule.tree, *rule.figures.values())]
        self._sent, self._questions = sent, questions
        self._months = max([YEAR, *map(months_back, trees)])
        self._now = self._needed(code for tree in trees for code in items_in(tree))
        self._before = {code for tree in trees for code in items_before(tree)}
        ids = {self._questions.by_code[code].indicator_id: code for code in self._now}
        self._codes = {key: code for key, code in ids.items() if self._typed(code)}
        self._computes = any(not self._typed(code) for code in self._now)
        self._amounts = amounts_from(SOURCE, [one.pk for one in sent], list(self._codes))
        units, firsts = {one.unit_id for one in sent}, {one.first for one in sent}
        asked = {one for tree in trees for one in forms_in(tree)}
        self._elsewhere = said_elsewhere(asked, firsts, units)
        self._given = self._given_before(units, firsts)
        self._firsts = {first: self._months_before(first) for first in firsts}
        self._nil = self._nil_codes({one.form_id for one in sent})

    def _typed(self, code: str) -> bool:
        return self._questions.by_code[code].typed

    def _needed(self, codes: Iterable[str]) -> set[str]:
        """The questions looked at; where one of them is worked out, all that it may be worked out from."""
        wanted = set(codes)
        if any(not self._typed(code) for code in wanted):
            wanted |= {code for code, one in self._questions.by_code.items() if one.typed}
        return wanted

    def _given_before(self, units: Collection[int], firsts: Collection[date]) -> _Given:
        ids = [self._questions.by_code[code].indicator_id for code in self._before]
        if not ids or not firsts:
            return {}
        oldest = previous(Period.starting(min(firsts), Every.MONTH), self._months).first
        return amounts_given(ids, units, since=oldest, until=max(firsts))

    def _months_before(self, first: date) -> list[date]:
        month = Period.starting(first, Every.MONTH)
        return [previous(month, many).first for many in range(1, self._months + 1)]

    def _nil_codes(self, form_ids: Collection[int]) -> dict[tuple[int, int], set[str]]:
        """The questions of each section of each version."""
        rows = FormItem.objects.filter(section__form_id__in=form_ids)
        found: dict[tuple[int, int], set[str]] = {}
        for form, position, code in rows.values_list(
            "section__form_id", "section__position", "code"
        ):
            found.setdefault((form, position), set()).add(code)
        return found

    def caught(self, lines: Sequence[TriedRule]) -> list[list[tuple[_Sent, str]]]:
        """The reports to be listed of each rule, with its sentence; all that are stopped are counted."""
        found: list[list[tuple[_Sent, str]]] = [[] for _ in lines]
        for one in self._sent:
            figures, nil = self._figures(one), self._nil_of(one)
            for line, rows in zip(lines, found, strict=True):
                truth = evaluate(line.rule.tree, figures)
                if truth is None or (not line.rule.blocks and line.rule.items[0] in nil):
                    continue
                line.judged += 1
                if truth is False:
                    line.caught += 1
                    if len(rows) < SHOWN:
                        rows.append((one, told(line.rule, figures)))
        return found

    def _figures(self, one: _Sent) -> Figures:
        given = self._amounts.get(one.pk, {})
        items = {
            code: trimmed(given.get(key), self._questions.by_code[code].places)
            for key, code in self._codes.items()
        }
        if self._computes:
            items |= {code: made.amount for code, made in computed(self._questions, items).items()}
        return Figures(items, self._past(one))

    def _past(self, one: _Sent) -> Past:
        there: Said = self._elsewhere.get((one.unit_id, one.first), {})
        if not self._before:
            return Past(forms=there)
        firsts = self._firsts[one.first]
        history = {}
        for code in self._before:
            asked = self._questions.by_code[code]
            known = self._given.get((one.unit_id, asked.indicator_id), {})
            history[code] = [trimmed(known.get(first), asked.places) for first in firsts]
        return Past(
            previous={code: row[0] for code, row in history.items()},
            last_year={code: row[YEAR - 1] for code, row in history.items()},
            history=history,
            forms=there,
        )

    def _nil_of(self, one: _Sent) -> set[str]:
        return {code for at in one.nil for code in self._nil.get((one.form_id, at), ())}
