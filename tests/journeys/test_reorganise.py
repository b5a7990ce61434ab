"""Three communes merge by hand: drafted, refused, mended, seen in three readings, applied, taken over, undone."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.accounts.models import Grant
from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment, assign_commitments
from danvan.indicators.enums import MeasureKind
from danvan.organisations.enums import EventState, HandOverState
from danvan.organisations.models import HandOver, Lineage, Reorganisation, Unit, UnitVersion
from danvan.organisations.services.sizing import Counted, record_sizes
from tests.factories.province import Province, make_grant
from tests.indicators.figures import a_ratio, an_indicator, give
from tests.journeys.conftest import assert_accessible, look

TODAY = date(2026, 12, 31)
DAY = date(2026, 7, 1)
EVE = date(2026, 6, 30)
NAMES = ["Xã Môn Sơn", "Xã Con Cuông", "Xã Châu Khê"]
PEOPLE = [(9_860, 2_537), (7_412, 1_770), (6_628, 1_593)]


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    province = Province()
    counted = [
        Counted(place.pk, *told) for place, told in zip(province.communes, PEOPLE, strict=True)
    ]
    record_sizes(counted, counted_on=EVE, source="Đề án sắp xếp", actor=None)
    talks = an_indicator("DV-01", name="Cuộc đối thoại")
    poor = an_indicator("DV-02", name="Hộ nghèo", unit_label="hộ", kind=MeasureKind.STOCK)
    homes = an_indicator("DV-03", name="Tổng số hộ", unit_label="hộ", kind=MeasureKind.STOCK)
    a_ratio("DV-04", poor, homes, name="Tỷ lệ hộ nghèo", places=2)
    for place, held, without, (_, all_of_them) in zip(
        province.communes, (4, 3, 2), (148, 236, 201), PEOPLE, strict=True
    ):
        give(place, "2026-05", {talks: held, poor: without + 3, homes: all_of_them})
        give(place, "2026-06", {poor: without, homes: all_of_them})
    province.officer = make_grant(province.communes[0], "commune_officer")
    work = [
        Assignment(front.pk, f"Sửa cầu treo bản {number}", "Biên bản", TODAY)
        for number, front in enumerate(province.fronts, 1)
    ]
    assign_commitments(work, assigner=province.committee, actor=None)
    return province


def signed(page, live_server, client, user):
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


def step(page, name):
    """The current step of the draft."""
    page.locator(".dv-steps [aria-current=step]", has_text=name).wait_for()


def pick(page, label, words, at=0):
    """Type and take the first suggestion, as an officer does."""
    page.get_by_label(label).nth(at).fill(words)
    page.locator(".dv-options:not([hidden]) [role=option]").first.click()


def test_three_communes_merge_by_hand(page, live_server, client, province):
    administrator = make_grant(province.place, "administrator")
    signed(page, live_server, client, administrator)
    page.goto(live_server.url + reverse("desk:reorganisations"))
    look(page, "reorganise-empty")
    assert_accessible(page)
    page.get_by_role("link", name="Lập dự thảo").first.click()
    page.get_by_role("radio", name="Hợp nhất").check()
    look(page, "reorganise-new")
    assert_accessible(page)
    page.get_by_label("Tên", exact=True).fill("Nhập ba đơn vị thành xã Con Cuông")
    page.get_by_label("Có hiệu lực từ ngày").fill("01/07/2026")
    page.get_by_label("Văn bản quyết định").fill("Nghị quyết số 1678/NQ-UBTVQH15")
    page.get_by_role("button", name="Lập dự thảo").click()
    step(page, "Đơn vị")
    page.get_by_role("button", name="Thêm đơn vị", exact=True).click()
    for at, words in enumerate(["mon son", "con cuong", "chau khe"], 1):
        pick(page, f"Đơn vị cũ {at}", words)
    page.get_by_label("Tên đầy đủ").fill("Xã Con Cuông")
    page.get_by_label("Loại hình").select_option("Xã")
    page.locator("[name=founds_0_code]").fill("04021")
    look(page, "reorganise-units")
    assert_accessible(page)
    page.get_by_role("button", name="Ghi, sang bước").click()
    step(page, "Tỷ trọng")
    draft = Reorganisation.objects.get()
    assert [one.predecessor for one in draft.passings.order_by("pk")] == province.communes
    look(page, "reorganise-shares")
    assert_accessible(page)

    # Shares that do not sum to one: told, and refused when it is applied all the same.
    page.get_by_label("Phần Xã Môn Sơn chuyển sang Xã Con Cuông").fill("95 %")
    page.get_by_role("button", name="Ghi, sang bước").click()
    step(page, "Kiểm tra")
    assert page.get_by_text("cộng lại là 0,950").is_visible()
    look(page, "reorganise-check")
    assert_accessible(page)
    page.get_by_role("link", name="Áp dụng").click()
    page.get_by_label("Tôi đã xem trước").check()
    page.get_by_role("button", name="Duyệt và áp dụng").click()
    page.get_by_text("Chưa áp dụng được").wait_for()
    look(page, "reorganise-refused")
    assert_accessible(page)
    draft.refresh_from_db()
    assert (draft.state, Lineage.objects.count()) == (EventState.DRAFT, 0)

    # Mended.
    page.get_by_role("link", name="Tỷ trọng").click()
    page.get_by_label("Phần Xã Môn Sơn chuyển sang Xã Con Cuông").fill("")
    page.get_by_role("button", name="Ghi, sang bước").click()
    step(page, "Kiểm tra")
    look(page, "reorganise-check-good")
    page.get_by_role("link", name="Xem trước").first.click()
    step(page, "Xem trước")
    look(page, "reorganise-preview")
    assert_accessible(page)

    # Applied: the old units have ended, everything open waits for the heir.
    page.get_by_role("link", name="Sang bước áp dụng").click()
    step(page, "Áp dụng")
    look(page, "reorganise-apply")
    page.get_by_label("Tôi đã xem trước").check()
    page.get_by_role("button", name="Duyệt và áp dụng").click()
    page.get_by_text("Đã áp dụng SX-2026-001").wait_for()
    draft.refresh_from_db()
    new = draft.new_units.get().unit
    assert (draft.state, new.founded_on) == (EventState.APPLIED, DAY)
    assert {
        one.ended_on for one in Unit.objects.filter(pk__in=[p.pk for p in province.communes])
    } == {DAY}
    assert HandOver.objects.filter(state=HandOverState.WAITING).count() >= 3
    look(page, "reorganise-applied")
    assert_accessible(page)
    page.goto(live_server.url + reverse("desk:reorganisations"))
    look(page, "reorganise-list")
    assert_accessible(page)

    # The officer of the first commune answers for the new one now, and takes its work over.
    signed(page, live_server, client, province.officer)
    page.goto(live_server.url + reverse("desk:hand-overs"))
    look(page, "hand-overs")
    assert_accessible(page)
    page.get_by_role("checkbox", name="Sửa cầu treo bản 1").check()
    page.get_by_role("button", name="Nhận việc đã chọn").click()
    page.get_by_text("Đã nhận 1 việc bàn giao").wait_for()
    accepted = HandOver.objects.get(title__contains="bản 1", holder="commitments.lead")
    assert (accepted.state, accepted.decided_by) == (HandOverState.ACCEPTED, province.officer)
    leads = set(Commitment.objects.values_list("lead__versions__place_id", flat=True))
    assert leads == {new.pk}

    # Undone: every unit, grant and commitment as it was.
    signed(page, live_server, client, administrator)
    page.goto(live_server.url + reverse("desk:reorganisation", args=[draft.pk]))
    page.get_by_role("link", name="Xem trước khi hoàn tác").click()
    page.get_by_label("Lý do hoàn tác").wait_for()
    look(page, "reorganise-undo")
    assert_accessible(page)
    page.get_by_label("Lý do hoàn tác").fill("Ghi nhầm ngày có hiệu lực")
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác SX-2026-001").wait_for()
    draft.refresh_from_db()
    assert (draft.state, draft.undone_why) == (EventState.UNDONE, "Ghi nhầm ngày có hiệu lực")
    assert Unit.objects.exclude(ended_on=None).count() == 0
    assert not Unit.objects.filter(pk=new.pk).exists()
    assert [one.lead for one in Commitment.objects.order_by("pk")] == province.fronts
    assert Grant.objects.get(user=province.officer).unit == province.communes[0]
    assert UnitVersion.objects.exclude(valid_to=None).count() == 0
    look(page, "reorganise-undone")
    assert_accessible(page)
