"""The forms of citizen reception: the schedule, a visit with its matters, the acts on a day, the register."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.fields import UnitField, look_up, meant
from danvan.commitments.services import Assignment
from danvan.foundation import clock
from danvan.foundation.fields import DayField, HourField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.law.fields import DueFields
from danvan.petitions.enums import Kind, Language
from danvan.petitions.forms.receiving import tick, words
from danvan.petitions.reception_enums import Confirmed, Ground, MatterWay, Receiver, Refusal
from danvan.petitions.selectors import receiving_unit
from danvan.petitions.selectors.reception import planning_units
from danvan.petitions.services import MOST_MATTERS, PersonDraft
from danvan.petitions.services.reception import DayPlan, VisitDraft, VisitMatterDraft
from danvan.vietnamese.dates import parse_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

MATTERS = 3  # on the page of a visit at first


def unit_choice(user: "User", refusal: str) -> forms.TypedChoiceField:
    """The units for which `user` may, by name."""
    units = planning_units(user, on=clock.today())
    return forms.TypedChoiceField(
        label="Đơn vị",
        coerce=int,
        choices=units if len(units) == 1 else [("", "Chọn đơn vị"), *units],
        initial=receiving_unit(user, [pk for pk, _ in units], on=clock.today()),
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị.",
            "invalid_choice": refusal,
        },
    )


class ReceptionActForm(RefusableForm):
    """A form of one act. `seen` is how the row stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PlanDaysForm(RefusableForm):
    """Lập lịch tiếp: days of a month, or one at once with its ground."""

    days = words(
        "Ngày tiếp", rows=2, missing="Đồng chí vui lòng ghi ngày tiếp.",
        help_text="Một hoặc nhiều ngày, cách nhau dấu phẩy. Ví dụ: 05/12/2026, 20/12/2026.",
    )  # fmt: skip
    starts_at = HourField(label="Từ giờ", required=False, max_length=16)
    ends_at = HourField(label="Đến giờ", required=False, max_length=16)
    place = forms.CharField(
        label="Địa điểm", error_messages={"required": "Đồng chí vui lòng ghi địa điểm tiếp."}
    )
    ground = forms.ChoiceField(label="Định kỳ hay đột xuất", choices=Ground.choices)
    why = forms.CharField(
        label="Vụ việc phải tiếp đột xuất", required=False,
        help_text="Chỉ ghi khi tiếp đột xuất; không ghi tên người dân.",
    )  # fmt: skip
    online = tick("Tiếp trực tuyến")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_choice(user, "Đồng chí chưa có quyền lập lịch cho đơn vị này.")
        self.order_fields(["unit", "days", "starts_at", "ends_at", "place", "ground", "why", "online"])  # fmt: skip

    def clean_days(self) -> tuple[date, ...]:
        """The days themselves; each that cannot be read is told."""
        found, faults = [], []
        for part in re.split(r"[,;\s]+", self.cleaned_data["days"].strip()):
            try:
                day = parse_date(part)
            except ValueError as wrong:
                faults.append(str(wrong))
                continue
            if day is not None:
                found.append(day)
        if faults:
            raise forms.ValidationError(list(dict.fromkeys(faults))[:5])
        return tuple(found)

    def plan(self) -> DayPlan:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        names = ("days", "place", "starts_at", "ends_at", "ground", "why", "online")
        return DayPlan(unit_id=said["unit"], **{name: said[name] for name in names})


class PostForm(ReceptionActForm):
    """Niêm yết lịch."""

    on = DayField(
        label="Niêm yết từ ngày",
        error_messages={"required": "Đồng chí vui lòng ghi ngày niêm yết."},
    )
    where = forms.CharField(
        label="Niêm yết, công bố ở đâu", required=False,
        help_text="Ví dụ: trụ sở tiếp công dân, trang thông tin điện tử xã.",
    )  # fmt: skip


class PostponeForm(PostForm):
    """Lùi, đổi ngày."""

    to = DayField(label="Ngày mới", error_messages={"required": "Đồng chí vui lòng ghi ngày mới."})
    why = forms.CharField(label="Lý do", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Thông báo từ ngày"
        self.fields["where"].label = "Thông báo cho công dân ở đâu"
        self.order_fields(["to", "why", "on", "where", "seen"])


class CancelDayForm(ReceptionActForm):
    """Hủy buổi tiếp."""

    why = forms.CharField(label="Lý do hủy", required=False)


class HoldDayForm(ReceptionActForm):
    """Ghi đã tiếp."""

    received = forms.ChoiceField(
        label="Ai tiếp công dân", choices=Receiver.choices, widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí vui lòng chọn ai đã tiếp công dân."},
    )  # fmt: skip
    other_name = forms.CharField(label="Người tiếp thay", required=False)
    other_why = forms.CharField(
        label="Vì sao người đứng đầu không trực tiếp tiếp", required=False,
        help_text="Luật không cho ủy quyền cấp phó: buổi tiếp thay không tính vào số ngày phải tiếp.",
    )  # fmt: skip


class OnlineForm(ReceptionActForm):
    """Các bước tiếp trực tuyến."""

    invited_on = DayField(label="Ngày mời dự", required=False)
    tested_on = DayField(label="Ngày thử kỹ thuật", required=False)
    connected_at = HourField(label="Giờ kết nối đủ các điểm", required=False, max_length=16)
    camera_on = tick("Máy quay bật suốt buổi")
    recorded_at = forms.CharField(label="Nơi lưu ghi âm, ghi hình", required=False)
    minutes_signed_on = DayField(label="Ngày ký số biên bản", required=False)


class OnlineVisitForm(ReceptionActForm):
    """Các bước của một lượt tiếp trực tuyến."""

    registered_on = DayField(label="Ngày đăng ký", required=False)
    told_on = DayField(label="Ngày hướng dẫn cách tham gia", required=False)
    told_how = forms.CharField(
        label="Đã hướng dẫn thế nào", required=False, max_length=200,
        help_text="Ví dụ: gọi điện, hẹn điểm cầu tại trụ sở xã. Không ghi họ tên, số điện thoại.",
    )  # fmt: skip
    identity_checked = tick("Đã kiểm tra danh tính như tiếp trực tiếp")
    recording_asked = tick("Đã báo và hỏi ý kiến về ghi âm, ghi hình")
    recorded_at = forms.CharField(label="Nơi lưu ghi âm, ghi hình", required=False, max_length=200)
    read_back = tick("Đã đọc lại biên bản")
    confirmed = forms.ChoiceField(label="Xác nhận", required=False, choices=Confirmed.choices)


class WriteForm(ReceptionActForm):
    """Kết luận của người đứng đầu."""

    text = words(
        "Kết luận của người đứng đầu",
        rows=6,
        missing="Đồng chí vui lòng ghi kết luận của người đứng đầu.",
    )


class IssueForm(ReceptionActForm):
    """Ra thông báo kết luận."""

    on = DayField(
        label="Ngày ra thông báo",
        error_messages={"required": "Đồng chí vui lòng ghi ngày ra thông báo."},
    )
    signer = forms.CharField(label="Người ký", required=False, max_length=120)


class OwnSentenceForm(DueFields, RefusableForm):
    """Giao một câu kết luận thành việc."""

    title = forms.CharField(
        label="Việc", max_length=400, error_messages={"required": "Đồng chí vui lòng ghi việc."}
    )
    lead = UnitField(
        "lead", label="Đơn vị chủ trì",
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )  # fmt: skip
    product = forms.CharField(
        label="Sản phẩm",
        error_messages={
            "required": "Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_up(self, "lead")

    def clean(self) -> dict[str, Any]:
        """Until when, and the unit that the words mean."""
        said = super().clean()
        self.lead_unit_id = meant(self, "lead")
        return said

    def assignment(self) -> Assignment:
        """What was typed, ready to be given."""
        said = self.cleaned_data
        return Assignment(
            self.lead_unit_id or 0, said.get("title", ""), said.get("product", ""),
            said.get("due_on"), term=said.get("term_n"), term_key=said.get("term_key", ""),
        )  # fmt: skip


class VisitForm(RefusableForm):
    """Ghi lượt tiếp: who came, and as many matters as were asked for."""

    matters = forms.IntegerField(required=False, widget=forms.HiddenInput)
    held_on = DayField(
        label="Ngày tiếp", error_messages={"required": "Đồng chí vui lòng ghi ngày tiếp."}
    )
    day = forms.CharField(required=False, widget=forms.HiddenInput)
    receiver = forms.CharField(label="Người tiếp", required=False, max_length=200)
    online = tick(
        "Tiếp trực tuyến",
        "Chọn được cả khi buổi tiếp là buổi thường; các bước ghi ở trang của lượt tiếp.",
    )
    name = forms.CharField(
        label="Họ tên",
        max_length=120,
        error_messages={"required": "Đồng chí vui lòng ghi họ tên người đến."},
    )
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    id_number = forms.CharField(
        label="Số căn cước, hộ chiếu", required=False, max_length=20,
        help_text="Chỉ ghi số; không nhận ảnh giấy tờ.",
    )  # fmt: skip
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    people = WholeField(
        label="Số người đến", help_text="Đoàn đông người theo luật cần người đại diện."
    )
    others = words("Người đại diện khác của đoàn", rows=2, help_text="Mỗi dòng một họ tên.")
    repeated = tick("Đã đến về việc này lần trước")
    language = forms.ChoiceField(label="Ngôn ngữ", choices=Language.choices)
    interpreter = forms.CharField(label="Người phiên dịch", required=False, max_length=120)
    spoken = tick("Ghi lại lời nói", "Người đến không tự viết được.")
    read_back = tick("Đã đọc lại cho người đến nghe")
    confirmed = forms.ChoiceField(label="Xác nhận", required=False, choices=Confirmed.choices)
    documents = words("Giấy tờ, tài liệu đã nhận", rows=2, help_text="Ghi vào giấy biên nhận.")
    originals = tick("Có bản gốc")
    wants_result = tick("Người đến yêu cầu báo kết quả")
    refusal = forms.ChoiceField(label="Từ chối tiếp", required=False, choices=Refusal.choices)
    refusal_why = forms.CharField(label="Giải thích lý do từ chối", required=False)

    def __init__(self, *args: Any, user: "User", number: int = MATTERS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = max(MATTERS, min(number, MOST_MATTERS))
        self.fields["unit"] = unit_choice(
            user, "Đồng chí chưa có quyền ghi tiếp công dân cho đơn vị này."
        )
        self.initial["matters"] = self.number
        for n in range(1, self.number + 1):
            self.fields |= _matter_fields(n)

    @property
    def may_add(self) -> bool:
        """Whether one more matter may stand on it."""
        return self.number < MOST_MATTERS

    @property
    def matter_groups(self) -> list[tuple[int, list[Any]]]:
        """The fields of each matter."""
        numbers = range(1, self.number + 1)
        return [(n, [self[name] for name in _matter_fields(n)]) for n in numbers]

    def refuse(self, broken: Any) -> None:
        """Put the faults of a matter beside the fields of that matter."""
        for fault in broken.faults or []:
            name = f"m{fault.row}_{fault.column}" if fault.row else fault.column
            self.add_error(name if name in self.fields else fault.column if fault.column in self.fields else None, fault.message)  # fmt: skip
        if not broken.faults:
            self.add_error(None, broken.message)

    def draft(self) -> VisitDraft:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        names = (
            "held_on", "receiver", "language", "interpreter", "spoken", "read_back", "confirmed", "documents", "originals",
            "wants_result", "repeated", "refusal", "refusal_why", "online",
        )  # fmt: skip
        day = said["day"]
        return VisitDraft(
            unit_id=said["unit"],
            day_id=int(day) if day.isascii() and day.isdigit() and len(day) < 18 else None,
            people=1 if said["people"] is None else said["people"],
            persons=self._persons(),
            matters=tuple(self._matters()),
            **{name: said[name] for name in names},
        )

    def _persons(self) -> tuple[PersonDraft, ...]:
        said = self.cleaned_data
        parts = {part: said[part] for part in ("name", "address", "id_number", "phone")}
        others = [one.strip() for one in said["others"].splitlines() if one.strip()]
        first = [PersonDraft(**parts, representative=bool(others))] if any(parts.values()) else []
        return (*first, *(PersonDraft(name=one, representative=True) for one in others))

    def _matters(self) -> list[VisitMatterDraft]:
        said, found = self.cleaned_data, []
        columns = ("kind", "title", "way", "text", "settled_by", "guided_to", "answer", "answer_on")
        for n in range(1, self.number + 1):
            parts = {one: said[f"m{n}_{one}"] for one in columns}
            if n == 1 or any(parts[one] for one in ("title", "text", "guided_to", "answer")):
                found.append(VisitMatterDraft(**parts))
        return found


def _matter_fields(n: int) -> dict[str, forms.Field]:
    """One matter of a visit."""
    return {
        f"m{n}_kind": forms.ChoiceField(
            label="Loại", required=n == 1, choices=[("", "Chọn"), *Kind.choices],
            error_messages={"required": "Đồng chí vui lòng chọn loại."},
        ),
        f"m{n}_title": forms.CharField(
            label="Nội dung vụ việc", required=n == 1, max_length=300,
            error_messages={"required": "Đồng chí vui lòng tóm tắt nội dung."},
            help_text="Một câu, không ghi tên người. Nội dung tố cáo ghi ở mục Tố cáo, không ghi ở đây.",
        ),
        f"m{n}_way": forms.ChoiceField(
            label="Cách xử lý", required=n == 1, choices=[("", "Chọn"), *MatterWay.choices],
            error_messages={"required": "Đồng chí vui lòng chọn cách xử lý nội dung này."},
        ),
        f"m{n}_settled_by": forms.CharField(
            label="Cơ quan đã giải quyết", required=False, max_length=200
        ),
        f"m{n}_guided_to": forms.CharField(
            label="Hướng dẫn đến cơ quan", required=False, max_length=200
        ),
        f"m{n}_answer": words("Trả lời, giải thích", rows=2),
        f"m{n}_answer_on": DayField(label="Ngày hẹn trả lời", required=False),
        f"m{n}_text": words("Ghi chi tiết", rows=3),
    }  # fmt: skip


class NoticeForm(ReceptionActForm):
    """Thông báo từ chối đã gửi (Mẫu 01/TCD)."""

    on = DayField(label="Ngày gửi", error_messages={"required": "Đồng chí vui lòng ghi ngày gửi."})
    symbol = forms.CharField(
        label="Số thông báo",
        max_length=80,
        error_messages={"required": "Đồng chí vui lòng ghi số thông báo từ chối."},
    )


class AnswerForm(ReceptionActForm):
    """Trả lời đã hẹn."""

    on = DayField(
        label="Ngày trả lời", error_messages={"required": "Đồng chí vui lòng ghi ngày trả lời."}
    )
    answer = words(
        "Đã trả lời thế nào", rows=2, missing="Đồng chí vui lòng ghi đã trả lời thế nào."
    )
