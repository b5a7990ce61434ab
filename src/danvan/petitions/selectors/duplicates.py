"""Which open petitions say what a new one says: looked for before it is sent, among those that the reader may see.

The vault is not among them: nothing of a denunciation is ever compared here. What is compared is kept in arrays of the
process alone and thrown away with it; where words leave these tables, a number in the database says so, and each process
throws all away at its next look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from danvan.petitions.models import ComparedTexts, Paper, Petition, Signature
from danvan.petitions.selectors.blocks import Blocks
from danvan.petitions.selectors.likeness import Scan, alike, features_of, words_in

if TYPE_CHECKING:
    from danvan.accounts.models import User

VIEW = "petitions.view"
LEAST = 0.5  # how alike two texts must be to be named to a person
LEAST_WORDS = 3  # of fewer words nothing can be said
SHOWN = 10
CANDIDATES = 1_000  # as many as are looked at for those the reader may see
BLOCK_CANDIDATES = 300
AT_ONCE = 200
NEW_AT_ONCE = 20_000  # texts that one question takes in at most; the next goes on
OVERLAP = 1_000  # ids before the last one that may have been committed after it
SAME_PLACE, SAME_TIME, A_YEAR = 0.10, 0.05, 365


@dataclass(frozen=True, slots=True)
class Similar:
    """An open petition that says nearly the same: how alike its words are (0 to 1), and what else is the same."""

    petition: Petition
    likeness: float
    same_place: bool
    days: int

    @property
    def percent(self) -> int:
        """How alike, in hundredths."""
        return round(self.likeness * 100)

    @property
    def weight(self) -> float:
        """How alike with place and time weighed in: by this they are put in order."""
        near = max(0.0, 1 - abs(self.days) / A_YEAR)
        return self.likeness + SAME_PLACE * self.same_place + SAME_TIME * near


@dataclass(frozen=True, slots=True)
class SimilarFound:
    """What was found among `compared` petitions; not `whole` where this process has not read all the older ones yet."""

    found: tuple[Similar, ...]
    compared: int
    whole: bool


class _Gathered:
    """What this process has read of the open petitions: each compared up to a number of them, blocks beyond it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.number = 0  # of the database, when this was begun
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.index: Scan | Blocks = Scan()
        self.known: set[int] = set()
        self.low: int | None = None
        self.whole = False

    def begin_where_words_went(self) -> None:
        """Begin anew where words left the tables since, in whatever process that was. One query."""
        number = ComparedTexts.objects.values_list("number", flat=True).order_by("pk").first() or 0
        if number != self.number:
            self.forget()
            self.number = number

    def catch_up(self) -> None:
        """Take in what came since, and of what is older as much as one question may: the newest first."""
        rows = Petition.objects.unfinished()
        if self.known:
            came = rows.filter(pk__gt=max(self.known) - OVERLAP).order_by("pk")
            self._take(came.exclude(pk__in=self._overlapping()))
        if not self.whole:
            older = (
                rows.order_by("-pk")
                if self.low is None
                else rows.filter(pk__lt=self.low).order_by("-pk")
            )
            taken = self._take(older)
            self.low = min(taken, default=self.low)
            self.whole = len(taken) < NEW_AT_ONCE
        if isinstance(self.index, Scan) and len(self.index) > settings.DANVAN_SIMILAR_SCAN:
            self.forget()
            self.index = Blocks()
            self.catch_up()

    def _overlapping(self) -> list[int]:
        last = max(self.known)
        return [pk for pk in range(max(last - OVERLAP, 0), last + 1) if pk in self.known]

    def _take(self, rows: "QuerySet[Petition]") -> list[int]:
        texts = list(rows.values_list("pk", "title", "text")[:NEW_AT_ONCE])
        self.index.add([(pk, f"{title}\n{text}") for pk, title, text in texts])
        taken = [pk for pk, _, _ in texts]
        self.known.update(taken)
        return taken


_gathered = _Gathered()


def forget_texts() -> None:
    """Throw away what this process has read; the next question reads anew."""
    with _gathered.lock:
        _gathered.forget()


def similar_petitions(
    text: str, *, place_id: int | None, on: date, user: "User", limit: int = SHOWN, apart_from: int | None = None
) -> SimilarFound:  # fmt: skip
    """The open petitions that `user` may see and that say nearly the same, the likest first; tones do not matter.

    `text` is the title and the words of the new one; `place_id` and `on` say where and when: the same place and a near day
    put a petition before others. Up to DANVAN_SIMILAR_SCAN open petitions each is compared; beyond that only those that
    share a block are. `apart_from` leaves one out: the petition that the question is about.
    """
    if len(words_in(text)) < LEAST_WORDS:
        return SimilarFound((), 0, whole=True)
    with _gathered.lock:
        _gathered.begin_where_words_went()
        _gathered.catch_up()
        compared, whole = len(_gathered.index), _gathered.whole
        near = _candidates(text, apart_from)
    found: list[Similar] = []
    for some in _in_batches(near):
        found += _seen(some, place_id, on, user)
        if len(found) >= limit:
            break
    found.sort(key=lambda one: (-one.weight, -one.petition.pk))
    return SimilarFound(tuple(found[:limit]), compared, whole)


def same_sender(original: Petition, paper: Paper) -> bool:
    """Whether somebody who stands behind `paper` stands behind the paper of `original` too; nothing is opened for that."""
    ours = Signature.objects.filter(paper=paper)
    theirs = Signature.objects.filter(paper_id=original.paper_id)
    people = theirs.filter(petitioner__in=ours.values("petitioner"))
    # A name that is the same proves little alone, but with the same matter it is for the officer to weigh.
    names = theirs.filter(petitioner__name_mark__in=ours.values("petitioner__name_mark"))
    return people.exists() or names.exists()


def _candidates(text: str, apart_from: int | None) -> list[tuple[int, float]]:
    index = _gathered.index
    if isinstance(index, Scan):
        return index.nearest(text, least=LEAST, most=CANDIDATES, apart_from=apart_from)
    ids = [one for one in index.near(text, most=BLOCK_CANDIDATES + 1) if one != apart_from]
    rows = Petition.objects.filter(pk__in=ids).values_list("pk", "title", "text")
    texts = {pk: features_of(f"{title}\n{words}") for pk, title, words in rows}
    asked = features_of(text)
    weights = index.weights if apart_from is None else index.weights_without(asked)
    scores = alike(asked, list(texts.values()), weights)
    found = [one for one in zip(texts, scores, strict=True) if one[1] >= LEAST]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _in_batches(near: Sequence[tuple[int, float]]) -> Iterator[dict[int, float]]:
    for first in range(0, len(near), AT_ONCE):
        yield dict(near[first : first + AT_ONCE])


def _seen(scores: dict[int, float], place_id: int | None, on: date, user: "User") -> list[Similar]:
    """Those of them that are open and that the reader may see."""
    rows = Petition.objects.allowed(user, VIEW).unfinished().filter(pk__in=scores)
    return [
        Similar(
            petition=one,
            likeness=min(scores[one.pk], 1.0),
            same_place=place_id is not None and one.place_id == place_id,
            days=(on - one.received_on).days,
        )
        for one in rows.select_related("cluster")
    ]
