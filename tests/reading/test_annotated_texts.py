"""The engine against annotated real texts, where they lie beside the project. Only totals are told."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCORER = ROOT.parent / "shared" / "tools" / "score_reading.py"
LEAST = {"citations": 0.95, "targets": 0.90, "statistics": 0.90}


def test_annotated_texts_are_read_well_enough():
    if not SCORER.exists():
        pytest.skip("no annotated texts beside the project")
    read = f"{sys.executable} {ROOT / 'manage.py'} read --json"
    ran = subprocess.run(
        [sys.executable, SCORER, "--read", read], capture_output=True, text=True, check=True
    )
    total = ran.stdout.splitlines()[-1]
    scored = {name: float(f1) for name, f1 in re.findall(r"(\w+) P \S+ R \S+ F1 (\S+)", total)}
    assert {name: scored[name] >= least for name, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    ), total
