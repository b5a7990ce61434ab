"""The forms of a plan of publication and of its lines, and of initiatives of households."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.fields import DayField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.grassroots.enums import Channel, Pillar
from danvan.grassroots.forms.acts import ActForm, DayForm
from danvan.grassroots.forms.fields import (
    VillageForm,
    kind_field,
    offer,
    offer_units,
    unit_field,
    village_field,
)
from danvan.grassroots.models import Matter, PublicationPlan
from danvan.grassroots.selectors import kinds_on
from danvan.grassroots.selectors.planning import day_of_law
from danvan.grassroots.services import InitiativeDraft, ItemDraft, PlanDraft, Support

if TYPE_CHECKING:
    from danvan.accounts.models import User

YEARS_BACK = 2


class PlanYearForm(forms.Form):
    """Of which year plans are listed: next year too, which is planned in this one."""

    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        years = range(this + 1, this - YEARS_BACK - 1, -1)
        offer(self, "nam", [(one, f"Năm {one}") for one in years])
        self.initial.setdefault("nam", this)

    def year(self) -> int:
        """The year asked for, else this one."""
        asked = self.cleaned_data["nam"] if self.is_valid() else None
        return int(asked) if asked else clock.today().year


class PlanForm(RefusableForm):
    """Lập kế hoạch công khai."""

    unit = unit_field()
    year = forms.TypedChoiceField(
        label="Năm",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn năm.",
            "invalid_choice": "Kế hoạch lập cho năm nay hoặc năm sau, đồng chí vui lòng chọn lại.",
        },
    )
    doer = forms.CharField(
        label="Bộ phận phụ trách chung",
        required=False,
        max_length=200,
        help_text="Ghi vào mọi nội dung; nội dung nào khác thì sửa sau. Ví dụ: Văn phòng HĐND và UBND.",
    )
    by_on = DayField(
        label="Công khai trước ngày",
        required=False,
        help_text="Ghi vào mọi nội dung; nội dung nào khác thì sửa sau.",
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, user, on=clock.today())
        this = clock.today().year
        offer(self, "year", [(one, str(one)) for one in (this, this + 1)])

    def draft(self) -> PlanDraft:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return PlanDraft(
            unit_id=said["unit"], year=said["year"], doer=said["doer"], by_on=said["by_on"]
        )


class ItemForm(ActForm):
    """Một nội dung của kế hoạch."""

    kind_id = kind_field()
    title = forms.CharField(
        label="Nội dung công khai",
        max_length=300,
        error_messages={"required": "Đồng chí vui lòng ghi nội dung công khai."},
    )
    channels = forms.MultipleChoiceField(
        label="Hình thức",
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đồng chí vui lòng chọn hình thức công khai."},
    )
    days = WholeField(label="Niêm yết bao nhiêu ngày", help_text="Để trống: niêm yết thường xuyên.")
    by_on = DayField(label="Công khai trước ngày", required=False)
    doer = forms.CharField(label="Bộ phận phụ trách", required=False, max_length=200)

    def __init__(self, *args: Any, plan: PublicationPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind_id", _of_pillar(Pillar.KNOW, day_of_law(plan.year)), none="Chọn nội dung")

    def refuse(self, broken: Any) -> None:
        """A fault of the kind stands beside its field."""
        for fault in broken.faults:
            column = "kind_id" if fault.column == "kind" else fault.column
            self.add_error(column if column in self.fields else None, fault.message)
        if not broken.faults:
            self.add_error(None, broken.message)

    def said(self) -> dict[str, Any]:
        """The line, and how the plan stood when the page was opened."""
        kept = dict(self.cleaned_data)
        seen = kept.pop("seen")
        return {"draft": ItemDraft(**kept), "seen": seen}


class IssueForm(DayForm):
    """Ghi ban hành kế hoạch."""

    on = DayField(
        label="Ngày ban hành", error_messages={"required": "Đồng chí vui lòng ghi ngày ban hành."}
    )
    symbol = forms.CharField(
        label="Số, ký hiệu kế hoạch",
        max_length=80,
        error_messages={"required": "Đồng chí vui lòng ghi số, ký hiệu của kế hoạch."},
    )
    told_on = DayField(
        label="Ngày gửi HĐND và MTTQ xã", required=False, help_text="Để trống khi chưa gửi."
    )


class TakeForm(RefusableForm):
    """Chọn việc đã ghi."""

    matter = forms.TypedChoiceField(
        label="Việc đã ghi",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn việc đã ghi.",
            "invalid_choice": "Việc này không còn chọn được, đồng chí vui lòng mở lại trang.",
        },
    )

    def __init__(self, *args: Any, offered: list[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.pk, f"{one.number} {one.title}") for one in offered]
        offer(self, "matter", named, none="Chọn việc")


class SupportForm(ActForm):
    """Số hộ đồng ý."""

    supporters = WholeField(
        label="Số hộ đồng ý",
        required=True,
        error_messages={"required": "Đồng chí vui lòng ghi bao nhiêu hộ đồng ý."},
    )
    households = WholeField(
        label="Tổng số hộ của thôn",
        help_text="Để trống: lấy số hộ trong Sổ đơn vị.",
    )
    counted_on = DayField(
        label="Ngày lấy ý kiến",
        error_messages={"required": "Đồng chí vui lòng ghi ngày lấy ý kiến các hộ."},
    )
    front = forms.BooleanField(label="Ban công tác Mặt trận ở thôn tán thành", required=False)

    def support(self) -> Support:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        names = ("counted_on", "supporters", "households", "front")
        return Support(**{name: said[name] for name in names})

    def said(self) -> dict[str, Any]:
        """The count, and how the initiative stood when the page was opened."""
        return {"support": self.support(), "seen": self.cleaned_data["seen"]}


class InitiativeForm(VillageForm, SupportForm):
    """Ghi sáng kiến."""

    unit = unit_field()
    village = village_field("Đồng chí vui lòng chọn thôn, tổ dân phố.")
    kind = kind_field()
    title = forms.CharField(
        label="Sáng kiến",
        max_length=400,
        help_text="Không ghi tên người dân.",
        error_messages={"required": "Đồng chí vui lòng ghi sáng kiến."},
    )
    field_order = ("unit", "village", "kind", "title", "supporters", "households", "counted_on", "front")  # fmt: skip

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer(self, "kind", _of_pillar(Pillar.DECIDE, clock.today()), none="Chọn nội dung")

    def draft(self) -> InitiativeDraft:
        """What was typed, ready to be written down."""
        said = self.cleaned_data
        return InitiativeDraft(
            unit_id=said["unit"], village_id=said["village"], kind_id=said["kind"], title=said["title"],
            support=self.support(),
        )  # fmt: skip


def _of_pillar(pillar: Pillar, day: date) -> list[tuple[int, str]]:
    return [(one.pk, f"{one.code} {one.title}") for one in kinds_on(day) if one.pillar == pillar]


class DeclineForm(DayForm):
    """Không đưa ra bàn."""

    why = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đồng chí vui lòng ghi lý do không đưa ra bàn."},
    )
