"""DHIS2's own files, where they lie beside the project; nothing of them is in it."""

import json
from functools import cache

import pytest

from tests.architecture import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "dhis2"
needs_the_files = pytest.mark.skipif(
    not FOLDER.exists(), reason=f"the files of DHIS2 are not in {FOLDER}"
)


def content(name):
    """(name, content) of one of the files, as the importers take them."""
    return name, (FOLDER / "integration" / name).read_bytes()


@cache
def printed(name):
    """What DHIS2 printed: the file of that name as JSON."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
