"""Which lines of the product the tests reach, at next to no cost: `pytest -p tests.lines`, then `coverage report`.

Tracing every call, as `coverage run` must on Python 3.11, makes tests half as slow again. Here only the modules whose
lines are counted carry probes, which fall silent once they were hit. To be loaded before Django loads the modules.
"""

import os
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from coverage import CoverageData
from slipcover import ImportManager, Slipcover

ROOT = Path(__file__).resolve().parents[1]


class Counted:
    """The files that pyproject.toml names for coverage."""

    def __init__(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        self._named = project["tool"]["coverage"]["run"]

    def matches(self, path: Path | str) -> bool:
        def any_of(patterns: list[str]) -> bool:
            return any(fnmatch(str(path), str(ROOT / one)) for one in patterns)

        return any_of(self._named["include"]) and not any_of(self._named["omit"])

    def all(self) -> list[str]:
        return [str(one) for one in (ROOT / "src").rglob("*.py") if self.matches(one)]


_counted, _probes = Counted(), Slipcover()
ImportManager(_probes, _counted).__enter__()


def pytest_sessionfinish() -> None:
    """Each worker writes what it reached, for `coverage combine`; a file nobody loaded counts as not reached."""
    written = CoverageData(str(ROOT / ".coverage"), suffix=str(os.getpid()))
    written.add_lines({one: [] for one in _counted.all()})
    for name, found in _probes.get_coverage()["files"].items():
        written.add_lines({str(ROOT / name): found["executed_lines"]})
    written.write()
