"""The annotated texts beside the project, and the score of a reading of each: as score_reading.py counts, in this process."""

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bench._annotated import body_of, chosen, folder
from danvan.reading import as_json, read

KINDS = ("citations", "targets", "statistics")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with what a person found in it."""

    name: str
    body: str
    gold: dict[str, Any]


def annotated() -> list[Annotated]:
    """The annotated texts: those kept aside where HOLDOUT=1, else all others."""
    names = (path.stem for path in folder().glob("*.json"))
    found = []
    for name in chosen(names, held_out=bool(os.environ.get("HOLDOUT"))):
        path = folder() / f"{name}.json"
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "offset_base" in gold:
            found.append(Annotated(name, body_of(path.with_suffix(".txt")), gold))
    return found


def score(texts: Iterable[Annotated]) -> dict[str, float]:
    """F1 of citations, targets and figures, and the share of right dates, over all the texts."""
    tally: Counter[str] = Counter()
    for one in texts:
        _count(one.gold, as_json(read(one.body)), tally)
    told = {
        kind: _f1(tally[f"{kind}_right"], tally[f"{kind}_gold"], tally[f"{kind}_found"])
        for kind in KINDS
    }
    told["dates"] = round(tally["dates_right"] / tally["dates"], 4) if tally["dates"] else 1.0
    told["confused"] = tally["confused"]
    return told


def _count(gold: dict[str, Any], got: dict[str, Any], tally: Counter[str]) -> None:
    pairs = _pairs(
        gold["citations"], got["citations"], lambda a, b: _key(a.get("symbol_norm") or a["symbol"]) == _key(b["symbol"])
    )  # fmt: skip
    tally.update(
        citations_right=len(pairs), citations_gold=len(gold["citations"]), citations_found=len(got["citations"])
    )  # fmt: skip
    for asked, found in pairs:
        if asked.get("date"):
            day = (found["issued_on"] or "")[: len(asked["date"])]
            tally.update(dates=1, dates_right=int(day == asked["date"]))
    told = [
        one
        for part in ("ignore", "norms", "deadlines", "targets", "statistics")
        for one in gold.get(part, [])
    ]
    quiet = [one for one in told if isinstance(one, dict) and "start" in one]
    for kind, other in (("targets", "statistics"), ("statistics", "targets")):
        wanted = [one for one in gold[kind] if one.get("value") is not None]
        pairs = _pairs(wanted, got[kind], lambda a, b: _number(a["value"]) == _number(b["value"]))
        met = {id(found) for _, found in pairs}
        missed = [one for one in wanted if not any(one is asked for asked, _ in pairs)]
        invented = [
            one for one in got[kind] if id(one) not in met and not any(_overlap(one, q) for q in quiet)
        ]  # fmt: skip
        tally[f"{kind}_right"] += len(pairs)
        tally[f"{kind}_gold"] += len(wanted)
        tally[f"{kind}_found"] += len(pairs) + len(invented)
        tally["confused"] += sum(any(_overlap(one, b) for b in got[other]) for one in missed)


def _pairs(
    gold: list[dict[str, Any]],
    found: list[dict[str, Any]],
    same: Callable[[dict[str, Any], dict[str, Any]], bool],
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    free, pairs = list(found), []
    for asked in gold:
        hit = next((one for one in free if _overlap(asked, one) and same(asked, one)), None)
        if hit is not None:
            free = [one for one in free if one is not hit]
            pairs.append((asked, hit))
    return pairs


def _overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _number(value: Any) -> float | None:
    """A range has no value of its own, in the annotation (a list) as in the reading (none)."""
    return round(float(value), 6) if isinstance(value, int | float | str) else None


def _key(symbol: str) -> str:
    text = unicodedata.normalize("NFC", symbol or "").replace("Ð", "Đ")
    text = re.sub(r"[‐-―−－]", "-", text)
    text = re.sub(r"\s*([-/])\s*", r"\1", text.replace("\u00a0", " ").replace("\u202f", " "))
    return re.sub(r"\s+", " ", text).strip(" .").casefold()


def _f1(right: int, gold: int, found: int) -> float:
    if not gold and not found:
        return 1.0
    return round(2 * right / (gold + found), 4) if right else 0.0
