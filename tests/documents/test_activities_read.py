"""What a text tells was done becomes a record of activities: read, asked for, taken, corrected, taken back."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.activities.models import Activity
from danvan.activities.services import add_evidence, record_activity, withdraw_activity
from danvan.documents import engine
from danvan.documents.bodies import ActivityBody, Doer, body_of
from danvan.documents.enums import ProposalKind, Verdict
from danvan.documents.errors import IncompleteError
from danvan.documents.intake import open_file
from danvan.documents.selectors import learned, proposal_rows
from danvan.documents.services import (
    accept_all_sure,
    accept_proposal,
    bring_text,
    correct_proposal,
    finish_review,
    reopen_proposal,
)
from danvan.documents.wording import activity_answers
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Follows, Kind
from tests.activities.test_services import picture
from tests.documents.acts import propose
from tests.documents.papers import body
from tests.factories.province import make_grant, make_organisation

pytestmark = pytest.mark.django_db

NEWS = (
    "Môn Sơn đối thoại với Nhân dân\n\n"
    "Ngày 12/11/2026, Đảng ủy xã Môn Sơn đã tổ chức hội nghị đối thoại với Nhân dân tại nhà văn hóa xã, "
    "có 168 người dự, 23 lượt ý kiến của 19 người.\n"
    "Ngày 20/12/2026, Công an xã đã tổ chức hội nghị tuyên truyền về an toàn giao thông.\n"
)


def bring(unit, text=NEWS):
    opened = open_file(text.encode(), name="tin.txt")
    return bring_text(unit=unit, opened=opened, actor=None)


def done(document):
    return document.proposals.filter(kind=ProposalKind.ACTIVITY)


def told(document, **given):
    """A proposal of an activity, with its unit unless said."""
    made = propose(document, ProposalKind.ACTIVITY, start=given.pop("start", 10))
    made.body |= ActivityBody.of({**made.body, **given}).as_json()
    made.save()
    return made


def led_by(unit, words="Đảng ủy xã Môn Sơn"):
    return {"words": words, "unit_id": unit.pk}


# Reading.


def test_the_unit_that_led_it_is_found_in_the_register(province):
    first, second = done(bring(province.committee))
    read = body_of(first.kind, first.body)
    assert (read.kind, read.lead.unit_id, read.held_on) == (
        "dialogue",
        province.committees[0].pk,
        date(2026, 11, 12),
    )
    assert (read.persons, read.opinions, read.place) == (168, 23, "Nhà văn hóa xã")
    assert NEWS[slice(*read.sentence)].startswith("Ngày 12/11/2026")
    assert ActivityBody.of(first.body).missing() == ()
    assert ActivityBody.of(second.body).missing() == ("led_by",)


def test_the_committee_of_the_commune_is_its_own_in_its_own_minutes(province):
    text = "Biên bản\nNgày 12/11/2026, Đảng ủy xã đã tổ chức hội nghị đối thoại với Nhân dân.\n"
    [own] = done(bring(province.governments[1], text))
    assert ActivityBody.of(own.body).lead.unit_id == province.committees[1].pk
    [anybody] = done(bring(province.committee, text))
    assert ActivityBody.of(anybody.body).missing() == ("led_by",)


def test_what_is_dated_after_its_document_or_today_has_not_been_done():
    def days(text, issued_on=None):
        drafts = engine.propose(text, issued_on=issued_on)
        return [one.body.held_on.day for one in drafts if one.kind == ProposalKind.ACTIVITY]

    assert days(NEWS) == [12, 20]
    assert days(NEWS, date(2026, 12, 1)) == [12]
    assert days(NEWS.replace("20/12/2026", "20/12/2027")) == [12]


# Taking.


def test_an_accepted_activity_is_recorded_with_its_source(province, reviewer):
    document = bring(province.committee)
    proposal = done(document)[0]
    accepted = accept_proposal(proposal, actor=reviewer)
    one = Activity.objects.get()
    assert (one.unit, one.kind, one.held_on) == (
        province.committees[0],
        "dialogue",
        date(2026, 11, 12),
    )
    assert (one.title, one.place) == ("Hội nghị đối thoại với Nhân dân", "Nhà văn hóa xã")
    assert (one.persons, one.opinions, one.attendance, one.quantity) == (168, 23, None, 1)
    assert (one.source_kind, one.source_id) == ("documents.document", document.pk)
    assert (one.source_start, one.source_end) == (proposal.start, proposal.end)
    assert (accepted.became_kind, accepted.became_ids) == ("activities.activity", [one.pk])
    assert (one.recorded_by, accepted.verdict) == (reviewer, Verdict.ACCEPTED)
    assert AuditEntry.objects.filter(action="activities.record").count() == 1


LACKING = [
    ({"lead": {"words": "Công an xã"}}, ("led_by",)),
    ({"lead": {"words": "Đảng ủy xã", "kind": "party_committee", "levels": ["commune"]}}, ("led_by",)),
    ({"title": ""}, ("activity", "led_by")),
    ({"kind": "", "held_on": None}, ("activity_kind", "led_by", "held_on")),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "missing"), LACKING)
def test_what_a_text_leaves_unsaid_is_asked_for_and_then_taken(empty, province, parts, missing):
    proposal = told(empty, **parts)
    with pytest.raises(IncompleteError) as refused:
        accept_proposal(proposal, actor=None)
    assert refused.value.missing == missing
    assert "đơn vị chủ trì" in refused.value.message
    answers = {
        "activity_kind": "training",
        "activity": "Lớp tập huấn",
        "led_by": province.fronts[1].pk,
        "held_on": date(2026, 10, 1),
    }
    accept_proposal(proposal, actor=None, completed=answers)
    one = Activity.objects.get()
    assert one.unit == province.fronts[1]
    assert (one.title == "Lớp tập huấn") == ("activity" in missing)
    assert (one.kind == "training") == ("activity_kind" in missing)
    assert (one.held_on == date(2026, 10, 1)) == ("held_on" in missing)


def test_the_same_activity_is_pointed_at_and_not_made_twice(empty, province, reviewer):
    unit = province.committees[0]
    known = record_activity(
        unit=unit, kind="dialogue", title="Đối thoại", held_on=date(2026, 11, 12), actor=None
    )
    proposal = told(empty, lead=led_by(unit))
    accept_proposal(proposal, actor=reviewer)
    proposal.refresh_from_db()
    assert (Activity.objects.count(), proposal.became_ids) == (1, [known.pk])
    [row] = proposal_rows(empty, kind=ProposalKind.ACTIVITY)
    assert (row.made.id, row.made.own) == (known.pk, False)
    reopen_proposal(proposal, actor=reviewer)
    known.refresh_from_db()
    assert known.withdrawn_at is None


def test_whoever_may_not_record_there_is_told_what_to_do(empty, province):
    guest = make_grant(province.place, "specialist", follows=Follows.PLACE)
    elsewhere = make_grant(province.fronts[0], "commune_officer", follows=Follows.LINE)
    proposal = told(empty, lead=led_by(province.committees[0]))
    with pytest.raises(RuleError, match="không có quyền ghi hoạt động của Đảng ủy Xã Môn Sơn"):
        accept_proposal(proposal, actor=elsewhere)
    proposal.refresh_from_db()
    assert (proposal.verdict, Activity.objects.count()) == (Verdict.OPEN, 0)
    accept_proposal(proposal, actor=guest)
    with pytest.raises(RuleError, match="bỏ mục này"):
        reopen_proposal(proposal, actor=elsewhere)
    assert Activity.objects.standing().count() == 1


def test_all_faults_of_an_activity_are_told_at_once_and_nothing_is_recorded(empty, province):
    proposal = told(empty, lead=led_by(province.committees[0]), attendance=5)
    with pytest.raises(RuleError, match="không thể nhiều hơn lượt người dự"):
        accept_proposal(proposal, actor=None)
    wrong = {**proposal.body, "held_on": "2027-05-01", "quantity": 0}
    with pytest.raises(RuleError) as refused:
        correct_proposal(proposal, actor=None, correction=wrong)
    assert {fault.column for fault in refused.value.faults} == {"held_on", "quantity", "persons"}
    proposal.refresh_from_db()
    assert (proposal.verdict, Activity.objects.count()) == (Verdict.OPEN, 0)


def test_all_sure_ones_are_taken_and_those_refused_stay_open_with_the_reason(empty, province):
    unit = province.committees[0]
    told(empty, lead=led_by(unit))
    told(empty, start=60, lead=led_by(unit), held_on="2026-11-13", attendance=5)
    told(empty, start=90)
    swept = accept_all_sure(empty, actor=None, kind=ProposalKind.ACTIVITY)
    assert (swept.accepted, swept.incomplete, len(swept.refused)) == (1, 1, 1)
    assert "lượt người dự" in swept.refused[0]
    assert Activity.objects.count() == 1
    assert done(empty).filter(verdict=Verdict.OPEN).count() == 2


# Taking back.


def test_taken_back_it_is_withdrawn_with_the_reason_and_may_be_taken_again(empty, province):
    proposal = told(empty, lead=led_by(province.committees[0]))
    accept_proposal(proposal, actor=None)
    reopen_proposal(proposal, actor=None)
    one = Activity.objects.get()
    assert one.withdrawn_at is not None
    assert one.withdrawn_why == f"Xem lại mục đã nhận từ {empty}"
    accept_proposal(proposal, actor=None)
    assert Activity.objects.standing().count() == 1
    withdraw_activity(Activity.objects.standing().get(), why="Ghi nhầm", actor=None)
    reopen_proposal(proposal, actor=None)  # gone already
    assert proposal_rows(empty)[0].made is None


def test_what_has_evidence_is_not_taken_back_here(empty, province):
    proposal = told(empty, lead=led_by(province.committees[0]))
    accept_proposal(proposal, actor=None)
    one = Activity.objects.get()
    add_evidence(one, name="a.png", content=picture("red"), actor=None)
    with pytest.raises(RuleError, match="đã có minh chứng"):
        reopen_proposal(proposal, actor=None)
    one.refresh_from_db()
    proposal.refresh_from_db()
    assert (one.withdrawn_at, proposal.verdict) == (None, Verdict.ACCEPTED)


# Pages.


def review_url(document, query="?nhom=hoat-dong"):
    return reverse("documents:review", args=[document.pk]) + query


def test_the_reading_page_has_a_tab_of_activities(office, province):
    document = bring(province.committee)
    page = body(office.get(review_url(document)))
    assert 'class="sp sp-act' in page
    assert "Nhiệm vụ, yêu cầu" in page
    for said in (
        "Tiếp xúc, đối thoại với Nhân dân",
        "12/11/2026",
        "168 người; 23 lượt ý kiến",
        "1 cuộc",
    ):
        assert f"<dd>{said}</dd>" in page
    first, second = done(document)
    decide = reverse("documents:decide", args=[first.pk])
    assert office.post(decide, {"viec": "nhan"}).status_code == 302
    one = Activity.objects.get()
    page = body(office.get(review_url(document)))
    assert reverse("activities:card", args=[one.pk]) in page
    assert "Đã ghi hoạt động:" in page
    assert "“Công an xã” là đơn vị nào trong sổ?" in page
    name = f"{second.pk}-led_by"
    decide = reverse("documents:decide", args=[second.pk])
    refused = office.post(decide, {"viec": "nhan"})
    assert refused.status_code == 422
    assert "chọn đơn vị chủ trì" in body(refused)
    refused = office.post(decide, {"viec": "nhan", name: "không có đâu"})
    assert "Không có đơn vị nào khớp" in body(refused)
    office.post(decide, {"viec": "nhan", name: "Ủy ban nhân dân Xã Môn Sơn"})
    assert Activity.objects.filter(unit=province.governments[0], kind="dissemination").exists()


def test_everything_missing_is_asked_for_on_the_page(office, empty, province):
    proposal = told(empty, kind="", title="", lead={}, held_on=None)
    page = body(office.get(review_url(empty)))
    for question in ("thuộc loại nào", "là việc gì", "Đơn vị nào chủ trì hoạt động", "ngày nào"):
        assert question in page
    answers = {
        "activity_kind": "training", "activity": "Lớp tập huấn", "led_by": "Đảng ủy Xã Môn Sơn",
        "held_on": "1/10/2026",
    }  # fmt: skip
    decide = reverse("documents:decide", args=[proposal.pk])
    given = {f"{proposal.pk}-{name}": value for name, value in answers.items()}
    wrong = office.post(decide, {"viec": "nhan", **given, f"{proposal.pk}-held_on": "31/2/2026"})
    assert (wrong.status_code, Activity.objects.count()) == (422, 0)
    assert office.post(decide, {"viec": "nhan", **given}).status_code == 302
    assert Activity.objects.get().title == "Lớp tập huấn"


def sent(**changes):
    return {
        "kind": "dialogue", "title": "Đối thoại  đã sửa", "lead": "Đảng ủy xã Môn Sơn", "held_on": "12/11/2026",
        "place": "", "quantity": "", "attendance": "200", "persons": "168", "opinions": "1.023",
    } | changes  # fmt: skip


def test_an_activity_is_corrected_in_every_part(office, empty, province):
    unit = province.committees[0]
    proposal = told(empty, lead=led_by(unit))
    address = reverse("documents:correct", args=[proposal.pk])
    page = body(office.get(address))
    assert "Sửa: hoạt động" in page
    assert 'value="Đảng ủy Xã Môn Sơn"' in page
    for wrong, says in (
        ({"lead": ""}, "chọn đơn vị chủ trì"),
        ({"lead": "không có đâu"}, "Không có đơn vị nào khớp"),
        ({"persons": "300"}, "không thể nhiều hơn lượt người dự"),
        ({"held_on": "12/11/2027"}, "chưa đến"),
        ({"quantity": "hai"}, "số"),
    ):
        refused = office.post(address, sent(**wrong))
        assert refused.status_code == 422
        assert says in body(refused)
    assert not Activity.objects.exists()
    assert office.post(address, sent()).status_code == 302
    one = Activity.objects.get()
    assert (one.unit, one.title, one.place, one.quantity) == (unit, "Đối thoại đã sửa", "", 1)
    assert (one.attendance, one.persons, one.opinions) == (200, 168, 1023)
    proposal.refresh_from_db()
    assert proposal.correction["lead"]["words"] == "Đảng ủy xã Môn Sơn"
    assert {"nội dung", "lượt người dự", "lượt ý kiến", "địa điểm"} <= set(learned()[0].changed)


def test_another_unit_may_be_put_in_the_place_of_the_one_read(office, empty, province):
    proposal = told(empty, lead=led_by(province.committees[0]))
    address = reverse("documents:correct", args=[proposal.pk])
    given = sent(lead="Ủy ban nhân dân Xã Con Cuông", quantity="2")
    assert office.post(address, given).status_code == 302
    one = Activity.objects.get()
    assert (one.unit, one.quantity) == (province.governments[1], 2)


def test_the_answers_say_only_what_is_known():
    empty = dict(activity_answers(ActivityBody(), {}))
    assert (empty["Loại"], empty["Ai chủ trì"], empty["Ngày"]) == ("", "", "")
    loose = dict(activity_answers(ActivityBody(lead=Doer(words="Công an xã"), attendance=5), {}))
    assert loose["Ai chủ trì"] == "Công an xã (chưa rõ là đơn vị nào)"
    assert loose["Người dự"] == "5 lượt người dự"


# The page of the activity.


def test_the_page_of_the_activity_leads_to_its_sentence(client, province, reviewer):
    document = bring(province.committee)
    accept_proposal(done(document)[0], actor=reviewer)
    one = Activity.objects.get()
    card = reverse("activities:card", args=[one.pk])
    client.force_login(reviewer)
    place = list(document.proposals.values_list("pk", flat=True)).index(done(document)[0].pk) + 1
    link = f"{review_url(document)}#s{place}"
    assert f'href="{link}"'.replace("&", "&amp;") in body(client.get(card))
    assert f'id="s{place}"' in body(client.get(link))
    document.proposals.filter(verdict=Verdict.OPEN).delete()
    finish_review(document, actor=reviewer)
    document.stage = "filed"
    document.save(update_fields=["stage"])
    assert reverse("documents:card", args=[document.pk]) in body(client.get(card))


def test_whoever_may_not_open_the_document_sees_only_that_there_is_one(client, province):
    document = bring(province.committee)
    accept_proposal(done(document)[0], actor=None)
    one = Activity.objects.get()
    officer = make_grant(province.committees[0], "commune_officer")
    client.force_login(officer)
    page = body(client.get(reverse("activities:card", args=[one.pk])))
    assert "Một văn bản đã đọc" in page
    assert str(document) not in page
    assert reverse("documents:card", args=[document.pk]) not in page


def test_two_units_of_one_kind_are_not_guessed_between(province):
    make_organisation(province.communes[1], Kind.PARTY_COMMITTEE, name="Đảng ủy Cụm Con Cuông")
    text = "Biên bản\nNgày 12/11/2026, Đảng ủy xã đã tổ chức hội nghị đối thoại với Nhân dân.\n"
    [own] = done(bring(province.governments[1], text))
    assert ActivityBody.of(own.body).missing() == ("led_by",)
