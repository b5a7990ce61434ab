"""What is counted from dissemination sessions, by who held them and the day: how many were held, how many came."""

from collections.abc import Collection

from danvan.documents.models import DisseminationSession
from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRow, Found, counter_of_rows, register


def held(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """The sessions held, on their day."""
    return [_row(one) for one in _between(unit_ids, periods)]


def came(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """Those who came to sessions of which that is known."""
    return [_row(one, one.attended) for one in _between(unit_ids, periods) if one.attended]


COUNTED: tuple[tuple[str, str, str, str, Found], ...] = (
    ("sessions", "Hội nghị quán triệt, học tập văn bản", "hội nghị",
     "Đếm hội nghị quán triệt, học tập đã tổ chức, theo cơ quan tổ chức và ngày tổ chức.", held),
    ("session_attendance", "Lượt người dự hội nghị quán triệt, học tập văn bản", "lượt người",
     "Cộng số người dự đã ghi của các hội nghị quán triệt, học tập, theo ngày; hội nghị chưa rõ thì không cộng.", came),
)  # fmt: skip


def register_sessions() -> None:
    """Register the counters of sessions; called once, when the app starts."""
    for key, label, unit_label, definition, found in COUNTED:
        register(
            counter_of_rows(
                found,
                key=f"documents.{key}",
                label=label,
                unit_label=unit_label,
                definition=definition,
                model="documents.disseminationsession",
                page="documents:session",
            )
        )


def _between(unit_ids: Collection[int], periods: Collection[Period]) -> list[DisseminationSession]:
    known = list(periods)
    first, end = min(one.first for one in known), max(one.end for one in known)
    rows = DisseminationSession.objects.held().filter(
        held_by_id__in=unit_ids, on__gte=first, on__lt=end
    )
    return list(rows.select_related("document").defer("document__text").order_by("on", "pk"))


def _row(one: DisseminationSession, quantity: int = 1) -> CountedRow:
    title = f"Quán triệt {one.document.get_document_type_display()} {one.document.symbol}".strip()
    evident = one.minutes_id is not None
    return CountedRow(one.pk, one.held_by_id, one.on, title, quantity, evident)
