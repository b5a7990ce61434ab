"""The laws beside the project: their text as the engine is given it, and how many articles they have by their own build.

The truth never comes from our engine:
- codified laws end with a list of their provisions, each under a number of 20 digits or more: what begins with "Điều" there;
- decrees in Markdown have a heading `### Điều n` for each article of their own; the text is given without these marks;
- a scanned decree has no headings: the numbers from 1 that each begin a line, as far as they run without a gap;
- laws as lists of provisions have their list; where a provision's text lost its heading, it is put back in front.
  Some provisions hold more articles run on behind their own: these count too, where "Điều n." follows a full stop or a title in capitals.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "data"
_LISTED = re.compile(r"^### \d{20,}\n+Điều (\S+?)\.?(?:\s|$)", re.MULTILINE)
_HEADED = re.compile(r"^### Điều (\d+[a-zđ]?)", re.MULTILINE)
_BEGINS = re.compile(r"^[#* ]*Điều (\d+)\. \S", re.MULTILINE)
_RUN_ON = re.compile(r"(?:[.;:…”\"]|[A-ZĐÀ-Ỹ]{2})\s?[ĐÐ]iều\s*(\d{1,3})\s*[.:]")
_OWN = re.compile(r"\s*(?:Điều|Article)\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Law:
    """A law: its text, its articles as its own build tells them, and those that run on inside a provision."""

    name: str
    text: str
    articles: frozenset[str]
    truth: str
    run_on: frozenset[str] = frozenset()


def laws() -> list[Law]:
    """Every law of ../shared/data/legal and vnlaw, in the order of their names; none where the folders are missing."""
    found = [_of_markdown(path) for path in sorted((SHARED / "legal").glob("*.md"))]
    lists = [*(SHARED / "legal").glob("*.json"), *(SHARED / "vnlaw").rglob("*.json")]
    return found + [law for path in sorted(lists) if (law := _of_provisions(path))]


def _of_markdown(path: Path) -> Law:
    text = path.read_text(encoding="utf-8")
    body = text.split("\n## Danh sách điều khoản", 1)[0]
    if listed := _LISTED.findall(text):
        return Law(path.stem, body, frozenset(listed), "list of provisions")
    bare = re.sub(r"^[#>* ]+|\*\*", "", body, flags=re.MULTILINE)
    if headed := _HEADED.findall(text):
        return Law(path.stem, bare, frozenset(headed), "headings")
    numbers, last = set(_BEGINS.findall(body)), 0
    while str(last + 1) in numbers:
        last += 1
    counted = frozenset(str(number) for number in range(1, last + 1))
    return Law(path.stem, bare, counted, "numbers without a gap")


def _of_provisions(path: Path) -> Law | None:
    provisions = json.loads(path.read_text(encoding="utf-8")).get("provisions")
    if not provisions:
        return None
    provisions = sorted(provisions, key=lambda one: int(re.sub(r"\D", "", one["section"])))
    pieces = []
    for one in provisions:
        own = _OWN.match(one["content"])
        begun = own and own[1] == one["section"] and one["content"].lstrip().startswith("Điều")
        rest = one["content"] if begun or not own else one["content"][own.end() :]
        pieces.append(rest if begun else f"Điều {one['section']}. {rest.lstrip(' .-:')}")
    text = "\n".join(pieces)
    listed = frozenset(one["section"] for one in provisions)
    beyond = frozenset(_RUN_ON.findall(text)) - listed
    return Law(f"{path.parent.name}_{path.stem}", text, listed, "provisions", beyond)
