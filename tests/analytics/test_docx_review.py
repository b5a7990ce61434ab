"""The Word file: real footnotes, one for each figure, in the Party's layout."""

import re
import zipfile
from io import BytesIO, StringIO
from urllib.parse import unquote

import docx
import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from danvan.analytics.docx_review import to_docx
from danvan.analytics.summary import compose_summary
from danvan.foundation.periods import Period
from danvan.indicators.models import Target

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
YEAR = Period.parse("2026")


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        return (
            etree.fromstring(package.read("word/document.xml")),
            etree.fromstring(package.read("word/footnotes.xml")),
            package.read("[Content_Types].xml").decode(),
            package.read("word/_rels/document.xml.rels").decode(),
            names,
        )


def words(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def test_each_figure_has_its_own_footnote_in_reading_order(province):
    summary = compose_summary(province.place.pk, YEAR)

    body, notes, types, relations, names = parts_of(to_docx(summary))

    wanted = [str(number) for number in range(1, len(summary.notes) + 1)]
    assert [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")] == wanted
    told = {note.get(f"{W}id"): words(note).strip() for note in notes if not note.get(f"{W}type")}
    assert [told[number] for number in wanted] == [
        f"{figure.note_text} Mở: {unquote(figure.href)}" for figure in summary.notes
    ]
    assert "%" in "".join(figure.href for figure in summary.notes)
    assert not any("%E" in words for words in told.values())
    assert "footnotes+xml" in types
    assert "footnotes.xml" in relations
    assert names.count("word/footnotes.xml") == 1


def test_a_figure_told_again_points_to_its_footnote(province):
    summary = compose_summary(province.place.pk, YEAR)

    body, *_ = parts_of(to_docx(summary))

    marks = {start.get(f"{W}name") for start in body.iter(f"{W}bookmarkStart")}
    pointed = [
        field.text.split()[1] for field in body.iter(f"{W}instrText") if "NOTEREF" in field.text
    ]
    again = [figure.key for row in summary.tables[0].rows for figure in row[3:5]]
    assert pointed == [f"_note{summary.numbers[key]}" for key in again]
    assert set(pointed) <= marks


def test_a_footnote_tells_definition_population_day_and_records(province):
    figure = compose_summary(province.place.pk, YEAR).figures[0]

    assert figure.note_text == (
        "100% cấp ủy làm việc và ban hành văn bản định hướng (nguồn: 04-NQ/TU), năm 2026. "
        "Đối tượng: 3 cấp ủy cấp xã thuộc tỉnh Nghệ An, theo sổ đơn vị ngày 31/12/2026, như khi đó. "
        "Tính đến ngày 31/12/2026. Tử số 1, mẫu số 3. Số hồ sơ: 3."
    )


def test_the_page_is_laid_out_as_the_party_asks(province):
    document = docx.Document(BytesIO(to_docx(compose_summary(province.place.pk, YEAR))))

    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert document.styles["Normal"].font.name == "Times New Roman"
    told = [p for p in document.paragraphs if p.text.startswith("1. ")]
    assert told[0].paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert page.different_first_page_header_footer is True


def run(*arguments):
    out = StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_writes_the_file_and_says_so(province, tmp_path):
    path = tmp_path / "review.docx"

    said = run("summary", "--unit", "40", "--period", "2026", "--out", str(path))

    summary = compose_summary(province.place.pk, YEAR)
    body, *_ = parts_of(path.read_bytes())
    assert len(list(body.iter(f"{W}footnoteReference"))) == len(summary.notes)
    assert re.search(rf"tính đến 31/12/2026, {len(summary.notes)} số liệu có chú thích", said)


@pytest.mark.parametrize(
    ("unit", "period", "out", "says"),
    [
        ("40", "2026-13", "review.docx", "tháng"),
        ("40", "nam nay", "review.docx", "không phải là một kỳ"),
        ("99", "2026", "review.docx", "Không có đơn vị nào mang mã “99”"),
        ("40", "2027", "review.docx", "chưa bắt đầu"),
        ("40", "2026", "nowhere/review.docx", "Không có thư mục"),
        ("40", "2026", "review.odt", "phải kết thúc bằng .docx hoặc .pdf"),
    ],
)
def test_the_command_refuses_in_a_whole_sentence_and_writes_nothing(
    province, tmp_path, unit, period, out, says
):
    with pytest.raises(CommandError, match=says):
        run("summary", "--unit", unit, "--period", period, "--out", str(tmp_path / out))

    assert list(tmp_path.iterdir()) == []


def test_a_control_character_in_a_title_keeps_no_report_from_being_written(province):
    """A soft line break of Word comes through the clipboard as a vertical tab."""
    Target.objects.update(title="Ít nhất 02\vnội dung\x01 giám sát")
    summary = compose_summary(province.place.pk, YEAR)
    assert any("\v" in str(run) for table in summary.tables for row in table.rows for run in row)

    body, *_ = parts_of(to_docx(summary))

    assert "Ít nhất 02nội dung giám sát" in words(body)
