"""A text that is brought to be read: kept outside the registers, entered in one later with all that was decided."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents.enums import Direction, ProposalKind, Stage, Verdict
from danvan.documents.errors import DuplicateError
from danvan.documents.intake import open_file
from danvan.documents.models import Document
from danvan.documents.selectors import RegisterFilter, incoming, issued, to_review, usual_register
from danvan.documents.services import (
    accept_proposal,
    amend_entry,
    bring_text,
    enter_in_register,
    leave_numbers,
    reject_proposal,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, StoredFile
from tests.documents.acts import ended_committee, enter, url
from tests.documents.papers import Paper, body
from tests.factories.merging import apply_merger
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db

MINUTES = (
    "Biên bản họp thôn Đồng Tâm\n\n"
    "Đã bàn việc đóng góp làm đường. Có 45/60 hộ dự họp.\n"
    "Giao Ủy ban nhân dân xã Môn Sơn sửa xong cầu treo trước ngày 31/3/2027.\n"
)


def bring(province, text=MINUTES, name="bien-ban.txt", **given):
    content = text if isinstance(text, bytes) else text.encode()
    opened = open_file(content, name=name)
    return bring_text(**{"unit": province.committee, "opened": opened, "actor": None, **given})


def test_a_text_is_kept_outside_the_registers_and_read(province, reviewer):
    document = bring(province, actor=reviewer)
    assert (document.direction, document.stage) == (Direction.READING, Stage.TO_REVIEW)
    assert (document.abstract, document.text) == ("Biên bản họp thôn Đồng Tâm", MINUTES)
    assert (document.issuer_name, document.symbol, document.issued_on) == ("", "", None)
    kinds = set(document.proposals.values_list("kind", flat=True))
    assert "figure" in kinds
    assert list(to_review(reviewer, RegisterFilter())) == [document]
    assert not incoming(reviewer, RegisterFilter())
    assert not issued(reviewer, RegisterFilter())
    entered = enter(province, content=Paper(symbol="9-NQ/TU").as_txt(), name="b.txt")
    assert entered.register_number == 1  # no number of a register was taken


def test_what_the_head_says_is_noted_and_what_cannot_be_stays_unknown(province):
    document = bring(province, Paper().as_txt(), "nq.txt", title="Nghị quyết về đối thoại")
    assert (document.symbol, document.document_type) == ("07-NQ/TU", "resolution")
    assert (document.issued_on, document.signer) == (date(2026, 3, 2), "Trần Văn Bình")
    assert (document.issuer, document.issuer_name) == (province.committee, "Tỉnh ủy Nghệ An")
    assert document.abstract == "Nghị quyết về đối thoại"
    later = bring(province, Paper(symbol="08-NQ/TU", day=date(2027, 3, 2)).as_txt(), "sau.txt")
    assert later.issued_on is None


def test_the_same_text_twice_leads_to_the_first(province):
    first = bring(province)
    with pytest.raises(DuplicateError, match="đã đưa vào đọc trước đó") as again:
        bring(province)
    assert again.value.document_id == first.pk
    brought = bring(province, Paper().as_txt(), "nq.txt")
    with pytest.raises(DuplicateError, match="bấm “Vào sổ” ở đó") as known:
        enter(province, content=Paper().as_docx(), name="nq.docx")
    assert known.value.document_id == brought.pk


def test_whoever_may_not_review_there_brings_nothing(province, clerk):
    kept = StoredFile.objects.count()
    with pytest.raises(RuleError, match="ngoài phạm vi"):
        bring(province, actor=clerk)
    with pytest.raises(RuleError, match="Trích yếu dài quá 600 ký tự"):
        bring(province, title="x" * 601)
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, kept)


def test_it_is_entered_among_the_incoming_ones_with_what_was_decided(province, clerk, reviewer):
    document = bring(province, Paper().as_txt(), "nq.txt")
    proposal = document.proposals.first()
    reject_proposal(proposal, actor=reviewer)
    other = enter(province, content=Paper(symbol="9-NQ/TU").as_txt(), name="b.txt")
    entered = enter_in_register(
        document, direction="incoming", actor=clerk, received_on=date(2026, 12, 30)
    )
    assert (entered.pk, entered.direction) == (document.pk, Direction.INCOMING)
    assert (entered.register_number, entered.register_year) == (other.register_number + 1, 2026)
    assert entered.received_on == date(2026, 12, 30)
    proposal.refresh_from_db()
    assert proposal.verdict == Verdict.REJECTED
    assert list(incoming(clerk, RegisterFilter())) == [entered, other]
    entry = AuditEntry.objects.get(action="documents.enter_in_register")
    assert entry.details == {"unit_id": province.committee.pk, "direction": "incoming"}
    with pytest.raises(RuleError, match="đã có trong sổ, không cần"):
        enter_in_register(entered, direction="incoming", actor=clerk)


def test_it_is_entered_among_the_issued_ones_as_its_units_own(province, clerk):
    document = bring(province, actor=None)
    with pytest.raises(RuleError, match="phải có ngày ban hành"):
        enter_in_register(document, direction="outgoing", actor=clerk)
    amended = amend_entry(
        document, actor=clerk, issued_on=date(2026, 12, 1), document_type="minutes"
    )
    assert (amended.issuer_id, amended.issuer_name) == (None, "")
    entered = enter_in_register(amended, direction="outgoing", actor=clerk)
    assert (entered.issuer, entered.issuer_name) == (province.committee, "Tỉnh ủy Nghệ An")
    assert (entered.received_on, entered.register_number) == (None, 1)


def test_an_heir_enters_what_a_unit_that_ended_had_brought(province, clerk):
    document = bring(province, Paper().as_txt(), "nq.txt")
    gone, heir = ended_committee(province), province.committees[0]
    Document.objects.filter(pk=document.pk).update(unit=gone, bearer=heir)
    document.refresh_from_db()
    entered = enter_in_register(document, direction="incoming", actor=clerk)
    assert (entered.unit, entered.bearer_id) == (province.committees[0], None)


def test_the_heir_sees_the_way_into_the_register_and_goes_on_reviewing(client, province, settings):
    text = "Biên bản\nGiao Công an xã niêm yết số điện thoại trực trước ngày 30/9/2026.\n"
    opened = open_file(text.encode(), name="bb.txt")
    document = bring_text(unit=province.committees[1], opened=opened, actor=None)
    settings.DANVAN_TODAY = date(2026, 7, 2)
    place = apply_merger(province).new_units.get().unit
    client.force_login(make_grant(place, "commune_officer"))
    assert url("enter", document.pk) in body(client.get(url("card", document.pk)))
    assert client.get(url("enter", document.pk)).status_code == 200
    [work] = document.proposals.all()
    given = {"viec": "nhan", f"{work.pk}-lead": "UBND xã Chi Khê", f"{work.pk}-product": "Ảnh"}
    assert client.post(url("decide", work.pk), given).status_code == 302


def test_an_officer_of_a_commune_reads_its_minutes_and_gives_the_work(client, province):
    officer = make_grant(province.communes[0], "commune_officer")
    client.force_login(officer)
    unit, minutes = province.committees[0].pk, MINUTES
    page = body(client.get(url("read-text")))
    assert f'<option value="{unit}" selected>' in page
    refused = client.post(url("read-text"), {"unit": "", "secrecy": "", "text": minutes})
    assert refused.status_code == 422
    assert "autofocus" in body(refused).split('name="unit"')[1].split(">")[0]
    answer = client.post(url("read-text"), {"unit": unit, "secrecy": "", "text": minutes})
    document = Document.objects.get()
    assert answer["Location"] == url("review", document.pk)
    other = make_grant(province.communes[1], "commune_officer")
    client.force_login(other)
    assert client.get(url("review", document.pk)).status_code == 404


def test_work_and_targets_lead_back_to_their_sentence(client, province):
    officer = make_grant(province.communes[0], "commune_officer")
    client.force_login(officer)
    text = (
        "KẾT LUẬN\ncủa Ban Thường vụ Đảng ủy\nGiao Ủy ban nhân dân xã Môn Sơn xây dựng kế hoạch sửa cầu treo trước ngày 31/03/2027.\n"
        "Hằng năm, cấp ủy cấp xã tổ chức ít nhất 02 hội nghị đối thoại với Nhân dân.\n"
    )
    opened = open_file(text.encode(), name="kl.txt")
    document = bring_text(unit=province.committees[0], opened=opened, actor=officer)
    task = document.proposals.get(kind=ProposalKind.TASK)
    target = document.proposals.get(kind=ProposalKind.TARGET)
    for one in (task, target):
        accept_proposal(
            one, actor=officer, completed={"product": "Kế hoạch", "valid_from": date(2026, 12, 31)}
        )
        one.refresh_from_db()
    order = list(document.proposals.values_list("pk", flat=True))
    for name, one, tab in (
        ("commitments:card", task, "nhiem-vu"),
        ("desk:target", target, "chi-tieu"),
    ):
        page = body(client.get(reverse(name, args=one.became_ids)))
        place = order.index(one.pk) + 1
        assert f'href="{url("review", document.pk)}?nhom={tab}#s{place}"' in page
    moments = body(client.get(url("card", document.pk)))
    assert "Đưa vào đọc</" in moments


def test_the_register_written_in_last_is_offered_first(province):
    officer = make_grant(province.communes[0], "commune_officer")
    offered = [province.fronts[0].pk, province.committees[0].pk]
    assert usual_register(officer, offered) == province.committees[0].pk
    assert usual_register(officer, [*offered, province.committees[1].pk]) is None
    opened = open_file(MINUTES.encode(), name="bb.txt")
    bring_text(unit=province.fronts[0], opened=opened, actor=officer)
    assert usual_register(officer, offered) == province.fronts[0].pk


def test_a_register_asks_for_all_it_misses_at_once(province, clerk):
    document = bring(province)
    stranger = make_grant(province.communes[0], "clerk")
    with pytest.raises(RuleError) as refused:
        enter_in_register(
            document, direction="incoming", actor=stranger, received_on=date(2027, 1, 9)
        )
    assert {fault.column for fault in refused.value.faults} == {
        "unit",
        "issuer_name",
        "received_on",
    }
    with pytest.raises(RuleError, match="chọn sổ đến hoặc sổ đi"):
        enter_in_register(document, direction="reading", actor=clerk)
    with pytest.raises(RuleError, match="chọn sổ đến hoặc sổ đi"):
        leave_numbers(
            unit=province.committee, direction="reading", year=2026, first=1, last=2, reason="x", actor=clerk
        )  # fmt: skip
    document.refresh_from_db()
    assert document.direction == Direction.READING


def test_a_text_is_pasted_on_its_page(office, province):
    page = body(office.get(url("to-review")))
    assert url("read-text") in page
    assert "Dán nội dung vào đây" in body(office.get(url("read-text")))
    given = {"unit": province.committee.pk, "secrecy": "", "text": MINUTES.replace("\n", "\r\n")}
    answer = office.post(url("read-text"), given)
    document = Document.objects.get()
    assert answer["Location"] == url("review", document.pk)
    assert document.text == MINUTES
    assert "Sửa xong cầu treo" in body(office.get(answer["Location"])).replace("sửa", "Sửa")
    card = body(office.get(url("card", document.pk)))
    assert "chưa vào sổ văn bản" in card
    assert url("enter", document.pk) in card
    again = office.post(url("read-text"), given)
    assert (again.status_code, url("card", document.pk) in body(again)) == (422, True)


def test_what_is_pasted_wrongly_is_told(office, province):
    unit = province.committee.pk
    paper = SimpleUploadedFile("a.txt", Paper().as_txt())
    for given, told in (
        ({"text": " \n "}, "dán nội dung văn bản, hoặc chọn một tệp"),
        ({"text": MINUTES, "file": paper}, "không cả hai"),
        ({"text": "H? N?i, ng?y 26 th?ng 9 n?m 2025, ?y ban nh?n d?n t?nh"}, "vui lòng"),
        ({"file": SimpleUploadedFile("b.txt", b"")}, "0 byte"),
        ({"text": MINUTES, "unit": "999999"}, "ngoài phạm vi"),
    ):
        answer = office.post(url("read-text"), {"unit": unit, "secrecy": "", **given})
        assert (answer.status_code, told in body(answer)) == (422, True), told
    stamped = "\n".join(("MẬT", MINUTES))
    for given in ({"secrecy": "secret", "text": MINUTES}, {"text": stamped}):
        answer = office.post(url("read-text"), {"unit": unit, "secrecy": "", **given})
        assert answer.status_code == 422
        assert "không được đưa lên" in body(answer)
        assert "cầu treo" not in body(answer)
    assert not Document.objects.exists()


def test_it_is_entered_on_its_page(office, province):
    document = bring(province)
    assert "Ngày đến" in body(office.get(url("enter", document.pk)))
    wrong = office.post(url("enter", document.pk), {"direction": "incoming"})
    assert (wrong.status_code, "ghi cơ quan ban hành" in body(wrong)) == (422, True)
    amend = body(office.get(url("amend", document.pk)))
    assert "Sửa mục của văn bản đưa vào đọc" in amend
    assert 'name="received_on"' not in amend
    amend_entry(document, actor=None, issuer_name="Thôn Đồng Tâm", symbol="01/BB")
    done = office.post(
        url("enter", document.pk), {"direction": "incoming", "received_on": "30/12/2026"}
    )
    assert done["Location"] == url("card", document.pk)
    assert "Số đến" in body(office.get(done["Location"]))
    assert office.get(url("enter", document.pk)).status_code == 404


def test_one_whose_symbol_came_meanwhile_leads_to_that_entry(office, province):
    brought = bring(province, Paper(symbol="11-NQ/TU").as_txt(), "nq.txt")
    Document.objects.filter(pk=brought.pk).update(symbol_key="", symbol="")
    kept = enter(province, content=Paper(symbol="12-NQ/TU").as_txt(), name="c.txt")
    Document.objects.filter(pk=brought.pk).update(symbol="12-NQ/TU")
    answer = office.post(url("enter", brought.pk), {"direction": "incoming"})
    assert (answer.status_code, url("card", kept.pk) in body(answer)) == (422, True)


def test_its_card_leads_to_the_texts_to_be_read_only_who_reads_texts(client, province, reviewer):
    document = bring(province)
    leader = make_grant(province.place, "leader")
    for user, leads in ((reviewer, True), (leader, False)):
        client.force_login(user)
        page = body(client.get(url("card", document.pk)))
        assert "Đọc văn bản" in page
        assert (url("to-review") in page) is leads
