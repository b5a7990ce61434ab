"""Whose act is whose: a claim made for the lead, an extension for another assigner, work given to oneself."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import silent_since
from danvan.commitments.services import (
    accept_risk,
    assign_commitments,
    claim_done,
    close_commitment,
    extend_commitments,
    return_commitment,
    verify_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.law.services import load_parameters
from tests.commitments.conftest import PICTURE, TODAY
from tests.factories.province import make_grant, make_user

NAME, CONTENT = PICTURE
LATER = date(2027, 6, 30)


def url(name, *args):
    return reverse(f"commitments:{name}", args=args)


def post(client, who, name, row, **said):
    client.force_login(who)
    return client.post(url(name, row.pk), {"seen": row.changes, **said})


def text(response):
    return unescape(response.content.decode())


@pytest.fixture
def above(ledger):
    """Who may do everything in the whole province, and is not of the commune."""
    return make_grant(ledger.province.place, "specialist", user=make_user("Phan Thị Mai"))


def test_whoever_gave_the_work_claims_it_only_in_the_lead_s_stead_and_never_checks_it(
    client, ledger, above
):
    [row] = ledger.assign(actor=above)
    client.force_login(above)
    shown = text(client.get(url("card", row.pk)))
    assert "Báo hộ</a>" in shown
    assert 'dv-btn-main" href="' + url("claim", row.pk) not in shown
    said = {"result": "Đã đổ", "on": "20/11/2026"}
    refused = post(client, above, "claim", row, **said)
    assert refused.status_code == 422
    assert "Đồng chí vui lòng đánh dấu làm thay" in text(refused)
    with pytest.raises(RuleError, match="không phải đơn vị của đồng chí"):
        claim_done(row, result="Đã đổ", actor=above)
    assert post(client, ledger.checker, "claim", row, instead="on", **said).status_code in (
        403,
        404,
    )
    helper = make_grant(ledger.province.place, "specialist", user=make_user("Trần Nam"))
    assert post(client, helper, "claim", row, instead="on", **said).status_code == 302
    row.refresh_from_db()
    assert row.state == State.CLAIMED
    told = row.steps.get(kind=StepKind.CLAIMED_FOR)
    assert (told.by, told.words) == (helper, "Báo hộ Ủy ban nhân dân Xã Môn Sơn.")
    for who in (above, helper):
        with pytest.raises(RuleError, match="cần một người khác kiểm tra"):
            verify_commitment(row, finding="Đạt", actor=who)
    return_commitment(row, words="Thiếu ảnh", actor=ledger.checker)
    row = claim_done(row, result="Đủ ảnh", actor=ledger.officer)
    assert verify_commitment(row, finding="Đạt", actor=above).state == State.VERIFIED


def test_the_lead_itself_claims_without_being_asked(client, ledger):
    row = ledger.one()
    client.force_login(ledger.officer)
    assert "instead" not in client.get(url("claim", row.pk)).context["form"].fields


def test_promises_of_another_assigner_are_put_off_and_closed_only_by_saying_so(
    client, ledger, above
):
    [row] = assign_commitments(
        [ledger.assignment(lead_id=ledger.support.pk)], assigner=ledger.lead, actor=None,
        assigned_on=date(2026, 8, 14),
    )  # fmt: skip
    said = {"until": "30/06/2027", "words": "Mưa", "document": "CV 1"}
    client.force_login(above)
    many = {"viec": "gia-han", "chon": [row.pk], "gui": "1", **said}
    refused = client.post(url("many"), many)
    assert refused.status_code == 422
    assert "Tôi gia hạn thay Ủy ban nhân dân Xã Môn Sơn" in text(refused)
    with pytest.raises(RuleError, match="không phải đơn vị của đồng chí"):
        extend_commitments([row], until=LATER, words="Mưa", document="CV 1", actor=above)
    assert client.post(url("many"), {**many, "instead": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.due_on == LATER
    row = claim_done(row, result="Xong", actor=None)
    row = verify_commitment(row, finding="Đạt", actor=None)
    with pytest.raises(RuleError, match="không phải đơn vị của đồng chí"):
        close_commitment(row, actor=above)
    assert close_commitment(row, actor=above, instead=True).state == State.CLOSED


def test_of_work_given_to_oneself_the_unit_above_is_named(client, ledger):
    own = ledger.province.governments[0]
    own.versions.update(parent=ledger.assigner)
    [row] = assign_commitments([ledger.assignment()], assigner=own, actor=None)
    client.force_login(ledger.officer)
    assert f"<b>{'Tỉnh ủy Nghệ An'}</b> kiểm tra sau khi đơn vị báo xong" in text(
        client.get(url("card", row.pk))
    )
    page = client.post(url("claim", row.pk), {"result": "Xong", "on": "20/11/2026"}, follow=True)
    assert "đơn vị cấp trên sẽ kiểm tra" in text(page)


def test_an_accepted_risk_tells_the_day_that_moved_and_refuses_beyond_the_cap_at_its_field(
    client, ledger
):
    row = ledger.one()
    said = {"reason": "Chờ vốn", "document": "CV 1"}
    beyond = post(client, ledger.leader, "accept-risk", row, until="01/12/2028", **said)
    assert "chấp nhận rủi ro" in beyond.context["form"].errors["until"][0]
    assert "tạm dừng" not in beyond.context["form"].errors["until"][0]
    client.force_login(ledger.leader)
    page = client.post(
        url("accept-risk", row.pk),
        {"until": "20/12/2026", "seen": row.changes, **said},
        follow=True,
    )
    row.refresh_from_db()
    assert row.due_on == date(2027, 2, 1)  # thirty days, and the 30th is a Saturday
    assert "hạn hiện tại chuyển từ 31/12/2026 sang 01/02/2027" in text(page)


def test_a_part_for_a_unit_that_cannot_have_it_is_refused_at_the_units(client, ledger):
    row = ledger.one()
    said = {"title": "Một phần", "product": "Ảnh", "units": "Ủy ban nhân dân Xã Con Cuông"}
    refused = post(client, ledger.officer, "divide", row, due_on="30/12/2026", **said)
    assert "không ở dưới đơn vị chủ trì" in refused.context["form"].errors["units"][0]


def test_what_is_typed_days_after_it_was_given_says_why_and_is_silent_from_then(client, ledger):
    load_parameters()
    client.force_login(ledger.checker)
    said = {
        "assigner": ledger.assigner.pk, "title": "Đổ bê tông", "product": "Biên bản",
        "lead": "Ủy ban nhân dân Xã Môn Sơn", "assigned_on": "20/08/2026", "due_on": "31/12/2026",
    }  # fmt: skip
    refused = client.post(url("assign"), said)
    assert "vì sao nay mới ghi vào sổ" in refused.context["form"].errors["old_reason"][0]
    assert client.post(url("assign"), {**said, "old_reason": "Sổ giấy"}).status_code == 302
    row = Commitment.objects.get()
    assert row.steps.get().words == "Ghi vào sổ ngày 20/11/2026. Lý do nay mới ghi: Sổ giấy"
    assert (row.assigned_on, row.silent_from) == (date(2026, 8, 20), TODAY)
    assert not Commitment.objects.silent(silent_since(TODAY)).exists()


def test_a_document_named_as_the_source_has_its_symbol(client, ledger):
    client.force_login(ledger.checker)
    refused = client.post(url("assign"), {"source_kind": "documents.document"})
    assert "ghi số, ký hiệu" in refused.context["form"].errors["source_symbol"][0]


def test_the_later_of_two_reads_who_acted_and_loses_no_words(client, ledger):
    row = claim_done(ledger.one(), result="Xong", actor=ledger.officer)
    seen = row.changes
    return_commitment(row, words="Thiếu ảnh", actor=ledger.leader)
    said = {"finding": "Đã xem tại chỗ", "on": "20/11/2026", "viec": "xac-nhan", "seen": seen}
    client.force_login(ledger.checker)
    late = client.post(url("check", row.pk), said)
    assert late.status_code == 422
    assert "Lê Thị Hoài An vừa trả lại" in text(late)
    assert "<dd>Đã xem tại chỗ</dd>" in text(late)
    row = claim_done(row, result="Đủ ảnh", actor=ledger.officer)
    again = client.post(url("check", row.pk), said)  # open once more: sent again, it counts
    assert again.context["form"]["finding"].value() == "Đã xem tại chỗ"
    now = again.context["form"]["seen"].value()
    assert client.post(url("check", row.pk), {**said, "seen": now}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.finding) == (State.VERIFIED, "Đã xem tại chỗ")


def test_labels_say_what_the_act_asks_for(client, ledger):
    row = ledger.one(proof="Ảnh mặt đường")
    client.force_login(ledger.officer)
    claim = client.get(url("claim", row.pk))
    assert "không bắt buộc" not in text(claim)
    missing = post(client, ledger.officer, "claim", row, result="Xong", on="20/11/2026")
    assert "kèm ít nhất một tệp" in missing.context["form"].errors["evidence"][0]
    client.force_login(ledger.leader)
    assert "không bắt buộc" not in text(client.get(url("extend", row.pk)))
    empty = post(client, ledger.leader, "extend", row, words="Mưa", document="CV 1")
    assert "ghi hạn mới" in empty.context["form"].errors["until"][0]


def test_a_chosen_file_is_asked_for_again_and_the_same_twice_is_said_to_be_one(client, ledger):
    row = ledger.one()
    files = [SimpleUploadedFile(name, CONTENT) for name in ("a.png", "b.png")]
    refused = post(client, ledger.officer, "claim", row, result="", on="20/11/2026", evidence=files)
    assert "Đồng chí vui lòng chọn lại tệp" in text(refused)
    files = [SimpleUploadedFile(name, CONTENT) for name in ("a.png", "b.png")]
    done = client.post(
        url("claim", row.pk), {"result": "Xong", "on": "20/11/2026", "evidence": files}, follow=True
    )
    assert "Có tệp trùng nội dung nên chỉ giữ một" in text(done)
    assert row.evidence.count() == 1


def test_a_risk_beyond_the_cap_writes_nothing(ledger):
    row = ledger.one()
    with pytest.raises(RuleError) as refused:
        accept_risk(row, until=date(2029, 1, 1), reason="Chờ", document="CV 1", actor=None)
    assert [one.column for one in refused.value.faults] == ["until"]
    row.refresh_from_db()
    assert (row.state, row.risks.count()) == (State.ASSIGNED, 0)
