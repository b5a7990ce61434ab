"""What a person is asked for where a text leaves a part of a proposal unsaid."""

from collections.abc import Sequence

QUESTIONS = {
    "title": "Chỉ tiêu này nói việc gì?",
    "kind": "Loại tổ chức nào phải thực hiện?",
    "levels": "Cấp nào phải thực hiện?",
    "conditions": "Đếm bằng hồ sơ nào, ít nhất bao nhiêu?",
    "every": "Bao lâu tính một lần?",
    "valid_from": "Tính từ ngày nào?",
    "symbol": "Số, ký hiệu của văn bản là gì?",
    "label": "Số liệu này nói về việc gì?",
    "value": "Số liệu này là bao nhiêu?",
    "task": "Việc phải làm là gì?",
    "lead": "Đơn vị nào chủ trì?",
    "due": "Hạn đến ngày nào?",
    "product": "Xong việc thì có sản phẩm gì?",
    "activity_kind": "Hoạt động này thuộc loại nào?",
    "activity": "Hoạt động này là việc gì?",
    "led_by": "Đơn vị nào chủ trì hoạt động này?",
    "held_on": "Hoạt động này diễn ra ngày nào?",
}
SHORT = {
    "title": "tên chỉ tiêu",
    "kind": "loại tổ chức",
    "levels": "cấp",
    "conditions": "cách đếm và mức tối thiểu",
    "every": "chu kỳ",
    "valid_from": "ngày bắt đầu",
    "symbol": "số, ký hiệu",
    "label": "nội dung",
    "value": "con số",
    "task": "nội dung việc",
    "lead": "đơn vị chủ trì",
    "due": "hạn hoàn thành",
    "product": "sản phẩm",
    "activity_kind": "loại hoạt động",
    "activity": "nội dung hoạt động",
    "led_by": "đơn vị chủ trì",
    "held_on": "ngày thực hiện",
}


def ask_for(missing: Sequence[str]) -> str:
    """One sentence that names the missing parts and says what to do."""
    return (
        f"Văn bản chưa nêu rõ: {', '.join(SHORT[part] for part in missing)}. "
        "Đồng chí vui lòng bổ sung rồi nhận."
    )
