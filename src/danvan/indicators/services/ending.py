"""An indicator that is measured no longer, and how one passes from a day on to who answers for it."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.locks import alone
from danvan.indicators.models import Indicator, IndicatorVersion
from danvan.indicators.selectors.uses import uses_of
from danvan.indicators.services.defining import DEFINER
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

NAMED = 3


@transaction.atomic
def end_indicator(
    indicator: Indicator, *, on: date, actor: "User | None", asked_by: Collection[str] = ()
) -> IndicatorVersion:
    """Measure an indicator no longer from a day on; what was given before stays.

    Refused while something that holds on that day or later needs it: a ratio or formula, a target, or a form
    (`asked_by`: what these are called, known to who calls).
    """
    alone(DEFINER, wait=True)
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    version = indicator.versions.order_by("number").last()
    if version is None or (version.valid_to is not None and version.valid_to <= on):
        message = f"Chỉ số {indicator.code} đã hết hiệu lực trước ngày {format_date(on)}."
        raise RuleError(message, faults=[Fault(message, column="on")])
    faults = []
    if on <= version.valid_from:
        message = (
            f"Phiên bản đang dùng có hiệu lực từ ngày {format_date(version.valid_from)};"
            " đồng chí vui lòng chọn ngày sau ngày đó."
        )
        faults.append(Fault(message, column="on"))
    used = uses_of(indicator, on=on)
    for words, names in (
        ("Còn chỉ số tính từ nó", [one.indicator.code for one in used.built]),
        ("Còn chỉ tiêu dùng nó để đo", [target.title for target in used.targets]),
        ("Còn biểu mẫu hỏi nó", sorted(asked_by)),
    ):
        if names:
            message = f"{words} từ ngày {format_date(on)}: {_named(names)}. Đồng chí vui lòng đổi hoặc kết thúc trước."
            faults.append(Fault(message, column="on"))
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    version.valid_to = on
    version.save(update_fields=["valid_to"])
    audit.record(actor, "indicators.end", indicator, version_id=version.pk, valid_to=on)
    return version


def _named(names: list[str]) -> str:
    told = "; ".join(f"“{name}”" for name in names[:NAMED])
    return f"{told} và {len(names) - NAMED} nữa" if len(names) > NAMED else told
