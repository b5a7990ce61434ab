"""What is typed to change a duty that comes back, or to end it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.fields import RuleFields, UnitLinesField, every_field
from danvan.commitments.forms.fields import (
    FINDING,
    ActForm,
    PostField,
    WordsField,
    offer_posts,
)
from danvan.commitments.selectors import unit_meant
from danvan.commitments.selectors.series import supports_of
from danvan.commitments.selectors.units import unit_lines
from danvan.commitments.series_enums import Every
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.commitments.models import CommitmentSeries


class ChangeSeriesForm(RuleFields, ActForm):
    """Đổi việc định kỳ từ lượt sau."""

    lead = forms.CharField(
        label="Đơn vị chủ trì",
        widget=forms.TextInput(attrs=FINDING),
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    supports = UnitLinesField(
        label="Đơn vị phối hợp", help_text="Mỗi dòng một đơn vị; bỏ dòng nào thì từ lượt sau thôi."
    )
    post = PostField()
    title = WordsField(
        label="Việc phải làm", rows=2, missing="Đồng chí vui lòng ghi nội dung việc phải làm."
    )
    product = WordsField(
        label="Sản phẩm",
        rows=2,
        missing="Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay.",
    )
    every = every_field(choices=Every.choices, help_text="")
    due_on = DayField(
        label="Hạn của lượt sau",
        error_messages={"required": "Đồng chí vui lòng ghi hạn của lượt sau."},
    )
    words = WordsField(
        label="Lý do", rows=2, missing="Đồng chí vui lòng ghi lý do đổi việc định kỳ."
    )

    def __init__(self, sent: Mapping[str, Any] | None, *, series: "CommitmentSeries") -> None:
        self._lead, supports = series.lead_id, supports_of(series)
        lines = unit_lines(supports, on=clock.today())
        self._name = last_names([series.lead_id], clock.today()).get(series.lead_id, "")
        first = {
            "lead": self._name,
            "supports": "\n".join(lines),
            "post": series.post_id,
            "title": series.title,
            "product": series.product,
            "every": series.every,
            "due_on": series.next_on,
            "until": series.until,
            "ahead": series.ahead,
            "seen": series.changes,
        }
        super().__init__(sent, initial=first)
        fields: Any = self.fields
        fields["supports"].known = lines
        offer_posts(fields["post"], [series.assigner_id])
        self.order_fields(
            ["lead", "supports", "post", "title", "product", "every", "due_on", "until", "ahead"]
        )

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
