"""Việc hôm nay from the ledger, the reports and the registers: whose it is, until when, what can be done about it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments import services as ledger
from danvan.commitments.services import Assignment
from danvan.desk.home.reading import Asked, read_home
from danvan.documents.enums import Direction, ProposalKind, Stage
from danvan.documents.models import Proposal
from danvan.documents.services import distribute_document
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.reporting import services as reporting
from tests.factories import DocumentFactory
from tests.factories.law import make_parameters
from tests.factories.province import Province, make_grant, make_user
from tests.reporting.months import GOOD, Month

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


def people(province):
    commune = province.communes[0]
    return SimpleNamespace(
        province=province,
        specialist=make_grant(province.place, "specialist", user=make_user("Hải Yến")),
        officer=make_grant(commune, "commune_officer", user=make_user("Văn Thắng")),
        other=make_grant(province.communes[1], "commune_officer", user=make_user("Thị Hoa")),
    )


@pytest.fixture
def land():
    return people(Province())


def give(land, days, lead=None, **given):
    due = TODAY + timedelta(days=days) if days is not None else None
    said = {"title": "Sửa ngầm tràn", "product": "Ngầm tràn"} | given
    lead = lead or land.province.committees[0]
    [one] = ledger.assign_commitments(
        [Assignment(lead_id=lead.pk, due_on=due, **said)],
        assigner=land.province.committee,
        actor=None,
        assigned_on=date(2026, 1, 5),
    )
    return one


def rows(user, **asked):
    home = read_home(user, Asked(**asked))
    return [
        (group.key, row.thing.title, row.state.tone, row.state.words)
        for group in home.groups
        for row in group.rows
    ]


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (-6, ("qua-han", "red", "Quá 6 ngày")),
        (-1, ("qua-han", "red", "Quá 1 ngày")),
        (0, ("den-han", "orange", "Hôm nay")),
        (7, ("den-han", "orange", "Còn 7 ngày")),
        (8, None),
        (None, None),
    ],
)
def test_work_shows_by_its_day_to_who_leads_and_who_gave_it(land, days, shown):
    give(land, days)
    wanted = [] if shown is None else [(shown[0], "Sửa ngầm tràn", *shown[1:])]
    new = ("bo-sung", "Sửa ngầm tràn", "orange", "Mới giao, chờ nhận")
    assert rows(land.officer) == (wanted or [new])
    assert rows(land.specialist) == wanted
    assert rows(land.other) == []


def test_the_latest_stand_first_and_the_tiles_count_them(land):
    for days, title in ((-1, "b"), (-6, "a"), (5, "d"), (0, "c")):
        give(land, days, title=title)
    assert [title for _, title, _, _ in rows(land.officer)] == ["a", "b", "c", "d"]
    late, due, *_ = read_home(land.officer).tiles
    assert (late.count, late.note, late.tone) == ("2", "lâu nhất 6 ngày", "late")
    assert (due.count, due.note, due.tone) == ("2", "gần nhất hôm nay", "watch")


def test_a_day_that_was_put_off_shows_the_first_one(client, land):
    one = give(land, 2)
    ledger.extend_commitments(
        [one],
        until=TODAY + timedelta(days=5),
        words="Mưa lũ",
        document="Công văn 112/UBND-KT",
        actor=None,
    )
    client.force_login(land.officer)
    text = client.get("/").content.decode()
    assert "hạn 25/11/2026, hạn đầu <s>22/11/2026</s>" in text


def test_a_claim_waits_for_whoever_gave_the_work_but_not_for_who_said_it(land):
    one = give(land, 3)
    ledger.claim_done(one, result="Xong", actor=land.officer)
    assert rows(land.specialist) == [("xac-minh", "Sửa ngầm tràn", "grey", "Chờ kiểm tra")]
    assert rows(land.officer) == []


@pytest.mark.parametrize(("days", "group"), [(30, "bo-sung"), (None, "bo-sung"), (2, "den-han")])
def test_what_an_asker_opened_again_is_a_matter_of_today_for_both_sides(land, days, group):
    one = give(land, days)
    code = ledger.issue_follow_code([one], actor=None)
    ledger.claim_done(one, result="Xong", actor=None)
    ledger.say_not_yet(code, one, "Còn thiếu cọc tiêu")
    for user in (land.specialist, land.officer):
        assert [row[:2] for row in rows(user)] == [(group, "Sửa ngầm tràn")]
        assert "Người hỏi: chưa xong" in rows(user)[0][3]


def test_a_request_for_more_time_waits_for_whoever_gave_the_work(land):
    one = give(land, 20)
    ledger.ask_extension(one, until=date(2026, 12, 31), reason="Mưa lũ", actor=land.officer)
    assert rows(land.specialist) == [("xac-minh", "Sửa ngầm tràn", "grey", "Xin gia hạn đến 31/12")]


def test_what_stands_still_until_somebody_decides_waits_for_whoever_gave_it(land, settings):
    make_parameters("clock.pause.cap", "clock.series.ahead")
    leader = make_grant(land.province.place, "leader", user=make_user("Hoài An"))
    declined, done, risked = (give(land, 40, title=title) for title in ("a", "b", "c"))
    ledger.decline_commitment(declined, words="Không có máy", actor=land.officer)
    ledger.claim_done(done, result="Xong", actor=land.officer)
    ledger.verify_commitment(done, finding="Đạt", actor=leader)
    ledger.accept_risk(
        risked, until=date(2026, 11, 25), reason="Chờ vốn", document="CV 1", actor=leader
    )
    lead = land.province.committees[0]
    [series] = ledger.begin_series(
        [Assignment(lead_id=lead.pk, title="d", product="Báo cáo", due_on=None)],
        ledger.Rule("month", date(2026, 12, 20), ahead=5),
        assigner=land.province.committee,
        actor=None,
    )
    type(series).objects.filter(pk=series.pk).update(halted="Đơn vị chủ trì đã kết thúc.")
    settings.DANVAN_TODAY = date(2026, 11, 25)
    waiting = {(title, words) for group, title, _, words in rows(leader) if group == "xac-minh"}
    assert waiting == {
        ("a", "Đơn vị không nhận, chờ quyết định"),
        ("b", "Đã kiểm tra, chờ đóng"),
        ("c", "Chấp nhận rủi ro đã đến ngày 25/11"),
        ("d", "Chưa mở được lượt"),
    }
    assert rows(land.other) == []
    ledger.resume_commitment(risked, words="Có vốn", actor=leader)
    assert "c" not in {title for _, title, _, _ in rows(leader)}


def test_an_explanation_waits_for_the_unit_and_then_for_whoever_asked(land, settings):
    [asked] = ledger.ask_explanations(
        [land.province.committees[0].pk], asker=land.province.committee, subject_kind="x",
        subject_ids=[1], subject="Báo cáo chậm", due_on=date(2026, 11, 25), actor=None,
    )  # fmt: skip
    assert rows(land.officer) == [("den-han", "Báo cáo chậm", "orange", "Còn 5 ngày")]
    assert rows(land.specialist) == []
    settings.DANVAN_TODAY = date(2026, 11, 27)
    assert rows(land.officer) == [("qua-han", "Báo cáo chậm", "red", "Quá 2 ngày")]
    ledger.answer_explanation(asked, answer="Mất mạng", actor=land.officer)
    assert rows(land.officer) == []
    assert rows(land.specialist) == [("xac-minh", "Báo cáo chậm", "grey", "Chờ ý kiến")]
    assert rows(land.specialist, sort="giai-trinh") == rows(land.specialist)


def test_only_who_gave_the_work_may_act_on_several(client, land):
    one = give(land, -1)
    client.force_login(land.officer)
    assert 'name="chon"' not in client.get("/").content.decode()
    client.force_login(land.specialist)
    text = client.get("/").content.decode()
    assert f'name="chon" value="{one.pk}"' in text
    answer = client.post(
        "/viec-phai-lam/hang-loat/",
        {"chon": [one.pk], "viec": "nhac", "gui": "1", "ve": "/?nhom=qua-han"},
        follow=True,
    )
    assert answer.redirect_chain == [("/?nhom=qua-han", 302)]
    assert "Đã nhắc 1 đơn vị về 1 việc." in answer.content.decode()
    asked = client.post("/viec-phai-lam/hang-loat/", {"chon": [one.pk], "viec": "giai-trinh"})
    assert asked.status_code == 200
    assert (
        client.post("/viec-phai-lam/hang-loat/", {"chon": [one.pk], "viec": "gia-han"}).status_code
        == 200
    )


def test_every_row_opens(client, land):
    give(land, -1)
    ledger.claim_done(give(land, 1), result="Xong", actor=land.officer)
    ledger.ask_extension(give(land, 20), until=date(2026, 12, 31), reason="x", actor=None)
    ledger.ask_explanations(
        [land.province.committees[0].pk], asker=land.province.committee, subject_kind="x",
        subject_ids=[1], subject="Báo cáo chậm", due_on=date(2026, 11, 25), actor=None,
    )  # fmt: skip
    for user in (land.officer, land.specialist):
        client.force_login(user)
        home = read_home(user)
        urls = [row.thing.url for group in home.groups for row in group.rows]
        urls += [tile.url for tile in home.tiles]
        assert {client.get(url).status_code for url in urls} == {200}


class TestReports:
    @pytest.fixture
    def month(self, settings):
        settings.DANVAN_TODAY = date(2026, 12, 3)
        month = Month()
        month.people = people(month.province)
        return month

    TITLE = "Báo cáo công tác dân vận tháng 11/2026"

    def test_an_officer_finds_the_own_report_on_top_and_in_the_list(self, client, month):
        officer = month.people.officer
        assert rows(officer) == [("den-han", self.TITLE, "orange", "Còn 2 ngày")]
        [form] = read_home(officer).forms
        assert (form.thing.title, form.thing.unit_name) == (self.TITLE, "Xã Môn Sơn")
        client.force_login(officer)
        text = client.get("/").content.decode()
        assert f'href="/bieu-mau/{month.first.pk}/nhap/"' in text.split("td-tiles")[0]
        assert client.get(form.thing.url).status_code == 200

    def test_a_report_not_sent_in_time_is_late_for_the_unit_and_counted_for_who_asks(
        self, client, month, settings
    ):
        settings.DANVAN_TODAY = date(2026, 12, 9)
        assert rows(month.people.officer) == [("qua-han", self.TITLE, "red", "Quá 4 ngày")]
        assert rows(month.people.specialist) == [
            ("qua-han", self.TITLE, "red", "3 đơn vị chưa gửi")
        ]
        client.force_login(month.people.specialist)
        [group] = read_home(month.people.specialist).groups
        assert client.get(group.rows[0].thing.url).context["page"].count == 3

    def test_what_was_sent_waits_for_approval_and_what_was_returned_to_be_mended(
        self, client, month
    ):
        owed, given = month.first, month.people
        reporting.submit_report(owed, answers=GOOD, actor=given.officer)
        assert rows(given.officer) == []
        assert rows(given.specialist) == [
            ("xac-minh", self.TITLE, "grey", "1 báo cáo chờ duyệt"),
        ]
        client.force_login(given.specialist)
        [waiting] = read_home(given.specialist).groups
        assert client.get(waiting.rows[0].thing.url).context["page"].count == 1
        owed.refresh_from_db()
        reporting.return_report(owed, words="Sai số", comments={}, actor=given.specialist)
        assert rows(given.officer) == [
            ("bo-sung", self.TITLE, "orange", "Được trả lại để sửa"),
        ]
        assert rows(given.specialist) == []


class TestRegisters:
    def test_a_document_sent_to_us_waits_to_be_entered(self, client, land):
        paper = DocumentFactory(
            unit=land.province.committee, direction=Direction.OUTGOING, symbol="12-NQ/TU",
            abstract="Về công tác dân vận", received_on=None,
        )  # fmt: skip
        clerk = make_grant(land.province.place, "clerk")
        distribute_document(paper, [land.province.committees[0].pk], actor=clerk)
        assert rows(land.officer) == [
            ("bo-sung", "12-NQ/TU: Về công tác dân vận", "orange", "Chờ vào sổ")
        ]
        client.force_login(land.officer)
        [group] = read_home(land.officer).groups
        assert client.get(group.rows[0].thing.url).status_code == 200
        assert rows(land.other) == []

    def test_what_the_machine_proposes_stands_beside_the_list(self, client, land):
        document = DocumentFactory(
            unit=land.province.committee, stage=Stage.TO_REVIEW, symbol="27-KL/ĐU", abstract="x"
        )
        for start in (0, 10):
            Proposal.objects.create(
                document=document, kind=ProposalKind.CITATION, start=start, end=start + 5,
                confidence=90, rule="r", reason="vì",
            )  # fmt: skip
        home = read_home(land.specialist)
        assert [(one.title, one.note) for one in home.readings] == [
            ("27-KL/ĐU: x", "2 đề xuất chờ xem")
        ]
        assert home.readings_count == "1"
        client.force_login(land.specialist)
        assert "Máy đọc đề xuất" in client.get("/").content.decode()


def test_what_was_told_stands_beside_the_list_and_opens_through_the_notice(client, land):
    tell([land.officer.pk], key="a", topic=Topic.REPORT, words="Báo cáo trả lại", url="/bieu-mau/")
    client.force_login(land.officer)
    text = client.get("/").content.decode()
    [notice] = read_home(land.officer).latest
    assert f'<a href="/thong-bao/{notice.pk}/">Báo cáo trả lại</a>' in text
    assert 'aria-label="Thông báo: 1 chưa đọc"' in text


def test_the_page_costs_the_same_at_one_row_and_at_three(client, land):
    client.force_login(land.specialist)

    def more(number):
        for _ in range(number):
            give(land, -1)
            give(land, 2)
            ledger.claim_done(give(land, 3), result="Xong", actor=land.officer)
            ledger.ask_extension(give(land, 20), until=date(2026, 12, 31), reason="x", actor=None)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get("/")
        return len(caught)

    more(1)
    client.get("/")
    at_one = cost()
    more(2)
    assert cost() == at_one


@pytest.mark.parametrize("days", [30, None])
def test_silence_is_told_to_who_gave_the_work_until_its_day_shows_it(land, days):
    make_parameters("clock.silence")
    one = give(land, days)
    assert rows(land.specialist) == [("bo-sung", "Sửa ngầm tràn", "orange", "Im lặng 319 ngày")]
    assert [row[3] for row in rows(land.officer)] == ["Mới giao, chờ nhận"]
    ledger.start_commitment(one, actor=land.officer)
    assert rows(land.specialist) == []


def test_what_a_unit_gave_itself_stands_once_among_what_it_is_to_take_up(land):
    make_parameters("clock.silence")
    give(land, 30, lead=land.province.committee)
    assert [row[3] for row in rows(land.specialist)] == ["Mới giao, chờ nhận"]


def test_new_work_and_work_sent_back_wait_for_the_lead(land):
    give(land, 30)
    back = give(land, 40, title="Sửa cầu treo")
    ledger.claim_done(back, result="Xong", actor=land.officer)
    ledger.return_commitment(back, words="Thiếu ván", actor=land.specialist)
    assert [row[1:] for row in rows(land.officer)] == [
        ("Sửa ngầm tràn", "orange", "Mới giao, chờ nhận"),
        ("Sửa cầu treo", "orange", "Trả lại để làm tiếp"),
    ]
    assert rows(land.specialist) == []
    ledger.claim_done(back, result="Đủ ván", actor=land.officer)
    assert [row[1] for row in rows(land.officer)] == ["Sửa ngầm tràn"]


def test_what_a_unit_gave_itself_waits_for_the_unit_above_it(land):
    lead = land.province.committees[0]
    lead.versions.update(parent=land.province.committee)
    [one] = ledger.assign_commitments(
        [Assignment(lead_id=lead.pk, title="Sửa ngầm", product="Ngầm", due_on=date(2026, 12, 31))],
        assigner=lead, actor=None,
    )  # fmt: skip
    ledger.claim_done(one, result="Xong", actor=land.officer)
    wanted = [("xac-minh", "Sửa ngầm", "grey", "Đơn vị tự giao, chờ kiểm tra")]
    assert rows(land.specialist) == wanted
    assert rows(land.officer) == rows(land.other) == []
