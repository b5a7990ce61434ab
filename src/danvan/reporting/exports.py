"""Reports as Excel: a month of all units by all items, and one report as it was sent."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.organisations.selectors import codes_on, last_names
from danvan.reporting.enums import Standing
from danvan.reporting.models import Form, Obligation
from danvan.reporting.questions import Question
from danvan.reporting.selectors import (
    Report,
    Sent,
    answers_of,
    questions_of,
    standing_submissions,
)
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date

NEVER = "Chưa gửi"
ESTIMATES = "Số ước"
NOT_ASKED = "–"


def period_sheet(form: Form, period: Period) -> bytes:
    """A month of a form as .xlsx: one row for each unit that owes it, one column for each item, sent or not."""
    owed = list(Obligation.objects.filter(form=form, first=period.first))
    ids = [one.unit_id for one in owed]
    names, codes = last_names(ids, period.last), codes_on(ids, period.last)
    owed.sort(key=lambda one: sort_key(names.get(one.unit_id, "")))
    questions = questions_of(form.pk, on=period.last)
    of_kind = {kind: questions.asked_of(kind).by_code for kind in {one.kind for one in owed}}
    sent = standing_submissions(owed)
    said = answers_of({one.pk: one for one in sent.values()}, questions)
    asked = [one for one in questions.by_code.values() if not one.computed]
    labels = [_heading(one) for one in asked]
    headings = ["Mã", "Đơn vị", "Tình trạng", "Ngày gửi", "Bản", *labels, ESTIMATES]

    def rows() -> Iterable[list[Any]]:
        for one in owed:
            submission = sent.get(one.pk)
            answers = said[submission.pk] if submission else {}
            yield [
                codes.get(one.unit_id, ""),
                names.get(one.unit_id, ""),
                _standing(one),
                one.first_sent_on,
                submission.vintage if submission else None,
                *(
                    _plain(item, answers.get(item.code, Sent()))
                    if item.code in of_kind[one.kind]
                    else NOT_ASKED
                    for item in asked
                ),
                "; ".join(item.label for item in asked if answers.get(item.code, Sent()).estimated),
            ]

    narrowed = any(len(one) < len(questions.by_code) for one in of_kind.values())
    notes = [
        f"{form.name} {period.label}, {form.code}, lập ngày {format_date(clock.today())}; {_read_at()}",
        "Ô trống là chưa gửi hoặc không có số liệu; không phải là 0.",
        *([f"Ô ghi “{NOT_ASKED}” là câu không hỏi đơn vị ấy."] if narrowed else []),
    ]
    return write_table(
        f"Tháng {period.first:%m-%Y}",
        headings,
        rows(),
        notes=notes,
        widths=[8, 28, 14, 12, 6, *([14] * len(asked)), 30],
    )


def report_sheet(report: Report) -> bytes:
    """One report as .xlsx, item by item, with its origin and what stands beside it."""
    obligation = report.obligation
    when = format_date(report.shown.sent_on) if report.shown else NEVER
    notes = [
        f"{obligation.form.name} {report.period.label}",
        f"{report.unit_name}, {_standing(obligation).lower()}, ngày gửi: {when}",
        f"{report.shown.edition}; {_read_at()}" if report.shown else _read_at().capitalize(),
    ]
    if report.shown and report.replaced_by:
        notes.append(f"Bản này đã thay bằng bản {report.replaced_by.vintage}, không còn dùng.")
    headings = (
        "Mục", "Nội dung", "Đơn vị tính", "Trả lời", "Nguồn gốc", "Tháng trước", "Đếm từ hồ sơ", "Ghi chú",
    )  # fmt: skip
    return write_table(
        "Báo cáo",
        headings,
        _report_rows(report),
        notes=notes,
        widths=(28, 40, 14, 16, 16, 14, 14, 30),
    )


def _read_at() -> str:
    """The moment at which the figures are read."""
    return f"số liệu đọc lúc {timezone.localtime(clock.now()):%H:%M %d/%m/%Y}"


def _report_rows(report: Report) -> Iterable[Sequence[Any]]:
    for section in report.sections:
        for cell in section.cells:
            question = cell.question
            value = cell.computed.words if cell.computed else _plain(question, cell.sent)
            yield [
                section.title,
                question.label,
                question.unit_label,
                value,
                "Tính từ số khác" if cell.computed else cell.sent.origin_label,
                _number(question, cell.before),
                _number(question, cell.counted.amount) if cell.counted else None,
                cell.sent.note,
            ]


def _heading(question: Question) -> str:
    return f"{question.label} ({question.unit_label})" if question.unit_label else question.label


def _standing(obligation: Obligation) -> str:
    if obligation.first_sent_on is None:
        return NEVER
    label = str(Standing(obligation.standing).label)
    return f"{label}, trễ" if obligation.first_sent_on > obligation.due_on else label


def _plain(question: Question, sent: Sent) -> Any:
    return _number(question, sent.amount) if question.number else sent.words


def _number(question: Question, amount: Any) -> Any:
    if amount is None:
        return None
    return int(amount) if question.places == 0 else float(amount)
