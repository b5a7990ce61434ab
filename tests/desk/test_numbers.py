"""Every number opens: what it means, what it is made of, who gave it, the records and files; and to whom."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.services import recompute_dirty, redefine_indicator
from danvan.organisations.enums import Follows
from danvan.reporting.services import return_report, submit_report
from tests.desk.months import TODAY, Case, plain
from tests.documents.papers import received
from tests.factories.province import Province, make_grant
from tests.reporting.months import GOOD

pytestmark = pytest.mark.django_db
NUMBER, SHEET = "desk:number", "desk:number-workbook"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case():
    return Case()


def opened(client, user, code="DV-02", unit=None, period="2026-11", **asked):
    client.force_login(user)
    said = {"chi_so": code, "ky": period, **asked}
    if unit is not None:
        said["don_vi"] = unit.pk
    return client.get(reverse(NUMBER), said)


def opens(client, address):
    """The status of an address; a file is read whole."""
    response = client.get(address)
    return response.status_code if not response.streaming else bool(received(response)) * 200


def sent_again(case, **answers):
    return_report(case.month.owed[0], words="Xem lại", comments={}, actor=case.specialist)
    submit_report(case.month.owed[0], answers={**GOOD, **answers}, actor=case.officer)
    recompute_dirty()


def test_a_figure_of_the_province_opens_to_its_meaning_and_its_units(client, case):
    response = opened(client, case.leader, unit=case.province.place)
    sheet, page = response.context["sheet"], plain(response)
    assert (sheet.big, sheet.text, sheet.whole) == ("2.824", "2.824", True)
    assert "Đếm. Phiên bản 1 , từ 01/01/2026" in page
    assert "2 đơn vị có số trên 2 đơn vị trả lời, 1 đơn vị chưa có số trong 3 đơn vị" in page
    assert "1/2 giá trị đã chấp nhận, 0 đã chốt" in page
    assert "Cây địa bàn, đọc như khi đó, tính đến 30/11/2026" in page
    assert [(line.name, line.text, line.group) for line in sheet.lines] == [
        ("Xã Châu Khê", "–", 0), ("Xã Con Cuông", "1.412", 1), ("Xã Môn Sơn", "1.412", 1),
    ]  # fmt: skip
    assert sum(line.rolled.amount or 0 for line in sheet.lines) == sheet.rolled.amount


def test_a_share_opens_to_its_numerator_and_denominator(client, case):
    response = opened(client, case.leader, "DV-09", case.province.place)
    sheet = response.context["sheet"]
    assert sheet.text == "13/19 = 68,4\u00a0%"
    assert [(one.role, one.name, one.text) for one in sheet.parts] == [
        ("Tử số", "Trả lời tại chỗ", "13"), ("Mẫu số", "Ý kiến", "19"),
    ]  # fmt: skip
    assert client.get(sheet.parts[0].url).context["sheet"].rolled.amount == 13
    assert "13 trên 19 ý kiến" in plain(response)


def test_a_formula_names_its_parts(client, case):
    sheet = opened(client, case.leader, "DV-08", case.province.place).context["sheet"]
    assert [(one.role, one.text) for one in sheet.parts] == [
        ("Thành phần", "13"),
        ("Thành phần", "6"),
    ]
    assert sheet.derived
    assert sheet.before is None


def test_one_unit_opens_to_its_value_report_records_and_files(client, case):
    response = opened(client, case.leader, "DV-01", case.province.communes[0])
    given = response.context["given"]
    (line,) = given.lines
    assert (line.text, line.origin, line.approval, line.by) == (
        "1", "đếm từ hồ sơ, không nhập tay", "Đã chấp nhận", "Lô Thị Mai",
    )  # fmt: skip
    assert line.report_url == reverse("reporting:report", args=[case.month.owed[0].pk])
    assert [one.record.title for one in given.records] == ["Đối thoại ở bản Khe Rạn"]
    assert {one.name for one in given.files} == {"anh.png", "bien-ban.png"}
    assert (given.quantity, given.hidden) == (1, 0)
    for address in [
        line.report_url,
        given.records[0].record.url,
        *(one.url for one in given.files),
    ]:
        assert opens(client, address) == 200
    assert "Đã duyệt:" in plain(response)


def test_from_the_board_it_is_two_clicks_to_the_records_and_three_to_the_file(client, case):
    client.force_login(case.leader)
    board = client.get(reverse("desk:board"), {"chi_so": "DV-01", "ban_do": "so-DV-01"}).context[
        "board"
    ]
    first = client.get(board.trend.months[-1].url)
    line = next(one for one in first.context["sheet"].lines if one.name == "Xã Môn Sơn")
    given = client.get(line.url).context["given"]
    assert given.records
    assert opens(client, given.files[0].url) == 200
    tile = next(one for one in board.map.everyone if one.name == "Xã Môn Sơn")
    assert client.get(tile.said.url).context["given"].records


def test_a_correction_is_a_new_vintage_and_the_old_one_stays_readable(client, case):
    sent_again(case, luot="1.500")
    sheet = opened(client, case.leader, unit=case.province.place).context["sheet"]
    assert (sheet.rolled.amount, sheet.corrected.values, sheet.before) == (2912, 1, 2824)
    response = opened(client, case.leader, unit=case.province.communes[0])
    given = response.context["given"]
    assert [(one.text, one.value.vintage) for one in given.lines] == [("1.500", 2)]
    assert [(one.text, one.value.vintage) for one in given.older] == [("1.412", 1)]
    assert "bản trước: 1.412 lượt" in plain(response)
    assert client.get(f"{given.older[0].report_url}?ban=1").status_code == 200


def test_a_year_of_one_unit_lists_its_months(client, case):
    response = opened(client, case.leader, unit=case.province.communes[0], period="2026")
    (line,) = response.context["given"].lines
    assert line.month.code == "2026-11"
    assert client.get(line.month_url).context["sheet"].period.code == "2026-11"


@pytest.mark.parametrize(
    ("level", "text", "words"),
    [("", "2.824", "mọi số đã gửi"), ("2", "1.412", "số đã duyệt qua từng cấp"), ("3", "1.412", "số đã chấp nhận"), ("4", "–", "số đã chốt"),
     ("9", "2.824", "mọi số đã gửi"), ("x", "2.824", "mọi số đã gửi")],
)  # fmt: skip
def test_the_level_of_approval_stands_in_the_address(client, case, level, text, words):
    response = opened(client, case.leader, unit=case.province.place, muc=level)
    sheet = response.context["sheet"]
    assert (sheet.text, sheet.level_words) == (text, words)
    assert f"Đang xem {words}" in plain(response)


def test_units_are_read_by_name_or_with_the_highest_first(client, case):
    sent_again(case, luot="1.500")
    by_name = opened(client, case.leader, unit=case.province.place).context["sheet"].lines
    highest = opened(client, case.leader, unit=case.province.place, sap_xep="so").context["page"]
    assert [one.name for one in by_name] == ["Xã Châu Khê", "Xã Con Cuông", "Xã Môn Sơn"]
    assert [one.name for one in highest] == ["Xã Châu Khê", "Xã Môn Sơn", "Xã Con Cuông"]


def test_an_officer_reads_the_own_part_of_a_figure_and_is_told_so(client, case):
    response = opened(client, case.officer, unit=case.province.place)
    sheet, page = response.context["sheet"], plain(response)
    assert (sheet.unit.name, sheet.whole, sheet.text) == ("Xã Môn Sơn", False, "1.412")
    assert "Các đơn vị khác của Tỉnh Nghệ An ngoài phạm vi của đồng chí nên không hiển thị" in page
    assert "Con Cuông" not in page
    assert opened(client, case.officer, unit=case.province.communes[1]).status_code == 404


def test_a_reader_of_a_line_reads_no_figures_of_places(client, case):
    user = make_grant(case.province.front, "specialist", follows=Follows.LINE)
    assert opened(client, user, unit=case.province.place).status_code == 404
    page = plain(client.get(reverse(NUMBER)))
    assert "Chưa có số liệu nào để xem" in page


@pytest.mark.parametrize("said", [
    {"chi_so": "KHONG-CO"}, {"chi_so": "DV-02", "don_vi": "999"}, {"chi_so": "x" * 500},
])  # fmt: skip
def test_what_is_no_figure_is_not_found(client, case, said):
    client.force_login(case.leader)
    assert client.get(reverse(NUMBER), said).status_code == 404
    assert client.get(reverse(SHEET), said).status_code == 404


def test_a_period_that_is_none_is_told(client, case):
    response = opened(client, case.leader, unit=case.province.place, period="thang")
    assert response.status_code == 422
    assert "không phải là một kỳ" in plain(response)


def test_before_it_was_measured_there_is_no_figure(client, case):
    assert opened(client, case.leader, unit=case.province.place, period="2024").status_code == 404


def test_a_new_definition_says_since_when_figures_compare(client, case):
    redefine_indicator(
        case.month.indicators["DV-02"], valid_from=TODAY.replace(month=10, day=1),
        definition="Đếm khác.", name="Lượt dự", unit_label="lượt", kind=MeasureKind.FLOW, actor=None,
    )  # fmt: skip
    page = plain(opened(client, case.leader, unit=case.province.place))
    assert "Từ 01/10/2026. Trước đó định nghĩa khác nên không cộng, không so trực tiếp." in page


def test_who_answered_that_nothing_happened_stands_apart_from_who_has_not_answered(client, case):
    sent_again(case, **{"y-kien": "0", "tai-cho": "0", "chuyen": "0"})
    sheet = opened(client, case.leader, "DV-09", case.province.place).context["sheet"]
    assert [(line.name, line.text, line.group) for line in sheet.lines] == [
        ("Xã Châu Khê", "–", 0), ("Xã Con Cuông", "7/10 = 70,0\u00a0%", 1), ("Xã Môn Sơn", "0/0", 2),
    ]  # fmt: skip
    page = plain(opened(client, case.leader, "DV-09", case.province.communes[0]))
    assert "Mẫu số bằng 0: không phát sinh, nên không có tỷ lệ." in page


def test_without_a_figure_all_of_a_place_are_listed(client, case):
    client.force_login(case.leader)
    response = client.get(reverse(NUMBER), {"ky": "2026-11"})
    found = {one.version.indicator.code: one for one in response.context["index"].figures}
    assert (found["DV-02"].text, found["DV-09"].text) == ("2.824", "13/19 = 68,4\u00a0%")
    assert all(client.get(one.url).status_code == 200 for one in found.values())
    commune = client.get(reverse(NUMBER), {"ky": "2026-11", "don_vi": case.province.communes[0].pk})
    assert commune.context["index"].scope.name == "Xã Môn Sơn"


def test_an_installation_without_figures_says_so(client):
    client.force_login(make_grant(Province().place, "leader"))
    assert "Chưa có số liệu nào để xem" in plain(client.get(reverse(NUMBER)))


def test_the_workbooks_hold_what_the_pages_show(client, case):
    client.force_login(case.leader)

    def rows(**said):
        content = client.get(reverse(SHEET), {"ky": "2026-11", **said}).content
        return list(openpyxl.load_workbook(BytesIO(content)).active.values)

    units = rows(chi_so="DV-02")
    assert units[0][0] == "DV-02. Lượt dự: 2.824 lượt"
    assert units[3][0] == "Đọc như khi đó: mỗi tháng theo các đơn vị của tháng ấy"
    assert units[4][0].startswith("Bản mới nhất, ghi lần cuối ")
    assert units[6][:6] == ("Xã Châu Khê", None, None, "Chưa có số liệu", None, None)
    assert units[8][:6] == ("Xã Môn Sơn", 1412, None, "1.412", "Đã chấp nhận", 1)
    values = rows(chi_so="DV-01", don_vi=case.province.communes[0].pk)
    assert values[6][:5] == (
        "tháng 11/2026",
        "Xã Môn Sơn",
        1,
        "đếm từ hồ sơ, không nhập tay",
        "Đã chấp nhận",
    )
    assert ("DV-02", "Lượt dự", "2.824", "lượt", 2, None, None) in rows()
    own = rows(chi_so="DV-02", don_vi=case.province.communes[0].pk)
    client.force_login(case.officer)
    part = rows(chi_so="DV-02", don_vi=case.province.place.pk)
    assert part[5][0] == "Chỉ gồm các đơn vị trong phạm vi được xem."
    assert part[7:] == own[6:]


@pytest.mark.parametrize("unit", ["province", "commune"])
def test_a_number_asks_as_many_questions_for_many_units_as_for_few(client, case, unit):
    case_ = {"province": case.province.place, "commune": case.province.communes[1]}[unit]
    opened(client, case.leader, "DV-02", case_)
    with CaptureQueriesContext(connection) as few:
        opened(client, case.leader, "DV-02", case_)
    submit_report(case.month.owed[2], answers=GOOD, actor=None)
    recompute_dirty()
    with CaptureQueriesContext(connection) as many:
        opened(client, case.leader, "DV-02", case_)
    assert len(many) == len(few)


def test_figures_equal_plain_sql(client, case):
    for code in ("DV-02", "DV-04", "DV-07"):
        sheet = opened(client, case.leader, code, case.province.place, "2026").context["sheet"]
        with connection.cursor() as cursor:
            cursor.execute(
                "select sum(v.amount), count(*), sum(case when v.level >= %s then 1 else 0 end) from "
                "indicators_value v join indicators_indicator i on i.id = v.indicator_id "
                "where i.code = %s and v.current and v.first >= '2026-01-01' and v.first < '2027-01-01'",
                [int(Approval.ACCEPTED), code],
            )
            amount, values, accepted = cursor.fetchone()
        assert sheet.rolled.amount == Decimal(str(amount)).quantize(Decimal("0.000001"))
        assert (sheet.standing.values, sheet.standing.accepted) == (values, accepted)


def test_an_estimate_says_so_on_every_page_of_its_number(case, client):
    unit = case.province.communes[2]
    submit_report(case.month.owed[2], answers=GOOD, origins={"luot": Origin.ESTIMATED}, actor=None)
    recompute_dirty()
    user = make_grant(case.province.place, "specialist")

    above = plain(opened(client, user, unit=case.province.place))
    below = plain(opened(client, user, unit=unit))
    index = plain(client.get(reverse(NUMBER), {"ky": "2026-11"}))

    assert "Có số ước" in above
    assert "có số ước" in above.partition("Đơn vị chưa có số")[2]
    assert "Số ước" in below
    assert "có số ước" in index
    assert "Có số ước" not in plain(opened(client, user, code="DV-03", unit=unit))
