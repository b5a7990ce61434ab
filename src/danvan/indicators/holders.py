"""Targets and values when units are reorganised: targets of a unit that ends are closed, values stay, sums follow."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.models import Indicator, Target, TargetRefusal, TargetShare, Value
from danvan.indicators.services import forget_cells, sum_again
from danvan.organisations.holders import (
    BATCH,
    FieldHolder,
    Holder,
    Moved,
    Passage,
    StayingRows,
    by_many,
    counted,
    moved_since,
    tell,
)
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

NAMED = 3  # months named one by one; the rest are counted


class FollowerHolder(FieldHolder):
    """Who follows a target that is in force: the heir of a unit that ends does so from the day."""

    key = "indicators.followers"
    label = "chỉ tiêu đang theo dõi"
    model = Target
    field = "followed_by"
    fields = ("followed_by",)

    def open_rows(self, on: date) -> QuerySet[Target]:
        """The targets in force on the day or later."""
        return Target.objects.not_ended_by(on)

    def title(self, row: Target) -> str:
        """As the target is called."""
        return f"Theo dõi chỉ tiêu “{row.title}”"


class OwnerHolder(FieldHolder):
    """Who answers for what an indicator means: the heir of a unit that ends does so from the day."""

    key = "indicators.owners"
    label = "chỉ số đang chủ trì"
    model = Indicator
    field = "owner"
    fields = ("owner",)

    def open_rows(self, on: date) -> QuerySet[Indicator]:
        """The indicators that are measured on the day or later."""
        lasting = Q(versions__valid_to=None) | Q(versions__valid_to__gt=on)
        return Indicator.objects.filter(pk__in=Indicator.objects.filter(lasting).values("pk"))

    def title(self, row: Indicator) -> str:
        """By its code, which stays whatever it is called."""
        return f"Chủ trì chỉ số {row.code}"


class TargetHolder(StayingRows):
    """The targets that are set for a place that ends: closed on the day, never silently merged into another's."""

    key = "indicators.targets"
    label = "chỉ tiêu đang giao"
    model = Target
    fields = ("unit",)
    kept = ("valid_from", "valid_to")

    def faults(self, passage: Passage) -> list[Fault]:
        """A target that only begins when its unit has ended is settled first."""
        later = [
            row
            for some in by_many(passage.ended)
            for row in _open(some, passage.on).filter(valid_from__gte=passage.on)
        ]
        names = last_names({row.unit_id for row in later}, passage.on)
        return [
            Fault(
                f"Chỉ tiêu “{row.title}” của {names.get(row.unit_id, '')} chỉ có hiệu lực từ ngày"
                f" {format_date(row.valid_from)}, khi đơn vị đã kết thúc. Đồng chí vui lòng chọn ngày sắp xếp"
                " sau ngày đó."
            )
            for row in later
        ]

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many targets in force each unit has. One query."""
        return counted(Target.objects.not_ended_by(on), "unit", unit_ids)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Close the targets of the ended units on the day; their heirs are told, and set their own.

        Asked again for what forbids it: one applied ahead of its day changes hands long after it was checked.
        """
        if faults := self.faults(passage):
            raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
        rows = [
            row
            for some in by_many(passage.ended)
            for row in _open(some, passage.on).select_for_update(of=("self",))
        ]
        if not rows:
            return []
        moved = []
        for row in rows:
            title = f"Chỉ tiêu “{row.title}”, kết thúc từ ngày {format_date(passage.on)}"
            moved.append(
                Moved(
                    row_id=row.pk,
                    giver=row.unit_id,
                    taker=passage.heirs[row.unit_id],
                    title=title[:400],
                    waits=False,
                    before={"valid_to": _text(row.valid_to)},
                    after={"valid_to": _text(passage.on)},
                )
            )
            row.valid_to = passage.on
        Target.objects.bulk_update(rows, ["valid_to"], batch_size=BATCH)
        tell(self.key, "hand_over", rows, passage.number, actor)
        return moved

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Let the targets hold as they did; refused where somebody decided another end since."""
        rows = {
            row.pk: row
            for some in by_many(one.row_id for one in moved)
            for row in Target.objects.filter(pk__in=some)
            .order_by("pk")
            .select_for_update(of=("self",))
        }
        if lost := [(one, None) for one in moved if one.row_id not in rows]:
            raise moved_since(lost)
        faults = [
            Fault(
                f"{one.title}: ngày kết thúc đã được sửa sau đó. Đồng chí vui lòng đưa về"
                f" {format_date(passage.on)} trước."
            )
            for one in moved
            if _text(rows[one.row_id].valid_to) != one.after["valid_to"]
        ]
        if faults:
            raise RuleError(" ".join(fault.message for fault in faults[:5]), faults=faults)
        for one in moved:
            until = one.before["valid_to"]
            rows[one.row_id].valid_to = date.fromisoformat(until) if until else None
        Target.objects.bulk_update(rows.values(), ["valid_to"], batch_size=BATCH)
        if rows:
            tell(self.key, "take_back", list(rows.values()), passage.number, actor)

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """A closed target passes to nobody."""
        raise RuleError(
            f"{moved.title}: chỉ tiêu đã kết thúc cùng đơn vị nên không chuyển cho đơn vị khác. Đồng chí vui"
            " lòng lập chỉ tiêu mới cho đơn vị ấy."
        )


class ShareHolder(StayingRows):
    """What a unit was given of a divided target: its row stays, and counts for the unit that took over from it."""

    key = "indicators.shares"
    label = "phần chỉ tiêu được giao"
    model = TargetShare
    fields = ("unit",)
    kept = ("division_id", "amount")


class RefusalHolder(StayingRows):
    """Why a unit did not take its share: its own words, which no other unit said."""

    key = "indicators.refusals"
    label = "lý do không nhận chỉ tiêu"
    model = TargetRefusal
    fields = ("unit",)
    kept = ("target_id", "reason")


class ValueHolder(StayingRows):
    """The values that units gave: they stay where they were given, and the sums of places follow the register."""

    key = "indicators.values"
    label = "số liệu đã gửi"
    model = Value
    fields = ("unit",)
    kept = ("indicator_id", "first", "vintage", "current", "amount", "step_id", "origin", "level")

    def faults(self, passage: Passage) -> list[Fault]:
        """An ended unit that gave values for months that end on the day or later did not end then."""
        since = passage.on.replace(day=1)
        months: dict[int, list[date]] = {}
        for some in by_many(passage.ended):
            given = Value.objects.current().filter(unit_id__in=some, first__gte=since)
            rows = given.order_by("unit_id", "first").values_list("unit_id", "first").distinct()
            for unit_id, first in rows:
                months.setdefault(unit_id, []).append(first)
        names = last_names(months, passage.on)
        return [
            Fault(
                f"{names.get(unit_id, '')} đã có số liệu {_named(firsts)}, là kỳ kết thúc từ ngày"
                f" {format_date(passage.on)} trở đi. Đồng chí vui lòng chọn ngày có hiệu lực từ"
                f" {format_date(_month(firsts[-1]).end)}, hoặc kiểm tra lại số liệu các kỳ ấy."
            )
            for unit_id, firsts in months.items()
        ]

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """No value moves; what places hold is summed again for every month from the day on."""
        self.foresee(passage)
        return []

    def foresee(self, passage: Passage) -> None:
        """Sum again what places hold for the months from the day on: a month that runs may have values already."""
        sum_again({*passage.ended, *passage.founded, *passage.moved}, since=passage.on)

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """The same for the places as they stood; those that are unfounded lose their cells at once."""
        sum_again({*passage.ended, *passage.founded, *passage.moved}, since=passage.on)
        forget_cells(passage.founded)


def _open(unit_ids: Collection[int], on: date) -> QuerySet[Target]:
    return Target.objects.not_ended_by(on).filter(unit_id__in=unit_ids).order_by("pk")


def _month(first: date) -> Period:
    return Period.starting(first, Every.MONTH)


def _named(firsts: Sequence[date]) -> str:
    told = ", ".join(str(_month(first)) for first in firsts[:NAMED])
    return f"{told} và {len(firsts) - NAMED} tháng nữa" if len(firsts) > NAMED else told


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


HOLDERS: tuple[Holder, ...] = (
    FollowerHolder(),
    OwnerHolder(),
    TargetHolder(),
    ShareHolder(),
    RefusalHolder(),
    ValueHolder(),
)
