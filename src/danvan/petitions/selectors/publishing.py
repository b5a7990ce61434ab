"""Proposals and feedback as everybody may read them: the words that a person confirmed, never those of the register."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import SealingError
from danvan.foundation.sealing import unseal
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import ANSWERED_KINDS, SETTLE, State
from danvan.petitions.models import Petition, PublicPetition, PublicPetitionQuerySet
from danvan.petitions.moves import HANDLE
from danvan.petitions.publishing_enums import ANSWER, LATE, PARTS, TEXT, TITLE, Showing
from danvan.petitions.selectors.cards import SEEN_PARTS
from danvan.petitions.selectors.following import DAYS, LOOKS, PLAIN, days_late, told_late
from danvan.petitions.selectors.populations import late_among
from danvan.petitions.selectors.sending import sounds_like_denunciation
from danvan.reading.covering import Proposed, propose, spans_kept
from danvan.topics.selectors import told_topics
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

STANDING: dict[str, str] = {**PLAIN, State.WITHDRAWN: "Người gửi đã rút"}


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """One of them as a page, a feed or a list shows it. `number` leads to its page and tells nothing of the register."""

    number: str
    serial: int  # of its public row, for counting
    kind: str  # a value of Kind
    kind_label: str
    title: str
    text: str
    answer: str
    answered_on: date | None
    received_on: date
    shown_on: date
    changed_on: date
    due_on: date | None
    due_label: str
    answer_due_on: date | None  # the day by which it is answered, where that is the nearest
    late: bool
    days_late: int  # of what waits for its answer
    state: str  # a value of State
    standing: str
    look: str  # good, watch or none
    open: bool
    topic_id: int | None
    topic: str
    place_id: int | None
    place: str
    unit_id: int
    unit: str

    @property
    def told(self) -> str:
        """Where it stands, and that it is late where it is."""
        return told_late(self.standing, late=self.late, days=self.days_late)

    @property
    def tone(self) -> str:
        """How that is shown."""
        return "late" if self.late else self.look


def published_petitions() -> QuerySet[PublicPetition]:
    """What everybody may read, the latest first. The only public queryset of petitions."""
    return PublicPetition.objects.shown().select_related("petition").order_by("-shown_on", "-pk")


def public_matters(rows: Iterable[PublicPetition]) -> list[PublicMatter]:
    """These as they are shown; rows of `published_petitions()`. Four queries, however many there are."""
    found, today = list(rows), clock.today()
    units = {pk for one in found for pk in (one.petition.unit_id, one.petition.place_id) if pk}
    names = last_names(units, today)
    topics = told_topics({one.petition.topic_id for one in found} - {None}, on=today)
    late = late_among([one.petition_id for one in found], on=today)
    paths = {pk: told.path for pk, told in topics.items()}
    return [_matter(one, names, paths, late=one.petition_id in late, today=today) for one in found]


def public_matter(number: str) -> PublicMatter | None:
    """The one behind a public number; None where there is none or it is public no longer: nothing tells which."""
    return next(iter(public_matters(published_petitions().filter(number=number)[:1])), None)


def _matter(
    row: PublicPetition, names: dict[int, str], topics: dict[int, str], *, late: bool, today: date
) -> PublicMatter:
    petition = row.petition
    due_on = petition.due_on if petition.open else None
    shown_on = row.shown_on or row.asked_on
    days = (shown_on, row.decided_on, petition.answered_on, petition.closed_on)
    return PublicMatter(
        number=row.number or "",
        serial=row.pk,
        kind=petition.kind,
        kind_label=petition.get_kind_display(),
        title=row.title,
        text=row.text,
        answer=row.answer,
        answered_on=row.answer_on,
        received_on=petition.received_on,
        shown_on=shown_on,
        changed_on=max(day for day in days if day),
        due_on=due_on,
        due_label=DAYS.get(petition.due_name, "Hạn"),
        answer_due_on=due_on if petition.due_name == SETTLE else None,
        late=late,
        days_late=days_late(petition, today) if late else 0,
        state=petition.state,
        standing=STANDING[petition.state],
        look=LOOKS.get(petition.state, "watch"),
        open=petition.open,
        topic_id=petition.topic_id,
        topic=topics.get(petition.topic_id or 0, ""),
        place_id=petition.place_id,
        place=names.get(petition.place_id or 0, ""),
        unit_id=petition.unit_id,
        unit=names.get(petition.unit_id, ""),
    )


# The officer's side


@dataclass(frozen=True, slots=True)
class ModerationLine:
    """One matter of the list of what is to be looked through."""

    row: PublicPetition
    unit_name: str
    late: bool


@dataclass(frozen=True, slots=True)
class UnitPublications:
    """How a unit keeps up with what people wish to be public."""

    unit_id: int
    unit_name: str
    waiting: int
    late: int
    shown: int
    declined: int
    taken_down: int


def allowed_publications(user: "User", action: str) -> PublicPetitionQuerySet:
    """Where every officer's view of what becomes public starts."""
    return PublicPetition.objects.allowed(user, action)


def publications_listed(
    user: "User", which: str, *, unit_id: int | None = None
) -> QuerySet[PublicPetition]:
    """What waits to be looked through, is late, or stands in one state; of one unit where it is named."""
    found = allowed_publications(user, HANDLE).select_related("petition", "decided_by")
    if unit_id is not None:
        found = found.filter(petition__unit_id=unit_id)
    if which == LATE:
        return found.waiting().filter(due_on__lt=clock.today())
    return found.waiting() if which == Showing.WAITING else found.filter(state=which)


def late_publications(user: "User") -> QuerySet[PublicPetition]:
    """What should have been looked through before today, the longest waiting first."""
    return publications_listed(user, LATE).order_by("due_on", "pk")


def publications_by_unit(user: "User") -> list[UnitPublications]:
    """Of each unit how much waits, is late, is shown, was declined or taken down; the latest first. Two queries."""
    waits = Q(petition__kind__in=ANSWERED_KINDS) & (
        Q(state=Showing.WAITING) | Q(state=Showing.SHOWN, again_on__isnull=False)
    )
    counted = list(
        allowed_publications(user, HANDLE)
        .order_by()
        .values("petition__unit_id")
        .annotate(
            to_read=Count("pk", filter=waits),
            behind=Count("pk", filter=waits & Q(due_on__lt=clock.today())),
            open_now=Count("pk", filter=Q(state=Showing.SHOWN)),
            declined=Count("pk", filter=Q(state=Showing.DECLINED)),
            gone=Count("pk", filter=Q(state=Showing.TAKEN_DOWN)),
        )
    )
    names = last_names({one["petition__unit_id"] for one in counted}, clock.today())
    lines = [
        UnitPublications(
            unit_id=one["petition__unit_id"],
            unit_name=names.get(one["petition__unit_id"], ""),
            waiting=one["to_read"],
            late=one["behind"],
            shown=one["open_now"],
            declined=one["declined"],
            taken_down=one["gone"],
        )
        for one in counted
    ]
    return sorted(lines, key=lambda one: (-one.late, -one.waiting, sort_key(one.unit_name)))


def moderation_lines(rows: Iterable[PublicPetition]) -> list[ModerationLine]:
    """What the list shows of each. One query."""
    found, today = list(rows), clock.today()
    names = last_names({one.petition.unit_id for one in found}, today)
    return [
        ModerationLine(one, names.get(one.petition.unit_id, ""), one.late(today)) for one in found
    ]


def waiting_publications(user: "User") -> int:
    """How many wait for this reader."""
    return allowed_publications(user, HANDLE).waiting().count()


def publication_of(petition: Petition) -> PublicPetition | None:
    """How far its words are public; None where nobody asked for that."""
    return PublicPetition.objects.filter(petition=petition).first()


def words_to_show(petition: Petition) -> dict[str, str]:
    """The words of a petition that become public, part by part, as they stand in the register."""
    answer = petition.answer if petition.answered_on else ""
    return {TITLE: petition.title, TEXT: petition.text, ANSWER: answer}


def denounces(texts: Mapping[str, str]) -> bool:
    """Whether what its sender says sounds as a denunciation does: that is never public. A guess, never kept."""
    return sounds_like_denunciation(f"{texts[TITLE]}\n{texts[TEXT]}")


def sender_words(petition: Petition) -> list[str]:
    """What its record holds of whoever sent it, to be found in its words and shown to nobody. SealingError without the key."""
    signatures = petition.paper.signatures.select_related("petitioner__key")
    people = [one.petitioner for one in signatures if one.petitioner.erased_on is None]
    held = [
        unseal(one.key, getattr(one, part), name=f"petitioner.{part}")
        for one in people
        for part in SEEN_PARTS
        if getattr(one, part)
    ]
    return [one for one in held if one.strip()]


def proposed_covers(
    row: PublicPetition, chosen: Collection[str] | None = None, more: Iterable[str] = ()
) -> list[Proposed]:
    """What an officer is shown: each part with the places to be covered. `chosen`: the values that stayed ticked on the page;
    None where it is opened anew, then everything proposed is ticked. `more`: words that the officer covers besides.
    """
    petition = row.petition
    try:
        known = sender_words(petition)
    except SealingError:  # the service refuses to publish without it
        known = []
    kept = {TITLE: row.title_spans, TEXT: row.text_spans, ANSWER: []}
    return [
        propose(
            part, PARTS[part], text, before=spans_kept(kept[part], text), known=known, chosen=chosen, more=tuple(more)
        )
        for part, text in words_to_show(petition).items()
    ]  # fmt: skip
