"""Is the engine robust, or does it know the annotated texts by heart? Their F1 as they stand, and with everything replaced.

Every number, symbol, day, place and name is replaced at random (bench/_shuffled.py), in several draws; no F1 may
fall by more than 0.02. HOLDOUT=1 scores the texts that were kept aside, and only those.
"""

import os
import statistics
from typing import Any

from bench._scoring import KINDS, annotated, score
from bench._shuffled import shuffled

SEEDS, MOST = 12, 0.02


def run() -> dict[str, Any]:
    """F1 before, the mean and the lowest after, and whether each fell by no more than it may."""
    texts = annotated()
    if not texts:
        return {"skipped": "không có ../shared/data/texts bên cạnh dự án"}
    before = score(texts)
    made = [[shuffled(text, seed) for text in texts] for seed in range(SEEDS)]
    draws = [score(draw) for draw in made]
    after = {
        kind: {
            "mean": round(statistics.mean(draw[kind] for draw in draws), 4),
            "lowest": min(draw[kind] for draw in draws),
        }
        for kind in (*KINDS, "dates")
    }
    fell = {kind: round(before[kind] - after[kind]["lowest"], 4) for kind in KINDS}
    return {
        "texts": len(texts),
        "kept_aside": bool(os.environ.get("HOLDOUT")),
        "draws": SEEDS,
        "replaced_a_draw": round(
            statistics.mean(sum(one.gold["replaced"] for one in draw) for draw in made)
        ),
        "before": before,
        "after": after,
        "fell_most": fell,
        "confused_most": max(draw["confused"] for draw in draws),
        "robust": all(one <= MOST for one in fell.values()),
    }
