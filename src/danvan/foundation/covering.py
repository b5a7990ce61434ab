"""What a page sends where a person looks through words before everybody reads them, and what is said where it does not fit."""

from collections.abc import Iterable

from django import forms

from danvan.foundation.errors import Fault
from danvan.foundation.refusals import RefusableForm
from danvan.vietnamese.text import canonical

MOST_WORDS = 50  # lines of words to be covered besides
MOST_TICKS = 2_000
LETTERS = 4_000


class CoverForm(RefusableForm):
    """The places that stay ticked (`che`), what is to be shown (`hien`), words to be covered wherever they stand. `seen` is how it
    stood when the page was opened.
    """

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Che thêm",
        required=False,
        strip=True,
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một cụm từ; đứng ở đâu cũng được che, không kể dấu và chữ hoa.",
        error_messages={"max_length": "Phần này dài quá, đồng chí vui lòng viết gọn lại."},
    )

    def chosen(self) -> list[str]:
        """The ticked places as the page sent them, whether or not the form is sound."""
        return self._ticked("che")

    def wanted(self) -> list[str]:
        """What is ticked to be shown."""
        return self._ticked("hien")

    def more(self) -> tuple[str, ...]:
        """The words to be covered besides."""
        lines = canonical(str(self.data.get("words", ""))[:LETTERS]).splitlines()
        return tuple(dict.fromkeys(one.strip() for one in lines[:MOST_WORDS] if one.strip()))

    def _ticked(self, name: str) -> list[str]:
        found = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return [str(one) for one in found[:MOST_TICKS]]


def cover_faults(strays: Iterable[str], unseen: Iterable[str]) -> list[Fault]:
    """What is said of parts whose spans fit no text, and of words that stand nowhere."""
    stray = "Có chỗ che không khớp nội dung, đồng chí vui lòng tải lại trang rồi chọn lại."
    return [
        *(Fault(stray, column=part) for part in strays),
        *(
            Fault(
                f"Không thấy “{words[:60]}” trong nội dung. Đồng chí vui lòng gõ đúng chữ cần che, ít nhất ba chữ cái.",
                column="words",
            )
            for words in unseen
        ),
    ]
