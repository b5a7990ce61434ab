"""The words of any module's records that a person let everybody read. Nothing else of them stands in public."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from danvan.foundation import clock, search
from danvan.foundation.models import PublicWords

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """Which text of which record."""

    subject: str
    subject_id: int
    part: str


def decide_words(
    place: Place, *, words: str | None, spans: Sequence[Any] = (), actor: "User | None"
) -> None:
    """Let everybody read these words of a text, covered already; None: nobody reads it. For services, in their transaction."""
    told = {
        "shown": words is not None,
        "words": words or "",
        "spans": list(spans) if words is not None else [],
        "decided_on": clock.today(),
        "decided_by": actor,
    }
    row, _ = PublicWords.objects.update_or_create(
        subject=place.subject, subject_id=place.subject_id, part=place.part, defaults=told
    )
    if row.shown:
        search.index(row, row.words)
    else:
        search.forget(row)


def decided_words(places: Iterable[Place]) -> dict[Place, PublicWords]:
    """What was decided of these texts. One query for each kind of record."""
    wanted: dict[str, set[int]] = {}
    for one in places:
        wanted.setdefault(one.subject, set()).add(one.subject_id)
    return {
        Place(one.subject, one.subject_id, one.part): one
        for subject, ids in wanted.items()
        for one in PublicWords.objects.filter(subject=subject, subject_id__in=ids)
    }


def shown_words(subject: str, ids: Collection[int]) -> dict[tuple[int, str], str]:
    """What everybody may read of these records, by record and part. One query."""
    found = PublicWords.objects.filter(subject=subject, subject_id__in=ids, shown=True)
    return {(one.subject_id, one.part): one.words for one in found}


def shown_ids(subject: str, part: str) -> QuerySet[Any]:
    """The ids of the records of which everybody may read this part."""
    found = PublicWords.objects.filter(subject=subject, part=part, shown=True)
    return found.order_by().values("subject_id")


def decided_ids(subject: str, part: str) -> QuerySet[Any]:
    """The ids of the records of which a person has decided on this part."""
    return PublicWords.objects.filter(subject=subject, part=part).order_by().values("subject_id")


def found_ids(subject: str, part: str, words: str, *, most: int) -> list[int]:
    """The records of which everybody may read this part and in which these words stand, `most` at most. One query."""
    found = search.find(PublicWords.objects.filter(subject=subject, part=part, shown=True), words)
    return list(found.values_list("subject_id", flat=True).order_by("-decided_on", "-pk")[:most])
