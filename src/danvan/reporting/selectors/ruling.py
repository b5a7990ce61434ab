"""Reads of the rules of forms: those in force, what they stand on, what each says and lacks, who set them when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import indicators_on
from danvan.indicators.selectors.measures import is_derived, is_percent, versions_for
from danvan.organisations.selectors import in_force
from danvan.reporting.designing import Content, NewItem
from danvan.reporting.enums import ItemKind, Severity
from danvan.reporting.models import Form, FormDraft, FormItem, FormRule, FormRuleSet
from danvan.reporting.questions import Question, Questions, QuestionSection
from danvan.reporting.rules import Figures, Rule, told
from danvan.reporting.rules.checks import KINDS, Check, check_of
from danvan.reporting.rules.saying import check_said, said
from danvan.reporting.selectors.forms import questions_of
from danvan.reporting.soundness import Ground, faults_of_rules

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion

NOWHERE = Figures({})


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as a page shows it. `check` is None where it is of no standard kind; `faults` say why it cannot hold."""

    rule: Rule
    check: Check | None
    kind: str
    words: str
    message: str  # with "…" for the figures that only a report has
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a form's rules, with what it changed in those before it, in words."""

    since: date
    by: "User | None"
    at: datetime
    changed: tuple[str, ...]


def rules_of(form_id: int, *, on: date | None = None) -> tuple[Rule, ...]:
    """The rules of a form in the month that ends on a day; without one those set last. One query."""
    sets = FormRuleSet.objects.filter(form_id=form_id)
    if on is not None:
        sets = sets.filter(since__lte=on)
    newest = sets.order_by("-pk").values("pk")[:1]
    rows = FormRule.objects.filter(rule_set=newest).order_by("position")
    return tuple(map(_rule, rows))


def newest_setting(form: Form) -> int:
    """Which setting of a form's rules is the last; 0 where there is none."""
    return (
        FormRuleSet.objects.filter(form=form).order_by("-pk").values_list("pk", flat=True).first()
        or 0
    )


def settings_of(form: Form, ground: Ground) -> list[Setting]:
    """Every setting of a form's rules, the newest first, in words. Two queries."""
    sets = list(FormRuleSet.objects.filter(form=form).select_related("set_by").order_by("pk"))
    rows: dict[int, list[Rule]] = {one.pk: [] for one in sets}
    for row in FormRule.objects.filter(rule_set__form=form).order_by("position"):
        rows[row.rule_set_id].append(_rule(row))
    found, before = [], list[Rule]()
    for one in sets:
        changed = tuple(_changes(before, rows[one.pk], ground))
        found.append(Setting(one.since, one.set_by, one.set_at, changed))
        before = rows[one.pk]
    return found[::-1]


def ground_of(form: Form) -> Ground:
    """What the rules of a published form stand on. Four queries."""
    return Ground(
        questions_of(form.pk, on=form.valid_from),
        numbers_elsewhere(form.unit_id, form.code, on=form.valid_from),
    )


def ground_of_draft(draft: FormDraft, content: Content, *, on: date) -> Ground:
    """What the rules of a form being written stand on. Three queries."""
    return Ground(
        draft_questions(content, on=on), numbers_elsewhere(draft.unit_id, draft.code, on=on)
    )


def draft_questions(content: Content, *, on: date) -> Questions:
    """The questions of a form being written, with the indicators as they are defined on a day. One query."""
    known = {version.indicator.code: version for version in indicators_on(on)}
    return Questions.of(
        tuple(
            QuestionSection(
                position,
                section.title,
                section.may_be_nil,
                tuple(_question(item, known.get(item.indicator_code)) for item in section.items),
            )
            for position, section in enumerate(content.sections, start=1)
        )
    )


def numbers_elsewhere(unit_id: int, code: str, *, on: date) -> dict[str, dict[str, str]]:
    """The numbers that the other forms in force at a place ask, with their words, by form code. Two queries."""
    others = Form.objects.filter(in_force(on), unit_id=unit_id).exclude(code=code)
    items = list(
        FormItem.objects.filter(section__form__in=others, kind=ItemKind.NUMBER)
        .order_by("section__form__code", "section__position", "position")
        .values_list("section__form__code", "code", "label", "indicator_id")
    )
    versions = versions_for({one[3] for one in items}, on)
    found: dict[str, dict[str, str]] = {}
    for form, item, label, indicator in items:
        version = versions[indicator]
        if not is_derived(version) and version.kind != MeasureKind.QUALITATIVE:
            found.setdefault(form, {})[item] = label
    return found


def lines_of_rules(rules: Sequence[Rule], ground: Ground) -> list[RuleLine]:
    """Each rule in words, with its check where it is of a standard kind, and its faults. No query."""
    labels = ground.labels
    found = []
    for rule, faults in zip(rules, faults_of_rules(rules, ground), strict=True):
        check = check_of(rule, labels)
        kind = KINDS[check.kind] if check else "Viết riêng"
        words = words_of(rule, check, ground)
        message = told(rule, NOWHERE, "…").replace("….", "…")
        found.append(RuleLine(rule, check, kind, words, message, tuple(faults)))
    return found


def words_of(rule: Rule, check: Check | None, ground: Ground) -> str:
    """What a rule asks, in one sentence."""
    if check is not None:
        return check_said(check, ground.labels, ground.elsewhere)
    words = said(rule.tree, ground.labels, ground.elsewhere)
    return f"{words[:1].upper()}{words[1:]}."


def _changes(before: Sequence[Rule], after: Sequence[Rule], ground: Ground) -> list[str]:
    """What was added, changed, left out or moved, a sentence each."""

    def said_of(rule: Rule) -> str:
        return words_of(rule, check_of(rule, ground.labels), ground)

    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    found = [f"Thêm: {said_of(one)}" for code, one in new.items() if code not in old]
    found += [
        f"Sửa thành: {said_of(one)}"
        for code, one in new.items()
        if code in old and old[code] != one
    ]
    found += [f"Bỏ: {said_of(one)}" for code, one in old.items() if code not in new]
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        found.append("Đổi thứ tự.")
    return found or ["Giữ nguyên."]


def _rule(row: FormRule) -> Rule:
    return Rule(
        code=row.code,
        name=row.name,
        message=row.message,
        tree=row.tree,
        items=tuple(row.items),
        blocks=row.severity == Severity.BLOCKS,
        figures=row.figures,
    )


def _question(item: NewItem, version: "IndicatorVersion | None") -> Question:
    qualitative = version is not None and version.kind == MeasureKind.QUALITATIVE
    plain = Question(
        code=item.code,
        label=item.label,
        number=item.kind == ItemKind.NUMBER and not qualitative,
        required=item.required,
        part_of=item.part_of,
        divided=item.divided,
        indicator_code=item.indicator_code,
    )
    if version is None or not plain.number:
        return plain
    return replace(
        plain,
        indicator_id=version.indicator_id,
        unit_label=version.unit_label,
        places=version.places,
        computed=is_derived(version),
        percent=is_percent(version),
        formula=version.formula,
        numerator_id=version.numerator_id,
        denominator_id=version.denominator_id,
    )
