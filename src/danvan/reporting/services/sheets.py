"""Take workbooks that were handed in: a unit's own into its draft, many of a month each into its unit's.

A workbook with a fault changes nothing, and all its faults are kept to be told cell by cell.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from danvan.foundation import audit, clock, files, jobs
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Origin
from danvan.organisations.selectors import last_names
from danvan.reporting.enums import How, Outcome, Standing
from danvan.reporting.models import Form, Obligation, SheetDrop, SheetFile
from danvan.reporting.questions import Questions
from danvan.reporting.selectors import Book, book_of, offers_for, questions_for
from danvan.reporting.selectors.filling import patterns_of, typed_in
from danvan.reporting.selectors.sheets import Owing, allowed_to_send
from danvan.reporting.services import acts
from danvan.reporting.services.proposing import propose_report
from danvan.reporting.services.sending import submit_report
from danvan.reporting.services.taking import (
    Taken,
    at_its_cell,
    estimates_over,
    faults_at_cells,
    form_and_month,
    keep_draft,
    keep_taken,
    kept_as_counted,
    laid_over,
    refuse_another,
    refuse_older,
    remarks_on,
    words_again,
)
from danvan.reporting.sheets import (
    CellFault,
    ReadSheet,
    in_reading_order,
    pack,
    read_member,
    read_sheet,
    unpack,
)
from danvan.reporting.sheets.unpacking import MEDIA_TYPE
from danvan.vietnamese.dates import format_date

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
    faults = in_reading_order([*read.faults, *faults_at_cells(questions, read, answers, nil)])
    taken = Taken(
        Outcome.REFUSED if faults else Outcome.DRAFTED, obligation, read, faults,
        remarks_on(questions, read, there.answers),
    )  # fmt: skip
    if not faults:
        keep_draft(obligation, answers, nil, actor, estimates_over(read, there.estimated))
    return keep_taken(file, taken, actor)


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
    """Read the workbooks of a drop that wait still, each in a transaction of its own: stopped midway, it goes on."""
    drop = SheetDrop.objects.select_related("form", "package", "by").get(pk=drop_id)
    period = Period.starting(drop.first, Every.MONTH)
    reading = _Reading(
        drop=drop,
        book=book_of(drop.form_id, period),
        owing=Owing(drop.form_id, period),
        may_send=allowed_to_send(drop.by, drop.form_id, period) if drop.sends and drop.by else frozenset(),
    )  # fmt: skip
    waiting = SheetFile.objects.filter(drop=drop, outcome=Outcome.WAITING).order_by("place")
    assert drop.package is not None  # it is kept until long after it was read
    with files.stream(drop.package) as stream, zipfile.ZipFile(stream) as package:
        for file in list(waiting):
            reading.take(file, package)
    SheetDrop.objects.filter(pk=drop_id, ended_at=None).update(ended_at=clock.now())


@dataclass(slots=True)
class _Reading:
    """The reading of one drop: what all its workbooks share."""

    drop: SheetDrop
    book: Book
    owing: Owing
    may_send: frozenset[int]
    by_kind: dict[str, Book] = field(default_factory=dict)

    def take(self, file: SheetFile, package: zipfile.ZipFile) -> None:
        """Read one workbook and keep what came of it, once however often it is tried."""
        try:
            content = read_member(package, file.place)
            read = read_sheet(content, name=file.name, questions=self.book.questions)
            owed = self._whose(file, read)
            book = self._asked_of(owed)
            if book is not self.book:  # of what is asked of others nothing is read
                read = read_sheet(content, name=file.name, questions=book.questions)
        except RuleError as broken:
            read, owed, refused = None, None, broken.message
        else:
            refused = ""
        with transaction.atomic():
            file = SheetFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
            if file.outcome != Outcome.WAITING:
                return
            if read is None or owed is None:
                taken = Taken(Outcome.REFUSED, faults=[CellFault(refused)])
            else:
                taken = self._taken(file, read, owed, self._asked_of(owed))
            keep_taken(file, taken, self.drop.by)

    def _whose(self, file: SheetFile, read: ReadSheet) -> int:
        """The obligation that a workbook answers; RuleError where that is not clear or not asked here."""
        mark, form = read.mark, self.drop.form
        if mark is None:
            unit = self.owing.named_in(file.name, read.titles)
            if unit is None:
                raise RuleError(
                    "Không rõ tệp này là của đơn vị nào. Đồng chí vui lòng dùng tệp mẫu, hoặc đặt mã đơn vị "
                    "vào tên tệp, ví dụ 04021.xlsx."
                )
            return self.owing.by_unit[unit]
        period = Period.starting(self.drop.first, Every.MONTH)
        wanted = form_and_month(form.code, form.number, period.code)
        if (mark.code, mark.number, mark.month) != (form.code, form.number, period.code):
            made = form_and_month(mark.code, mark.number, mark.month)
            raise RuleError(
                f"Tệp này là mẫu {made}; lần này cần {wanted}. Đồng chí vui lòng tải đúng mẫu rồi nhập lại."
            )
        if mark.unit_id not in self.owing.by_unit:
            name = last_names([mark.unit_id], period.last).get(mark.unit_id, "một đơn vị khác")
            raise RuleError(
                f"Tệp này là mẫu của {name}, đơn vị không phải gửi {wanted} ở đây. "
                "Đồng chí vui lòng kiểm tra lại."
            )
        owed = self.owing.by_unit[mark.unit_id]
        refuse_older(mark, self._asked_of(owed).questions)
        return owed

    def _asked_of(self, owed: int) -> Book:
        """What of the form is asked of who owes a report; the same object for all of one kind."""
        kind = self.owing.kinds[owed]
        if kind not in self.by_kind:
            self.by_kind[kind] = self.book.asked_of(kind)
        return self.by_kind[kind]

    def _taken(self, file: SheetFile, read: ReadSheet, owed: int, book: Book) -> Taken:
        questions = book.questions
        obligation = acts.locked(Obligation(pk=owed))
        obligation.form = self.drop.form
        try:
            self._refuse_taken(file, obligation)
        except RuleError as broken:
            return Taken(Outcome.REFUSED, obligation, read, [CellFault(broken.message)])
        answers, nil = laid_over(questions, read, {}, frozenset())
        if patterns_of(questions).keys() & answers.keys():
            there = typed_in(obligation, questions, offers_for(obligation, questions))
            answers = words_again(obligation, questions, there, answers)
        faults = in_reading_order([*read.faults, *faults_at_cells(questions, read, answers, nil)])
        remarks = remarks_on(questions, read, {})
        if faults:
            return Taken(Outcome.REFUSED, obligation, read, faults, remarks)
        if not self.drop.sends or owed not in self.may_send:
            keep_draft(obligation, answers, nil, self.drop.by, read.estimated)
            if self.drop.sends:
                remarks.append(
                    "Đồng chí chưa có quyền gửi thay đơn vị này nên tệp chỉ vào bản nháp."
                )
            return Taken(Outcome.DRAFTED, obligation, read, (), remarks)
        try:
            send = propose_report if obligation.head_approves else submit_report
            send(
                obligation, answers=answers, nil_sections=nil, actor=self.drop.by,
                origins=kept_as_counted(obligation, questions, answers)
                | dict.fromkeys(read.estimated, Origin.ESTIMATED),
                book=book, how=How.SHEET,
            )  # fmt: skip
            if obligation.head_approves:
                remarks.append("Đã trình lãnh đạo đơn vị duyệt trước khi gửi.")
        except RuleError as broken:
            told = [at_its_cell(one.message, one.column, questions, read) for one in broken.faults]
            faults = told or [CellFault(broken.message)]
            return Taken(Outcome.REFUSED, obligation, read, faults, remarks)
        return Taken(Outcome.SENT, obligation, read, (), remarks)

    def _refuse_taken(self, file: SheetFile, obligation: Obligation) -> None:
        """RuleError where something stands there that this workbook must not write over."""
        acts.refuse_unless_it_may_become(obligation, Standing.SENT)
        twin = SheetFile.objects.filter(
            drop=self.drop, obligation=obligation, outcome__in=(Outcome.DRAFTED, Outcome.SENT)
        ).first()
        if twin is not None:
            raise RuleError(
                f"Tệp “{twin.name}” trong cùng lần gửi đã ghi cho đơn vị này. "
                "Đồng chí vui lòng chỉ gửi một tệp cho mỗi đơn vị."
            )
        how = {Standing.PROPOSED: "trình lãnh đạo", Standing.SENT: "gửi"}.get(
            Standing(obligation.standing)
        )
        if how:
            raise RuleError(
                f"Đơn vị đã {how} báo cáo này: {acts.last_act(obligation)}. Muốn thay, đồng chí vui lòng trả lại "
                "báo cáo trước."
            )
        by = self.drop.by_id
        if obligation.draft_saved_at is not None and obligation.draft_by_id != by:
            at = timezone.localtime(obligation.draft_saved_at)
            raise RuleError(
                f"Đơn vị đang nhập báo cáo này, bản nháp lưu lúc {at:%H:%M} ngày {format_date(at.date())}, nên "
                "tệp không ghi đè. Đồng chí vui lòng trao đổi với đơn vị."
            )
