"""Initiatives of households: counted on all households of the village, put to the people or declined; no names."""

from datetime import date

import pytest

from danvan.grassroots.enums import State
from danvan.grassroots.models import Initiative, Matter
from danvan.grassroots.selectors import initiative_card_of, initiatives_ready, standing_of
from danvan.grassroots.services import (
    InitiativeDraft,
    PlanDraft,
    Support,
    count_initiative,
    decline_initiative,
    enter_initiative,
    make_plan,
    raise_initiative,
    withdraw_matter,
)
from danvan.law.models import LegalParameter
from danvan.organisations.holders import all_holders
from danvan.organisations.models import UnitSize
from tests.factories.merging import ON, Merger
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.once import once, own

pytestmark = pytest.mark.django_db
_commune = once(matters.Commune, DANVAN_TODAY=matters.TODAY)
SAID = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = matters.TODAY


@pytest.fixture
def commune(_commune):
    return own(_commune)


def support(supporters=9, households=90, counted_on=SAID, **more):
    return Support(counted_on=counted_on, supporters=supporters, households=households, **more)


def drafted(commune, **more):
    said = {
        "unit_id": commune.unit.pk,
        "village_id": commune.villages[0].pk,
        "kind_id": matters.kind("QD06").pk,
        "title": "Quy ước vệ sinh đường làng",
        "support": support(),
    }
    return InitiativeDraft(**{**said, **more})


def entered(commune, **more):
    return enter_initiative(drafted(commune, **more), actor=None)


def test_one_tenth_of_all_households_may_put_it_to_the_people(commune):
    initiative = entered(commune)
    standing = standing_of(initiative)
    assert (initiative.number, str(initiative)) == ("SK-2026-0001", "SK-2026-0001")
    assert (standing.needed, standing.enough, standing.word) == (9, True, "Đủ hộ, chờ đưa ra bàn")
    assert standing.holds_until == date(2027, 2, 2)
    matter = raise_initiative(initiative, on=date(2026, 11, 16), actor=None)
    assert (matter.village, matter.state, matter.basis) == (
        commune.villages[0], State.DUE, "Sáng kiến SK-2026-0001 của 9/90 hộ",
    )  # fmt: skip
    initiative = Initiative.objects.get()
    assert initiative.matter == matter
    assert standing_of(initiative).word == "Đã đưa ra Nhân dân bàn"
    assert "đã được trả lời" in str(matters.refused(raise_initiative, initiative, on=SAID))


def test_too_few_households_are_told_how_many_more_and_by_which_law(commune):
    initiative = entered(commune, support=support(8))
    broken = str(matters.refused(raise_initiative, initiative, on=SAID))
    assert "Mới 8/90 hộ đồng ý, cần từ 9 hộ (Luật Thực hiện dân chủ ở cơ sở" in broken
    assert standing_of(initiative).word == "Chưa đủ hộ đồng ý"
    assert not Matter.objects.exists()
    count_initiative(initiative, support(8, front=True), actor=None)
    assert standing_of(initiative).word == "Mặt trận tán thành, chờ đưa ra bàn"
    matter = raise_initiative(initiative, on=matters.TODAY, actor=None)
    assert matter.village == commune.villages[0]
    assert matter.basis == "Sáng kiến SK-2026-0001 của 8/90 hộ, Ban công tác Mặt trận tán thành"


def test_consent_of_households_holds_for_the_months_of_the_law(commune):
    initiative = entered(commune, support=support(counted_on=date(2026, 8, 3)))
    standing = standing_of(initiative)
    assert standing.word == "Ý kiến các hộ hết giá trị 03/11/2026"
    assert "có giá trị đến 03/11/2026" in str(
        matters.refused(raise_initiative, initiative, on=matters.TODAY)
    )
    officer = make_grant(commune.place, "commune_officer")
    assert not initiatives_ready(officer, [commune.unit.pk], on=matters.TODAY).exists()
    count_initiative(initiative, support(12), actor=None)
    assert list(initiatives_ready(officer, [commune.unit.pk], on=matters.TODAY)) == [initiative]
    assert raise_initiative(initiative, on=matters.TODAY, actor=None).began_on == matters.TODAY


def test_without_the_row_of_the_law_consent_does_not_run_out(commune):
    LegalParameter.objects.filter(key="democracy.initiative.valid").delete()
    initiative = entered(commune, support=support(counted_on=date(2026, 1, 5)))
    assert standing_of(initiative).holds_until is None
    raise_initiative(initiative, on=matters.TODAY, actor=None)
    assert Matter.objects.count() == 1


def test_households_are_those_of_the_register_where_none_are_written(commune):
    unknown = matters.refused(enter_initiative, drafted(commune, support=support(households=None)))
    assert [one.column for one in unknown.faults] == ["households"]
    UnitSize.objects.create(
        unit=commune.villages[0], households=120, counted_on=date(2026, 6, 30), source="Sổ hộ"
    )  # fmt: skip
    initiative = entered(commune, support=support(households=None))
    assert initiative.counts.get().households == 120
    assert standing_of(initiative).needed == 12


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 401}, "title"),
        ({"unit_id": 0}, "unit"),
        ({"kind_id": 0}, "kind"),
        ({"code": "CK02"}, "kind"),
        ({"village_id": 0}, "village"),
        ({"support": support(0)}, "supporters"),
        ({"support": support(91)}, "supporters"),
        ({"support": support(households=0)}, "households"),
        ({"support": support(households=100_001)}, "households"),
        ({"support": support(counted_on=date(2026, 11, 21))}, "counted_on"),
        ({"support": support(counted_on=date(2020, 1, 1))}, "counted_on"),
    ],
)
def test_an_initiative_that_cannot_be_is_refused(commune, change, column):
    if "code" in change:
        change = {"kind_id": matters.kind(change["code"]).pk}
    broken = matters.refused(enter_initiative, drafted(commune, **change))
    assert column in {one.column for one in broken.faults}
    assert not Initiative.objects.exists()


def test_who_may_not_keep_it_is_told(commune):
    stranger = make_grant(commune.province.communes[1], "commune_officer")
    assert "chưa có quyền" in str(
        matters.refused(enter_initiative, drafted(commune), actor=stranger)
    )


def test_counts_go_forward_and_two_cannot_both_count(commune):
    initiative = entered(commune)
    early = matters.refused(count_initiative, initiative, support(counted_on=date(2026, 11, 1)))
    assert [one.column for one in early.faults] == ["counted_on"]
    count_initiative(initiative, support(10), actor=None, seen=0)
    assert "vừa sửa" in str(matters.refused(count_initiative, initiative, support(11), seen=0))
    assert [str(one) for one in initiative.counts.all()] == [f"{initiative.pk}:2026-11-02"] * 2


def test_it_is_declined_with_the_reason(commune):
    initiative = entered(commune)
    broken = matters.refused(decline_initiative, initiative, on=date(2026, 11, 1), why=" ")
    assert {one.column for one in broken.faults} == {"on", "why"}
    decline_initiative(initiative, on=matters.TODAY, why="Đã có quy ước", actor=None)
    officer = make_grant(commune.place, "commune_officer")
    initiative.refresh_from_db()
    card = initiative_card_of(officer, initiative)
    assert (card.waits, card.may_keep, len(card.counts)) == (False, True, 1)
    assert card.line.standing.word == "Không đưa ra bàn, trả lời 20/11/2026"


def test_one_whose_matter_was_taken_back_waits_again(commune):
    initiative = entered(commune)
    officer = make_grant(commune.place, "commune_officer")
    for _ in range(2):
        matter = raise_initiative(initiative, on=matters.TODAY, actor=None)
        assert not initiatives_ready(officer, [commune.unit.pk], on=matters.TODAY).exists()
        withdraw_matter(matter, why="Ghi nhầm ngày", actor=None)
        [ready] = initiatives_ready(officer, [commune.unit.pk], on=matters.TODAY)
        assert initiative_card_of(officer, ready).waits
    decline_initiative(initiative, on=matters.TODAY, why="Đã có quy ước", actor=None)
    assert standing_of(Initiative.objects.get()).word == "Không đưa ra bàn, trả lời 20/11/2026"


def test_an_unanswered_one_passes_to_the_heir(commune):
    initiative = entered(commune)
    [holder] = [one for one in all_holders() if one.key == "grassroots.initiatives"]
    assert holder.count_open([commune.unit.pk], matters.TODAY) == {commune.unit.pk: 1}
    assert holder.title(initiative) == "SK-2026-0001 Quy ước vệ sinh đường làng"


def test_a_plan_and_an_initiative_pass_to_the_heir_and_come_back(commune, settings):
    settings.DANVAN_TODAY = ON
    plan = make_plan(PlanDraft(unit_id=commune.unit.pk, year=2026), actor=None)
    initiative = entered(commune, support=support(counted_on=date(2026, 6, 1)))
    merger, keys = Merger(commune.province).found(), ("grassroots.plans", "grassroots.initiatives")
    moved = merger.hand_over(*keys)
    assert {one.title for one in moved} == {
        "Kế hoạch công khai năm 2026", "SK-2026-0001 Quy ước vệ sinh đường làng",
    }  # fmt: skip
    for one in (plan, initiative):
        one.refresh_from_db()
        assert (one.unit_id, one.changes) == (merger.government.pk, 1)
    merger.take_back(*keys)
    for one in (plan, initiative):
        one.refresh_from_db()
        assert (one.unit_id, one.changes) == (commune.unit.pk, 0)
