"""The annotated texts beside the project: which there are, their bodies, and the engine on them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from danvan.reading import as_json, read, symbol_key

# Kept aside since the first issue: nobody looks at them while writing rules.
HELD_OUT = ("06", "09", "15", "18", "48", "69")


def folder() -> Path:
    """Where they lie."""
    return Path(__file__).resolve().parents[2] / "shared" / "data" / "texts"


def chosen(names: Iterable[str], *, held_out: bool) -> list[str]:
    """The names of those kept aside, or of all others."""
    return sorted(name for name in names if name.startswith(HELD_OUT) == held_out)


def body_of(path: Path) -> str:
    """The text without the line that says where it is from; offsets count from here."""
    text = path.read_bytes().decode("utf-8")
    return text.split("\n", 1)[1] if text.startswith("# ") else text


def reader() -> Callable[[str], dict[str, Any]]:
    """The engine, as the command prints it."""
    return lambda text: as_json(read(text))


def normal(symbol: str) -> str:
    """A symbol in one spelling, so that two writings of it are the same."""
    return symbol_key(symbol)
