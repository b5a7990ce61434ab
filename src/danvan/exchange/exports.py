"""Figures as files, written piece by piece: SDMX-CSV, plain CSV, and DHIS2's dataValueSets."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from danvan.exchange.counterparts import YES_NO, Counterparts
from danvan.exchange.dhis2.periods import written_month
from danvan.exchange.selectors.observations import ESTIMATED, MISSING, NORMAL, Observation
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval

# SDMX-CSV 2.0: the first three columns say what the rest are rows of.
STRUCTURE, STRUCTURE_ID, ACTION = "dataflow", "DANVAN:DF_INDICATORS(1.0.0)", "I"
SDMX_HEADINGS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS",
    "UNIT_MEASURE", "DECIMALS", "READING", "APPROVAL", "VINTAGE",
)  # fmt: skip
CSV_HEADINGS = (
    "Mã đơn vị", "Đơn vị", "Mã số liệu", "Số liệu", "Kỳ", "Giá trị", "Đơn vị tính", "Tình trạng", "Tử số", "Mẫu số",
    "Cách đọc", "Mức duyệt", "Bản", "Ghi chú",
)  # fmt: skip
STATUS_WORDS = {NORMAL: "", ESTIMATED: "ước, quy đổi", MISSING: "không có số liệu"}
MOST_PLACES = 6
MARK = "\ufeff"  # by which spreadsheets know UTF-8
RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula


class _Line:
    """What a csv writer writes to: it hands the line back instead of keeping it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def sdmx_csv(observations: Iterable[Observation]) -> Iterator[str]:
    """The lines of an SDMX-CSV 2.0 file: dimensions by code, decimal points, months as 2026-07, halves as 2026-S1.

    What is qualitative has the code of its step, S1 for the best, as its value.
    OBS_STATUS is A, E for what is an estimate or was apportioned across a reorganisation, M for asked and not known.
    """
    line = csv.writer(_Line(), lineterminator="\r\n")
    yield line.writerow(SDMX_HEADINGS)
    for one in observations:
        yield line.writerow(
            (
                STRUCTURE, STRUCTURE_ID, ACTION, sdmx_code(one.area.code), sdmx_code(one.indicator),
                sdmx_period(one.period), sdmx_value(one), one.status, one.unit_label, one.places,
                one.reading, one.level, "" if one.vintage is None else one.vintage,
            )
        )  # fmt: skip


def plain_csv(observations: Iterable[Observation]) -> Iterator[str]:
    """The lines of a CSV file for people and spreadsheets, with names beside the codes."""
    line = csv.writer(_Line(), lineterminator="\r\n")
    yield MARK + line.writerow(CSV_HEADINGS)
    for one in observations:
        yield line.writerow(
            (
                one.area.code, _safe(one.area.name), one.indicator, _safe(one.name), one.period.code,
                plain_value(one), _safe(one.unit_label), STATUS_WORDS[one.status],
                plain_number(one.numerator), plain_number(one.denominator), one.reading,
                Approval(one.level).label, "" if one.vintage is None else one.vintage, _safe(one.note),
            )
        )  # fmt: skip


def sdmx_code(code: str) -> str:
    """A code of ours in the letters that SDMX allows in one; no two of ours become the same."""
    return code.replace(".", "_").replace("Đ", "$D")


def sdmx_period(period: Period) -> str:
    """A period as SDMX writes it: 2026, 2026-S1, 2026-Q3, 2026-07."""
    return period.code.replace("-H", "-S") if period.every is Every.HALF else period.code


def sdmx_value(one: Observation) -> str:
    """A number; of what is qualitative the code of its step, S1 for the best: a code list, not an amount."""
    return f"S{one.step[0]}" if one.step else plain_number(one.amount)


def plain_value(one: Observation) -> str:
    """A number; of what is qualitative the name of its step."""
    return _safe(one.step[1]) if one.step else plain_number(one.amount)


def plain_number(amount: Decimal | None) -> str:
    """A number with a point and without an exponent, to six places; empty where it is not known."""
    if amount is None:
        return ""
    rounded = amount.quantize(Decimal(1).scaleb(-MOST_PLACES), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text


@dataclass(slots=True)
class DataValueSets:
    """A dataValueSets file on its way out, and after that what did not go: a file of DHIS2 has no place for it."""

    table: Counterparts
    written: int = 0
    missing: int = 0  # asked and not known
    unknown: int = 0  # of a unit or an indicator that the table does not name

    def pieces(self, observations: Iterable[Observation]) -> Iterator[str]:
        """The text of the file. Values given by units only: DHIS2 sums for itself."""
        theirs = self.table.theirs()
        units = {code: uid for uid, code in self.table.units.items()}
        yield '{"dataValues": ['
        for one in observations:
            key, unit = theirs.get(one.indicator), units.get(one.area.code) or one.area.uid
            if key is None or not unit:
                self.unknown += 1
            elif one.amount is None:
                self.missing += 1
            else:
                element, combo = key
                value = plain_number(one.amount)
                if self.table.indicators[key].values == YES_NO:
                    value = "true" if one.amount else "false"
                row = {
                    "dataElement": element, "period": written_month(one.period.first), "orgUnit": unit,
                    **({"categoryOptionCombo": combo} if combo else {}), "value": value,
                    **({"comment": one.note} if one.note else {}),
                }  # fmt: skip
                yield (",\n" if self.written else "\n") + json.dumps(row, ensure_ascii=False)
                self.written += 1
        yield "\n]}\n"
