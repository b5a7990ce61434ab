"""The leader's board: what waits, what is late, what was done; whose it is; and that its figures are the records'."""

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.services import answer_explanation, ask_explanations, ask_extension
from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import Follows, Kind
from danvan.reporting.services import accept_report, open_period, submit_report
from tests.desk.months import NOVEMBER, TODAY, Case, plain
from tests.factories.province import Province, make_grant, make_organisation, make_place, make_user
from tests.once import once, own
from tests.reporting.months import GOOD, make_form

pytestmark = pytest.mark.django_db
BOARD = "desk:board"


_case = once(Case, DANVAN_TODAY=TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def case(_case):
    return own(_case)


def opened(client, user, **asked):
    client.force_login(user)
    return client.get(reverse(BOARD), asked)


def sql(words, *values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return cursor.fetchone()


# before all others: what they share is built for the first of them
def test_an_empty_installation_has_an_empty_board(client):
    response = opened(client, make_grant(Province().place, "leader"))
    page = plain(response)
    assert (
        "không có việc nào chờ đồng chí quyết định, không có việc quá hạn." not in page
    )  # the review waits
    assert "Không có việc nào quá hạn" in page
    assert "Chưa có chỉ tiêu nào" in page
    assert response.context["board"].trend is None


def test_the_board_opens_with_one_sentence_whose_figures_open(client, case):
    response = opened(client, case.leader)
    page = plain(response)
    assert (
        "Hôm nay, Chủ nhật, 20/12/2026: 2 việc chờ đồng chí quyết định, 1 việc quá hạn ở 1 đơn vị"
        in page
    )
    assert "1 trong 1 chỉ tiêu đếm được có nguy cơ không đạt." in page
    assert f'href="{reverse("commitments:list")}?muc=qua-han"' in response.content.decode()


def test_figures_of_the_board_equal_plain_sql(client, case):
    board = opened(client, case.leader).context["board"]
    due = board.facts.totals
    day = TODAY.isoformat()
    assert (due.due, due.claimed, due.verified, due.overdue) == sql(
        "select count(*), count(claimed_on), count(verified_on), "
        "sum(case when claimed_on is null and due_on < %s then 1 else 0 end) from commitments_commitment "
        "where due_on >= '2026-01-01' and due_on < '2027-01-01' and state <> 'withdrawn'", day,
    )  # fmt: skip
    assert (board.overdue.count, board.overdue.units) == sql(
        "select count(*), count(distinct lead_id) from commitments_commitment "
        "where claimed_on is null and due_on < %s and state <> 'withdrawn'", day,
    )  # fmt: skip
    reports = board.reports.figures
    assert (reports.owed, reports.sent, reports.on_time) == sql(
        "select count(*), count(first_sent_on), sum(case when first_sent_on <= due_on then 1 else 0 end) "
        "from reporting_obligation where first = '2026-11-01'"
    )
    (november,) = [one for one in board.trend.months if one.period == NOVEMBER]
    numerator, denominator = (
        sql(
            "select sum(v.amount) from indicators_value v join indicators_indicator i on i.id = v.indicator_id "
            "where i.code = %s and v.first = '2026-11-01' and v.current", code,
        )[0]
        for code in ("DV-05", "DV-04")
    )  # fmt: skip
    assert (november.rolled.numerator, november.rolled.denominator) == (numerator, denominator)


@pytest.mark.parametrize(
    ("figure", "counted"),
    [
        ("den-han", "due"),
        ("bao-xong", "claimed"),
        ("da-kiem-tra", "verified"),
        ("qua-han", "overdue"),
        ("co-nguoi-hoi", "asked"),
        ("dong-y", "agreed"),
        ("chua-dong-y", "disputed"),
    ],
)
def test_each_figure_of_the_ledger_opens_to_exactly_its_rows(client, case, figure, counted):
    board = opened(client, case.leader).context["board"]
    address = board.facts.urls[figure.replace("-", "_")]
    response = client.get(address)
    assert len(response.context["due"].rows) == getattr(board.facts.totals, counted)
    book = openpyxl.load_workbook(BytesIO(client.get(f"{address}&tep=xlsx").content)).active
    assert book.max_row == 2 + len(response.context["due"].rows)


def test_the_rows_of_a_figure_are_the_readers_own(client, case):
    client.force_login(case.officer)
    due = client.get(reverse("desk:board-due"), {"so": "chua-kiem-tra"}).context["due"]
    assert due.rows == []
    due = client.get(reverse("desk:board-due")).context["due"]
    assert {lead for _, lead in due.rows} == {"Ủy ban nhân dân Xã Môn Sơn"}
    assert client.get(reverse("desk:board-due"), {"so": "khac"}).status_code == 404


def test_the_reports_of_two_forms_are_told_as_reports_and_open_to_the_list_of_months(client, case):
    form = make_form(case.province, code="BM-09", name="Báo cáo thứ hai")
    open_period(form, NOVEMBER, actor=None)

    page = opened(client, case.leader)
    reports = page.context["board"].reports

    assert f"{reports.figures.owed} báo cáo phải gửi" in plain(page)
    assert reports.sent_url == reports.on_time_url == reverse("reporting:home")


def test_each_figure_of_the_reports_opens(client, case):
    reports = opened(client, case.leader).context["board"].reports
    assert len(client.get(reports.sent_url).context["lines"]) == reports.figures.sent
    assert len(client.get(reports.on_time_url).context["lines"]) == reports.figures.on_time
    own = opened(client, case.officer).context["board"].reports
    assert client.get(own.sent_url).status_code == 200


def test_each_decision_stands_with_one_act(client, case):
    ask_extension(case.commitments[0], until=date(2027, 1, 31), reason="Mưa lũ", actor=case.officer)
    (asked,) = ask_explanations(
        [case.province.governments[0].pk], asker=case.province.committee,
        subject_kind="commitments.commitment", subject_ids=[case.commitments[0].pk],
        subject="Việc quá hạn", due_on=date(2026, 12, 24), actor=case.leader,
    )  # fmt: skip
    answer_explanation(asked, answer="Do mưa lũ", actor=case.officer)
    lines = opened(client, case.leader).context["board"].decisions.lines
    assert [(one.word, one.act) for one in lines] == [
        ("Quá hạn", "Xem và quyết"),
        ("Đã giải trình", "Xem và quyết"),
        ("Chờ kiểm tra", "Kiểm tra"),
        ("Chờ ký", "Mở báo cáo"),
    ]  # fmt: skip
    assert all(client.get(one.url).status_code == 200 for one in lines)


def test_a_month_is_offered_for_locking_only_when_nothing_in_it_waits(client, case):
    words = [one.word for one in opened(client, case.leader).context["board"].decisions.lines]
    assert "Chờ chốt" not in words
    words = [one.word for one in opened(client, case.specialist).context["board"].decisions.lines]
    assert "Chờ duyệt" in words
    accept_report(case.month.owed[1], actor=case.specialist)
    lines = opened(client, case.leader).context["board"].decisions.lines
    (ready,) = [one for one in lines if one.word == "Chờ chốt"]
    assert ready.note == "2 báo cáo đã duyệt, chờ chốt số liệu."
    assert client.get(ready.url).status_code == 200


def test_an_officer_sees_the_board_of_the_own_commune(client, case):
    response = opened(client, case.officer)
    board, page = response.context["board"], plain(response)
    assert board.scope.name == "Xã Môn Sơn"
    assert board.facts.totals.due == 2
    assert board.reports.figures.owed == 1
    assert board.map is None
    assert "Yêu cầu giải trình" not in page
    assert "Con Cuông" not in page
    elsewhere = client.get(reverse(BOARD), {"don_vi": case.province.communes[1].pk})
    assert elsewhere.status_code == 404


def test_an_officer_is_asked_to_answer(client, case):
    ask_explanations(
        [case.province.governments[0].pk], asker=case.province.committee,
        subject_kind="commitments.commitment", subject_ids=[case.commitments[0].pk],
        subject="Việc quá hạn", due_on=date(2026, 12, 24), actor=case.leader,
    )  # fmt: skip
    (one,) = opened(client, case.officer).context["board"].decisions.lines
    assert (one.word, one.act) == ("Chờ trả lời", "Giải trình")


def test_a_leader_looks_into_one_commune(client, case):
    commune = case.province.communes[1]
    response = opened(client, case.leader, don_vi=commune.pk)
    board = response.context["board"]
    assert (board.scope.name, board.scope.whole, board.scope.narrowed) == (
        "Xã Con Cuông",
        True,
        True,
    )
    assert board.facts.totals.due == 2
    assert (
        board.targets.lines[0].evaluation.numerator,
        board.targets.lines[0].evaluation.denominator,
    ) == (0, 1)
    assert [pk for pk, _ in board.scope.choices] == [
        case.province.place.pk, *(case.province.communes[one].pk for one in (2, 1, 0)),
    ]  # fmt: skip


def test_the_line_of_an_organisation_sees_only_its_own_affairs(client, case):
    user = make_grant(case.province.front, "specialist", follows=Follows.LINE)
    response = opened(client, user)
    board = response.context["board"]
    assert (board.scope.name, board.scope.whole) == ("Tỉnh Nghệ An", False)
    assert (board.trend, board.map, board.facts.totals.due) == (None, None, 0)
    assert "Chỉ gồm các đơn vị trong phạm vi của đồng chí ở Tỉnh Nghệ An." in plain(response)


@pytest.mark.parametrize("asked", ["x", "-1", "99999999999", "999999"])
def test_a_place_that_is_none_is_not_found(client, case, asked):
    assert opened(client, case.leader, don_vi=asked).status_code == 404


def test_an_organisation_has_no_board(client, case):
    assert opened(client, case.leader, don_vi=case.province.front.pk).status_code == 404


@pytest.mark.parametrize(
    ("code", "due", "month", "status"),
    [
        ("2026", 4, "2026-11", 200), ("2026-11", 3, "2026-11", 200), ("2026-Q4", 4, "2026-11", 200),
        ("2026-12", 1, None, 200), ("2025", 0, None, 200), ("2026-13", 4, "2026-11", 422),
    ],
)  # fmt: skip
def test_the_period_stands_in_the_address(client, case, code, due, month, status):
    response = opened(client, case.leader, ky=code)
    board = response.context["board"]
    assert response.status_code == status
    assert board.facts.totals.due == due
    assert (board.reports and board.reports.month.code) == month


@pytest.mark.parametrize("code", ["2024", "2026", "2023-Q4", "2026-H1"])
def test_the_period_that_is_read_is_the_one_chosen(client, case, code):
    page = opened(client, case.leader, ky=code).content.decode()

    [periods] = re.findall(r'<select[^>]+name="ky".*?</select>', page)
    assert re.findall(r'<option value="([^"]+)" selected', periods) == [code]


def test_the_trend_is_a_chart_and_the_same_numbers_as_a_table(client, case):
    response = opened(client, case.leader, chi_so="DV-02")
    trend, page = response.context["board"].trend, response.content.decode()
    assert trend.version.indicator.code == "DV-02"
    assert [(one.period.code, one.text, one.nature) for one in trend.months][-2:] == [
        ("2026-10", "–", "chưa có số liệu"), ("2026-11", "2.824", "đã gửi, chưa duyệt đủ"),
    ]  # fmt: skip
    assert len(trend.months) == 18
    assert len(trend.chart.bars) == 1
    assert trend.summary in page
    assert trend.months[-1].url.replace("&", "&amp;") in page
    assert trend.chart.breaks == []
    assert "Các tháng này chưa có số liệu" not in page


def test_a_chart_without_a_bar_says_what_else_may_be_read(client, case):
    silent = case.province.communes[2].pk
    then = plain(opened(client, case.leader, chi_so="DV-02", don_vi=silent))
    today = plain(opened(client, case.leader, chi_so="DV-02", don_vi=silent, doc="hom-nay"))
    assert "chưa có số liệu của chính Xã Châu Khê; chọn “Như hôm nay”" in then
    assert "Các tháng này chưa có số liệu." in today


def test_every_place_has_its_tile_or_stands_beside_the_map(client, case):
    response = opened(client, case.leader, ban_do="so-DV-02")
    found, page = response.context["board"].map, plain(response)
    assert {one.name: one.said.text for one in found.tiles} == {
        "Xã Môn Sơn": "1,4",
        "Xã Con Cuông": "1,4",
    }
    assert [(one.name, one.said.text) for one in found.unplaced] == [("Xã Châu Khê", "–")]
    assert "số trong ô tính bằng nghìn" in page
    assert "QĐ. Hoàng Sa" in page
    assert "QĐ. Trường Sa" in page
    assert "Chưa có vị trí trong sổ đơn vị nên không vẽ: Xã Châu Khê (–)" in page


def test_the_map_of_a_target_tells_who_lacks_what(client, case):
    found = opened(client, case.leader, ban_do=f"ct-{case.target.pk}").context["board"].map
    assert found.title == case.target.title
    said = {one.name: (one.said.text, one.said.group) for one in found.everyone}
    assert said["Xã Môn Sơn"][1] in {"green", "orange"}
    assert said["Xã Châu Khê"] == ("0", "red") or said["Xã Châu Khê"][0].startswith("0/")
    addresses = {one.said.url for one in found.everyone}
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_a_value_submitted_is_on_the_board_when_the_worker_has_summed(client, case):
    def shown():
        board = opened(client, case.leader, chi_so="DV-02").context["board"]
        return board.trend.months[-1].text, board.reports.figures.sent

    assert shown() == ("2.824", 2)
    submit_report(case.month.owed[2], answers={**GOOD, "luot": "1.413"}, actor=None, on=date(2026, 12, 19),
                  evidence=[])  # fmt: skip
    assert recompute_dirty() > 0
    assert shown() == ("4.237", 3)


def test_the_board_asks_as_many_questions_for_many_units_as_for_few(client, case):
    client.force_login(case.leader)
    asked = {"ban_do": "so-DV-02"}
    client.get(reverse(BOARD), asked)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(BOARD), asked)
    for _ in range(3):
        case.assign(6)
    for name in ("Mường Xén", "Tri Lễ", "Keng Đu"):
        place = make_place(f"Xã {name}", under=case.province.place)
        make_organisation(place, Kind.FRONT_COMMITTEE)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(BOARD), asked)
    assert len(many) == len(few)


def test_the_workbook_holds_what_the_page_shows(client, case):
    client.force_login(case.leader)
    response = client.get(reverse("desk:board-workbook"), {"ban_do": "so-DV-02"})
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][0] == "Bảng điều hành năm 2026, Tỉnh Nghệ An, tính đến 20/12/2026"
    found = {(row[0], row[1]): row[2:4] for row in rows[2:]}
    assert found["Việc đến hạn", "Đơn vị báo đã xong"] == (2, 4)
    assert found["Báo cáo", "tháng 11/2026"] == (2, 3)
    assert ("Báo cáo chưa gửi", "Xã Châu Khê") in found


def test_who_reads_of_two_places_begins_with_the_larger(client, case):
    user = make_user()
    make_grant(case.province.communes[1], "commune_officer", user=user)
    make_grant(case.province.communes[0], "commune_officer", user=user)
    response = opened(client, user, don_vi=case.province.communes[1].pk)
    board = response.context["board"]
    assert (board.scope.name, board.facts.totals.due) == ("Xã Con Cuông", 2)
    board = opened(client, user).context["board"]
    assert (board.facts.totals.due, len(board.scope.choices)) == (2, 2)
