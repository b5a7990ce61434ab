"""The forms of theo dõi, đôn đốc, kiểm tra, giám sát, and of the answer to them."""

from typing import Any

from django import forms

from danvan.commitments.enums import FollowUpKind
from danvan.commitments.forms.acts import FILES
from danvan.commitments.forms.fields import ActForm, WordsField
from danvan.commitments.services import Found
from danvan.foundation import clock
from danvan.foundation.fields import DayField, SeveralFilesField
from danvan.foundation.uploads import read_sent


class FollowManyForm(ActForm):
    """One act about several commitments."""

    kind = forms.ChoiceField(
        label="Hình thức",
        choices=FollowUpKind.choices,
        initial=FollowUpKind.URGE,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Đồng chí vui lòng chọn hình thức.",
            "invalid_choice": "Đồng chí vui lòng chọn một trong bốn hình thức.",
        },
    )
    on = DayField(label="Ngày", required=False)
    found = WordsField(
        label="Nội dung, kết quả",
        rows=4,
        needed_when="đôn đốc thì không bắt buộc",
        help_text="Đôn đốc thì có thể để trống; theo dõi, kiểm tra, giám sát thì ghi đã thấy gì. "
        "Không ghi tên, số điện thoại của người dân.",
    )
    document = forms.CharField(
        label="Văn bản",
        required=False,
        max_length=80,
        help_text="Số, ký hiệu văn bản đôn đốc hoặc kế hoạch kiểm tra, giám sát, nếu có.",
    )
    answer_by = DayField(
        label="Đề nghị trả lời trước ngày",
        required=False,
        help_text="Để trống nếu không cần đơn vị trả lời.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        first = {"on": clock.today()}
        super().__init__(*args, **{**kwargs, "initial": {**first, **kwargs.get("initial", {})}})

    def said(self) -> Found:
        """What was found, as the service takes it."""
        kept = self.cleaned_data
        files = [(file.name, read_sent(file)) for file in kept.get("evidence", [])]
        return Found(
            words=kept["found"],
            on=kept["on"],
            document=kept["document"],
            answer_by=kept["answer_by"],
            evidence=files[0] if files else None,
        )


class FollowForm(FollowManyForm):
    """One act about one commitment, with a file."""

    evidence = SeveralFilesField(
        label="Tệp kèm theo",
        required=False,
        most=1,
        help_text=f"{FILES.split(';', maxsplit=1)[0]}; một tệp, ví dụ biên bản kiểm tra.",
    )


class FollowUpAnswerForm(ActForm):
    """Trả lời."""

    answer = WordsField(
        label="Trả lời của đơn vị",
        rows=4,
        missing="Đồng chí vui lòng ghi nội dung trả lời.",
        help_text="Đã làm đến đâu, vướng gì, khi nào xong.",
    )
