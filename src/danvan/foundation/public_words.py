"""The words of any module's records that a person let everybody read. Nothing else of them stands in public."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import QuerySet

from danvan.foundation import clock, search
from danvan.foundation.covering import cover_faults
from danvan.foundation.errors import Fault
from danvan.foundation.models import PublicWords

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """Which text of which record."""

    subject: str
    subject_id: int
    part: str


PlaceOf = Callable[[str], Place]


class Texts(Protocol):
    """Texts of one record that are let out or kept together."""

    @property
    def key(self) -> str:
        """What a page calls them by."""

    @property
    def label(self) -> str:
        """What they are called."""

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """Each as part, label, text."""


class Covers(Protocol):
    """What a person confirmed to be covered in them."""

    def told(self, text: str, part: str) -> tuple[str, Sequence[Any]]:
        """The text as everybody reads it, with the spans that are covered."""

    def strays(self, texts: Mapping[str, str]) -> list[str]:
        """The parts whose spans fit no text."""

    def unseen(self, texts: Mapping[str, str]) -> list[str]:
        """The words to be covered that stand nowhere."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose of all texts of one record that may become public: the groups to be read, their words as covered by part."""

    texts: dict[str, str]
    wanted: list[Texts]
    told: dict[str, tuple[str, Sequence[Any]]]
    faults: list[Fault]  # of what is to be covered

    @property
    def labels(self) -> str:
        """What everybody reads from now on, in words."""
        return ", ".join(one.label for one in self.wanted)

    def decide(self, place_of: PlaceOf, *, actor: "User | None") -> None:
        """Let everybody read the words that were chosen and nothing else of the record: what was public before and is not chosen
        is public no longer. For services, in their transaction.
        """
        for part in self.texts:
            words, spans = self.told.get(part, (None, []))
            decide_words(place_of(part), words=words, spans=spans, actor=actor)


def choice_of(groups: Iterable[Texts], covering: Covers, *, shown: Collection[str]) -> Choice:
    """What of these groups is to be read: those in `shown`, covered so."""
    groups = list(groups)
    texts = {part: text for one in groups for part, _, text in one.texts}
    wanted = [one for one in groups if one.key in shown]
    told = {part: covering.told(text, part) for one in wanted for part, _, text in one.texts}
    return Choice(texts, wanted, told, cover_faults(covering.strays(texts), covering.unseen(texts)))


def spans_decided(groups: Iterable[Texts], place_of: PlaceOf) -> dict[str, Sequence[Any] | None]:
    """By part what was covered when a person let it out, None where it was kept; nothing of what nobody decided yet. One query for
    each kind of record.
    """
    parts = {part: place_of(part) for one in groups for part, _, _ in one.texts}
    rows = decided_words(parts.values())
    return {
        part: rows[at].spans if rows[at].shown else None for part, at in parts.items() if at in rows
    }


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
