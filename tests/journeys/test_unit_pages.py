"""The register's pages in the browser: the tree, a unit's card, its villages, what it carries, two days compared."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.organisations.enums import STANDING, FlagKind, Kind, LinkKind, MarkKind
from danvan.organisations.models import Unit
from danvan.organisations.selectors import by_code
from danvan.organisations.services import found_organisations, load_register
from danvan.organisations.services.standing import begin_term, link_units, raise_flag, record_mark
from danvan.organisations.services.villages import import_villages
from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.organisations.lists import COUNTS, short_lists
from tests.organisations.test_villages import book, line

SINCE, TODAY = date(2025, 7, 1), date(2026, 12, 31)


@pytest.fixture
def register(live_server, settings):
    settings.DANVAN_TODAY = TODAY
    load_register(source=short_lists(), expected=COUNTS)
    return lambda code, on=SINCE: by_code(code, on=on).pk


def signed_in(page, client, live_server, place):
    client.force_login(make_grant(Unit.objects.get(pk=place), "administrator"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}  # fmt: skip
    page.context.add_cookies([cookie])
    return lambda name, *args, query="": page.goto(
        f"{live_server.url}{reverse(name, args=args)}{query}"
    )


def carry(place, province):
    """What an old, busy unit has: organisations, villages, a condition, symbols, terms, links."""
    bodies = found_organisations([province, place], list(STANDING), actor=None, on=SINCE)
    committee, board = bodies[0], bodies[list(STANDING).index(Kind.ADVISORY_BOARD)]
    rows = [line(name=f"Thôn {n}", households=90 + n, population=340 + 7 * n) for n in range(1, 15)]
    import_villages(
        book(*rows), name="thon.xlsx", top=Unit.objects.get(pk=province), counted_on=TODAY, actor=None
    )  # fmt: skip
    raise_flag(
        place, kind=FlagKind.REMOTE, note="khu vực III", decision="Quyết định 861/QĐ-TTg", valid_from=SINCE, actor=None
    )  # fmt: skip
    for kind, words in ((MarkKind.SYMBOL, "TU"), (MarkKind.SEAL, "Tỉnh ủy An Bình")):
        record_mark(
            committee, kind=kind, text=words, decision="Quyết định 12-QĐ/TU", valid_from=SINCE, actor=None
        )  # fmt: skip
    begin_term(committee, ordinal="XIX", name="2025 - 2030", valid_from=date(2025, 9, 1), actor=None)  # fmt: skip
    link_units(board, committee, kind=LinkKind.ADVISES, valid_from=SINCE, actor=None)
    return committee


def test_the_registers_pages_read_well_at_both_sizes(page, client, live_server, register):
    province, place, old = register("01"), register("00001"), register("00008", date(2025, 6, 30))
    committee = carry(place, province)
    go = signed_in(page, client, live_server, province)
    views = {
        "register-tree": ("desk:register", (), ""),
        "register-tree-villages": ("desk:register", (), f"?duoi={place}"),
        "register-flagged": ("desk:register", (), "?vung=remote"),
        "unit-card": ("desk:unit", (place,), ""),
        "unit-card-province": ("desk:unit", (province,), ""),
        "unit-card-ended": ("desk:unit", (old,), ""),
        "unit-card-committee": ("desk:unit", (committee,), ""),
        "unit-villages": ("desk:villages", (place,), ""),
        "unit-villages-counts": ("desk:villages", (province,), ""),
        "unit-villages-import": ("desk:villages-import", (place,), ""),
        "unit-record-link": ("desk:unit-record", (committee, "quan-he"), ""),
        "register-differing": ("desk:register-differing", (), "?tu=30/06/2025&den=01/07/2025"),
        "register-differing-ended": ("desk:register-differing", (), "?tu=30/06/2025&den=01/07/2025&muc=ket-thuc"),
    }  # fmt: skip
    for name, (url, args, query) in views.items():
        go(url, *args, query=query)
        look(page, name)
        assert_accessible(page)


def test_a_list_of_villages_is_refused_mended_and_brought_in(
    page, client, live_server, register, tmp_path
):
    place = register("00001")
    go = signed_in(page, client, live_server, place)
    wrong, right = tmp_path / "sai.xlsx", tmp_path / "dung.xlsx"
    wrong.write_bytes(book(line(code="1"), line(code="00008"), line(name="Đông")))
    right.write_bytes(book(line(households=40, population=150), line(name="Bản Cá")))
    go("desk:villages-import", place)
    page.get_by_label("Tệp Excel").set_input_files(wrong)
    page.get_by_role("button", name="Kiểm tra và ghi").click()
    page.get_by_text("Tệp có 3 lỗi nên chưa ghi dòng nào").wait_for()
    look(page, "unit-villages-refused")
    assert_accessible(page)
    page.get_by_label("Tệp Excel").set_input_files(wrong)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải tệp có ghi lỗi").click()
    assert taken.value.suggested_filename == "thon-can-sua.xlsx"
    page.get_by_label("Tệp Excel").set_input_files(right)
    page.get_by_role("button", name="Kiểm tra và ghi").click()
    page.get_by_text("Đã ghi 2 thôn, tổ dân phố.").wait_for()
    page.get_by_role("link", name="Bản Cá").wait_for()


def test_a_link_is_written_down_with_the_name_typed_without_tones(
    page, client, live_server, register
):
    province = register("01")
    committee, front = found_organisations(
        [province], [Kind.PARTY_COMMITTEE, Kind.FRONT_COMMITTEE], actor=None, on=SINCE
    )
    go = signed_in(page, client, live_server, province)
    go("desk:unit", front)
    page.get_by_role("link", name="Ghi thêm").last.click()
    page.get_by_label("Quan hệ", exact=True).select_option("coordinates")
    page.get_by_label("Với tổ chức", exact=True).fill("tinh uy an")
    page.locator(".dv-options [role=option]").first.click()
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_text("Đã ghi quan hệ.").wait_for()
    page.get_by_role("link", name="Tỉnh ủy An Bình").first.wait_for()
    assert Unit.objects.get(pk=committee).links_to.get().unit_id == front
