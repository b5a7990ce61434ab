"""What the documents promise is there: words, files, commands, settings."""

import re

from django.apps import apps

from config import env
from tests.architecture import ROOT, tracked

TECHNICAL = {"foundation"}  # its models have no domain noun


def test_every_model_has_a_line_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    missing = [
        model.__name__
        for app in apps.get_app_configs()
        if app.name.startswith("danvan.") and app.label not in TECHNICAL
        for model in app.get_models()
        if f"`{model.__name__}`" not in glossary
    ]
    assert missing == []


def test_every_setting_is_in_the_table_and_no_other():
    table = (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(DANVAN_[A-Z_]+)`", table, re.MULTILINE))
    read = {name for name in env.KNOWN if name.startswith("DANVAN_")}
    assert told == read


def test_links_between_documents_lead_somewhere():
    broken = []
    for file in tracked():
        if file.suffix != ".md":
            continue
        links = re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8"))
        broken += [
            f"{file.name} -> {link}"
            for link in links
            if "://" not in link and not (file.parent / link).exists()
        ]
    assert broken == []


def test_every_make_target_told_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = set()
    for file in tracked():
        if file.suffix == ".md":
            text = file.read_text(encoding="utf-8")
            told |= set(re.findall(r"^(?:```\n)?make ([a-z]+)", text, re.MULTILINE))
            told |= set(re.findall(r"`make ([a-z]+)", text))
    assert told - targets == set()
