"""Workbooks made for people: templates of one report or of all units of a month, faults marked; a month as CSV."""

import csv
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal

from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.organisations.selectors import codes_on, last_names
from danvan.reporting.models import Form, Obligation, SheetFile
from danvan.reporting.questions import Question
from danvan.reporting.selectors import (
    Sent,
    answers_of,
    questions_of,
    sheet_of,
    standing_submissions,
)
from danvan.reporting.selectors.sheets import owed_in_order
from danvan.reporting.sheets import (
    SheetMark,
    digest_of,
    mark_faults,
    read_member,
    sign_mark,
    write_template,
)
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

CSV = "text/csv; charset=utf-8"
CSV_HEADINGS = (
    "Mã đơn vị", "Đơn vị", "Kỳ", "Mã chỉ tiêu", "Nội dung", "Đơn vị tính", "Số liệu", "Nguồn gốc", "Bản", "Ngày gửi",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t")  # what a spreadsheet takes for a formula


def template(obligation: Obligation, *, drafted: bool = True) -> bytes:
    """The template of a report as .xlsx, with what is drafted or counted in it."""
    sheet = sheet_of(obligation, drafted=drafted)
    form = obligation.form
    mark = SheetMark(
        form.code,
        form.number,
        obligation.unit_id,
        sheet.period.code,
        digest_of(sheet.questions),
    )
    return write_template(sheet, sign_mark(mark))


def templates(form: Form, period: Period) -> Iterator[bytes]:
    """A .zip with the template of every unit that owes a month, piece by piece as they are made.

    It is for who asks: what a unit's own head has not let go is not in it.
    """
    written = _Pieces()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as package:
        for obligation, name in owed_in_order(form, period):
            content = template(obligation, drafted=not obligation.head_approves)
            package.writestr(zipfile.ZipInfo(name), content)
            yield written.taken()
    yield written.taken()


def marked(file: SheetFile) -> bytes:
    """A workbook that was handed in, as it came, with its faults marked; RuleError where it cannot be opened."""
    kept = file.drop.package
    if kept is None:
        raise RuleError(
            "Tệp này đã hết thời gian lưu nên phần mềm không còn giữ. Kết quả đọc vẫn còn."
        )
    with files.stream(kept) as stream, zipfile.ZipFile(stream) as package:
        content = read_member(package, file.place)
    return mark_faults(content, file.faults)


def month_csv(form: Form, period: Period) -> bytes:
    """What the units sent for a month, one line an answer: semicolons and a comma before fractions, as Excel reads here."""
    owed = list(Obligation.objects.filter(form=form, first=period.first))
    ids = [one.unit_id for one in owed]
    names, codes = last_names(ids, period.last), codes_on(ids, period.last)
    owed.sort(key=lambda one: (sort_key(names.get(one.unit_id, "")), one.pk))
    questions = questions_of(form.pk, on=period.last)
    sent = standing_submissions(owed)
    said = answers_of({one.pk: one for one in sent.values()}, questions)
    kept = io.StringIO()
    lines = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    lines.writerow(CSV_HEADINGS)
    for one in owed:
        submission = sent.get(one.pk)
        if submission is None:
            continue
        for question in questions.by_code.values():
            answer = said[submission.pk].get(question.code, Sent())
            if question.computed or (answer.amount is None and not answer.words):
                continue
            unit = [codes.get(one.unit_id, ""), names.get(one.unit_id, ""), period.code]
            what = [question.code, question.label, question.unit_label]
            how = [_written(question, answer), answer.origin_label]
            when = [str(submission.vintage), format_date(submission.sent_on)]
            lines.writerow([_safe(text) for text in (*unit, *what, *how, *when)])
    return kept.getvalue().encode("utf-8-sig")


def _written(question: Question, answer: Sent) -> str:
    if not question.number:
        return answer.words
    amount: Decimal = answer.amount or Decimal(0)
    return format_number(amount, question.places).replace(".", "")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


class _Pieces(io.RawIOBase):
    """A stream that cannot go back, which a .zip is written to and taken from piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
