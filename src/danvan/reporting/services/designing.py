"""Write a form before it is asked of anybody: begin, change, publish as a version, or drop the draft."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.reporting.designing import Content, NewItem, NewSection
from danvan.reporting.models import Form, FormDraft, FormItem, FormSection
from danvan.reporting.selectors.ruling import rules_of
from danvan.reporting.services import drafts
from danvan.reporting.services.defining import define_form, head_faults
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit


@transaction.atomic
def begin_form_draft(
    *, unit: "Unit", code: str, name: str, level: str, due_day: int, actor: "User | None"
) -> FormDraft:
    """Begin to write a form for the places of a level under a place. RuleError where one is being written already."""
    code = code.strip()
    faults = [*head_faults(code, name, level, due_day)]
    if Form.objects.filter(unit=unit, code=code).exists():
        faults.append(
            Fault(
                f"Đã có biểu mẫu mã “{code}” ở đây. Đồng chí vui lòng soạn phiên bản mới của biểu ấy.",
                column="code",
            )
        )
    return _begun(
        faults,
        actor,
        unit=unit,
        code=code,
        name=canonical(name).strip(),
        level=level,
        due_day=due_day,
    )


@transaction.atomic
def begin_next_version(form: Form, *, actor: "User | None") -> FormDraft:
    """Begin to write the next version of a form: everything as it is asked now, to be changed."""
    return _begun(
        [], actor, unit=form.unit, code=form.code, name=form.name, level=form.level, due_day=form.due_day,
        due_moves=form.due_moves, source_symbol=form.source_symbol, follows=form, kinds=form.kinds,
        head_approves=form.head_approves, by_way=form.by_way,
        content=_content_of(form).kept(),
    )  # fmt: skip


@transaction.atomic
def change_form_draft(
    draft: FormDraft,
    change: Callable[[Content], Content],
    *,
    changes: int,
    actor: "User | None",
) -> FormDraft:
    """Change the sections or questions of a draft by `change`. RuleError where somebody changed it meanwhile."""
    draft = drafts.locked(draft, changes)
    draft.content = change(Content.read(draft.content)).kept()
    return drafts.saved(draft, actor)


@transaction.atomic
def change_draft_head(
    draft: FormDraft,
    *,
    name: str,
    level: str,
    due_day: int,
    due_moves: bool,
    source_symbol: str,
    changes: int,
    kinds: Sequence[str] = (),
    head_approves: bool = False,
    by_way: bool = False,
    actor: "User | None",
) -> FormDraft:
    """Change what a draft is called, who will owe it, by when and by what way."""
    draft = drafts.locked(draft, changes)
    faults = [*head_faults(draft.code, name, level, due_day)]
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    draft.name, draft.level = canonical(name).strip(), level
    draft.due_day, draft.due_moves = due_day, due_moves
    draft.head_approves, draft.by_way = head_approves, by_way
    draft.source_symbol, draft.kinds = source_symbol.strip(), list(kinds)
    return drafts.saved(draft, actor)


@transaction.atomic
def publish_form_draft(
    draft: FormDraft, *, valid_from: date, changes: int, actor: "User | None"
) -> Form:
    """Publish a draft as a form, or as the next version of one, from a day on; the draft is gone then.

    Its rules are those of the draft; RuleError names those that look at what is not asked any more, or can never be
    judged. Every other fault is told with them, as `define_form` does.
    """
    draft = drafts.locked(draft, changes)
    content = Content.read(draft.content)
    form = define_form(
        code=draft.code, name=draft.name, unit=draft.unit, level=draft.level, due_day=draft.due_day,
        due_moves=draft.due_moves, valid_from=valid_from, source_symbol=draft.source_symbol,
        sections=content.sections, actor=actor, kinds=draft.kinds,
        head_approves=draft.head_approves, by_way=draft.by_way,
        rules=content.rules,
    )  # fmt: skip
    audit.record(actor, "reporting.publish_form_draft", form, draft=draft.pk)
    draft.delete()
    return form


@transaction.atomic
def drop_form_draft(draft: FormDraft, *, changes: int, actor: "User | None") -> None:
    """Give up a draft: nothing of it is left."""
    draft = drafts.locked(draft, changes)
    audit.record(actor, "reporting.drop_form_draft", draft, unit_id=draft.unit_id)
    draft.delete()


def _begun(faults: list[Fault], actor: "User | None", **given: Any) -> FormDraft:
    being_written = FormDraft.objects.filter(unit=given["unit"], code=given["code"])
    if being_written.exists():
        faults.append(
            Fault(
                "Biểu này đang có một bản soạn. Đồng chí vui lòng mở bản ấy để soạn tiếp.",
                column="code",
            )
        )
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    draft = FormDraft.objects.create(written_by=actor, changed_at=clock.now(), **given)
    audit.record(actor, "reporting.begin_form_draft", draft, unit_id=draft.unit_id)
    return draft


def _content_of(form: Form) -> Content:
    """The sections, questions and rules of a version as they are asked."""
    items: dict[int, list[NewItem]] = {}
    rows = FormItem.objects.filter(section__form=form).select_related("indicator", "part_of")
    for row in rows.order_by("section__position", "position"):
        items.setdefault(row.section_id, []).append(
            NewItem(
                code=row.code,
                label=row.label,
                kind=row.kind,
                indicator_code=row.indicator.code if row.indicator else "",
                help=row.help,
                required=row.required,
                part_of=row.part_of.code if row.part_of else "",
                divided=row.divided,
                kinds=tuple(row.kinds),
                row=row.row,
                column=row.column,
                pattern=row.pattern,
                carried=row.carried,
            )
        )
    sections = FormSection.objects.filter(form=form).order_by("position")
    return Content(
        tuple(
            NewSection(
                one.title,
                tuple(items.get(one.pk, ())),
                one.may_be_nil,
                kinds=tuple(one.kinds),
                rows=tuple(one.rows),
                columns=tuple(one.columns),
            )
            for one in sections
        ),
        rules_of(form.pk),
    )
