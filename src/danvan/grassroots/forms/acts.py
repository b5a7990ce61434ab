"""The forms of the acts on a matter."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.fields import DayField, SeveralFilesField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent
from danvan.grassroots.enums import Channel, Pillar, Recognition
from danvan.grassroots.forms.fields import (
    VillageForm,
    kind_field,
    offer,
    unit_field,
    village_field,
)
from danvan.grassroots.models import MatterKind
from danvan.grassroots.selectors import kinds_on
from danvan.grassroots.services import Draft
from danvan.topics.fields import TopicField

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ActForm(RefusableForm):
    """A form of one act. `seen` is how the matter stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return dict(self.cleaned_data)


class EnterForm(VillageForm):
    """Ghi việc: which kind of the law, whose, what, since when."""

    unit = unit_field("Đồng chí chưa có quyền ghi việc cho xã này.")
    kind = kind_field()
    title = forms.CharField(
        label="Việc",
        max_length=400,
        error_messages={"required": "Đồng chí vui lòng ghi việc."},
    )
    began_on = DayField(
        label="Ngày phát sinh",
        help_text="Ngày ký quyết định phải công khai, ngày nêu việc, hoặc ngày nhận kiến nghị.",
        error_messages={"required": "Đồng chí vui lòng ghi ngày phát sinh."},
    )
    village = village_field()
    basis = forms.CharField(label="Văn bản, quyết định", required=False, max_length=300)
    item = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)  # of the plan

    whole = "Cả xã"

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer(self, "kind", _by_pillar(kinds_on(clock.today())), none="Chọn nội dung")

    def draft(self) -> Draft:
        """What was typed, ready to be written down."""
        said = self.cleaned_data
        return Draft(
            unit_id=said["unit"],
            kind_id=said["kind"],
            title=said["title"],
            began_on=said["began_on"],
            village_id=said["village"],
            basis=said["basis"],
        )


def _by_pillar(kinds: list[MatterKind]) -> list[tuple[str, list[tuple[int, str]]]]:
    return [
        (str(pillar.label), [(one.pk, f"{one.code} {one.title}") for one in kinds if one.pillar == pillar])
        for pillar in Pillar
    ]  # fmt: skip


class PublishForm(ActForm):
    """Công khai, thông báo."""

    channels = forms.MultipleChoiceField(
        label="Hình thức",
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đồng chí vui lòng chọn hình thức công khai."},
    )
    place = forms.CharField(
        label="Ở đâu",
        max_length=300,
        help_text="Ví dụ: bảng tin trụ sở UBND xã; nhà văn hóa 12 bản.",
        error_messages={"required": "Đồng chí vui lòng ghi công khai ở đâu."},
    )
    from_on = DayField(
        label="Từ ngày", error_messages={"required": "Đồng chí vui lòng ghi từ ngày nào."}
    )
    until_on = DayField(
        label="Đến hết ngày", required=False, help_text="Để trống khi còn đang niêm yết."
    )
    evidence = SeveralFilesField(label="Ảnh, biên bản", required=False)

    def said(self) -> dict[str, Any]:
        """What was typed and sent."""
        return {**self.cleaned_data, "evidence": sent(self.cleaned_data["evidence"])}


class FilesForm(RefusableForm):
    """Thêm ảnh, biên bản."""

    evidence = SeveralFilesField(
        label="Ảnh, biên bản", error_messages={"required": "Đồng chí vui lòng chọn tệp."}
    )

    def said(self) -> dict[str, Any]:
        """The files sent."""
        return {"evidence": sent(self.cleaned_data["evidence"])}


def sent(uploaded: list[Any]) -> list[tuple[str, bytes]]:
    """(file name, bytes) of each file."""
    return [(one.name, read_sent(one)) for one in uploaded]


class UntilForm(RefusableForm):
    """Đến hết ngày nào."""

    until_on = DayField(
        label="Niêm yết đến hết ngày",
        error_messages={"required": "Đồng chí vui lòng ghi ngày thôi niêm yết."},
    )


class DayForm(ActForm):
    """Ngày của một việc đã làm."""

    on = DayField(label="Ngày", error_messages={"required": "Đồng chí vui lòng ghi ngày."})


class RecogniseForm(DayForm):
    """Công nhận hoặc không công nhận."""

    answer = forms.ChoiceField(
        label="Trả lời",
        choices=[one for one in Recognition.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "Đồng chí vui lòng chọn công nhận hay không."},
    )
    words = forms.CharField(
        label="Văn bản, lý do",
        max_length=500,
        error_messages={"required": "Đồng chí vui lòng ghi số văn bản, và lý do nếu không công nhận."},
    )  # fmt: skip


class CommentForm(ActForm):
    """Một nội dung góp ý, with how many said so."""

    topic_id = TopicField()
    gist = forms.CharField(
        label="Nội dung góp ý",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Đồng chí vui lòng ghi nội dung góp ý."},
    )
    number = WholeField(
        label="Số ý kiến",
        required=True,
        error_messages={"required": "Đồng chí vui lòng ghi bao nhiêu ý kiến như vậy."},
    )


class ReplyForm(RefusableForm):
    """Trả lời một nội dung góp ý."""

    taken_up = WholeField(
        label="Số ý kiến tiếp thu",
        required=True,
        error_messages={"required": "Đồng chí vui lòng ghi tiếp thu bao nhiêu ý kiến, không có thì ghi 0."},
    )  # fmt: skip
    answer = forms.CharField(
        label="Trả lời, giải trình",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Đồng chí vui lòng ghi trả lời, giải trình."},
    )


class AnswerForm(DayForm):
    """Giải trình chung, hoặc trả lời kiến nghị."""

    differs = forms.BooleanField(label="Quyết định khác ý kiến của đa số", required=False)
    answer = forms.CharField(
        label="Trả lời, giải trình", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(ActForm):
    """Rút việc ghi nhầm."""

    why = forms.CharField(
        label="Lý do rút", error_messages={"required": "Đồng chí vui lòng ghi lý do rút."}
    )
