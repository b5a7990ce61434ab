"""Receiving a paper: who brings it, what it is about; and opening the identity behind one."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import grants_today
from danvan.commitments.fields import UnitField, look_up, meant
from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.foundation.fields import MOST_FILES, DayField, SeveralFilesField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import Channel, Kind, Language, Opening, PersonKind
from danvan.petitions.selectors import receiving_unit, receiving_units
from danvan.petitions.services import MatterDraft, PaperDraft, PersonDraft, faults_of_paper
from danvan.topics.fields import TopicField

if TYPE_CHECKING:
    from danvan.accounts.models import User


LONGEST_ID = 19  # figures of an id
# What stands for a field that is not sound, while the others are looked through; other fields hold words.
UNSOUND: dict[str, Any] = {
    "unit": 0, "people": None, "topic": None, "written_on": None, "known_on": None,
}  # fmt: skip


def tick(label: str, help_text: str = "") -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def words(label: str, *, rows: int = 3, missing: str = "", help_text: str = "") -> forms.CharField:
    """Some lines of text; what must be there says its own sentence."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": missing} if missing else {},
    )


class PaperForm(RefusableForm):
    """Nhận đơn: one paper, who sent it, one matter of it; further matters are split off on its page."""

    unit = forms.TypedChoiceField(
        label="Đơn vị nhận",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị nhận.",
            "invalid_choice": "Đồng chí chưa có quyền nhận đơn cho đơn vị này, vui lòng chọn đơn vị khác.",
        },
    )
    received_on = DayField(
        label="Ngày nhận", error_messages={"required": "Đồng chí vui lòng ghi ngày nhận."}
    )
    channel = forms.ChoiceField(
        label="Đơn đến bằng cách nào",
        choices=[("", "Chọn"), *Channel.choices],
        error_messages={"required": "Đồng chí vui lòng chọn đơn đến bằng cách nào."},
    )
    language = forms.ChoiceField(label="Ngôn ngữ", choices=Language.choices)
    sender = forms.CharField(
        label="Nơi chuyển đơn đến",
        required=False,
        max_length=200,
        help_text="Ghi khi cơ quan, đại biểu, báo chí chuyển đến: nơi ấy phải được báo kết quả.",
    )
    sender_symbol = forms.CharField(label="Số văn bản chuyển", required=False, max_length=80)
    written_on = DayField(label="Ngày ghi trên đơn", required=False)
    originals = tick("Có bản gốc giấy tờ kèm theo")
    wants_result = tick("Người gửi yêu cầu báo kết quả")
    spoken = tick(
        "Ghi lại lời nói", "Người gửi không viết được hoặc gọi điện; cán bộ ghi rồi đọc lại."
    )

    anonymous = tick("Đơn không ghi tên")
    kind_of_person = forms.ChoiceField(label="Người gửi là", choices=PersonKind.choices)
    name = forms.CharField(label="Họ tên hoặc tên cơ quan", required=False, max_length=120)
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    id_number = forms.CharField(
        label="Số căn cước, hộ chiếu",
        required=False,
        max_length=20,
        help_text="Chỉ ghi số; không nhận ảnh giấy tờ.",
    )
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    email = forms.CharField(label="Thư điện tử", required=False, max_length=120)
    people = WholeField(label="Số người", help_text="Đoàn đông người theo luật cần người đại diện.")
    representative = tick("Người ghi tên ở trên là người đại diện")

    kind = forms.ChoiceField(
        label="Loại đơn",
        choices=[("", "Chọn"), *Kind.choices],
        error_messages={"required": "Đồng chí vui lòng chọn loại đơn."},
    )
    title = forms.CharField(
        label="Tóm tắt",
        max_length=300,
        help_text="Một câu, không ghi tên người gửi: câu này hiện trong danh sách.",
        error_messages={"required": "Đồng chí vui lòng tóm tắt nội dung."},
    )
    text = words(
        "Nội dung",
        rows=8,
        help_text="Chép hoặc gõ nội dung đơn. Họ tên, điện thoại, số giấy tờ người gửi ghi trong đó được che khi lưu.",
    )
    requests = words(
        "Người gửi yêu cầu gì",
        rows=3,
        help_text="Mỗi dòng một yêu cầu; mỗi yêu cầu sẽ được trả lời riêng.",
    )
    topic = TopicField()
    place = UnitField("place", label="Nơi xảy ra việc", required=False)
    decision_symbol = forms.CharField(
        label="Quyết định, hành vi bị khiếu nại", required=False, max_length=120
    )
    known_on = DayField(label="Ngày biết quyết định", required=False)
    disciplinary = tick("Khiếu nại quyết định kỷ luật")
    remote = tick("Vùng sâu, vùng xa, đi lại khó khăn")

    evidence = SeveralFilesField(label="Bản quét, ảnh chụp đơn", required=False)
    held = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    not_identity = forms.CharField(
        label="Vì sao tệp không phải ảnh giấy tờ tùy thân",
        required=False,
        max_length=300,
        help_text="Chỉ ghi khi phần mềm báo tệp giống ảnh giấy tờ tùy thân mà thực ra không phải.",
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        units = receiving_units(user, on=clock.today())
        unit: Any = self.fields["unit"]
        unit.choices = units if len(units) == 1 else [("", "Chọn đơn vị"), *units]
        unit.initial = receiving_unit(user, [pk for pk, _ in units], on=clock.today())
        look_up(self, "place", gan="1", loai="")

    def clean(self) -> None:
        """The place that the words mean."""
        near = {one.unit_id for one in grants_today(self.user)}
        self.place_id = meant(self, "place", near=near)

    def faults_beside(self) -> list[Fault]:
        """What the service would refuse of what is sound: told with what is not, in one go."""
        said = self.cleaned_data
        self.cleaned_data = {name: said.get(name, UNSOUND.get(name, "")) for name in self.fields}
        self.cleaned_data["received_on"] = said.get("received_on") or clock.today()
        faults = faults_of_paper(self.draft(), actor=self.user)
        self.cleaned_data = said
        return faults

    def held_ids(self) -> list[int]:
        """The files that stand ready for this paper."""
        return [
            int(one)
            for one in str(self.data.get("held", "")).split(",")
            if one.isascii() and one.isdigit() and len(one) < LONGEST_ID
        ][:MOST_FILES]

    def uploads(self) -> list[tuple[str, bytes]]:
        """The files chosen, as (name, bytes)."""
        return [(file.name, read_sent(file)) for file in self.cleaned_data["evidence"]]

    def draft(self) -> PaperDraft:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return PaperDraft(
            unit_id=said["unit"],
            received_on=said["received_on"],
            channel=said["channel"],
            language=said["language"],
            sender=said["sender"],
            sender_symbol=said["sender_symbol"],
            written_on=said["written_on"],
            originals=said["originals"],
            spoken=said["spoken"],
            wants_result=said["wants_result"],
            anonymous=said["anonymous"],
            people=1 if said["people"] is None else said["people"],
            persons=self._persons(),
            matters=(self._matter(),),
        )

    def _persons(self) -> tuple[PersonDraft, ...]:
        said = self.cleaned_data
        parts = ("name", "address", "id_number", "phone", "email")
        if not any(said[part].strip() for part in parts):
            return ()
        return (
            PersonDraft(
                **{part: said[part] for part in parts},
                kind=said["kind_of_person"],
                representative=said["representative"],
            ),
        )

    def _matter(self) -> MatterDraft:
        said = self.cleaned_data
        return MatterDraft(
            kind=said["kind"],
            title=said["title"],
            text=said["text"],
            requests=tuple(one.strip() for one in said["requests"].splitlines() if one.strip()),
            topic_id=said["topic"],
            place_id=self.place_id,
            decision_symbol=said["decision_symbol"],
            known_on=said["known_on"],
            disciplinary=said["disciplinary"],
            remote=said["remote"],
        )


def first_of(draft: PaperDraft, held_ids: Collection[int]) -> dict[str, Any]:
    """What stands in the form of a paper that came in by a file."""
    [matter] = draft.matters
    first: dict[str, Any] = {
        name: getattr(draft, name)
        for name in (
            "received_on",
            "channel",
            "language",
            "sender",
            "written_on",
            "spoken",
            "people",
        )
    }
    first |= {name: getattr(matter, name) for name in ("kind", "title", "text", "decision_symbol")}
    first |= {
        "unit": draft.unit_id,
        "topic": matter.topic_id,
        "requests": "\n".join(matter.requests),
    }
    if matter.place_id:
        first["place"] = last_names([matter.place_id], clock.today()).get(matter.place_id, "")
        first["place_id"] = matter.place_id
    for person in draft.persons[:1]:
        first |= {name: getattr(person, name) for name in ("name", "address", "phone", "email")}
    return first | {"held": ",".join(map(str, held_ids))}


class OpenForm(RefusableForm):
    """Mở danh tính: what for."""

    purpose = forms.ChoiceField(
        label="Mở để làm gì?",
        choices=[("", "Chọn lý do"), *Opening.choices],
        error_messages={"required": "Đồng chí vui lòng chọn mở danh tính để làm gì."},
    )
