"""The files of DHIS2 as they are written: periods, expressions, ways of summing, values, the table of counterparts."""

from decimal import Decimal

import pytest

from danvan.exchange.counterparts import Counterpart, read_counterparts, write_counterparts
from danvan.exchange.dhis2.aggregation import REFUSED, aggregation_of, aggregations
from danvan.exchange.dhis2.expressions import Figure, Joined, figures_in, read_expression
from danvan.exchange.dhis2.metadata import read_metadata
from danvan.exchange.dhis2.periods import read_period, written_month
from danvan.exchange.dhis2.values import read_values
from danvan.foundation.errors import RuleError
from danvan.indicators.enums import OverTime, OverTree

A, B = Figure("aaaaaaaaaaa"), Figure("bbbbbbbbbbb", "ccccccccccc")


@pytest.mark.parametrize(
    ("written", "first", "months"),
    [
        ("202607", "2026-07", 1),
        ("2026-07", "2026-07", 1),
        ("202602B", "2026-03", 2),
        ("2026Q3", "2026-07", 3),
        ("2026NovQ1", "2025-11", 3),
        ("2026S2", "2026-07", 6),
        ("2026AprilS2", "2026-10", 6),
        ("2026NovS1", "2025-11", 6),
        ("2026", "2026-01", 12),
        ("2026April", "2026-04", 12),
        ("2026Sep", "2026-09", 12),
        ("2026Nov", "2025-11", 12),
    ],
)
def test_a_period_is_its_months(written, first, months):
    given = read_period(written)
    assert (given.months[0].code, len(given.months)) == (first, months)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026W7", "là tuần"),
        ("2022WedW12", "là tuần"),
        ("20260731", "là một ngày"),
        ("2026-07-31", "là một ngày"),
        ("202613", "Không đọc được kỳ"),
        ("2026Q5", "Không đọc được kỳ"),
        ("tháng 7", "Không đọc được kỳ"),
        ("0001", "năm không đọc được"),
    ],
)
def test_a_period_that_months_cannot_hold_is_refused_by_its_name(written, told):
    with pytest.raises(ValueError, match=told):
        read_period(written)


def test_a_period_is_told_in_words():
    assert read_period("202607").words == "tháng 7/2026"
    assert read_period("2026Q1").words == "từ tháng 1/2026 đến tháng 3/2026"
    assert written_month(read_period("202607").months[0].first) == "202607"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("#{aaaaaaaaaaa}", A),
        (" #{aaaaaaaaaaa.*} ", A),
        ("#{aaaaaaaaaaa} +\r\n#{bbbbbbbbbbb.ccccccccccc}", Joined("+", A, B)),
        ("2*(3+4)-1", Decimal(13)),
        ("1/4", Decimal("0.25")),
        ("-#{aaaaaaaaaaa}", Joined("*", Decimal(-1), A)),
        (
            "#{aaaaaaaaaaa} - 2 * #{aaaaaaaaaaa} / 10",
            Joined("-", A, Joined("/", Joined("*", Decimal(2), A), Decimal(10))),
        ),
        ("(#{aaaaaaaaaaa} - #{aaaaaaaaaaa}) - #{aaaaaaaaaaa}", Joined("-", Joined("-", A, A), A)),
    ],
)
def test_an_expression_is_a_tree(text, tree):
    assert read_expression(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "#{aaaaaaaaaaa} +",
        "(#{aaaaaaaaaaa}",
        "#{aaaaaaaaaaa} #{aaaaaaaaaaa}",
        "#{aaaaaaaaaaa.ccccccccccc.ddddddddddd}",
        "C{ddddddddddd}",
        "if(isNull(#{aaaaaaaaaaa}),0,1)",
        "#{aaaaaaaaaaa} / 0",
        "(" * 60 + "1" + ")" * 60,
        "-" * 5_000 + "1",
        "* 3",
    ],
)
def test_an_expression_that_is_not_worked_out_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"[Bb]iểu thức"):
        read_expression(text)


def test_the_figures_of_an_expression_are_named_once():
    tree = read_expression("#{aaaaaaaaaaa} + 2 * (#{bbbbbbbbbbb.ccccccccccc} + #{aaaaaaaaaaa})")
    assert figures_in(tree) == [A, B]


def test_every_way_of_summing_is_one_of_ours_and_has_its_source():
    for one in aggregations().values():
        assert one.over_time in OverTime.values
        assert one.over_tree in OverTree.values
        assert "AnalyticsAggregationType" in one.source
    assert not set(REFUSED) & set(aggregations())


def test_a_way_that_makes_no_sense_here_is_refused_by_its_name():
    with pytest.raises(ValueError, match="“STDDEV”: độ lệch chuẩn"):
        aggregation_of("STDDEV")
    with pytest.raises(ValueError, match="không biết cách tính này"):
        aggregation_of("MEDIAN")


JSON = b"""\xef\xbb\xbf{
  "orgUnit": "ououououo01",
  "period": "202607",
  "dataValues": [
    {"dataElement": "aaaaaaaaaaa", "value": 12},
    {"dataElement": "bbbbbbbbbbb", "period": "202608", "value": "0",
     "categoryOptionCombo": "ccccccccccc", "comment": "said \\"dataValues\\": [ twice"},

    {"dataElement": "ddddddddddd", "value": true, "deleted": true},
    7
  ]
}"""


def test_json_values_know_their_lines_and_what_is_said_once_for_all():
    found = read_values(JSON, "values.json")
    told = [(one.line, one.element, one.period, one.unit, one.value) for one in found]
    assert told == [
        (5, "aaaaaaaaaaa", "202607", "ououououo01", "12"),
        (6, "bbbbbbbbbbb", "202608", "ououououo01", "0"),
        (9, "ddddddddddd", "202607", "ououououo01", "true"),
        (10, "", "202607", "ououououo01", ""),
    ]
    assert [one.deleted for one in found] == [False, False, True, False]


def test_csv_values_know_their_lines_whatever_lies_between():
    text = (
        '"dataelement", "period", "orgunit", "value", "comment"\n'
        '"aaaaaaaaaaa", "2026-07", "ououououo01", "1.5", "two\nlines"\n'
        "\n"
        '"bbbbbbbbbbb", "2026-07", "ououououo01"\n'
    )
    found = read_values(text.encode(), "values.csv")
    told = [(one.line, one.element, one.value, one.comment) for one in found]
    assert told == [(2, "aaaaaaaaaaa", "1.5", "two lines"), (5, "bbbbbbbbbbb", "", "")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "thiếu cột dataElement"),
        (b"a,b\n1,2\n", "thiếu cột"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"dataValues": [', "không đọc được dạng JSON, dòng 1"),
        (b'{"dataValues": {}}', "không có danh sách"),
        (b'{"values": []}', "không có danh sách"),
        (b'{"a":' + b"[" * 100_000, "không đọc được dạng JSON"),
        (b'dataElement,period,orgUnit,value\n"' + b"x" * 200_000, "không đọc được dạng CSV"),
    ],
)
def test_a_file_that_is_no_file_of_values_is_refused_in_words(content, told):
    with pytest.raises(RuleError, match=told):
        read_values(content, "values")


def test_a_file_that_is_no_metadata_is_refused_in_words():
    with pytest.raises(RuleError, match="phải là một đối tượng JSON"):
        read_metadata([("list.json", b"[]")])


def test_metadata_of_any_shape_is_read_without_falling():
    strange = b"""{"organisationUnits": [{"id": 5, "level": "x", "parent": "p", "openingDate": 7, "path": "/a/b"}, 4],
      "dataElements": {"id": 1}, "indicators": [{"id": ["x"], "numerator": null, "decimals": -1}], "system": {}}"""
    found = read_metadata([("strange.json", strange)])
    [unit] = found.units.values()
    assert (unit.uid, unit.level, unit.parent, unit.opened) == ("5", 2, "", None)
    [indicator] = found.indicators.values()
    assert (indicator.uid, indicator.numerator, indicator.decimals) == ("", "", 0)


TABLE = """kind,theirs,combo,ours,values,name
unit,ououououo01,,40,,
indicator,aaaaaaaaaaa,,DV-01,yesno,"Có, hay không"
indicator,bbbbbbbbbbb,ccccccccccc,DV-02.NU,number,Nữ
"""


def test_the_table_says_what_stands_for_what_and_comes_back_as_it_was():
    table = read_counterparts(TABLE.encode(), "table.csv")
    assert table.units == {"ououououo01": "40"}
    assert table.of("aaaaaaaaaaa", "HllvX50cXC0") == Counterpart("DV-01", "yesno", "Có, hay không")
    assert table.of("bbbbbbbbbbb", "ccccccccccc").code == "DV-02.NU"
    assert table.of("bbbbbbbbbbb", "ddddddddddd") is None
    assert table.theirs() == {
        "DV-01": ("aaaaaaaaaaa", ""),
        "DV-02.NU": ("bbbbbbbbbbb", "ccccccccccc"),
    }
    assert write_counterparts(table).splitlines()[1:] == [
        "unit,ououououo01,,40,,",
        'indicator,aaaaaaaaaaa,,DV-01,yesno,"Có, hay không"',
        "indicator,bbbbbbbbbbb,ccccccccccc,DV-02.NU,number,Nữ",
    ]


def test_every_row_of_the_table_that_says_nothing_is_told_by_its_line():
    wrong = TABLE + (
        "person,x,,y,,\nunit,,,40,,\nindicator,z,,Z-1,maybe,\nunit,ououououo01,,41,,\nindicator,aaaaaaaaaaa,,DV-09,,\n"
    )
    with pytest.raises(RuleError) as refused:
        read_counterparts(wrong.encode(), "table.csv")
    assert [fault.row for fault in refused.value.faults] == [5, 6, 7, 8, 9]
    with pytest.raises(RuleError, match="thiếu cột ours"):
        read_counterparts(b"kind,theirs,combo\n", "table.csv")
