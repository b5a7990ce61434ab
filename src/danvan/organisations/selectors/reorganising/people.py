"""What of people forbids that a unit ends: nobody is put in a post of a unit that is no more, and no record is lost."""

from typing import Any

from django.db.models import Count, F, Min, Q

from danvan.organisations.models import Appointment, Assignment, Post
from danvan.organisations.selectors.reorganising.planner import Planner
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number


def find_people_faults(planner: Planner) -> None:
    """Note the posts, appointments and assignments of ending units that begin on the day or later. Four queries."""
    ended = planner.ended
    if not ended:
        return
    kinds: list[tuple[Any, str, str]] = [
        (Post, "unit_id", "chức danh"),
        (Appointment, "post__unit_id", "lượt giữ chức danh"),
        (Assignment, "unit_id", "phân công phụ trách"),
        (Assignment, "place_id", "phân công phụ trách"),
    ]
    for model, whose, words in kinds:
        late = model.objects.filter(Q(**{f"{whose}__in": ended}), valid_from__gte=planner.on)
        told = late.order_by().values(at=F(whose)).annotate(count=Count("pk"), first=Min("valid_from"))  # fmt: skip
        for row in sorted(told, key=lambda row: int(row["at"])):
            planner.fault("later", f"{planner.name(row['at'])} có {format_number(row['count'])} {words} ghi từ ngày {format_date(row['first'])}, khi đơn vị không còn. Đồng chí vui lòng bỏ nếu ghi nhầm, hoặc chọn ngày sắp xếp muộn hơn.")  # fmt: skip
