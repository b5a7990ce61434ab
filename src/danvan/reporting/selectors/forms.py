"""Reads of forms and of their questions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import scales_of
from danvan.indicators.selectors.measures import is_derived, is_percent, versions_for
from danvan.organisations.selectors import in_force
from danvan.reporting.enums import ItemKind
from danvan.reporting.models import Form, FormItem, FormQuerySet, FormSection, Obligation
from danvan.reporting.questions import Question, Questions, QuestionSection, Step
from danvan.reporting.selectors.spans import month_of

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion, ScaleStep


def allowed_forms(user: "User", action: str) -> FormQuerySet:
    """The forms asked at the units where `user` may do `action`."""
    return Form.objects.allowed(user, action)


def form_on(code: str, unit_id: int, day: date) -> Form | None:
    """The version of a form that is in force at a unit on one day."""
    return Form.objects.filter(in_force(day), code=code, unit_id=unit_id).first()


def questions_of(form_id: int, *, on: date) -> Questions:
    """The questions of a form, with the indicators as they are defined on one day. Two queries."""
    items = list(
        FormItem.objects.filter(section__form_id=form_id)
        .select_related("section", "indicator")
        .order_by("section__position", "position")
    )
    asked = {item.indicator_id for item in items if item.indicator_id is not None}
    versions = versions_for(asked, on)
    codes = {item.pk: item.code for item in items}
    scales = scales_of(one.pk for one in versions.values() if one.kind == MeasureKind.QUALITATIVE)
    sections: dict[FormSection, list[Question]] = {}
    for item in items:
        version = versions.get(item.indicator_id or 0)
        question = _question(item, version, codes)
        asked_here = sections.setdefault(item.section, [])
        if version is not None and version.kind == MeasureKind.QUALITATIVE:
            asked_here += _judged(question, scales.get(version.pk, ()))
        else:
            asked_here.append(question)
    return Questions.of(
        tuple(
            QuestionSection(
                position=head.position,
                title=head.title,
                may_be_nil=head.may_be_nil,
                questions=tuple(found),
                kinds=tuple(head.kinds),
                rows=tuple(head.rows),
                columns=tuple(head.columns),
            )
            for head, found in sections.items()
        )
    )


def _judged(question: Question, scale: Sequence["ScaleStep"]) -> list[Question]:
    """What is answered by a step of a scale, and why that step: evidence and narrative, never a number."""
    steps = tuple(Step(one.pk, one.name, one.meaning) for one in scale)
    chosen = replace(question, number=False, part_of="", divided=False, steps=steps)
    why = Question(
        code=question.why,
        label=f"{question.label}: vì sao, minh chứng nào",
        help="Ghi việc đã làm được, chưa làm được và minh chứng; tệp đính kèm ở cuối báo cáo.",
        number=False,
        required=question.required,
        kinds=question.kinds,
    )
    return [chosen, why]


def questions_for(obligation: Obligation) -> Questions:
    """The questions that are asked of who owes a report. Two queries."""
    questions = questions_of(obligation.form_id, on=month_of(obligation).last)
    return questions.asked_of(obligation.kind)


def _question(
    item: FormItem, version: "IndicatorVersion | None", codes: dict[int, str]
) -> Question:
    plain = Question(
        code=item.code,
        label=item.label,
        help=item.help,
        number=item.kind == ItemKind.NUMBER,
        required=item.required,
        part_of=codes.get(item.part_of_id or 0, ""),
        divided=item.divided,
        kinds=tuple(item.kinds),
        row=item.row,
        column=item.column,
        pattern=item.pattern,
        carried=item.carried,
        indicator_id=item.indicator_id or 0,
        indicator_code=item.indicator.code if item.indicator else "",
    )
    if version is None:
        return plain
    return replace(
        plain,
        unit_label=version.unit_label,
        places=version.places,
        computed=is_derived(version),
        percent=is_percent(version),
        formula=version.formula,
        numerator_id=version.numerator_id,
        denominator_id=version.denominator_id,
        summed=version.kind == MeasureKind.FLOW,
    )
