"""What forbids that an indicator told in numbers is told in steps from a day on, or the other way round."""

from danvan.foundation.errors import Fault
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.models import IndicatorVersion, Value
from danvan.indicators.selectors.uses import uses_of
from danvan.vietnamese.dates import format_date


def turning_faults(before: IndicatorVersion | None, version: IndicatorVersion) -> list[Fault]:
    """Values that could not be read any more, and what is worked out from them or held to them."""
    steps = MeasureKind.QUALITATIVE
    if before is None or (before.kind == steps) == (version.kind == steps):
        return []
    day, indicator = version.valid_from, before.indicator
    given = Value.objects.current().filter(indicator=indicator, first__gte=day.replace(day=1))
    last = given.order_by("first").values_list("first", flat=True).last()
    faults = []
    if last is not None:
        month = Period.starting(last, Every.MONTH).label
        message = (
            f"Chỉ số này đã có số liệu đến {month}; đổi giữa số và bậc định tính từ {format_date(day)} thì số liệu ấy"
            f" không đọc được nữa. Đồng chí vui lòng chọn ngày sau {month}, hoặc lập chỉ số mới."
        )
        faults.append(Fault(message, column="kind"))
    used = uses_of(indicator, on=day)
    names = [one.indicator.code for one in used.built] + [one.title for one in used.targets]
    if names:
        message = (
            f"Còn dùng nó từ {format_date(day)}: {'; '.join(names[:3])}. Đồng chí vui lòng đổi hoặc kết thúc những cái"
            " đó trước khi đổi giữa số và bậc định tính."
        )
        faults.append(Fault(message, column="kind"))
    return faults
