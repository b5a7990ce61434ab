"""What is wrong with what a figure is to be worked out from: codes, dates, circles, and storeys without end."""

from collections.abc import Mapping, Sequence
from datetime import date

from danvan.foundation.errors import Fault
from danvan.indicators.enums import MeasureKind
from danvan.indicators.models import Indicator, IndicatorVersion
from danvan.indicators.selectors.definitions import Definitions, codes_in
from danvan.vietnamese.dates import format_date

MOST_STOREYS = 8  # of figures that are worked out from others that are worked out


def part_faults(
    version: IndicatorVersion, indicator: Indicator | None, sides: tuple[str | None, str | None]
) -> list[Fault]:
    """What is wrong with the formula of a version, or with the two sides of a ratio; names these on the way.

    `indicator` is what the version is of, where it is there already.
    """
    codes, faults = _named(version, sides)
    known = {one.code: one for one in Indicator.objects.filter(code__in=codes)}
    column = "numerator" if version.kind == MeasureKind.RATIO else "formula"
    if missing := [code for code in codes if code not in known]:
        message = f"Chưa có chỉ số mã {', '.join(missing)}, đồng chí vui lòng định nghĩa trước."
        faults.append(Fault(message, column=column))
    elif version.kind == MeasureKind.RATIO and codes:
        version.numerator, version.denominator = known[codes[0]], known[codes[1]]
    book = Definitions.of([one.pk for one in known.values()])
    faults += _day_faults(book, known, version.valid_from, column)
    if any(one.kind == MeasureKind.RATIO for rows in book.versions.values() for one in rows):
        message = "Không tính được từ một tỷ lệ; đồng chí vui lòng dùng tử số và mẫu số của nó."
        faults.append(Fault(message, column="formula"))
    if any(one.kind == MeasureKind.QUALITATIVE for rows in book.versions.values() for one in rows):
        message = "Chỉ số định tính không có con số nên không tính được gì từ nó."
        faults.append(Fault(message, column=column))
    parts = [known[code].pk for code in codes if code in known]
    return faults + _storey_faults(_Storeys(book), parts, indicator)


def _named(
    version: IndicatorVersion, sides: tuple[str | None, str | None]
) -> tuple[list[str], list[Fault]]:
    """The codes that a version names, or why they cannot be read."""
    numerator, denominator = sides
    if version.kind == MeasureKind.RATIO:
        if numerator and denominator and numerator != denominator and not version.formula:
            return [numerator, denominator], []
        message = "Tỷ lệ cần mã của tử số và của mẫu số, là hai chỉ số khác nhau."
        return [], [Fault(message, column="numerator")]
    if numerator or denominator:
        return [], [Fault("Chỉ tỷ lệ mới có tử số và mẫu số.", column="numerator")]
    if version.formula is None:
        return [], []
    faults = []
    if version.counter:
        message = "Chỉ số tính theo công thức không đếm từ hồ sơ nữa."
        faults.append(Fault(message, column="formula"))
    try:
        return codes_in(version.formula), faults
    except ValueError:
        message = (
            "Công thức chỉ gồm tổng hoặc hiệu của từ hai mã chỉ số trở lên, một số nhân với một mã,"
            " hoặc thương của hai mã."
        )
        return [], [*faults, Fault(message, column="formula")]


def _day_faults(
    book: Definitions, known: Mapping[str, Indicator], day: date, column: str
) -> list[Fault]:
    """Parts that are not measured on the day from which a figure is to be worked out from them."""
    idle = [
        code
        for code, one in sorted(known.items())
        if not any(
            version.valid_from <= day and (version.valid_to is None or day < version.valid_to)
            for version in book.versions.get(one.pk, ())
        )
    ]
    if not idle:
        return []
    message = (
        f"Chỉ số {', '.join(idle)} không có hiệu lực vào ngày {format_date(day)};"
        " đồng chí vui lòng chọn ngày khác hoặc chỉ số khác."
    )
    return [Fault(message, column=column)]


class _Storeys:
    """What is built on what, over all versions."""

    def __init__(self, book: Definitions) -> None:
        self.below = {
            pk: sorted({part for row in rows for part in self._parts(book, row)})
            for pk, rows in book.versions.items()
        }
        self._heights: dict[int, int] = {}

    @staticmethod
    def _parts(book: Definitions, version: IndicatorVersion) -> list[int]:
        if version.formula is not None:
            return list(book.parts(version).values())
        return [part for part in (version.numerator_id, version.denominator_id) if part is not None]

    def way(self, start: int, end: int) -> list[int]:
        """The indicators from one down to another that it is worked out from; empty where it is not."""
        if start == end:
            return [start]
        for part in self.below.get(start, ()):
            if rest := self.way(part, end):
                return [start, *rest]
        return []

    def height(self, pk: int) -> int:
        """How many storeys an indicator stands on."""
        if pk not in self._heights:
            below = [self.height(part) for part in self.below.get(pk, ())]
            self._heights[pk] = 1 + max(below) if below else 0
        return self._heights[pk]


def _storey_faults(
    storeys: _Storeys, parts: Sequence[int], indicator: Indicator | None
) -> list[Fault]:
    if indicator is not None:
        ways = [way for part in parts if (way := storeys.way(part, indicator.pk))]
        if ways:
            codes = dict(Indicator.objects.filter(pk__in=ways[0]).values_list("pk", "code"))
            chain = " → ".join([indicator.code, *(codes[pk] for pk in ways[0])])
            message = f"Chỉ số {indicator.code} không thể tính từ chính nó: {chain}."
            return [Fault(message, column="formula")]
    if any(storeys.height(part) >= MOST_STOREYS for part in parts):
        message = (
            f"Công thức chồng quá {MOST_STOREYS} tầng chỉ số, đồng chí vui lòng tính thẳng từ các chỉ số"
            " được nhập."
        )
        return [Fault(message, column="formula")]
    return []
