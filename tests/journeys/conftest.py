"""What every browser test uses: a page that is watched, pictures in both sizes and themes, axe."""

import json
import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "screenshots"
SPRITE = ROOT / "src/danvan/foundation/static/dist/icons.svg"
SIZES = {"desktop": (1366, 768), "phone": (360, 800)}
AXE = Axe().axe_script
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    # a live server's requests come from another thread: rows must be committed
    for item in items:
        if "live_server" in item.fixturenames and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(transaction=True))


# Says, as soon as a click or a key has done its work, whether the page is about to be another one.
LEAVING = """navigation.addEventListener("navigate", event => {
  if (!event.destination.sameDocument && event.downloadRequest === null) window.dvLeaving = true
})"""
HERE = """() => !window.dvLeaving && document.readyState === "complete" && !document.querySelector(".htmx-request")"""
TURNS = 200  # of 50 ms
sent_files = []  # the pages that were sent a file and have not been told yet


@pytest.fixture(autouse=True)
def acts_arrive(monkeypatch):
    """A click or a key is over when the page it leads to is there: Playwright's own do not wait for that."""
    for name in ("click", "press"):
        monkeypatch.setattr(Locator, name, arriving(getattr(Locator, name)))


def arriving(act):
    def acts(place, *given, **named):
        act(place, *given, **named)
        arrive(place.page)

    return acts


def arrive(page):
    for _ in range(TURNS):
        if is_here(page):
            return
        if page in sent_files:  # a file came instead of a page
            sent_files.remove(page)
            page.evaluate("() => { window.dvLeaving = false }")
        page.wait_for_timeout(50)


def is_here(page):
    try:
        return page.evaluate(HERE)
    except Error:  # the page is being exchanged for the next one
        return False


@pytest.fixture
def page(page, live_server):
    """Playwright's page, which at the end had no script fault, no refused policy, no outside request."""
    faults, outside = [], []
    page.add_init_script(LEAVING)
    page.on("download", lambda _: sent_files.append(page))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
    own = (live_server.url, "data:", "blob:", "about:")
    page.on(
        "request",
        lambda request: None if request.url.startswith(own) else outside.append(request.url),
    )
    yield page
    assert faults == []
    assert outside == []


def is_fault(said):
    # an answer of 4xx or 5xx, which tests ask for on purpose, is told in the console as well
    return (
        said.type in {"error", "warning"} and "the server responded with a status" not in said.text
    )


def theme(page, name):
    page.evaluate("name => { document.documentElement.dataset.bsTheme = name }", name)


def missing_icons(page):
    """Icons the page asks for that are not in the sprite: they would be an empty square."""
    asked = page.eval_on_selector_all("use", "found => found.map(one => one.getAttribute('href'))")
    there = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    names = {href.split("#")[1] for href in asked if "icons.svg#" in href}
    return sorted(names - there)


def look(page, name):
    """Nothing may need sideways scrolling in either size, no icon be missing; with PICTURES=1, pictures in both themes."""
    assert missing_icons(page) == []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        spill = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert spill <= 0, f"{name}: {spill} px too wide at {width} px"
        if os.environ.get("PICTURES"):
            picture(page, f"{name}-{size}")
    page.set_viewport_size({"width": 1366, "height": 768})


def picture(page, name):
    """The page as it stands, in both themes."""
    PICTURES.mkdir(exist_ok=True)
    for tone in ("light", "dark"):
        theme(page, tone)
        page.screenshot(path=PICTURES / f"{name}-{tone}.png", full_page=True)
    theme(page, "light")


EVERY_VIEW = [(size, tone) for size in SIZES for tone in ("light", "dark")]


def faults_by_axe(page):
    """What axe finds in the page as it stands; the page learns axe once."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(
        "options => axe.run(options).then(found => found.violations)",
        {
            "runOnly": {"type": "tag", "values": RULES},
            "resultTypes": ["violations"],
            "preload": False,
        },
    )


def assert_accessible(page, views=(("desktop", "light"), ("phone", "dark"))):
    """No fault by axe's rules for WCAG 2.2 AA and good practice: in each size, and in each theme."""
    found = []
    for size, tone in views:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        theme(page, tone)
        found += [
            f"{size} {tone} {fault['id']}: {json.dumps(node['html'], ensure_ascii=False)[:200]}"
            for fault in faults_by_axe(page)
            for node in fault["nodes"]
        ]
    theme(page, "light")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert found == []
