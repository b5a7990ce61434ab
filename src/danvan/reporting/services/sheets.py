"""Take workbooks that were handed in: a unit's own into its draft, many of a month each into its unit's.

A workbook with a fault changes nothing, and all its faults are kept to be told cell by cell.
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock, files, jobs
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.reporting.enums import Outcome, Standing
from danvan.reporting.models import Form, Obligation, SheetDrop, SheetFile
from danvan.reporting.questions import Questions
from danvan.reporting.selectors import questions_for
from danvan.reporting.selectors.filling import typed_in
from danvan.reporting.services import acts
from danvan.reporting.services.behalf import Hand
from danvan.reporting.services.dropping import TOGETHER, Reading
from danvan.reporting.services.taking import (
    Taken,
    answered,
    estimates_over,
    faults_at_cells,
    keep_draft,
    keep_taken,
    laid_over,
    refuse_another,
    remarks_on,
    words_again,
)
from danvan.reporting.sheets import ReadSheet, in_reading_order, pack, read_sheet, unpack
from danvan.reporting.sheets.unpacking import MEDIA_TYPE

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST_NAME = 160


def hand_in_sheet(
    obligation: Obligation, *, name: str, content: bytes, actor: "User | None"
) -> SheetFile:
    """Read a unit's workbook into the draft of its report; nothing of it where anything in it is wrong.

    Answers that are empty in the workbook stay as they are in the draft. RuleError where it is no report of
    this unit, form version and month; faults of single cells are kept with the file, whose outcome tells.
    """
    questions = questions_for(obligation)
    read = read_sheet(content, name=name, questions=questions)
    if read.mark is not None:
        refuse_another(read.mark, obligation, questions)
    return _hand_in(obligation, questions, read, (name, content), actor)


@transaction.atomic
def _hand_in(
    obligation: Obligation,
    questions: Questions,
    read: ReadSheet,
    sent: tuple[str, bytes],
    actor: "User | None",
) -> SheetFile:
    obligation = acts.locked(obligation)
    acts.refuse_unless_it_may_become(obligation, Standing.SENT)
    package = files.keep(pack([sent]), media_type=MEDIA_TYPE)
    drop = SheetDrop.objects.create(
        form_id=obligation.form_id, first=obligation.first, obligation=obligation, package=package, by=actor,
        at=clock.now(), ended_at=clock.now(),
    )  # fmt: skip
    file = SheetFile(drop=drop, place=0, name=sent[0][-LONGEST_NAME:])
    there = typed_in(obligation, questions)
    answers, nil = laid_over(questions, read, there.answers, there.nil)
    answers = words_again(obligation, questions, there, answers)
    faults = in_reading_order(
        [
            *read.faults,
            *faults_at_cells(questions, read, answers, answered(questions, answers, nil)),
        ]
    )
    taken = Taken(
        Outcome.REFUSED if faults else Outcome.DRAFTED, obligation, read, faults,
        remarks_on(questions, read, there.answers),
    )  # fmt: skip
    if not faults:
        keep_draft(obligation, answers, nil, Hand(actor), estimates_over(read, there.estimated))
    keep_taken([(file, taken)], actor)
    return file


@transaction.atomic
def drop_sheets(
    form: Form,
    period: Period,
    sent: Sequence[tuple[str, bytes]],
    *,
    actor: "User | None",
    sends: bool = False,
) -> SheetDrop:
    """Take many workbooks of a month, or a .zip of them; a worker reads them one by one (see `read_drop`).

    With `sends`, those without fault are sent in their units' names where `actor` may send for these units.
    """
    if not sent:
        raise RuleError("Đồng chí vui lòng chọn tệp Excel hoặc một tệp .zip.")
    if not Obligation.objects.filter(form=form, first=period.first).exists():
        raise RuleError(f"Kỳ {period.label} của biểu này chưa mở nên chưa nhận tệp.")
    content = pack(sent)
    members = unpack(BytesIO(content), name=sent[0][0])
    drop = SheetDrop.objects.create(
        form=form, first=period.first, package=files.keep(content, media_type=MEDIA_TYPE), sends=sends, by=actor,
        at=clock.now(),
    )  # fmt: skip
    SheetFile.objects.bulk_create(
        SheetFile(drop=drop, place=member.place, name=member.name[-LONGEST_NAME:])
        for member in members
    )
    audit.record(actor, "reporting.drop_sheets", drop, form_id=form.pk, files=len(members))
    read_drop.enqueue(drop.pk)
    return drop


@jobs.job(whole=False)
def read_drop(drop_id: int) -> None:
    """Read the workbooks of a drop that wait still, some in a transaction at a time: stopped midway, it goes on."""
    drop = SheetDrop.objects.select_related("form", "package", "by").get(pk=drop_id)
    reading = Reading.of(drop)
    waiting = list(SheetFile.objects.filter(drop=drop, outcome=Outcome.WAITING).order_by("place"))
    assert drop.package is not None  # it is kept until long after it was read
    with files.stream(drop.package) as stream, zipfile.ZipFile(stream) as package:
        for start in range(0, len(waiting), TOGETHER):
            reading.take(waiting[start : start + TOGETHER], package)
    SheetDrop.objects.filter(pk=drop_id, ended_at=None).update(ended_at=clock.now())
