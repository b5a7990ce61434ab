"""The PDF file: the same words as the review, A4, tagged, one embedded serif; or a sentence that says what to install."""

import contextlib
import re
import sys
import zlib
from io import StringIO

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from danvan.analytics.pdf import NEEDED, PdfUnavailableError, to_pdf
from danvan.analytics.summary import compose_summary
from danvan.foundation.periods import Period

YEAR = Period.parse("2026")


def drawn():
    """Skip where the system's libraries are missing: what is said then is tested below, by force."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip(f"weasyprint cannot draw here (apt-get install {NEEDED}), PDF tests skipped")


@pytest.fixture
def content(province):
    drawn()
    return to_pdf(compose_summary(province.place.pk, YEAR))


def words_of(content):
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def test_the_pages_say_what_the_review_says(province, content):
    summary = compose_summary(province.place.pk, YEAR)

    text = words_of(content)

    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "kết quả công tác dân vận năm 2026 của tỉnh Nghệ An" in text
    assert "T/M CƠ QUAN BÁO CÁO" in text
    for number, figure in enumerate(summary.notes, 1):
        assert f"{figure.text}{number}".replace(" ", "") in text.replace(" ", "")
        assert figure.note_text.replace(" ", "") in text.replace(" ", "")


def plain(content):
    """The file with its packed streams opened, so that its parts can be read."""
    found = [content]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(packed))
    return b"\n".join(found)


def test_it_is_a4_tagged_for_archives_in_vietnamese_and_carries_its_font(content):
    document = pypdfium2.PdfDocument(content)
    opened = plain(content)

    assert [round(size * 25.4 / 72) for size in document[0].get_size()] == [210, 297]
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert b"/Lang (vi)" in opened
    assert re.search(rb"pdfaid:part[^0-9]{1,3}2", opened)
    assert re.search(rb"pdfaid:conformance[^A-Z]{1,3}A", opened)
    assert b"FontFile" in opened


@pytest.mark.parametrize("draft", ["", "Dự thảo, chưa đối chiếu xong"])
def test_a_draft_says_so_on_its_first_page(province, draft):
    drawn()
    content = to_pdf(compose_summary(province.place.pk, YEAR), draft=draft)

    first = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert ("Dự thảo, chưa đối chiếu xong" in first) is bool(draft)


@pytest.fixture(params=["not installed", "no pango"])
def missing(request, monkeypatch, tmp_path):
    """A machine without the library, or with it but without pango of the system."""
    if request.param == "not installed":
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        return
    broken = tmp_path / "lib"
    broken.mkdir()
    (broken / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    monkeypatch.syspath_prepend(broken)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)


def test_without_the_libraries_it_says_what_to_install(province, missing):
    with pytest.raises(PdfUnavailableError, match="libpango") as refused:
        to_pdf(compose_summary(province.place.pk, YEAR))

    assert refused.value.message.startswith(
        "Máy chủ chưa có thư viện để tạo tệp PDF. Đồng chí vui lòng"
    )
    assert "apt-get install" in refused.value.message


def test_the_command_writes_pdf_where_it_can(province, tmp_path):
    drawn()
    path = tmp_path / "review.pdf"

    call_command(
        "report",
        "summary",
        "--unit",
        "40",
        "--period",
        "2026",
        "--out",
        str(path),
        stdout=StringIO(),
    )

    assert path.read_bytes()[:5] == b"%PDF-"


def test_the_command_says_what_to_install_and_writes_nothing(province, missing, tmp_path):
    out = tmp_path / "out"
    out.mkdir()

    with pytest.raises(CommandError, match="libpango"):
        call_command(
            "report", "summary", "--unit", "40", "--period", "2026", "--out", str(out / "a.pdf")
        )

    assert list(out.iterdir()) == []


def test_letters_from_another_font_are_refused(province, monkeypatch):
    drawn()
    from danvan.analytics import pdf

    monkeypatch.setattr(pdf, "SERIFS", ("Another-Serif",))
    with pytest.raises(PdfUnavailableError, match="fonts-liberation2"):
        to_pdf(compose_summary(province.place.pk, YEAR))


def test_the_page_fetches_nothing(province):
    drawn()
    from danvan.analytics.pdf import _nothing

    with pytest.raises(ValueError, match="everything it needs is in it"):
        _nothing("file:///etc/passwd")
