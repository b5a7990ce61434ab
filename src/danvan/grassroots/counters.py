"""What is counted from matters, by unit and day: published, published in time, decided, asked, said."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from danvan.foundation.periods import Period
from danvan.grassroots.enums import DUE, SUBJECT, Outcome, Pillar
from danvan.grassroots.models import Matter
from danvan.indicators.counters import CountedRow, Found, counter_of_rows, register
from danvan.law.selectors import clocks


def published(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """What the people must know, on the day it was first published."""
    return [_row(one, one.shown_on) for one in _between(unit_ids, periods, "shown_on", Pillar.KNOW)]


def on_time(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """Of those, what was published by its day."""
    rows = _between(unit_ids, periods, "shown_on", Pillar.KNOW)
    held = clocks().filter(subject_kind=SUBJECT, name=DUE, subject_id__in=[one.pk for one in rows])
    due = dict(held.values_list("subject_id", "due_on"))
    return [
        _row(one, one.shown_on)
        for one in rows
        if one.pk in due and one.shown_on is not None and one.shown_on <= due[one.pk]
    ]


def decided(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """What the people decided and passed, on the day of the round."""
    rows = _between(unit_ids, periods, "outcome_on", Pillar.DECIDE)
    return [_row(one, one.outcome_on) for one in rows if one.outcome == Outcome.PASSED]


def commented(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """Comments of the people, on the day their gathering was closed."""
    rows = _between(unit_ids, periods, "counted_on", Pillar.COMMENT)
    said = [(one, sum(row.number for row in one.comments.all())) for one in rows]
    return [_row(one, one.counted_on, quantity) for one, quantity in said if quantity]


COUNTED: tuple[tuple[str, str, str, str, Found], ...] = (
    ("published", "Nội dung đã công khai cho Nhân dân biết", "nội dung",
     "Đếm nội dung phải công khai theo Luật Thực hiện dân chủ ở cơ sở, theo ngày công khai đầu tiên.", published),
    ("published_on_time", "Nội dung công khai đúng hạn", "nội dung",
     "Đếm nội dung đã công khai không muộn hơn hạn theo luật, theo ngày công khai đầu tiên.", on_time),
    ("decided", "Việc Nhân dân bàn, quyết định được thông qua", "việc",
     "Đếm việc có kết quả biểu quyết đạt tỷ lệ theo luật, theo ngày biểu quyết.", decided),
    ("comments", "Ý kiến Nhân dân tham gia", "ý kiến",
     "Cộng số ý kiến góp ý đã tổng hợp, theo ngày hết góp ý.", commented),
)  # fmt: skip


def register_all() -> None:
    """Register the counters of grassroots democracy; called once, when the app starts."""
    for key, label, unit_label, definition, found in COUNTED:
        register(
            counter_of_rows(
                found,
                key=f"grassroots.{key}",
                label=label,
                unit_label=unit_label,
                definition=definition,
                model="grassroots.matter",
                page="grassroots:card",
            )
        )


def _between(
    unit_ids: Collection[int], periods: Collection[Period], day: str, pillar: str
) -> list[Matter]:
    """The matters of a pillar of which the day falls into the periods, the files and comments with them."""
    known = list(periods)
    first, end = min(one.first for one in known), max(one.end for one in known)
    whose = Q(unit_id__in=unit_ids) | Q(former_id__in=unit_ids)
    rows = Matter.objects.standing().filter(
        whose, kind__pillar=pillar, **{f"{day}__gte": first, f"{day}__lt": end}
    )
    found = rows.select_related("kind").prefetch_related("comments", "files").order_by(day, "pk")
    return [one for one in found if one.unit_on(getattr(one, day)) in unit_ids]


def _row(one: Matter, day: date | None, quantity: int = 1) -> CountedRow:
    on = day or one.began_on
    title = f"{one.number} {one.kind.code} {one.title}"
    return CountedRow(one.pk, one.unit_on(on), on, title, quantity, bool(one.files.all()))
