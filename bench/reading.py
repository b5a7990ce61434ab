"""How fast laws are read, and whether the articles of each are found; beside underthesea's word tokeniser on the same texts.

Ours reads everything: documents, structure, targets, figures, tasks. The tokeniser only cuts words; it runs in
an environment of its own. SMALL=1 leaves it out. `articles` of a law: found, of how many its own build tells,
and by which truth (see bench/_laws.py).
"""

import os
import subprocess
import time
from typing import Any

from bench._laws import Law, laws
from bench._peer_environment import ask_peer
from danvan.reading import read


def articles_found(law: Law) -> tuple[set[str], float]:
    """The numbers of the articles that the engine finds outside of annexes, and how long the reading took."""
    began = time.process_time()
    parts = read(law.text).parts
    spent = time.process_time() - began
    inside = []
    for part in parts:
        inside.append(part.kind == "annex" or (part.parent >= 0 and inside[part.parent]))
    found = {
        part.number
        for part, annexed in zip(parts, inside, strict=True)
        if part.kind == "article" and not annexed
    }
    return found, spent


def _verdict(law: Law, found: set[str]) -> dict[str, Any]:
    missed, beyond = law.articles - found, found - law.articles
    told: dict[str, Any] = {
        "found": len(found & law.articles), "of": len(law.articles), "truth": law.truth,
        "right": not missed and beyond <= law.run_on,
    }  # fmt: skip
    if law.run_on:
        told["run_on_found"], told["run_on_of"] = len(beyond & law.run_on), len(law.run_on)
    for name, numbers in (("missed", missed), ("invented", beyond - law.run_on)):
        if numbers:
            told[name] = sorted(numbers)[:20]
    return told


def beside_the_tokeniser(texts: list[str], megabytes: float) -> dict[str, Any]:
    """MB a second of underthesea's word_tokenize; in words where it cannot be had."""
    if os.environ.get("SMALL"):
        return {"skipped": "SMALL=1"}
    try:
        told: dict[str, Any] = ask_peer("underthesea", "_reading_peer.py", texts)
    except (OSError, subprocess.SubprocessError, ValueError) as fault:
        return {"skipped": f"underthesea 9.5.0 không chạy được ở đây: {str(fault)[:200]}"}
    return {**told, "mb_per_s": round(megabytes / told["cpu_s"], 3)}


def run() -> dict[str, Any]:
    """MB a second of both (of CPU time), and the articles of each law."""
    read("Kế hoạch số 01/KH-UBND")  # what is loaded once is not measured
    given = laws()
    if not given:
        return {"skipped": "không có ../shared/data/legal và vnlaw bên cạnh dự án"}
    spent, articles = 0.0, {}
    for law in given:
        found, took = articles_found(law)
        spent += took
        articles[law.name] = _verdict(law, found)
    texts = [law.text for law in given]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    peer = beside_the_tokeniser(texts, megabytes)
    ours = megabytes / spent
    return {
        "texts": len(texts),
        "mb": round(megabytes, 2),
        "ours": {"cpu_s": round(spent, 2), "mb_per_s": round(ours, 3)},
        "underthesea": peer,
        "ours_times_faster": round(ours / peer["mb_per_s"], 1) if "mb_per_s" in peer else None,
        "laws_with_all_articles_right": sum(one["right"] for one in articles.values()),
        "articles": articles,
    }
