"""What official papers write at their head, and hours as people write them."""

from datetime import time
from io import BytesIO

import docx
import pytest
from django import forms

from danvan.foundation.fields import HourField
from danvan.foundation.papers import PARTY, STATE, Grid, Paper, to_docx


def paper(right, symbol):
    return Paper(
        issuer="Đảng ủy xã Môn Sơn", symbol=symbol, right=right, place_and_day="Môn Sơn, ngày 05 tháng 10 năm 2026",
        title="THÔNG BÁO", subject="Về việc", paragraphs=[], grid=Grid("", (), (), []), left_signs=(), right_signs=("BÍ THƯ",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("right", "symbol", "below"),
    [
        (PARTY, "", ["*"]),
        (PARTY, "12-TB/ĐU", ["*", "Số 12-TB/ĐU"]),
        (STATE, "", []),
        (STATE, "12/TB-UBND", ["Số: 12/TB-UBND"]),
    ],
)
def test_the_star_stands_on_papers_of_the_party_alone(right, symbol, below):
    made = paper(right, symbol)
    assert made.under_issuer == below
    head = docx.Document(BytesIO(to_docx(made))).tables[0].rows[0].cells[0]
    assert [one.text for one in head.paragraphs] == ["ĐẢNG ỦY XÃ MÔN SƠN", *below]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("8 giờ", time(8)),
        ("8 giờ 30 phút", time(8, 30)),
        ("14g30", time(14, 30)),
        ("7h", time(7)),
        ("07.45", time(7, 45)),
        ("", None),
    ],
)
def test_an_hour_is_read_as_people_write_it(written, read):
    assert HourField(required=False).clean(written) == read


@pytest.mark.parametrize("written", ["tám giờ", "25h", "8 giờ 61"])
def test_what_is_no_hour_is_refused_with_an_example(written):
    with pytest.raises(forms.ValidationError, match="ví dụ 08:00"):
        HourField(required=False).clean(written)
