"""Theo dõi, đôn đốc, kiểm tra, giám sát: on record, told to whoever leads, answered by them; nothing moves by it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment, FollowUp, FollowUpPart
from danvan.commitments.selectors import follow_ups_listed, times_urged
from danvan.commitments.services import (
    Found,
    answer_follow_up,
    claim_done,
    follow_up,
    remind_leads,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.notifications.models import Notification
from danvan.notifications.selectors import things_due
from tests.commitments.conftest import PICTURE, TODAY
from tests.commitments.test_assigning import traces
from tests.commitments.test_pages import as_, said, text  # noqa: F401
from tests.factories.merging import ON, Merger
from tests.factories.province import make_grant
from tests.notifications.hearing import deliver_all

SOON = date(2026, 11, 25)


def heard(person):
    deliver_all()
    return list(Notification.objects.filter(user=person).values_list("words", flat=True))


def test_many_units_are_urged_in_one_act_with_one_notice_each(ledger):
    rows = ledger.assign(
        ledger.assignment(), ledger.assignment(title="Họp bản"),
        ledger.assignment(lead_id=ledger.other.pk),
    )  # fmt: skip
    other = make_grant(ledger.province.communes[1], "commune_officer")
    deliver_all()
    Notification.objects.all().delete()
    before = AuditEntry.objects.count()
    act = follow_up(rows, kind="urge", found=Found(answer_by=SOON), actor=ledger.checker)
    assert AuditEntry.objects.count() == before + 1
    assert (act.unit_id, act.by, act.on) == (ledger.assigner.pk, ledger.checker, TODAY)
    parts = {part.unit_id: part.commitments.count() for part in act.parts.all()}
    assert parts == {ledger.lead.pk: 2, ledger.other.pk: 1}
    assert heard(ledger.officer) == ["Đôn đốc, đề nghị trả lời trước ngày 25/11/2026: 2 việc"]
    assert len(heard(other)) == 1
    step = rows[0].steps.latest("pk")
    assert (step.kind, step.words) == (StepKind.REMINDED, "Đề nghị trả lời trước 25/11/2026.")
    assert set(Commitment.objects.values_list("state", flat=True)) == {State.ASSIGNED}
    remind_leads(rows[:1], actor=ledger.checker)
    assert times_urged([one.pk for one in rows]) == {rows[0].pk: 2, rows[1].pk: 1, rows[2].pk: 1}
    assert FollowUp.objects.count() == 2


def test_an_inspection_keeps_what_was_found_its_day_its_document_and_its_file(ledger):
    row = ledger.one()
    seen = Found("Mới đổ 400 m", date(2026, 11, 3), "KH 12-KH/TU", evidence=PICTURE)
    act = follow_up([row], kind="inspect", found=seen, actor=ledger.checker)
    assert (act.file_name, act.document) == (PICTURE[0], "KH 12-KH/TU")
    step = row.steps.latest("pk")
    assert (step.kind, step.on) == (StepKind.INSPECTED, date(2026, 11, 3))
    assert step.words == "Mới đổ 400 m (KH 12-KH/TU)"


def test_who_acts_for_several_givers_acts_in_their_own_name(ledger):
    home = ledger.province.committees[0]
    row = ledger.one()
    Commitment.objects.filter(pk=row.pk).update(assigner=home)
    assert follow_up([row], kind="urge", actor=ledger.leader).unit_id in {
        ledger.province.front.pk, ledger.province.committee.pk,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "found", "words"),
    [
        ("lạ", Found("Xem"), "một trong bốn hình thức"),
        ("inspect", Found(), "đã kiểm tra thế nào"),
        ("watch", Found("Xem", on=date(2026, 11, 21)), "chưa đến"),
        ("watch", Found("Xem", on=date(2026, 8, 1)), "trước ngày giao"),
        ("urge", Found(answer_by=date(2026, 11, 19)), "đã qua"),
        ("watch", Found("Xem", document="x" * 81), "dài quá"),
        ("watch", Found("Xem", evidence=("a.exe", b"MZ")), "tệp"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(ledger, kind, found, words):
    row, before = ledger.one(), traces()
    with pytest.raises(RuleError, match=words):
        follow_up([row], kind=kind, found=found, actor=ledger.checker)
    assert (traces(), FollowUp.objects.count()) == (before, 0)


def test_only_what_is_given_and_open_is_followed_by_whoever_gave_it(ledger):
    row, gone, done = ledger.one(), ledger.one(), ledger.one()
    withdraw_commitment(gone, words="Nhầm", actor=None)
    claim_done(done, result="Xong", actor=None)
    stranger = make_grant(ledger.province.communes[1], "specialist")
    for rows, kind, actor, words in (
        ([], "urge", ledger.checker, "ít nhất một việc"),
        ([gone], "supervise", ledger.checker, "không còn phải theo dõi"),
        ([done], "urge", ledger.checker, "không cần đôn đốc"),
        ([row], "urge", stranger, "không do đơn vị của đồng chí giao"),
    ):
        with pytest.raises(RuleError, match=words):
            follow_up(rows, kind=kind, found=Found("Xem"), actor=actor)
    with pytest.raises(RuleError, match="thay mặt đơn vị này"):
        follow_up([row], kind="urge", unit_id=ledger.assigner.pk, actor=stranger)
    follow_up([done], kind="supervise", found=Found("Đang đúng quy trình"), actor=ledger.checker)


def test_the_unit_answers_once_and_the_answer_is_on_the_timeline(ledger):
    row = ledger.one()
    act = follow_up([row], kind="urge", found=Found(answer_by=TODAY), actor=ledger.checker)
    part = act.parts.get()
    [due] = [one for one in things_due(TODAY, TODAY) if one.model.endswith("part")]
    assert (due.unit_id, due.title) == (ledger.lead.pk, "Trả lời lượt đôn đốc")
    with pytest.raises(RuleError, match="nội dung trả lời"):
        answer_follow_up(part, answer=" ", actor=ledger.officer)
    answer_follow_up(part, answer="Tuần sau xong", actor=ledger.officer)
    assert row.steps.latest("pk").words == "Tuần sau xong"
    assert heard(ledger.checker) == [
        "Ủy ban nhân dân Xã Môn Sơn đã trả lời lượt đôn đốc ngày 20/11/2026"
    ]
    with pytest.raises(RuleError, match="đã trả lời"):
        answer_follow_up(part, answer="Lần nữa", actor=ledger.officer)


def test_who_has_answered_does_not_learn_who_has_not(ledger):
    rows = ledger.assign(ledger.assignment(), ledger.assignment(lead_id=ledger.other.pk))
    act = follow_up(rows, kind="urge", found=Found(answer_by=SOON), actor=ledger.checker)
    other = make_grant(ledger.province.communes[1], "commune_officer")
    answer_follow_up(act.parts.get(unit=ledger.lead), answer="Đã xong", actor=ledger.officer)
    people = (ledger.officer, other, ledger.checker)
    assert [list(follow_ups_listed(who, "cho-tra-loi")) for who in people] == [[], [act], [act]]


def test_an_answer_that_is_awaited_passes_to_the_heir_and_back(ledger, settings):
    settings.DANVAN_TODAY = ON
    [row] = ledger.assign(assigned_on=date(2026, 5, 4))
    Commitment.objects.filter(pk=row.pk).update(assigner=ledger.province.committees[0])
    act = follow_up([row], kind="urge", found=Found(answer_by=date(2026, 12, 1)), actor=None)
    merger = Merger(ledger.province).found()
    keys = ("commitments.followed", "commitments.follower")
    merger.hand_over(*keys)
    part = FollowUpPart.objects.get(follow_up=act)
    assert part.unit_id == merger.government.pk
    assert part.follow_up.unit_id == merger.committee.pk
    merger.take_back(*keys)
    assert FollowUpPart.objects.get(follow_up=act).unit_id == ledger.lead.pk


def test_the_pages_of_an_act_from_the_card_to_the_answer(as_, ledger):  # noqa: F811
    row = ledger.one(due_on=date(2026, 11, 1))
    client = as_(ledger.leader)
    page = reverse("commitments:follow", args=[row.pk])
    assert client.get(page).status_code == 200
    sent = {"kind": "inspect", "found": "", "on": "20/11/2026", "answer_by": "25/11/2026"}
    refused = client.post(page, sent)
    assert (refused.status_code, "đã kiểm tra thế nào" in text(refused)) == (422, True)
    file = SimpleUploadedFile(PICTURE[0], PICTURE[1])
    done = client.post(page, {**sent, "found": "Chậm", "evidence": file}, follow=True)
    assert "Đã ghi lượt kiểm tra 1 đơn vị về 1 việc" in said(done)
    act = FollowUp.objects.get()
    kept = client.get(reverse("commitments:follow-up-file", args=[act.pk]))
    assert b"".join(kept.streaming_content) == PICTURE[1]
    many = reverse("commitments:many")
    assert "Mỗi đơn vị chủ trì nhận một thông báo" not in text(done)
    form = client.post(many, {"viec": "theo-doi", "chon": [row.pk]})
    assert "mỗi đơn vị chủ trì nhận một thông báo" in text(form)
    urged = {"viec": "theo-doi", "chon": [row.pk], "gui": "1", "kind": "urge"}
    assert "Đã ghi lượt đôn đốc 1 đơn vị" in said(client.post(many, urged, follow=True))
    bare = FollowUp.objects.get(kind="urge")
    assert client.get(reverse("commitments:follow-up-file", args=[bare.pk])).status_code == 404
    client = as_(ledger.officer)
    home = text(client.get("/"))
    assert "Kiểm tra ngày 20/11/2026: trả lời" in home
    shown = reverse("commitments:follow-up", args=[act.pk])
    assert "Gửi trả lời" in text(client.get(shown))
    send = reverse("commitments:answer-follow-up", args=[act.parts.get().pk])
    assert client.post(send, {"answer": ""}).status_code == 422
    assert "Đã gửi trả lời" in said(client.post(send, {"answer": "Đã rõ"}, follow=True))
    assert client.post(send, {"answer": "Đã rõ"}).status_code == 422
    for tab in ("", "cho-tra-loi", "kiem-tra", "lạ"):
        listed = text(client.get(reverse("commitments:follow-ups"), {"muc": tab}))
        assert ("Kiểm tra 1 việc" in listed) is (tab != "cho-tra-loi")
