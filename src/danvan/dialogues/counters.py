"""What is counted from dialogues, by host and day: those held, their conclusions, and those carried out."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.selectors.reading import carried_again, carried_by
from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRow, Found, counter_of_rows, register


def held(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """Dialogues held in the periods, on the day itself."""
    first, end = _bounds(periods)
    hosted = Q(unit_id__in=unit_ids) | Q(former_id__in=unit_ids)
    rows = Dialogue.objects.took_place().filter(hosted, held_on__gte=first, held_on__lt=end)
    found = [
        CountedRow(one.pk, one.host_on(one.held_on), one.held_on, f"{one.number} {one.subject}")
        for one in rows.order_by("held_on", "pk")
    ]
    return [row for row in found if row.unit_id in unit_ids]


def concluded(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """Conclusions on the day their notice was issued."""
    found = [_row(one) for one in _conclusions(unit_ids, periods)]
    return [row for row in found if row.unit_id in unit_ids]


def carried_out(unit_ids: Collection[int], periods: Collection[Period]) -> list[CountedRow]:
    """Conclusions of which everything given was found done and nothing comes back any more; on the day of their notice,
    so that a share adds up."""
    found = _conclusions(unit_ids, periods)
    pks = [one.pk for one in found]
    whole = dict.fromkeys(carried_again(pks), False)
    for conclusion_id, one in carried_by(pks):
        whole[conclusion_id] = whole.get(conclusion_id, True) and one.verified_on is not None
    done = [_row(row) for row in found if whole.get(row.pk)]
    return [row for row in done if row.unit_id in unit_ids]


COUNTED: tuple[tuple[str, str, str, str, Found], ...] = (
    ("held", "Cuộc đối thoại đã tổ chức", "cuộc",
     "Đếm cuộc đối thoại do đơn vị chủ trì, theo ngày đối thoại; cuộc đã hủy không tính.", held),
    ("conclusions", "Kết luận sau đối thoại", "kết luận",
     "Đếm từng kết luận phải thực hiện, theo ngày ra thông báo kết luận.", concluded),
    ("conclusions_done", "Kết luận sau đối thoại đã thực hiện xong", "kết luận",
     "Đếm kết luận mà mọi việc được giao đã kiểm tra xong, theo ngày ra thông báo kết luận.",
     carried_out),
)  # fmt: skip


def register_all() -> None:
    """Register the counters of dialogues; called once, when the app starts."""
    for key, label, unit_label, definition, found in COUNTED:
        register(
            counter_of_rows(
                found,
                key=f"dialogues.{key}",
                label=label,
                unit_label=unit_label,
                definition=definition,
                model="dialogues.dialogue",
                page="dialogues:card",
            )
        )


def _bounds(periods: Iterable[Period]) -> tuple[date, date]:
    known = list(periods)
    return min(one.first for one in known), max(one.end for one in known)


def _conclusions(
    unit_ids: Collection[int], periods: Collection[Period]
) -> list[DialogueConclusion]:
    first, end = _bounds(periods)
    hosted = Q(dialogue__unit_id__in=unit_ids) | Q(dialogue__former_id__in=unit_ids)
    rows = DialogueConclusion.objects.filter(
        hosted,
        dialogue__concluded_on__gte=first,
        dialogue__concluded_on__lt=end,
    )
    return list(
        rows.select_related("dialogue").order_by("dialogue__concluded_on", "dialogue", "start")
    )


def _row(one: DialogueConclusion) -> CountedRow:
    dialogue = one.dialogue
    day = dialogue.concluded_on or dialogue.held_on
    return CountedRow(
        dialogue.pk, dialogue.host_on(day), day, f"{dialogue.number} {one.sentence[:200]}"
    )
