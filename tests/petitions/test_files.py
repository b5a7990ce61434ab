"""Files of papers: sealed, read only while the identity is open, never an identity card, never a virus."""

from datetime import timedelta

import pytest
from django.test import Client

from danvan.foundation import clock, sealed_files
from danvan.foundation.errors import KeyDestroyed, RuleError
from danvan.foundation.models import AuditEntry, DataKey, SealedFile
from danvan.foundation.sealing import seal
from danvan.foundation.viruses import SIGNATURE
from danvan.petitions import jobs
from danvan.petitions.models import HeldFile, IdentityOpening, PaperFile, Petition
from danvan.petitions.selectors import (
    allowed_petitions,
    file_to_read,
    files_of,
    held_files,
    held_to_read,
    number_of_files,
)
from danvan.petitions.selectors.paper_files import NAME
from danvan.petitions.selectors.telling import against, petitions_told
from danvan.petitions.services import (
    add_paper_file,
    add_petition_file,
    bar_user,
    drop_held_file,
    hold_file,
    keep_held_files,
    open_identity,
)
from danvan.petitions.services.filing_papers import MOST_FILES
from tests.factories.pictures import jpeg, pdf, png, reader_of_words
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
LETTER = "Kính gửi Ủy ban nhân dân xã. Tôi là Lô Văn Nam, căn cước số 040090001234."
CARD = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCĂN CƯỚC CÔNG DÂN\nCitizen Identity Card\nSố / No.: 040090001234\n"
    "Họ và tên / Full name: LÔ VĂN NAM\nNgày sinh / Date of birth: 01/02/1990\nGiới tính / Sex: Nam"
)


@pytest.fixture
def office(settings, tmp_path, _office):
    settings.DANVAN_TODAY = papers.TODAY
    settings.SEALED_ROOT = tmp_path / "sealed"
    settings.DANVAN_TESSERACT = str(tmp_path / "none")
    return own(_office)


def kept_nowhere(office):
    return not SealedFile.objects.exists() and not PaperFile.objects.exists()


def test_a_scan_is_sealed_and_read_only_while_the_identity_is_open(office, settings):
    petition = papers.received(office.unit)
    content = pdf("Nguyen Van A")
    kept = add_paper_file(petition.paper, content, name="đơn Lô Văn Nam.pdf", actor=office.officer)
    whole = b"".join(path.read_bytes() for path in sealed_files.files_on_disk())
    assert b"%PDF" not in whole
    assert "Nam" not in bytes(kept.name).decode("latin-1")
    with pytest.raises(RuleError, match="mở danh tính"):
        file_to_read(office.officer, kept.pk, of_case=False)
    assert files_of(office.officer, petition) == []
    assert number_of_files(petition) == 1
    open_identity(petition.paper, purpose="classify", actor=office.officer)
    told = files_of(office.officer, petition)
    assert [(one.name, one.media_type, one.of_case) for one in told] == [
        ("đơn Lô Văn Nam.pdf", "application/pdf", False)
    ]
    read = file_to_read(office.officer, kept.pk, of_case=False)
    assert (read.name, read.content) == ("đơn Lô Văn Nam.pdf", content)
    with pytest.raises(RuleError):  # each opens for themselves
        file_to_read(office.head, kept.pk, of_case=False)
    with pytest.raises(Petition.DoesNotExist):
        file_to_read(office.stranger, kept.pk, of_case=False)
    IdentityOpening.objects.update(until=clock.now() - timedelta(seconds=1))
    with pytest.raises(RuleError):
        file_to_read(office.officer, kept.pk, of_case=False)
    entry = AuditEntry.objects.get(action="petitions.add_paper_file")
    assert entry.details == {"file_id": kept.pk, "overruled": False}
    assert petition.steps.last().kind == "kept"


def test_a_paper_of_the_case_is_kept_with_its_act(office):
    petition = papers.accepted(office.unit)
    step = petition.steps.last()
    kept = add_petition_file(petition, png(), name="bien-ban.png", step=step, actor=office.officer)
    open_identity(petition.paper, purpose="verify", actor=office.officer)
    assert file_to_read(office.officer, kept.pk, of_case=True).content == png()
    assert [one.of_case for one in files_of(office.officer, petition)] == [True]
    assert (kept.step_id, papers.fresh(petition).changes) == (step.pk, petition.changes + 1)


def test_a_file_is_not_for_whom_the_petition_is_against(office):
    petition = papers.received(office.unit)
    of_paper = add_paper_file(petition.paper, png(), name="a.png", actor=None)
    of_case = add_petition_file(petition, png(), name="b.png", actor=None)
    open_identity(petition.paper, purpose="verify", actor=office.officer)
    bar_user(petition, user=office.officer, actor=None)
    for pk, case in ((of_paper.pk, False), (of_case.pk, True), (0, False), (0, True)):
        with pytest.raises(Petition.DoesNotExist):
            file_to_read(office.officer, pk, of_case=case)


def test_a_file_that_the_disk_lost_is_told(office):
    petition = papers.received(office.unit)
    kept = add_paper_file(petition.paper, png(), name="a.png", actor=None)
    open_identity(petition.paper, purpose="verify", actor=office.officer)
    for path in list(sealed_files.files_on_disk()):
        path.unlink()
    with pytest.raises(RuleError, match="không còn trên máy chủ"):
        file_to_read(office.officer, kept.pk, of_case=False)


REFUSED = {
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "Tên tệp"),
    "a page": (b"<html><script>alert(1)</script></html>", "a.html", "Tên tệp"),
    "a script": (b"alert(1)", "a.js", "Tên tệp"),
    "a program": (b"MZ\x00\x01\x02", "a.pdf", "không nhận ra"),
    "an empty file": (b"", "a.pdf", "trống"),
    "a virus test file": (SIGNATURE, "a.txt", "EICAR"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_paper_is_refused_and_not_kept(office, content, name, said):
    petition = papers.received(office.unit)
    with pytest.raises(RuleError, match=said):
        add_paper_file(petition.paper, content, name=name, actor=None, not_identity="không phải")
    assert kept_nowhere(office)


def test_an_identity_card_is_refused_for_good_where_its_words_can_be_read(
    office, settings, tmp_path
):
    petition = papers.received(office.unit)
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, CARD)
    for content, name in ((png(), "anh.png"), (pdf(), "anh.pdf")):
        with pytest.raises(RuleError, match="chỉ cần số giấy tờ"):
            add_paper_file(
                petition.paper, content, name=name, actor=None, not_identity="Không phải"
            )
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, "IDVNM0900012345040090001234<<8")
    with pytest.raises(RuleError, match="giấy tờ tùy thân"):
        add_paper_file(petition.paper, jpeg(), name="sau.jpg", actor=None)
    text = pdf(
        "CITIZEN IDENTITY CARD", "Full name: LO VAN NAM", "Date of birth: 01/02/1990", "Sex: Nam"
    )
    with pytest.raises(RuleError, match="giấy tờ tùy thân"):
        add_paper_file(petition.paper, text, name="a.pdf", actor=None)
    assert kept_nowhere(office)


DOUBTED = {
    "by its name": (png(), "CCCD mat truoc.png"),
    "by its shape": (png(856, 540), "anh1.png"),
    "upright": (jpeg(540, 856), "anh1.jpg"),
    "by its title": (pdf("CAN CUOC CONG DAN", "040090001234"), "a.pdf"),
}


@pytest.mark.parametrize(("content", "name"), DOUBTED.values(), ids=DOUBTED)
def test_what_only_looks_like_a_card_is_kept_by_who_says_what_it_is(office, content, name):
    petition = papers.received(office.unit)
    with pytest.raises(RuleError, match="có thể là ảnh giấy tờ tùy thân") as broken:
        add_paper_file(petition.paper, content, name=name, actor=office.officer)
    assert broken.value.faults[0].column == "not_identity"
    assert kept_nowhere(office)
    with pytest.raises(RuleError, match="dài quá"):
        add_paper_file(petition.paper, content, name=name, actor=None, not_identity="x" * 301)
    add_paper_file(
        petition.paper, content, name=name, actor=office.officer, not_identity="Ảnh bảng tên đường"
    )
    assert petition.steps.last().words == "Không phải giấy tờ tùy thân: Ảnh bảng tên đường"
    assert AuditEntry.objects.get(action="petitions.add_paper_file").details["overruled"] is True


def test_a_letter_that_names_the_number_of_a_card_is_no_card(office, settings, tmp_path):
    petition = papers.received(office.unit)
    settings.DANVAN_TESSERACT = reader_of_words(tmp_path, LETTER)
    add_paper_file(petition.paper, png(856, 540), name="don.png", actor=None)
    add_paper_file(petition.paper, LETTER.encode(), name="don.txt", actor=None)
    settings.DANVAN_TESSERACT = str(tmp_path / "none")
    add_paper_file(petition.paper, png(400, 300), name="cau treo.png", actor=None)
    add_paper_file(petition.paper, png(0, 300), name="hong.png", actor=None)
    add_paper_file(petition.paper, pdf(), name="quet.pdf", actor=None)
    add_paper_file(petition.paper, pdf("Kinh gui UBND", "CAN CUOC 1234"), name="b.pdf", actor=None)
    assert petition.paper.files.count() == 6


def test_a_paper_holds_only_so_many_files(office, monkeypatch):
    petition = papers.received(office.unit)
    monkeypatch.setattr("danvan.petitions.services.filing_papers.MOST_FILES", 1)
    assert MOST_FILES > 1
    add_paper_file(petition.paper, png(), name="a.png", actor=None)
    with pytest.raises(RuleError, match="đã có 1 tệp"):
        add_paper_file(petition.paper, png(), name="b.png", actor=None)


def test_a_held_file_goes_to_its_paper_and_its_key_is_gone(
    office, django_capture_on_commit_callbacks
):
    scan = pdf("a")
    held = hold_file(scan, name="don.pdf", actor=office.officer)
    assert [one.name for one in held_files(office.officer)] == ["don.pdf"]
    assert held_files(office.head) == []
    assert held_to_read(office.officer, held.pk).content == scan
    with pytest.raises(HeldFile.DoesNotExist):
        held_to_read(office.head, held.pk)
    petition = papers.received(office.unit)
    with pytest.raises(RuleError, match="tải tệp lên lại"):
        keep_held_files(petition.paper, [held.pk], actor=office.head)
    with django_capture_on_commit_callbacks(execute=True):
        [kept] = keep_held_files(petition.paper, [held.pk], actor=office.officer)
    open_identity(petition.paper, purpose="verify", actor=office.officer)
    assert file_to_read(office.officer, kept.pk, of_case=False).name == "don.pdf"
    assert not HeldFile.objects.exists()
    assert DataKey.objects.get(pk=held.key_id).destroyed_at is not None
    assert len(list(sealed_files.files_on_disk())) == 1


def test_a_held_file_that_the_disk_lost_is_told(office):
    held = hold_file(png(), name="a.png", actor=office.officer)
    for path in list(sealed_files.files_on_disk()):
        path.unlink()
    petition = papers.received(office.unit)
    with pytest.raises(RuleError, match="Không còn đọc được"):
        keep_held_files(petition.paper, [held.pk], actor=office.officer)
    assert HeldFile.objects.filter(pk=held.pk).exists()


def test_what_nobody_took_is_thrown_away(office):
    old = hold_file(png(), name="a.png", actor=office.officer)
    new = hold_file(png(), name="b.png", actor=office.officer)
    mine = hold_file(png(), name="c.png", actor=office.officer)
    HeldFile.objects.filter(pk=old.pk).update(held_at=clock.now() - timedelta(days=2))
    jobs.clear_what_was_held.func()
    drop_held_file(mine, actor=office.head)
    assert set(HeldFile.objects.values_list("pk", flat=True)) == {new.pk, mine.pk}
    drop_held_file(mine, actor=office.officer)
    assert set(HeldFile.objects.values_list("pk", flat=True)) == {new.pk}
    with pytest.raises(KeyDestroyed):
        sealed_files.sealing.unseal(DataKey.objects.get(pk=old.key_id), old.name, name="x")


def test_a_paper_is_closed_to_whom_one_of_its_matters_is_against(office):
    one, road = papers.paper(
        office.unit, papers.matter(), papers.matter("proposal", "Sửa đường"), actor=None
    ).petitions.order_by("pk")
    kept = add_paper_file(one.paper, png(), name="a.png", actor=None)
    open_identity(one.paper, purpose="verify", actor=office.officer)
    assert allowed_petitions(office.officer, "petitions.handle").count() == 2
    bar_user(papers.fresh(one), user=office.officer, actor=None)
    assert not allowed_petitions(office.officer, "petitions.view").exists()
    with pytest.raises(Petition.DoesNotExist):
        file_to_read(office.officer, kept.pk, of_case=False)
    assert against(petitions_told([road.pk])[0]) == {office.officer.pk}
    assert allowed_petitions(office.head, "petitions.view").count() == 2


def test_what_was_written_as_it_came_is_listed_by_words(office):
    one = papers.received(office.unit, papers.matter(text="Tôi là Lô Văn Nam, xin đo lại đất."))
    open_identity(one.paper, purpose="verify", actor=office.officer)
    [told] = files_of(office.officer, one)
    assert told.name == "Nguyên văn lời người gửi.txt"
    assert told.added_at is not None
    kept = PaperFile.objects.get(pk=told.pk)
    kept.name = seal(kept.file.key, "nguyen-van.txt", name=NAME)  # as it was called once
    kept.save()
    assert [one.name for one in files_of(office.officer, one)] == ["Nguyên văn lời người gửi.txt"]
    read = file_to_read(office.officer, told.pk, of_case=False)
    assert read.name == "Nguyên văn lời người gửi.txt"
    client = Client()
    client.force_login(office.officer)
    page = client.get(f"/don-thu/{one.pk}/").content.decode()
    assert "Nguyên văn lời người gửi.txt</a>" in page
    assert "nguyen-van" not in page
