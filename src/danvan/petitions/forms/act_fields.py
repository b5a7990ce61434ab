"""The fields of each act on a petition, told by the names under which its service takes them."""

from collections.abc import Callable
from typing import Any

from django import forms

from danvan.commitments.fields import UnitField
from danvan.foundation.fields import DayField
from danvan.petitions.enums import (
    FILINGS,
    AnswerChannel,
    Channel,
    Complexity,
    Finding,
    Kind,
    Publication,
    Satisfaction,
    SuspensionGround,
    TerminationGround,
)
from danvan.petitions.forms.receiving import words
from danvan.petitions.services.withdrawing import SIGNED_PAPER

Builder = Callable[[], forms.Field]


def day(label: str = "Ngày") -> Builder:
    """A day that must be written."""
    return lambda: DayField(label=label, error_messages={"required": "Đồng chí vui lòng ghi ngày."})


def line(label: str, most: int = 80, *, missing: str = "", help_text: str = "") -> Builder:
    """One line of text."""
    said = {"required": missing} if missing else {}
    return lambda: forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        help_text=help_text,
        error_messages=said,
    )


def text(label: str, rows: int = 3, *, missing: str = "", help_text: str = "") -> Builder:
    """Some lines of text."""
    return lambda: words(label, rows=rows, missing=missing, help_text=help_text)


def pick(label: str, choices: Any, missing: str) -> Builder:
    """One of a few, none chosen at first."""
    offered = [("", "Chọn"), *choices]
    said = {"required": missing, "invalid_choice": missing}
    return lambda: forms.ChoiceField(label=label, choices=offered, error_messages=said)


def several(label: str, choices: Any, missing: str) -> Builder:
    """Some of a few."""
    said = {"required": missing, "invalid_choice": missing}
    return lambda: forms.MultipleChoiceField(
        label=label, choices=list(choices), widget=forms.CheckboxSelectMultiple, error_messages=said
    )


SYMBOL = line("Số, ký hiệu văn bản")
NEEDED_SYMBOL = line(
    "Số, ký hiệu quyết định", missing="Đồng chí vui lòng ghi số, ký hiệu quyết định."
)
WITHDRAWAL = "Đơn rút, hoặc biên bản ghi lời người rút: số, ngày."
SIGNED = "Đơn rút khiếu nại có chữ ký hoặc điểm chỉ của người khiếu nại: số, ngày."
ON = day()
WHY = text("Lý do", 2)
OUTCOME = pick("Kết quả", (), "Đồng chí vui lòng chọn kết quả.")
ANSWER = {
    "text": text(
        "Nội dung trả lời",
        8,
        missing="Đồng chí vui lòng ghi nội dung trả lời; không đóng đơn khi chưa trả lời.",
    ),
    "outcome": OUTCOME,
    "channel": pick(
        "Trả lời bằng cách nào",
        AnswerChannel.choices,
        "Đồng chí vui lòng chọn trả lời bằng cách nào.",
    ),
    "on": day("Ngày trả lời"),
    "symbol": SYMBOL,
}
# The fields of each act by the names under which its service takes them.
ACT_FORMS: dict[str, dict[str, Builder]] = {
    "split": {
        "kind": pick("Loại đơn", Kind.choices, "Đồng chí vui lòng chọn loại đơn."),
        "title": line("Tóm tắt", 300, missing="Đồng chí vui lòng tóm tắt nội dung."),
        "text": text("Nội dung", 6),
        "requests": text("Yêu cầu, mỗi dòng một yêu cầu", 3),
    },
    "reclassify": {
        "kind": pick("Loại đơn", Kind.choices, "Đồng chí vui lòng chọn loại đơn."),
        "why": text("Vì sao phân loại lại", 2, missing="Đồng chí vui lòng ghi vì sao phân loại lại."),
    },
    "transfer": {
        "to_unit": lambda: UnitField("to_unit", label="Đơn vị có thẩm quyền", help_text="Chọn cơ quan, ví dụ UBND xã; chọn tên xã, phường thì đơn đến UBND hoặc cơ quan nhận đơn ở đó.", error_messages={"required": "Đồng chí vui lòng chọn đơn vị nhận đơn."}),
        "reason": text("Vì sao chuyển", 2, missing="Đồng chí vui lòng ghi vì sao chuyển."),
        "on": day("Ngày chuyển"),
        "symbol": SYMBOL,
    },
    "hand_out": {
        "where": line("Cơ quan nhận đơn", 200, missing="Đồng chí vui lòng ghi cơ quan nhận đơn."),
        "reason": text("Vì sao chuyển", 2, missing="Đồng chí vui lòng ghi vì sao chuyển."),
        "on": day("Ngày chuyển"),
        "symbol": SYMBOL,
    },
    "report_result": {
        "reported_on": lambda: DayField(label="Ngày nơi nhận báo kết quả", required=False, help_text="Để trống nếu cùng ngày trả lời."),
        **ANSWER,
    },
    "answer": ANSWER,
    "guide": {
        "where": line("Đã hướng dẫn đến nơi nào", 200, missing="Đồng chí vui lòng ghi nơi có thẩm quyền đã hướng dẫn đến."),
        "on": ON,
        "symbol": SYMBOL,
    },
    "file": {
        "closing": pick("Lý do lưu đơn", [(one.value, f"{one.value}: {one.label}") for one in FILINGS], "Đồng chí vui lòng chọn lý do lưu đơn."),
        "why": text("Ghi thêm", 2),
        "on": ON,
    },
    "refuse": {
        "closing": pick("Lý do không thụ lý", (), "Đồng chí vui lòng chọn lý do không thụ lý."),
        "why": text("Ghi thêm", 2),
        "on": ON,
        "symbol": line("Số thông báo"),
    },
    "accept": {
        "on": day("Ngày thụ lý"),
        "why": text("Lý do chính đáng nếu đơn đến sau hạn", 2),
        "symbol": line("Số thông báo thụ lý"),
    },
    "need_time": {
        "until": day("Hạn mới"),
        "why": text("Vì sao cần thêm thời gian", 2, missing="Đồng chí vui lòng ghi vì sao cần thêm thời gian; người gửi đọc được lý do này.", help_text="Người gửi đọc được lý do này. Hạn mới là lời hẹn thêm; đúng hạn hay không vẫn tính theo hạn giải quyết đầu tiên."),
        "on": day("Ngày báo"),
        "symbol": SYMBOL,
    },
    "assign": {
        "verifier": pick("Người xác minh", (), "Đồng chí vui lòng chọn người xác minh."),
        "on": day("Ngày giao"),
        "symbol": SYMBOL,
    },
    "find": {
        "finding": pick("Kết quả so với yêu cầu", [one for one in Finding.choices if one[0]], "Đồng chí vui lòng chọn kết quả đúng hay khác yêu cầu."),
        "words": text("Kết quả xác minh", 4, missing="Đồng chí vui lòng ghi kết quả xác minh."),
        "on": ON,
        "symbol": line("Số báo cáo"),
    },
    "mark_complex": {
        "criteria": several("Dấu hiệu phức tạp theo luật", Complexity.choices, "Đồng chí vui lòng chọn dấu hiệu phức tạp."),
        "symbol": line("Văn bản trong hồ sơ nêu các dấu hiệu này", missing="Đồng chí vui lòng ghi văn bản trong hồ sơ nêu dấu hiệu phức tạp."),
        "on": ON,
    },
    "invite": {
        "held_on": day("Ngày đối thoại"),
        "place": line("Nơi đối thoại", 200, missing="Đồng chí vui lòng ghi nơi đối thoại."),
        "on": day("Ngày gửi giấy mời"),
        "symbol": SYMBOL,
    },
    "hold": {
        "held_on": day("Ngày đối thoại"),
        "words": text("Kết quả đối thoại", 4, missing="Đồng chí vui lòng ghi kết quả đối thoại."),
        "absent": lambda: forms.BooleanField(label="Người khiếu nại được mời mà vắng, không có lý do chính đáng", required=False),
        "symbol": line("Số biên bản"),
    },
    "suspend": {
        "ground": pick("Căn cứ", SuspensionGround.choices, "Đồng chí vui lòng chọn căn cứ tạm đình chỉ."),
        "words": text("Ghi rõ căn cứ", 2, missing="Đồng chí vui lòng ghi rõ căn cứ."),
        "symbol": NEEDED_SYMBOL,
        "on": day("Ngày quyết định"),
    },
    "resume": {"symbol": NEEDED_SYMBOL, "on": day("Ngày quyết định")},
    "terminate": {
        "ground": pick("Căn cứ", TerminationGround.choices, "Đồng chí vui lòng chọn căn cứ đình chỉ."),
        "words": text("Ghi thêm", 2),
        "symbol": NEEDED_SYMBOL,
        "on": day("Ngày quyết định"),
    },
    "request": {"words": text("Yêu cầu", 2, missing="Đồng chí vui lòng ghi rõ yêu cầu.")},
    "withdraw_part": {
        "request_ids": several("Yêu cầu được rút", (), "Đồng chí vui lòng chọn yêu cầu mà người gửi rút."),
        "on": ON,
        "symbol": line("Số văn bản rút"),
    },
    "withdraw": {"words": WHY, "on": ON, "symbol": line("Văn bản rút", help_text=WITHDRAWAL)},
    "end_withdrawn": {
        "paper": line("Văn bản rút", missing=SIGNED_PAPER, help_text=SIGNED),
        "words": WHY,
        "symbol": NEEDED_SYMBOL,
        "on": day("Ngày quyết định"),
    },
    "decide": {
        "outcome": OUTCOME,
        "words": text("Tóm tắt quyết định", 3),
        "symbol": NEEDED_SYMBOL,
        "on": day("Ngày quyết định"),
    },
    "send": {"on": day("Ngày gửi"), "words": text("Gửi những ai", 2)},
    "publish": {
        "publication": pick("Hình thức công khai", [one for one in Publication.choices if one[0]], "Đồng chí vui lòng chọn hình thức công khai."),
        "on": ON,
    },
    "enforce": {"on": day("Từ ngày"), "words": text("Ghi thêm", 2)},
    "appeal": {
        "unit": lambda: UnitField("unit", label="Cấp giải quyết lần hai", error_messages={"required": "Đồng chí vui lòng chọn đơn vị giải quyết lần hai."}),
        "received_on": day("Ngày nhận"),
        "channel": pick("Đơn đến bằng cách nào", Channel.choices, "Đồng chí vui lòng chọn đơn đến bằng cách nào."),
        "sender": line("Nơi chuyển đơn đến", 200, help_text="Ghi khi cơ quan, đại biểu, báo chí chuyển đến: nơi ấy phải được báo kết quả."),
        "sender_symbol": line("Số văn bản chuyển"),
        "text": text("Nội dung khiếu nại lần hai", 6),
        "why_late": text("Lý do chính đáng nếu quá hạn", 2),
    },
    "rate": {
        "satisfaction": pick("Người gửi đánh giá", [one for one in Satisfaction.choices if one[0]], "Đồng chí vui lòng chọn mức hài lòng."),
        "on": ON,
    },
    "dispute": {
        "why": text("Vì sao người gửi không đồng ý", 3, missing="Đồng chí vui lòng ghi vì sao người gửi không đồng ý."),
        "on": ON,
    },
    "check": {"on": day("Ngày kiểm tra"), "words": text("Kết quả kiểm tra", 2)},
    "notice": {"on": day("Ngày gửi"), "symbol": SYMBOL},
    "report_back": {"on": day("Ngày báo"), "symbol": SYMBOL},
    "group": {
        "standing": lambda: forms.BooleanField(label="Người gửi đã ghi tên khi nhận đơn là người đại diện", required=False, help_text="Chọn ô này thì không phải ghi lại họ tên người ấy."),
        "name": line("Họ tên người đại diện", 120),
        "address": line("Địa chỉ", 300),
        "id_number": line("Số căn cước, hộ chiếu", 20),
        "phone": line("Điện thoại", 20),
    },
    "bar": {"user": pick("Người bị khiếu nại trong hệ thống", (), "Đồng chí vui lòng chọn người.")},
    "finish": {"on": day("Ngày kết thúc")},
}  # fmt: skip
