"""A directive rolled out: each clause with its tasks, and the documents by which units carry it out."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.services import claim_done
from danvan.documents.bodies import Doer, TaskBody
from danvan.documents.enums import Stage, Verdict
from danvan.documents.models import Distribution, Document, Relation
from danvan.documents.selectors.roll_out import ClauseState, cascade_of_documents, clauses_of
from danvan.documents.services import (
    accept_proposal,
    add_relation,
    correct_proposal,
    distribute_document,
    finish_review,
    propose_again,
    propose_task,
    receive_document,
    register_issued_document,
    reject_open,
    set_roll_out,
    take_back_waiver,
    waive_clause,
)
from danvan.foundation.errors import RuleError
from danvan.indicators.services import cover_share, decline_share, divide_target
from danvan.law.services import load_parameters
from danvan.organisations.enums import Kind, Level
from danvan.organisations.models import Unit, UnitVersion
from tests.documents.acts import enter
from tests.documents.papers import Paper
from tests.factories.merging import Merger
from tests.factories.province import make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.goals import a_goal

pytestmark = pytest.mark.django_db
PAPER = Paper(
    body=(
        "I. Kết quả",
        "1. Năm 2025, toàn tỉnh đã tổ chức 318 cuộc đối thoại với Nhân dân ở cơ sở.",
        "II. Nhiệm vụ",
        "1. Đảng ủy các xã, phường rà soát hộ dân vùng sạt lở, báo cáo trước ngày 31/3/2027.",
        "2. Nêu cao vai trò nêu gương của người đứng đầu trong công tác dân vận.",
        "3. Mỗi quý, 90% cấp ủy cấp xã tổ chức ít nhất 01 cuộc đối thoại với Nhân dân.",
    )
)
ISSUED = {"document_type": "plan", "actor": None}


@pytest.fixture
def read(province):
    """The paper as it was read: a task, a target, and one clause of which the engine says nothing."""
    return enter(province, content=PAPER.as_docx(), symbol="07-NQ/TU", issued_on=PAPER.day)


def states(document):
    return [one.state for one in clauses_of(document).lines]


def give(document, **more):
    body = TaskBody(
        title="Rà soát", due_on=date(2027, 3, 31), product="Báo cáo",
        leads=(Doer(words="các xã", kind=Kind.PARTY_COMMITTEE, levels=(Level.COMMUNE.value,)),),
    )  # fmt: skip
    line = next(one for one in clauses_of(document).lines if "nêu gương" in one.words)
    proposal = propose_task(document, line.start, actor=None)
    return correct_proposal(proposal, correction=body.as_json(), actor=None)


def test_every_clause_says_what_was_made_of_it_and_what_only_tells_is_left_out(province, read):
    found = clauses_of(read)
    assert [one.state for one in found.lines] == [
        ClauseState.TOLD,
        ClauseState.PROPOSED, ClauseState.BARE, ClauseState.PROPOSED,
    ]  # fmt: skip
    bare = found.in_state(ClauseState.BARE)[0]
    waive_clause(read, bare.start, reason=" yêu cầu  chung ", actor=None)
    assert clauses_of(read).lines[2].waiver.reason == "yêu cầu chung"
    with pytest.raises(RuleError, match="đã được đánh dấu"):
        waive_clause(read, bare.start, reason="chung", actor=None)
    take_back_waiver(read, bare.start, actor=None)
    assert states(read)[2] == ClauseState.BARE
    with pytest.raises(RuleError, match="chưa được đánh dấu"):
        take_back_waiver(read, bare.start, actor=None)
    for start, reason in ((bare.start, " "), (bare.start, "x" * 301), (bare.start + 1, "chung")):
        with pytest.raises(RuleError):
            waive_clause(read, start, reason=reason, actor=None)


def test_a_clause_without_a_task_is_given_from_its_own_words_and_told_in_three_facts(
    province, read
):
    bare = clauses_of(read).in_state(ClauseState.BARE)[0]
    waive_clause(read, bare.start, reason="yêu cầu chung", actor=None)
    for kind in ("task", "target", "figure", "citation"):
        reject_open(read, actor=None, kind=kind)
    finish_review(Document.objects.get(pk=read.pk), actor=None)
    proposal = give(read)
    assert (proposal.verdict, read.clause_waivers.count()) == (Verdict.CORRECTED, 0)
    first = Commitment.objects.filter(lead=province.committees[0]).get()
    claim_done(first, result="Đã rà soát", actor=None)
    line = next(one for one in clauses_of(read).lines if one.facts.given)
    facts = line.facts
    assert (facts.given, facts.claimed, facts.verified, facts.asked, facts.late) == (3, 1, 0, 0, 0)
    assert next(one for one in clauses_of(read, on=date(2028, 1, 1)).lines if one.facts.given).facts.late == 2  # fmt: skip
    with pytest.raises(RuleError, match="đã được giao"):
        waive_clause(read, bare.start, reason="chung", actor=None)
    again = propose_task(read, bare.start, actor=None)
    assert propose_task(read, bare.start, actor=None) == again
    assert again.end < proposal.end
    for stage, words in ((Stage.READING, "chưa đọc xong"), (Stage.FILED, "Cho máy đọc")):
        Document.objects.filter(pk=read.pk).update(stage=stage)
        with pytest.raises(RuleError, match=words):
            propose_task(read, bare.start, actor=None)


def test_a_divided_target_says_who_covers_its_share_who_refuses_and_who_is_silent(province, read):
    goal = a_goal(province.place, an_indicator("CT-01"), goal=30)
    whole = a_goal(province.place, an_indicator("CT-02"), goal=5)
    clause = clauses_of(read).in_state(ClauseState.BARE)[0]
    for one in (goal, whole):
        one.source_kind, one.source_id = "documents.document", read.pk
        one.source_start, one.source_end = clause.start, clause.end
        one.save()
    assert [one.divided for one in clauses_of(read).lines[2].targets] == [False, False]
    shares = [(one.pk, Decimal(10)) for one in province.communes]
    divide_target(goal, shares, reserve=Decimal(0), actor=None)
    cover_share(goal, province.communes[0].pk, actor=None)
    decline_share(goal, province.communes[1].pk, reason="Chưa có cán bộ", actor=None)
    found = clauses_of(read)
    [cover] = found.divided
    assert (cover.covers, cover.refused, cover.silent, cover.more) == (1, 1, 1, 0)
    assert cover.silent_names == ("Xã Châu Khê",)
    assert found.lines[2].state == ClauseState.GIVEN


@pytest.fixture
def directive(province):
    """A directive of the province, sent to the committees of the communes on the last day of November."""
    load_parameters()
    letter = register_issued_document(
        unit=province.committee, symbol="07-NQ/TU", abstract="về đối thoại", content=PAPER.as_docx(),
        name="nq.docx", issued_on=PAPER.day, **(ISSUED | {"document_type": "resolution"}),
    )  # fmt: skip
    distribute_document(letter, [one.pk for one in province.committees], actor=None)
    Distribution.objects.update(sent_at="2026-11-20T03:00:00Z")
    propose_again(letter, actor=None)
    return Document.objects.get(pk=letter.pk)


def plan(unit, symbol, of, day=date(2026, 12, 10), **named):
    made = register_issued_document(unit=unit, symbol=symbol, abstract="kế hoạch", issued_on=day, **ISSUED)  # fmt: skip
    told = {"symbol": of.symbol, "issued_on": of.issued_on, "other": of} | named
    add_relation(made, kind="implements", actor=None, **told)
    return made


def seen(user, document):
    found = cascade_of_documents(user, document)
    return {one.unit_id: one for level in found.levels for one in level.units}, found


def test_whoever_was_sent_it_has_a_document_by_its_day_or_stands_in_the_list_of_those_without(
    province, reviewer, directive
):
    first, second, third = province.committees
    received = receive_document(
        Distribution.objects.get(unit=first), received_on=date(2026, 11, 21), actor=None
    )
    one = plan(first, "05-KH/ĐU", received)  # names the entry in its own register
    two = plan(second, "05-KH/ĐU", directive, date(2026, 12, 25), other=None)  # names the symbol
    units, found = seen(reviewer, directive)
    assert (found.addressed, found.have, found.lack, found.late) == (3, 2, 1, 1)
    [level] = found.levels
    assert [len(level.narrowed(state)) for state in ("", "co", "chua", "qua-han")] == [3, 2, 1, 1]
    shown = [units[one.pk] for one in (first, second, third)]
    assert [[own.document for own in one.documents] for one in shown] == [[one], [two], []]
    assert [one.due_on for one in shown] == [date(2026, 12, 20)] * 3
    assert [one.days for one in shown] == [-10, 5, 11]
    # Of two communes' plans of one symbol and day only the one that is named by its entry is carried out.
    cell = register_issued_document(unit=first, symbol="01-NQ/CB", abstract="chi bộ", issued_on=date(2026, 12, 20), **ISSUED)  # fmt: skip
    add_relation(cell, kind="implements", symbol="05-KH/ĐU", other=one, actor=None)
    units, _ = seen(reviewer, directive)
    assert [(own.document, own.carries) for own in units[first.pk].documents] == [
        (one, ""), (cell, "05-KH/ĐU"),
    ]  # fmt: skip
    clerk = make_grant(second, "clerk")  # who may not open what the others issued
    units, _ = seen(clerk, directive)
    assert [own.readable for own in units[first.pk].documents] == [False, False]
    assert [own.readable for own in units[second.pk].documents] == [True]


def test_the_issuer_sets_the_day_or_asks_for_no_document_at_all(province, reviewer, directive):
    set_roll_out(directive, asks_plan=True, plan_due_on=date(2027, 1, 15), actor=None)
    units, found = seen(reviewer, directive)
    assert {one.due_on for one in units.values()} == {found.due_on} == {date(2027, 1, 15)}
    set_roll_out(directive, asks_plan=False, plan_due_on=date(2027, 1, 15), actor=None)
    units, found = seen(reviewer, directive)
    assert ({one.due_on for one in units.values()}, found.asks_plan) == ({None}, False)
    with pytest.raises(RuleError, match="trước ngày của văn bản"):
        set_roll_out(directive, asks_plan=True, plan_due_on=date(2026, 1, 1), actor=None)


def test_a_document_from_above_reaches_the_communes_through_the_provinces_own(province, reviewer):
    central = enter(
        province, content=Paper(symbol="18-CT/TW").as_docx(), name="ct.docx", symbol="18-CT/TW",
        issued_on=date(2026, 10, 1), received_on=date(2026, 10, 5),
    )  # fmt: skip
    own = plan(province.committee, "20-CTr/TU", central, date(2026, 10, 20))
    distribute_document(own, [province.committees[0].pk], actor=None)
    entry = receive_document(
        Distribution.objects.get(document=own), received_on=date(2026, 11, 1), actor=None
    )
    add_relation(entry, kind="implements", symbol="18-CT/TW", issued_on=central.issued_on, actor=None)  # fmt: skip
    below = plan(province.committees[0], "02-KH/ĐU", entry)
    _, found = seen(reviewer, central)
    assert [(one.level, one.have, one.lack) for one in found.levels] == [
        ("province", 1, 0), ("commune", 1, 0),
    ]  # fmt: skip
    assert found.levels[1].units[0].documents[0].document == below
    assert found.days is None  # no row of the parameter is loaded
    Relation.objects.filter(document=below).update(other=own.pk, symbol_key="")
    add_relation(central, kind="implements", symbol="02-KH/ĐU", other=below, actor=None)  # a circle
    assert seen(reviewer, central)[1].have == 2


def test_after_a_merger_the_heir_has_what_was_sent_to_those_before_it_and_their_documents(
    province, reviewer, directive
):
    made = plan(province.committees[0], "05-KH/ĐU", directive, date(2026, 11, 25))
    merger = Merger(province, date(2026, 12, 1), "Xã Chi Khê")
    merger.found()
    third = province.committees[2].pk  # ends, and nobody takes over
    Unit.objects.filter(pk=third).update(ended_on=merger.on)
    UnitVersion.objects.filter(unit_id=third).update(valid_to=merger.on)
    units, found = seen(reviewer, directive)
    assert (found.addressed, found.have) == (1, 1)
    heir = units[merger.committee.pk]
    assert [(own.document, bool(own.former)) for own in heir.documents] == [(made, True)]


def test_the_pages_open_act_and_refuse(province, directive, client, reviewer):
    client.force_login(reviewer)
    page = reverse("documents:roll-out", args=[directive.pk])
    assert "Chưa giao: 1" in client.get(page).content.decode()
    assert client.get(f"{page}?trang-thai=khong-can").status_code == 200
    assert client.get(reverse("documents:card", args=[directive.pk])).status_code == 200
    bare = clauses_of(directive).in_state(ClauseState.BARE)[0].start
    at = [directive.pk, bare]
    clause = reverse("documents:roll-out-clause", args=at)
    waiver = reverse("documents:waive-clause", args=at)
    assert client.post(waiver, {"reason": ""}).status_code == 422
    assert client.post(waiver, {"viec": "bo"}).status_code == 422
    assert client.post(waiver, {"reason": "Yêu cầu chung"}).status_code == 302
    assert "Yêu cầu chung" in client.get(clause).content.decode()
    assert client.post(waiver, {"viec": "bo"}).status_code == 302
    assert (
        client.get(reverse("documents:roll-out-clause", args=[directive.pk, 1])).status_code == 404
    )
    unread = client.post(reverse("documents:give-clause", args=[directive.pk, 1]))
    assert unread.status_code == 302
    given = client.post(reverse("documents:give-clause", args=at))
    assert (
        reverse("documents:correct", args=[directive.proposals.latest("pk").pk])
        == given["Location"]
    )
    give(directive)
    assert "Đảng ủy Xã Môn Sơn" in client.get(f"{clause}?muc=da-giao").content.decode()
    assert "Không có việc nào như vậy" in client.get(f"{clause}?muc=qua-han").content.decode()
    cascade = reverse("documents:roll-out-cascade", args=[directive.pk])
    for state in ("", "co", "chua", "qua-han", "khac"):
        assert client.get(cascade, {"trang-thai": state}).status_code == 200
    setting = reverse("documents:set-roll-out", args=[directive.pk])
    sent = {"asks_plan": "on", "plan_due_on": "01/01/2026"}
    assert client.post(setting, sent).status_code == 422
    assert client.post(setting, {**sent, "plan_due_on": "32/01/2026"}).status_code == 422
    assert client.post(setting, {**sent, "plan_due_on": "31/01/2027"}).status_code == 302


def test_the_pages_ask_as_much_for_many_units_and_clauses_as_for_few(
    province, directive, client, reviewer
):
    client.force_login(reviewer)
    give(directive)
    for target in directive.proposals.open().filter(kind="target"):
        accept_proposal(target, actor=None)
    pages = [reverse(f"documents:{name}", args=[directive.pk]) for name in ("roll-out", "roll-out-cascade")]  # fmt: skip

    def asked():
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counts.append(len(queries))
        return counts

    plan(province.committees[0], "05-KH/ĐU", directive)
    few = asked()
    plan(province.committees[1], "06-KH/ĐU", directive)
    distribute_document(directive, [one.pk for one in (*province.fronts, *province.governments)], actor=None)  # fmt: skip
    assert asked() == few
