"""Totals are told once: of each province and period, after it is over, in the order of the periods; never again otherwise."""

from django.db import transaction

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import VaultTold
from danvan.petitions.selectors.vault.tellers import end_of
from danvan.petitions.selectors.vault.totals import (
    GROUPS,
    VaultTotals,
    cells_of,
    counted,
    least_told,
    refuse_other_periods,
    told_before,
    vault_totals,
)
from danvan.petitions.vault_suppressing import tell


@transaction.atomic
def tell_totals(province_id: int, year: int, quarters: int) -> VaultTotals:
    """What is told of a province and a period; told now, with those before it, where that was not done yet."""
    refuse_other_periods(province_id, year, quarters)
    hold_units({province_id})
    for number in range(1, quarters + 1):
        if not VaultTold.objects.filter(province=province_id, year=year, quarters=number).exists():
            _tell(province_id, year, number)
    told = vault_totals(province_id, year, quarters)
    assert told is not None
    return told


def tell_what_is_over(province_ids: list[int]) -> int:
    """Tell every period of this year and the last that is over; returns how many are told. It may be run twice."""
    today = clock.today()
    done = 0
    for year in (today.year - 1, today.year):
        over = sum(end_of(year, number) < today for number in (1, 2, 3, 4))
        for province in province_ids if over else ():
            tell_totals(province, year, over)
            done += over
    return done


def _tell(province_id: int, year: int, quarters: int) -> None:
    least, numbers = least_told(), counted(province_id, year, quarters)
    if least is None:
        raise RuleError(
            "Chưa có mức tối thiểu để hiện số liệu. Đồng chí vui lòng báo người phụ trách bổ sung tham số pháp luật."
        )
    before = told_before(province_id, year, quarters)
    cells = []
    for group, parts in GROUPS.items():
        mine = {one: numbers[one] for one in parts}
        told = tell(mine, before[group], least)
        cells += cells_of(group, told, numbers, least)
    VaultTold.objects.create(
        province_id=province_id, year=year, quarters=quarters, cells=cells, told_on=clock.today()
    )
