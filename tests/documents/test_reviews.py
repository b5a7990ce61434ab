"""Reviews of a directive: set for units, given as commitments when their day is near, each once."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.selectors.calendar import joint_calendar
from danvan.commitments.services import claim_done, withdraw_commitment
from danvan.documents.jobs import give_reviews_in_time
from danvan.documents.models import ReviewDuty
from danvan.documents.selectors.roll_out import review_counts, reviews_of
from danvan.documents.services import (
    ReviewTerm,
    add_relation,
    drop_reviews,
    give_due_reviews,
    give_reviews,
    register_issued_document,
    schedule_review,
    years_after,
)
from danvan.foundation.errors import RuleError
from danvan.law.models import LegalParameter
from danvan.law.services import load_parameters
from danvan.organisations.models import Unit, UnitVersion
from tests.documents.directed import directive_of
from tests.factories.merging import Merger
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
DAY, DUE = date(2026, 12, 31), date(2027, 3, 2)


def build():
    province = Province()
    load_parameters()
    return province, directive_of(province), make_grant(province.place, "specialist")


_world = once(build, DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def scheduled(document, units, due=DUE, kind="interim", actor=None):
    term = ReviewTerm(kind=kind, title="Sơ kết 1 năm", due_on=due, unit_ids=[one.pk for one in units])  # fmt: skip
    return schedule_review(document, term, actor=actor)


def end(unit, on):
    """And nobody takes over."""
    Unit.objects.filter(pk=unit.pk).update(ended_on=on)
    UnitVersion.objects.filter(unit=unit).update(valid_to=on)


def test_a_review_becomes_a_commitment_when_its_day_is_near_and_only_once(world, settings):
    province, document, _ = world
    scheduled(document, province.committees)
    far = scheduled(document, [province.committee], date(2031, 3, 2), "final")
    give_reviews_in_time()  # two months and a day before
    assert not Commitment.objects.exists()
    settings.DANVAN_TODAY = date(2027, 1, 1)
    assert (give_due_reviews(), give_due_reviews()) == (3, 0)
    work = Commitment.objects.order_by("pk")
    assert {(one.source_id, one.due_on, one.product) for one in work} == {(document.pk, DUE, "Báo cáo sơ kết")}  # fmt: skip
    assert work[0].title.startswith("Sơ kết 1 năm: Nghị quyết 07-NQ/TU")
    claim_done(work[0], result="Đã sơ kết", actor=None)
    counts = review_counts(document)
    assert counts == {"": 4, "cho-giao": 1, "dang-lam": 2, "qua-han": 0, "bao-xong": 1, "kiem-tra": 0}  # fmt: skip
    assert [reviews_of(document, state).count() for state in counts] == list(counts.values())
    assert reviews_of(document, "cho-giao").get() == far[0]
    # What the worker was too late for was due on its day all the same.
    [late] = scheduled(document, [province.committee], date(2027, 1, 5))
    settings.DANVAN_TODAY = date(2027, 1, 20)
    assert give_due_reviews() == 1
    late.refresh_from_db()
    assert (late.commitment.due_on, review_counts(document)["qua-han"]) == (date(2027, 1, 5), 1)
    LegalParameter.objects.filter(key="rollout.review").delete()
    assert give_due_reviews() == 0


def test_an_heir_that_owes_the_same_review_twice_does_it_once(world, settings):
    province, document, _ = world
    first, second, third = province.committees
    scheduled(document, [first, second])
    [gone] = scheduled(document, [third], kind="final")
    merger = Merger(province, date(2026, 12, 20), "Xã Chi Khê")
    merger.found()
    merger.hand_over("documents.reviews")
    end(third, merger.on)
    settings.DANVAN_TODAY = date(2027, 2, 1)
    assert give_due_reviews() == 1
    rows = ReviewDuty.objects.exclude(pk=gone.pk)
    assert {(one.unit_id, one.commitment.lead_id) for one in rows} == {(merger.committee.pk,) * 2}
    assert len({one.commitment_id for one in rows}) == 1
    with pytest.raises(RuleError, match="không còn hoạt động"):
        give_reviews(document, [gone.pk], actor=None)


def test_what_cannot_be_is_refused_and_what_was_given_is_not_dropped(world):
    province, document, _ = world
    one = province.committees[0]
    for more, words in (
        ({"kind": "x"}, "sơ kết hoặc tổng kết"),
        ({"title": " "}, "ghi nội dung"),
        ({"title": "x" * 201}, "dài quá"),
        ({"due_on": date(2026, 12, 30)}, "đã qua"),
        ({"due_on": date(2060, 1, 1)}, "quá xa"),
        ({"unit_ids": []}, "ít nhất một đơn vị"),
        ({"unit_ids": [province.place.pk]}, "Không phải cơ quan"),
        ({"unit_ids": [10**9]}, "Không phải cơ quan"),
        ({"unit_ids": range(1, 1002)}, "nhiều nhất"),
    ):
        said = {"kind": "interim", "title": "Sơ kết", "due_on": DUE, "unit_ids": [one.pk]} | more
        with pytest.raises(RuleError, match=words):
            schedule_review(document, ReviewTerm(**said), actor=None)
    type(document).objects.filter(pk=document.pk).update(issued_on=date(2027, 6, 1))
    with pytest.raises(RuleError, match="sau ngày của văn bản"):
        scheduled(document, [one])
    type(document).objects.filter(pk=document.pk).update(issued_on=document.issued_on)
    [made] = scheduled(document, [one])
    with pytest.raises(RuleError, match="đã có lần"):
        scheduled(document, [one])
    [other] = scheduled(document, [one, province.committees[1]])
    assert (drop_reviews(document, [other.pk], actor=None), ReviewDuty.objects.count()) == (1, 1)
    assert give_reviews(document, [made.pk], actor=None) == 1
    for act, words in ((give_reviews, "đã giao"), (drop_reviews, "không bỏ được")):
        with pytest.raises(RuleError, match=words):
            act(document, [made.pk], actor=None)
    with pytest.raises(RuleError, match="ít nhất một lần"):
        drop_reviews(document, [], actor=None)
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)
    Unit.objects.filter(pk=document.unit_id).update(ended_on=DAY)
    scheduled(document, [one], date(2027, 2, 4))
    assert give_due_reviews() == 0  # refused: the others did not wait for it
    end(document.unit, DAY)
    [last] = scheduled(document, [one], date(2027, 2, 5))
    with pytest.raises(RuleError, match="chưa giao được"):
        give_reviews(document, [last.pk], actor=None)
    assert give_due_reviews() == 0


def test_a_withdrawn_commitment_frees_its_review(world, settings):
    province, document, _ = world
    one, two, three = scheduled(document, province.committees[:3])
    give_reviews(document, [one.pk, two.pk, three.pk], actor=None)
    given = {row.pk: row.commitment for row in ReviewDuty.objects.all()}
    for row in (one, two, three):
        withdraw_commitment(given[row.pk], words="Giao nhầm", actor=None)
    assert review_counts(document)["cho-giao"] == 3
    settings.DANVAN_TODAY = date(2027, 2, 1)
    assert give_due_reviews() == 0  # a person took them back: a person gives them
    assert give_reviews(document, [one.pk], actor=None) == 1
    assert drop_reviews(document, [two.pk], actor=None) == 1
    [again, new] = scheduled(document, province.committees[1:3][::-1])
    assert (again.pk, again.commitment_id, new.unit_id) == (three.pk, None, two.unit_id)
    assert give_due_reviews() == 2  # set again, they wait for their day like the others
    assert set(given.values()).isdisjoint(row.commitment for row in ReviewDuty.objects.all())
    with pytest.raises(RuleError, match="đã có lần"):
        scheduled(document, province.committees[:3])


def test_the_calendar_of_a_unit_shows_what_it_owes_before_it_is_given(world):
    province, document, reader = world
    commune = province.committees[0]
    assert joint_calendar(reader, [commune.pk], DUE, DUE).items == []
    scheduled(document, [commune, province.committee])
    officer = make_grant(commune, "commune_officer")
    found = joint_calendar(officer, [commune.pk], DUE, DUE).items
    assert [(one.title, one.mark.url) for one in found] == [
        ("Sơ kết 1 năm: 07-NQ/TU", reverse("documents:card", args=[document.pk]))
    ]
    own_page = reverse("documents:roll-out-reviews", args=[document.pk])
    [kept] = joint_calendar(reader, [province.committee.pk], DUE, DUE).items
    assert (kept.mark.url, kept.late) == (own_page, False)
    stranger = make_grant(province.fronts[0], "commune_officer")
    assert joint_calendar(stranger, [commune.pk], DUE, DUE).items[0].mark.url == ""


def test_the_pages_set_give_drop_and_refuse(world, client):
    province, document, reader = world
    client.force_login(reader)
    page = reverse("documents:roll-out-reviews", args=[document.pk])
    assert "Chưa đặt lịch" in client.get(page).content.decode()
    schedule = reverse("documents:schedule-review", args=[document.pk])
    for odd in (
        {}, {"kind": "interim"}, {"kind": "interim", "due_on": "1/1/2028"},
        {"kind": "interim", "years": "1", "due_on": "1/1/2028", "everyone": "on"},
        {"kind": "interim", "years": "99", "everyone": "on"},
        {"kind": "interim", "due_on": "32/1/2028", "everyone": "on"},
    ):  # fmt: skip
        assert client.post(schedule, odd).status_code == 422
    sent = {"kind": "interim", "years": "2", "everyone": "on"}
    assert client.post(schedule, sent).status_code == 302
    rows = list(ReviewDuty.objects.all())
    assert {(one.title, one.due_on) for one in rows} == {("Sơ kết 2 năm thực hiện", years_after(document.issued_on, 2))}  # fmt: skip
    give, drop = (reverse(f"documents:{name}", args=[document.pk]) for name in ("give-reviews", "drop-reviews"))  # fmt: skip
    assert client.post(give, {"chon": ["x", 10**20]}).status_code == 422
    assert client.post(give, {"chon": rows[0].pk}).status_code == 302
    assert client.post(drop, {"chon": rows[0].pk}).status_code == 422
    assert client.post(drop, {"chon": rows[1].pk}).status_code == 302
    box = f'name="chon" value="{rows[0].pk}"'
    assert box not in client.get(page).content.decode()
    given = ReviewDuty.objects.get(pk=rows[0].pk).commitment
    withdraw_commitment(given, words="Giao nhầm", actor=None)
    assert box in client.get(page).content.decode()
    report = register_issued_document(
        unit=province.committee, symbol="99-BC/TU", abstract="sơ kết", document_type="report",
        issued_on=date(2026, 12, 30), actor=None,
    )  # fmt: skip
    add_relation(report, kind="reviews", symbol=document.symbol, issued_on=document.issued_on, other=document, actor=None)  # fmt: skip
    assert "99-BC/TU" in client.get(page).content.decode()
    for state in ("cho-giao", "dang-lam", "qua-han", "bao-xong", "kiem-tra", "khac"):
        assert client.get(page, {"trang-thai": state}).status_code == 200
