"""What holds for every template and every asset we write."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "src/danvan"
PAPER = {"sheet.css", "ruled.css"}  # set in the font of documents, which has a bold
ASSETS = MODULES / "foundation/assets"
TEMPLATES = sorted(MODULES.glob("*/templates/**/*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an hx-on attribute": re.compile(r"\bhx-on\b"),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "a page from elsewhere": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "an unescaped value": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}


def names(template):
    return template.relative_to(MODULES).as_posix()


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("template", TEMPLATES, ids=names)
def test_no_template_needs_more_than_the_strict_policy(template):
    text = template.read_text(encoding="utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=names)
def test_every_picture_of_a_template_has_its_words(template):
    text = template.read_text(encoding="utf-8")
    assert [tag for tag in re.findall(r"<img\b[^>]*>", text) if "alt=" not in tag] == []
    buttons = re.findall(r"<button\b[^>]*>(.*?)</button>", text, re.DOTALL)
    wordless = [b for b in buttons if not re.sub(r"<[^>]+>|{%[^%]*%}", "", b).strip()]
    unnamed = [b for b in wordless if f"{b}</button>" in text and "aria-label" not in text]
    assert unnamed == []


def block(css, selector):
    found = re.search(re.escape(selector) + r" \{\n(.*?)\n\}", css, re.DOTALL)
    assert found is not None, selector
    return found[1]


def test_the_dark_theme_is_the_same_with_and_without_a_script():
    css = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    assert block(css, ":root:not([data-bs-theme])") == block(css, "[data-bs-theme=dark]")


def test_no_colour_is_written_outside_the_tokens():
    # the administrative sheet and the ruled register are black on white in both themes
    free = {"tokens.css", "print.css", *PAPER}
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b")
    strangers = {
        sheet.name: found
        for sheet in ASSETS.glob("*.css")
        if sheet.name not in free
        and (found := [one for one in colour.findall(sheet.read_text()) if one != "#fff"])
    }
    assert strangers == {}


def test_text_is_set_in_two_weights_only():
    weights = re.compile(r"font(?:-weight)?:\s*([1-9]00)")
    found = {
        weight
        for sheet in ASSETS.glob("*.css")
        if sheet.name not in PAPER
        for weight in weights.findall(sheet.read_text(encoding="utf-8"))
    }
    assert found == {"400", "600"}


def test_no_script_evaluates_text_or_writes_markup():
    banned = re.compile(
        r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    )
    found = {
        one.name: banned.findall(one.read_text(encoding="utf-8")) for one in ASSETS.glob("*.js")
    }
    assert {name: uses for name, uses in found.items() if uses} == {}


def test_every_component_is_described():
    guide = (ROOT / "docs/DESIGN.md").read_text(encoding="utf-8")
    components = {one.stem for one in (MODULES / "foundation/templates/cotton").glob("*.html")}
    assert {name for name in components if f"`<c-{name}" not in guide} == set()


def test_htmx_is_told_to_stay_within_the_strict_policy():
    head = (MODULES / "foundation/templates/foundation/head.html").read_text(encoding="utf-8")
    told = json.loads(re.search(r"htmx-config\" content='([^']+)'", head)[1])
    assert told["includeIndicatorStyles"] is False
    assert told["allowEval"] is False
    assert told["allowScriptTags"] is False
    assert told["selfRequestsOnly"] is True
    assert "style" not in told["attributesToSettle"]
