"""In which reports something was typed, kept or sent: what stands in the way of a passage, or of undoing one."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.foundation.periods import Every, Period
from danvan.organisations.holders import by_many
from danvan.organisations.selectors import last_names
from danvan.reporting.enums import Standing
from danvan.reporting.models import DraftEvidence, Obligation
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import lower_first


def begun(rows: Collection[Obligation]) -> list[Obligation]:
    """Those of the rows in which something was typed, kept or sent."""
    evidenced: set[int] = set()
    for some in by_many(row.pk for row in rows):
        kept = DraftEvidence.objects.filter(obligation_id__in=some)
        evidenced |= set(kept.values_list("obligation_id", flat=True))
    return [row for row in rows if _laid(row) or row.pk in evidenced or _typed(row.draft)]


def _laid(row: Obligation) -> bool:
    """Whether it was sent, or lies before the head of its unit."""
    return row.first_sent_on is not None or row.standing == Standing.PROPOSED


def _typed(draft: dict[str, Any]) -> bool:
    return bool(draft.get("nil")) or any(text.strip() for text in draft.get("answers", {}).values())


def ending_faults(rows: Iterable[Obligation], on: date) -> list[Fault]:
    """One sentence for each report that stands in the way of a unit's ending on the day."""
    found = begun(list(rows))
    names = last_names({row.unit_id for row in found}, on)
    return [
        Fault(
            f"{names.get(row.unit_id, 'Đơn vị')} {_deed(row)} {lower_first(title(row))}, trong khi đơn vị kết thúc "
            f"từ {format_date(on)}. Đồng chí vui lòng "
            + (
                "chọn ngày có hiệu lực sau tháng đó."
                if row.first_sent_on
                else "đề nghị đơn vị xóa nội dung đã nhập rồi áp dụng lại."
            )
        )
        for row in found
    ]


def undoing_faults(rows: Collection[Obligation]) -> list[Fault]:
    """One sentence for each report that would be torn from its unit by undoing."""
    found = begun(rows)
    names = last_names({row.unit_id for row in found}, clock.today())
    return [
        Fault(
            f"{names.get(row.unit_id, 'Đơn vị')} {_deed(row)} {lower_first(title(row))} nên không hoàn tác được. "
            + (
                "Đồng chí vui lòng lập một lần sắp xếp mới để điều chỉnh."
                if row.first_sent_on
                else "Đồng chí vui lòng đề nghị đơn vị xóa nội dung đã nhập rồi hoàn tác."
            )
        )
        for row in found
    ]


def _deed(row: Obligation) -> str:
    return "đã gửi" if row.first_sent_on else "đã nhập dở"


def title(row: Obligation) -> str:
    """The report by its form and month."""
    return f"{row.form.name} {lower_first(Period.starting(row.first, Every.MONTH).label)}"
