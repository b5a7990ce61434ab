"""The frame around every page and the small scripts: themes, menus, keys, type-ahead, questions; and without any script."""

import gzip
import re

import pytest
from django.core.cache import cache

from tests.factories import ActivityFactory, GrantFactory, OrganisationFactory, UnitFactory
from tests.journeys.conftest import EVERY_VIEW, assert_accessible, look

PASSWORD = "Mot-mat-khau-du-dai-2026"
MOST_KILOBYTES = 220


@pytest.fixture(autouse=True)
def _no_limits_from_before(live_server):
    cache.clear()


@pytest.fixture
def province(live_server):
    return UnitFactory(name="Nghệ An")


@pytest.fixture
def person(province):
    user = GrantFactory(role="specialist", unit=province).user
    user.set_password(PASSWORD)
    user.must_change_password = False
    user.save()
    return user


def sign_in(page, live_server, person):
    page.goto(f"{live_server.url}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill(person.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Việc hôm nay").wait_for()


def test_sign_in_is_fit_to_be_looked_at(page, live_server):
    page.goto(f"{live_server.url}/tai-khoan/login/")
    look(page, "sign-in")
    assert_accessible(page, EVERY_VIEW)


def test_home_is_fit_to_be_looked_at(page, live_server, person, province):
    ActivityFactory(unit=OrganisationFactory(place=UnitFactory(under=province)))
    sign_in(page, live_server, person)
    look(page, "home")
    assert_accessible(page, EVERY_VIEW)


def test_an_error_page_is_fit_to_be_looked_at(page, live_server, person):
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/khong-co/")
    look(page, "error")
    assert_accessible(page, EVERY_VIEW)


def test_the_first_page_of_an_officer_is_light(page, live_server, client, person):
    client.force_login(person)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    weights = {}
    page.on("response", lambda answer: weights.update({answer.url: len(gzipped(answer))}))
    page.goto(f"{live_server.url}/", wait_until="networkidle")
    kilobytes = sum(weights.values()) / 1024
    print(f"first page of an officer: {kilobytes:.0f} kB, compressed, nothing cached")
    assert any(url.endswith(".woff2") for url in weights)
    assert kilobytes <= MOST_KILOBYTES, weights


def gzipped(answer):
    body = answer.body()
    # fonts are compressed already
    return body if answer.url.endswith(".woff2") else gzip.compress(body, 9)


def test_the_chosen_theme_is_kept_and_there_before_the_first_paint(page, live_server):
    page.goto(f"{live_server.url}/tai-khoan/login/")
    assert page.locator("html").get_attribute("data-bs-theme") == "light"
    page.get_by_role("button", name="Đổi nền sáng hoặc tối").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.reload(wait_until="commit")
    page.wait_for_function("document.body")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_a_dark_system_is_followed_with_and_without_scripts(browser, live_server):
    for scripts in (True, False):
        context = browser.new_context(color_scheme="dark", java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{live_server.url}/tai-khoan/login/")
        ground = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
        assert ground == "rgb(18, 21, 24)"
        assert page.locator("[data-theme-toggle]").is_visible() is scripts
        context.close()


def test_without_a_script_signing_in_and_out_and_the_phone_menu_work(browser, live_server, person):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    sign_in(page, live_server, person)
    assert not page.get_by_role("link", name="Chỉ tiêu", exact=True).is_visible()
    page.get_by_role("link", name="Danh mục").click()
    page.get_by_role("link", name="Chỉ tiêu", exact=True).click()
    page.get_by_role("heading", name=re.compile("^Chỉ tiêu năm"), level=1).wait_for()
    page.locator("summary.dv-me").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("heading", name="Đăng nhập", exact=True).wait_for()
    context.close()


def test_the_reader_s_menu_opens_and_closes_by_keyboard(page, live_server, person):
    sign_in(page, live_server, person)
    mine = page.locator("details.dv-account")
    mine.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Đăng xuất").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Đăng xuất").is_visible()


def test_the_first_tab_leads_past_the_menu(page, live_server, person):
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_keys_walk_a_list_and_can_be_turned_off(page, live_server, person, province):
    front = OrganisationFactory(place=province)
    for title in ("Việc một", "Việc hai"):
        ActivityFactory(unit=front, title=title)
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/hoat-dong/")
    focused = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Việc hai"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "Việc một"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "Việc hai"
    box = page.get_by_label("Nội dung")
    box.press_sequentially("jk")
    assert box.input_value() == "jk"
    page.evaluate("localStorage.setItem('dv-keys', 'off')")
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_a_unit_is_found_without_tones_by_keyboard(page, live_server, person, province):
    UnitFactory(under=province, name="Xã Con Cuông")
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/don-vi/")
    box = page.locator("main [data-typeahead]").first
    box.press_sequentially("con cuong")
    option = page.get_by_role("option", name=re.compile("Xã Con Cuông"))
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Xã Con Cuông", level=1).wait_for()
