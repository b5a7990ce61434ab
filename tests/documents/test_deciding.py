"""Decisions about proposals: what each makes, what is asked for, and what may be taken back."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.documents.bodies import TargetBody
from danvan.documents.enums import ProposalKind, Verdict
from danvan.documents.errors import IncompleteError
from danvan.documents.models import Citation, Proposal, StatedFigure
from danvan.documents.services import (
    Sweep,
    accept_all_sure,
    accept_proposal,
    correct_proposal,
    register_document,
    reject_open,
    reject_proposal,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.indicators.models import Target
from tests.documents.acts import WHOLE, made, propose
from tests.documents.papers import Paper

pytestmark = pytest.mark.django_db


def test_an_accepted_target_is_set_with_its_source_kept(empty, province, reviewer):
    accepted = accept_proposal(propose(empty), actor=reviewer)

    target = Target.objects.get()
    assert (accepted.verdict, accepted.decided_by) == (Verdict.ACCEPTED, reviewer)
    assert (accepted.became_kind, accepted.became_ids) == ("indicators.target", [target.pk])
    assert accepted.correction is None
    assert (target.unit, target.title) == (province.place, WHOLE["title"])
    assert (target.population_kind, target.population_levels) == ("front_committee", ["commune"])
    assert (target.every, target.share, target.comparator) == ("year", (9, 10), "ge")
    assert (target.valid_from, target.valid_to) == (date(2026, 3, 2), date(2031, 1, 1))
    assert [(r.counter, r.minimum) for r in target.rules.all()] == [("activities.supervision", 2)]
    assert (target.source_kind, target.source_id) == ("documents.document", empty.pk)
    assert (target.source_start, target.source_end) == (10, 30)
    assert target.source_sentence == empty.text[0:40].strip()
    assert target.source_symbol == "07-NQ/TU"
    entry = AuditEntry.objects.get(action="documents.accept_proposal")
    assert entry.target == f"documents.document:{empty.pk}"
    assert entry.details == {
        "proposal_id": accepted.pk, "became": "indicators.target", "ids": [target.pk],
    }  # fmt: skip


def test_a_target_for_two_kinds_of_organisation_becomes_two(empty):
    groups = [
        {"kind": "party_committee", "levels": ["commune"], "words": "cấp ủy"},
        {"kind": "peoples_committee", "levels": ["commune"], "words": ""},
    ]
    accepted = accept_proposal(propose(empty, groups=groups), actor=None)
    targets = Target.objects.order_by("pk")
    assert accepted.became_ids == [one.pk for one in targets]
    assert [(one.population_kind, one.title.split("(")[-1]) for one in targets] == [
        ("party_committee", "cấp ủy)"),
        ("peoples_committee", "Ủy ban nhân dân)"),
    ]


def test_targets_of_one_sentence_whose_words_are_shared_are_told_apart_by_kind(empty):
    words = "cấp ủy, chính quyền các cấp"
    kinds = ("party_committee", "peoples_committee")
    groups = [{"kind": kind, "levels": ["commune"], "words": words} for kind in kinds]
    accept_proposal(propose(empty, groups=groups), actor=None)
    titles = [one.title for one in Target.objects.order_by("pk")]
    assert titles == [f"{WHOLE['title']} ({whom})" for whom in ("Cấp ủy", "Ủy ban nhân dân")]


MISSING = [
    ({"groups": []}, ("kind", "levels"), {"kind": "front_committee", "levels": ["commune"]}),
    (
        {"groups": [{"kind": "", "levels": ["commune"], "words": "các đơn vị"}]},
        ("kind",),
        {"kind": "womens_union"},
    ),
    (
        {"groups": [{"kind": "front_committee", "levels": [], "words": "Mặt trận"}]},
        ("levels",),
        {"levels": ["province", "commune"]},
    ),
    ({"every": ""}, ("every",), {"every": "quarter"}),
    ({"valid_from": ""}, ("valid_from",), {"valid_from": date(2026, 1, 1)}),
    ({"title": ""}, ("title",), {"title": "Giám sát"}),
    ({"conditions": []}, ("conditions",), {"conditions": [("activities.training", 1)]}),
    (
        {"conditions": [{"counter": "", "minimum": 3, "words": "việc tốt"}]},
        ("conditions",),
        {"conditions": [("activities.training", None)]},
    ),
    (
        {"conditions": [{"counter": "activities.training", "minimum": None, "words": "tập huấn"}]},
        ("conditions",),
        {"conditions": [("", 3)]},
    ),
    ({"conditions": [], "groups": []}, ("kind", "levels", "conditions"), {"quality": "qualitative"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "missing", "completed"), MISSING)
def test_missing_parts_are_asked_for_and_never_invented(empty, body, missing, completed):
    proposal = propose(empty, **body)
    with pytest.raises(IncompleteError) as refused:
        accept_proposal(proposal, actor=None)
    assert refused.value.missing == missing
    proposal.refresh_from_db()
    assert (proposal.verdict, proposal.correction, made()) == (Verdict.OPEN, None, (0, 0, 0, 0, 0))

    accepted = accept_proposal(proposal, actor=None, completed=completed)
    target = Target.objects.get()
    kept = TargetBody.of(accepted.correction)
    assert (accepted.verdict, kept.missing()) == (Verdict.ACCEPTED, ())
    assert accepted.body == proposal.body
    assert [(r.counter, r.minimum) for r in target.rules.all()] == [
        (one.counter, one.minimum) for one in kept.conditions
    ]
    for name, value in completed.items():
        if name in ("title", "every", "valid_from", "quality"):
            assert getattr(target, name) == value


def test_what_a_text_does_state_is_not_changed_by_completing(empty):
    completed = {"every": "month", "title": "Khác", "conditions": [("activities.other", 9)]}
    accept_proposal(propose(empty), actor=None, completed=completed)
    target = Target.objects.get()
    assert (target.every, target.title) == ("year", WHOLE["title"])
    assert [(r.counter, r.minimum) for r in target.rules.all()] == [("activities.supervision", 2)]


def test_a_qualitative_target_is_set_without_numbers(empty):
    proposal = propose(empty, quality="qualitative", conditions=[], groups=[], share=None)
    accept_proposal(proposal, actor=None)
    target = Target.objects.get()
    assert (target.quality, target.population_kind, target.rules.count()) == ("qualitative", "", 0)


def test_an_accepted_citation_leads_to_the_document_of_the_same_register(empty, province):
    def enter(unit, day, about):
        return register_document(
            unit=unit, content=Paper(about=about).as_txt(), name="b.txt", actor=None,
            symbol="23 - QĐ/TW", document_type="decision", issuer_name="Bộ Chính trị",
            issued_on=day,
        )  # fmt: skip

    enter(province.front, date(2021, 7, 30), "ở sổ khác")
    enter(province.committee, date(2020, 1, 1), "ngày khác")
    cited = enter(province.committee, date(2021, 7, 30), "đúng")
    dated = accept_proposal(
        propose(empty, ProposalKind.CITATION, issued_on=date(2021, 7, 30)), actor=None
    )
    undated = accept_proposal(propose(empty, ProposalKind.CITATION, start=50), actor=None)
    named = accept_proposal(
        propose(empty, ProposalKind.CITATION, start=90, symbol="", name="Luật Thanh tra"),
        actor=None,
    )
    assert [c.cited for c in Citation.objects.order_by("pk")] == [cited, cited, None]
    assert [str(c) for c in Citation.objects.order_by("pk")] == [
        "23-QĐ/TW",
        "23-QĐ/TW",
        "Luật Thanh tra",
    ]
    assert dated.became_ids == [dated.citation.pk]
    assert (undated.citation.issued_on, named.citation.symbol_key) == (None, "")


def test_a_document_does_not_cite_itself(empty):
    accept_proposal(propose(empty, ProposalKind.CITATION, symbol="07-NQ/TU"), actor=None)
    assert Citation.objects.get().cited is None


def test_an_accepted_figure_is_kept_as_stated(empty):
    accepted = accept_proposal(
        propose(
            empty, ProposalKind.FIGURE, value=Decimal(712), numerator=Decimal(712),
            unit_label="kiến nghị", qualifier="gt", period_from=date(2025, 1, 1),
            period_to=date(2025, 12, 31), percent=Decimal("88.4"),
        ),
        actor=None,
    )  # fmt: skip
    figure = StatedFigure.objects.get()
    assert accepted.became_ids == [figure.pk]
    assert (figure.value, figure.numerator, figure.denominator) == (712, 712, None)
    assert (figure.unit_label, figure.qualifier, str(figure)) == ("kiến nghị", "gt", "Đối thoại")
    assert (figure.period_from, figure.period_to) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("body", "missing", "completed"),
    [
        ({"label": ""}, ("label",), {"label": "Số cuộc"}),
        ({"value": None}, ("value",), {"value": Decimal("2.5")}),
    ],
)
def test_a_figure_needs_its_label_and_number(empty, body, missing, completed):
    proposal = propose(empty, ProposalKind.FIGURE, **body)
    with pytest.raises(IncompleteError) as refused:
        accept_proposal(proposal, actor=None)
    assert (refused.value.missing, made()) == (missing, (0, 0, 0, 0, 0))
    accept_proposal(proposal, actor=None, completed={**completed, "quality": "qualitative"})
    figure = StatedFigure.objects.get()
    assert {name: getattr(figure, name) for name in completed} == completed


def test_a_citation_needs_a_symbol(empty):
    proposal = propose(empty, ProposalKind.CITATION, symbol="")
    with pytest.raises(IncompleteError):
        accept_proposal(proposal, actor=None)
    accept_proposal(proposal, actor=None, completed={"symbol": "12-KL/TW"})
    assert Citation.objects.get().symbol_key == "12-kl/tw"


def test_a_range_is_kept_as_a_range(empty):
    proposal = propose(empty, ProposalKind.FIGURE, value=None, low=Decimal(3), high=Decimal(5))
    accept_proposal(proposal, actor=None)
    figure = StatedFigure.objects.get()
    assert (figure.value, figure.low, figure.high) == (None, 3, 5)


def test_a_corrected_proposal_makes_what_the_person_wrote(empty, reviewer):
    proposal = propose(empty)
    corrected = correct_proposal(
        proposal, actor=reviewer,
        correction={**WHOLE, "title": "Đúng hơn", "share": None, "followed_by": empty.unit_id},
    )  # fmt: skip
    target = Target.objects.get()
    assert (corrected.verdict, corrected.body["title"]) == (Verdict.CORRECTED, WHOLE["title"])
    assert corrected.correction["title"] == target.title == "Đúng hơn"
    assert (target.share, target.followed_by_id) == ((1, 1), empty.unit_id)


def test_a_correction_that_is_not_whole_or_not_right_changes_nothing(empty):
    proposal = propose(empty)
    for wrong, refusal in (
        ({**WHOLE, "every": ""}, IncompleteError),
        ({**WHOLE, "share": [11, 10]}, RuleError),
        ({**WHOLE, "conditions": [{"counter": "nothing.here", "minimum": 1}]}, RuleError),
    ):
        with pytest.raises(refusal):
            correct_proposal(proposal, actor=None, correction=wrong)
    proposal.refresh_from_db()
    assert (proposal.verdict, proposal.correction, made()) == (Verdict.OPEN, None, (0, 0, 0, 0, 0))


def test_a_rejected_proposal_makes_nothing(empty, reviewer):
    rejected = reject_proposal(propose(empty), actor=reviewer)
    assert (rejected.verdict, rejected.decided_by, made()) == (
        Verdict.REJECTED,
        reviewer,
        (0, 0, 0, 0, 0),
    )


def test_all_that_is_sure_and_whole_is_accepted_at_once(empty, reviewer):
    sure = propose(empty)
    citation = propose(empty, ProposalKind.CITATION, start=40, confidence=90)
    lacking = propose(empty, start=70, every="")
    unsure = propose(empty, start=100, confidence=89)
    rejected = reject_proposal(propose(empty, start=130), actor=None)

    assert accept_all_sure(empty, actor=reviewer, kind="target") == Sweep(accepted=1, incomplete=1)
    assert accept_all_sure(empty, actor=reviewer) == Sweep(accepted=1, incomplete=1)
    verdicts = dict(Proposal.objects.values_list("pk", "verdict"))
    assert verdicts == {
        sure.pk: Verdict.ACCEPTED,
        citation.pk: Verdict.ACCEPTED,
        lacking.pk: Verdict.OPEN,
        unsure.pk: Verdict.OPEN,
        rejected.pk: Verdict.REJECTED,
    }
    assert made() == (1, 1, 0, 0, 0)
    sure.refresh_from_db()
    assert (sure.became_ids, sure.decided_by) == ([Target.objects.get().pk], reviewer)
    swept = AuditEntry.objects.filter(action="documents.accept_all_sure").order_by("pk")
    assert [entry.details["proposals"] for entry in swept] == [[sure.pk], [citation.pk]]


def test_accepting_all_when_nothing_is_sure_leaves_no_trace(empty):
    propose(empty, confidence=10)
    before = AuditEntry.objects.count()
    assert accept_all_sure(empty, actor=None) == Sweep(accepted=0, incomplete=0)
    assert AuditEntry.objects.count() == before


def test_one_target_that_is_refused_leaves_all_of_them_open(empty):
    propose(empty)
    propose(empty, start=60, conditions=[{"counter": "nothing.here", "minimum": 1, "words": ""}])
    with pytest.raises(RuleError):
        accept_all_sure(empty, actor=None)
    assert made() == (0, 0, 0, 0, 0)
    assert not Proposal.objects.decided().exists()


def test_what_is_left_of_one_kind_is_rejected_at_once(empty, reviewer):
    accepted = accept_proposal(propose(empty), actor=None)
    left = propose(empty, start=60)
    figure = propose(empty, ProposalKind.FIGURE, start=90)
    assert reject_open(empty, actor=reviewer, kind="target") == 1
    assert reject_open(empty, actor=reviewer, kind="target") == 0
    verdicts = dict(Proposal.objects.values_list("pk", "verdict"))
    assert verdicts == {
        accepted.pk: Verdict.ACCEPTED, left.pk: Verdict.REJECTED, figure.pk: Verdict.OPEN,
    }  # fmt: skip
