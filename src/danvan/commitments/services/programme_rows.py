"""What every act on a work programme does first and last."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model

from danvan.commitments.events import ProgrammeAmended
from danvan.commitments.models import ProgrammeChange, ProgrammeEntry, WorkProgramme
from danvan.commitments.programme_enums import ChangeKind
from danvan.commitments.selectors.chairs import chairs_of
from danvan.foundation import clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

REASON = 600  # letters


def locked(programme: WorkProgramme, *, seen: int | None = None) -> WorkProgramme:
    """The row under lock; RuleError where somebody acted since the page showed it (`seen`)."""
    found = WorkProgramme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    refuse(stale_faults(found, seen))
    return found


def stale_faults(programme: WorkProgramme, seen: int | None) -> list[Fault]:
    """That somebody acted since the page showed it."""
    if seen is None or seen == programme.changes:
        return []
    return [
        Fault("Có đồng chí vừa sửa chương trình này. Đồng chí vui lòng xem lại trang rồi ghi tiếp.")
    ]


def kept(programme: WorkProgramme, *fields: str) -> None:
    """Keep these fields and count the act."""
    programme.changes += 1
    programme.save(update_fields=[*fields, "changes"])


def refuse(faults: list[Fault]) -> None:
    """RuleError with every fault at once, where there is one."""
    if faults:
        raise RuleError(" ".join(dict.fromkeys(one.message for one in faults)), faults=faults)


def written(words: str) -> str:
    """Words as they are stored."""
    return canonical(words).strip()


def too_long(words: str, most: int, label: str, column: str) -> list[Fault]:
    """The fault of words that do not fit."""
    if len(written(words)) <= most:
        return []
    sentence = f"{label} dài quá {format_number(most)} ký tự, đồng chí vui lòng viết gọn lại."
    return [Fault(sentence, column=column)]


def amended(
    entry: ProgrammeEntry,
    kind: ChangeKind,
    *,
    reason: str,
    before: str,
    after: str,
    actor: "User | None",
    parties_before: Iterable[int] = (),
    chair_before: str = "",
) -> Model:
    """Write one amendment; whoever takes part in the line or chairs it, or did before, is told."""
    change = ProgrammeChange.objects.create(
        programme_id=entry.programme_id,
        entry=entry,
        kind=kind,
        on=clock.today(),
        at=clock.now(),
        by=actor,
        reason=reason,
        before=before,
        after=after,
    )
    parties = {*parties_before, *entry.parties.values_list("unit_id", flat=True)}
    words = (entry.chair, chair_before)
    chairs = chairs_of(entry.programme.unit_id, words, on=clock.today()).values()
    people = {one.user_id for one in chairs if one.user_id is not None}
    events.publish(
        ProgrammeAmended(
            change_id=change.pk, unit_ids=tuple(sorted(parties)), user_ids=tuple(sorted(people))
        )
    )
    return change
