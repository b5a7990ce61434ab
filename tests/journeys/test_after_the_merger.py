"""Three communes merge by an administrator's click; the board, a chart and a review of last year are read three ways."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.indicators.models import Value
from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import EventKind, Kind, Level, Measure
from danvan.organisations.services import add_new_unit, draft_reorganisation, set_passing
from danvan.organisations.services.sizing import Counted, record_sizes
from danvan.reporting.services import open_period, submit_report
from tests.factories.province import Province, make_grant, make_organisation, make_user
from tests.journeys.conftest import assert_accessible, look
from tests.reporting.months import GOOD, indicators, make_form

TODAY = date(2027, 2, 10)
MERGED = date(2026, 7, 1)
NOTHING = dict.fromkeys(GOOD, "0") | {"ty-dong": "", "cach-lam": ""}


class Year:
    """Last year in a province of five communes: each reported every month until June, what stands since July."""

    def __init__(self):
        self.province = Province(5)
        self.place = self.province.place
        make_organisation(self.place, Kind.ADVISORY_BOARD, above=self.province.committee)
        self.leader = make_grant(self.place, "leader", user=make_user("Nguyễn Hải Yến"))
        self.administrator = make_grant(self.place, "administrator")
        indicators()
        self.form = make_form(self.province)
        self.old, self.others = self.province.communes[:3], self.province.communes[3:]
        people = (5_000, 3_000, 2_000)
        counted = [Counted(one.pk, population=n) for one, n in zip(self.old, people, strict=True)]
        record_sizes(counted, counted_on=date(2026, 6, 1), source="Thống kê xã", actor=None)
        self.amounts = dict(
            zip([one.pk for one in self.province.communes], (4, 3, 2, 5, 5), strict=True)
        )
        self.reported(range(1, 7))
        self.draft = draft_reorganisation(
            EventKind.MERGE, title="Nhập ba xã thành xã Trà Lân", scope_id=self.place.pk, effective_on=MERGED,
            decision="Nghị quyết số 1", measure=Measure.POPULATION, actor=self.administrator,
        )  # fmt: skip
        new = add_new_unit(
            self.draft, name="Xã Trà Lân", type_word="xã", level=Level.COMMUNE, parent_id=self.place.pk,
            code="17254", actor=self.administrator,
        )  # fmt: skip
        for one in self.old:
            set_passing(self.draft, one.pk, new_unit_id=new.pk, actor=self.administrator)

    def reported(self, months):
        """Every commune that stands sends its report of these months."""
        for month in months:
            for owed in open_period(self.form, Period.parse(f"2026-{month:02}"), actor=None):
                held = str(self.amounts[owed.unit_id])
                submit_report(owed, answers={**NOTHING, "doi-thoai": held}, actor=None)

    @property
    def new(self):
        return self.draft.new_units.get().unit


def sum_up():
    while recompute_dirty():
        pass


@pytest.fixture
def year(live_server, settings, tmp_path):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = TODAY, tmp_path
    cache.clear()
    return Year()


def signed_in(page, live_server, client, user):
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def number_at(page, live_server, unit, period, reading):
    page.goto(f"{live_server.url}/so/?chi_so=DV-01&don_vi={unit.pk}&ky={period}&doc={reading}")
    return page.locator(".dv-fig-big").first.inner_text().split()[0]


def test_a_merger_is_applied_and_last_year_is_read_three_ways(page, live_server, client, year):
    sum_up()
    before = list(Value.objects.order_by("pk").values_list())
    signed_in(page, live_server, client, year.administrator)
    page.goto(live_server.url + reverse("desk:reorganise-preview", args=[year.draft.pk]))
    page.get_by_role("link", name="Sang bước áp dụng").click()
    page.get_by_label("Tôi đã xem trước").check()
    page.get_by_role("button", name="Duyệt và áp dụng").click()
    page.get_by_text("Đã áp dụng SX-").wait_for()
    assert list(Value.objects.order_by("pk").values_list()) == before
    new = year.new
    year.amounts[new.pk] = 12
    year.reported(range(7, 13))
    sum_up()

    # The board and its chart: the province's total is one and the same, the break is drawn where it was.
    signed_in(page, live_server, client, year.leader)
    for reading in ("khi-do", "hom-nay", "2026-06-30"):
        page.goto(f"{live_server.url}/bang-dieu-hanh/?ky=2026&chi_so=DV-01&doc={reading}")
        assert page.locator("svg .is-break").count() == (1 if reading == "khi-do" else 0)
        page.locator("#xu-huong").get_by_text("Xem bảng số liệu").click()
        rows = page.locator("#xu-huong table").get_by_role("row")
        told = {row.inner_text().split()[0]: row.inner_text() for row in rows.all()}
        assert "19" in told["06/2026"]
        assert "22" in told["07/2026"]
        look(page, f"after-board-{reading}")
        assert_accessible(page)

    # One number: exact as the sum of three, apportioned backwards with the original beside it.
    assert number_at(page, live_server, new, "2026-H1", "khi-do") == "–"
    assert number_at(page, live_server, new, "2026-H1", "hom-nay") == "54"
    assert "quy đổi" not in page.locator("main").inner_text()
    eve = year.old[0]
    assert number_at(page, live_server, eve, "2026-H2", "2026-06-30") == "36"
    said = page.locator("main").inner_text()
    assert "quy đổi" in said
    assert "72" in said
    look(page, "after-number")
    assert_accessible(page)
    for reading in ("khi-do", "hom-nay", "2026-06-30"):
        assert number_at(page, live_server, year.place, "2026", reading) == "246"

    # Sorting by amount across the break is refused politely, and done once the figures are re-based.
    page.goto(
        f"{live_server.url}/so/?chi_so=DV-01&don_vi={year.place.pk}&ky=2026&sap_xep=so&doc=khi-do"
    )
    assert "sắp xếp đơn vị ngày 01/07/2026" in page.locator("main").inner_text()
    page.goto(
        f"{live_server.url}/so/?chi_so=DV-01&don_vi={year.place.pk}&ky=2026&sap_xep=so&doc=hom-nay"
    )
    assert (
        "sắp xếp đơn vị ngày 01/07/2026"
        not in page.locator("main").get_by_role("alert").all_inner_texts()
    )

    # The review of last year says in which tree it is read; its total is the same in each.
    for reading in ("khi-do", "hom-nay", "2026-06-30"):
        page.goto(f"{live_server.url}/bao-cao/?don_vi={year.place.pk}&ky=2026&doc={reading}")
        sheet = page.get_by_role("article", name="Bản báo cáo").inner_text()
        assert {"khi-do": "như khi đó", "hom-nay": "như hôm nay", "2026-06-30": "30/06/2026"}[
            reading
        ] in sheet
        assert "246" in sheet
        look(page, f"after-review-{reading}")
        assert_accessible(page)
