"""What the periodic tables print of denunciations: what the vault told of a whole province, or why there is nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_today, reaches
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.organisations.selectors import top_unit, units_on
from danvan.petitions.selectors.figures import VIEW, Wanted
from danvan.petitions.selectors.vault.tellers import end_of, tellers
from danvan.petitions.selectors.vault.totals import (
    VaultCell,
    VaultTotals,
    least_told,
    vault_totals,
)
from danvan.petitions.spans import NINE
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

WHOLE_ONLY, UNTOLD = "chỉ có theo cả tỉnh", "chưa công bố"
QUARTERS = {"": 4, NINE: 3, "H1": 2, "Q1": 1}


@dataclass(frozen=True, slots=True)
class DeniedTold:
    """What was told, and a sentence that says of what, or why nothing was and when it will be; `short` says that in a cell."""

    totals: VaultTotals | None
    why: str
    short: str = ""

    def cell(self, key: str) -> VaultCell | None:
        """One number; None where nothing was told."""
        return self.totals.cell(key) if self.totals else None


def denied_told(user: "User", wanted: Wanted, *, on: date) -> DeniedTold:
    """What may stand in the tables for a span and a unit. Nothing but what `vault_totals` gives."""
    province = _province(user, wanted, on)
    if province is None:
        return DeniedTold(
            None, "Số tố cáo chỉ có theo cả tỉnh, do người có quyền xem cả tỉnh đọc.", WHOLE_ONLY
        )
    year, _, part = wanted.span.code.partition("-")
    quarters = QUARTERS.get(part)
    if quarters is None:
        return DeniedTold(
            None,
            "Số tố cáo chỉ có theo kỳ tính từ đầu năm: quý I, 6 tháng, 9 tháng, cả năm.",
            "chỉ có theo kỳ từ đầu năm",
        )
    last = end_of(int(year), quarters)
    if last >= on:
        return _not_over(last)
    try:
        told = vault_totals(province, int(year), quarters)
    except RuleError as refused:
        return DeniedTold(None, refused.message, UNTOLD)
    if told is None:
        return _not_told(last)
    heir = len(tellers(province, int(year), on=told.told_on)) > 1
    return DeniedTold(
        told,
        f"Số tố cáo của cả tỉnh do kho tố cáo công bố một lần ngày {format_date(told.told_on)}, đếm theo ngày ghi vào kho từ đầu "
        f"năm đến hết ngày {format_date(last)}. Số dưới mức tối thiểu, và số mà đem trừ thì ra số ấy, không hiện."
        + (" Số mà tỉnh trước sắp xếp đã công bố không tính lại." if heir else ""),
    )


def _not_over(last: date) -> DeniedTold:
    first = format_date(last + timedelta(days=1))
    return DeniedTold(
        None,
        f"Số tố cáo của kỳ này chưa có: kỳ hết ngày {format_date(last)}, kho tố cáo công bố từ ngày {first}.",
        f"có từ {first}",
    )


def _not_told(last: date) -> DeniedTold:
    """Over and not told: the daily work has not been there yet, or the law does not say which numbers are too small."""
    if least_told() is None:
        return DeniedTold(
            None,
            "Kho tố cáo chưa công bố số của kỳ này: chưa có quy định được nạp về mức tối thiểu để hiện số. Đồng chí vui lòng "
            "báo người giữ bảng quy định; nạp xong, số có trong một ngày.",
            "chờ quy định",
        )
    return DeniedTold(
        None,
        f"Kho tố cáo chưa công bố số của kỳ này (hết ngày {format_date(last)}); phần mềm công bố mỗi ngày một lần, đồng chí xem lại "
        "ngày mai.",
        UNTOLD,
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
