"""The import contracts cover every module, so a new one cannot stand beside the floors."""

import tomllib

from tests.architecture import ROOT, SRC

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]
MODULES = {
    folder.name for folder in (SRC / "danvan").iterdir() if (folder / "__init__.py").exists()
}
# Plain Python, or pages only: they have no services, selectors and models to keep in order.
WITHOUT_INNER_ORDER = {"vietnamese", "reading", "foundation", "analytics", "desk", "demo"}


def contract(start):
    return next(one for one in CONTRACTS["contracts"] if one["name"].startswith(start))


def test_every_module_stands_on_a_floor():
    layers = contract("Modules depend downwards only")["layers"]
    named = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    assert named == MODULES
    assert contract("Modules depend downwards only")["exhaustive"] is True


def test_every_module_with_services_keeps_the_inner_order():
    ordered = {name.removeprefix("danvan.") for name in contract("Inside a module")["containers"]}
    assert ordered == MODULES - WITHOUT_INNER_ORDER


def test_every_module_below_analytics_is_kept_from_the_warehouse():
    kept = {name.removeprefix("danvan.") for name in contract("Only analytics")["source_modules"]}
    assert kept >= MODULES - {"analytics", "vietnamese", "reading"}
