"""What people ask about their own data: taken in, answered, carried out, put off or refused."""

from typing import Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.petitions.forms.receiving import words
from danvan.petitions.models import DataRequest, Petition, Petitioner
from danvan.petitions.services import DataAnswer, DataRequestDraft, PersonDraft
from danvan.petitions.subject_enums import AskedBy, DataRequestKind

NO_DAY = "Đồng chí vui lòng ghi ngày."


class AskForm(RefusableForm):
    """Which of those behind a petition asks, what, and who came for it."""

    petitioner = forms.ChoiceField(
        label="Ai yêu cầu",
        error_messages={
            "required": "Đồng chí vui lòng chọn người yêu cầu.",
            "invalid_choice": "Người này không đứng tên đơn, đồng chí vui lòng chọn lại.",
        },
    )
    kind = forms.ChoiceField(
        label="Yêu cầu gì",
        choices=[("", "Chọn"), *DataRequestKind.choices],
        error_messages={"required": "Đồng chí vui lòng chọn yêu cầu."},
    )
    wanted = words(
        "Nội dung yêu cầu",
        missing="Đồng chí vui lòng ghi người yêu cầu muốn gì, bằng lời của họ.",
        help_text="Dữ liệu nào, muốn xem, sửa hay xóa phần nào. Không ghi họ tên, số giấy tờ ở đây.",
    )
    others = forms.BooleanField(
        label="Bên khác đang xử lý dữ liệu thay cơ quan cũng phải dừng",
        required=False,
        help_text="Chỉ dùng khi hạn chế, phản đối, rút lại đồng ý: thời hạn khác.",
    )
    asked_by = forms.ChoiceField(
        label="Ai đến yêu cầu", choices=AskedBy.choices, initial=AskedBy.SELF
    )
    agent = forms.CharField(label="Họ tên người đến thay", required=False, max_length=120)
    agent_paper = forms.CharField(
        label="Giấy ủy quyền, giấy chứng minh quyền đại diện",
        required=False,
        max_length=300,
        help_text="Loại giấy, số, ngày, nơi cấp hoặc chứng thực. Phần này được niêm phong.",
    )
    checked = forms.BooleanField(
        label="Đã đối chiếu giấy tờ của người đến yêu cầu",
        required=False,
        help_text="Chưa đối chiếu được thì vẫn nhận; phải đối chiếu trước khi thực hiện.",
    )
    on = DayField(label="Ngày nhận yêu cầu", error_messages={"required": NO_DAY})

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = petition.paper.signatures.select_related("petitioner").order_by("pk")
        self.people: dict[str, Petitioner] = {
            str(one.petitioner_id): one.petitioner for one in rows
        }
        labels = [
            (key, f"Người thứ {number} đứng tên đơn")
            for number, key in enumerate(self.people, start=1)
        ]
        for name in ("agent", "agent_paper"):
            away: Any = self.fields[name]
            away.needed_when = "cần khi có người đến thay"
        found: Any = self.fields["petitioner"]
        found.choices = labels if len(labels) == 1 else [("", "Chọn"), *labels]

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = dict(self.cleaned_data)
        person, on = self.people[said.pop("petitioner")], said.pop("on")
        return {"petitioner": person, "draft": DataRequestDraft(**said), "on": on}


class DayForm(RefusableForm):
    """The day of an act; `seen` is how it stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    on = DayField(label="Ngày", error_messages={"required": NO_DAY})

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return dict(self.cleaned_data)


class RespondForm(DayForm):
    """What whoever asked was told when it came in."""

    response = words(
        "Đã báo cho người yêu cầu",
        missing="Đồng chí vui lòng ghi đã báo cho người yêu cầu những gì.",
        help_text="Đã nhận, sẽ thực hiện đến ngày nào, còn cần giấy tờ gì.",
    )


class ReasonForm(DayForm):
    """With the reason that whoever asked is told."""

    reason = words("Lý do", rows=3, missing="Đồng chí vui lòng ghi lý do.")


def _symbol() -> forms.CharField:
    return forms.CharField(label="Số, ký hiệu văn bản trả lời", required=False, max_length=80)


def _basis(missing: str = "") -> forms.CharField:
    return forms.CharField(
        label="Căn cứ pháp luật",
        required=bool(missing),
        max_length=300,
        help_text="Điều, khoản, văn bản nào.",
        error_messages={"required": missing} if missing else {},
    )


class RefuseForm(ReasonForm):
    """Why it is not carried out, by what of the law, and the words in which that is told."""

    basis = _basis("Đồng chí vui lòng ghi căn cứ: điều, khoản, văn bản nào.")
    answer = words("Trả lời cho người yêu cầu", help_text="Để trống thì văn bản chỉ ghi lý do.")
    symbol = _symbol()

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return _with_answer(self.cleaned_data)


class CarryOutForm(DayForm):
    """What was done and answered; where a part is not done, which and why."""

    measures = words(
        "Đã làm những gì", missing="Đồng chí vui lòng ghi đã làm những gì với dữ liệu."
    )
    answer = words(
        "Trả lời cho người yêu cầu",
        missing="Đồng chí vui lòng ghi trả lời cho người yêu cầu.",
        help_text="Câu này in trong văn bản trả lời. Không ghi họ tên, số giấy tờ: máy điền khi in.",
    )
    partly = forms.BooleanField(label="Chỉ thực hiện một phần", required=False)
    reason = words("Phần không thực hiện và lý do")
    basis = _basis()
    symbol = _symbol()
    checked = forms.BooleanField(label="Đã đối chiếu giấy tờ của người đến yêu cầu", required=False)

    def __init__(self, *args: Any, asked: DataRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "basis"):
            part: Any = self.fields[name]
            part.needed_when = "cần khi chỉ thực hiện một phần"
        if asked is not None and asked.checked_on is not None:
            del self.fields["checked"]
        if asked is not None and asked.kind == DataRequestKind.ERASE:
            for name in ("partly", "reason"):
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return _with_answer(self.cleaned_data)


def _with_answer(cleaned: dict[str, Any]) -> dict[str, Any]:
    said = dict(cleaned)
    parts = ("answer", "measures", "reason", "basis", "symbol")
    told = DataAnswer(**{name: said.pop(name) for name in parts if name in said})
    return {**said, "told": told}


class MendForm(CarryOutForm):
    """The data as it is right, and what was done and answered."""

    name = forms.CharField(
        label="Họ tên", max_length=120, error_messages={"required": "Đồng chí vui lòng ghi họ tên."}
    )
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    id_number = forms.CharField(label="Số căn cước, hộ chiếu", required=False, max_length=20)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    email = forms.CharField(label="Thư điện tử", required=False, max_length=120)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        said = super().said()
        parts = ("name", "address", "id_number", "phone", "email")
        draft = PersonDraft(**{name: said.pop(name) for name in parts})
        return {**said, "draft": draft}
