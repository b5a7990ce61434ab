"""Open a month of a form: who owes it, and by when, is frozen."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock, events
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.law.enums import Measure
from danvan.law.selectors import deadline
from danvan.organisations.enums import Level
from danvan.reporting.applying import kinds_told
from danvan.reporting.events import PeriodOpened
from danvan.reporting.models import Form, Obligation
from danvan.reporting.selectors.asking import units_asked
from danvan.reporting.services.ways import lay_ways
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def open_period(form: Form, period: Period, *, actor: "User | None") -> list[Obligation]:
    """Freeze who owes a form for a month, and what of it, and by what way: the units asked on the last day of the month.

    A month that is open already stays as it was frozen, whatever became of the units since.
    """
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    _refuse_month(form, period)
    opened = list(Obligation.objects.filter(form=form, first=period.first).order_by("pk"))
    if opened:
        return opened
    units = units_asked(form, on=period.last)
    if not units:
        level = Level(form.level).label.lower()
        meant = f" ({kinds_told(form.kinds)})" if form.kinds else ""
        raise RuleError(
            f"Vào ngày {format_date(period.last)} không có đơn vị {level}{meant} nào phải gửi biểu này."
        )
    due_on, now = due_day(form, period), clock.now()
    obligations = Obligation.objects.bulk_create(
        Obligation(
            form=form,
            unit_id=unit,
            kind=kind,
            first=period.first,
            due_on=due_on,
            opened_at=now,
            head_approves=form.head_approves,
        )
        for unit, kind in units.items()
    )
    lay_ways(form, obligations, period.last)
    audit.record(actor, "reporting.open_period", form, first=period.first, units=len(units))
    events.publish(PeriodOpened(form_id=form.pk, first=period.first))
    return obligations


def due_day(form: Form, period: Period) -> date:
    """The day a month's report is due: of the next month, moved past days off only where the form says so."""
    day = period.end.replace(day=form.due_day)
    return deadline(day, 0, Measure.DAYS).due_on if form.due_moves else day


def _refuse_month(form: Form, period: Period) -> None:
    if period.every is not Every.MONTH:
        raise RuleError("Biểu này báo cáo theo tháng. Đồng chí vui lòng chọn một tháng.")
    if period.first > clock.today():
        raise RuleError(f"Chưa đến {period.label} nên chưa mở kỳ báo cáo được.")
    if period.last < form.valid_from:
        since = format_date(form.valid_from)
        raise RuleError(f"Biểu này áp dụng từ ngày {since}, sau {period.label}.")
    if form.valid_to is not None and period.last >= form.valid_to:
        until = format_date(form.valid_to)
        raise RuleError(f"Biểu này hết áp dụng từ ngày {until}, trước khi hết {period.label}.")
