"""The page on which checks are set, for a form being written and for a published one: what is typed, what becomes of it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import carried_out
from danvan.reporting import services
from danvan.reporting.designing import Content
from danvan.reporting.forms import whole
from danvan.reporting.models import Form, FormDraft
from danvan.reporting.rule_forms import CheckForm, SinceForm
from danvan.reporting.rules import Rule
from danvan.reporting.rules.checks import KINDS, Check, CheckKind, check_of, rule_of
from danvan.reporting.selectors.ruling import (
    ground_of,
    ground_of_draft,
    lines_of_rules,
    newest_setting,
    rules_of,
    settings_of,
)
from danvan.reporting.selectors.spans import previous
from danvan.reporting.soundness import LONGEST_CODE, Ground

if TYPE_CHECKING:
    from danvan.accounts.models import User

Rules = tuple[Rule, ...]
Change = Callable[[Rules], Sequence[Rule]]
GONE = "Kiểm tra này không còn ở đây. Đồng chí vui lòng mở lại trang rồi làm tiếp."
OWN = "Kiểm tra này viết riêng nên không sửa ở trang này được; đồng chí giữ hoặc bỏ."
STEPS = {"len": -1, "xuong": 1}
MONTHS_BACK, MONTHS_ON = (
    2,
    3,
)  # from which rules of a published form can be changed, counted from this month
NOTES = {
    CheckKind.BETWEEN: "Số phải từ … đến …",
    CheckKind.PART_OF: "Câu này là một phần của câu kia",
    CheckKind.ADDS_UP: "Các phần cộng lại đúng bằng tổng",
    CheckKind.SAME_IN_FORM: "Cùng một số, hai biểu phải ghi như nhau",
    CheckKind.STEADY: "Tăng, giảm không quá bao nhiêu phần trăm",
    CheckKind.USUAL: "Khác hẳn mức thường ngày của chính đơn vị",
}


class Desk(ABC):
    """What checks are set for: a form being written or a published one."""

    ground: Ground
    rules: Rules
    seen: int  # as the page showed it

    @property
    @abstractmethod
    def here(self) -> str:
        """The address of the page."""

    @property
    @abstractmethod
    def trial(self) -> str:
        """The address of the trial."""

    @abstractmethod
    def save(self, change: Change, *, seen: int) -> Any:
        """Change the rules by `change`."""

    def context(self) -> dict[str, Any]:
        """What only this page shows."""
        return {}


class DraftDesk(Desk):
    """The checks of a form being written."""

    def __init__(self, draft: FormDraft, user: "User") -> None:
        self.draft, self.user = draft, user
        content = Content.read(draft.content)
        self.rules, self.seen = content.rules, draft.changes
        self.ground = ground_of_draft(draft, content, on=clock.today())
        self.form: FormDraft | Form = draft

    @property
    def here(self) -> str:
        """The address of the page."""
        return reverse("reporting:draft-rules", args=[self.draft.pk])

    @property
    def trial(self) -> str:
        """The address of the trial."""
        return reverse("reporting:draft-trial", args=[self.draft.pk])

    def save(self, change: Change, *, seen: int) -> Any:
        """Change the rules of the draft."""
        return services.change_draft_rules(self.draft, change, changes=seen, actor=self.user)

    def context(self) -> dict[str, Any]:
        """The draft itself."""
        return {"draft": self.draft}


class FormDesk(Desk):
    """The checks of a published form, changed from a month on."""

    def __init__(self, form: Form, user: "User", asked: Mapping[str, str]) -> None:
        self.form, self.user = form, user
        self.rules, self.seen = rules_of(form.pk), newest_setting(form)
        self.ground = ground_of(form)
        self.months = _months(form)
        by_code = {one.code: one for one in self.months}
        today = Period.containing(clock.today(), Every.MONTH)
        first = today if today.code in by_code else self.months[0]
        self.since = by_code.get(asked.get("tu", ""), first)

    @property
    def here(self) -> str:
        """The address of the page, with the month."""
        return f"{reverse('reporting:form-rules', args=[self.form.pk])}?tu={self.since.code}"

    @property
    def trial(self) -> str:
        """The address of the trial."""
        return reverse("reporting:form-trial", args=[self.form.pk])

    def save(self, change: Change, *, seen: int) -> Any:
        """Change the rules from the month chosen on."""
        return services.change_form_rules(
            self.form, change, since=self.since.first, seen=seen, actor=self.user
        )

    def context(self) -> dict[str, Any]:
        """The month chosen, and who set what when."""
        return {
            "since": SinceForm(initial={"tu": self.since.code}, months=self.months),
            "from_month": self.since,
            "settings": settings_of(self.form, self.ground),
        }


class RulesPage:
    """The checks of one desk before one reader. `posted` is None where the page is only looked at."""

    def __init__(
        self, desk: Desk, asked: Mapping[str, str], posted: Mapping[str, str] | None
    ) -> None:
        self.desk, self._posted = desk, posted or {}
        self.refused = ""
        self.act = self._posted.get("viec", "")
        said = posted or asked
        self.code = str(said.get("ma" if posted else "sua", ""))
        self.kind = self._kind(str(said.get("them", "")))
        if not self._posted and self.code and self.kind is None:
            self.refused = OWN if self._held() else GONE

    def _kind(self, named: str) -> CheckKind | None:
        if self._checked is not None:
            return self._checked.kind
        return CheckKind(named) if named in set(CheckKind) and not self.code else None

    @cached_property
    def _checked(self) -> Check | None:
        """The check being changed, as it is."""
        held = self._held()
        return check_of(held, self.desk.ground.labels) if held else None

    def _held(self) -> Rule | None:
        return next((one for one in self.desk.rules if one.code == self.code), None)

    @cached_property
    def form(self) -> CheckForm | None:
        """The boxes of the check being set; None where none is."""
        if self.kind is None or self.act not in ("", "dat"):
            return None
        return CheckForm(
            self._posted or None, kind=self.kind, ground=self.desk.ground, check=self._checked
        )

    def carry_out(self) -> str | None:
        """Do what was asked; gives where to go on, None where it was refused: the page says why."""
        seen = whole(self._posted.get("ban"))
        seen = self.desk.seen if seen is None else seen
        if self.act == "dat" and self.form is not None:
            form = self.form
            done = carried_out(form, lambda: self.desk.save(self._set(form.check), seen=seen))
            return self.desk.here if done is not None else None
        try:
            self.desk.save(self._moved(), seen=seen)
        except RuleError as broken:
            self.refused = broken.message
            return None
        return self.desk.here

    def _set(self, check: Check) -> Change:
        """The check among the others: in its place, or at the end where it is new."""
        code, labels = self.code, self.desk.ground.labels

        def change(rules: Rules) -> Sequence[Rule]:
            if not code:
                return [*rules, rule_of(check, _code_for(check, rules), labels)]
            _at(rules, code)
            made = rule_of(check, code, labels)
            return [made if one.code == code else one for one in rules]

        return change

    def _moved(self) -> Change:
        act, code = self.act, self.code

        def change(rules: Rules) -> Sequence[Rule]:
            place = _at(rules, code)
            if act == "bo":
                return [one for one in rules if one.code != code]
            if act not in STEPS:
                raise RuleError(
                    "Không có việc nào như vậy ở trang này. Đồng chí vui lòng mở lại trang."
                )
            held, to = list(rules), place + STEPS[act]
            if 0 <= to < len(held):
                held[place], held[to] = held[to], held[place]
            return held

        return change

    def context(self) -> dict[str, Any]:
        """For the template."""
        return {
            "page": self,
            "desk": self.desk,
            "here": self.desk.here,
            "lines": lines_of_rules(self.desk.rules, self.desk.ground),
            "kinds": [(kind.value, label, NOTES[kind]) for kind, label in KINDS.items()],
            "kind_name": KINDS[self.kind] if self.kind else "",
            **self.desk.context(),
        }


def _at(rules: Rules, code: str) -> int:
    for place, one in enumerate(rules):
        if one.code == code:
            return place
    raise RuleError(GONE)


def _code_for(check: Check, rules: Rules) -> str:
    """A code out of the kind and the question, that no other rule has."""
    wanted = f"{check.kind}-{check.item}"[: LONGEST_CODE - 3].rstrip("-")
    taken, code, number = {one.code for one in rules}, wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code


def _months(form: Form) -> list[Period]:
    """The months from which the rules of a form may be changed: those around this one that are its own."""
    today = Period.containing(clock.today(), Every.MONTH)
    near = [previous(today, many) for many in range(MONTHS_BACK, -MONTHS_ON - 1, -1)]
    first = Period.containing(form.valid_from, Every.MONTH)
    own = [
        one
        for one in near
        if one.first >= first.first and (form.valid_to is None or one.first < form.valid_to)
    ]
    return own or [first]
