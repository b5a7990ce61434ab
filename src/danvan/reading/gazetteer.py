"""What the caller knows: names of units and of laws. The engine works without it; with it, it names more."""

from collections.abc import Iterable, Mapping

from danvan.vietnamese.text import fold


class Gazetteer:
    """Names of units as the register writes them, and laws by name with their symbols."""

    def __init__(self, units: Iterable[str] = (), laws: Mapping[str, str] | None = None) -> None:
        self._units = {fold(name): name for name in units}
        self._laws = {fold(name): symbol for name, symbol in (laws or {}).items()}

    def unit_called(self, words: str) -> str:
        """The register's spelling of this unit, or "" where it knows none by that name."""
        return self._units.get(fold(words), "")

    def law_called(self, name: str) -> str:
        """The symbol of the law of this name, or ""."""
        return self._laws.get(fold(name), "")
