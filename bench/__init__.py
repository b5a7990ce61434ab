"""Benchmarks: one file each, one JSON object printed. `make bench NAME=register-read`.

A benchmark is a module with `run() -> dict`: it prepares what it needs in DANVAN_HOME (a folder of
its own, kept between runs), measures, and returns plain numbers. The runner adds where it ran.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any


def timed(work: Callable[[], Any], *, times: int = 100, warm: int = 3) -> dict[str, float]:
    """Milliseconds of `work` over `times` runs: median, 95th percentile, slowest; and of this process, on average."""
    for _ in range(warm):
        work()
    took, worked = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    worked = time.process_time() - worked
    cuts = statistics.quantiles(took, n=20)
    return {
        "p50_ms": round(statistics.median(took), 2),
        "p95_ms": round(cuts[-1], 2),
        "max_ms": round(max(took), 2),
        "cpu_ms": round(worked * 1000 / times, 2),
    }
