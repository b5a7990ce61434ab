"""What reorganisations handed over to the reader's units and nobody has accepted yet."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.reorganise.taking import ACCEPT, own_hand_overs
from danvan.vietnamese.dates import format_date


def waiting_to_be_taken_over(reader: Reader) -> Iterator[Batch]:
    """Matters that passed to the reader's units and wait to be accepted."""
    if not reader.may(ACCEPT):
        return
    url = reverse("desk:hand-overs")

    def made(one: Any) -> Thing:
        event = one.reorganisation
        return Thing(
            sort=Sort.HAND_OVER,
            pk=one.pk,
            title=one.title,
            url=url,
            note=f"{event.title}, từ {format_date(event.effective_on)}",
            unit_id=one.taker_id,
            product="Nhận bàn giao",
            state="Chờ nhận",
        )

    yield reader.take(Group.CHECKING, Sort.HAND_OVER, own_hand_overs(reader.user), made, url)
