"""The way of a report: its unit's head, the places between, who asked; each in its turn and nobody else."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.indicators.enums import Approval
from danvan.indicators.models import Value
from danvan.organisations.enums import Level
from danvan.reporting.models import Decision, Obligation, Proposal, Submission, WayStep
from danvan.reporting.selectors import standing_of_period
from danvan.reporting.services import (
    accept_report,
    accept_reports,
    add_draft_evidence,
    end_exemption,
    exempt_report,
    give_back_report,
    lock_period,
    propose_report,
    release_report,
    remove_draft_evidence,
    reopen_report,
    return_report,
    save_draft,
    submit_report,
    withdraw_proposal,
)
from danvan.reporting.services.acts import last_act
from tests.factories.province import make_grant, make_place
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, PNG, TODAY, make_form
from tests.reporting.ways import Way, let_go, propose

pytestmark = pytest.mark.django_db
_way = once(Way, DANVAN_TODAY=TODAY)


@pytest.fixture
def way(_way, db):
    return own(_way)


def state(way):
    one = way.first
    one.refresh_from_db()
    return one.standing, one.turn


def levels():
    return set(Value.objects.current().values_list("level", flat=True))


def verdicts(way):
    found = Decision.objects.filter(submission__obligation=way.first).order_by("pk")
    return list(found.values_list("standing", flat=True))


def refusal(act, *given, **said):
    with pytest.raises(RuleError) as refused:
        act(*given, **said)
    return refused.value.message


def test_the_way_is_frozen_when_the_month_is_opened(way):
    steps = WayStep.objects.filter(obligation=way.first)
    assert [(one.position, one.unit_id) for one in steps] == [(1, way.province.place.pk)]
    assert str(steps[0]) == f"{way.first.pk}:1"
    assert way.first.head_approves
    assert WayStep.objects.count() == 3


def test_a_village_goes_up_by_its_commune_and_its_province(way):
    from danvan.reporting.services import open_period

    village = make_place("Bản Cò Phạt", level=Level.VILLAGE, under=way.commune)
    form = make_form(
        way.province, code="TB-01", unit=way.province.country, level=Level.VILLAGE, by_way=True
    )
    [owed] = open_period(form, NOVEMBER, actor=None)
    assert owed.unit_id == village.pk
    steps = WayStep.objects.filter(obligation=owed).order_by("position")
    assert [one.unit_id for one in steps] == [way.commune.pk, way.province.place.pk]
    assert not owed.head_approves


def test_a_form_of_the_province_has_nobody_between(way):
    form = make_form(way.province, code="BM-03", by_way=True)
    from danvan.reporting.services import open_period

    owed = open_period(form, NOVEMBER, actor=None)
    assert not WayStep.objects.filter(obligation__in=owed).exists()


def test_nothing_counts_before_the_head_lets_it_go_and_it_is_timely_by_the_day_it_leaves(
    way, settings
):
    settings.DANVAN_TODAY = date(2026, 12, 5)
    propose(way)
    assert state(way) == ("proposed", 0)
    assert (Submission.objects.count(), Value.objects.count()) == (0, 0)
    assert way.first.first_sent_on is None
    settings.DANVAN_TODAY = date(2026, 12, 8)  # due on the fifth
    sent = release_report(way.first, actor=way.head)
    assert state(way) == ("sent", 1)
    assert (sent.sent_by, sent.vintage, way.first.first_sent_on) == (
        way.officer,
        1,
        date(2026, 12, 8),
    )
    standing = standing_of_period(way.form, NOVEMBER)
    assert (standing.sent, standing.late, standing.on_time) == (1, 1, 0)
    assert levels() == {Approval.SENT}
    [decision] = Decision.objects.all()
    assert (decision.standing, decision.by, decision.place) == ("released", way.head, way.commune)


def test_the_level_rises_with_each_decision_and_falls_when_it_is_opened_again(way):
    let_go(way)
    accept_report(way.first, actor=way.place)
    assert (state(way), levels()) == (("sent", 0), {Approval.PASSED})
    accept_report(way.first, actor=way.centre)
    assert (state(way), levels()) == (("accepted", 0), {Approval.ACCEPTED})
    lock_period(way.form, NOVEMBER, actor=way.centre)
    assert (state(way), levels()) == (("locked", 0), {Approval.LOCKED})
    reopen_report(way.first, words="Số lượt sai.", actor=way.centre)
    assert (state(way), levels()) == (("returned", 0), {Approval.SENT})
    assert verdicts(way) == ["released", "passed", "accepted", "locked", "returned"]


def test_out_of_order_is_refused_with_whose_turn_it_is(way):
    propose(way)
    here, up, centre = ("Xã Môn Sơn", "Tỉnh Nghệ An", "Việt Nam")
    names = {
        here: way.commune.versions.get().name,
        up: way.province.place.versions.get().name,
        centre: way.province.country.versions.get().name,
    }
    for person in (way.place, way.centre):
        message = refusal(accept_report, way.first, actor=person)
        assert "đang chờ lãnh đạo đơn vị duyệt" in message
        assert f"lãnh đạo {names[here]}" in refusal(release_report, way.first, actor=person)
    release_report(way.first, actor=way.head)
    for act, said in (
        (accept_report, {}),
        (return_report, {"words": "Sai.", "comments": {}}),
    ):
        assert names[up] in refusal(act, way.first, actor=way.centre, **said)
    assert "không chờ lãnh đạo đơn vị" in refusal(release_report, way.first, actor=way.head)
    accept_report(way.first, actor=way.place)
    assert names[centre] in refusal(accept_report, way.first, actor=way.place)
    accept_report(way.first, actor=way.centre)
    assert "Việc này của" in refusal(
        return_report, way.first, words="Sai.", comments={}, actor=way.place
    )
    assert verdicts(way) == ["released", "passed", "accepted"]


def test_the_software_takes_every_turn_in_order(way):
    let_go(way)
    accept_report(way.first, actor=None)
    assert state(way) == ("sent", 0)
    accept_report(way.first, actor=None)
    assert state(way) == ("accepted", 0)


def test_it_is_returned_to_the_step_below_or_to_the_unit(way):
    let_go(way)
    accept_report(way.first, actor=way.place)
    said = {"words": "Xem lại số lượt.", "comments": {"luot": "Gấp bốn."}, "actor": way.centre}
    return_report(way.first, below=True, **said)
    assert (state(way), levels()) == (("sent", 1), {Approval.SENT})
    return_report(way.first, below=True, **said | {"actor": way.place})  # below is the unit
    assert (state(way), levels()) == (("returned", 0), {Approval.SENT})
    assert verdicts(way) == ["released", "passed", "below", "returned"]
    assert Decision.objects.last().comments == {"luot": "Gấp bốn."}
    let_go(way)
    assert (state(way), Submission.objects.count()) == (("sent", 1), 2)


def test_an_accepted_report_goes_back_to_the_last_step(way):
    let_go(way)
    accept_report(way.first, actor=way.place)
    accept_report(way.first, actor=way.centre)
    return_report(way.first, words="Sai.", comments={}, actor=way.centre, below=True)
    assert (state(way), levels()) == (("sent", 1), {Approval.SENT})


def test_the_head_gives_it_back_with_words_for_each_cell_and_the_draft_is_there(way):
    save_draft(way.first, GOOD, actor=way.officer)
    propose(way)
    assert refusal(give_back_report, way.first, words="", comments={}, actor=way.head)
    give_back_report(way.first, words="Xem lại.", comments={"luot": "Gấp bốn."}, actor=way.head)
    assert state(way) == ("due", 0)
    assert way.first.draft["answers"]["luot"] == "1.412"
    [laid] = Proposal.objects.all()
    assert (laid.words, laid.comments, laid.closed_by) == (
        "Xem lại.",
        {"luot": "Gấp bốn."},
        way.head,
    )
    assert str(laid).startswith(f"{way.first.pk}:")
    assert "đã trả lại bản trình" in last_act(way.first)
    let_go(way)
    assert standing_of_period(way.form, NOVEMBER).sent == 1


def test_what_was_given_back_by_the_head_was_never_returned(way):
    propose(way)
    give_back_report(way.first, words="Xem lại.", comments={}, actor=way.head)
    let_go(way)
    accept_report(way.first, actor=way.place)
    accept_report(way.first, actor=way.centre)
    standing = standing_of_period(way.form, NOVEMBER)
    assert (standing.accepted, standing.accepted_first) == (1, 1)


def test_a_new_version_lies_before_the_head_while_the_sent_one_stands(way):
    let_go(way)
    propose(way, answers=GOOD | {"doi-thoai": "2"})
    assert state(way) == ("proposed", 1)
    assert Value.objects.current().get(indicator__code="DV-01").amount == 1
    message = refusal(accept_report, way.first, actor=way.place)
    assert "lãnh đạo đơn vị" in message
    withdraw_proposal(way.first, actor=way.officer)
    assert state(way) == ("sent", 1)
    propose(way, answers=GOOD | {"doi-thoai": "2"})
    release_report(way.first, actor=way.head)
    assert (state(way), Submission.objects.count()) == (("sent", 1), 2)
    assert Value.objects.current().get(indicator__code="DV-01").amount == 2


def test_the_head_lets_go_what_was_read_and_not_what_replaced_it(way):
    propose(way)
    read = way.first.changes
    propose(way, answers=GOOD | {"doi-thoai": "2"})
    assert "đã trình lãnh đạo" in refusal(release_report, way.first, actor=way.head, seen=read)
    assert Proposal.objects.filter(closed_at=None).count() == 1
    way.first.refresh_from_db()
    release_report(way.first, actor=way.head, seen=Obligation.objects.get(pk=way.first.pk).changes)
    assert Value.objects.current().get(indicator__code="DV-01").amount == 2


def test_a_file_changed_meanwhile_is_read_again(way):
    propose(way)
    seen = Obligation.objects.get(pk=way.first.pk).changes
    kept = add_draft_evidence(way.first, name="anh.png", content=PNG, actor=way.officer)
    assert refusal(release_report, way.first, actor=way.head, seen=seen)
    remove_draft_evidence(kept, actor=way.officer)
    assert refusal(release_report, way.first, actor=way.head, seen=seen + 1)
    propose(way, evidence=[("anh.png", PNG)])
    sent = release_report(way.first, actor=way.head)
    assert sent.evidence.count() == 1


def test_pressed_twice_it_is_laid_once(way):
    first = propose(way, seen=0)
    assert propose(way, seen=0) == first
    assert Proposal.objects.count() == 1
    assert refusal(
        propose_report, way.first, answers=GOOD | {"luot": "9"}, actor=way.officer, seen=0
    )


def test_what_could_not_be_sent_cannot_be_laid_before_the_head(way):
    with pytest.raises(RuleError) as refused:
        propose(way, answers=GOOD | {"nguoi": "9.999", "luot": "x"})
    assert {"nguoi", "luot"} & {fault.column for fault in refused.value.faults}
    assert (state(way), Proposal.objects.count()) == (("due", 0), 0)
    assert not AuditEntry.objects.filter(action="reporting.submit").exists()


def test_it_is_sent_by_the_head_alone(way):
    assert "lãnh đạo đơn vị" in refusal(submit_report, way.first, answers=GOOD, actor=way.officer)


def test_numbers_and_sections_without_events_come_through_as_they_were_laid(way):
    from decimal import Decimal

    propose(
        way,
        answers={
            "ty-dong": Decimal("1.25"),
            "doi-thoai": 0,
            "y-kien": 0,
            "tai-cho": 0,
            "chuyen": 0,
        },
        nil_sections=frozenset({1, 2}),
    )
    release_report(way.first, actor=way.head)
    assert Value.objects.get(indicator__code="DV-07").amount == Decimal("1.25")
    assert Submission.objects.get().nil_sections == [1, 2]


def test_what_is_typed_after_it_was_laid_is_kept_when_it_goes(way):
    save_draft(way.first, GOOD, actor=way.officer)
    propose(way)
    save_draft(way.first, GOOD | {"doi-thoai": "7"}, actor=way.officer)
    release_report(way.first, actor=way.head)
    way.first.refresh_from_db()
    assert way.first.draft["answers"]["doi-thoai"] == "7"
    assert Value.objects.current().get(indicator__code="DV-01").amount == 1


def test_only_the_units_own_head_lets_it_go(way):
    above = make_grant(way.province.place, "leader")
    other = make_grant(way.province.communes[1], "leader")
    propose(way)
    for person in (above, other, way.officer):
        assert "không còn giữ" in refusal(release_report, way.first, actor=person)
    release_report(way.first, actor=None)
    assert state(way) == ("sent", 1)


def test_two_who_approve_at_once(way):
    let_go(way)
    seen = Obligation.objects.get(pk=way.first.pk).changes
    beside = make_grant(way.province.place, "specialist")
    accept_report(way.first, actor=way.place, seen=seen)
    message = refusal(accept_report, way.first, actor=beside, seen=seen)
    assert "đã duyệt chuyển cấp trên" in message
    assert state(way) == ("sent", 0)


def test_many_are_approved_in_ones_own_turn_all_or_none(way):
    heads = [make_grant(unit, "leader") for unit in way.province.communes[1:]]
    for owed, head in zip(way.owed[1:], heads, strict=True):
        propose_report(owed, answers=GOOD, actor=None)
        release_report(owed, actor=head)
    let_go(way)
    accept_report(way.first, actor=way.place)
    message = refusal(accept_reports, way.owed, actor=way.place)
    assert "Có 1 báo cáo" in message
    accept_reports(way.owed[1:], actor=way.place)
    assert set(Obligation.objects.values_list("standing", "turn")) == {("sent", 0)}
    accept_reports(way.owed, actor=way.centre)
    assert set(Obligation.objects.values_list("standing", flat=True)) == {"accepted"}


def test_what_lies_before_the_head_is_not_let_off(way):
    propose(way)
    assert "rút lại" in refusal(exempt_report, way.first, why="Lũ.", actor=way.centre)
    withdraw_proposal(way.first, actor=way.officer)
    exempt_report(way.first, why="Lũ.", actor=way.centre)
    end_exemption(way.first, actor=way.centre)
    assert refusal(withdraw_proposal, way.first, actor=way.officer)
