"""A form asked at a place that ends goes on being asked: a new version of it, with the same questions, at the heir."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.organisations.holders import (
    BATCH,
    Moved,
    Passage,
    StayingRows,
    by_many,
    counted,
    moved_since,
    tell,
)
from danvan.organisations.selectors import last_names
from danvan.reporting.holders.begun import undoing_faults
from danvan.reporting.models import (
    Form,
    FormDraft,
    FormItem,
    FormRule,
    FormRuleSet,
    FormSection,
    Obligation,
)

DAY = timedelta(days=1)


class FormHolder(StayingRows):
    """Forms in force at a place that ends. What was asked by them is approved by the heir; months that are open stay.

    Where the heir asks a form of the same code already, no second one is made.
    """

    key = "reporting.forms"
    label = "biểu mẫu đang áp dụng"
    model = Form
    fields = ("unit", "bearer")
    kept = ("code", "number", "valid_from", "valid_to")

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many forms are in force at each unit on the day. One query."""
        return counted(_in_force(on), "unit", unit_ids)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """End the forms of ended places, open them at the heirs, and let the heirs approve what was asked."""
        asked = [form for form in _asked(passage.heirs) if _asking(form) in passage.heirs]
        if not asked:
            return []
        going = {one.pk for one in asked if _goes_on(one, passage)}
        after = _months_after(going)
        opening = _Opening(passage)
        moved, made = [], []
        for form in asked:
            giver = _asking(form)
            before = {"bearer": form.bearer_id, "valid_to": _text(form.valid_to)}
            form.bearer_id = passage.heirs[giver]
            new = None
            if form.pk in going:
                start = max(passage.on, form.valid_from + DAY, after.get(form.pk, date.min))
                if form.valid_to is None or start < form.valid_to:
                    new = opening.version(form, start)
                    form.valid_to = start
            made.append(new)
            moved.append(
                Moved(
                    row_id=form.pk,
                    giver=giver,
                    taker=passage.heirs[giver],
                    title=f"Biểu mẫu {form.name}"[:400],
                    waits=form.pk in going,
                    before=before,
                    after={"bearer": form.bearer_id},
                )
            )
        Form.objects.bulk_create([new for new in made if new is not None], batch_size=BATCH)
        _copy_questions({form.pk: new for form, new in zip(asked, made, strict=True) if new})
        Form.objects.bulk_update(asked, ["bearer", "valid_to"], batch_size=BATCH)
        for one, new in zip(moved, made, strict=True):
            one.after["form"] = new.pk if new else None
        tell(self.key, "hand_over", asked, passage.number, actor)
        return moved

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Let the former forms go on; refused where a report was typed or sent in the new ones."""
        forms = {form.pk: form for form in _locked(Q(pk__in=[one.row_id for one in moved]))}
        lost = [one for one in moved if forms[one.row_id].bearer_id != one.after["bearer"]]
        if lost:
            raise moved_since([(one, forms[one.row_id].bearer_id) for one in lost])
        _remove([one.after["form"] for one in moved if one.after["form"]])
        for one in moved:
            form = forms[one.row_id]
            form.bearer_id = one.before["bearer"]
            form.valid_to = _day(one.before["valid_to"])
        Form.objects.bulk_update(forms.values(), ["bearer", "valid_to"], batch_size=BATCH)
        if moved:
            tell(self.key, "take_back", list(forms.values()), passage.number, actor)

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """Let another successor ask and approve; refused where it asks a form of this code already."""
        [form] = _locked(Q(pk=moved.row_id))
        if form.bearer_id != moved.after["bearer"]:
            raise moved_since([(moved, form.bearer_id)])
        if moved.after["form"]:
            [new] = _locked(Q(pk=moved.after["form"]))
            there = Form.objects.filter(unit_id=to, code=new.code)
            if there.filter(Q(valid_to=None) | Q(valid_to__gt=new.valid_from)).exists():
                name = last_names([to], clock.today()).get(to, "Đơn vị này")
                raise RuleError(
                    f"{name} đã có biểu mẫu mã “{new.code}” đang áp dụng. Đồng chí vui lòng kết thúc biểu đó trước."
                )
            last = there.aggregate(last=Max("number"))["last"] or 0
            new.unit_id, new.number = to, last + 1
            new.save(update_fields=["unit", "number"])
        form.bearer_id = to
        form.save(update_fields=["bearer"])
        tell(self.key, "pass_on", [form], "", actor)
        return replace(moved, taker=to, after={**moved.after, "bearer": to})


class _Opening:
    """The versions that the heirs get: numbered after those that they have, none where they ask such a form."""

    def __init__(self, passage: Passage) -> None:
        self.heirs = passage.heirs
        self.last: dict[tuple[int, str], int] = {}
        self.giver: dict[tuple[int, str], int] = {}  # whose form of this code goes on at the heir
        there = Form.objects.filter(unit_id__in=set(passage.heirs.values()))
        for unit, code, number, until in there.values_list("unit_id", "code", "number", "valid_to"):
            self.last[unit, code] = max(number, self.last.get((unit, code), 0))
            if until is None or until > passage.on:
                self.giver[unit, code] = unit

    def version(self, form: Form, start: date) -> Form | None:
        """A form as it goes on at the heir from a day."""
        heir = self.heirs[form.unit_id]
        place = (heir, form.code)
        if self.giver.setdefault(place, form.unit_id) != form.unit_id:
            return None
        self.last[place] = self.last.get(place, 0) + 1
        return Form(
            code=form.code,
            number=self.last[place],
            name=form.name,
            unit_id=heir,
            level=form.level,
            kinds=form.kinds,
            due_day=form.due_day,
            due_moves=form.due_moves,
            valid_from=start,
            valid_to=form.valid_to,
            source_symbol=form.source_symbol,
            head_approves=form.head_approves,
            by_way=form.by_way,
        )


def _in_force(on: date) -> QuerySet[Form]:
    return Form.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on))


def _goes_on(form: Form, passage: Passage) -> bool:
    """Whether it would be asked on the day or later, where the place that asks it ends."""
    return form.unit_id in passage.heirs and (form.valid_to is None or form.valid_to > passage.on)


def _asking(form: Form) -> int:
    return form.bearer_id or form.unit_id


def _asked(unit_ids: Iterable[int]) -> Iterator[Form]:
    for some in by_many(unit_ids):
        yield from _locked(Q(bearer_id__in=some) | Q(bearer=None, unit_id__in=some))


def _locked(which: Q) -> list[Form]:
    rows = Form.objects.filter(which).order_by("unit_id", "code", "number", "pk")
    return list(rows.select_for_update(of=("self",)))


def _months_after(form_ids: Iterable[int]) -> dict[int, date]:
    """The day after the last month that is open of each form."""
    rows = Obligation.objects.filter(form_id__in=list(form_ids)).order_by().values_list("form_id")
    return {
        form: Period.starting(last, Every.MONTH).end for form, last in rows.annotate(Max("first"))
    }


def _copy_questions(copies: Mapping[int, Form]) -> None:
    """The sections, items and rules of each form, for its copy. Nine queries."""
    sections = list(FormSection.objects.filter(form_id__in=copies).order_by("pk"))
    items = list(FormItem.objects.filter(section__form_id__in=copies).order_by("pk"))
    heads = {
        section.pk: FormSection(
            form=copies[section.form_id],
            position=section.position,
            title=section.title,
            may_be_nil=section.may_be_nil,
            kinds=section.kinds,
            rows=section.rows,
            columns=section.columns,
        )
        for section in sections
    }
    FormSection.objects.bulk_create(heads.values(), batch_size=BATCH)
    rows = {
        item.pk: FormItem(
            section=heads[item.section_id],
            position=item.position,
            code=item.code,
            label=item.label,
            help=item.help,
            kind=item.kind,
            indicator_id=item.indicator_id,
            required=item.required,
            divided=item.divided,
            kinds=item.kinds,
            row=item.row,
            column=item.column,
            pattern=item.pattern,
            carried=item.carried,
        )
        for item in items
    }
    FormItem.objects.bulk_create(rows.values(), batch_size=BATCH)
    parts = [item for item in items if item.part_of_id]
    for item in parts:
        rows[item.pk].part_of = rows[item.part_of_id or 0]
    FormItem.objects.bulk_update([rows[item.pk] for item in parts], ["part_of"], batch_size=BATCH)
    _copy_rules(copies)


def _copy_rules(copies: Mapping[int, Form]) -> None:
    """Every setting of the rules of each form, for its copy. Four queries."""
    sets = {
        one.pk: FormRuleSet(
            form=copies[one.form_id], since=one.since, set_by_id=one.set_by_id, set_at=one.set_at
        )
        for one in FormRuleSet.objects.filter(form_id__in=copies).order_by("pk")
    }
    FormRuleSet.objects.bulk_create(sets.values(), batch_size=BATCH)
    rules = list(FormRule.objects.filter(rule_set_id__in=sets).order_by("pk"))
    for rule in rules:
        rule.pk, rule.rule_set = None, sets[rule.rule_set_id]
    FormRule.objects.bulk_create(rules, batch_size=BATCH)


def _remove(form_ids: list[int]) -> None:
    """Take away forms that were opened at heirs, with the months in which nothing was typed or sent."""
    owed = Obligation.objects.filter(form_id__in=form_ids).select_related("form").order_by("pk")
    rows = list(owed.select_for_update(of=("self",), no_key=True))
    if faults := [*undoing_faults(rows), *_written_faults(form_ids)]:
        raise RuleError(faults[0].message, faults=faults)
    for some in by_many(row.pk for row in rows):
        Obligation.objects.filter(pk__in=some).delete()
    Form.objects.filter(pk__in=form_ids).delete()


def _written_faults(form_ids: list[int]) -> Iterator[Fault]:
    """One sentence for each form of the heirs whose next version somebody has begun to write."""
    for draft in FormDraft.objects.filter(follows_id__in=form_ids).order_by("code", "pk"):
        yield Fault(
            f"Biểu {draft.code} đang được soạn phiên bản mới nên không hoàn tác được."
            " Đồng chí vui lòng bỏ bản soạn ấy rồi hoàn tác."
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
