"""What must hold for the answers of a form: the rules set for it, all faults told at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.selectors.definitions import codes_in
from danvan.reporting.designing import Content
from danvan.reporting.enums import Severity
from danvan.reporting.models import Form, FormDraft, FormRule, FormRuleSet
from danvan.reporting.questions import Questions
from danvan.reporting.rules import Rule, circle_in
from danvan.reporting.selectors.ruling import (
    ground_of,
    ground_of_draft,
    newest_setting,
    rules_of,
)
from danvan.reporting.services import drafts
from danvan.reporting.soundness import MOST_RULES, Ground, faults_of_rule, faults_of_rules
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

Change = Callable[[tuple[Rule, ...]], Sequence[Rule]]


@transaction.atomic
def set_form_rules(
    form: Form, rules: Sequence[Rule], *, actor: "User | None", since: date | None = None
) -> list[FormRule]:
    """Let these rules hold for a version of a form, in place of those it had. What was sent stays as it was sent.

    They hold for the months from `since` on, else for all of that version.
    """
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    return _set(form, rules, (), since, actor)


@transaction.atomic
def change_form_rules(
    form: Form, change: Change, *, since: date, seen: int, actor: "User | None"
) -> list[FormRule]:
    """Change the rules of a published form by `change`, for its months from `since` on.

    `seen` is the setting that the page showed (`newest_setting`): RuleError where somebody set others meanwhile. A
    fault that the rules had before does not stand in the way of mending another.
    """
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if newest_setting(form) != seen:
        raise RuleError(
            "Các kiểm tra của biểu này vừa được người khác sửa. Đồng chí vui lòng mở lại trang rồi làm tiếp."
        )
    before = rules_of(form.pk)
    return _set(form, change(before), before, since, actor)


@transaction.atomic
def change_draft_rules(
    draft: FormDraft, change: Change, *, changes: int, actor: "User | None"
) -> FormDraft:
    """Change the rules of a form being written by `change`. RuleError where somebody changed the draft meanwhile."""
    draft = drafts.locked(draft, changes)
    content = Content.read(draft.content)
    after = [_clean(rule) for rule in change(content.rules)]
    _refuse(after, content.rules, ground_of_draft(draft, content, on=clock.today()))
    draft.content = content.with_rules(after).kept()
    return drafts.saved(draft, actor)


def rules_that_fit(form: Form, before: Form) -> list[Rule]:
    """The rules of the version before that can be asked of this one: what they name is still there."""
    ground = ground_of(form)
    return [rule for rule in rules_of(before.pk) if not faults_of_rule(rule, ground)]


def write_rules(form: Form, rules: Sequence[Rule], *, actor: "User | None") -> None:
    """Check and write the first rules of a form; RuleError with every fault."""
    ground = ground_of(form)
    _refuse(rules, (), ground)
    if rules:
        _keep(form, rules, form.valid_from.replace(day=1), actor)


def _set(
    form: Form,
    rules: Sequence[Rule],
    before: Sequence[Rule],
    since: date | None,
    actor: "User | None",
) -> list[FormRule]:
    first = form.valid_from.replace(day=1)
    since = since or first
    if since.day != 1 or since < first or (form.valid_to is not None and since >= form.valid_to):
        raise RuleError(
            f"Kiểm tra áp dụng từ đầu một tháng của phiên bản này, bắt đầu ngày {format_date(first)}."
            " Đồng chí vui lòng chọn lại tháng."
        )
    _refuse(rules, before, ground_of(form))
    rows = _keep(form, rules, since, actor)
    audit.record(actor, "reporting.set_form_rules", form, rules=len(rows), since=since)
    return rows


def _keep(form: Form, rules: Sequence[Rule], since: date, actor: "User | None") -> list[FormRule]:
    setting = FormRuleSet.objects.create(form=form, since=since, set_by=actor, set_at=clock.now())
    return FormRule.objects.bulk_create(
        FormRule(
            rule_set=setting,
            position=position,
            code=rule.code,
            name=rule.name,
            message=rule.message,
            tree=rule.tree,
            figures=dict(rule.figures),
            items=list(rule.items),
            severity=Severity.BLOCKS if rule.blocks else Severity.WARNS,
        )
        for position, rule in enumerate(map(_clean, rules), start=1)
    )


def _clean(rule: Rule) -> Rule:
    return Rule(
        code=rule.code,
        name=canonical(rule.name).strip(),
        message=canonical(rule.message).strip(),
        tree=rule.tree,
        items=tuple(rule.items),
        blocks=rule.blocks,
        figures=dict(rule.figures),
    )


def _refuse(rules: Sequence[Rule], before: Sequence[Rule], ground: Ground) -> None:
    """RuleError with every fault of the rules that those before did not have."""
    faults = [
        *([] if before else _circle_faults(ground.questions)),
        *_new_faults(rules, before, ground),
    ]
    if faults:
        raise RuleError(
            "Chưa đặt được quy tắc kiểm tra: " + " ".join(fault.message for fault in faults),
            faults=faults,
        )


def _new_faults(rules: Sequence[Rule], before: Sequence[Rule], ground: Ground) -> Iterator[Fault]:
    if len(rules) > MOST_RULES:
        yield Fault(f"Mỗi biểu có nhiều nhất {MOST_RULES} quy tắc kiểm tra.")
    known = {
        (rule.code, sentence)
        for rule, told in zip(before, faults_of_rules(before, ground), strict=True)
        for sentence in told
    }
    for row, (rule, told) in enumerate(
        zip(rules, faults_of_rules(rules, ground), strict=True), start=1
    ):
        for sentence in told:
            if (rule.code, sentence) not in known:
                yield Fault(f"Quy tắc “{rule.name or rule.code or row}”: {sentence}", row=row)


def _circle_faults(questions: Questions) -> Iterable[Fault]:
    """Whether items are worked out from one another, so that none of them ever has a figure."""
    items = {one.indicator_code: code for code, one in questions.by_code.items()}
    refers = {
        code: [items[part] for part in codes_in(one.formula) if part in items]
        for code, one in questions.by_code.items()
        if one.formula is not None
    }
    if circle := circle_in(refers):
        named = ", ".join(f"“{questions.by_code[code].label}”" for code in circle)
        yield Fault(
            f"Các câu {named} tính vòng quanh lẫn nhau. Đồng chí vui lòng sửa công thức của chỉ số.",
            column=circle[0],
        )
