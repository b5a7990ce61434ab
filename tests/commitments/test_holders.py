"""Open work follows its units: who leads, assigned, supports, explains or asked; and it comes back exactly."""

from datetime import date

import pytest

from danvan.commitments.counters import _Counted
from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentSupport, Explanation
from danvan.commitments.selectors import allowed_commitments, card_of, open_explanations
from danvan.commitments.services import (
    Assignment,
    answer_explanation,
    ask_about,
    assign_commitments,
    claim_done,
    close_commitment,
    return_commitment,
    rule_explanation,
    start_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.periods import Every, Period
from danvan.notifications.models import Notification
from danvan.organisations.holders import holder_named
from tests.factories.merging import ON, Merger, exported
from tests.factories.province import Province, make_grant, make_user
from tests.notifications.hearing import deliver_all, told

KEYS = [f"commitments.{part}" for part in ("asker", "assigner", "explainer", "lead", "support")]
LEAD = "commitments.lead"
CLAIMED = _Counted("claimed", "", "")


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 7, 2)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def province(db):
    return Province()


@pytest.fixture
def merger(province):
    return Merger(province)


@pytest.fixture
def give(province):
    def given(lead, *supports, assigner=None, title="Đổ bê tông đường vào bản Khe Rạn"):
        one = Assignment(
            lead.pk, title, "Đường bê tông", date(2026, 12, 31), tuple(u.pk for u in supports)
        )
        [made] = assign_commitments(
            [one],
            assigner=assigner or province.committee,
            actor=None,
            assigned_on=date(2026, 5, 4),
        )
        return made

    return given


def lines(commitment):
    return [step.words for step in commitment.steps.filter(kind="passed").order_by("pk")]


def finished(commitment, on=date(2026, 6, 10)):
    claim_done(commitment, result="Đã xong.", actor=None, on=on)
    verify_commitment(commitment, finding="Đã xem.", actor=None, on=on)
    return Commitment.objects.get(pk=commitment.pk)


def test_open_work_is_led_by_the_heir_and_its_timeline_says_so(province, merger, give):
    one = give(province.governments[0])
    merger.found()
    [moved] = merger.hand_over(*KEYS)
    one.refresh_from_db()
    assert (one.lead_id, moved.giver, moved.taker) == (
        merger.government.pk, province.governments[0].pk, merger.government.pk,
    )  # fmt: skip
    assert moved.title == f"Chủ trì việc {one.number}: {one.title}"
    assert lines(one) == [
        (
            "Chủ trì chuyển từ Ủy ban nhân dân Xã Môn Sơn sang Ủy ban nhân dân Xã Chi Khê, "
            "theo SX-2026-014: Hợp nhất thành Xã Chi Khê."
        )
    ]
    assert one.steps.get(kind="passed").icon == "arrows-exchange"


def test_work_that_is_under_way_and_work_that_waits_for_its_check_pass_too(province, merger, give):
    begun = give(province.governments[0])
    start_commitment(begun, actor=None)
    claimed = give(province.governments[1])
    claim_done(claimed, result="Đã xong.", actor=None, on=date(2026, 6, 10))
    merger.found().hand_over(*KEYS)
    led = Commitment.objects.filter(lead=merger.government)
    assert set(led) == {begun, claimed}


def test_finished_and_withdrawn_work_stays_with_the_unit_that_did_it(province, merger, give):
    done = finished(give(province.governments[0], assigner=province.committees[0]))
    close_commitment(done, actor=None)
    slip = give(province.governments[1], province.fronts[0])
    withdraw_commitment(slip, words="Giao nhầm", actor=None)
    before = exported(*KEYS)
    assert merger.found().hand_over(*KEYS) == []
    assert exported(*KEYS) == before
    assert done.lead_id == province.governments[0].pk


def test_work_found_done_after_the_unit_had_ended_is_its_heirs(province, merger, give, settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)
    done = finished(give(province.governments[0]), on=date(2026, 7, 20))
    merger.found().hand_over(*KEYS)
    done.refresh_from_db()
    assert (done.lead_id, done.claimed_unit_id) == (merger.government.pk, None)


def test_a_claim_of_before_stays_counted_where_it_was_made(province, merger, give):
    one = give(province.governments[0])
    claim_done(one, result="Đã xong.", actor=None, on=date(2026, 6, 10))
    june = Period.starting(date(2026, 6, 1), Every.MONTH)
    units = [province.governments[0].pk]
    assert CLAIMED.count(units, june) == {units[0]: 1}
    merger.found().hand_over(*KEYS)
    both = [*units, merger.government.pk]
    assert CLAIMED.count(both, june) == {units[0]: 1}
    assert CLAIMED.count_by(both, [june]) == {(units[0], june): 1}
    assert [one.unit_id for one in CLAIMED.records(both, june)] == units
    return_commitment(one, words="Thiếu biên bản", actor=None)
    assert CLAIMED.count(both, june) == {}


def test_the_heirs_officer_performs_it_and_the_former_units_no_longer(province, merger, give):
    one = give(province.governments[0])
    officer = make_grant(province.communes[0], "commune_officer")
    merger.found()
    merger.hand_over("accounts.grants", *KEYS)
    new = make_grant(merger.place, "commune_officer", valid_from=ON)
    assert list(allowed_commitments(new, "commitments.perform")) == [one]
    assert list(allowed_commitments(officer, "commitments.perform")) == [one]
    stranger = make_grant(province.communes[2], "commune_officer")
    assert list(allowed_commitments(stranger, "commitments.view")) == []


def test_who_assigned_passes_for_open_work(province, merger, give):
    one = give(province.fronts[2], assigner=province.committees[0])
    merger.found().hand_over(*KEYS)
    one.refresh_from_db()
    assert one.assigner_id == merger.committee.pk
    assert "Theo dõi, kiểm tra chuyển từ" in lines(one)[0]


def test_support_passes_once_though_both_supported(province, merger, give):
    one = give(province.fronts[2], province.fronts[0], province.fronts[1])
    before = exported(*KEYS)
    merger.found()
    moved = merger.hand_over(*KEYS)
    assert list(one.supports.values_list("unit_id", flat=True)) == [merger.front.pk]
    assert sorted(m.waits for m in moved) == [False, True]
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_a_heir_that_leads_does_not_support_too(province, merger, give):
    one = give(province.fronts[0], province.fronts[1])
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    one.refresh_from_db()
    assert (one.lead_id, one.supports.count()) == (merger.front.pk, 0)
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_a_heir_that_supported_leads_and_supports_again_when_undone(province, merger, give):
    merger.found()
    merger.passage.heirs[province.fronts[0].pk] = province.fronts[2].pk
    one = give(province.fronts[2], title="Khác")
    Commitment.objects.filter(pk=one.pk).update(lead=province.fronts[0])
    CommitmentSupport.objects.create(commitment=one, unit=province.fronts[2])
    before = exported(*KEYS)
    merger.hand_over(*KEYS)
    one.refresh_from_db()
    assert (one.lead_id, one.supports.count()) == (province.fronts[2].pk, 0)
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


@pytest.fixture
def asked(province, give):
    one = give(province.governments[0], assigner=province.committees[1])
    [explanation] = ask_about([one], question="Vì sao chậm?", due_on=date(2026, 7, 9), actor=None)
    return one, explanation


def test_an_open_explanation_passes_on_both_sides(province, merger, asked):
    explanation = asked[1]
    merger.found().hand_over(*KEYS)
    explanation.refresh_from_db()
    assert (explanation.unit_id, explanation.asker_id) == (
        merger.government.pk, merger.committee.pk,
    )  # fmt: skip
    said = list(explanation.steps.filter(kind="passed").values_list("words", flat=True))
    assert [words.split(" chuyển")[0] for words in said] == ["Nhận giải trình", "Giải trình"]
    officer = make_grant(merger.place, "commune_officer", valid_from=ON)
    assert list(open_explanations(officer)) == [explanation]
    answer_explanation(explanation, answer="Do mưa lũ.", actor=officer)


def test_an_explanation_that_was_taken_stays_and_the_card_still_shows_it(province, merger, asked):
    one, explanation = asked
    answer_explanation(explanation, answer="Do mưa lũ.", actor=None)
    rule_explanation(explanation, granted=True, words="", actor=None)
    merger.found().hand_over(*KEYS)
    assert Explanation.objects.get().unit_id == province.governments[0].pk
    leader = make_grant(province.country, "leader")
    one.refresh_from_db()
    assert card_of(leader, one, on=ON).explanations == [explanation]


def test_undone_at_once_all_is_as_it_was(province, merger, give, asked):
    finished(give(province.governments[1]))
    claimed = give(province.fronts[0], province.fronts[1], assigner=province.committees[0])
    claim_done(claimed, result="Đã xong.", actor=None, on=date(2026, 6, 10))
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    assert exported(*KEYS) != before
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_undone_after_the_heir_worked_the_work_stays_done_and_is_the_former_units(
    province, merger, give
):
    one = give(province.governments[0])
    merger.found().hand_over(*KEYS)
    claim_done(one, result="Đã xong.", actor=None, on=date(2026, 7, 2))
    merger.take_back(*KEYS)
    one.refresh_from_db()
    assert (one.lead_id, one.state, one.changes) == (
        province.governments[0].pk, State.CLAIMED, 3,
    )  # fmt: skip
    assert lines(one) == []
    # Whoever still has the page of when it was handed over has not seen the claim.
    with pytest.raises(RuleError):
        return_commitment(one, words="Thiếu biên bản", seen=1, actor=None)


def test_a_claim_sent_back_and_made_anew_by_the_heir_is_the_former_units_when_undone(
    province, merger, give
):
    one = give(province.governments[0])
    claim_done(one, result="Đã xong.", actor=None, on=date(2026, 6, 10))
    merger.found().hand_over(*KEYS)
    return_commitment(one, words="Thiếu biên bản", actor=None)
    claim_done(one, result="Đã đủ.", actor=None, on=date(2026, 7, 2))
    merger.take_back(*KEYS)
    one.refresh_from_db()
    assert (one.lead_id, one.claimed_unit_id) == (province.governments[0].pk, None)


def test_what_is_no_longer_where_it_was_put_is_not_taken_back(province, merger, give):
    one = give(province.governments[0])
    merger.found().hand_over(LEAD)
    Commitment.objects.filter(pk=one.pk).update(lead=province.governments[2])
    with pytest.raises(RuleError, match="nay thuộc Ủy ban nhân dân Xã Châu Khê") as refused:
        holder_named(LEAD).take_back(merger.moved[LEAD], merger.passage, actor=None)
    assert len(refused.value.faults) == 1
    one.supports.all().delete()
    one.steps.all().delete()
    Commitment.objects.all().delete()
    with pytest.raises(RuleError, match="không còn trong sổ"):
        holder_named(LEAD).take_back(merger.moved[LEAD], merger.passage, actor=None)


def test_work_is_passed_on_to_another_successor_once_and_still_comes_back(province, merger, give):
    one = give(province.governments[0], province.fronts[1])
    before = exported(*KEYS)
    merger.found().hand_over(*KEYS)
    holder, [moved] = holder_named(LEAD), merger.moved[LEAD]
    passed = holder.pass_on(moved, merger.committee.pk, actor=None)
    assert Commitment.objects.get().lead_id == merger.committee.pk
    assert lines(one)[-1].endswith("sang Đảng ủy Xã Chi Khê, khi nhận bàn giao.")
    with pytest.raises(RuleError, match="nay thuộc Đảng ủy Xã Chi Khê"):
        holder.pass_on(moved, merger.government.pk, actor=None)
    merger.moved[LEAD] = [passed]
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_work_is_not_passed_on_to_who_has_a_part_in_it(province, merger, give):
    give(province.governments[0], province.fronts[1])
    merger.found().hand_over(*KEYS)
    before = exported(*KEYS)
    [lead], [support] = merger.moved[LEAD], merger.moved["commitments.support"]
    with pytest.raises(RuleError, match="Ủy ban MTTQ Việt Nam Xã Chi Khê đã phối hợp việc này"):
        holder_named(LEAD).pass_on(lead, merger.front.pk, actor=None)
    with pytest.raises(RuleError, match="Ủy ban nhân dân Xã Chi Khê đã chủ trì việc này"):
        holder_named("commitments.support").pass_on(support, merger.government.pk, actor=None)
    assert exported(*KEYS) == before


def test_an_act_on_the_page_as_it_was_before_is_refused(province, merger, give):
    one = give(province.governments[0])
    merger.found().hand_over(*KEYS)
    with pytest.raises(RuleError, match="vừa chuyển đơn vị ở việc"):
        start_commitment(one, actor=None, seen=0)


def test_who_answers_now_is_told_once_and_nobody_of_what_was_undone(province, merger, give, asked):
    for lead in province.governments[:2]:
        give(lead)
    deliver_all()
    merger.found()
    make_grant(merger.place, "commune_officer", user=make_user("Thắng"), valid_from=ON)
    make_grant(merger.committee, "specialist", user=make_user("Yến"), valid_from=ON)
    before = Notification.objects.count()
    merger.hand_over(*KEYS)
    deliver_all()
    assert set(told()[before:]) == {
        ("Thắng", "3 việc chuyển đến theo SX-2026-014 để chủ trì", "/viec-phai-lam/"),
        (
            "Thắng",
            f"Chuyển đến theo SX-2026-014 để trả lời: {asked[1].subject}",
            f"/viec-phai-lam/giai-trinh/{asked[1].pk}/",
        ),
        (
            "Yến",
            f"Chuyển đến theo SX-2026-014 để theo dõi, kiểm tra: {asked[0].title}",
            f"/viec-phai-lam/{asked[0].pk}/",
        ),
        (
            "Yến",
            f"Chuyển đến theo SX-2026-014 để cho ý kiến: {asked[1].subject}",
            f"/viec-phai-lam/giai-trinh/{asked[1].pk}/",
        ),
    }


def test_nobody_is_told_of_what_was_undone_before_the_telling(province, merger, give):
    give(province.governments[0])
    deliver_all()
    before = exported(*KEYS)
    officer = make_grant(province.communes[2], "commune_officer")
    merger.found()
    merger.passage.heirs[province.governments[0].pk] = province.governments[2].pk
    merger.hand_over(*KEYS)
    merger.take_back(*KEYS)
    deliver_all()
    assert not Notification.objects.filter(user=officer).exists()
    assert exported(*KEYS) == before


def test_much_passes_with_as_many_queries_as_little(
    province, merger, give, django_assert_max_num_queries
):
    for number in range(30):
        give(province.governments[number % 2], province.fronts[number % 2])
    counts = holder_named(LEAD).count_open({one.pk for one in province.governments}, ON)
    assert counts == {one.pk: 15 for one in province.governments[:2]}
    merger.found()
    with django_assert_max_num_queries(40):
        merger.hand_over(*KEYS)
    with django_assert_max_num_queries(30):
        for key in reversed(KEYS):
            holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)


def test_work_given_to_the_heir_since_is_counted_against_unfounding_it(merger, give):
    merger.found()
    today = date(2026, 7, 2)
    assign_commitments(
        [Assignment(merger.front.pk, "Việc mới", "Báo cáo", today)],
        assigner=merger.committee,
        actor=None,
    )
    founded = merger.passage.founded
    assert holder_named(LEAD).count_rows(founded) == {merger.front.pk: 1}
    assert holder_named("commitments.assigner").count_rows(founded) == {merger.committee.pk: 1}


def test_the_audit_log_tells_of_every_part_that_passed(province, merger, give):
    give(province.governments[0], province.fronts[0])
    merger.found().hand_over(*KEYS)
    said = AuditEntry.objects.filter(action="commitments.hand_over").order_by("pk")
    assert [entry.details["holder"] for entry in said] == [LEAD, "commitments.support"]
