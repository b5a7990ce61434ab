"""The figures that words name, as they are known now, and the words with them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import indicators_on, is_derived, is_percent, offers, roll_up
from danvan.indicators.selectors.giving import amounts_given
from danvan.reporting.computing import Computed, computed
from danvan.reporting.enums import Timing
from danvan.reporting.models import FormItem
from danvan.reporting.narrating import UNKNOWN, Figure, Key, Told, keys_in, settled, told
from danvan.reporting.questions import Question, Questions
from danvan.reporting.rules import Past
from danvan.reporting.selectors.spans import previous, trimmed
from danvan.vietnamese.numbers import format_number, format_share

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion

BACK = {Timing.NOW: 0, Timing.BEFORE: 1, Timing.LAST_YEAR: 12}  # months
Amounts = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words of a report are told with: whose, when, its questions, what is typed and what was before."""

    unit_id: int
    period: Period
    questions: Questions
    amounts: Amounts
    before: Past


def narrated(scene: Scene, texts: Mapping[str, str]) -> dict[str, Told]:
    """The words of a report by item code, with the figures of now in them.

    No query where they name figures of the form only; else a fixed number, and those of the counters named.
    """
    asked = {
        code: raw
        for code, raw in texts.items()
        if (question := scene.questions.by_code.get(code)) and not question.number
    }
    patterns = {code: scene.questions.by_code[code].pattern for code in asked}
    figures = _figures(scene, keys_in([*asked.values(), *patterns.values()]))
    return {
        code: told(settled(raw, patterns[code], figures), figures) for code, raw in asked.items()
    }


def _figures(scene: Scene, keys: Collection[Key]) -> dict[Key, Figure]:
    here = _by_name(scene.questions)
    worked_out = computed(scene.questions, scene.amounts) if keys else {}
    begun = _begun(
        scene, [here[name] for name, timing in keys if timing == Timing.YEAR and name in here]
    )
    found, rest = {}, set()
    for key in keys:
        question = here.get(key[0])
        if question is None or (question.computed and key[1] != Timing.NOW):
            rest.add(key)
        elif question.computed:
            found[key] = _figure(scene, question, key[1], _computed(worked_out[question.code]))
        else:
            amount = _typed(scene, question, key[1], begun)
            text = "" if amount is None else format_number(amount, question.places)
            found[key] = _figure(scene, question, key[1], text)
    return found | _elsewhere(scene, rest, here)


def _by_name(questions: Questions) -> dict[str, Question]:
    """The numbers of a form by the code of their indicator, else by their own."""
    numbers = [one for one in questions.by_code.values() if one.number]
    own = {one.code.casefold(): one for one in numbers}
    return own | {one.indicator_code.casefold(): one for one in numbers}


def _begun(scene: Scene, questions: Iterable[Question]) -> frozenset[int]:
    """The indicators of these questions that a form asked for before this month. One query, where it matters."""
    year = date(scene.period.first.year, 1, 1)
    unknown = {
        one.indicator_id
        for one in questions
        if one.summed and scene.before.year.get(one.code) is None
    }
    if not unknown or scene.period.first == year:
        return frozenset()
    asked = FormItem.objects.filter(
        Q(section__form__valid_to=None) | Q(section__form__valid_to__gt=year),
        indicator_id__in=unknown, section__form__valid_from__lt=scene.period.first,
    )  # fmt: skip
    return frozenset(one for one in asked.values_list("indicator_id", flat=True) if one)


def _typed(
    scene: Scene, question: Question, timing: Timing, begun: frozenset[int]
) -> Decimal | None:
    """A number of the form: as it is typed, or as it was given before.

    What was not asked for before this month adds up to what is typed.
    """
    code, before = question.code, scene.before
    now = trimmed(scene.amounts.get(code), question.places)
    if timing == Timing.BEFORE:
        return before.previous.get(code)
    if timing == Timing.LAST_YEAR:
        return before.last_year.get(code)
    if timing == Timing.NOW or not question.summed:
        return now if timing == Timing.NOW else None
    so_far = before.year.get(code)
    if so_far is None and (scene.period.first.month == 1 or question.indicator_id not in begun):
        so_far = Decimal(0)
    return None if now is None or so_far is None else now + so_far


def _computed(one: Computed) -> str:
    """A figure that is worked out, without the sum that leads to it; a share in percent."""
    known = one.amount is not None or "=" in one.words
    return one.words.rpartition("=")[2].strip() if known else ""


def _figure(scene: Scene, question: Question, timing: Timing, text: str) -> Figure:
    why = ""
    if timing == Timing.YEAR and not question.summed:
        why = f"“{question.label}” là số tại thời điểm nên không có lũy kế."
    return Figure(
        text or UNKNOWN,
        question.label,
        question.indicator_code,
        _period(scene.period, timing).code,
        question.code,
        why,
    )


def _period(period: Period, timing: Timing) -> Period:
    if timing == Timing.YEAR:
        return Period.containing(period.first, Every.YEAR)
    return previous(period, BACK[timing]) if BACK[timing] else period


def _elsewhere(
    scene: Scene, keys: Collection[Key], here: Mapping[str, Question]
) -> dict[Key, Figure]:
    """Figures of indicators that the form does not ask for, or works out and of another time; unknown codes are left out."""
    if not keys:
        return {}
    aliases = {name: question.indicator_code.casefold() for name, question in here.items()}
    wanted = {aliases.get(name, name) for name, _ in keys}
    versions = {
        version.indicator.code.casefold(): version
        for version in indicators_on(scene.period.last)
        if version.indicator.code.casefold() in wanted
    }
    known = _Known(scene, list(versions.values()))
    found = {}
    for name, timing in keys:
        version = versions.get(aliases.get(name, name))
        if version is None:
            continue
        summed = version.kind == MeasureKind.FLOW and not is_derived(version)
        why = ""
        if timing == Timing.YEAR and not summed:
            why = f"“{version.name}” không cộng dồn theo tháng nên không có lũy kế."
        text = "" if why else known.text(version, timing)
        found[name, timing] = Figure(
            text or UNKNOWN,
            version.name,
            version.indicator.code,
            _period(scene.period, timing).code,
            why=why,
        )
    return found


class _Known:
    """What a unit gave for some indicators, or what is known of them, read once for each time asked."""

    def __init__(self, scene: Scene, versions: "list[IndicatorVersion]") -> None:
        self._scene, self._versions = scene, versions
        ids = [one.indicator_id for one in versions]
        first = previous(scene.period, 12).first
        self._given = amounts_given(ids, [scene.unit_id], since=first, until=scene.period.end)
        typed = [one.indicator_id for one in versions if not is_derived(one)]
        self._offered = offers(typed, scene.unit_id, scene.period)

    def text(self, version: "IndicatorVersion", timing: Timing) -> str:
        """A figure as it is written; empty where it is not known."""
        if is_derived(version):
            return self._derived(version, _period(self._scene.period, timing))
        amount = self._so_far(version) if timing == Timing.YEAR else self._of(version, timing)
        return "" if amount is None else format_number(amount, version.places)

    def _of(self, version: "IndicatorVersion", timing: Timing) -> Decimal | None:
        given = self._given.get((self._scene.unit_id, version.indicator_id), {})
        amount = given.get(_period(self._scene.period, timing).first)
        if amount is None and timing == Timing.NOW:
            offer = self._offered.get(version.indicator_id)
            amount = offer.amount if offer else None
        return trimmed(amount, version.places)

    def _so_far(self, version: "IndicatorVersion") -> Decimal | None:
        given: Mapping[date, Decimal | None] = self._given.get(
            (self._scene.unit_id, version.indicator_id), {}
        )
        now, year = self._of(version, Timing.NOW), date(self._scene.period.first.year, 1, 1)
        before = [one for first, one in given.items() if year <= first < self._scene.period.first]
        known: Iterable[Decimal] = [one for one in before if one is not None]
        if now is None or (not known and self._scene.period.first != year):
            return None
        return trimmed(now + sum(known, Decimal(0)), version.places)

    def _derived(self, version: "IndicatorVersion", period: Period) -> str:
        found = roll_up([version.indicator_id], [self._scene.unit_id], period)
        rolled = found[version.indicator_id, self._scene.unit_id]
        if rolled.amount is None:
            return ""
        if rolled.numerator is not None and is_percent(version):
            return format_share(rolled.numerator, rolled.denominator).rpartition("=")[2].strip()
        return format_number(rolled.amount, version.places)
