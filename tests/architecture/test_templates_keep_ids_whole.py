"""Numbers are shown as 1.234; an id that goes into an address or a form must stay 1234."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "danvan"
TEMPLATES = sorted(SOURCE.rglob("*.html"))
ATTRIBUTE = re.compile(r'\b(?:value|href|action|formaction|hx-(?:get|post|vals))="([^"]*)"')
ID = re.compile(r"\{\{ *[a-z_.]*\b(?:\w*pk|\w*_id|id|changes|vintage|newest|number) *\}\}")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_ids_in_addresses_and_forms_have_no_thousand_separator(template):
    text = template.read_text(encoding="utf-8")
    broken = [
        value for value in ATTRIBUTE.findall(text) if ID.search(value) and "{{ field" not in value
    ]
    assert broken == []
