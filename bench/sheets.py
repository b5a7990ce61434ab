"""Workbooks of a month read end to end: 130 communes with 20 items each, ours beside a plain reader of cells.

Ours finds the items by code or label, checks each answer, signs and audits, and writes drafts; sent for the units, it
writes values too. The peer opens each workbook with openpyxl and takes the column of figures by code: it knows where they
stand and checks nothing.
"""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
from django.core.management import call_command
from django.db import transaction

from danvan.accounts.models import Grant, User
from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.models import Value
from danvan.indicators.services import define_indicator
from danvan.organisations.enums import Follows, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitCode, UnitVersion
from danvan.reporting.models import Form, SheetFile
from danvan.reporting.services import (
    NewItem,
    NewSection,
    define_form,
    drop_sheets,
    open_period,
    read_drop,
)
from danvan.reporting.templating import templates

COMMUNES, SECTIONS, ITEMS = 130, 4, 5
SINCE = date(2026, 1, 1)
MONTHS = ("2026-09", "2026-10")  # into drafts; sent for the units
DRAFTED, SENT = 0.2, 0.1  # of the peer's speed, at least
ANSWER = 6


def _place(name: str, level: str, above: Unit | None, code: str) -> Unit:
    unit = Unit.objects.create(sort=Sort.PLACE, founded_on=SINCE)
    UnitVersion.objects.create(
        unit=unit, name=name, folded=name.lower(), level=level, parent=above, valid_from=SINCE
    )
    UnitCode.objects.create(unit=unit, system="gso", code=code, valid_from=SINCE)
    for top in {unit.pk, above.pk if above else unit.pk}:
        Reach.objects.create(top_id=top, unit=unit, follows=Follows.PLACE, valid_from=SINCE)
    return unit


@transaction.atomic
def prepare() -> tuple[Form, User]:
    """A province with its communes, a form of twenty numbers, and who may send for all of them."""
    province = _place("tinh", Level.PROVINCE, None, "40")
    for number in range(COMMUNES):
        _place(f"xa {number}", Level.COMMUNE, province, f"{17000 + number}")
    codes = [f"B-{number:02}" for number in range(SECTIONS * ITEMS)]
    for code in codes:
        define_indicator(
            code=code, name=f"Số {code}", definition="Đếm.", unit_label="cuộc", kind=MeasureKind.FLOW, actor=None,
            valid_from=SINCE,
        )  # fmt: skip
    sections = [
        NewSection(
            f"Phần {part}",
            [NewItem(f"muc-{code.lower()}", f"Số {code}", code) for code in codes[part::SECTIONS]],
        )
        for part in range(SECTIONS)
    ]
    form = define_form(
        code="BENCH", name="Báo cáo", unit=province, level=Level.COMMUNE, due_day=5, valid_from=SINCE, actor=None,
        sections=sections,
    )  # fmt: skip
    user = User.objects.create(username="bench", full_name="Bench")
    Grant.objects.create(
        user=user, unit=province, role="commune_officer", follows=Follows.PLACE, valid_from=SINCE
    )
    return form, user


def _filled(form: Form, month: str) -> tuple[list[tuple[str, bytes]], float]:
    """The templates of all units with a number in every box, and the seconds it took to make the templates."""
    began = time.perf_counter()
    package = b"".join(templates(form, Period.parse(month)))
    made = time.perf_counter() - began
    books = []
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        for name in opened.namelist():
            book = openpyxl.load_workbook(io.BytesIO(opened.read(name)))
            for row in book.worksheets[0].iter_rows(min_row=7):
                if str(row[0].value).startswith("muc-"):
                    row[ANSWER - 1].value = row[0].row
            kept = io.BytesIO()
            book.save(kept)
            books.append((name, kept.getvalue()))
    return books, made


def _plainly(books: list[tuple[str, bytes]]) -> int:
    """The peer."""
    count = 0
    for _, content in books:
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]  # fmt: skip
        figures = {row[0]: row[ANSWER - 1] for row in sheet.iter_rows(values_only=True) if row[0]}
        count += sum(str(code).startswith("muc-") for code in figures)
    return count


def _seconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run() -> dict[str, Any]:
    """Values a second into drafts, sent, and read by the peer."""
    call_command("migrate", interactive=False, verbosity=0)
    form, user = prepare()
    told: dict[str, Any] = {"workbooks": COMMUNES, "items_each": SECTIONS * ITEMS}
    many = COMMUNES * SECTIONS * ITEMS
    for month, sends in zip(MONTHS, (False, True), strict=True):
        open_period(form, Period.parse(month), actor=None)
        books, made = _filled(form, month)
        dropped = drop_sheets(form, Period.parse(month), books, actor=user, sends=sends)
        took = _seconds(lambda drop=dropped: read_drop(drop.pk))
        wanted = "sent" if sends else "drafted"
        assert SheetFile.objects.filter(drop=dropped, outcome=wanted).count() == COMMUNES
        told[f"{wanted}_values_per_second"] = round(many / took)
        told[f"{wanted}_ms_a_workbook"] = round(took * 1000 / COMMUNES, 1)
        told["template_ms_each"] = round(made * 1000 / COMMUNES, 1)
    assert Value.objects.count() == many
    took = _seconds(lambda: _plainly(books))
    peer = told["plain_openpyxl_values_per_second"] = round(many / took)
    assert told["drafted_values_per_second"] >= DRAFTED * peer, told
    assert told["sent_values_per_second"] >= SENT * peer, told
    return told
