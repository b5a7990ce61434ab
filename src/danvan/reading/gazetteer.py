"""What the caller knows: names of units and of laws. The engine works without it; with it, it names more."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from danvan.vietnamese.text import fold


@cache
def _laws() -> dict[str, list[tuple[date, str]]]:
    """Laws often cited by name alone (laws.tsv): folded name -> day and symbol of each law of that name, oldest first."""
    table = files("danvan.reading").joinpath("laws.tsv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[date, str]]] = {}
    for line in table.splitlines()[1:]:
        name, symbol, day = line.split("\t")
        found.setdefault(fold(name), []).append((date.fromisoformat(day), symbol))
    return {name: sorted(laws) for name, laws in found.items()}


class Gazetteer:
    """Names of units as the register writes them, and laws by name with their symbols."""

    def __init__(self, units: Iterable[str] = (), laws: Mapping[str, str] | None = None) -> None:
        self._units = {fold(name): name for name in units}
        self._laws = {fold(name): symbol for name, symbol in (laws or {}).items()}

    def unit_called(self, words: str) -> str:
        """The register's spelling of this unit, or "" where it knows none by that name."""
        return self._units.get(fold(words), "") if self._units else ""

    def law_called(self, name: str, *, year: int | None = None, on: date | None = None) -> str:
        """The symbol of the law of this name, or "".

        Of several laws of one name it is the one of `year`, else the newest that there was `on` a day;
        where neither is known, none.
        """
        key = fold(name)
        if key in self._laws:
            return self._laws[key]
        laws = _laws().get(key, [])
        if year:
            laws = [law for law in laws if law[0].year == year]
        elif on:
            laws = [law for law in laws if law[0] <= on][-1:]
        return laws[0][1] if len(laws) == 1 else ""
