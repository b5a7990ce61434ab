"""Workbooks as units hand them in, made without a database: our template, and sheets of people's own."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook, load_workbook

from danvan.reporting.models import Form, Obligation
from danvan.reporting.questions import Question, Questions, QuestionSection
from danvan.reporting.selectors import Cell, FilledSection, Sheet
from danvan.reporting.sheets import SheetMark, digest_of, read_sheet, sign_mark, write_template
from tests.reporting.months import NOVEMBER

ANSWERS = 6  # the column of the template that is typed into


def part(position, title, *questions, may_be_nil=True):
    """A section of a form."""
    return QuestionSection(position, title, may_be_nil, questions)


def asked():
    """A form with a pair, a share in percent, a broken number, words, and an item that is worked out."""
    return Questions.of(
        (
            part(
                1,
                "Tiếp xúc, đối thoại",
                Question("doi-thoai", "Số hội nghị đối thoại", unit_label="cuộc"),
                Question("luot", "Lượt người dự", unit_label="lượt"),
                Question("nguoi", "Số người dự", unit_label="người", part_of="luot"),
            ),
            part(
                2,
                "Mô hình",
                Question("ty-dong", "Tiền Nhân dân góp", unit_label="tỷ đồng", places=2),
                Question("ty-le", "Tỷ lệ hộ tham gia", unit_label="%", places=1),
                Question("cong", "Cộng", unit_label="cuộc", computed=True),
            ),
            part(
                3,
                "Cách làm hay",
                Question("cach-lam", "Cách làm hay", number=False, required=False),
                may_be_nil=False,
            ),
        )
    )


def filled(texts=None, nil=(), questions=None, unit="Xã Môn Sơn"):
    """The page of a report with these texts typed, as the template is written from."""
    questions, texts = questions or asked(), texts or {}
    sections = [
        FilledSection(
            part.position,
            part.title,
            part.may_be_nil,
            part.position in nil,
            tuple((Cell(one, texts.get(one.code, "")),) for one in part.questions),
        )
        for part in questions.sections
    ]
    form = Form(code="BM-02", number=1, name="Báo cáo công tác dân vận")
    obligation = Obligation(form=form, first=NOVEMBER.first, due_on=date(2026, 12, 5))
    return Sheet(obligation, NOVEMBER, unit, "", questions, sections, 0, 0, [], None, None, 2, None)


def template(texts=None, nil=(), questions=None):
    """The template of the first commune for November, with these texts in it."""
    sheet = filled(texts, nil, questions)
    mark = SheetMark("BM-02", 1, 7, "2026-11", digest_of(sheet.questions))
    return write_template(sheet, sign_mark(mark))


def read(content, questions=None, name="bao-cao.xlsx"):
    """What stands in a workbook."""
    return read_sheet(content, name=name, questions=questions or asked())


def changed(content, change):
    """The workbook after `change` was done to its first sheet."""
    book = load_workbook(BytesIO(content))
    change(book.worksheets[0])
    return saved(book)


def saved(book):
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def own(rows, *, title="Thang 11"):
    """A sheet of people's own, row by row."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def typed(content, values):
    """The template after people typed `values` (by item code) into it."""

    def change(sheet):
        for row in sheet.iter_rows(min_row=7):
            if row[0].value in values:
                row[ANSWERS - 1].value = values[row[0].value]

    return changed(content, change)


def address_of(content, code):
    """Where the answer of an item is typed."""
    for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows():
        if row[0].value == code:
            return row[ANSWERS - 1].coordinate
    raise LookupError(code)
