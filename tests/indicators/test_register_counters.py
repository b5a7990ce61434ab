from datetime import date

import pytest

from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.organisations.enums import Kind, Manner
from tests.factories.province import Province, make_organisation
from tests.organisations.officers import lead

SAME, BOARDS = "register.concurrent_heads", "register.mass_mobilisation_boards"


@pytest.fixture
def province(db, settings):
    """Three boards: one with the Front in one hand, one led by another, one vacant."""
    settings.DANVAN_TODAY = date(2026, 9, 30)
    province = Province()
    province.boards = [make_organisation(place, Kind.ADVISORY_BOARD) for place in province.communes]
    both = lead(province.boards[0], "Lô An")
    lead(province.fronts[0], "", title="Chủ tịch", manner=Manner.CONCURRENT, officer=both)
    lead(province.boards[1], "Vi Bình")
    lead(province.fronts[1], "Vi Cường", title="Chủ tịch")
    return province


def count(key, units, period="2026"):
    return dict(counters.named(key).count([unit.pk for unit in units], Period.parse(period)))


def test_the_pair_counts_a_place_whichever_of_its_units_is_asked(province):
    for units in (province.communes, province.boards, province.fronts, province.committees):
        assert count(SAME, units) == {units[0].pk: 1}
        assert count(BOARDS, units) == {unit.pk: 1 for unit in units}
    assert count(BOARDS, [province.place]) == {}


def test_posts_are_read_on_the_last_day_of_the_period_or_today(province):
    assert count(SAME, province.communes, "2025-06") == {}
    assert count(SAME, province.communes, "2025-07") == {province.communes[0].pk: 1}
    assert count(BOARDS, province.communes, "2027") == {}


def test_the_records_add_up_to_the_count_and_open_their_pages(province):
    ids, year = [unit.pk for unit in province.communes], Period.parse("2026")
    [same] = counters.named(SAME).records(ids, year)
    assert (same.unit_id, same.title, same.quantity) == (
        province.communes[0].pk, "Lô An: Trưởng ban, Chủ tịch (Xã Môn Sơn)", 1,
    )  # fmt: skip
    boards = counters.named(BOARDS).records(ids, year)
    assert [one.unit_id for one in boards] == ids
    assert [one.title.split(": ")[1] for one in boards] == [
        "Lô An",
        "Vi Bình",
        "khuyết người đứng đầu",
    ]
    assert boards[2].url == f"/don-vi/{province.boards[2].pk}/chuc-danh/"
    assert counters.named(BOARDS).records(ids, Period.parse("2027")) == []
