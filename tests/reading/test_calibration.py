"""As sure as measured: what a rule says of itself, drawn towards how often it was right."""

from pathlib import Path

import pytest

from danvan.documents.enums import SURE
from danvan.reading import read
from danvan.reading.calibration import MEASURED, MOST, MOST_UNMEASURED, calibrated

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "texts"


def test_much_evidence_outweighs_what_a_rule_says_of_itself():
    right, of = MEASURED["figure.counted"]
    assert calibrated("figure.counted", 0.6) == round((6 + right) / (10 + of), 2)
    assert calibrated("citation.symbol", 1.0) == MOST


def test_who_was_never_measured_is_never_accepted_in_one_go():
    assert calibrated("task.given", 0.97) == MOST_UNMEASURED < SURE / 100
    assert calibrated("task.given", 0.5) == 0.5


def test_a_reading_is_calibrated():
    (task,) = read("Giao UBND xã chủ trì rà soát hộ nghèo, hoàn thành trước ngày 15/7/2026.").tasks
    assert task.confidence <= MOST_UNMEASURED


def test_more_right_than_looked_at_cannot_be():
    assert all(0 <= right <= of for right, of in MEASURED.values())


def test_the_table_is_what_the_annotated_texts_say():
    if not (SHARED / "recommendations_gold.json").exists():
        pytest.skip("no annotated texts beside the project")
    from bench.reliability import judged

    counted: dict[str, list[bool]] = {}
    for rule, _, right in judged(held_out=False):
        counted.setdefault(rule, []).append(right)
    off = {
        rule: (sum(counted.get(rule, [])), len(counted.get(rule, [])))
        for rule, (right, of) in MEASURED.items()
        if abs(sum(counted.get(rule, [])) / max(1, len(counted.get(rule, []))) - right / of) > 0.1
    }
    assert off == {}, "make bench NAME=reliability, then keep its rules in calibration.py"
