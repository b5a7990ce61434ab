"""What a keeper writes about a topic. The rules are the services'; forms only read."""

from collections.abc import Iterable
from typing import Any

from django import forms

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.topics.fields import TopicField, topic_choices
from danvan.topics.selectors import every_topic

TOP = "Không thuộc lĩnh vực nào (cấp trên cùng)"
BEFORE = "Để từ hôm nay, hoặc ghi ngày đã có hiệu lực."


def _above() -> list[tuple[str, str]]:
    return [("", TOP), *topic_choices()[1:]]


def _heirs() -> list[tuple[str, str]]:
    return [("", "Không chọn"), *topic_choices()[1:]]


class TopicActForm(RefusableForm):
    """A form of one act on a topic. `seen` is how the topic stood when the page was opened."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NameForm(TopicActForm):
    """A new name, from a day on."""

    name = forms.CharField(
        label="Tên lĩnh vực",
        max_length=400,
        error_messages={"required": "Đồng chí vui lòng ghi tên lĩnh vực."},
        help_text="Tên cũ vẫn tìm được, và vẫn đọc được ở những ngày trước.",
    )
    on = DayField(label="Từ ngày", help_text=BEFORE)


class PlaceForm(TopicActForm):
    """Under which topic, from a day on."""

    parent = TopicField(label="Thuộc lĩnh vực", choices=_above)
    on = DayField(label="Từ ngày", help_text=BEFORE)


class AliasesForm(TopicActForm):
    """Other words to find it by."""

    aliases = forms.CharField(
        label="Tên khác",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một tên: từ viết tắt, cách gọi quen dùng. Để trống để bỏ hết.",
    )

    def lines(self) -> list[str]:
        """One alias a line."""
        return str(self.cleaned_data["aliases"]).splitlines()


class AddForm(PlaceForm, AliasesForm):
    """A topic that is not there yet."""

    name = forms.CharField(
        label="Tên lĩnh vực",
        max_length=400,
        error_messages={"required": "Đồng chí vui lòng ghi tên lĩnh vực."},
        help_text="Lĩnh vực công tác hoặc chính sách; không ghi gì về một người.",
    )
    source = forms.CharField(
        label="Căn cứ", required=False, max_length=120, help_text="Văn bản nêu lĩnh vực này."
    )
    field_order = ("name", "parent", "on", "aliases", "source")


class EndForm(TopicActForm):
    """What goes on with a topic that ends, from which day and why."""

    heirs = TopicField(
        label="Lĩnh vực kế thừa",
        choices=_heirs,
        help_text="Nhận các lĩnh vực con; những gì đã ghi được đọc theo lĩnh vực này. Chỉ lĩnh vực chưa ghi ở đâu mới "
        "kết thúc được mà không có kế thừa.",
    )
    second = TopicField(label="Kế thừa thứ hai, khi tách", choices=_heirs)
    third = TopicField(label="Kế thừa thứ ba, khi tách", choices=_heirs)
    on = DayField(label="Từ ngày", help_text=BEFORE)
    reason = forms.CharField(
        label="Lý do, văn bản",
        max_length=1_000,
        error_messages={"required": "Đồng chí vui lòng ghi lý do, kèm văn bản nếu có."},
    )

    def clean(self) -> None:
        """Several heirs are a split; the first reads what was filed before, so it is named first."""
        if self.others() and not self.cleaned_data.get("heirs") and not self.errors:
            self.add_error(
                "heirs", "Đồng chí vui lòng chọn lĩnh vực kế thừa thứ nhất ở ô này trước."
            )

    def others(self) -> list[int]:
        """The further heirs."""
        said = self.cleaned_data
        return [pk for name in ("second", "third") if (pk := said.get(name)) is not None]

    def chosen(self) -> list[Any]:
        """The heirs in order, each once."""
        first = self.cleaned_data["heirs"]
        return topics_of([first, *self.others()] if first is not None else [])


def topics_of(ids: Iterable[int]) -> list[Any]:
    """The topics with these ids, in their order, each once."""
    wanted = list(dict.fromkeys(ids))
    found = every_topic().in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]
