"""What is counted from the register of posts: who leads mass mobilisation and the Front too, and who was trained."""

from collections import Counter as Tally
from collections.abc import Collection
from datetime import date

from django.urls import reverse

from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.counting import CountedRecord, Counter, register
from danvan.organisations.selectors.officers.concurrent import ConcurrentRow, concurrent_heads_for
from danvan.organisations.selectors.officers.trained import trained_at

TRAINED = "register.trained_officers"
CONCURRENT, BOARDS = "register.concurrent_heads", "register.mass_mobilisation_boards"
DEFINITION = (
    "Tính tại ngày cuối kỳ (kỳ đang diễn ra: hôm nay) từ sổ chức danh, mỗi địa bàn một lần. {what}"
    " Quyền hoặc phụ trách không tính là người đứng đầu."
)


def register_all() -> None:
    """Register the pair, numerator and denominator, and who was trained; called once, when the app starts."""
    register(
        Counter(
            key=CONCURRENT,
            label="Trưởng ban (Tuyên giáo và) Dân vận, Ban Xây dựng Đảng đồng thời là Chủ tịch MTTQ",
            unit_label="địa bàn",
            definition=DEFINITION.format(
                what="Đếm địa bàn mà một người đứng đầu cả ban tham mưu về dân vận và Ủy ban MTTQ."
            ),
            count=_count_same,
            records=_records_of_same,
        )
    )
    register(
        Counter(
            key=BOARDS,
            label="Địa bàn có ban tham mưu về dân vận",
            unit_label="địa bàn",
            definition=DEFINITION.format(
                what="Đếm địa bàn có Ban Tuyên giáo và Dân vận, Ban Dân vận hoặc Ban Xây dựng Đảng."
            ),
            count=_count_boards,
            records=_records_of_boards,
        )
    )

    register(
        Counter(
            key=TRAINED,
            label="Cán bộ được bồi dưỡng, mỗi người một lần",
            unit_label="người",
            definition=(
                "Đếm từ sổ chức danh những người học xong ít nhất một lớp trong kỳ khi đang giữ chức danh ở đơn"
                " vị; học nhiều lớp, giữ nhiều chức danh vẫn là một người."
            ),
            count=_count_trained,
            records=_records_of_trained,
            persons=_trained_persons,
        )
    )


def _count_trained(unit_ids: Collection[int], period: Period) -> dict[int, int]:
    return dict(Tally(row.unit_id for row in trained_at(unit_ids, period.first, period.end)))


def _trained_persons(unit_ids: Collection[int], period: Period) -> int:
    return len({row.officer_id for row in trained_at(unit_ids, period.first, period.end)})


def _records_of_trained(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
    return [
        CountedRecord(
            model="organisations.officer",
            pk=row.officer_id,
            unit_id=row.unit_id,
            title=f"{row.name}: {row.course}",
            day=row.finished_on,
            quantity=1,
            url=reverse("desk:officer", args=[row.officer_id]),
            has_evidence=row.certified,
        )
        for row in trained_at(unit_ids, period.first, period.end)
    ]


def _day(period: Period) -> date | None:
    """The last day of the period, today while it runs; None before it begins."""
    today = clock.today()
    return min(period.last, today) if period.first <= today else None


def _rows(unit_ids: Collection[int], period: Period) -> dict[int, ConcurrentRow]:
    day = _day(period)
    return concurrent_heads_for(unit_ids, day) if day else {}


def _count_same(unit_ids: Collection[int], period: Period) -> dict[int, int]:
    return {unit_id: 1 for unit_id, row in _rows(unit_ids, period).items() if row.same}


def _count_boards(unit_ids: Collection[int], period: Period) -> dict[int, int]:
    return dict.fromkeys(_rows(unit_ids, period), 1)


def _records_of_same(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
    return [
        CountedRecord(
            model="organisations.appointment",
            pk=row.head.appointment_id,
            unit_id=unit_id,
            title=f"{row.head.name}: {row.head.title}, {row.chair.title} ({row.place_name})",
            day=max(row.head.since, row.chair.since),
            quantity=1,
            url=reverse("desk:officer", args=[row.head.officer_id]),
            has_evidence=False,
        )
        for unit_id, row in sorted(_rows(unit_ids, period).items())
        if row.same and row.head and row.chair
    ]


def _records_of_boards(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
    day = _day(period)
    return [
        CountedRecord(
            model="organisations.unit",
            pk=row.board_id,
            unit_id=unit_id,
            title=f"{row.board_name}: {row.head.words if row.head else 'khuyết người đứng đầu'}",
            day=row.head.since if row.head else day or period.first,
            quantity=1,
            url=reverse("desk:posts", args=[row.board_id]),
            has_evidence=False,
        )
        for unit_id, row in sorted(_rows(unit_ids, period).items())
    ]
