"""Three readings of one year in which units merged and divided: hand-computed figures, in every page and sheet."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.merged import BEFORE, TODAY, Merged
from tests.desk.months import plain
from tests.once import once, own

pytestmark = pytest.mark.django_db
NUMBER, BOARD = "desk:number", "desk:board"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


_merged = once(Merged, DANVAN_TODAY=TODAY)


@pytest.fixture
def merged(_merged):
    return own(_merged)


def opened(client, merged, unit=None, code="DV-01", period="2026", **asked):
    client.force_login(merged.leader)
    said = {"chi_so": code, "ky": period, "don_vi": (unit or merged.province.place).pk, **asked}
    return client.get(reverse(NUMBER), said)


def test_the_lines_of_the_province_in_three_readings(client, merged):
    def lines(**asked):
        sheet = opened(client, merged, **asked).context["sheet"]
        assert sheet.rolled.amount == 211
        return {line.name: line.rolled.amount for line in sheet.lines}

    assert lines() == {
        "Xã Trà Lân": 45, "Xã Mường Típ": 12, "Xã Huồi Tụ": 10,
        "Xã Môn Sơn": 24, "Xã Con Cuông": 18, "Xã Châu Khê": 12, "Xã Mường Xén": 90,
    }  # fmt: skip
    assert lines(doc="hom-nay") == {"Xã Trà Lân": 99, "Xã Mường Típ": 66, "Xã Huồi Tụ": 46}
    assert lines(doc=BEFORE.isoformat()) == {
        "Xã Môn Sơn": Decimal("46.5"), "Xã Con Cuông": Decimal("31.5"), "Xã Châu Khê": 21,
        "Xã Mường Xén": 112,
    }  # fmt: skip


def test_lines_name_the_units_whose_values_they_are_made_of_and_mark_what_is_re_based(
    client, merged
):
    response = opened(client, merged, doc="hom-nay")
    page = plain(response)
    assert "gồm: Xã Trà Lân 45, Xã Môn Sơn 24, Xã Con Cuông 18, Xã Châu Khê 12" in page
    assert "gồm: Xã Mường Xén 54 , Xã Mường Típ 12" in page
    line = next(one for one in response.context["page"] if one.name == "Xã Mường Típ")
    assert (line.rebased, line.text, line.original) == (True, "66", "102")
    assert "66 trước quy đổi: 102" in page
    for one in line.origins:
        assert client.get(one.url).context["sheet"].rolled.amount in (90, 12)


@pytest.mark.parametrize(
    ("unit", "asked", "big", "parts"),
    [
        ("new", "hom-nay", "99", [("Xã Trà Lân", "45", "trọn vẹn", "45"), ("Xã Môn Sơn", "24", "trọn vẹn", "24"),
                                  ("Xã Con Cuông", "18", "trọn vẹn", "18"), ("Xã Châu Khê", "12", "trọn vẹn", "12")]),
        ("second", "hom-nay", "46", [("Xã Mường Xén", "90", "40,0\u00a0%", "36"), ("Xã Huồi Tụ", "10", "trọn vẹn", "10")]),
        ("first old", "2026-06-30", "46,5", [("Xã Môn Sơn", "24", "trọn vẹn", "24"), ("Xã Trà Lân", "45", "50,0\u00a0%", "22,5")]),
        ("divided", "30/06/2026", "112", [("Xã Mường Xén", "90", "trọn vẹn", "90"), ("Xã Mường Típ", "12", "trọn vẹn", "12"),
                                          ("Xã Huồi Tụ", "10", "trọn vẹn", "10")]),
    ],
)  # fmt: skip
def test_the_parts_of_a_figure_add_up_to_it_before_the_readers_eyes(
    client, merged, unit, asked, big, parts
):
    unit = merged.old[0] if unit == "first old" else getattr(merged, unit)
    response = opened(client, merged, unit, doc=asked)
    sheet, origins = response.context["sheet"], response.context["given"].origins
    told = [(one.name, one.given_text, one.share_text, one.counted_text) for one in origins]
    assert sorted(told) == sorted(parts)
    assert (sheet.big, sum(one.counted for one in origins)) == (big, sheet.rolled.amount)
    lines = response.context["given"].lines
    assert sum(Fraction(one.value.amount) * one.share for one in lines) == sheet.rolled.amount
    assert f"Cộng {big}" in plain(response)


def test_a_re_based_figure_says_what_it_was_before_and_by_which_share(client, merged):
    response = opened(client, merged, merged.second, doc="hom-nay")
    page = plain(response)
    assert "dv-fig-big dv-est" in response.content.decode()
    assert "Quy đổi trước quy đổi: 100 cuộc, theo số các đơn vị đã gửi" in page
    assert "Xã Mường Xén 90 40,0 % theo tỷ trọng trong quyết định 36" in page
    assert "10 × 40,0 % = 4" in page
    assert "Cây địa bàn, đọc như hôm nay, tính đến 20/12/2026" in page


def test_a_share_is_re_based_in_both_its_parts(client, merged):
    sheet = opened(client, merged, merged.first, "DV-03", doc="hom-nay").context["sheet"]
    assert (sheet.text, sheet.original) == ("66/132 = 50,0\u00a0%", "102/204 = 50,0\u00a0%")


def test_the_highest_first_is_refused_across_a_break_and_given_once_re_based(client, merged):
    response = opened(client, merged, sap_xep="so")
    page = plain(response)
    assert response.status_code == 200
    assert (
        "Kỳ này có sắp xếp đơn vị ngày 01/07/2026, 01/10/2026; xếp theo số chỉ khi đọc như hôm nay hoặc tại một ngày."
        in page
    )
    names = [one.name for one in response.context["page"]]
    assert names[:2] == ["Xã Châu Khê", "Xã Con Cuông"]
    again = opened(client, merged, sap_xep="so", doc="hom-nay")
    assert [one.name for one in again.context["page"]] == [
        "Xã Trà Lân",
        "Xã Mường Típ",
        "Xã Huồi Tụ",
    ]
    assert again.context["unordered"] == ""
    month = opened(client, merged, period="2026-11", sap_xep="so")
    assert next(one.name for one in month.context["page"]) == "Xã Trà Lân"


def test_what_may_be_compared_is_said_from_the_breaks_of_the_register(client, merged):
    page = plain(opened(client, merged))
    assert "Từ 01/10/2026 (Chia xã Mường Xén). Trước đó các đơn vị khác nên không cộng" in page
    assert "Từ 01/07/2026 (Nhập ba xã)" in plain(opened(client, merged, merged.new))
    assert "Các tháng trước sắp xếp đã được quy đổi" in plain(opened(client, merged, doc="hom-nay"))


@pytest.mark.parametrize(
    ("unit", "asked", "words"),
    [
        ("old", "hom-nay", "Xã Môn Sơn đã kết thúc từ ngày 01/07/2026. Nay là: Xã Trà Lân."),
        ("new", "30/06/2026", ("Xã Trà Lân chưa có vào ngày 30/06/2026, chỉ có từ ngày 01/07/2026."
                              " Khi đó là: Xã Môn Sơn, Xã Con Cuông, Xã Châu Khê.")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", [NUMBER, BOARD])
def test_a_unit_that_is_not_in_the_tree_says_who_stands_in_its_stead(
    client, merged, unit, asked, words, name
):
    unit = merged.old[0] if unit == "old" else merged.new
    client.force_login(merged.leader)
    said = {"don_vi": unit.pk, "doc": asked, "ky": "2026"}
    response = client.get(reverse(name), said | ({"chi_so": "DV-01"} if name == NUMBER else {}))
    assert response.status_code == 200
    told = plain(response).replace(" ,", ",").replace(" .", ".")
    assert words in told
    if name == NUMBER:
        assert response.context["sheet"].big == "–"
    else:
        assert response.context["board"].trend is None
    index = client.get(reverse(NUMBER), said)
    assert words in plain(index).replace(" ,", ",").replace(" .", ".")
    assert index.context["index"].figures == []


def board_of(client, merged, unit=None, **asked):
    client.force_login(merged.leader)
    said = {"don_vi": unit.pk} if unit else {}
    return client.get(reverse(BOARD), said | {"chi_so": "DV-01", "ban_do": "so-DV-01", **asked})


def test_as_it_was_then_the_trend_breaks_and_the_break_is_drawn_with_its_name(client, merged):
    response = board_of(client, merged)
    trend, page = response.context["board"].trend, plain(response)
    assert [(one.words, one.short) for one in trend.chart.breaks] == [
        ("01/07/2026: Nhập ba xã", "01/07/2026"), ("01/10/2026: Chia xã Mường Xén", "01/10/2026"),
    ]  # fmt: skip
    assert [one.period.code for one in trend.months if one.broke] == ["2026-07", "2026-10"]
    assert "chuỗi đứt ngày 01/07/2026, 01/10/2026" in trend.summary
    assert "Từ 01/10/2026: Chia xã Mường Xén; hai bên không cộng, không so trực tiếp" in page
    assert response.content.decode().count('class="is-break"') == 2
    assert not trend.rebased


def test_read_on_a_day_the_trend_is_one_series_with_its_re_based_months_marked(client, merged):
    response = board_of(client, merged, merged.second, doc="hom-nay")
    trend, page = response.context["board"].trend, plain(response)
    known = [one for one in trend.months if one.rolled.asked]
    assert [(one.text, one.original, one.tone) for one in known] == [
        *[("4", "10", "rebased")] * 9, *[("5", "", "open")] * 2
    ]  # fmt: skip
    assert trend.chart.breaks == []
    assert [one.tone for one in trend.chart.bars] == ["rebased"] * 9 + ["open"] * 2
    assert "có tháng quy đổi" in trend.summary
    assert "Trước quy đổi" in page
    assert "Quy đổi từ đơn vị trước sắp xếp" in page
    assert "đã gửi, chưa duyệt đủ, quy đổi" in page


@pytest.mark.parametrize(
    ("doc", "found"),
    [
        ("", {"Xã Trà Lân": "45", "Xã Mường Típ": "12", "Xã Huồi Tụ": "10"}),
        ("hom-nay", {"Xã Trà Lân": "99", "Xã Mường Típ": "66, quy đổi", "Xã Huồi Tụ": "46, quy đổi"}),
        ("2026-06-30", {"Xã Môn Sơn": "46,5, quy đổi", "Xã Con Cuông": "31,5, quy đổi", "Xã Châu Khê": "21, quy đổi",
                        "Xã Mường Xén": "112"}),
    ],
)  # fmt: skip
def test_the_map_shows_the_places_of_the_tree_it_reads(client, merged, doc, found):
    board = board_of(client, merged, doc=doc).context["board"]
    told = {tile.name: tile.said.words.replace(" cuộc", "") for tile in board.map.everyone}
    assert told == found
    for tile in board.map.everyone:
        sheet = client.get(tile.said.url).context["sheet"]
        assert sheet.text == tile.said.words.removesuffix(", quy đổi").removesuffix(" cuộc")


def test_the_switch_offers_three_readings_and_a_day_without_a_script(client, merged):
    response = board_of(client, merged, doc="hom-nay", trang="2")
    switch, content = response.context["switch"], response.content.decode()
    assert [(one.label, one.code, one.current) for one in switch.choices] == [
        ("Như khi đó", "khi-do", False), ("Như hôm nay", "hom-nay", True),
        ("Tại ngày 30/09/2026", "2026-09-30", False),
    ]  # fmt: skip
    assert 'name="doc" value="30/09/2026"' in content
    assert "?chi_so=DV-01&amp;ban_do=so-DV-01&amp;doc=khi-do" in content
    assert 'aria-current="true">Như hôm nay' in content
    chosen = board_of(client, merged, doc="15/08/2026").context["switch"]
    assert [one.label for one in chosen.choices if one.current] == ["Tại ngày 15/08/2026"]
    assert chosen.day == "15/08/2026"


@pytest.mark.parametrize("name", ["desk:board", "desk:number", "desk:targets", "desk:summary"])
@pytest.mark.parametrize(
    ("doc", "words"),
    [
        ("hôm qua", "“hôm qua” không phải là một ngày. Đồng chí vui lòng viết ngày/tháng/năm"),
        ("31/02/2026", "Tháng 2/2026 chỉ có 28 ngày"),
        ("2007-01-01", "Sổ đơn vị trả lời cho các ngày từ 01/08/2008 đến 31/12/2027."),
        ("9999-12-31", "Sổ đơn vị trả lời cho các ngày từ"),
    ],
)
def test_what_is_no_reading_is_refused_in_a_whole_sentence(client, merged, name, doc, words):
    client.force_login(merged.leader)
    response = client.get(reverse(name), {"doc": doc})
    assert response.status_code == 422
    assert words in plain(response)
    assert "Đang đọc như khi đó." in plain(response)


def test_the_reading_is_kept_from_page_to_page(client, merged):
    content = board_of(client, merged, doc="2026-06-30").content.decode()
    for name in ("desk:targets", "desk:summary"):
        assert f'href="{reverse(name)}?doc=2026-06-30"' in content
    assert "ky=2026&amp;doc=2026-06-30" in content
    assert content.count('<input type="hidden" name="doc" value="2026-06-30">') == 3
    sheet = opened(client, merged, doc="2026-06-30")
    assert all("doc=2026-06-30" in one.url for one in sheet.context["sheet"].lines)
    assert all("doc=2026-06-30" in one.url for one in sheet.context["sheet"].beside)


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("desk:board-workbook", {"doc": "hom-nay"}, "Đọc như hôm nay: mọi tháng theo các đơn vị ngày 20/12/2026"),
        ("desk:number-workbook", {"doc": "2026-06-30"}, "Đọc tại ngày 30/06/2026: mọi tháng theo các đơn vị ngày 30/06/2026"),
        ("desk:number-workbook", {"chi_so": "DV-01"}, "Đọc như khi đó: mỗi tháng theo các đơn vị của tháng ấy"),
        ("desk:targets-workbook", {"doc": "2026-06-30"}, "Đọc tại ngày 30/06/2026: đối tượng là các đơn vị ngày 30/06/2026"),
    ],
)  # fmt: skip
def test_every_sheet_says_its_tree(client, merged, name, said, words):
    client.force_login(merged.leader)
    book = openpyxl.load_workbook(BytesIO(client.get(reverse(name), said).content)).active
    assert words in [row[0] for row in book.values]


def test_a_sheet_of_units_tells_what_is_re_based_and_what_it_was(client, merged):
    client.force_login(merged.leader)

    def rows(**said):
        content = client.get(reverse("desk:number-workbook"), {"chi_so": "DV-01", **said}).content
        return list(openpyxl.load_workbook(BytesIO(content)).active.values)

    units = rows(ky="2026", doc="hom-nay")
    assert ("Xã Huồi Tụ", 46, None, "46", "Đơn vị đã gửi", 1, "quy đổi", "100") in units
    values = rows(ky="2026", doc="hom-nay", don_vi=merged.second.pk)
    assert ("Số quy đổi; trước quy đổi: 100",) in [row[:1] for row in values]
    assert ("tháng 9/2026", "Xã Mường Xén", 10) in [row[:3] for row in values]
    assert {row[8:] for row in values if row[1] == "Xã Mường Xén"} == {("40,0 %", "4")}
    gone = rows(ky="2026", doc="hom-nay", don_vi=merged.divided.pk)
    assert any("Nay là: Xã Mường Típ, Xã Huồi Tụ." in str(row[0]) for row in gone)


def test_as_it_was_then_it_says_how_many_units_gave_over_all_months_and_in_the_fullest(
    client, merged
):
    assert (
        "7 đơn vị có số trong kỳ, 0 đơn vị chưa có số trong 7 đơn vị; tháng nhiều nhất: 4 đơn vị có số trên 4"
        in plain(opened(client, merged))
    )


def test_a_month_without_a_break_reads_the_same_in_each_reading(client, merged):
    figures = {
        doc: opened(client, merged, merged.new, period="2026-11", doc=doc).context["sheet"].big
        for doc in ("", "hom-nay", "2026-12-01")
    }
    assert set(figures.values()) == {"9"}


@pytest.mark.parametrize("doc", ["khi-do", "hom-nay", "2026-06-30"])
def test_a_page_asks_as_many_questions_for_a_month_as_for_a_year(client, merged, doc):
    costs = []
    for period in ("2026-01", "2026-H1"):
        opened(client, merged, period=period, doc=doc)
        with CaptureQueriesContext(connection) as asked:
            opened(client, merged, period=period, doc=doc)
        costs.append(len(asked))
    assert costs[0] == costs[1]
