"""The forms of the acts on a dialogue."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.fields import RecurringDueFields
from danvan.commitments.selectors.programmes import allowed_entries
from danvan.commitments.services import Assignment
from danvan.dialogues.enums import Crowd, DialogueKind, Grade, Heard, Led, Shape, Way
from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.selectors import hosting_units
from danvan.dialogues.services import Plan
from danvan.foundation import clock
from danvan.foundation.fields import DayField, HourField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.organisations.selectors import last_names
from danvan.topics.fields import TopicField

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import ProgrammeEntry
from danvan.dialogues.forms.fields import UnitField, look_up, meant


class ActForm(RefusableForm):
    """A form of one act. `seen` is how the dialogue stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PlanForm(RefusableForm):
    """Lập cuộc đối thoại: who, with whom, on what, when and where."""

    unit = UnitField(
        "unit",
        label="Đơn vị chủ trì",
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    kind = forms.ChoiceField(
        label="Loại đối thoại",
        choices=[("", "Chọn loại"), *DialogueKind.choices],
        error_messages={"required": "Đồng chí vui lòng chọn loại đối thoại."},
    )
    subject = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đồng chí vui lòng ghi nội dung đối thoại."},
    )
    held_on = DayField(
        label="Ngày", error_messages={"required": "Đồng chí vui lòng ghi ngày đối thoại."}
    )
    starts_at = HourField(label="Giờ", required=False, max_length=16)
    place = forms.CharField(
        label="Địa điểm", error_messages={"required": "Đồng chí vui lòng ghi địa điểm."}
    )
    co_host = UnitField(
        "co_host", label="Cùng tổ chức", required=False, help_text="Ví dụ: mttq xã."
    )
    head_name = forms.CharField(
        label="Người chủ trì",
        required=False,
        help_text="Để trống thì lấy người giữ chức danh đứng đầu vào ngày đó theo Sổ đơn vị.",
    )
    head_title = forms.CharField(label="Chức danh", required=False)
    shape = forms.ChoiceField(label="Hình thức", choices=Shape.choices, initial=Shape.MEETING)
    shape_why = forms.CharField(label="Vì sao chọn hình thức này", required=False)
    topic_id = TopicField()
    basis = forms.CharField(
        label="Căn cứ",
        required=False,
        help_text="Ví dụ: Quy định 11-QĐi/TW; Chương trình tháng 11.",
    )

    entry = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        units = hosting_units(user, on=clock.today())
        self._few = units is not None
        if units is None:
            look_up(self, "unit", viec="dialogues.hold")
        else:
            choices = [(str(pk), name) for pk, name in units]
            self.fields["unit"] = forms.ChoiceField(
                label="Đơn vị chủ trì",
                choices=choices if len(choices) == 1 else [("", "Chọn đơn vị"), *choices],
                error_messages={
                    "required": "Đồng chí vui lòng chọn đơn vị chủ trì.",
                    "invalid_choice": "Đồng chí chưa có quyền tổ chức đối thoại cho đơn vị này.",
                },
            )
        look_up(self, "co_host")

    def clean(self) -> None:
        """The units that the words mean."""
        if self._few:
            unit = self.cleaned_data.get("unit")
            self.host_id = int(unit) if unit else None
        else:
            self.host_id = meant(self, "unit")
        self.co_host_id = meant(self, "co_host")
        self.planned_from = entry_of(self._user, self.cleaned_data.get("entry", ""))

    def plan(self) -> Plan:
        """What was typed, ready to be written down."""
        names = (
            "kind", "subject", "held_on", "starts_at", "place", "head_name", "head_title",
            "shape", "shape_why", "basis", "topic_id",
        )  # fmt: skip
        said = {name: self.cleaned_data[name] for name in names}
        entry = self.planned_from.pk if self.planned_from else None
        return Plan(unit_id=self.host_id or 0, co_host_id=self.co_host_id, entry_id=entry, **said)


def entry_of(user: "User", pk: str) -> "ProgrammeEntry | None":
    """The line of a programme of this key that is a dialogue, where `user` may see it."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    found = allowed_entries(user, "commitments.view").select_related("programme")
    one = found.filter(pk=int(pk)).first()
    return one if one is not None and one.dialogue else None


def planned_from(user: "User", pk: str) -> dict[str, Any]:
    """What a line of a monthly programme says of the dialogue to be planned."""
    one = entry_of(user, pk)
    if one is None:
        return {}
    unit_id = one.programme.unit_id
    name = last_names([unit_id], clock.today()).get(unit_id, "")
    few = hosting_units(user, on=clock.today()) is not None
    return {
        "entry": one.pk,
        "unit": str(unit_id) if few else name,
        "unit_id": unit_id,
        "subject": one.content[:400],
        "held_on": one.starts_on,
        "starts_at": one.starts_at,
        "place": one.place,
        "head_name": one.chair,
        "basis": f"Chương trình công tác số {one.programme.symbol}",
    }


class AnnounceForm(ActForm):
    """Thông báo, niêm yết."""

    on = DayField(
        label="Thông báo từ ngày",
        error_messages={"required": "Đồng chí vui lòng ghi ngày thông báo."},
    )
    where = forms.CharField(
        label="Niêm yết, đăng tin ở đâu",
        help_text="Ví dụ: trụ sở UBND xã, nhà văn hóa bản, loa truyền thanh.",
        error_messages={"required": "Đồng chí vui lòng ghi đã niêm yết, đăng tin ở đâu."},
    )


class MoveForm(ActForm):
    """Đổi ngày."""

    to = DayField(label="Ngày mới", error_messages={"required": "Đồng chí vui lòng ghi ngày mới."})
    why = forms.CharField(
        label="Lý do đổi", error_messages={"required": "Đồng chí vui lòng ghi lý do đổi ngày."}
    )


class CancelForm(ActForm):
    """Hủy."""

    why = forms.CharField(
        label="Lý do hủy", error_messages={"required": "Đồng chí vui lòng ghi lý do hủy."}
    )


class HeldForm(ActForm):
    """Người dự, as counts by group."""

    households = WholeField(label="Số hộ có người dự")
    led = forms.ChoiceField(
        label="Ai chủ trì", required=False, choices=[("", "Chưa ghi"), *Led.choices]
    )
    led_why = forms.CharField(label="Lý do ủy quyền", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for crowd in Crowd:
            self.fields[crowd] = WholeField(label=str(crowd.label))
        self.order_fields([*Crowd.values, "households", "led", "led_why", "seen"])

    def attendance(self) -> dict[str, int]:
        """How many of each group; a group left empty is none."""
        return {crowd: self.cleaned_data[crowd] or 0 for crowd in Crowd.values}


class RatingForm(ActForm):
    """Phiếu đánh giá, as counts by grade."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for grade in Grade:
            self.fields[grade] = WholeField(label=str(grade.label))

    def grades(self) -> dict[str, int]:
        """How many sheets of each grade."""
        return {grade: self.cleaned_data[grade] or 0 for grade in Grade.values}


class OpinionForm(RefusableForm):
    """Một ý kiến."""

    content = forms.CharField(
        label="Ý kiến",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Đồng chí vui lòng ghi ý kiến."},
    )
    heard = forms.ChoiceField(label="Nhận", choices=Heard.choices)
    name = forms.CharField(
        label="Người nêu",
        required=False,
        help_text="Chỉ ghi khi người nêu muốn. Tên không hiện ở danh sách, biên bản, tìm kiếm.",
    )


class SettleForm(RefusableForm):
    """Hướng xử lý một ý kiến."""

    way = forms.ChoiceField(
        label="Hướng xử lý",
        choices=[one for one in Way.choices if one[0] != Way.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí vui lòng chọn hướng xử lý."},
    )
    answer = forms.CharField(
        label="Trả lời tại chỗ", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    conclusion = forms.ChoiceField(
        label="Theo kết luận", required=False, help_text="Kết luận đã tách từ lời người đứng đầu."
    )
    unit = UnitField("unit", label="Hoặc giao đơn vị", required=False)
    due_on = DayField(label="Hạn trả lời", required=False)
    above = forms.CharField(label="Chuyển cấp trên nào", required=False, max_length=200)

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = {str(one.pk): one for one in dialogue.conclusions.order_by("start")}
        self.fields["conclusion"].choices = [  # type: ignore[attr-defined]
            ("", "Không"),
            *(
                (pk, f"{n}. {one.sentence[:90]}")
                for n, (pk, one) in enumerate(self._rows.items(), 1)
            ),
        ]
        look_up(self, "unit")

    def clean(self) -> None:
        """The unit that the words mean."""
        self.unit_id = meant(self, "unit")

    def said(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        kept = {name: self.cleaned_data[name] for name in ("way", "answer", "due_on", "above")}
        conclusion: DialogueConclusion | None = self._rows.get(self.cleaned_data["conclusion"])
        return {**kept, "unit_id": self.unit_id, "conclusion": conclusion}


class ConclusionForm(ActForm):
    """Kết luận của người đứng đầu, whole."""

    text = forms.CharField(
        label="Kết luận của người đứng đầu",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Đồng chí vui lòng ghi kết luận của người đứng đầu."},
    )


class OwnForm(RecurringDueFields, RefusableForm):
    """Giao một kết luận."""

    title = forms.CharField(
        label="Việc", max_length=400, error_messages={"required": "Đồng chí vui lòng ghi việc."}
    )
    lead = UnitField(
        "lead",
        label="Đơn vị chủ trì",
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    product = forms.CharField(
        label="Sản phẩm",
        error_messages={
            "required": "Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay."
        },
    )
    proof = forms.CharField(label="Minh chứng cần có", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_up(self, "lead")

    def clean(self) -> dict[str, Any]:
        """Until when, and the unit that the words mean."""
        said = super().clean()
        self.lead_unit_id = meant(self, "lead")
        return said

    def assignment(self) -> Assignment:
        """What was typed, ready to be given; what is not sound yet is left out."""
        said = self.cleaned_data
        return Assignment(
            self.lead_unit_id or 0,
            said.get("title", ""),
            said.get("product", ""),
            said.get("due_on"),
            proof=said.get("proof", ""),
            term=said.get("term_n"),
            term_key=said.get("term_key", ""),
        )


class IssueForm(ActForm):
    """Ra thông báo kết luận."""

    on = DayField(
        label="Ngày ra thông báo",
        error_messages={"required": "Đồng chí vui lòng ghi ngày ra thông báo."},
    )
    signer = forms.CharField(label="Người ký", required=False, max_length=120)
    file = forms.FileField(
        label="Bản đã ký",
        required=False,
        help_text="Tệp PDF hoặc Word; có thể gắn sau ở Văn bản đi.",
    )

    def upload(self) -> tuple[str, bytes] | None:
        """The signed paper, where one was chosen."""
        file = self.cleaned_data["file"]
        return (file.name, read_sent(file)) if file else None
