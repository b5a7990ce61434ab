"""What an article is written with."""

from typing import Any

from django import forms

from danvan.foundation.refusals import RefusableForm
from danvan.news.enums import Kind, Part, Speech
from danvan.news.models import Article
from danvan.news.selectors import published_articles
from danvan.news.services import ArticleDraft

MOST_OFFERED = 200


def _line(label: str, most: int, *, missing: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=most,
        help_text=help_text,
        error_messages={"required": missing} if missing else {},
    )


class ArticleForm(RefusableForm):
    """Viết bài: what it is, its words, what the people gain, where it comes from."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    unit = forms.TypedChoiceField(
        label="Đơn vị đăng",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị.",
            "invalid_choice": "Đồng chí chưa có quyền viết bài cho đơn vị này.",
        },
    )
    kind = forms.ChoiceField(label="Loại", choices=Kind.choices)
    title = _line("Tên bài", 200, missing="Đồng chí vui lòng ghi tên bài.")
    summary = _line("Tóm tắt", 400, help_text="Một, hai câu, bằng lời nói hằng ngày.")
    gain = _line("Bà con được gì", 400, help_text="Cần có trước khi gửi duyệt.")
    text = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Mỗi đoạn cách nhau một dòng trống.",
        error_messages={"required": "Đồng chí vui lòng ghi nội dung."},
    )
    basis = _line("Văn bản nói đến", 200, help_text="Số, ký hiệu, ngày, tên văn bản.")
    source = _line("Nguồn", 200, help_text="Cần có trước khi gửi duyệt.")
    byline = _line("Người viết, đơn vị viết", 120, help_text="Cần có trước khi gửi duyệt.")
    tied = forms.TypedMultipleChoiceField(
        label="Bài liên quan",
        coerce=int,
        required=False,
        help_text="Chọn tối đa sáu bài đang đăng.",
    )

    def __init__(
        self,
        *args: Any,
        units: list[tuple[int, str]],
        article: Article | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields
        found["unit"].choices = units if len(units) == 1 else [("", "Chọn"), *units]
        others = published_articles().exclude(pk=article.pk if article else 0)
        found["tied"].choices = list(others.values_list("pk", "title")[:MOST_OFFERED])

    def draft(self) -> ArticleDraft:
        """What was typed, as the service takes it."""
        said = {
            name: value for name, value in self.cleaned_data.items() if name not in ("seen", "unit")
        }
        return ArticleDraft(unit_id=self.cleaned_data["unit"], **said)


class PictureForm(RefusableForm):
    """One picture with its words."""

    part = forms.ChoiceField(label="Ảnh gì", choices=Part.choices)
    file = forms.FileField(
        label="Tệp ảnh", error_messages={"required": "Đồng chí vui lòng chọn tệp ảnh."}
    )
    alternative = _line(
        "Mô tả ảnh",
        300,
        missing="Đồng chí vui lòng tả ảnh bằng lời, cho người không nhìn thấy ảnh.",
        help_text="Người không nhìn thấy ảnh nghe câu này.",
    )
    caption = _line("Chú thích", 300, missing="Đồng chí vui lòng ghi chú thích ảnh.")


class SoundForm(RefusableForm):
    """The article read aloud."""

    language = forms.ChoiceField(label="Ngôn ngữ", choices=Speech.choices)
    file = forms.FileField(
        label="Tệp âm thanh", error_messages={"required": "Đồng chí vui lòng chọn tệp âm thanh."}
    )


class ActForm(RefusableForm):
    """`seen` is how it stood when the page was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ReasonForm(ActForm):
    """With the reason."""

    reason = forms.CharField(
        label="Lý do",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Đồng chí vui lòng ghi lý do."},
    )
