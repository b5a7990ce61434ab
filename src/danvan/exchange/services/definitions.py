"""Indicators out of DHIS2's data elements and indicators: what each becomes here, or why it does not."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from danvan.exchange.counterparts import NUMBER, YES_NO, Counterpart
from danvan.exchange.dhis2.aggregation import Aggregation, aggregation_of
from danvan.exchange.dhis2.expressions import (
    Expression,
    Figure,
    Joined,
    figures_in,
    read_expression,
)
from danvan.exchange.dhis2.metadata import DataElement, RatioIndicator
from danvan.foundation.errors import RuleError
from danvan.indicators.enums import AcrossBreak, MeasureKind, OverTime, OverTree
from danvan.indicators.selectors import codes_in, indicators_by_code, versions_for
from danvan.indicators.services import define_indicator
from danvan.vietnamese.text import canonical, fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.exchange.services.metadata import MetadataReport
    from danvan.indicators.models import IndicatorVersion

PLACES = {
    "NUMBER": 2, "PERCENTAGE": 2, "UNIT_INTERVAL": 4, "INTEGER": 0, "INTEGER_POSITIVE": 0,
    "INTEGER_NEGATIVE": 0, "INTEGER_ZERO_OR_POSITIVE": 0, "BOOLEAN": 0, "TRUE_ONLY": 0,
}  # fmt: skip
YES_NO_TYPES = {"BOOLEAN", "TRUE_ONLY"}
LONGEST_CODE, LONGEST_NAME = 30, 300
MOST_PLACES = 6
GAPS = "Công thức: phần nào không có số liệu thì cả công thức để trống; DHIS2 coi phần ấy là 0."


@dataclass(slots=True)
class Definer:
    """Takes over one after another: a ratio needs the elements that it names, so those come first."""

    report: "MetadataReport"
    actor: "User | None"
    valid_from: date
    taken: dict[str, str] = field(default_factory=dict)  # the uid that each code was taken for

    def take_element(self, one: DataElement) -> None:
        """Define what a data element asks, and each of its combos; or note why not."""
        table = self.report.table
        if (one.uid, "") in table.indicators or table.combos.get(one.uid):
            self.report.known.append(one.uid)
            return
        try:
            way = _way(one)
            code = self._code(one.uid, one.code)
            if one.combos:
                self._define_combos(one, way, code)
            else:
                self._define(code, one.uid, **_meaning(one, way))
        except (ValueError, RuleError) as refused:
            self.report.leave("element", one.uid, one.name, str(refused))
            return
        values = YES_NO if one.value_type in YES_NO_TYPES else NUMBER
        table.add(one.uid, "", Counterpart(code, values, one.name))
        for combo in one.combos:
            part = _combo_code(one.uid, combo.uid)
            table.add(one.uid, combo.uid, Counterpart(part, values, f"{one.name}: {combo.name}"))
        if way.differs:
            self.report.notes.append(f"{code} ({one.name[:80]}), {one.aggregation}: {way.differs}.")

    def take_indicator(self, one: RatioIndicator) -> None:
        """Define what an indicator works out; or note why not."""
        table = self.report.table
        if (one.uid, "") in table.indicators:
            self.report.known.append(one.uid)
            return
        try:
            code = self._worked_out(one)
        except (ValueError, RuleError) as refused:
            self.report.leave("indicator", one.uid, one.name, str(refused))
            return
        table.add(one.uid, "", Counterpart(code, NUMBER, one.name))

    def _define_combos(self, one: DataElement, way: Aggregation, code: str) -> None:
        if way.over_time == OverTime.NONE:
            self.report.notes.append(
                f"{code} ({one.name[:80]}): tổng của các nhóm chỉ có ở đúng đơn vị và tháng đã gửi."
            )
        meaning = _meaning(one, way)
        parts = []
        for combo in one.combos:
            part = _combo_code(one.uid, combo.uid)
            name = f"{one.name}: {combo.name}"[:LONGEST_NAME]
            self._define(part, f"{one.uid}.{combo.uid}", **{**meaning, "name": name})
            parts.append(part)
        formula: Any = {"sum": parts} if len(parts) > 1 else parts[0]
        self._define(code, one.uid, **{**meaning, "formula": formula})
        self._note_gaps()

    def _worked_out(self, one: RatioIndicator) -> str:
        """Define an indicator; the code of what it became."""
        numerator, denominator = read_expression(one.numerator), read_expression(one.denominator)
        if not figures_in(numerator):
            raise ValueError("tử số không có số liệu nào, chỉ có hằng số")
        if not one.factor.isdigit() or int(one.factor) == 0:
            raise ValueError(f"hệ số “{one.factor}” không phải là số nguyên dương")
        name = one.name[:LONGEST_NAME]
        code = self._code(one.uid, one.code)
        meaning = {
            "name": name,
            "definition": one.definition or name,
            "places": min(one.decimals, MOST_PLACES),
        }
        if isinstance(denominator, Decimal):
            if one.annualised:
                raise ValueError("quy ra một năm mà không có mẫu số")
            if denominator == 0:
                raise ValueError("mẫu số là 0")
            times = Fraction(int(one.factor)) / Fraction(denominator)
            formula = self._formula(_times(times, numerator))
            if isinstance(formula, str):  # the same as what it names
                return formula
            kind = MeasureKind.FLOW
            self._define(code, one.uid, **meaning, kind=kind, unit_label="số", formula=formula)
            self._note_gaps()
            return code
        ratio = {
            "numerator": self._part(one, numerator, "N", "Tử số"),
            "denominator": self._part(one, denominator, "D", "Mẫu số"),
        }
        factor = int(one.factor)
        self._define(
            code,
            one.uid,
            **meaning,
            **ratio,
            kind=MeasureKind.RATIO,
            unit_label={1: "lần", 100: "%", 1000: "‰"}.get(factor, f"trên {factor}"),
            factor=factor,
            annualised=one.annualised,
        )
        return code

    def _part(self, one: RatioIndicator, expression: Expression, letter: str, word: str) -> str:
        """The code of a ratio's part: what it names, or a formula that is defined for it."""
        formula = self._formula(expression)
        if isinstance(formula, str):
            return formula
        code = f"{one.uid.upper()}.{letter}"
        name = f"{word}: {one.name}"[:LONGEST_NAME]
        self._define(
            code, f"{one.uid}.{letter}", name=name, definition=name, unit_label="số",
            kind=MeasureKind.FLOW, formula=formula,
        )  # fmt: skip
        self._note_gaps()
        return code

    def _note_gaps(self) -> None:
        if GAPS not in self.report.notes:
            self.report.notes.append(GAPS)

    def _formula(self, expression: Expression) -> Any:
        """An expression as a formula over our codes. ValueError where it says what a formula cannot."""
        if isinstance(expression, Figure):
            found = self.report.table.of(expression.element, expression.combo)
            if found is None:
                named = f"{expression.element}.{expression.combo}".rstrip(".")
                raise ValueError(f"phần tử {named} trong công thức không được nhận vào")
            return found.code
        if isinstance(expression, Decimal):
            raise ValueError("công thức cộng hoặc trừ với một hằng số")
        left, right = expression.left, expression.right
        if expression.sign == "*" and isinstance(left, Decimal):
            return {"times": [_number(Fraction(left)), self._formula(right)]}
        if expression.sign == "*" and isinstance(right, Decimal):
            return {"times": [_number(Fraction(right)), self._formula(left)]}
        if expression.sign == "*":
            raise ValueError("công thức nhân hai số liệu với nhau")
        if expression.sign == "/" and isinstance(right, Decimal):
            return {"times": [_number(1 / Fraction(right)), self._formula(left)]}
        word = {"+": "sum", "-": "difference", "/": "divide"}[expression.sign]
        parts = [self._formula(left), self._formula(right)]
        if word == "sum" and isinstance(parts[0], dict) and "sum" in parts[0]:
            parts = [*parts[0]["sum"], parts[1]]  # a + b + c lies flat
        formula = {word: parts}
        codes_in(formula)  # refuses what is too long
        return formula

    def _code(self, uid: str, theirs: str) -> str:
        """Ours for what carries a code there: that code where ours may be so, else the uid."""
        tidy = re.sub(r"[^A-Z0-9.]+", "-", fold(canonical(theirs)).upper()).strip("-.")
        code = tidy if tidy and len(tidy) <= LONGEST_CODE else uid.upper()
        if self.taken.get(code, uid) != uid or _of_another(code, uid):
            code = uid.upper()
        self.taken[code] = uid
        return code

    def _define(self, code: str, uid: str, **meaning: Any) -> None:
        """Define under a code, unless it stands there already from an import before. ValueError where it means another."""
        held = indicators_by_code([code]).get(code)
        if held is None:
            define_indicator(
                code=code, actor=self.actor, valid_from=self.valid_from, source_symbol=_source(uid), **meaning
            )  # fmt: skip
            self.report.defined.append(code)
            return
        version = versions_for([held.pk], self.valid_from)[held.pk]
        if version.source_symbol != _source(uid):
            raise ValueError(
                f"mã {code} đã là chỉ tiêu khác: ghi vào bảng đối chiếu nếu là một chỉ tiêu"
            )
        self.report.known.append(code)
        if _changed(version, meaning):
            self.report.notes.append(
                f"{code}: định nghĩa trong tệp khác với lần nhập trước; không đổi."
            )


def _of_another(code: str, uid: str) -> bool:
    """Whether a code of ours was not taken over from this uid."""
    held = indicators_by_code([code]).get(code)
    if held is None:
        return False
    symbols = held.versions.values_list("source_symbol", flat=True)
    return _source(uid) not in set(symbols)


def _source(uid: str) -> str:
    return f"DHIS2 {uid}"


def _combo_code(element: str, combo: str) -> str:
    return f"{element}.{combo}".upper()


def _way(one: DataElement) -> Aggregation:
    """How a data element is summed. ValueError where it is nothing that we count."""
    if not one.uid or not one.name:
        raise ValueError("không có mã hoặc tên")
    if one.domain != "AGGREGATE":
        raise ValueError("số liệu theo dõi từng người (tracker), không phải số tổng hợp")
    if one.value_type not in PLACES:
        raise ValueError(f"kiểu {one.value_type} không phải là số")
    return aggregation_of(one.aggregation)


def _meaning(one: DataElement, way: Aggregation) -> dict[str, Any]:
    flow = way.over_time in (OverTime.SUM, OverTime.NONE)
    shared = way.over_tree == OverTree.SUM and one.value_type not in YES_NO_TYPES
    return {
        "name": one.name[:LONGEST_NAME],
        "definition": one.definition or one.name,
        "unit_label": "lần có" if one.value_type in YES_NO_TYPES else "số",
        "kind": MeasureKind.FLOW if flow else MeasureKind.STOCK,
        "over_time": way.over_time,
        "over_tree": way.over_tree,
        "at_break": AcrossBreak.SHARE if shared else AcrossBreak.WHOLE,
        "places": PLACES[one.value_type],
    }


def _changed(version: "IndicatorVersion", meaning: dict[str, Any]) -> bool:
    said = {key: value for key, value in meaning.items() if key not in ("numerator", "denominator")}
    said["name"] = canonical(said["name"]).strip()
    said["definition"] = canonical(said["definition"]).strip()
    return any(getattr(version, key) != value for key, value in said.items())


def _times(times: Fraction, expression: Expression) -> Expression:
    if times == 1:
        return expression
    return Joined("*", Decimal(times.numerator) / Decimal(times.denominator), expression)


def _number(amount: Fraction) -> int | float:
    """A factor as a formula writes it. ValueError where it cannot be written to its last digit."""
    if amount.denominator == 1:
        return amount.numerator
    told = float(amount)
    if Fraction(str(told)) != amount:
        raise ValueError("công thức nhân với một số không viết hết được bằng chữ số thập phân")
    return told
