"""What an indicator means, in plain words: how it is got, how it goes up, its formula."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan.indicators import counters
from danvan.indicators.enums import MeasureKind, OverTime, OverTree
from danvan.indicators.selectors import COMPUTED, COUNTED, codes_in, way_of
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion

TREE = {
    OverTree.SUM: "cộng các đơn vị",
    OverTree.AVERAGE: "trung bình các đơn vị",
    OverTree.LEAST: "lấy đơn vị thấp nhất",
    OverTree.MOST: "lấy đơn vị cao nhất",
    OverTree.COUNT: "đếm đơn vị có số liệu",
    OverTree.NONE: "không cộng các đơn vị",
}
TIME = {
    OverTime.SUM: "cộng các tháng (năm: cộng 12 tháng)",
    OverTime.LAST: "lấy tháng cuối có số liệu",
    OverTime.LATEST: "lấy số mới nhất, kể cả trước kỳ",
    OverTime.FIRST: "lấy tháng đầu có số liệu",
    OverTime.AVERAGE: "trung bình các tháng",
    OverTime.LEAST: "lấy tháng thấp nhất",
    OverTime.MOST: "lấy tháng cao nhất",
    OverTime.COUNT: "đếm số tháng có số liệu",
    OverTime.NONE: "không cộng các tháng",
}
SIGNS = {"sum": " + ", "difference": " − ", "times": " × ", "divide": " ÷ "}
NO_COUNTER = "Đếm từ hồ sơ mà bản cài đặt này không có."


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a formula in words: an indicator to open (`pk`), or what stands between two."""

    words: str
    pk: int = 0
    name: str = ""


def ways_up(version: "IndicatorVersion") -> str:
    """Both ways of summing in one sentence."""
    if version.kind == MeasureKind.QUALITATIVE:
        return "Không cộng thành số: ở cấp trên, đếm mỗi bậc có bao nhiêu đơn vị; kỳ dài hơn một tháng lấy tháng cuối có đánh giá."
    if version.kind == MeasureKind.RATIO:
        year = ", quy ra một năm" if version.annualised else ""
        return (
            "Không cộng tỷ lệ: tử số và mẫu số được tổng hợp riêng, rồi chia cho nhau, tính trên"
            f" {format_number(version.factor)}{year}."
        )
    if version.formula is not None:
        return "Các số thành phần được tổng hợp trước, rồi tính theo công thức."
    if version.kind == MeasureKind.PERSONS:
        return PERSONS_UP if _tells_apart(version.counter) else PERSONS_GIVEN
    return f"{TIME[OverTime(version.over_time)]}; {TREE[OverTree(version.over_tree)]}.".capitalize()


def _tells_apart(key: str) -> bool:
    """Whether a counter can say how many people there were, each once."""
    return any(one.key == key and one.persons is not None for one in counters.all_counters())


PERSONS_GIVEN = (
    "Không cộng các tháng, các đơn vị, vì một người sẽ bị đếm nhiều lần; kỳ dài hơn một tháng chỉ nói được là"
    " ít nhất bao nhiêu người."
)
PERSONS_UP = "Không cộng các tháng, các đơn vị; của kỳ dài hơn một tháng, phần mềm đếm lại từ hồ sơ cả kỳ, mỗi người một lần."


def got(version: "IndicatorVersion") -> str:
    """How its figure is got, in one sentence."""
    way = way_of(version)
    if way == COMPUTED:
        return "Tính từ các chỉ số khác, không ai nhập."
    if way == COUNTED:
        known = {one.key: one for one in counters.all_counters()}
        counter = known.get(version.counter)
        return f"Đếm từ hồ sơ: {counter.label}. {counter.definition}" if counter else NO_COUNTER
    if version.kind == MeasureKind.QUALITATIVE:
        return "Đơn vị tự chọn bậc, ghi vì sao và kèm minh chứng trong báo cáo."
    return "Đơn vị nhập trong báo cáo."


def pieces(formula: Any, known: Mapping[str, "IndicatorVersion"]) -> list[Piece]:
    """A formula as it is read: codes that open, signs and brackets between them."""
    return list(_pieces(formula, known, inside=False))


def _pieces(
    formula: Any, known: Mapping[str, "IndicatorVersion"], *, inside: bool
) -> Iterable[Piece]:
    if isinstance(formula, str):
        version = known.get(formula)
        yield Piece(
            formula, version.indicator_id if version else 0, version.name if version else ""
        )
        return
    if not isinstance(formula, dict):
        yield Piece(format_number(formula))
        return
    [(word, parts)] = formula.items()
    if inside:
        yield Piece("(")
    for number, part in enumerate(parts):
        if number:
            yield Piece(SIGNS[word])
        yield from _pieces(part, known, inside=True)
    if inside:
        yield Piece(")")


def formula_words(formula: Any) -> str:
    """A formula in one line, by codes."""
    return "".join(piece.words for piece in pieces(formula, {}))


def parts_named(version: "IndicatorVersion") -> list[str]:
    """The codes that a version is worked out from."""
    if version.formula is not None:
        return codes_in(version.formula)
    return [side.code for side in (version.numerator, version.denominator) if side is not None]
