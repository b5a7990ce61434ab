"""What may not stand in the repository: other people's files, addresses of registries, built output."""

import re

from tests.architecture import ROOT, short, tracked

# Written in pieces, so that this file is not the one place that holds them.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "npm" + "mirror",
    "registry.yarn" + "pkg",
    "jsdel" + "ivr",
    "unp" + "kg.com",
    "cdn" + "js.",
    "proxy.go" + "lang",
    "deb.deb" + "ian.org",
]
TEXT = {
    ".py", ".md", ".html", ".css", ".js", ".mjs", ".toml", ".json", ".lock", ".yaml", ".yml",
    ".sh", ".tsv", ".txt", ".cfg", ".ini", "",
}  # fmt: skip
BINARY = {
    ".woff",
    ".woff2",
    ".ttf",
    ".otf",
    ".png",
    ".jpg",
    ".docx",
    ".xlsx",
    ".pdf",
    ".zip",
    ".whl",
}
LARGEST = 400_000
OWN_PICTURES = ROOT / "docs/pictures"  # taken by `make picture`


def text_files():
    return [file for file in tracked() if file.suffix in TEXT]


def test_no_registry_is_named():
    pattern = re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE)
    bad = [
        short(file)
        for file in text_files()
        if pattern.search(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert bad == []


def test_locks_hold_hashes_and_no_addresses():
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert [lock.name for lock in locks] == [
        "requirements-bench.lock",
        "requirements-bootstrap.lock",
        "requirements-build.lock",
        "requirements-helpdesk.lock",
        "requirements-test.lock",
        "requirements-underthesea.lock",
        "requirements.lock",
    ]
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        pinned = re.findall(
            r"^[A-Za-z0-9][^\n]*?==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE
        )
        assert len(pinned) == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)), lock.name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_what_the_product_installs_holds_no_test_tools():
    names = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    tools = {
        "pytest",
        "playwright",
        "hypothesis",
        "mypy",
        "ruff",
        "coverage",
        "slipcover",
        "factory-boy",
    }
    assert names & tools == set()


def test_nothing_binary_or_built_is_committed():
    bad = [
        short(file)
        for file in tracked()
        if (file.suffix.lower() in BINARY and file.parent != OWN_PICTURES)
        or {"node_modules", "dist", "vendor"} & set(file.relative_to(ROOT).parts)
        or ".min." in file.name
    ]
    assert bad == []


def test_nothing_huge_is_committed():
    assert [short(file) for file in tracked() if file.stat().st_size > LARGEST] == []
