"""Drafts of papers from e-mail files, calls and scans: prefilled, confirmed by a person, never received by themselves."""

import io
from datetime import date
from email.message import EmailMessage

import pytest
from openpyxl import Workbook

from danvan.foundation.errors import RuleError
from danvan.foundation.viruses import SIGNATURE
from danvan.organisations.enums import EventKind
from danvan.organisations.models import UnitSize
from danvan.organisations.services import reorganising
from danvan.petitions.enums import Channel, Kind
from danvan.petitions.models import Paper
from danvan.petitions.selectors import file_to_read, held_files, held_to_read
from danvan.petitions.services import (
    draft_of_mail,
    draft_of_scan,
    keep_held_files,
    open_identity,
    propose_matter,
    receive_paper,
)
from danvan.petitions.services.doors import mended
from danvan.petitions.services.letters import open_letter
from danvan.topics.services import add_topic
from tests.factories.pictures import jpeg, packed, pdf, png, reader_of_words
from tests.factories.province import make_place
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.papers import TODAY

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=TODAY)
WORDS = (
    "Kính gửi Ủy ban nhân dân xã.\nCầu treo bản Xiềng hỏng từ tháng 8, học sinh phải lội suối.\n"
    "Tôi đề nghị Ủy ban nhân dân xã sửa cầu trước mùa mưa năm sau."
)


@pytest.fixture
def office(settings, tmp_path, _office):
    settings.DANVAN_TODAY = TODAY
    settings.SEALED_ROOT = tmp_path / "sealed"
    settings.DANVAN_TESSERACT = str(tmp_path / "none")
    settings.DANVAN_SCANNER = None
    return own(_office)


def mail(
    words=WORDS,
    subject="Kiến nghị sửa cầu treo bản Xiềng",
    sent="Tue, 17 Nov 2026 18:30:00 +0000",
    **files,
):
    made = EmailMessage()
    made["From"] = "Lô Văn Nam <nam@example.vn>"
    made["Subject"], made["Date"] = subject, sent
    made.set_content(words)
    for name, content in files.items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def drafted(office, content, name="thu.eml"):
    return draft_of_mail(content, name=name, unit_id=office.unit.pk, actor=office.officer)


def test_a_mail_becomes_a_draft_that_a_person_confirms(office):
    scan = pdf("a")
    draft = drafted(office, mail(**{"don.pdf": scan, "anh.png": png(40, 30)}))
    paper, [matter], [person] = draft.paper, draft.paper.matters, draft.paper.persons
    assert (paper.channel, paper.received_on, paper.written_on, paper.spoken) == (
        Channel.EMAIL, TODAY, date(2026, 11, 18), False,
    )  # fmt: skip
    assert (person.name, person.email) == ("Lô Văn Nam", "nam@example.vn")
    assert (matter.kind, matter.title, matter.text) == (
        Kind.PROPOSAL, "Kiến nghị sửa cầu treo bản Xiềng", WORDS,
    )  # fmt: skip
    assert matter.requests == ("Sửa cầu trước mùa mưa năm sau",)
    assert (draft.notes, draft.denounces) == ((), False)
    assert [one.name for one in held_files(office.officer)] == [
        "thu-dien-tu.txt",
        "don.pdf",
        "anh.png",
    ]
    assert b"nam@example.vn" in held_to_read(office.officer, draft.held_ids[0]).content
    assert not Paper.objects.exists()  # nothing is received by itself
    kept = receive_paper(paper, actor=office.officer)
    files = keep_held_files(kept, draft.held_ids, actor=office.officer)
    open_identity(kept, purpose="classify", actor=office.officer)
    assert file_to_read(office.officer, files[1].pk, of_case=False).content == scan


def test_a_mail_is_not_about_whom_it_is_written_to_and_gives_its_one_telephone(office):
    reception, roads = (
        add_topic(name=name, parent=None, on=date(2026, 1, 1), actor=None).pk
        for name in ("Tiếp công dân", "Sửa đường")
    )
    words = "Kính gửi Ban Tiếp công dân. Đề nghị sửa đường vào bản Xiềng. Gọi tôi: 0987.654.321."
    [draft] = [drafted(office, mail(words, subject="Đường hỏng")).paper]
    assert (draft.matters[0].topic_id, draft.persons[0].phone) == (roads, "0987654321")
    two = drafted(
        office, mail(f"{words} Hoặc +84 912 345 678. Về việc tiếp công dân.", subject="")
    ).paper
    assert (two.matters[0].topic_id, two.persons[0].phone) == (reception, "")


def test_what_may_not_be_kept_is_left_out_and_told(office):
    bad = {"CCCD.jpg": jpeg(), "a.exe": b"MZ\0\1", "tot.png": png()}
    draft = drafted(office, mail(**bad))
    assert [one.name for one in held_files(office.officer)] == ["thu-dien-tu.txt", "tot.png"]
    assert len(draft.notes) == 2
    assert "giấy tờ tùy thân" in draft.notes[0]
    with pytest.raises(RuleError, match="EICAR"):
        drafted(office, mail(SIGNATURE.decode()))
    packed_virus = drafted(office, mail(**{"don.docx": packed(**{"word/document.xml": SIGNATURE})}))
    assert "EICAR" in packed_virus.notes[0]


NO_LETTERS = {
    "Outlook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "thu.msg", "Outlook"),
    "by its name": (b"abc", "thu.MSG", "Outlook"),
    "other words": (b"chi la chu", "thu.eml", "không phải là thư"),
    "nothing": (b"", "thu.eml", "không phải là thư"),
    "bytes": (bytes(range(256)), "thu.eml", "không phải là thư"),
}


@pytest.mark.parametrize(("content", "name", "said"), NO_LETTERS.values(), ids=NO_LETTERS)
def test_what_is_no_mail_is_refused_with_what_to_do(office, content, name, said):
    with pytest.raises(RuleError, match=said):
        drafted(office, content, name)
    assert held_files(office.officer) == []


def raw(body, *, head=b"", charset="utf-8", kind="text/plain"):
    return (
        b"From: Nam <a@b.vn>\r\nSubject: Phan anh cau\r\n" + head
        + f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
        + body
    )  # fmt: skip


SAID = "Cầu treo bản Xiềng hỏng, đề nghị sửa chữa sớm cho học sinh."
CODED = {
    "utf-8": (SAID.encode(), "utf-8"),
    "utf-8 that says ascii": (SAID.encode(), "us-ascii"),
    "utf-8 that says western": (SAID.encode(), "iso-8859-1"),
    "a coding that nobody knows": (SAID.encode(), "x-none"),
}


@pytest.mark.parametrize(("body", "charset"), CODED.values(), ids=CODED)
def test_the_words_are_read_whatever_the_letter_says_of_its_coding(body, charset):
    letter = open_letter(raw(body, charset=charset), name="a.eml")
    assert letter.text == body.decode()


def test_the_vietnamese_coding_of_windows_is_read():
    body = "\u0110\u00ea\u0300 nghi\u0323 s\u01b0\u0309a c\u00e2\u0300u".encode("windows-1258")
    assert open_letter(raw(body, charset="windows-1258"), name="a.eml").text == "Đề nghị sửa cầu"
    assert open_letter(raw(body, charset="utf-8"), name="a.eml").text == "Đề nghị sửa cầu"


def test_an_old_font_is_led_back_to_unicode():
    old = "§Ò nghÞ Uû ban nh©n d©n x· söa ch÷a cÇu treo ®· h­ háng nhiÒu n¨m cho nh©n d©n ®i l¹i thuËn tiÖn."
    letter = open_letter(raw(old.encode(), charset="utf-8"), name="a.eml")
    assert letter.text.startswith("Đề nghị Ủy ban nhân dân xã sửa chữa cầu treo")


def test_a_page_is_read_for_its_words_alone():
    page = (
        "<html><head><title>x</title><style>p{color:red}</style></head><body><script>alert('hỏng')</script></script>"
        "<p>Cầu treo bản Xiềng</p><div>đã <b>hỏng</b>&nbsp;nặng,<br>đề nghị xã sửa</div></body></html>"
    )
    letter = open_letter(raw(page.encode(), kind="text/html"), name="a.eml")
    assert [one.strip() for one in letter.text.split("\n") if one.strip()] == [
        "Cầu treo bản Xiềng", "đã hỏng nặng,", "đề nghị xã sửa",
    ]  # fmt: skip


def test_a_head_in_any_coding_is_read():
    coded = b"From: =?utf-8?B?TMO0IFbEg24gTmFt?= <a@b.vn>\r\nSubject: =?x-none?Q?abc?=\r\n\r\nx"
    letter = open_letter(coded, name="a.eml")
    assert (letter.sender, letter.subject, letter.sent_on) == (
        "Lô Văn Nam",
        "=?x-none?Q?abc?=",
        None,
    )
    bare = "From: Lô Văn Nam <a@b.vn>\r\nSubject: Sửa cầu\r\nDate: hôm qua\r\n\r\nx".encode()
    letter = open_letter(bare, name="a.eml")
    assert (letter.sender, letter.subject, letter.sent_on) == ("Lô Văn Nam", "Sửa cầu", None)


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("Tue, 17 Nov 2026 18:30:00 -0000", date(2026, 11, 17)),
        ("Tue, 17 Nov 2026 18:30:00 +0000", date(2026, 11, 18)),
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_here(sent, day):
    assert open_letter(mail(sent=sent), name="a.eml").sent_on == day


def test_a_mail_from_tomorrow_without_a_name_is_told(office):
    content = mail(sent="Mon, 23 Nov 2026 10:00:00 +0700").replace(
        b"=?utf-8?b?TMO0IFbEg24=?= Nam <nam@example.vn>", b""
    )
    content = content.replace(content.split(b"\n", 1)[0], b"From: nam@example.vn", 1)
    draft = drafted(office, content)
    assert draft.paper.written_on is None
    assert any("23/11/2026" in one for one in draft.notes)
    assert any("không ghi tên" in one for one in draft.notes)
    nobody = drafted(office, b"Subject: Cau treo hong roi\r\n\r\n")
    assert nobody.paper.persons == ()
    assert "không có chữ" in nobody.notes[0]


def test_a_letter_in_a_letter_and_too_many_files_are_told(office, monkeypatch):
    outer = EmailMessage()
    outer["From"] = "a@b.vn"
    outer.set_content("Xin chuyển thư của ông Nam đến xã để giải quyết.")
    inner = EmailMessage()
    inner["Subject"] = "Trong"
    inner.set_content("bên trong")
    outer.add_attachment(inner)
    letter = open_letter(outer.as_bytes(), name="a.eml")
    assert [name for name, _ in letter.files] == ["thu-kem-1.eml"]
    assert "bên trong" not in letter.text
    monkeypatch.setattr("danvan.petitions.services.letters.MOST_FILES", 1)
    monkeypatch.setattr("danvan.petitions.services.letters.LONGEST", 20)
    letter = open_letter(mail(**{"a.png": png(), "b.png": png()}), name="a.eml")
    assert (len(letter.files), len(letter.text), len(letter.notes)) == (1, 20, 2)


def test_a_broken_part_is_read_as_far_as_it_goes():
    broken = (
        b"From: a@b.vn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x\r\n"
        b"Content-Type: message/rfc822\r\n\r\n"
    )
    letter = open_letter(broken, name="a.eml")
    assert letter.files[0][0] == "thu-kem-1.eml"
    lost = raw(b"\xff\xfe\x81 c\x8fu", charset="utf-8")
    assert open_letter(lost, name="a.eml").sender == "Nam"


def scanned(office, content, name="don.png", **more):
    return draft_of_scan(content, name=name, unit_id=office.unit.pk, actor=office.officer, **more)


def test_the_words_of_a_scan_are_offered_where_they_can_be_read(office, settings, tmp_path):
    draft = scanned(office, png(40, 30))
    assert draft.paper.matters[0].text == ""
    assert "gõ nội dung" in draft.notes[0]
    settings.DANVAN_TESSERACT = reader_of_words(
        tmp_path, "ĐƠN PHẢN ÁNH\nV/v: số số nhà bị trùng\nCầu hỏng."
    )
    for content, name in ((png(40, 30), "a.png"), (pdf(), "a.pdf")):
        draft = scanned(office, content, name, channel=Channel.BOX)
        [matter] = draft.paper.matters
        assert (matter.kind, matter.title) == (Kind.FEEDBACK, "số nhà bị trùng")
        assert (draft.paper.channel, len(draft.held_ids)) == (Channel.BOX, 1)
        assert "đối chiếu" in draft.notes[0]
    draft = scanned(office, WORDS.encode(), "don.txt")
    assert draft.paper.matters[0].text == WORDS
    with pytest.raises(RuleError, match="giấy tờ tùy thân"):
        scanned(office, png(856, 540), "cmnd.png")
    assert len(scanned(office, png(856, 540), "cmnd.png", not_identity="Bìa hồ sơ").held_ids) == 1


def test_a_sheet_is_held_and_not_read(office):
    made = io.BytesIO()
    Workbook().save(made)
    draft = scanned(office, made.getvalue(), "danh sach.xlsx")
    assert (draft.paper.matters[0].text, len(draft.held_ids)) == ("", 1)


def test_small_slips_of_scanning_are_mended():
    assert (
        mended("Quyết định số số 12/QĐ-\nUBND\r\nngày 1O/5/2026\f")
        == "Quyết định số 12/QĐ-UBND\nngày 10/5/2026"
    )


PROPOSED = {
    "by its heading": ("ĐƠN KHIẾU NẠI\nTôi kiến nghị xem lại", "", Kind.COMPLAINT, "Tôi kiến nghị xem lại"),
    "by the first word": ("Tôi phản ánh và kiến nghị một việc", "", Kind.FEEDBACK, "Tôi phản ánh và kiến nghị một việc"),
    "by its subject": ("Nội dung như sau", "Re: Fwd: Khiếu nại thu hồi đất", Kind.COMPLAINT, "Khiếu nại thu hồi đất"),
    "about": ("ĐƠN ĐỀ NGHỊ\nVề việc: cấp điện cho bản Huồi Pốc.", "x", Kind.PROPOSAL, "cấp điện cho bản Huồi Pốc"),
    "nothing": ("", "", Kind.FEEDBACK, ""),
    "greetings only": ("Kính gửi Ủy ban nhân dân xã Tương Dương", "abc", Kind.FEEDBACK, "abc"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "kind", "title"), PROPOSED.values(), ids=PROPOSED)
def test_kind_and_title_are_proposed_from_the_words(office, text, subject, kind, title):
    matter, notes, denounces = propose_matter(text, subject=subject, on=TODAY)
    assert (matter.kind, matter.title, notes, denounces) == (kind, title, [], False)


def test_a_denunciation_is_told_to_belong_in_the_vault(office):
    _, notes, denounces = propose_matter("ĐƠN TỐ CÁO\nTôi tố cáo ông A nhận tiền.", on=TODAY)
    assert denounces
    assert "sổ tố cáo niêm phong" in notes[0]


def test_the_decision_complained_of_and_the_place_are_proposed(office):
    made = make_place("Xã Nậm Mộ", under=office.province.place)
    text = "ĐƠN KHIẾU NẠI\nTôi khiếu nại Quyết định số 12/QĐ-UBND ngày 01/9/2026 của Ủy ban nhân dân xã Nậm Mộ."
    matter, _, _ = propose_matter(text, on=TODAY)
    assert (matter.decision_symbol, matter.place_id) == ("12/QĐ-UBND", made.pk)
    make_place("Xã Nậm Mộ", under=office.province.place)
    matter, notes, _ = propose_matter(text, on=TODAY)
    assert matter.place_id is None
    assert "nhiều nơi tên" in notes[0]
    long = propose_matter("Cầu hỏng nặng lắm rồi. " * 2000, on=TODAY)
    assert "chỉ đọc phần đầu" in long[1][0]


def test_a_commune_that_was_merged_is_proposed_as_the_one_that_took_over(office):
    under = office.province.place
    olds = [make_place(name, under=under) for name in ("Xã Huồi Lũng", "Xã Bản Pặng")]
    for old in olds:
        UnitSize.objects.create(
            unit=old, counted_on=date(2026, 1, 1), population=900, source="Thống kê"
        )
    draft = reorganising.draft_reorganisation(
        EventKind.MERGE, title="Nhập hai xã", scope_id=under.pk, effective_on=date(2026, 7, 1),
        decision="Nghị quyết 1", actor=None,
    )  # fmt: skip
    new = reorganising.add_new_unit(
        draft, actor=None, name="Xã Trà Lân", type_word="xã", level="commune", parent_id=under.pk, code="04099",
    )  # fmt: skip
    for old in olds:
        reorganising.set_passing(draft, old.pk, actor=None, new_unit_id=new.pk)
    taken = reorganising.apply_reorganisation(draft, actor=None).new_units.get().unit
    matter, notes, _ = propose_matter("Phản ánh cầu hỏng tại xã Huồi Lũng.", on=TODAY)
    assert matter.place_id == taken.pk
    assert "nay là Xã Trà Lân" in notes[0]


def test_what_people_ask_in_their_own_words_is_proposed_where_nothing_reads_official(office):
    matter, _, _ = propose_matter(
        "Cầu hỏng. Mong được sửa cầu cho học sinh đi học. Xin cảm ơn.", on=TODAY
    )
    assert matter.requests == ("Mong được sửa cầu cho học sinh đi học",)
