"""How the ways in which DHIS2 sums data elements are said as ours: over the months, and over the tree."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("aggregation.tsv")
# What has no meaning for us, each with the reason that the importer gives.
REFUSED = {
    "STDDEV": "độ lệch chuẩn giữa các đơn vị không tổng hợp lên được",
    "VARIANCE": "phương sai giữa các đơn vị không tổng hợp lên được",
    "FIRST": "DHIS2 lấy số đầu tiên trong mười năm, không phải trong kỳ",
    "FIRST_AVERAGE_ORG_UNIT": "DHIS2 lấy số đầu tiên trong mười năm, không phải trong kỳ",
    "FIRST_FIRST_ORG_UNIT": "DHIS2 lấy số của một đơn vị gửi đầu tiên làm số của cấp trên",
    "LAST_LAST_ORG_UNIT": "DHIS2 lấy số của một đơn vị gửi sau cùng làm số của cấp trên",
    "MIN_SUM_ORG_UNIT": "DHIS2 lấy tháng thấp nhất của từng đơn vị rồi mới cộng",
    "MAX_SUM_ORG_UNIT": "DHIS2 lấy tháng cao nhất của từng đơn vị rồi mới cộng",
    "CUSTOM": "cách tính viết riêng trong DHIS2, tệp không nói ra",
    "DEFAULT": "tệp không nói cách tính",
}


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How months make a longer period, and how units make the one above them.

    `source` says by whose word; `differs` what comes out otherwise than in DHIS2 where units have gaps, empty where
    nothing does.
    """

    over_time: str
    over_tree: str
    source: str
    differs: str = ""


@cache
def aggregations() -> dict[str, Aggregation]:
    """The table, by DHIS2's name of the way."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.rstrip("\t").split("\t") for line in lines if line and not line.startswith("#")]
    return {name: Aggregation(*rest) for name, *rest in rows}


def aggregation_of(name: str) -> Aggregation:
    """The way of that name. ValueError with the reason where we do not sum so."""
    if found := aggregations().get(name):
        return found
    reason = REFUSED.get(name, "phần mềm không biết cách tính này")
    raise ValueError(f"Không nhận cách tổng hợp “{name}”: {reason}.")
