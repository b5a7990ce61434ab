"""Asking late units to explain: shown before it is sent, one act for all, refused with a sentence."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Explanation
from danvan.organisations.models import Unit, UnitVersion
from tests.desk.months import TODAY, Case, plain
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db
ASK = "desk:board-ask"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case():
    return Case()


def ask(client, **said):
    return client.post(
        reverse(ASK), {"loai": "qua-han", "due_on": "24/12/2026", "question": "", **said}
    )


def test_the_question_is_shown_before_it_is_sent(client, case):
    client.force_login(case.leader)
    page = plain(client.get(reverse(ASK), {"loai": "qua-han"}))
    assert "Việc quá hạn tính đến 20/12/2026" in page
    assert "Người yêu cầu Tỉnh ủy Nghệ An" in page
    assert "Ủy ban nhân dân Xã Môn Sơn" in page
    assert Explanation.objects.count() == 0


def test_late_units_are_asked_to_explain_in_one_act(client, case):
    case.assign(6)
    client.force_login(case.leader)
    response = ask(client, question="Vì sao chậm?")
    assert response.status_code == 302
    found = {one.unit_id: one for one in Explanation.objects.all()}
    assert set(found) == {one.pk for one in case.province.governments[:2]}
    one = found[case.province.governments[0].pk]
    assert (one.question, one.due_on, one.asker_id, one.asked_by) == (
        "Vì sao chậm?", date(2026, 12, 24), case.province.committee.pk, case.leader,
    )  # fmt: skip
    assert case.commitments[0].pk in one.subject_ids


def test_one_unit_is_asked_alone(client, case):
    case.assign(6)
    client.force_login(case.leader)
    ask(client, don_vi=case.province.governments[1].pk)
    assert [one.unit_id for one in Explanation.objects.all()] == [case.province.governments[1].pk]


def test_who_has_not_sent_a_report_is_asked_about_that_report(client, case):
    client.force_login(case.leader)
    assert ask(client, loai="bao-cao").status_code == 302
    one = Explanation.objects.get()
    assert (one.unit_id, one.subject_kind, one.subject_ids, one.subject) == (
        case.province.communes[2].pk, "reporting.obligation", [case.month.owed[2].pk],
        "Chưa gửi báo cáo tháng 11/2026",
    )  # fmt: skip


def test_who_misses_a_target_is_asked_about_it(client, case):
    client.force_login(case.leader)
    assert ask(client, loai="chi-tieu", chi_tieu=case.target.pk).status_code == 302
    asked = Explanation.objects.filter(subject_kind="indicators.target")
    assert {one.unit_id for one in asked} == {one.pk for one in case.province.fronts[1:]}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"due_on": ""}, "Đồng chí vui lòng ghi ngày phải trả lời."),
        ({"due_on": "mai"}, "Đồng chí vui lòng ghi ngày dạng ngày/tháng/năm"),
        ({"due_on": "01/12/2026"}, "Hạn trả lời 01/12/2026 đã qua"),
        ({"don_vi": "999"}, "Không còn đơn vị nào chậm"),
        ({"loai": "chi-tieu", "chi_tieu": "999"}, "Không còn đơn vị nào chậm"),
    ],
)
def test_a_faulty_question_is_refused_and_nobody_is_asked(client, case, said, sentence):
    client.force_login(case.leader)
    response = ask(client, **said)
    assert response.status_code == 422
    assert sentence in plain(response)
    assert Explanation.objects.count() == 0


def test_asking_twice_is_told(client, case):
    client.force_login(case.leader)
    assert ask(client).status_code == 302
    response = ask(client)
    assert response.status_code == 422
    assert "đã được yêu cầu giải trình" in plain(response)
    assert Explanation.objects.count() == 1


def test_an_officer_asks_nobody(client, case):
    client.force_login(case.officer)
    assert ask(client).status_code == 403
    assert Explanation.objects.count() == 0


def test_nobody_is_asked_about_a_target_beyond_the_right_to_check(client, case):
    """Who may read the whole province and check one commune only asks that commune."""
    person = make_grant(case.province.place, "commune_officer")
    make_grant(case.province.communes[1], "leader", user=person)
    client.force_login(person)

    assert ask(client, loai="chi-tieu", chi_tieu=case.target.pk).status_code == 302

    assert [one.unit_id for one in Explanation.objects.all()] == [case.province.fronts[1].pk]


def test_nobody_is_asked_about_a_report_beyond_the_right_to_check(client, case):
    person = make_grant(case.province.place, "commune_officer")
    make_grant(case.province.communes[1], "leader", user=person)
    client.force_login(person)

    refused = ask(client, loai="bao-cao")  # the third commune is late

    assert (refused.status_code, Explanation.objects.count()) == (422, 0)


def test_a_unit_that_has_ended_keeps_no_other_from_being_asked(client, case):
    case.assign(6)
    gone = case.province.governments[0]
    Unit.objects.filter(pk=gone.pk).update(ended_on=date(2026, 12, 10))
    UnitVersion.objects.filter(unit=gone).update(valid_to=date(2026, 12, 10))
    client.force_login(case.leader)

    assert ask(client).status_code == 302

    assert [one.unit_id for one in Explanation.objects.all()] == [case.province.governments[1].pk]
