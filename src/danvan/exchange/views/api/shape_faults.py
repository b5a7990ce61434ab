"""What is wrong with the shape of what the API was sent, each as a whole sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from danvan.vietnamese.numbers import format_number

Said = Callable[[Mapping[str, Any]], str]
UNLIKE = "Phần này không đúng dạng. Vui lòng xem lại theo tài liệu."
WORDS, WHOLE, NUMBER, DAY = (
    "Phần này phải là chữ.",
    "Phần này phải là số nguyên.",
    "Phần này phải là một số.",
    "Phần này phải là ngày dạng 2026-11-20.",
)


def _longest(told: Mapping[str, Any]) -> str:
    return f"Phần này dài quá {format_number(told['max_length'])} ký tự. Vui lòng viết gọn lại."


def _shortest(told: Mapping[str, Any]) -> str:
    return f"Phần này ngắn quá, cần ít nhất {format_number(told['min_length'])} ký tự."


def _one_of(told: Mapping[str, Any]) -> str:
    return f"Phần này chỉ nhận một trong: {str(told['expected']).replace(' or ', ', ')}."


SENTENCES: dict[str, str | Said] = {
    "missing": "Thiếu phần này. Vui lòng gửi đủ.",
    "extra_forbidden": "Không có phần nào tên như vậy. Vui lòng bỏ đi hoặc xem lại tên.",
    "json_invalid": "Nội dung gửi không phải JSON đọc được. Vui lòng xem lại.",
    "string_type": WORDS,
    "string_unicode": WORDS,
    "string_too_long": _longest,
    "string_too_short": _shortest,
    "string_pattern_mismatch": "Phần này có ký tự không nhận hoặc không đúng mẫu. Vui lòng xem lại theo tài liệu.",
    "literal_error": _one_of,
    "bool_type": "Phần này chỉ nhận true hoặc false.",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "greater_than_equal": lambda told: f"Số này nhỏ nhất là {format_number(told['ge'])}.",
    "less_than_equal": lambda told: f"Số này lớn nhất là {format_number(told['le'])}.",
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "model_type": "Phần này phải là một đối tượng JSON.",
    "model_attributes_type": "Phần này phải là một đối tượng JSON.",
    "dict_type": "Phần này phải là một đối tượng JSON.",
    "list_type": "Phần này phải là một danh sách.",
}


def sentence_of(fault: Mapping[str, Any]) -> str:
    """What to tell of one fault of the reader of shapes; never its own words, which are in English."""
    said = SENTENCES.get(str(fault["type"]), UNLIKE)
    return said if isinstance(said, str) else said(fault.get("ctx", {}))
