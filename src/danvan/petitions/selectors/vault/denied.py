"""What the periodic tables print of denunciations: what the vault told of a whole province, or why there is nothing."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_today, reaches
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.organisations.selectors import top_unit, units_on
from danvan.petitions.selectors.figures import VIEW, Wanted
from danvan.petitions.selectors.vault.tellers import end_of, tellers
from danvan.petitions.selectors.vault.totals import VaultCell, VaultTotals, vault_totals
from danvan.petitions.spans import NINE
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

QUARTERS = {"": 4, NINE: 3, "H1": 2, "Q1": 1}


@dataclass(frozen=True, slots=True)
class DeniedTold:
    """What was told, and a sentence that says of what, or why nothing was."""

    totals: VaultTotals | None
    why: str

    def cell(self, key: str) -> VaultCell | None:
        """One number; None where nothing was told."""
        return self.totals.cell(key) if self.totals else None


def denied_told(user: "User", wanted: Wanted, *, on: date) -> DeniedTold:
    """What may stand in the tables for a span and a unit. Nothing but what `vault_totals` gives."""
    province = _province(user, wanted, on)
    if province is None:
        return DeniedTold(None, "Số tố cáo chỉ có theo cả tỉnh, do người có quyền xem cả tỉnh đọc.")
    year, _, part = wanted.span.code.partition("-")
    quarters = QUARTERS.get(part)
    if quarters is None:
        return DeniedTold(
            None, "Số tố cáo chỉ có theo kỳ tính từ đầu năm: quý I, 6 tháng, 9 tháng, cả năm."
        )
    try:
        told = vault_totals(province, int(year), quarters)
    except RuleError as refused:
        return DeniedTold(None, refused.message)
    if told is None:
        return DeniedTold(None, "Kho tố cáo chưa công bố số của kỳ này.")
    heir = len(tellers(province, int(year), on=told.told_on)) > 1
    return DeniedTold(
        told,
        f"Số tố cáo của cả tỉnh do kho tố cáo công bố một lần ngày {format_date(told.told_on)}, đếm theo ngày ghi vào kho từ đầu "
        f"năm đến hết ngày {format_date(end_of(int(year), quarters))}; số nhỏ không hiện."
        + (" Số mà tỉnh trước sắp xếp đã công bố không tính lại." if heir else ""),
    )


def _province(user: "User", wanted: Wanted, on: date) -> int | None:
    """The province whose whole is asked for, where `user` may see petitions of all of it."""
    if wanted.unit_id is not None:
        asked = {wanted.unit_id}
    else:
        asked = {top_unit(on=on).id} | {one.unit_id for one in grants_today(user)}
    found = [
        pk
        for pk, unit in units_on(asked, on).items()
        if unit.is_place and unit.level == Level.PROVINCE and reaches(user, VIEW, pk)
    ]
    return found[0] if len(found) == 1 else None
