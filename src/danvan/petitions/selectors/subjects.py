"""What people ask about their own data: the list with the day of each, and one of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from danvan.accounts.selectors import reaches
from danvan.law.selectors import clocks
from danvan.organisations.selectors.following import told_names
from danvan.petitions.enums import CARRY_OUT, DATA_SUBJECT, RESPOND, DataRequestState
from danvan.petitions.models import DataRequest
from danvan.petitions.models.subjects import DataRequestQuerySet
from danvan.petitions.moves import HANDLE

if TYPE_CHECKING:
    from danvan.accounts.models import User

NO_CLOCK: tuple[date | None, str, str] = (None, "", "")
LABELS = {RESPOND: "Phản hồi", CARRY_OUT: "Thực hiện"}


@dataclass(frozen=True, slots=True)
class DataRequestLine:
    """One request of a list: whose, what is due next and when; `words` tells how the day was counted."""

    request: DataRequest
    unit_name: str
    due_label: str
    due_on: date | None
    words: str
    late: bool


def allowed_data_requests(user: "User", action: str) -> DataRequestQuerySet:
    """Where every view of such a request starts."""
    return DataRequest.objects.allowed(user, action)


def data_requests_of(user: "User") -> QuerySet[DataRequest]:
    """What the reader may see, ready for `data_request_lines`."""
    return allowed_data_requests(user, HANDLE).select_related("petition")


def data_request_lines(rows: Collection[DataRequest], *, on: date) -> list[DataRequestLine]:
    """What a list shows of each. Two queries, however many there are."""
    names = told_names({one.unit_id for one in rows}, on=on)
    running = clocks().filter(
        subject_kind=DATA_SUBJECT, subject_id__in=[one.pk for one in rows], ended_on=None
    )
    nearest: dict[int, tuple[date | None, str, str]] = {}
    for pk, due_on, name, words in running.order_by("due_on", "pk").values_list(
        "subject_id", "due_on", "name", "words"
    ):
        nearest.setdefault(pk, (due_on, name, words))
    found = []
    for one in rows:
        day, name, words = nearest.get(one.pk, (None, "", ""))
        late = day is not None and day < on
        found.append(
            DataRequestLine(one, names.get(one.unit_id, ""), LABELS.get(name, ""), day, words, late)
        )
    return found


def data_request_acts(user: "User", request: DataRequest) -> list[str]:
    """Which acts the page offers to this reader, by name."""
    if not reaches(user, HANDLE, request.unit_id):
        return []
    if request.state == DataRequestState.RECEIVED:
        return ["respond", "carry-out", "refuse"]
    if request.state == DataRequestState.ANSWERED:
        return ["carry-out", "refuse", *([] if request.extended else ["extend"])]
    return []
