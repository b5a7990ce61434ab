"""The forms of the acts on one commitment and on one explanation."""

from datetime import timedelta
from typing import Any

from django import forms

from danvan.commitments.forms.fields import ActForm, WordsField
from danvan.commitments.models import Commitment
from danvan.commitments.selectors.parties import day_named
from danvan.commitments.selectors.ties import claim_doubts
from danvan.commitments.services.moving import proof_faults
from danvan.foundation import clock
from danvan.foundation.fields import DayField, SeveralFilesField
from danvan.topics.fields import TopicField
from danvan.vietnamese.dates import format_date

REPLY_DAYS = 5  # what the form suggests; whoever asks sets the day
FILES = "Tệp PDF, Word, Excel hoặc ảnh; nhiều nhất 10 tệp."


class ClaimForm(ActForm):
    """Báo xong: the result, the day, the files."""

    result = WordsField(
        label="Kết quả",
        missing="Đồng chí vui lòng ghi kết quả đã làm được.",
        help_text="Đã làm được gì, sản phẩm ở đâu.",
    )
    on = DayField(
        label="Ngày xong",
        help_text="Nếu hạn đã qua thì việc tính theo ngày báo, trừ khi người kiểm tra xác nhận đã xong từ ngày ghi ở đây.",
        error_messages={"required": "Đồng chí vui lòng ghi ngày xong việc."},
    )
    evidence = SeveralFilesField(label="Minh chứng", required=False, help_text=FILES)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing := proof_faults(commitment, ()):
            self.fields["evidence"].required = True
            self.fields["evidence"].error_messages["required"] = missing[0].message
        if doubts := claim_doubts(commitment, on=clock.today()):
            self.fields["reason"] = WordsField(
                label="Lý do vẫn báo xong",
                rows=2,
                help_text=" ".join(doubts),
                missing="Đồng chí vui lòng ghi lý do vẫn báo xong.",
            )


class CheckForm(ActForm):
    """Kiểm tra: found done, or sent back."""

    finding = WordsField(
        label="Kết quả kiểm tra, hoặc phần chưa đạt",
        missing="Đồng chí vui lòng ghi đã kiểm tra thế nào, hoặc phần nào chưa đạt.",
    )
    on = DayField(label="Ngày kiểm tra", required=False)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = day_named(commitment)
        if named and commitment.claimed_on:
            self.fields["day_confirmed"] = forms.BooleanField(
                label=f"Xác nhận đã xong từ ngày {format_date(named)}",
                required=False,
                help_text=f"Đơn vị báo ngày {format_date(commitment.claimed_on)}, khi hạn đã qua. Không xác nhận thì việc "
                "tính theo ngày báo.",
            )


class AskExtensionForm(ActForm):
    """Xin gia hạn."""

    until = DayField(
        label="Xin đến ngày",
        error_messages={"required": "Đồng chí vui lòng ghi xin gia hạn đến ngày nào."},
    )
    reason = WordsField(label="Lý do", missing="Đồng chí vui lòng ghi lý do xin gia hạn.")


class RuleForm(ActForm):
    """An opinion on what was asked for or answered; a refusal needs it."""

    words = WordsField(
        label="Ý kiến",
        rows=2,
        needed_when="cần khi không đồng ý",
        help_text="Không đồng ý thì cần ghi lý do để đơn vị biết.",
    )


class RuleExtensionForm(RuleForm):
    """Quyết định gia hạn: granted by a document."""

    document = forms.CharField(
        label="Văn bản quyết định",
        required=False,
        max_length=80,
        help_text="Ví dụ: Công văn 112/UBND-KT.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].needed_when = "cần khi đồng ý"  # type: ignore[attr-defined]


class ExtendForm(ActForm):
    """Gia hạn of the leader's own accord; without a day, until the days the units ask for."""

    until = DayField(label="Hạn mới", required=False)
    words = WordsField(label="Lý do", rows=2, missing="Đồng chí vui lòng ghi lý do cho gia hạn.")
    document = forms.CharField(
        label="Văn bản quyết định",
        max_length=80,
        help_text="Số, ký hiệu, ví dụ: Công văn 112/UBND-KT.",
        error_messages={"required": "Đồng chí vui lòng ghi văn bản quyết định gia hạn."},
    )


class ExtendOneForm(ExtendForm):
    """Gia hạn of one commitment for which nobody asked: there is no day but the one written here."""

    until = DayField(label="Hạn mới", error_messages={"required": "Đồng chí vui lòng ghi hạn mới."})


class AskExplanationForm(ActForm):
    """Yêu cầu giải trình."""

    question = WordsField(
        label="Nội dung cần giải trình", help_text="Để trống là hỏi lý do chậm và hướng xử lý."
    )
    due_on = DayField(
        label="Trả lời trước ngày",
        error_messages={"required": "Đồng chí vui lòng ghi đơn vị cần trả lời trước ngày nào."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        first = {"due_on": clock.today() + timedelta(days=REPLY_DAYS)}
        super().__init__(*args, **{**kwargs, "initial": {**first, **kwargs.get("initial", {})}})


class AnswerForm(ActForm):
    """Giải trình."""

    answer = WordsField(
        label="Giải trình của đơn vị",
        rows=5,
        missing="Đồng chí vui lòng ghi nội dung giải trình.",
        help_text="Lý do, đã làm đến đâu, khi nào xong.",
    )


class WithdrawForm(ActForm):
    """Rút việc giao nhầm."""

    words = WordsField(
        label="Lý do rút", rows=2, missing="Đồng chí vui lòng ghi lý do rút việc này."
    )


class EvidenceForm(ActForm):
    """Files added to a commitment."""

    evidence = SeveralFilesField(
        label="Thêm minh chứng",
        error_messages={"required": "Đồng chí vui lòng chọn tệp."},
        help_text=FILES,
    )
    caption = forms.CharField(label="Chú thích", required=False, max_length=200)


class FileForm(ActForm):
    """Phân lĩnh vực: the topic of the shared tree that the work is about."""

    topic = TopicField(
        help_text="Chọn “Chưa phân lĩnh vực” để bỏ. Nội dung và hạn của việc giữ nguyên."
    )
