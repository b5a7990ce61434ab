"""Lists, cards, totals and counters of the ledger."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.commitments import selectors
from danvan.commitments.facts import DueTotals, due_rows, totals
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Asked, LeadOverdue, Side, Tab, telling
from danvan.commitments.selectors import ledger as ledger_reads
from danvan.commitments.services import (
    add_evidence,
    ask_about,
    ask_extension,
    claim_done,
    return_commitment,
    start_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.periods import Period
from danvan.foundation.search import Looked
from danvan.indicators import counters
from danvan.indicators.services import Source
from danvan.organisations.models import Unit
from tests.commitments.conftest import PICTURE, TODAY
from tests.factories.province import make_grant

SOURCE = Source(kind="documents.document", id=7, sentence="Giao", symbol="05-NQ/TU", start=3, end=9)


@pytest.fixture
def rows(ledger):
    """One commitment for each thing a list may be asked for."""
    [late, soon, endless, far] = ledger.assign(
        ledger.assignment(due_on=date(2026, 11, 1)),
        ledger.assignment(due_on=date(2026, 11, 25), lead_id=ledger.other.pk),
        ledger.assignment(due_on=None, title="Họp dân hằng tháng"),
        ledger.assignment(due_on=date(2027, 3, 1), support_ids=(ledger.support.pk,)),
        source=SOURCE,
    )
    claimed = claim_done(ledger.one(), result="Xong", actor=ledger.officer, on=date(2026, 11, 3))
    verified = claim_done(ledger.one(), result="Xong", actor=ledger.officer, on=date(2026, 11, 5))
    verified = verify_commitment(verified, finding="Đạt", actor=ledger.checker)
    gone = withdraw_commitment(ledger.one(), words="Nhầm", actor=None)
    names = ("late", "soon", "endless", "far", "claimed", "verified", "gone")
    found = (late, soon, endless, far, claimed, verified, gone)
    return dict(zip(names, found, strict=True))


def listed(person, rows, **asked):
    question = Asked(**asked)
    found = selectors.listed(person, question, on=TODAY).order_by(*selectors.order_of(question))
    names = {row.pk: name for name, row in rows.items()}
    return [names[row.pk] for row in found]


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        (Tab.UNDONE, ["late", "soon", "far", "endless"]),
        (Tab.OVERDUE, ["late"]),
        (Tab.SOON, ["soon"]),
        (Tab.CLAIMED, ["claimed"]),
        (Tab.VERIFIED, ["verified"]),
        (Tab.ALL, ["gone", "verified", "claimed", "far", "endless", "soon", "late"]),
    ],
)
def test_each_tab_holds_its_own_in_its_order(ledger, rows, tab, names):
    assert listed(ledger.checker, rows, tab=tab) == names


def test_filters_narrow_by_side_unit_document_and_words(ledger, rows):
    assert listed(ledger.officer, rows, side=Side.LEADS) == ["late", "far", "endless"]
    assert listed(ledger.officer, rows, side=Side.SUPPORTS) == ["far"]
    assert listed(ledger.checker, rows, side=Side.LEADS) == []
    assert listed(ledger.checker, rows, side=Side.ASSIGNS) == ["late", "soon", "far", "endless"]
    place = ledger.province.communes[1]
    assert listed(ledger.leader, rows, unit_id=place.pk) == ["soon"]
    assert listed(ledger.leader, rows, symbol=" 5 - nq") == ["late", "soon", "far", "endless"]
    assert listed(ledger.leader, rows, words="hop dan") == ["endless"]
    assert Side.ASSIGNS not in selectors.sides_of(ledger.officer)
    assert Side.ASSIGNS in selectors.sides_of(ledger.checker)


def test_who_sees_much_and_who_sees_little_see_what_is_allowed(ledger, rows, monkeypatch):
    people = [ledger.officer, ledger.checker, ledger.leader, make_grant(ledger.support, "leader")]
    people.append(make_grant(ledger.province.country, "leader"))
    for most in (0, 3, ledger_reads.FEW):
        monkeypatch.setattr(ledger_reads, "FEW", most)
        for person in people:
            allowed = selectors.allowed_commitments(person, "commitments.view")
            assert set(selectors.visible_commitments(person)) == set(allowed)


def test_what_is_sooner_counted_is_what_is_led_there(ledger, rows, monkeypatch):
    root = make_grant(ledger.province.country, "leader")
    asked = Asked(tab=Tab.ALL)
    few = selectors.listed(ledger.officer, asked, on=TODAY)
    assert selectors.surely_listed(ledger.officer, few.filter(topic=None), asked) is None
    monkeypatch.setattr(ledger_reads, "FEW", 0)
    found = selectors.listed(ledger.officer, asked, on=TODAY)
    led = {one for one in rows.values() if one.lead_id == ledger.lead.pk}
    assert set(selectors.surely_listed(ledger.officer, found, asked)) == led
    for reader, other in (
        (root, asked),
        (ledger.officer, Asked(words="họp dân")),
        (ledger.officer, Asked(side=Side.LEADS)),
    ):
        assert selectors.surely_listed(reader, found, other) is None
    for tab, told in ((Tab.UNDONE, False), (Tab.ALL, True)):
        of_tab, seen = Asked(tab=tab), Looked(found)
        facts = selectors.facts_of(ledger.officer, found, of_tab, seen, on=TODAY, many=True)
        assert bool(facts) is told


def test_lines_tell_days_and_extensions(ledger, rows):
    ask_extension(rows["late"], until=date(2027, 1, 1), reason="Mưa", actor=ledger.officer)
    lines = selectors.lines_of([rows["late"], rows["soon"], rows["endless"]], on=TODAY)
    told = [(one.days, one.late, one.soon, one.left, one.extension_asked) for one in lines]
    assert told == [
        (19, True, False, -19, True),
        (-5, False, True, 5, False),
        (None, False, False, 0, False),
    ]
    assert (lines[0].lead, lines[0].assigner) == (
        "Ủy ban nhân dân Xã Môn Sơn",
        "Tỉnh ủy Nghệ An",
    )
    assert selectors.lines_of([rows["verified"]], on=TODAY)[0].days is None


def test_overdue_is_told_by_lead_the_most_first(ledger, rows):
    second = ledger.one(due_on=date(2026, 11, 10))
    other = ledger.one(due_on=date(2026, 10, 1), lead_id=ledger.other.pk)
    found = selectors.overdue_by_lead(ledger.leader, TODAY)
    assert found == [
        LeadOverdue(ledger.lead.pk, 2, 19, (rows["late"].pk, second.pk)),
        LeadOverdue(ledger.other.pk, 1, 50, (other.pk,)),
    ]
    assert selectors.overdue_by_lead(ledger.leader, TODAY, most=1) == found[:1]


def test_what_waits_and_what_a_source_gave(ledger, rows):
    withdraw_commitment(rows["soon"], words="Nhầm", actor=None)
    assert list(selectors.waiting_for_verification(ledger.checker)) == [rows["claimed"]]
    assert list(selectors.waiting_for_verification(ledger.officer)) == []
    given = [rows[name] for name in ("late", "endless", "far")]
    assert list(selectors.commitments_from("documents.document", 7)) == given
    extension = ask_extension(rows["far"], until=date(2027, 5, 1), reason="Mưa", actor=None)
    assert list(selectors.allowed_extensions(ledger.officer, "commitments.view")) == [extension]


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_of_the_list_costs_the_same(ledger, many):
    for _ in range(many):
        ledger.one()
    with CaptureQueriesContext(connection) as counted:
        found = list(selectors.listed(ledger.officer, Asked(), on=TODAY))
        selectors.lines_of(found, on=TODAY)
    assert (len(found), len(counted)) == (many, 8)


def test_the_card_says_what_the_reader_may_do_and_why_not(ledger, rows):
    def of(name, person):
        return selectors.card_of(person, rows[name], on=TODAY)

    card = of("late", ledger.officer)
    assert (card.may_perform, card.may_verify, card.late, card.days) == (True, False, True, 19)
    assert card.blocked == []
    assert (card.left, card.soon, card.may_add_evidence, card.may_withdraw) == (
        -19,
        False,
        True,
        False,
    )
    assert of("soon", ledger.checker).soon
    assert of("late", ledger.checker).may_withdraw
    [told] = of("soon", make_grant(ledger.assigner, "leader")).blocked
    assert told == ("Kiểm tra", "Chưa kiểm tra được vì đơn vị chủ trì chưa báo xong.")
    endless = dict(of("endless", ledger.officer).blocked)
    assert endless == {"Xin gia hạn": "Việc làm thường xuyên, không có hạn nên không cần gia hạn."}
    assert of("gone", ledger.officer).blocked == []
    assert "đã rút" in of("gone", ledger.officer).why_not_claim
    assert of("claimed", ledger.officer).why_not_claim == "Đơn vị đã báo xong, đang chờ kiểm tra."
    assert of("verified", ledger.checker).why_not_verify == "Việc này đã kiểm tra xong."
    assert of("claimed", ledger.checker).why_not_verify == ""
    assert "người khác" in of("claimed", ledger.officer).why_not_verify
    assert of("claimed", ledger.checker).why_not_withdraw
    assert of("claimed", ledger.officer).why_not_start
    assert of("late", ledger.officer).returned is None


def test_the_card_shows_everything_that_happened(ledger):
    row = ledger.one(support_ids=(ledger.support.pk,), due_on=date(2026, 11, 10))
    ask_about([row], question="", due_on=date(2026, 12, 1), actor=ledger.leader)
    extension = ask_extension(row, until=date(2027, 1, 1), reason="Mưa", actor=ledger.officer)
    add_evidence(row, name=PICTURE[0], content=PICTURE[1], actor=ledger.officer)
    card = selectors.card_of(ledger.officer, row, on=TODAY)
    assert card.supports == ["Ủy ban MTTQ Việt Nam Xã Môn Sơn"]
    assert (card.open_extension, card.granted, len(card.evidence)) == (extension, [], 1)
    assert (len(card.explanations), len(card.steps)) == (1, 4)
    assert [card.steps[0].icon, card.steps[-2].bad] == ["paperclip", True]
    assert card.why_not_ask_extension == "Đơn vị đã xin gia hạn và đang chờ quyết định."
    claim_done(start_commitment(row, actor=None), result="Xong", actor=ledger.officer)
    return_commitment(row, words="Còn 180 m", actor=ledger.checker)
    row.refresh_from_db()
    assert selectors.card_of(ledger.officer, row, on=TODAY).returned.words == "Còn 180 m"


def test_the_card_of_an_explanation(ledger):
    row = ledger.one(due_on=date(2026, 11, 10))
    [one] = ask_about([row], question="Vì sao", due_on=TODAY, actor=ledger.leader)
    unit = selectors.explanation_card_of(ledger.officer, one, on=date(2026, 11, 21))
    assert (unit.may_answer, unit.may_rule, unit.late, unit.commitments) == (
        True,
        False,
        True,
        [row],
    )
    assert (unit.unit, unit.asker, unit.steps[0].icon) == (
        "Ủy ban nhân dân Xã Môn Sơn",
        "Tỉnh ủy Nghệ An",
        "message-exclamation",
    )
    for tab, number in (("", 1), ("cho-tra-loi", 1), ("cho-y-kien", 0), ("da-tiep-nhan", 0)):
        assert selectors.explanations_listed(ledger.officer, tab).count() == number


def claimed_in_time(ledger, settings, due, day):
    """Said to be done on a day on which there was time."""
    settings.DANVAN_TODAY = day
    row = claim_done(ledger.one(due_on=due), result="x", actor=None)
    settings.DANVAN_TODAY = TODAY
    return row


def test_totals_are_what_was_due_as_it_stood_on_the_day(ledger, settings):
    within = Unit.objects.filter(pk=ledger.lead.pk).values("pk")
    due = date(2026, 10, 15)
    in_time = claimed_in_time(ledger, settings, due, date(2026, 10, 10))
    verify_commitment(in_time, finding="x", on=date(2026, 10, 20), actor=None)
    tardy = claim_done(ledger.one(due_on=due), result="x", on=date(2026, 10, 20), actor=None)
    verify_commitment(tardy, finding="x", on=date(2026, 10, 25), actor=None)
    claim_done(ledger.one(due_on=due), result="x", on=date(2026, 11, 2), actor=None)
    ledger.one(due_on=due)
    ledger.one(due_on=date(2026, 10, 31))
    ledger.one(due_on=date(2026, 11, 1))
    ledger.one(due_on=due, lead_id=ledger.other.pk)
    withdraw_commitment(ledger.one(due_on=due), words="Nhầm", actor=None)
    october = Period.parse("2026-10")
    assert totals(within, october, date(2026, 10, 31)) == DueTotals(5, 2, 2, 1, 2, 3)
    assert totals(within, october, date(2026, 11, 20)) == DueTotals(5, 3, 2, 1, 2, 2)
    assert totals(within, Period.parse("2025"), TODAY) == DueTotals(0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(("key", "count"), [("claimed", 2), ("verified", 1)])
def test_counters_count_by_lead_and_day_and_show_their_records(ledger, key, count):
    first = claim_done(
        ledger.one(), result="x", on=date(2026, 10, 10), actor=None, evidence=[PICTURE]
    )
    verify_commitment(first, finding="x", on=date(2026, 10, 12), actor=None)
    claim_done(ledger.one(), result="x", on=date(2026, 10, 31), actor=None)
    claim_done(ledger.one(), result="x", on=date(2026, 11, 1), actor=None)
    counter, units = counters.named(f"commitments.{key}"), [ledger.lead.pk, ledger.other.pk]
    october, year = Period.parse("2026-10"), Period.parse("2025")
    assert counter.count(units, october) == {ledger.lead.pk: count}
    assert counter.tally(units, [october, year]) == {(ledger.lead.pk, october): count}
    assert counter.tally(units, []) == {}
    assert counter.how_many_records(units, october) == count
    records = counter.records(units, october)
    assert [one.unit_id for one in records] == [ledger.lead.pk] * count
    assert (records[0].url, records[0].has_evidence) == (f"/viec-phai-lam/{first.pk}/", True)


def test_own_units_are_those_granted_and_what_stands_in_them(ledger):
    p = ledger.province
    own = {p.communes[0].pk, p.fronts[0].pk, p.committees[0].pk, p.governments[0].pk}
    assert set(selectors.own_units(ledger.officer)) == own
    assert selectors.own_units(make_grant(p.place, "clerk")) == []
    on = TODAY
    assert selectors.assigning_units(ledger.checker, on=on) == [(p.committee.pk, "Tỉnh ủy Nghệ An")]
    assert selectors.assigning_units(ledger.leader, on=on)[-1] == (p.place.pk, "Tỉnh Nghệ An")
    assert selectors.assigning_units(ledger.officer, on=on) == []


def test_words_mean_a_unit(ledger):
    lead = ledger.lead

    def meant(words, picked=""):
        return selectors.unit_meant(words, on=TODAY, picked=picked)

    assert meant("Ủy ban nhân dân Xã Môn Sơn").unit_id == lead.pk
    assert meant("uy ban nhan dan xa mon son", picked=str(lead.pk)).unit_id == lead.pk
    assert meant("Xã Môn Sơn", picked=str(lead.pk)).unit_id == ledger.province.communes[0].pk
    assert meant("không có đơn vị nào").offers == []
    assert len(meant("Môn Sơn").offers) > 1


def test_what_is_offered_may_be_typed_as_it_is_written(ledger):
    offered = selectors.unit_meant("Môn Sơn", on=TODAY).offers
    typed = [selectors.unit_meant(label, on=TODAY).unit_id for _, label in offered]
    assert typed == [pk for pk, _ in offered]
    assert all("," in label for _, label in offered)
    nowhere = selectors.unit_meant("Xã Môn Sơn, Tỉnh nào đó", on=TODAY)
    assert (nowhere.unit_id, nowhere.offers) == (None, [])


def test_rows_name_themselves(ledger):
    row = ledger.one(support_ids=(ledger.support.pk,))
    add_evidence(row, name=PICTURE[0], content=PICTURE[1], actor=None)
    extension = ask_extension(row, until=date(2027, 5, 1), reason="Mưa", actor=None)
    [one] = ask_about([row], question="", due_on=TODAY, actor=None)
    things = (row, row.supports.get(), row.evidence.get(), row.steps.first(), extension, one)
    assert [str(thing) for thing in things] == [
        "CK-2026-0001",
        f"{row.pk}:{ledger.support.pk}",
        "anh-mat-duong.png",
        f"{row.pk}:assigned",
        f"{row.pk}:2027-05-01",
        one.subject,
    ]
    assert str(one.steps.get()) == f"{one.pk}:asked"
    assert Commitment.objects.count() == 1


def test_what_was_due_is_read_one_by_one_as_it_stood_on_the_day(ledger, settings):
    within = Unit.objects.filter(pk=ledger.lead.pk).values("pk")
    due = date(2026, 10, 15)
    done = claimed_in_time(ledger, settings, due, date(2026, 10, 10))
    verify_commitment(done, finding="x", on=date(2026, 11, 2), actor=None)
    open_ = ledger.one(due_on=date(2026, 10, 31))
    withdraw_commitment(ledger.one(due_on=due), words="Nhầm", actor=None)
    found = due_rows(within, Period.parse("2026-10"), date(2026, 10, 31))
    assert [(row.pk, row.claimed_on, row.verified_on) for row in found] == [
        (done.pk, date(2026, 10, 10), None),
        (open_.pk, None, None),
    ]


def test_modules_above_read_what_they_tell_of(ledger):
    row = ledger.one(due_on=date(2026, 11, 25), support_ids=(ledger.support.pk,))
    claim_done(ledger.one(due_on=date(2026, 11, 25)), result="x", actor=None)
    extension = ask_extension(row, until=date(2027, 5, 1), reason="Mưa", actor=None)
    [one] = ask_about([row], question="", due_on=TODAY, actor=None)
    assert list(telling.undone_between(TODAY, date(2026, 11, 25))) == [row]
    assert list(telling.undone_between(TODAY, date(2026, 11, 24))) == []
    assert telling.commitments_told([row.pk, 0]) == [row]
    assert telling.explanations_told([one.pk]) == [one]
    assert telling.extension_told(extension.pk) == extension
    assert telling.extension_told(0) is None
