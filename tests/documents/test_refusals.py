"""What is refused at the door: files, secrets, fields. Each in a sentence, and nothing is kept."""

import io
import zipfile
from datetime import date

import pytest

from danvan.documents.errors import SecretError
from danvan.documents.models import Document, Proposal, SecretStub
from danvan.documents.services import (
    register_issued_document,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries, SearchText, StoredFile
from tests.documents.acts import enter
from tests.documents.papers import Paper, scanned_pdf

pytestmark = pytest.mark.django_db


def stored_files(media):
    return [path for path in media.rglob("*") if path.is_file()] if media.exists() else []


def nothing_was_kept(media):
    counts = [
        model.objects.count()
        for model in (
            Document,
            Proposal,
            SecretStub,
            StoredFile,
            NumberSeries,
            SearchText,
            AuditEntry,
        )
    ]
    return counts == [0] * 7 and stored_files(media) == []


def macro_docx():
    kept = io.BytesIO(Paper().as_docx())
    with zipfile.ZipFile(kept, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (lambda: b"", "a.docx", "trống"),
        (lambda: Paper().as_docx()[:4000], "a.docx", "hỏng"),
        (lambda: b"PK\x03\x04" + b"x" * 500, "a.docx", "hỏng"),
        (lambda: Paper().as_pdf(password="khoa"), "a.pdf", "mật khẩu"),
        (lambda: Paper().as_pdf()[:900], "a.pdf", "hỏng"),
        (Paper().as_docx, "a.pdf", "không đúng với nội dung"),
        (Paper().as_txt, "a.docx", "không đúng với nội dung"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"IEND" * 9, "a.png", "không dùng được ở đây"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "a.doc", "Office cũ"),
        (macro_docx, "a.docx", "macro"),
        (scanned_pdf, "quet.pdf", "lớp chữ"),
        (lambda: "Nghị quyết về đối thoại".encode("utf-16"), "a.txt", "UTF-8"),
        (lambda: b"Ngh? quy?t v? ??i tho?i v?i Nh?n d?n c?a T?nh ?y Ngh? An", "a.txt", "tiếng Việt"),
        (lambda: b"Nghi quyet ve doi thoai voi nhan dan tren dia ban tinh Nghe An", "a.txt", "dấu"),
        (lambda: b"   \n  ", "a.txt", "không có chữ"),
    ],
    ids=[
        "empty", "cut short", "no zip", "locked", "cut pdf", "docx called pdf", "txt called docx",
        "a picture", "old word", "macro", "scan", "utf-16", "question marks", "no marks", "blanks",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(province, media, make, name, said):
    with pytest.raises(RuleError) as refused:
        enter(province, content=make(), name=name)
    assert said in refused.value.message
    assert refused.value.message.endswith(".")
    assert nothing_was_kept(media)


def test_a_file_above_the_limit_is_refused(province, media, settings):
    settings.DANVAN_MAX_FILE_MB = 0
    with pytest.raises(RuleError, match="vượt mức"):
        enter(province)
    assert nothing_was_kept(media)


SECRETS = [
    ({"secrecy": "secret"}, lambda: Paper().as_docx(), "a.docx", "secret"),
    ({"secrecy": "absolute_secret"}, lambda: b"not even a document", "a.bin", "absolute_secret"),
    ({}, lambda: Paper(stamp="MẬT").as_docx(), "a.docx", "secret"),
    ({}, lambda: Paper(stamp="TỐI MẬT").as_pdf(), "a.pdf", "top_secret"),
    ({}, lambda: Paper(stamp="TUYỆT MẬT").as_txt(), "a.txt", "absolute_secret"),
    ({}, lambda: Paper().as_docx(boxed="TỐI MẬT"), "a.docx", "top_secret"),
    ({}, lambda: Paper().as_docx(header="MẬT"), "a.docx", "secret"),
]


@pytest.mark.parametrize(("given", "make", "name", "level"), SECRETS)
def test_a_secret_document_is_refused_and_nothing_of_it_is_kept(
    province, media, caplog, given, make, name, level
):
    with pytest.raises(SecretError) as refused:
        enter(province, content=make(), name=name, **given)
    assert refused.value.secrecy == level
    told = refused.value.message + caplog.text
    assert [word for word in ("07-NQ", "đối thoại", "Trần Văn Bình", name) if word in told] == []
    assert nothing_was_kept(media)


def test_a_secret_issued_document_is_refused_too(province, media):
    given = {
        "unit": province.front, "document_type": "plan", "abstract": "Việc riêng", "actor": None,
        "issued_on": date(2026, 1, 5),
    }  # fmt: skip
    with pytest.raises(SecretError):
        register_issued_document(**given, secrecy="secret")
    with pytest.raises(SecretError):
        register_issued_document(**given, content=Paper(stamp="MẬT").as_txt(), name="a.txt")
    assert nothing_was_kept(media)


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        ({"document_type": ""}, {"document_type"}),
        ({"document_type": "novel"}, {"document_type"}),
        ({"issuer_name": " "}, {"issuer_name"}),
        ({"abstract": ""}, {"abstract"}),
        ({"abstract": "x" * 601}, {"abstract"}),
        ({"symbol": "x" * 81}, {"symbol"}),
        ({"issued_on": date(2027, 1, 2)}, {"issued_on", "received_on"}),
        ({"issued_on": date(1929, 1, 2)}, {"issued_on"}),
        ({"received_on": date(2027, 1, 1)}, {"received_on"}),
        ({"received_on": date(2026, 3, 1)}, {"received_on"}),
        ({"document_type": "", "abstract": "", "issuer_name": ""}, {"document_type", "abstract", "issuer_name"}),
    ],
)  # fmt: skip
def test_all_faults_of_the_fields_are_told_at_once_and_nothing_is_kept(
    province, media, wrong, columns
):
    with pytest.raises(RuleError) as refused:
        enter(province, **wrong)
    assert {fault.column for fault in refused.value.faults} == columns
    assert nothing_was_kept(media)


def test_only_an_organisation_of_the_day_within_the_grant_keeps_a_register(province, clerk, media):
    from tests.factories.province import make_grant, make_organisation, make_place

    ended = make_organisation(province.place, ended=date(2025, 7, 1))
    elsewhere = make_organisation(make_place("Tỉnh Hà Tĩnh", level="province"))
    viewer = make_grant(province.place, "leader")
    for unit, actor in (
        (province.place, None), (ended, None), (elsewhere, clerk), (province.front, viewer),
    ):  # fmt: skip
        with pytest.raises(RuleError) as refused:
            enter(province, unit=unit, actor=actor)
        assert [fault.column for fault in refused.value.faults] == ["unit"]
    assert nothing_was_kept(media)
    assert enter(province, actor=clerk).registered_by == clerk


def test_an_issued_document_needs_its_type_abstract_and_a_day_that_has_come(province):
    with pytest.raises(RuleError) as refused:
        register_issued_document(
            unit=province.front,
            document_type="",
            abstract="",
            issued_on=date(2027, 1, 1),
            actor=None,
        )
    assert {fault.column for fault in refused.value.faults} == {
        "document_type",
        "abstract",
        "issued_on",
    }
    assert not Document.objects.exists()
