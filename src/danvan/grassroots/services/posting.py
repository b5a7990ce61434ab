"""Publish a matter, or what came of it: where, from when to when; the files that show it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock, files
from danvan.foundation.errors import Fault
from danvan.grassroots.enums import (
    COMING_OUT,
    DUE,
    Channel,
    Part,
    Pillar,
    State,
    StepKind,
)
from danvan.grassroots.models import Matter, MatterFile, MatterPosting
from danvan.grassroots.services import rows
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def publish_matter(
    matter: Matter,
    *,
    channels: Sequence[str],
    place: str,
    from_on: date,
    actor: "User | None",
    until_on: date | None = None,
    evidence: Sequence[tuple[str, bytes]] = (),
    seen: int | None = None,
) -> list[MatterPosting]:
    """Write down where and since when it can be read or heard; the first one ends the clock of publishing."""
    matter = rows.locked(matter, seen=seen)
    place, faults = rows.words_of(
        place, column="place", missing="Đồng chí vui lòng ghi công khai ở đâu.", most=300
    )
    faults += rows.day_faults(
        from_on, column="from_on", since=matter.outcome_on or matter.began_on,
        what="ngày có kết quả" if matter.outcome_on else "ngày phát sinh",
    )  # fmt: skip
    if not channels or set(channels) - set(Channel.values):
        faults.append(Fault("Đồng chí vui lòng chọn hình thức công khai.", column="channels"))
    faults += _until_faults(from_on, until_on)
    if matter.state != State.SHOWN and matter.state not in (*COMING_OUT, State.AGAIN):
        rows.move(
            matter, State.SHOWN, refusal="Việc đã kết thúc hoặc đã rút thì không công khai thêm."
        )
    rows.refuse(faults)
    part = Part.RESULT if matter.state in COMING_OUT else Part.CONTENT
    made = MatterPosting.objects.bulk_create(
        MatterPosting(matter=matter, part=part, channel=one, place=place, from_on=from_on, until_on=until_on)
        for one in dict.fromkeys(channels)
    )  # fmt: skip
    if matter.shown_on is None or (part == Part.CONTENT and from_on < matter.shown_on):
        matter.shown_on = from_on
        if matter.kind.pillar == Pillar.KNOW:
            rows.stop(matter, DUE, on=from_on, actor=actor)
    rows.save(matter, "state", "shown_on")
    _attach(matter, evidence, actor=actor)
    labels = ", ".join(str(Channel(one.channel).label) for one in made)
    words = f"{labels}, từ {format_date(from_on)}: {place}"
    rows.step(matter, StepKind.POSTED, actor=actor, words=words)
    audit.record(actor, "grassroots.publish", matter, ids=[one.pk for one in made])
    return made


@transaction.atomic
def set_posting_end(
    posting: MatterPosting, *, until_on: date, actor: "User | None"
) -> MatterPosting:
    """Say until when it hung, or will hang."""
    matter = rows.locked(posting.matter)
    posting = MatterPosting.objects.get(pk=posting.pk)
    if not matter.open:
        raise rows.wrong_state(matter, "Việc đã kết thúc thì không sửa ngày niêm yết được.")
    rows.refuse(_until_faults(posting.from_on, until_on))
    posting.until_on = until_on
    posting.save(update_fields=["until_on"])
    rows.save(matter)
    words = f"{Channel(posting.channel).label}: đến hết ngày {format_date(until_on)}"
    rows.step(matter, StepKind.EXTENDED, actor=actor, words=words)
    audit.record(actor, "grassroots.set_posting_end", matter, posting_id=posting.pk)
    return posting


@transaction.atomic
def add_files(
    matter: Matter, *, evidence: Sequence[tuple[str, bytes]], actor: "User | None"
) -> list[MatterFile]:
    """Add photographs or minutes; the same file twice is kept once."""
    matter = rows.locked(matter)
    if matter.state == State.WITHDRAWN:
        raise rows.wrong_state(matter, "Việc đã rút thì không thêm tệp được.")
    made = _attach(matter, evidence, actor=actor)
    audit.record(actor, "grassroots.add_files", matter, ids=[one.pk for one in made])
    return made


def _attach(
    matter: Matter, evidence: Sequence[tuple[str, bytes]], *, actor: "User | None"
) -> list[MatterFile]:
    made = []
    for name, content in evidence:
        stored = files.store(content, name=name, allowed=files.EVIDENCE)
        kept = {
            "file_name": canonical(name)[-255:],
            "added_by": actor,
            "added_at": clock.now(),
        }
        made.append(MatterFile.objects.get_or_create(matter=matter, file=stored, defaults=kept)[0])
    return made


def _until_faults(from_on: date, until_on: date | None) -> list[Fault]:
    if until_on is not None and until_on < from_on:
        return [
            Fault(f"Ngày thôi niêm yết phải từ {format_date(from_on)} trở đi.", column="until_on")
        ]
    return []
