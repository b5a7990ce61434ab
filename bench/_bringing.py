"""Figures brought in by the thousand: a file of DHIS2 and a drop of workbooks, from the bytes to the cube of the country.

The peers know where everything stands and check nothing: one loads the file and writes bare rows, the other takes the
column of figures out of each workbook.
"""

import io
import json
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
from django.db import connection

from bench._country import Country
from danvan.exchange.counterparts import Counterpart, Counterparts
from danvan.exchange.services import import_values
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.models import DirtyKey, Indicator, Value
from danvan.indicators.services import recompute_dirty
from danvan.reporting.models import Form, Obligation, SheetDrop, SheetFile
from danvan.reporting.selectors import questions_of
from danvan.reporting.selectors.sheets import progress_of
from danvan.reporting.services import drop_sheets, read_drop
from danvan.reporting.templating import templates

ANSWER = 6  # the column of the figures in our template
PLAIN = 130  # workbooks that the peer reads
LOOK = 2.0  # seconds between two looks at how far a drop is


class Spent:
    """How long something took: on the clock, and of this process."""

    def __init__(self, work: Callable[[], Any]) -> None:
        began, worked = time.perf_counter(), time.process_time()
        self.answer = work()
        self.wall = time.perf_counter() - began
        self.cpu = time.process_time() - worked

    def told(self, many: int) -> dict[str, float]:
        """So many in this time."""
        return {
            "seconds": round(self.wall, 2),
            "cpu_seconds": round(self.cpu, 2),
            "values_per_second": round(many / self.wall),
            "values_per_cpu_second": round(many / self.cpu),
        }


def bring_up() -> None:
    """What the worker does: sum again until nothing waits."""
    while recompute_dirty():
        pass
    assert not DirtyKey.objects.exists()


def dhis2(country: Country, month: Period) -> dict[str, Any]:
    """A dataValueSets file with a value of every commune and indicator: into values, and on into the cube."""
    codes = dict(Indicator.objects.filter(pk__in=country.indicators).values_list("code", "pk"))
    table = Counterparts()
    for code in codes:
        table.add(f"de{code}", "", Counterpart(code))
    units = {f"DonVi{number:06}": unit for number, unit in enumerate(country.communes)}
    values = [
        {
            "dataElement": f"de{code}", "period": month.code.replace("-", ""), "orgUnit": name,
            "categoryOptionCombo": "HllvX50cXC0", "value": str((unit + pk) % 89), "storedBy": "bench",
        }
        for name, unit in units.items()
        for code, pk in codes.items()
    ]  # fmt: skip
    content = json.dumps({"dataValues": values}, indent=1).encode()
    read = Spent(lambda: import_values([("bench.json", content)], table, actor=None))
    assert (read.answer.new, Value.objects.filter(first=month.first).count()) == (
        len(values),
        len(values),
    )
    summed = Spent(bring_up)
    peer = Spent(lambda: _bare_rows(content, codes, units, month))
    whole = len(values) / (read.wall + summed.wall)
    return {
        "values": len(values),
        "file_mb": round(len(content) / 1e6, 1),
        "recorded": read.told(len(values)),
        "cube_seconds": round(summed.wall, 2),
        "end_to_end_values_per_second": round(whole),
        "bare_rows_values_per_second": round(len(values) / peer.wall),
        "times_the_bare_rows": round((read.wall + summed.wall) / peer.wall, 1),
    }


def _bare_rows(content: bytes, codes: dict[str, int], units: dict[str, int], month: Period) -> None:
    """The peer: load the file, write rows without a key or an index."""
    told = json.loads(content)["dataValues"]
    rows = [
        (codes[one["dataElement"][2:]], units[one["orgUnit"]], str(month.first), one["value"])
        for one in told
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table bare (indicator bigint, unit bigint, first date, amount numeric(24, 6))"
        )
        if connection.vendor == "postgresql":
            with cursor.copy("copy bare from stdin") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany("insert into bare values (%s, %s, %s, %s)", rows)
        cursor.execute("drop table bare")


def workbooks(country: Country, month: Period, *, sends: bool, most: int) -> dict[str, Any]:
    """A drop of filled templates of the first form, one a commune: into drafts, or sent and on into the cube."""
    form = country.forms[0]
    made = Spent(lambda: _filled(form, month, most))
    books: list[tuple[str, bytes]] = made.answer
    items = len(questions_of(form.pk, on=month.last).by_code)
    many = len(books) * items
    drop = drop_sheets(form, month, books, actor=country.head, sends=sends)
    seen: set[int] = set()
    read = Spent(lambda: _watched(drop, seen))
    wanted = "sent" if sends else "drafted"
    refused = SheetFile.objects.filter(drop=drop).exclude(outcome=wanted).first()
    assert refused is None, (refused.outcome, refused.faults[:2], refused.remarks[:2])
    told = {
        "workbooks": len(books),
        "items_each": items,
        "made_ms_each": round(made.wall * 1000 / len(books), 1),
        "read_ms_each": round(read.wall * 1000 / len(books), 1),
        "read": read.told(many),
        "progress_seen": len(seen),
    }
    if sends:
        summed = Spent(bring_up)
        told["cube_seconds"] = round(summed.wall, 2)
        told["end_to_end_values_per_second"] = round(many / (read.wall + summed.wall))
    some = books[:PLAIN]
    peer = Spent(lambda: _plainly(some))
    assert peer.answer == len(some) * items
    told["plain_openpyxl"] = peer.told(peer.answer)
    told["times_plain_openpyxl"] = round(read.wall / len(books) / (peer.wall / len(some)), 2)
    return told


def _filled(form: Form, month: Period, most: int) -> list[tuple[str, bytes]]:
    """The templates of a month with a number in every box: what is drafted stands in them."""
    codes = list(questions_of(form.pk, on=month.last).by_code)
    draft = {"answers": {code: str(7 + place % 80) for place, code in enumerate(codes)}, "nil": []}
    owed = Obligation.objects.filter(form=form, first=month.first)
    owed.update(draft=draft, draft_saved_at=clock.now())
    package = io.BytesIO(b"".join(templates(form, month)))
    owed.update(draft={}, draft_saved_at=None)
    with zipfile.ZipFile(package) as opened:
        return [(name, opened.read(name)) for name in opened.namelist()][:most]


def _watched(drop: SheetDrop, seen: set[int]) -> None:
    """The job that a worker does, while somebody looks at how far it is."""
    faults: list[Exception] = []

    def work() -> None:
        try:
            read_drop(drop.pk)
        except Exception as fault:  # noqa: BLE001 # told by who waits for it
            faults.append(fault)
        finally:
            connection.close()

    at_work = threading.Thread(target=work)
    at_work.start()
    while at_work.is_alive():
        at_work.join(LOOK)
        progress = progress_of(drop)
        seen.add(progress.read)
        print(f"read {progress.read} of {progress.total} workbooks", file=sys.stderr)
    if faults:
        raise faults[0]


def _plainly(books: list[tuple[str, bytes]]) -> int:
    """The peer."""
    count = 0
    for _, content in books:
        sheet = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        ).worksheets[0]
        figures = {row[0]: row[ANSWER - 1] for row in sheet.iter_rows(values_only=True) if row[0]}
        count += sum(str(code).startswith("bench-") for code in figures)
    return count
