"""Define a form: its sections and items, all faults told at once."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.selectors import indicators_on
from danvan.organisations.enums import Level, Sort
from danvan.reporting.designing import NewItem, NewSection
from danvan.reporting.enums import ItemKind
from danvan.reporting.models import Form, FormItem, FormSection, Obligation
from danvan.reporting.narrating import pattern_faults
from danvan.reporting.rules import Rule
from danvan.reporting.selectors.designing import nameable
from danvan.reporting.services.laying import kind_faults, laying_faults
from danvan.reporting.services.ruling import rules_that_fit, write_rules
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical, lower_first

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion
    from danvan.organisations.models import Unit


@transaction.atomic
def define_form(
    *,
    code: str,
    name: str,
    unit: "Unit",
    level: str,
    due_day: int,
    valid_from: date,
    sections: Sequence[NewSection],
    actor: "User | None",
    source_symbol: str = "",
    due_moves: bool = False,
    head_approves: bool = False,
    by_way: bool = False,
    rules: Sequence[Rule] | None = None,
    kinds: Sequence[str] = (),
) -> Form:
    """Define a form for the places of a level under `unit`, or a new version of it from a day on, with its rules.

    `kinds` asks it of these kinds of units only: places by their type (phường), organisations by their kind.
    Without `rules` a new version has those of the version before whose questions are still asked.
    `head_approves`: the units' own heads let reports go; `by_way`: each place up to `unit` approves in its turn.
    It is due on `due_day` of the next month: on that very date, worked or not, unless `due_moves`.
    """
    before = Form.objects.select_for_update().filter(code=code, unit=unit).order_by("number").last()
    versions = indicators_on(valid_from)
    ids = {version.indicator.code: version.indicator_id for version in versions}
    items = [item for section in sections for item in section.items]
    faults = [
        *_form_faults(code, name, unit, level, due_day, sections),
        *_item_faults(items, ids),
        *laying_faults(sections),
        *kind_faults(kinds, sections),
        *_pattern_faults(items, versions),
    ]
    if before is not None and valid_from <= before.valid_from:
        first = format_date(before.valid_from)
        faults.append(Fault(f"Phiên bản mới phải bắt đầu sau ngày {first}.", column="valid_from"))
    if before is not None and (opened := _opened_after(before, valid_from)):
        since = Period.starting(opened.first, Every.MONTH)
        faults.append(
            Fault(
                f"Kỳ {since.label} đã mở theo phiên bản trước, nên phiên bản mới phải bắt đầu sau"
                f" ngày {format_date(since.last)}.",
                column="valid_from",
            )
        )
    if faults:
        raise RuleError(
            "Chưa lập được biểu mẫu: " + " ".join(f.message for f in faults), faults=faults
        )
    if before is not None:
        Form.objects.filter(pk=before.pk).update(valid_to=valid_from)
    form = Form.objects.create(
        code=code,
        number=before.number + 1 if before else 1,
        name=canonical(name).strip(),
        unit=unit,
        level=level,
        kinds=list(kinds),
        due_day=due_day,
        due_moves=due_moves,
        head_approves=head_approves,
        by_way=by_way,
        valid_from=valid_from,
        source_symbol=source_symbol,
    )
    _write_sections(form, sections, ids)
    if rules is None:
        rules = rules_that_fit(form, before) if before else ()
    write_rules(form, rules, actor=actor)
    audit.record(actor, "reporting.define_form", form, unit_id=unit.pk, number=form.number)
    return form


def _opened_after(before: Form, valid_from: date) -> Obligation | None:
    """Any obligation of the last month opened that the new version would ask for a second time."""
    opened = Obligation.objects.filter(form=before, first__gte=valid_from.replace(day=1))
    return opened.order_by("-first", "pk").first()


def _write_sections(form: Form, sections: Sequence[NewSection], ids: dict[str, int]) -> None:
    heads = FormSection.objects.bulk_create(
        FormSection(
            form=form,
            position=position,
            title=canonical(section.title).strip(),
            may_be_nil=section.may_be_nil,
            kinds=list(section.kinds),
            rows=list(section.rows),
            columns=list(section.columns),
        )
        for position, section in enumerate(sections, start=1)
    )
    wanted = [
        (head, position, item)
        for head, section in zip(heads, sections, strict=True)
        for position, item in enumerate(section.items, start=1)
    ]
    rows = FormItem.objects.bulk_create(
        FormItem(
            section=head,
            position=position,
            code=item.code,
            label=canonical(item.label).strip(),
            help=canonical(item.help).strip(),
            kind=item.kind,
            indicator_id=ids[item.indicator_code] if item.kind == ItemKind.NUMBER else None,
            required=item.required,
            divided=item.divided,
            kinds=list(item.kinds),
            row=item.row,
            column=item.column,
            pattern=canonical(item.pattern).strip() if item.kind == ItemKind.TEXT else "",
            carried=item.carried and item.kind == ItemKind.TEXT,
        )
        for head, position, item in wanted
    )
    by_code = {row.code: row for row in rows}
    parts = [row for row, (_, _, item) in zip(rows, wanted, strict=True) if item.part_of]
    wholes = [item.part_of for _, _, item in wanted if item.part_of]
    for row, whole in zip(parts, wholes, strict=True):
        row.part_of = by_code[whole]
    FormItem.objects.bulk_update(parts, ["part_of"])


def head_faults(code: str, name: str, level: str, due_day: int) -> Iterable[Fault]:
    """What is wrong with what a form is called, who owes it and by when."""
    if not code.strip():
        yield Fault("Đồng chí vui lòng đặt mã biểu mẫu.", column="code")
    if not name.strip():
        yield Fault("Đồng chí vui lòng đặt tên biểu mẫu.", column="name")
    if level not in Level.values:
        yield Fault("Đồng chí vui lòng chọn cấp báo cáo.", column="level")
    if not 1 <= due_day <= 28:
        yield Fault("Hạn gửi phải là một ngày từ 1 đến 28 của tháng sau.", column="due_day")


def _form_faults(
    code: str, name: str, unit: "Unit", level: str, due_day: int, sections: Sequence[NewSection]
) -> Iterable[Fault]:
    yield from head_faults(code, name, level, due_day)
    if unit.sort != Sort.PLACE:
        yield Fault("Biểu mẫu được đặt cho một địa bàn, không đặt cho tổ chức.", column="unit")
    if not sections:
        yield Fault("Biểu mẫu cần ít nhất một mục.", column="sections")
    for place, section in enumerate(sections, start=1):
        if not section.title.strip():
            yield Fault(f"Mục {place} chưa có tên.", row=place)
        if not section.items:
            yield Fault(f"Mục {place} chưa có câu hỏi nào.", row=place)


def _pattern_faults(
    items: Sequence[NewItem], versions: "list[IndicatorVersion]"
) -> Iterable[Fault]:
    known = nameable(items, versions)
    for item in items:
        if item.kind == ItemKind.TEXT:
            for message in pattern_faults(item.pattern, known):
                yield Fault(f"Câu hỏi “{item.label}”: {lower_first(message)}", column=item.code)


def _item_faults(items: Sequence[NewItem], known: Collection[str]) -> Iterable[Fault]:
    numbers = {item.code for item in items if item.kind == ItemKind.NUMBER}
    codes: set[str] = set()
    asked: set[str] = set()
    for item in items:
        if item.code in codes:
            yield Fault(f"Mã “{item.code}” dùng cho hai câu hỏi.", column=item.code)
        codes.add(item.code)
        if not item.label.strip():
            yield Fault(f"Câu hỏi mã “{item.code}” chưa có lời.", column=item.code)
        if item.kind != ItemKind.NUMBER:
            continue
        if item.indicator_code not in known:
            yield Fault(
                f"Không có chỉ số mã “{item.indicator_code}” vào ngày biểu bắt đầu.",
                column=item.code,
            )
        elif item.indicator_code in asked:
            yield Fault(f"Chỉ số “{item.indicator_code}” được hỏi hai lần.", column=item.code)
        asked.add(item.indicator_code)
        if item.part_of and (item.part_of not in numbers or item.part_of == item.code):
            yield Fault(
                f"“{item.label}” phải là một phần của một câu hỏi số khác.", column=item.code
            )
