"""The figures of a province arrive though the worker is killed in the middle, or two of them work at once."""

import time

import pytest

MAKE = """
from tests.indicators.figures import an_indicator, give, places_without_codes
province, communes = places_without_codes()
indicator = an_indicator({code!r})
for commune in communes[:2]:
    give(commune, "2026-11", {{indicator: 5}})
print(province.pk)
"""
GIVE = """
from danvan.indicators.models import Indicator
from danvan.organisations.models import UnitVersion
from tests.indicators.figures import give
third = UnitVersion.objects.filter(parent_id={place}, level="commune").order_by("pk")[2].unit
give(third, "2026-11", {{Indicator.objects.get(code={code!r}): 7}})
"""
# The worker dies where the cells are about to be written, or are written and its rows not yet gone.
KILLED = """
import os, signal, time
from danvan.foundation.worker import start_background_worker
from danvan.indicators.services import cube
cube.{step} = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
start_background_worker()
time.sleep(60)
"""
LOOK = """
from danvan.indicators.models import CubeCell, DirtyKey
from danvan.indicators.selectors import check_cube
cells = CubeCell.objects.filter(unit_id={place}, indicator__code={code!r})
print([(str(cell.amount), cell.units) for cell in cells], DirtyKey.objects.count(), check_cube())
"""


@pytest.mark.parametrize("step", ["_write", "_forget"])
def test_a_value_arrives_though_the_worker_was_killed_while_it_summed(outside, step):
    code = f"DV-{step.strip('_').upper()}"
    place = outside.script(MAKE.format(code=code))
    look = LOOK.format(place=place, code=code)

    killed = outside.run(
        "-c",
        "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n"
        + KILLED.format(step=step),
    )
    assert killed.returncode == -9
    assert outside.script(look) == "[] 2 []"  # nothing half-written, nothing forgotten
    outside.script(GIVE.format(place=place, code=code))

    process = outside.start("manage.py", "work")
    end = time.monotonic() + 120
    while time.monotonic() < end and outside.script(look) != "[('17', 3)] 0 []":
        time.sleep(0.2)
    process.terminate()
    _, err = process.communicate(timeout=30)
    assert (outside.script(look), err) == ("[('17', 3)] 0 []", "")


REPORT = """
from danvan.indicators.services import raise_level
from tests.indicators.figures import an_indicator, give, places_without_codes
province, communes = places_without_codes()
many = [an_indicator(f"DV-2{number}") for number in range(3)]
for turn in range(12):
    raise_level("r", [turn - 3], 1, actor=None)  # what is locked is opened again before it is replaced
    for commune in communes:
        give(commune, f"2026-1{turn % 3}", dict.fromkeys(many, turn), source=("r", turn))
    raise_level("r", [turn], 1 + turn % 3, actor=None)
print(province.pk)
"""
SUM = """
import sys; sys.path.insert(0, 'src'); import django; django.setup()
from pathlib import Path
from danvan.indicators.services import recompute_dirty
while not Path({stop!r}).exists():
    recompute_dirty(limit=5)
"""
TOTALS = """
from danvan.foundation import worker
from danvan.indicators.models import CubeCell, DirtyKey
from danvan.indicators.selectors import check_cube
worker.drain()
cells = CubeCell.objects.filter(unit_id={place}, level=1, indicator__code="DV-20").order_by("first")
print([str(cell.amount) for cell in cells], DirtyKey.objects.count(), check_cube())
"""


def test_two_workers_and_a_reporter_at_once_lose_nothing(outside, tmp_path):
    stop = tmp_path / "stop"
    workers = [outside.start("-c", SUM.format(stop=str(stop))) for _ in range(2)]
    try:
        place = outside.script(REPORT)
    finally:
        stop.touch()
        ended = [process.communicate(timeout=60) for process in workers]
    assert [err for _, err in ended] == ["", ""]
    assert outside.script(TOTALS.format(place=place)) == "['27', '30', '33'] 0 []"
