"""The pages of the way: what the head reads, the board by step, what waits for whom, what is told."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from danvan.accounts.models import Grant
from danvan.accounts.services import delegate_grant
from danvan.desk.board.decisions import read_decisions
from danvan.desk.board.scope import scope_of
from danvan.desk.home.reading import read_home
from danvan.notifications.models import Notification
from danvan.reporting.models import Obligation
from danvan.reporting.rules import between
from danvan.reporting.selectors import laid_before, late_reports, waiting_by_step, waiting_for
from danvan.reporting.services import (
    accept_report,
    add_draft_evidence,
    give_back_report,
    propose_report,
    release_report,
    return_report,
    set_form_rules,
)
from tests.factories.province import make_grant, make_user
from tests.notifications.hearing import deliver_all
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, PNG, TODAY
from tests.reporting.ways import Way, let_go, propose

pytestmark = pytest.mark.django_db
_way = once(Way, DANVAN_TODAY=TODAY)


@pytest.fixture
def way(_way, db):
    return own(_way)


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def plain(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def at(way, name, **more):
    return reverse(f"reporting:{name}", args=[way.first.pk], **more)


def month_url(way, name="period"):
    return reverse(f"reporting:{name}", args=[way.form.pk, NOVEMBER.code])


def test_the_officer_lays_it_before_the_head_from_the_page(way):
    officer = enter(way.officer)
    answers = {f"a-{code}": text for code, text in GOOD.items()}
    assert officer.post(at(way, "entry"), answers).status_code == 302
    page = plain(officer.get(at(way, "review")))
    assert "Trình lãnh đạo duyệt" in page
    sent = officer.post(at(way, "review"), answers | {"seen": "0"}, follow=True)
    assert "Đã trình lãnh đạo đơn vị" in plain(sent)
    assert "Có bản đang trình lãnh đạo đơn vị duyệt" in plain(sent)
    assert Obligation.objects.get(pk=way.first.pk).standing == "proposed"
    assert "Rút lại bản trình" in plain(officer.get(at(way, "laid")))
    report = plain(officer.get(at(way, "report")))
    assert ("Sửa và trình lại" in report, "Lập báo cáo" in report) == (True, False)
    assert officer.post(at(way, "withdraw-laid")).url == at(way, "entry")
    assert "không chờ lãnh đạo" in plain(officer.post(at(way, "withdraw-laid"), follow=True))


def test_the_head_gives_it_back_and_the_officer_reads_why(way):
    propose(way)
    head, officer = enter(way.head), enter(way.officer)
    page = plain(head.get(at(way, "laid")))
    assert "Duyệt và gửi" in page
    assert "1.412" in page
    refused = head.post(at(way, "decide-laid"), {"viec": "tra", "c-luot": ""})
    assert refused.status_code == 422
    assert "lý do" in plain(refused)
    said = {"viec": "tra", "words": "Xem lại số lượt.", "c-luot": "Gấp bốn."}
    assert head.post(at(way, "decide-laid"), said).status_code == 302
    page = plain(officer.get(at(way, "entry")))
    assert "Lãnh đạo đơn vị trả lại" in page
    assert "Xem lại số lượt." in page
    assert "Gấp bốn." in page


def test_the_head_reads_of_which_question_it_is_that_it_cannot_go(way):
    propose(way)
    set_form_rules(way.form, [between("k", "luot", most=10, blocks=True)], actor=None)
    refused = enter(way.head).post(at(way, "decide-laid"), {"viec": "duyet"})
    assert refused.status_code == 422
    assert "<p><b>Lượt người dự:</b> " in refused.content.decode()


def test_the_head_lets_it_go_and_who_pressed_too_late_reads_what_happened(way):
    propose(way)
    head = enter(way.head)
    said = {"viec": "duyet", "seen": str(Obligation.objects.get(pk=way.first.pk).changes)}
    page = plain(head.post(at(way, "decide-laid"), said, follow=True))
    assert "Đã duyệt và gửi báo cáo" in page
    assert "Đường duyệt" in page
    late = head.post(at(way, "decide-laid"), said, follow=True)
    assert "đã thay đổi sau khi đồng chí mở trang" in plain(late)
    assert head.get(at(way, "laid")).url == at(way, "report")


def test_what_lies_before_the_head_is_read_by_the_unit_alone(way):
    propose(way)
    for person in (way.place, way.centre, make_grant(way.province.place, "leader")):
        assert enter(person).get(at(way, "laid")).url == at(way, "report")
        assert "Có bản đang trình" not in plain(enter(person).get(at(way, "report")))
    assert enter(way.place).post(at(way, "decide-laid")).status_code == 403
    above = make_grant(way.province.place, "leader")
    assert enter(above).post(at(way, "decide-laid")).status_code == 404


def test_the_deputy_is_named_with_whom_and_till_when(way):
    deputy = make_user("Vi Thị Lan")
    held = Grant.objects.get(user=way.head)
    from datetime import date

    delegate_grant(
        held, to=deputy, valid_to=date(2026, 12, 16), actor=way.head, role="report_releaser",
        source_symbol="12-QĐ/ĐU", reason="Đi học",
    )  # fmt: skip
    propose(way)
    release_report(way.first, actor=deputy)
    page = plain(enter(way.officer).get(at(way, "report")))
    assert "thay mặt đồng chí Lô Văn Hùng (ủy quyền đến 15/12/2026)" in page
    assert "Vi Thị Lan, Xã Môn Sơn" in page


def test_the_province_reads_and_approves_its_part_of_a_form_of_the_centre(way):
    let_go(way)
    propose_report(way.owed[1], answers=GOOD, actor=None)
    place = enter(way.place)
    assert f"{way.form.name} tháng 11/2026" in plain(place.get(reverse("reporting:home")))
    page = place.get(month_url(way))
    assert 'value="dang-qua-cap"' in page.content.decode()
    assert "Chờ cấp tỉnh duyệt 1" in plain(page)
    assert "Chờ lãnh đạo đơn vị duyệt 1" in plain(page)
    assert page.content.decode().count('name="chon"') == 1
    assert "Tải Excel" not in plain(page)
    assert place.get(month_url(way, "period-sheet")).status_code == 404
    mine = place.get(month_url(way), {"tinh_trang": "luot-toi"})
    assert "Xã Môn Sơn" in plain(mine)
    assert "Xã Con Cuông" not in plain(mine)
    changes = Obligation.objects.get(pk=way.first.pk).changes
    said = {"chon": [f"{way.first.pk}:{changes}"]}
    done = place.post(month_url(way, "accept-many"), said, follow=True)
    assert "Đã duyệt 1 báo cáo" in plain(done)
    assert "Chờ nơi yêu cầu duyệt 1" in plain(done)
    again = place.post(month_url(way, "accept-many"), said)
    assert again.status_code == 422


def test_a_province_beside_reads_nothing_of_it(way):
    from danvan.organisations.enums import Level
    from tests.factories.province import make_place

    let_go(way)
    beside = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=way.province.country)
    stranger = enter(make_grant(beside, "specialist"))
    assert stranger.get(month_url(way)).status_code == 404
    assert stranger.post(at(way, "decide"), {"viec": "duyet"}).status_code == 404


def test_the_centre_returns_it_to_the_province_from_the_page(way):
    let_go(way)
    accept_report(way.first, actor=way.place)
    centre = enter(way.centre)
    assert "Trả lại Tỉnh Nghệ An" in plain(centre.get(at(way, "report")))
    page = centre.post(
        at(way, "decide"), {"viec": "tra-cap-duoi", "words": "Xem lại."}, follow=True
    )
    assert "Trả lại cấp dưới" in plain(page)
    assert "Đang duyệt qua các cấp" in plain(page)
    assert "Duyệt báo cáo" not in plain(page)
    assert "Duyệt báo cáo" in plain(enter(way.place).get(at(way, "report")))


def test_each_sees_what_waits_for_them_and_only_that(way):
    def waits(user):
        return {one.pk for one in waiting_for(user)}, {one.pk for one in laid_before(user)}

    first = way.first.pk
    propose(way)
    assert waits(way.head) == (set(), {first})
    assert waits(way.place) == waits(way.centre) == (set(), set())
    release_report(way.first, actor=way.head)
    assert waits(way.head) == (set(), set())
    assert waits(way.place) == ({first}, set())
    assert waits(way.centre) == (set(), set())
    accept_report(way.first, actor=way.place)
    assert waits(way.place) == (set(), set())
    assert waits(way.centre) == ({first}, set())


def test_the_board_and_the_work_of_today_list_ones_own_turn(way):
    propose(way)
    scope = scope_of(way.head)
    told = read_decisions(way.head, scope, TODAY)
    assert any(line.word == "Chờ duyệt gửi" for line in told.lines)
    make_grant(way.commune, "commune_officer", user=way.head)
    rows = [row.thing.state for group in read_home(way.head).groups for row in group.rows]
    assert "Chờ đồng chí duyệt gửi" in rows
    release_report(way.first, actor=way.head)
    assert not any(
        line.word == "Chờ duyệt gửi" for line in read_decisions(way.head, scope, TODAY).lines
    )
    rows = [row.thing.state for group in read_home(way.place).groups for row in group.rows]
    assert "1 báo cáo chờ duyệt" in rows
    rows = [row.thing.state for group in read_home(way.centre).groups for row in group.rows]
    assert "1 báo cáo chờ duyệt" not in rows


def test_the_steps_are_counted_for_who_asked(way):
    assert waiting_by_step(way.form, NOVEMBER) == []
    let_go(way)
    assert [(one.label, one.number) for one in waiting_by_step(way.form, NOVEMBER)] == [
        ("Chờ cấp tỉnh duyệt", 1)
    ]


def test_what_its_head_has_not_let_go_is_late(way, settings):
    from datetime import date

    propose(way)
    [late] = late_reports(
        Obligation.objects.filter(pk=way.first.pk).values("unit"), date(2026, 12, 9)
    )
    assert late.obligation_ids == (way.first.pk,)


def test_whose_turn_it_is_is_told(way):
    def told(user):
        deliver_all()
        return [one.words for one in Notification.objects.filter(user=user).order_by("pk")]

    propose(way)
    assert any("chờ đồng chí duyệt trước khi gửi" in one for one in told(way.head))
    give_back_report(way.first, words="Xem lại.", comments={}, actor=way.head)
    assert any("lãnh đạo đơn vị trả lại" in one for one in told(way.officer))
    assert not told(way.place)
    let_go(way)
    assert any("chờ duyệt" in one for one in told(way.place))
    assert not told(way.centre)
    accept_report(way.first, actor=way.place)
    assert any("cấp dưới đã duyệt" in one for one in told(way.centre))
    return_report(way.first, words="Sai.", comments={}, actor=way.centre, below=True)
    assert any("cấp trên trả lại" in one for one in told(way.place))


def test_nobody_above_reads_a_draft_that_the_head_has_not_let_go(way):
    officer = enter(way.officer)
    officer.post(at(way, "entry"), {f"a-{code}": text for code, text in GOOD.items()})
    propose(way)

    assert "1.412" in plain(officer.get(at(way, "paper")))
    assert "1.412" in plain(enter(way.head).get(at(way, "paper")))
    for above in (way.place, way.centre):
        paper = plain(enter(above).get(at(way, "paper")))
        assert "Lượt người dự" in paper
        assert "1.412" not in paper
    assert 1412 not in _in_the_package(way)
    release_report(way.first, actor=way.head)
    assert "1.412" in plain(enter(way.place).get(at(way, "paper")))
    assert 1412 in _in_the_package(way)


def _in_the_package(way):
    """All that stands in the workbooks of a month which who asks takes along."""
    package = b"".join(enter(way.centre).get(month_url(way, "templates")).streaming_content)
    with zipfile.ZipFile(BytesIO(package)) as opened:
        books = [load_workbook(BytesIO(opened.read(name))) for name in opened.namelist()]
    return {cell for book in books for sheet in book for row in sheet.values for cell in row}


def test_the_head_opens_the_files_before_letting_them_go(way):
    file = add_draft_evidence(way.first, name="anh.png", content=PNG, actor=way.officer)
    propose(way)
    address = at(way, "laid").replace("/trinh/", f"/trinh/tep/{file.pk}/")

    assert address in enter(way.head).get(at(way, "laid")).content.decode()
    assert b"".join(enter(way.head).get(address).streaming_content) == PNG
    assert enter(way.place).get(address).status_code == 403
