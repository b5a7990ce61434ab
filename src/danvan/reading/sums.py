"""Arithmetic of a sentence: parts against their total, a rise against its two ends. Told, never corrected."""

import re
from collections.abc import Sequence
from decimal import Decimal

from danvan.reading.figures import places
from danvan.reading.judging import FIGURE, Judged
from danvan.reading.proposals import Note
from danvan.reading.quantities import Quantity
from danvan.reading.view import View
from danvan.vietnamese.numbers import format_number

# What stands between a total and its parts. "gồm" names all parts, "trong đó" may name some.
_ALL = re.compile(r"[^.;\d]{0,60}(?<!\w)(?:gồm|bao gồm|gồm có|chia ra|cụ thể là)[ :]+[^.;\d]{0,20}")
_SOME = re.compile(r"[^.;\d]{0,60}(?:(?<!\w)trong đó[ :]*(?:có )?|\()[^.;\d)]{0,30}")
_NEXT = re.compile(r"[^.;\d(]{0,80}(?:,|và|;)[^.;\d(]{0,30}")
_ENDS = re.compile(r"[^.;\d]{0,60}")
_LED = re.compile(r"(?<!\w)(?:lên|xuống|xuống còn|còn|đến)(?!\w)")
_CHANGE = re.compile(r"[^.;\d]{0,70}?(?:,|\(|(?<!\w)tức)[ ]*[^.;,\d]{0,30}")
_KINDS = frozenset({"counted", "measured", "money"})
_ASK = "Đồng chí vui lòng kiểm tra lại với nơi gửi."
_FEWEST = 2


def check_sums(view: View, judged: Sequence[Judged]) -> list[Note]:
    """A note for each total that is not the sum of its parts, and each rise that its two ends do not give."""
    notes: list[Note] = []
    stated = [one for one in judged if one.verdict == FIGURE and one.quantity.value is not None]
    for at, one in enumerate(stated):
        following = [other for other in stated[at + 1 : at + 12] if other.sentence is one.sentence]
        if one.quantity.kind in _KINDS and following:
            notes += _against_total(view, one, following)
        if len(following) >= _FEWEST:
            notes += _against_ends(view, one, following)
    return notes


def _against_total(view: View, total: Judged, following: list[Judged]) -> list[Note]:
    whole, first = total.quantity, following[0].quantity
    every = _ALL.fullmatch(view.low, whole.end, first.start)
    some = _SOME.fullmatch(view.low, whole.end, first.start)
    if not (every or some) or whole.comparator != "eq":
        return []
    parts: list[Quantity] = []
    for one in following:
        part = one.quantity
        if (
            part.unit.split()[:1] != whole.unit.split()[:1]
            or part.comparator != "eq"
            or part.kind != whole.kind
        ):
            break
        if parts and not _NEXT.fullmatch(view.low, parts[-1].end, part.start):
            break
        parts.append(part)
    amounts = [part.amount or Decimal(0) for part in parts]
    wanted, summed = whole.amount or Decimal(0), sum(amounts, Decimal(0))
    # Where only some parts are named, they may not outdo the whole; one part alone says nothing of it.
    wrong = summed > wanted or (bool(every) and len(parts) == len(following) and summed < wanted)
    if len(parts) < _FEWEST or not wrong:
        return []
    start, _ = view.span(whole.start, whole.end)
    _, end = view.span(parts[-1].start, parts[-1].end)
    told = " + ".join(format_number(part.value or Decimal(0)) for part in parts)
    scale = wanted / whole.value if whole.value else Decimal(1)
    return [
        Note(
            start,
            end,
            "sum",
            f"Các phần cộng lại {told} = {format_number(summed / scale)} {whole.unit}, "
            f"văn bản ghi tổng {format_number(whole.value or Decimal(0))} {whole.unit}. {_ASK}",
        )
    ]


def _against_ends(view: View, first: Judged, following: list[Judged]) -> list[Note]:
    """`tăng từ 100 hộ lên 120 hộ, tăng 30%`."""
    begun, ended, change = first.quantity, following[0].quantity, following[1].quantity
    between = view.low[begun.end : ended.start]
    if (
        not begun.value
        or ended.value is None
        or change.value is None
        or begun.unit != ended.unit
        or not change.direction
        or not _LED.search(between)
        or not _ENDS.fullmatch(re.sub(r"\d", "", between))
        or not _CHANGE.fullmatch(view.low[ended.end : change.start])
    ):
        return []
    if "=" in between or any(one.comparator != "eq" for one in (begun, ended, change)):
        return []
    moved = ended.value - begun.value
    if change.kind == "percent" and begun.kind != "percent":
        exact = 100 * moved / begun.value
    elif change.unit == begun.unit or "điểm" in change.unit:
        exact = moved
    else:
        return []
    unit = Decimal(1).scaleb(-places(change.value))
    if abs(abs(exact) - change.value) <= unit and (exact > 0) == (change.direction == "increase"):
        return []
    start, _ = view.span(begun.start, begun.end)
    _, end = view.span(change.start, change.end)
    way = "tăng" if exact > 0 else "giảm"
    return [
        Note(
            start,
            end,
            "change",
            f"Từ {format_number(begun.value)} đến {format_number(ended.value)} là {way} "
            f"{format_number(abs(exact), places(change.value))} {change.unit}, văn bản ghi {format_number(change.value)} {change.unit}. {_ASK}",
        )
    ]
