"""What was written the month before, offered for the words of this one: never taken over without an act."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.following import counted_for
from danvan.reporting.models import Obligation, Submission
from danvan.reporting.narrating import from_sent
from danvan.reporting.questions import Questions
from danvan.reporting.selectors.spans import month_of, previous

MONTHS_BACK = 12
MOST_OFFERED = 5  # units that one was made of, whose words are offered


@dataclass(frozen=True, slots=True)
class LastWords:
    """What a unit wrote to a question when it last did: `raw` names its figures, so that they are this month's.

    `of` is the unit that wrote it, where that is one before this.
    """

    code: str
    submission_id: int
    month: Period
    raw: str
    words: str
    of: str = ""

    @property
    def origin(self) -> str:
        """Where it comes from, within a sentence."""
        return f"{self.month.label} của {self.of}" if self.of else self.month.label

    def is_kept(self, raw: str, pattern: str = "") -> bool:
        """Whether these very words stand there, and not only the pattern of the question."""
        return bool(raw.strip()) and _plain(raw) == _plain(self.raw) != _plain(pattern)


def last_words(obligation: Obligation, questions: Questions) -> dict[str, list[LastWords]]:
    """What was last written to each question that carries its words on, by item code; the unit's own, else what the
    units wrote that it took over from.

    No query where no question does; else four.
    """
    codes = [one.code for one in questions.by_code.values() if one.carried]
    if not codes:
        return {}
    month = month_of(obligation)
    since = previous(month, MONTHS_BACK).first
    own = obligation.unit_id
    kin = counted_for([own], on=month.last, since=since, until=month.last)
    names = last_names(kin, month.last) if kin else {}
    asking = obligation.form.asking_id  # who else asks a form of this code was told something else
    rows = Submission.objects.filter(
        Q(obligation__form__bearer_id=asking)
        | Q(obligation__form__bearer=None, obligation__form__unit_id=asking),
        obligation__form__code=obligation.form.code,
        obligation__unit_id__in=[own, *kin],
        obligation__first__lt=month.first,
        obligation__first__gte=since,
    ).select_related("obligation")
    found: dict[str, dict[int, LastWords]] = {code: {} for code in codes}
    standing: dict[int, Submission] = {}
    for one in rows.order_by("-obligation__first", "-vintage", "pk"):
        standing.setdefault(one.obligation_id, one)
    for one in standing.values():
        unit = one.obligation.unit_id
        for code in codes:
            words = one.words.get(code, "")
            if words and unit not in found[code]:
                found[code][unit] = LastWords(
                    code=code,
                    submission_id=one.pk,
                    month=Period.starting(one.obligation.first, Every.MONTH),
                    raw=from_sent(words, one.cited.get(code, ())),
                    words=words,
                    of="" if unit == own else names.get(unit, ""),
                )
    return {code: _offered(by_unit, own) for code, by_unit in found.items() if by_unit}


def with_last_words(
    obligation: Obligation, questions: Questions, answers: Mapping[str, str], chosen: str
) -> dict[str, str]:
    """The answers with the words that were chosen (`code:submission id`). RuleError where nothing such is offered."""
    code, _, number = chosen.partition(":")
    for one in last_words(obligation, questions).get(code, ()):
        if str(one.submission_id) == number:
            return {**answers, code: one.raw}
    raise RuleError(
        "Không có lời kỳ trước như vậy để chép sang. Đồng chí vui lòng mở lại trang rồi chọn lại."
    )


def _offered(by_unit: Mapping[int, LastWords], own: int) -> list[LastWords]:
    if own in by_unit:
        return [by_unit[own]]
    return list(by_unit.values())[:MOST_OFFERED]


def _plain(words: str) -> str:
    return " ".join(words.split())
