"""What is typed about a duty that comes back: on the page where work is given, and to change or end it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.forms.fields import FINDING, ActForm, WordsField
from danvan.commitments.selectors import unit_meant
from danvan.commitments.series_enums import Every
from danvan.commitments.services import Rule
from danvan.foundation import clock
from danvan.foundation.fields import DayField, WholeField
from danvan.law.fields import DueFields
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.commitments.models import CommitmentSeries

UNSAID_RULE = (
    "Đồng chí đã ghi ngày kết thúc hoặc số ngày mở trước nhưng chưa chọn lặp lại thế nào. "
    "Đồng chí vui lòng chọn, hoặc để trống cả ba."
)
ONLY_A_DAY = (
    "Việc định kỳ lấy ngày hết hạn của lượt đầu để tính các lượt sau. Đồng chí vui lòng ghi ngày ở “Hạn là ngày” "
    "và bỏ thời hạn, quy định, làm thường xuyên."
)
CHOICES = [("", "Không lặp lại"), *Every.choices]


def _every(**changes: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        **{
            "label": "Lặp lại",
            "choices": CHOICES,
            "required": False,
            "help_text": "Mỗi lượt là một việc riêng trong sổ; hạn của lượt đầu ghi ở “Hạn là ngày”.",
            "error_messages": {"invalid_choice": "Đồng chí vui lòng chọn một cách lặp trong danh sách."},
            **changes,
        }
    )  # fmt: skip


class RuleFields(forms.Form):
    """After how long it comes back, until when, how long before its day a turn is opened."""

    every = _every()
    until = DayField(
        label="Lặp đến hết ngày", required=False, help_text="Để trống thì lặp đến khi thôi."
    )
    ahead = WholeField(
        label="Mở mỗi lượt trước hạn (ngày)",
        required=False,
        help_text="Để trống thì theo cài đặt, không sớm hơn hạn của lượt trước.",
    )

    def rule(self) -> Rule:
        """As the service takes it."""
        said = self.cleaned_data
        return Rule(said["every"], said["due_on"], said["until"], said["ahead"])


class RecurringDueFields(RuleFields, DueFields):
    """Until when, once or again and again."""

    def clean(self) -> dict[str, Any]:
        """A rule goes with the day of its first turn, and with nothing else."""
        said = super().clean()
        if said.get("every"):
            if any(said.get(name) for name in ("term_n", "term_key", "no_end")):
                self.errors.pop("due_on", None)  # one sentence is enough
                self.add_error("every", ONLY_A_DAY)
        elif said.get("until") or said.get("ahead") is not None:
            self.add_error("every", UNSAID_RULE)
        return said

    def unsaid(self) -> str:
        """A rule needs the day of its first turn."""
        first = "Đồng chí vui lòng ghi ngày hết hạn của lượt đầu."
        return first if self.cleaned_data.get("every") else super().unsaid()


class ChangeSeriesForm(RuleFields, ActForm):
    """Đổi việc định kỳ từ lượt sau."""

    lead = forms.CharField(
        label="Đơn vị chủ trì",
        widget=forms.TextInput(attrs=FINDING),
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    title = WordsField(
        label="Việc phải làm", rows=2, missing="Đồng chí vui lòng ghi nội dung việc phải làm."
    )
    product = WordsField(
        label="Sản phẩm",
        rows=2,
        missing="Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay.",
    )
    every = _every(choices=Every.choices, help_text="")
    due_on = DayField(
        label="Hạn của lượt sau",
        error_messages={"required": "Đồng chí vui lòng ghi hạn của lượt sau."},
    )
    words = WordsField(
        label="Lý do", rows=2, missing="Đồng chí vui lòng ghi lý do đổi việc định kỳ."
    )

    def __init__(self, sent: Mapping[str, Any] | None, *, series: "CommitmentSeries") -> None:
        self._lead, today = series.lead_id, clock.today()
        self._name = last_names([series.lead_id], today).get(series.lead_id, "")
        first = {
            "lead": self._name,
            "title": series.title,
            "product": series.product,
            "every": series.every,
            "due_on": series.next_on,
            "until": series.until,
            "ahead": series.ahead,
            "seen": series.changes,
        }
        super().__init__(sent, initial=first)
        self.order_fields(["lead", "title", "product", "every", "due_on", "until", "ahead"])

    def clean_lead(self) -> int:
        """The id of the lead."""
        words = self.cleaned_data["lead"].strip()
        if words == self._name:
            return self._lead
        meant = unit_meant(words, on=clock.today())
        if meant.unit_id is None:
            raise forms.ValidationError(
                f"Chưa rõ “{words}” là đơn vị nào. Đồng chí vui lòng ghi đủ tên, ví dụ kèm tên xã."
            )
        return meant.unit_id


class EndSeriesForm(ActForm):
    """Thôi lặp lại."""

    words = WordsField(
        label="Lý do",
        rows=2,
        missing="Đồng chí vui lòng ghi lý do thôi lặp lại việc này.",
        help_text="Các lượt đã mở vẫn phải làm; không mở lượt mới.",
    )

    def __init__(self, sent: Mapping[str, Any] | None, *, series: "CommitmentSeries") -> None:
        super().__init__(sent, initial={"seen": series.changes})
