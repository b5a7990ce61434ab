"""What a figure is about: the words that lead to the number and those that say what is counted."""

import re

from danvan.reading.quantities import Quantity

_BOUNDARY = re.compile(r"[,;:.(\n]|(?<!\w)(?:và|trong đó|gồm|bao gồm|tương ứng)(?!\w)")
_LEAD = re.compile(
    r"^[ *#>+•\"(-]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)] |[a-zđ]\) )?(?:(?:(?:trong |đến |hết )?(?:năm|tháng|quý|giai đoạn) [\divx/ .-]+\)?|và|thì|đã|có|được|đạt|là|còn|với|trong đó|gồm|lên|xuống)(?!\w)[ ]*)*"
)
_TAIL = re.compile(
    r"[ ]*(?:đạt|chiếm|là|còn|có|được|bằng|từ|đến|lên|xuống còn|xuống|với|khoảng|gần|hơn|trên|dưới|ít nhất|tối thiểu|không quá)?[ ]*$"
)
_BEHIND = re.compile(r"[ ]?[^,;:.()/\d\n%]{0,90}")
_BEHIND_ENDS = re.compile(
    r"(?<!\w)(?:so với|năm|tháng|quý|trong năm|tại|với|và|đạt|chiếm|tăng|giảm|trở lên|trên địa bàn|lên|xuống)(?!\w)"
)
_LONGEST = 160


def subject_of(text: str, low: str, quantity: Quantity, floor: int, end: int) -> str:
    """The subject of a figure whose clause reaches from `floor` to `end`; "" where the words tell none."""
    before = low[floor : quantity.start]
    cuts = [one.end() for one in _BOUNDARY.finditer(before)]
    start = floor + (cuts[-1] if cuts else 0)
    lead = _trimmed(text[start : quantity.start])
    if not lead and cuts and before[cuts[-1] - 1] in ":(":
        # "Tỷ lệ hộ nghèo: 5%", "Tỷ lệ hộ nghèo (5%)": the words in front of the mark.
        start = floor + (cuts[-2] if len(cuts) > 1 else 0)
        lead = _trimmed(text[start : floor + cuts[-1] - 1])
    behind = _BEHIND.match(low, quantity.end, end)
    close = behind.end() if behind else quantity.end
    stop = _BEHIND_ENDS.search(low, quantity.end, close)
    rest = text[quantity.end : stop.start() if stop else close]
    unit = "" if quantity.kind in {"percent", "bare"} else quantity.unit
    words = " ".join(f"{lead} {unit} {rest}".split())
    return words[:_LONGEST].strip(' -–"(/)')


def _trimmed(words: str) -> str:
    words = " ".join(words.split())
    return _TAIL.sub("", _LEAD.sub("", words))
