"""Figures as they are written here: a point between thousands, a comma before the fraction."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from danvan.vietnamese.text import canonical, fold

LONGEST = 60  # no figure of this work is longer; more digits than thousands cannot even be printed
_PLAIN = re.compile(r"([+-]?)([0-9]{1,3}(?:([. ])[0-9]{3}(?:\3[0-9]{3})*)|[0-9]+)(?:,([0-9]+))?")
_FOREIGN = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}")
_COMMA = re.compile(r"([+-]?[0-9]{1,3}),([0-9]{3})")
_POINT = re.compile(r"([+-]?[0-9]+)\.([0-9]+)")
_SCALES = {
    "trăm": Decimal(100),
    "nghìn": Decimal(1_000),
    "ngàn": Decimal(1_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(1_000_000_000),
    "tỉ": Decimal(1_000_000_000),
}
_STEP = re.compile(rf"([+-]?[0-9][0-9., ]*)\s*((?:(?:{'|'.join(_SCALES)})\b\s*)+)", re.IGNORECASE)
_LAST = re.compile(r"([+-]?[0-9](?:[0-9., ]*[0-9])?)\s*(.*)", re.DOTALL)


def format_number(value: Decimal | float, places: int | None = None) -> str:
    """Write a figure as 1.234,56; rounded half up to `places` where they are given, else as exact as it is."""
    if isinstance(value, int) and places is None:
        return f"{value:,}".replace(",", ".")
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("Chỉ viết được số hữu hạn.")
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{abs(exact):,f}".translate(str.maketrans(",.", ".,"))
    return f"-{written}" if exact < 0 else written


def format_share(numerator: Decimal | float, denominator: Decimal | float | None) -> str:
    """Write `71/130 = 54,6 %`. Where the whole is unknown or nought it says so and gives no percentage.

    A share short of the whole is never rounded up to 100,0 %, nor one above nothing down to 0,0 %.
    """
    if denominator is None:
        return f"{format_number(numerator)}/chưa rõ tổng số"
    written = f"{format_number(numerator)}/{format_number(denominator)}"
    part, whole = Decimal(str(numerator)), Decimal(str(denominator))
    if whole <= 0:
        return f"{written} (không tính được tỷ lệ)"
    share = (100 * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if share == 100 and part < whole:
        share = Decimal("99.9")
    if share == 0 and part > 0:
        share = Decimal("0.1")
    return f"{written} = {format_number(share)} %"


def parse_number(text: str, *, whole: bool = False) -> Decimal:
    """Read `1.234,56`, `1234,56` or `1 234,56`. ValueError with a whole sentence on anything else, whose example is a
    whole number where one is asked for (`whole`).

    `1.234` is one thousand two hundred and thirty-four; `1,234.56` and `1.5` are asked about, not guessed.
    """
    written, example = _minus(canonical(text).strip()), "1.234" if whole else "1.234,56"
    if not written:
        raise ValueError(f"Đồng chí vui lòng nhập một số, ví dụ {example}.")
    if len(written) > LONGEST:
        raise ValueError(f"Số này dài quá {LONGEST} chữ số. Đồng chí vui lòng xem lại.")
    found = _PLAIN.fullmatch(written)
    if found:
        sign, thousands, _, fraction = found.groups()
        digits = re.sub("[. ]", "", thousands)
        return Decimal(f"{sign}{digits}.{fraction}" if fraction else f"{sign}{digits}")
    if _FOREIGN.fullmatch(written):
        meant = format_number(Decimal(written.replace(",", "")))
        raise ValueError(
            f"“{written}” viết theo lối Anh - Mỹ. Có phải đồng chí muốn nhập {meant}? "
            "Đồng chí vui lòng dùng dấu chấm ngăn hàng nghìn và dấu phẩy trước phần lẻ."
        )
    if point := _POINT.fullmatch(written):
        raise ValueError(
            f"“{written}” có thể hiểu hai cách. Nếu là số lẻ, đồng chí vui lòng viết "
            f"{point[1]},{point[2]}; nếu là hàng nghìn, vui lòng viết đủ ba chữ số sau dấu chấm."
        )
    raise ValueError(f"“{written}” không phải là một số. Đồng chí vui lòng viết như {example}.")


def meanings(text: str) -> list[Decimal]:
    """What a figure may mean that people write in two ways: `1,234.56`, `1.5`, `1,234`. Empty where it is plain."""
    written = _minus(canonical(text).strip())
    if len(written) > LONGEST or ("," not in written and _PLAIN.fullmatch(written)):
        return []
    if _FOREIGN.fullmatch(written):
        return [Decimal(written.replace(",", ""))]
    if point := _POINT.fullmatch(written):
        thousands = f"{point[1]}{point[2]:0<3}"
        found = [Decimal(f"{point[1]}.{point[2]}")]
        return found if len(point[2]) >= 3 else [*found, Decimal(thousands)]
    if comma := _COMMA.fullmatch(written):
        return [Decimal(f"{comma[1]}{comma[2]}"), Decimal(f"{comma[1]}.{comma[2]}")]
    return []


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with the words that stand after it (`đồng`, `m2`, `lượt`, `%`), as written."""

    value: Decimal
    unit: str


def parse_amount(text: str) -> Amount:
    """Read `4,5 tỷ đồng`, `137 triệu`, `2 tỷ 300 triệu đồng`, `3.330 m2`, `54,6 %`.

    ValueError with a whole sentence where no figure stands at the front.
    """
    rest = _minus(" ".join(canonical(text).split()))
    total, counted = Decimal(0), False
    while found := _STEP.match(rest):
        scale = Decimal(1)
        for word in found[2].lower().split():
            scale *= _SCALES[word]
        total += parse_number(found[1].strip()) * scale
        rest, counted = rest[found.end() :].strip(), True
    last = _LAST.fullmatch(rest)
    if last and not counted:
        return Amount(parse_number(last[1]), last[2].strip())
    if counted and not last:
        return Amount(total, rest)
    raise ValueError(
        f"“{text.strip()}” không phải là một số lượng. Đồng chí vui lòng viết như 4,5 tỷ đồng hoặc 3.330 m2."
    )


def parse_in(text: str, unit: str, *, whole: bool = False) -> Decimal:
    """Read a figure asked for in a unit: `4 tỷ` is 4 in `tỷ đồng` and 4.000 in `triệu đồng`; `12 lượt` is 12 in `lượt`.

    ValueError with a whole sentence where it is none, or is one of another unit: nothing is turned into hectares.
    """
    try:
        return parse_number(text, whole=whole)
    except ValueError as wrong:
        plain = wrong
    scale, base = Decimal(1), canonical(unit).lower().split()
    while base and base[0] in _SCALES:
        scale *= _SCALES[base.pop(0)]
    try:
        amount = parse_amount(text)
    except ValueError:
        raise plain from None
    said = fold(amount.unit)
    scaled = bool(_STEP.match(_minus(" ".join(canonical(text).split()))))
    if not scaled and said == fold(unit):
        return amount.value
    if said == fold(" ".join(base)) or (scaled and not said):
        return amount.value / scale
    raise plain


def _minus(text: str) -> str:
    return re.sub("^[\u2010-\u2015\u2212]", "-", text)
