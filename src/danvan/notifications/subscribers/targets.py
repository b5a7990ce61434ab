"""What happens to targets that are divided among units."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from danvan.accounts.selectors import holders_near
from danvan.foundation.events import subscribe
from danvan.indicators.events import TargetDivided
from danvan.indicators.selectors import (
    ToldDivision,
    ToldShare,
    amount_words,
    division_told,
    version_of,
)
from danvan.notifications.addresses import target_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MANAGE = "targets.manage"


@subscribe(TargetDivided)
def tell_divided(event: TargetDivided) -> None:
    """Who sets the targets of a unit is told of its share, once a person; nobody of a share that stays as it was."""
    told = division_told(event.division_id)
    if told is None:
        return
    people = holders_near([one.unit_id for one in told.shares], MANAGE)
    mine: dict[int, list[ToldShare]] = defaultdict(list)
    for one in told.shares:
        for user in people.get(one.unit_id, []):
            if user != event.by_id:
                mine[user].append(one)
    target = told.division.target
    for user, shares in sorted(mine.items()):
        tell(
            [user],
            key=f"{event.name}:{event.division_id}",
            topic=Topic.TARGET,
            words=f"{_given(told, shares)}, từ ngày {format_date(told.division.valid_from)}: {target.title}",
            url=target_page(target.pk),
        )


def _given(told: ToldDivision, shares: Sequence[ToldShare]) -> str:
    """`Xã Môn Sơn được giao 40 cuộc`, or of how many units the share is new."""
    if len(shares) > 1:
        return f"Phân bổ chỉ tiêu cho {format_number(len(shares))} đơn vị"
    day, one = told.division.valid_from, shares[0]
    unit = last_names([one.unit_id], day).get(one.unit_id, "Đơn vị")
    if one.amount is None:
        return f"{unit} không còn được giao phần chỉ tiêu"
    version = version_of(told.division.target, day)
    words = amount_words(version, Fraction(one.amount))
    if one.before is None:
        return f"{unit} được giao {words}"
    return f"{unit} được giao {words}, trước đây {amount_words(version, Fraction(one.before))}"
