"""The workbooks of one drop, some at a time: whose each is, what is wrong in it, and what its unit's report becomes."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Origin
from danvan.indicators.selectors.measures import counted_among
from danvan.organisations.selectors import last_names
from danvan.reporting.enums import How, Outcome, Standing
from danvan.reporting.models import Obligation, SheetDrop, SheetFile
from danvan.reporting.selectors import Book, book_of, offers_for
from danvan.reporting.selectors.filling import patterns_of, typed_in
from danvan.reporting.selectors.sheets import Owing, allowed_to_send
from danvan.reporting.services import acts
from danvan.reporting.services.behalf import Hand
from danvan.reporting.services.proposing import propose_report
from danvan.reporting.services.sending import submit_report
from danvan.reporting.services.sending_many import Ready, may_go_together, submit_many
from danvan.reporting.services.taking import (
    Taken,
    answered,
    at_its_cell,
    faults_at_cells,
    form_and_month,
    keep_draft,
    keep_taken,
    kept_as_counted,
    laid_over,
    refuse_older,
    remarks_on,
    words_again,
)
from danvan.reporting.sheets import (
    CellFault,
    Labels,
    ReadSheet,
    digest_of,
    in_reading_order,
    read_member,
    read_sheet,
)
from danvan.vietnamese.dates import format_date

TOGETHER = (
    50  # workbooks in a transaction: their reports are locked for the second or less that it takes
)


class Asked:
    """What of a form is asked of units of one kind, with what is worked out of it once for all their workbooks."""

    def __init__(self, book: Book, period: Period) -> None:
        self.book, self.questions = book, book.questions
        self.labels = Labels(book.questions)
        self.digest = digest_of(book.questions)
        self.patterned = patterns_of(book.questions).keys()
        ids = {one.indicator_id for one in book.questions.by_code.values() if one.typed}
        self.counted = bool(counted_among(ids, period.last))
        self.together = may_go_together(book)


@dataclass(slots=True, eq=False)
class _Read:
    """One workbook as it was read: whose report it is, or why it is none."""

    file: SheetFile
    read: ReadSheet | None = None
    owed: int | None = None
    refused: str = ""


@dataclass(slots=True)
class Reading:
    """The reading of one drop: what all its workbooks share."""

    drop: SheetDrop
    asked: Asked
    owing: Owing
    may_send: frozenset[int]
    hand: Hand
    period: Period
    by_kind: dict[str, Asked] = field(default_factory=dict)

    @classmethod
    def of(cls, drop: SheetDrop) -> "Reading":
        """The reading of a drop, with all that is read once."""
        period = Period.starting(drop.first, Every.MONTH)
        may_send: frozenset[int] = frozenset()
        if drop.sends and drop.by:
            may_send = allowed_to_send(drop.by, drop.form_id, period)
        return cls(
            drop=drop,
            asked=Asked(book_of(drop.form_id, period), period),
            owing=Owing(drop.form_id, period),
            may_send=may_send,
            hand=Hand(drop.by),
            period=period,
        )

    def take(self, files: Sequence[SheetFile], package: zipfile.ZipFile) -> None:
        """Read some workbooks and keep what came of each, once however often it is tried."""
        read = [self._read(file, package) for file in files]
        while read:  # a second workbook of one unit waits for what comes of the first
            now = list({one.owed or -one.file.pk: one for one in reversed(read)}.values())[::-1]
            self._keep(now)
            read = [one for one in read if one not in now]

    def _read(self, file: SheetFile, package: zipfile.ZipFile) -> _Read:
        try:
            content = read_member(package, file.place)
            read = self._sheet(content, file, self.asked)
            owed = self._whose(file, read)
            asked = self._asked_of(owed)
            if asked is not self.asked:  # of what is asked of others nothing is read
                read = self._sheet(content, file, asked)
        except RuleError as broken:
            return _Read(file, refused=broken.message)
        return _Read(file, read, owed)

    @staticmethod
    def _sheet(content: bytes, file: SheetFile, asked: Asked) -> ReadSheet:
        return read_sheet(content, name=file.name, questions=asked.questions, labels=asked.labels)

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
        wanted = form_and_month(form.code, form.number, self.period.code)
        if (mark.code, mark.number, mark.month) != (form.code, form.number, self.period.code):
            made = form_and_month(mark.code, mark.number, mark.month)
            raise RuleError(
                f"Tệp này là mẫu {made}; lần này cần {wanted}. Đồng chí vui lòng tải đúng mẫu rồi nhập lại."
            )
        if mark.unit_id not in self.owing.by_unit:
            name = last_names([mark.unit_id], self.period.last).get(mark.unit_id, "một đơn vị khác")
            raise RuleError(
                f"Tệp này là mẫu của {name}, đơn vị không phải gửi {wanted} ở đây. "
                "Đồng chí vui lòng kiểm tra lại."
            )
        owed = self.owing.by_unit[mark.unit_id]
        refuse_older(mark, self._asked_of(owed).digest)
        return owed

    def _asked_of(self, owed: int) -> Asked:
        """What of the form is asked of who owes a report; the same object for all of one kind."""
        kind = self.owing.kinds[owed]
        if kind not in self.by_kind:
            book = self.asked.book.asked_of(kind)
            same = book is self.asked.book
            self.by_kind[kind] = self.asked if same else Asked(book, self.period)
        return self.by_kind[kind]

    @transaction.atomic
    def _keep(self, read: Sequence[_Read]) -> None:
        """What came of workbooks of as many units."""
        rows = SheetFile.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
        waiting = rows.filter(pk__in=[one.file.pk for one in read], outcome=Outcome.WAITING)
        files = {file.pk: file for file in waiting}
        read = [one for one in read if one.file.pk in files]
        owed = {one.pk: one for one in acts.all_locked(one.owed for one in read if one.owed)}
        twins = SheetFile.objects.filter(
            drop=self.drop, obligation__in=list(owed), outcome__in=(Outcome.DRAFTED, Outcome.SENT)
        )
        names = {twin.obligation_id: twin.name for twin in twins}
        came: list[tuple[SheetFile, Taken]] = []
        ready: dict[int, list[tuple[Ready, Taken]]] = {}  # by the identity of what is asked
        for one in read:
            if one.read is None or one.owed is None:
                taken = Taken(Outcome.REFUSED, faults=[CellFault(one.refused)])
            else:
                obligation = owed[one.owed]
                obligation.form = self.drop.form
                taken, goes = self._taken(one.read, obligation, names.get(one.owed))
                if goes is not None:
                    ready.setdefault(id(self._asked_of(one.owed)), []).append((goes, taken))
            came.append((files[one.file.pk], taken))
        for together in ready.values():
            self._send(together)
        keep_taken(came, self.drop.by)

    def _taken(
        self, read: ReadSheet, obligation: Obligation, twin: str | None
    ) -> tuple[Taken, Ready | None]:
        """What comes of a workbook; what is to be sent with others, where it is."""
        asked = self._asked_of(obligation.pk)
        questions = asked.questions
        try:
            self._refuse_taken(obligation, twin)
        except RuleError as broken:
            return Taken(Outcome.REFUSED, obligation, read, [CellFault(broken.message)]), None
        answers, nil = laid_over(questions, read, {}, frozenset())
        if asked.patterned & answers.keys():
            there = typed_in(obligation, questions, offers_for(obligation, questions))
            answers = words_again(obligation, questions, there, answers)
        said = answered(questions, answers, nil)
        faults = in_reading_order([*read.faults, *faults_at_cells(questions, read, answers, said)])
        taken = Taken(Outcome.REFUSED, obligation, read, faults, remarks_on(questions, read, {}))
        if faults:
            return taken, None
        if not self.drop.sends or obligation.pk not in self.may_send:
            keep_draft(obligation, answers, nil, self.hand, read.estimated)
            if self.drop.sends:
                taken.remarks.append(
                    "Đồng chí chưa có quyền gửi thay đơn vị này nên tệp chỉ vào bản nháp."
                )
            taken.outcome = Outcome.DRAFTED
            return taken, None
        origins: dict[str, str] = dict.fromkeys(read.estimated, Origin.ESTIMATED)
        if asked.counted:
            origins = kept_as_counted(obligation, questions, answers) | origins
        taken.outcome = Outcome.SENT
        if asked.together and not obligation.head_approves:
            return taken, Ready(obligation, said, nil, origins)
        send = propose_report if obligation.head_approves else submit_report
        try:
            send(
                obligation, answers=answers, nil_sections=nil, actor=self.drop.by, origins=origins, book=asked.book,
                how=How.SHEET,
            )  # fmt: skip
        except RuleError as broken:
            self._refuse(taken, broken)
        else:
            if obligation.head_approves:
                taken.remarks.append("Đã trình lãnh đạo đơn vị duyệt trước khi gửi.")
        return taken, None

    def _send(self, together: Sequence[tuple[Ready, Taken]]) -> None:
        """Send the reports of units of one kind; those that cannot be sent are refused."""
        ready = [one for one, _ in together]
        book = self._asked_of(ready[0].obligation.pk).book
        told = submit_many(ready, book=book, hand=self.hand, how=How.SHEET)
        for one, taken in together:
            if one.obligation.pk in told:
                self._refuse(taken, told[one.obligation.pk])

    def _refuse(self, taken: Taken, broken: RuleError) -> None:
        assert taken.obligation is not None  # only what is a unit's is sent
        assert taken.read is not None
        questions = self._asked_of(taken.obligation.pk).questions
        told = [
            at_its_cell(one.message, one.column, questions, taken.read) for one in broken.faults
        ]
        taken.outcome, taken.faults = Outcome.REFUSED, told or [CellFault(broken.message)]

    def _refuse_taken(self, obligation: Obligation, twin: str | None) -> None:
        """RuleError where something stands there that this workbook must not write over."""
        acts.refuse_unless_it_may_become(obligation, Standing.SENT)
        if twin is not None:
            raise RuleError(
                f"Tệp “{twin}” trong cùng lần gửi đã ghi cho đơn vị này. "
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
