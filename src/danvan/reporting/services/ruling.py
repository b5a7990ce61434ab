"""What must hold for the answers of a form: the rules set for it, all faults told at once."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.selectors.definitions import codes_in
from danvan.organisations.selectors import in_force
from danvan.reporting.enums import ItemKind, Severity
from danvan.reporting.models import Form, FormItem, FormRule
from danvan.reporting.questions import Questions
from danvan.reporting.rules import Known, Rule, Sort, circle_in, tree_faults
from danvan.reporting.selectors import questions_of, rules_of
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_RULES = 60
LONGEST_MESSAGE, LONGEST_NAME, LONGEST_CODE = 300, 100, 30


@transaction.atomic
def set_form_rules(form: Form, rules: Sequence[Rule], *, actor: "User | None") -> list[FormRule]:
    """Let these rules hold for a version of a form, in place of those it had. What was sent stays as it was sent."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    rows = write_rules(form, rules)
    audit.record(actor, "reporting.set_form_rules", form, rules=len(rows))
    return rows


def rules_that_fit(form: Form, before: Form) -> list[Rule]:
    """The rules of the version before that can be asked of this one: what they name is still there."""
    known = Known(
        _numbers(questions := questions_of(form.pk, on=form.valid_from)), _other_forms(form)
    )
    return [
        rule
        for rule in rules_of(before.pk)
        if not [*_head_faults(rule, set(), questions), *_tree_faults(rule, known)]
    ]


def write_rules(form: Form, rules: Sequence[Rule]) -> list[FormRule]:
    """Check and write the rules of a form; RuleError with every fault."""
    questions = questions_of(form.pk, on=form.valid_from)
    faults = [*_circle_faults(questions), *_rule_faults(form, rules, questions)]
    if faults:
        raise RuleError(
            "Chưa đặt được quy tắc kiểm tra: " + " ".join(fault.message for fault in faults),
            faults=faults,
        )
    FormRule.objects.filter(form=form).delete()
    return FormRule.objects.bulk_create(
        FormRule(
            form=form,
            position=position,
            code=rule.code,
            name=canonical(rule.name).strip(),
            message=canonical(rule.message).strip(),
            tree=rule.tree,
            figures=dict(rule.figures),
            items=list(rule.items),
            severity=Severity.BLOCKS if rule.blocks else Severity.WARNS,
        )
        for position, rule in enumerate(rules, start=1)
    )


def _rule_faults(form: Form, rules: Sequence[Rule], questions: Questions) -> Iterable[Fault]:
    if len(rules) > MOST_RULES:
        yield Fault(f"Mỗi biểu có nhiều nhất {MOST_RULES} quy tắc kiểm tra.")
    known = Known(_numbers(questions), _other_forms(form))
    codes: set[str] = set()
    for row, rule in enumerate(rules, start=1):
        for sentence in (*_head_faults(rule, codes, questions), *_tree_faults(rule, known)):
            yield Fault(f"Quy tắc “{rule.name or rule.code or row}”: {sentence}", row=row)
        codes.add(rule.code)


def _head_faults(rule: Rule, codes: set[str], questions: Questions) -> Iterable[str]:
    code = rule.code.replace("-", "").replace("_", "")
    if not (code.isascii() and code.isalnum() and len(rule.code) <= LONGEST_CODE):
        yield f"Mã gồm chữ không dấu, số và gạch nối, nhiều nhất {LONGEST_CODE} ký tự."
    elif rule.code in codes:
        yield f"Mã “{rule.code}” dùng cho hai quy tắc."
    if not rule.name.strip() or len(rule.name) > LONGEST_NAME:
        yield f"Đồng chí vui lòng đặt tên, nhiều nhất {LONGEST_NAME} chữ."
    if not rule.message.strip() or len(rule.message) > LONGEST_MESSAGE:
        yield f"Đồng chí vui lòng viết lời nhắc, nhiều nhất {LONGEST_MESSAGE} chữ."
    if not rule.items:
        yield "Đồng chí vui lòng chọn ít nhất một câu hỏi mà quy tắc kiểm tra."
    for item in rule.items:
        if item not in questions.by_code:
            yield f"Biểu này không có câu hỏi mã “{item}”."


def _tree_faults(rule: Rule, known: Known) -> Iterable[str]:
    yield from tree_faults(rule.tree, known)
    for tree in rule.figures.values():
        yield from tree_faults(tree, known, meant=Sort.NUMBER)


def _numbers(questions: Questions) -> set[str]:
    """The items that a rule may look at: a share has no figure of its own, only its two parts have."""
    return {
        code
        for code, one in questions.by_code.items()
        if one.number and not (one.computed and one.formula is None)
    }


def _other_forms(form: Form) -> dict[str, set[str]]:
    """The numbers asked by the other forms in force at the place that asks this one, by form code."""
    others = Form.objects.filter(in_force(form.valid_from), unit_id=form.unit_id)
    items = FormItem.objects.filter(
        section__form__in=others.exclude(code=form.code), kind=ItemKind.NUMBER
    )
    found: dict[str, set[str]] = {}
    for there, code in items.values_list("section__form__code", "code"):
        found.setdefault(there, set()).add(code)
    return found


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
            f"Các câu {named} tính vòng quanh lẫn nhau. Đồng chí vui lòng sửa công thức của chỉ tiêu.",
            column=circle[0],
        )
