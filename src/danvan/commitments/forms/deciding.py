"""The forms of what a lead and an assigner decide about one commitment."""

from django import forms

from danvan.commitments.forms.fields import FINDING, ActForm, WordsField
from danvan.commitments.selectors import unit_meant
from danvan.foundation import clock
from danvan.foundation.fields import DayField

DOCUMENT = "Số, ký hiệu văn bản, ví dụ: Công văn 112/UBND-KT."


class DeclineForm(ActForm):
    """Không nhận, vì."""

    words = WordsField(
        label="Không nhận, vì", missing="Đồng chí vui lòng ghi lý do không nhận việc này."
    )


class RedirectForm(ActForm):
    """Giữ nguyên, hoặc giao đơn vị khác."""

    words = WordsField(
        label="Ý kiến", rows=2, missing="Đồng chí vui lòng ghi lý do để đơn vị biết."
    )
    lead = forms.CharField(
        label="Đơn vị chủ trì mới",
        required=False,
        widget=forms.TextInput(attrs={**FINDING, "data-typeahead-id": "lead_id"}),
        help_text="Chỉ ghi khi giao đơn vị khác. Gõ tên, không cần dấu, ví dụ: mon son.",
    )
    lead_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_lead(self) -> int | None:
        """The id of the unit that is meant; None where none is named."""
        words = self.cleaned_data["lead"].strip()
        if not words:
            return None
        meant = unit_meant(words, on=clock.today(), picked=self.data.get("lead_id", ""))
        if meant.unit_id is None:
            few = "; ".join(name for _, name in meant.offers[:4])
            raise forms.ValidationError(
                f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
                if few
                else "Không tìm thấy đơn vị này trong Sổ đơn vị. Đồng chí vui lòng gõ lại tên."
            )
        return meant.unit_id


class CloseForm(ActForm):
    """Đóng việc: over a "not yet" with a reason that everybody may read."""

    public_reason = WordsField(
        label="Lý do công khai",
        needed_when="cần khi còn người hỏi chưa đồng ý",
        help_text="Chỉ cần khi còn người hỏi trả lời “chưa xong”. Lý do này ai cũng đọc được.",
    )


class RiskForm(ActForm):
    """Chấp nhận rủi ro: who, why, until when, by which document."""

    until = DayField(
        label="Đến ngày",
        error_messages={"required": "Đồng chí vui lòng ghi chấp nhận đến ngày nào."},
    )
    reason = WordsField(label="Lý do", missing="Đồng chí vui lòng ghi vì sao chấp nhận để chậm.")
    document = forms.CharField(
        label="Văn bản quyết định",
        max_length=80,
        help_text=DOCUMENT,
        error_messages={"required": "Đồng chí vui lòng ghi văn bản quyết định."},
    )


class ResumeForm(ActForm):
    """Cho làm tiếp."""

    words = WordsField(label="Ý kiến", rows=2, missing="Đồng chí vui lòng ghi vì sao làm tiếp.")


class SupersedeForm(ActForm):
    """Thay bằng việc khác."""

    number = forms.CharField(
        label="Số của việc thay thế",
        max_length=20,
        help_text="Ví dụ: CK-2026-0417.",
        error_messages={"required": "Đồng chí vui lòng ghi số của việc thay thế."},
    )
    words = WordsField(
        label="Lý do", rows=2, missing="Đồng chí vui lòng ghi vì sao thay bằng việc khác."
    )
    public_reason = WordsField(
        label="Lý do công khai",
        help_text="Chỉ cần khi còn người hỏi trả lời “chưa xong”. Lý do này ai cũng đọc được; người hỏi theo dõi tiếp "
        "việc thay thế bằng mã đã cấp.",
    )
