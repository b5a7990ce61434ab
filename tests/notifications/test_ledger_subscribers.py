"""What happens in the ledger is told to the people it concerns, once, and not to whoever did it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments import services as ledger
from danvan.commitments.services import Assignment
from danvan.notifications.selectors import counted_in, latest, unread_count
from danvan.notifications.subscribers import ledger as subscribers
from danvan.organisations.enums import Kind
from tests.factories import OrganisationFactory
from tests.notifications.conftest import TODAY
from tests.notifications.hearing import deliver_all, heard, told

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 31)


@pytest.fixture
def given(land):
    """Give work as Tỉnh ủy, as the specialist of the province."""

    def give(
        *units, supports=(), due_on=DUE, title="Sửa ngầm tràn bản Xiềng", actor=land.specialist
    ):
        return ledger.assign_commitments(
            [
                Assignment(unit.pk, title, "Ngầm tràn", due_on, tuple(one.pk for one in supports))
                for unit in units
            ],
            assigner=land.committee,
            actor=actor,
        )

    return give


@pytest.fixture
def one(land, given):
    """A commitment of the first commune, of which everybody was told already."""
    [one] = given(land.committees[0])
    heard()
    return one


def page(commitment):
    return f"/viec-phai-lam/{commitment.pk}/"


def test_who_leads_is_told_of_new_work(land, given):
    [one] = given(land.committees[0])
    assert heard() == [
        ("Sơn", "Việc mới giao: Sửa ngầm tràn bản Xiềng, hạn 31/12/2026", page(one)),
    ]


def test_work_without_end_is_told_without_a_day(land, given):
    given(land.committees[0], due_on=None)
    assert [words for _, words, _ in heard()] == ["Việc mới giao: Sửa ngầm tràn bản Xiềng"]


def test_one_act_tells_a_person_once_however_much_it_gives(land, given):
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    *_, third = given(land.committees[0], government, land.committees[1])
    assert sorted(heard()) == [
        ("Sơn", "2 việc mới giao, hạn gần nhất 31/12/2026", "/viec-phai-lam/"),
        ("Đu", "Việc mới giao: Sửa ngầm tràn bản Xiềng, hạn 31/12/2026", page(third)),
    ]


def test_a_notice_of_several_opens_these_and_no_others(client, land, given):
    given(land.committees[0], title="Việc khác")
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    heard()
    two = given(land.committees[0], government)
    heard()
    client.force_login(land.officers[0])
    notice = latest(land.officers[0])[0]
    assert notice.about == [one.pk for one in two]
    answer = client.get(f"/thong-bao/{notice.pk}/")
    assert [line.commitment for line in answer.context["told"].lines] == two
    text = answer.content.decode()
    assert ("2 việc mới giao" in text, "Việc khác" in text, "Tất cả 2 việc" in text) == (
        True,
        False,
        True,
    )
    assert unread_count(land.officers[0]) == 1  # that of the other work
    with CaptureQueriesContext(connection) as both:
        counted_in(land.officers[0], notice)
    notice.about = notice.about[:1]
    with CaptureQueriesContext(connection) as alone:
        counted_in(land.officers[0], notice)
    assert len(both) == len(alone)
    notice.about = [*notice.about, 999_999]
    found = counted_in(land.officers[0], notice)
    assert (len(found.lines), found.total, found.closed) == (1, 2, 1)


def test_who_supports_is_told_too_and_who_does_both_hears_of_what_they_lead(land, given):
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    [one] = given(land.committees[0], supports=[government, land.committees[1]])
    assert heard() == [
        ("Sơn", "Việc mới giao: Sửa ngầm tràn bản Xiềng, hạn 31/12/2026", page(one)),
        ("Đu", "Việc mới giao để phối hợp: Sửa ngầm tràn bản Xiềng, hạn 31/12/2026", page(one)),
    ]


def test_whoever_gave_it_to_themselves_is_not_told(land, given):
    given(land.committee)
    assert heard() == []


def test_what_was_withdrawn_before_it_was_told_is_not_told_as_new(land, given):
    [one] = given(land.committees[0])
    ledger.withdraw_commitment(one, words="Giao nhầm", actor=land.specialist)
    assert heard() == [("Sơn", "Việc giao nhầm đã được rút: Sửa ngầm tràn bản Xiềng", page(one))]


def test_a_claim_goes_to_whoever_checks_and_what_was_found_to_whoever_leads(land, one):
    officer, specialist = land.officers[0], land.specialist
    ledger.start_commitment(one, actor=officer)
    assert heard() == []
    claimed = {"result": "Xong", "actor": officer}
    ledger.claim_done(one, **claimed)
    said = "Đảng ủy Môn Sơn báo đã xong, chờ kiểm tra: Sửa ngầm tràn bản Xiềng"
    assert sorted(heard()) == [("An", said, page(one)), ("Lan", said, page(one))]
    ledger.return_commitment(one, words="Thiếu biên bản", actor=specialist)
    assert heard() == [
        ("Sơn", "Việc báo xong được trả lại để làm tiếp: Sửa ngầm tràn bản Xiềng", page(one))
    ]
    ledger.claim_done(one, **claimed)
    assert sorted(heard()) == [("An", said, page(one)), ("Lan", said, page(one))]
    ledger.verify_commitment(one, finding="Đạt", actor=specialist)
    assert heard() == [("Sơn", "Đã kiểm tra và xác nhận xong: Sửa ngầm tràn bản Xiềng", page(one))]


def test_a_reminder_tells_each_lead_once_for_each_act(land, given):
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    works = given(land.committees[0], government, land.committees[1])
    heard()
    for _ in range(2):
        ledger.remind_leads(works, actor=land.specialist)
        assert sorted(heard()) == [
            ("Sơn", "Nhắc 2 việc chưa xong, hạn gần nhất 31/12/2026", "/viec-phai-lam/"),
            ("Đu", "Nhắc việc: Sửa ngầm tràn bản Xiềng, hạn 31/12/2026", page(works[2])),
        ]


def test_a_request_for_more_time_and_its_answer(land, one):
    asked = ledger.ask_extension(
        one, until=date(2027, 1, 31), reason="Mưa lũ", actor=land.officers[0]
    )
    said = "Đảng ủy Môn Sơn xin gia hạn đến 31/01/2027: Sửa ngầm tràn bản Xiềng"
    assert sorted(heard()) == [("An", said, page(one)), ("Lan", said, page(one))]
    ledger.rule_extension(asked, granted=False, words="Không", actor=land.leader)
    said = "Chưa cho gia hạn, hạn vẫn là 31/12/2026: Sửa ngầm tràn bản Xiềng"
    assert heard() == [("Sơn", said, page(one))]
    again = ledger.ask_extension(
        one, until=date(2027, 1, 20), reason="Mưa lũ", actor=land.officers[0]
    )
    heard()
    ledger.rule_extension(
        again, granted=True, words="", document="Công văn 112/UBND-KT", actor=land.leader
    )
    said = "Đã cho gia hạn đến 20/01/2027: Sửa ngầm tràn bản Xiềng"
    assert heard() == [("Sơn", said, page(one))]


def ask(land, *units, **given):
    return ledger.ask_explanations(
        [unit.pk for unit in units],
        asker=land.committee,
        subject_kind="reporting.obligation",
        subject_ids=[1],
        subject="Báo cáo tháng 10/2026 gửi chậm",
        due_on=date(2026, 11, 25),
        actor=land.leader,
        **given,
    )


def test_an_explanation_is_asked_for_given_sent_back_and_taken(land):
    [one] = ask(land, land.committees[0])
    page = f"/viec-phai-lam/giai-trinh/{one.pk}/"
    said = "Đề nghị giải trình trước ngày 25/11/2026: Báo cáo tháng 10/2026 gửi chậm"
    assert heard() == [("Sơn", said, page)]
    ledger.answer_explanation(one, answer="Mất mạng", actor=land.officers[0])
    said = "Đảng ủy Môn Sơn đã giải trình: Báo cáo tháng 10/2026 gửi chậm"
    assert sorted(heard()) == [("An", said, page), ("Lan", said, page)]
    ledger.rule_explanation(one, granted=False, words="Chưa rõ", actor=land.leader)
    said = "Đề nghị giải trình lại: Báo cáo tháng 10/2026 gửi chậm"
    assert heard() == [("Sơn", said, page)]
    ledger.answer_explanation(one, answer="Mất điện", actor=land.officers[0])
    assert len(heard()) == 2
    ledger.rule_explanation(one, granted=True, words="", actor=land.leader)
    said = "Đã tiếp nhận giải trình: Báo cáo tháng 10/2026 gửi chậm"
    assert heard() == [("Sơn", said, page)]


def test_what_was_asked_of_several_units_of_one_person_is_one_notice(land):
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    ask(land, land.committees[0], government)
    said = "2 việc cần giải trình, sớm nhất trước ngày 25/11/2026"
    assert heard() == [("Sơn", said, "/viec-phai-lam/giai-trinh/")]


def test_what_is_gone_is_told_to_nobody():
    from danvan.commitments import events

    subscribers.tell_extension_asked(events.ExtensionAsked(extension_id=1))
    subscribers.tell_extension_ruled(events.ExtensionRuled(extension_id=1))
    subscribers.tell_moved(events.CommitmentMoved(commitment_id=1, step="claimed", by_id=None))
    subscribers.tell_explanation_answered(events.ExplanationAnswered(explanation_id=1))
    subscribers.tell_assigned(events.CommitmentsAssigned(commitment_ids=(1,)))
    assert told() == []


def test_the_text_of_an_answer_or_a_reason_is_never_told(land, one):
    secret = "ông Vi Văn Bảy"
    ledger.ask_extension(one, until=date(2027, 1, 31), reason=secret, actor=land.officers[0])
    [asked] = ask(land, land.committees[0], question=secret)
    ledger.answer_explanation(asked, answer=secret, actor=land.officers[0])
    ledger.claim_done(one, result=secret, actor=land.officers[0])
    assert [words for _, words, _ in heard() if secret in words] == []


def test_whoever_asked_and_has_no_right_any_more_is_told_nothing(land, one):
    asked = ledger.ask_extension(
        one, until=date(2027, 1, 31), reason="Mưa lũ", actor=land.officers[0]
    )
    explanation, *_ = ask(land, land.committees[0])
    ledger.answer_explanation(explanation, answer="Mất mạng", actor=land.officers[0])
    heard()
    land.officers[0].grants.update(valid_to=TODAY)

    ledger.rule_extension(
        asked, granted=True, words="", document="Công văn 112/UBND-KT", actor=land.leader
    )
    ledger.rule_explanation(explanation, granted=True, words="", actor=land.leader)

    deliver_all()
    assert [words for name, words, _ in told() if name == "Sơn" and "Đã" in words] == []
