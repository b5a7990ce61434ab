"""Readings, breaks and chains on the short lists, and what whoever took over may read."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from danvan.accounts.selectors import units_granted
from danvan.organisations.enums import Follows, Kind
from danvan.organisations.models import Lineage, Reorganisation, Unit, UnitVersion
from danvan.organisations.selectors import (
    THEN,
    Break,
    Reading,
    breaks,
    card,
    destinations,
    flowing,
    origins,
    predecessors_on,
    successors_on,
    units_under,
)
from danvan.organisations.services import (
    found_organisation,
    found_place,
    rebuild_reach,
    refresh_reach,
)
from tests.factories.province import make_grant
from tests.organisations.conftest import BEFORE, SINCE

LATER = date(2026, 6, 30)
ONE = Fraction(1)


def test_today_a_commune_reads_the_shares_of_those_before_it(short):
    n1 = short.new("00001")
    found = origins([n1], Reading(LATER), [BEFORE, LATER])
    assert found[n1, LATER] == {n1: ONE}
    assert found[n1, BEFORE] == {
        short.old("00001"): ONE,
        short.old("00002"): Fraction(3, 5),
        # of the district's three communes one went whole, and three fifths of another
        short.old("001"): Fraction(533_334, 10**6),
    }


def test_on_an_old_day_a_commune_that_ended_reads_its_part_of_those_after_it(short):
    c2 = short.old("00002")
    found = origins([c2], Reading(BEFORE), [BEFORE, LATER])
    assert found[c2, BEFORE] == {c2: ONE}
    assert found[c2, LATER] == {short.new("00001"): Fraction(3, 8), short.new("00002"): ONE}


def test_then_a_place_reads_what_stood_under_it_on_the_day(short):
    old, new = short.old("02"), short.new("01")
    found = origins([old, new], THEN, [BEFORE, SINCE])
    assert found[new, BEFORE] == found[old, SINCE] == {}
    assert set(found[old, BEFORE]) == {
        old, short.old("002"), short.old("003"), short.old("00004"), short.old("00005"),
    }  # fmt: skip
    assert set(found[old, BEFORE].values()) == {ONE}
    assert origins([old], THEN, []) == {}


def test_a_unit_reads_nothing_where_it_did_not_stand_on_the_day_of_the_reading(short):
    assert origins([short.old("02")], Reading(LATER), [BEFORE]) == {(short.old("02"), BEFORE): {}}


def test_an_organisation_founded_since_counts_with_its_place_before(short):
    n1 = short.new("00001")
    front = found_organisation(n1, Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    assert destinations([front], LATER, Reading(BEFORE)) == {
        front: {short.old("00001"): Fraction(5, 8), short.old("00002"): Fraction(3, 8)}
    }
    old = short.old("00001")
    assert origins([old], Reading(BEFORE), [LATER])[old, LATER] == {
        n1: Fraction(5, 8), front: Fraction(5, 8),
    }  # fmt: skip


def test_an_organisation_that_ended_with_its_place_counts_with_it_today(short):
    old, new = short.old("00001"), short.new("00001")
    front = found_organisation(old, Kind.FRONT_COMMITTEE, actor=None, on=date(2020, 1, 1))
    assert Unit.objects.get(pk=front).ended_on == SINCE
    assert destinations([front], BEFORE, Reading(LATER)) == {front: {new: ONE}}
    assert origins([new], Reading(LATER), [BEFORE])[new, BEFORE][front] == ONE
    assert destinations([front], BEFORE, THEN) == {front: {front: ONE}}


def test_one_unit_or_many_one_day_or_many_cost_the_same_queries(short):
    def cost(units, days):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            origins(units, Reading(LATER), days)
        return len(asked)

    few = cost([short.new("00001")], [BEFORE])
    many = [short.new(code) for code in ("00001", "00002", "00003", "00006", "01", "03")]
    assert cost(many, [BEFORE, date(2024, 1, 31), date(2025, 1, 31)]) == few == 5


def test_many_units_are_read_by_their_days_and_not_by_name(short, monkeypatch):
    days = [BEFORE, LATER]
    units = list(Unit.objects.values_list("pk", flat=True))
    named = {on: origins(units, Reading(on), days) for on in days}
    moved = {on: destinations(units[:1], BEFORE, Reading(on)) for on in days}
    monkeypatch.setattr(flowing, "MANY", 0)
    assert {on: origins(units, Reading(on), days) for on in days} == named
    assert {on: destinations(units[:1], BEFORE, Reading(on)) for on in days} == moved


def _next_merger(short, day=date(2026, 3, 1)):
    """In 2026 n1 and n2 become one commune, by a decision."""
    first, second = short.new("00001"), short.new("00002")
    Unit.objects.filter(pk__in=[first, second]).update(ended_on=day)
    UnitVersion.objects.filter(unit_id__in=[first, second]).update(valid_to=day)
    new = found_place(
        "Xã Chung", type_word="xã", level="commune", under=short.new("01"), actor=None, on=day
    )
    for before, back in ((first, 600_000), (second, 400_000)):
        Lineage.objects.create(
            predecessor_id=before, successor_id=new, weight=1_000_000, measure="whole",
            back_weight=back, back_measure="population", estimated=False, happened_on=day,
            decision="Nghị quyết 1",
        )  # fmt: skip
    refresh_reach([first, second, new])
    assert rebuild_reach() == (0, 0)
    return new


def test_a_chain_of_two_mergers_is_read_through(short):
    new = _next_merger(short)
    c2 = short.old("00002")
    assert origins([new], Reading(LATER), [BEFORE])[new, BEFORE][c2] == ONE
    assert destinations([new], LATER, Reading(BEFORE))[new] == {
        short.old("00001"): Fraction(6, 10) * Fraction(5, 8),
        c2: Fraction(6, 10) * Fraction(3, 8) + Fraction(4, 10),
    }


def test_chains_tell_everyone_before_and_after_the_nearest_first(short):
    new = _next_merger(short)
    before = [(one.name, one.step) for one in predecessors_on(new, LATER)]
    assert before == [
        ("Xã Một", 1), ("Xã Hai Mới", 1), ("Huyện Ba Vì", 2), ("Xã Một", 2), ("Xã Hai", 2),
    ]  # fmt: skip
    assert predecessors_on(new, BEFORE) == []
    after = [(one.name, one.step) for one in successors_on(short.old("00002"), LATER)]
    assert after == [("Xã Một", 1), ("Xã Hai Mới", 1), ("Xã Chung", 2)]
    assert [one.name for one in successors_on(short.old("00002"), SINCE)] == [
        "Xã Một",
        "Xã Hai Mới",
    ]


def test_a_unit_that_goes_on_is_not_its_own_relative(short):
    n6, n7 = short.new("00006"), short.new("00007")
    day = date(2026, 5, 1)
    for before, after, weight, back in ((n7, n6, 200_000, 100_000), (n7, n7, 800_000, 1_000_000), (n6, n6, 1_000_000, 900_000)):  # fmt: skip
        Lineage.objects.create(
            predecessor_id=before, successor_id=after, weight=weight, measure="given",
            back_weight=back, back_measure="given", estimated=False, happened_on=day,
        )  # fmt: skip
    assert [one.id for one in predecessors_on(n6, LATER)] == [
        n7, short.old("004"), short.old("00007"), short.old("00008"),
    ]  # fmt: skip
    assert successors_on(n7, LATER) == []  # it gave a part, and goes on
    assert [one.id for one in card(n7, on=LATER).successors] == [n6]
    assert n6 not in [one.id for one in card(n6, on=LATER).predecessors]
    assert [one.day for one in breaks([n6], since=SINCE, until=LATER)[n6]] == [day]


def test_a_series_breaks_where_units_behind_it_passed_something_on(short):
    new, day = _next_merger(short), date(2026, 3, 1)
    merged = Break(SINCE, "Sắp xếp đơn vị hành chính", "")
    n1, n6, an, cam = (short.new(code) for code in ("00003", "00006", "01", "03"))
    found = breaks([new, n1, n6, an, cam], since=BEFORE, until=LATER)
    assert found == {
        new: [merged, Break(day, "Sắp xếp đơn vị hành chính", "Nghị quyết 1")],
        n1: [merged],
        n6: [],  # nothing happened to it
        an: [
            Break(
                SINCE,
                "Sắp xếp đơn vị hành chính",
                "Nghị quyết 202/2025/QH15; Nghị quyết 203/2025/QH15",
            ),
            Break(day, "Sắp xếp đơn vị hành chính", "Nghị quyết 1"),
        ],
        cam: [merged],
    }
    assert breaks([new], since=day, until=LATER) == {new: []}


def test_a_break_bears_the_title_of_the_reorganisation(short):
    new, day = _next_merger(short), date(2026, 3, 1)
    event = Reorganisation.objects.create(
        number="SX-2026-001", kind="merge", title="Hợp nhất hai xã", scope_id=short.new("01"),
        effective_on=day, decision="Nghị quyết 1", state="applied", applied_order=1,
        made_at=timezone.now(),
    )  # fmt: skip
    event.passings.create(predecessor_id=short.new("00002"), successor_id=new)
    better = Reorganisation.objects.create(
        number="SX-2027-001", kind="reweigh", title="Thay tỷ trọng theo dân số", scope_id=short.new("01"),
        effective_on=day, decision="Công văn 1", state="applied", applied_order=2,
        made_at=timezone.now(),
    )  # fmt: skip
    better.passings.create(predecessor_id=short.new("00002"), successor_id=new)
    far = short.new("03")
    found = breaks([new, short.new("01"), far], since=SINCE, until=LATER)
    told = [Break(day, "Hợp nhất hai xã", "Nghị quyết 1")]
    assert found == {new: told, short.new("01"): told, far: []}


def test_a_place_that_is_moved_breaks_the_series_of_both_sides_and_not_its_own(short):
    day, n6 = date(2026, 2, 1), short.new("00006")
    version = UnitVersion.objects.get(unit_id=n6, valid_to=None)
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=day)
    version.pk, version.valid_from, version.parent_id = None, day, short.new("01")
    version.save()
    refresh_reach([n6])
    event = Reorganisation.objects.create(
        number="SX-2026-002", kind="move", title="Chuyển xã Sáu", scope_id=short.country,
        effective_on=day, decision="Nghị quyết 2", state="applied", applied_order=1,
        made_at=timezone.now(),
    )  # fmt: skip
    event.unit_changes.create(unit_id=n6, parent_id=short.new("01"))
    told = [Break(day, "Chuyển xã Sáu", "")]
    found = breaks([short.new("03"), short.new("01"), n6], since=SINCE, until=LATER)
    assert found == {short.new("03"): told, short.new("01"): told, n6: []}


@pytest.mark.parametrize(
    ("action", "reads"), [("commitments.view", True), ("commitments.assign", False)]
)
def test_who_answers_for_a_commune_today_reads_those_before_it_and_does_nothing_there(
    short, settings, action, reads
):
    settings.DANVAN_TODAY = LATER
    n1 = Unit.objects.get(pk=short.new("00001"))
    user = make_grant(n1, "leader")
    units = {row["unit_id"] for row in units_granted(user, action)}
    before = {short.old("00001"), short.old("00002"), short.old("001")}
    assert units == ({n1.pk} | (before if reads else set()))


def test_a_line_is_inherited_along_the_line_only(short, settings):
    settings.DANVAN_TODAY = LATER
    old, new = short.old("00003"), short.new("00003")
    before = found_organisation(old, Kind.FRONT_COMMITTEE, actor=None, on=date(2020, 1, 1))
    front = found_organisation(short.new("01"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    after = found_organisation(new, Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    Lineage.objects.create(
        predecessor_id=before, successor_id=after, weight=1_000_000, measure="whole",
        back_weight=1_000_000, back_measure="whole", estimated=False, happened_on=SINCE,
    )  # fmt: skip
    refresh_reach([before, after])
    assert rebuild_reach() == (0, 0)
    user = make_grant(Unit.objects.get(pk=front), "leader", follows=Follows.LINE)
    found = {row["unit_id"] for row in units_granted(user, "commitments.view")}
    assert found == {front, after, before}
    either = units_under([front], on=LATER)
    assert {row["unit_id"] for row in either} == {front, after}


def test_a_refresh_of_nothing_writes_nothing(short):
    assert refresh_reach([]) == (0, 0)
    assert refresh_reach([short.country]) == (0, 0)
