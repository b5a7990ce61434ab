"""The forms of what a commitment is tied to: who supervises it, its parts, the figure that measures it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from danvan.commitments.fields import UnitLinesField
from danvan.commitments.forms.fields import ActForm, PostField, WordsField, offer_posts
from danvan.commitments.models import Commitment, CommitmentPart
from danvan.commitments.services import Assignment
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.fields import DayField
from danvan.indicators.enums import Bound
from danvan.indicators.selectors import indicators_on

SIDES = ((Bound.AT_LEAST.value, "Ít nhất"), (Bound.AT_MOST.value, "Nhiều nhất"))


class HeadForm(ActForm):
    """Lãnh đạo theo dõi."""

    post = PostField()

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_posts(self.fields["post"], {commitment.assigner_id})


class HeadManyForm(ActForm):
    """Lãnh đạo theo dõi of several at once."""

    post = PostField()

    def __init__(self, *args: Any, commitments: Iterable[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_posts(self.fields["post"], {one.assigner_id for one in commitments})


class PartOfForm(ActForm):
    """Là một phần của việc khác."""

    whole = forms.CharField(
        label="Số của việc chung",
        required=False,
        max_length=40,
        help_text="Xem ở đầu trang của việc ấy. Để trống thì việc này không còn là một phần của việc nào.",
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = CommitmentPart.objects.filter(child=commitment).select_related("parent").first()
        self.fields["whole"].initial = above.parent.number if above else ""


class DivideForm(ActForm):
    """Chia việc: what each unit below does of it."""

    title = WordsField(label="Việc con", rows=2, missing="Đồng chí vui lòng ghi nội dung việc con.")
    product = WordsField(
        label="Sản phẩm",
        rows=2,
        missing="Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay.",
    )
    units = UnitLinesField(
        label="Giao cho",
        rows=4,
        help_text="Mỗi dòng một đơn vị ở dưới; mỗi đơn vị chủ trì một việc con.",
        missing="Đồng chí vui lòng ghi ít nhất một đơn vị.",
    )
    due_on = DayField(
        label="Hạn của việc con",
        required=False,
        help_text="Không sau hạn của việc chung. Để trống chỉ khi việc chung làm thường xuyên.",
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if commitment.due_on is not None:
            self.fields["due_on"].initial = commitment.due_on

    def refuse(self, broken: RuleError) -> None:
        """What is wrong with a lead stands at the box in which the units are written."""
        named = {"lead": "units"}
        faults = [
            Fault(one.message, one.row, named.get(one.column, one.column)) for one in broken.faults
        ]
        super().refuse(RuleError(broken.message, faults=faults))

    def assignments(self) -> list[Assignment]:
        """What was typed, one for each unit."""
        said = self.cleaned_data
        due_on: date | None = said["due_on"]
        return [
            Assignment(lead_id=pk, title=said["title"], product=said["product"], due_on=due_on)
            for pk in said["units"]
        ]


class MeasureForm(ActForm):
    """Đo bằng chỉ số."""

    code = forms.ChoiceField(
        label="Chỉ số",
        error_messages={
            "required": "Đồng chí vui lòng chọn chỉ số.",
            "invalid_choice": "Chỉ số này không còn dùng. Đồng chí vui lòng chọn lại.",
        },
    )
    period = forms.CharField(
        label="Kỳ",
        max_length=8,
        help_text="Viết 2026, 2026-H1, 2026-Q3 hoặc 2026-07.",
        error_messages={"required": "Đồng chí vui lòng ghi kỳ của số liệu."},
    )
    bound = forms.ChoiceField(label="Cần đạt", choices=SIDES)
    level = forms.DecimalField(
        label="Mức",
        max_digits=19,
        decimal_places=6,
        localize=True,
        error_messages={
            "required": "Đồng chí vui lòng ghi mức cần đạt.",
            "invalid": "Mức phải là một số. Đồng chí vui lòng xem lại.",
        },
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [
            (one.indicator.code, f"{one.indicator.code} {one.name}")
            for one in indicators_on(clock.today())
        ]
        self.fields["code"].choices = [("", "Chọn chỉ số"), *known]  # type: ignore[attr-defined]
        self.fields["period"].initial = str((commitment.due_on or clock.today()).year)
