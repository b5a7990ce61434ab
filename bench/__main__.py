"""`python -m bench NAME`: prepare Django, run bench/NAME.py, print one JSON object."""

import importlib
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FRESH = frozenset(
    {"ledger", "petitions", "thread", "register", "reporting", "sheets"}
)  # builds from nothing each time, in a home that is thrown away


def names() -> list[str]:
    """The benchmarks there are, as they are asked for."""
    return sorted(
        file.stem.replace("_", "-") for file in HERE.glob("*.py") if not file.stem.startswith("_")
    )


def place() -> dict[str, Any]:
    """Where a figure was measured: without it the figure says nothing."""
    from django.db import connection

    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "database": connection.vendor,
    }


def main() -> None:
    """Run the one benchmark that was named."""
    if len(sys.argv) != 2 or sys.argv[1] not in names():
        sys.exit(f"make bench NAME=...   one of: {', '.join(names())}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(HERE.parent / "src"))
    name = sys.argv[1]
    if name in FRESH and (kept := os.environ.get("KEEP")):
        os.environ["DANVAN_HOME"] = kept
        measure(name)
    elif name in FRESH:
        with tempfile.TemporaryDirectory() as home:
            os.environ["DANVAN_HOME"] = home
            measure(name)
    else:
        measure(name)


def measure(name: str) -> None:
    """Prepare Django, run one benchmark, print what it measured and where."""
    import django

    django.setup()
    module = importlib.import_module(f"bench.{name.replace('-', '_')}")
    began = time.perf_counter()
    measured = module.run()
    told = {
        "bench": name,
        **measured,
        "took_s": round(time.perf_counter() - began, 1),
        "on": place(),
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
