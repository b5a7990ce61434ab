"""Which dialogues a reader may see, which fit a list, and which wait for somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import State as Work
from danvan.commitments.selectors import (
    commitments_by_source,
    commitments_told,
    in_their_place,
)
from danvan.commitments.selectors.series import going_on_from
from danvan.dialogues.enums import State
from danvan.dialogues.models import Dialogue, DialogueConclusion, DialogueQuerySet
from danvan.foundation import search
from danvan.foundation.periods import Period
from danvan.organisations.selectors import names_on
from danvan.organisations.selectors.following import found_under, told_names
from danvan.organisations.selectors.spans import organisations_in
from danvan.topics.selectors import reading_under
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment, CommitmentSeries

SOURCE = "dialogues.conclusion"  # the source of the commitments that carry a conclusion out
SHOWN = (State.CONCLUDED, State.CLOSED)  # its conclusions are public
FEW = 40  # units that fit in a list to pick from; more are looked for by name


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of dialogues is asked for; empty parts ask for all."""

    words: str = ""
    kind: str = ""
    state: str = ""
    period: Period | None = None
    unit_id: int | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One dialogue of a list: its host by name, how many opinions and conclusions, how many nobody owns."""

    dialogue: Dialogue
    unit_name: str
    opinions: int
    conclusions: int
    unowned: int
    done: int


def dialogue_of_entry(user: "User", entry_id: int) -> Dialogue | None:
    """The dialogue planned from a line of a monthly programme, where `user` may view it and it was not cancelled."""
    found = allowed_dialogues(user, "dialogues.view").filter(entry_id=entry_id)
    return found.exclude(state=State.CANCELLED).order_by("-pk").first()


def allowed_dialogues(user: "User", action: str) -> DialogueQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Dialogue.objects.allowed(user, action)


def listed(user: "User", asked: Asked, *, on: date) -> QuerySet[Dialogue]:
    """The dialogues that `user` may see and that fit what is asked. Words find number, subject and place only."""
    found: QuerySet[Dialogue] = allowed_dialogues(user, "dialogues.view")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.period is not None:
        found = found.filter(held_on__gte=asked.period.first, held_on__lt=asked.period.end)
    if asked.unit_id is not None:
        found = found.filter(unit_id__in=found_under(asked.unit_id, on=on))
    if asked.topic_id is not None:
        found = found.filter(topic__in=reading_under(asked.topic_id, on))
    if asked.words:
        found = search.find(found, asked.words)
    return found


def lines_of(dialogues: Collection[Dialogue], *, on: date) -> list[Line]:
    """What a list shows beside each dialogue. The number of queries does not grow with that of dialogues."""
    pks = [one.pk for one in dialogues]
    names = told_names({one.unit_id for one in dialogues}, on=on)
    rows = Dialogue.objects.filter(pk__in=pks).order_by()
    opinions = dict(rows.annotate(n=Count("opinions")).values_list("pk", "n"))
    conclusions = list(
        DialogueConclusion.objects.filter(dialogue__in=pks).values_list("pk", "dialogue_id")
    )
    owned, open_ones = _given([pk for pk, _ in conclusions])
    found = []
    for one in dialogues:
        own = [pk for pk, dialogue_id in conclusions if dialogue_id == one.pk]
        found.append(
            Line(
                dialogue=one,
                unit_name=names.get(one.unit_id, ""),
                opinions=opinions.get(one.pk, 0),
                conclusions=len(own),
                unowned=sum(pk not in owned for pk in own),
                done=sum(pk in owned and pk not in open_ones for pk in own),
            )
        )
    return found


def owning(conclusion_ids: Collection[int]) -> QuerySet["Commitment"]:
    """What carries these conclusions out: a lead that declined owns nothing."""
    return commitments_by_source(SOURCE, conclusion_ids).exclude(state=Work.DECLINED)


def carried_by(conclusion_ids: Collection[int]) -> list[tuple[int, "Commitment"]]:
    """Each conclusion with what carries it out now: of what was superseded, the commitment in its place."""
    given = list(owning(conclusion_ids))
    now = in_their_place(given)
    return [
        (one.source_id or 0, now[one.pk])
        for one in given
        if now[one.pk].state not in (Work.DECLINED, Work.WITHDRAWN)
    ]


def carried_again(conclusion_ids: Collection[int]) -> dict[int, list["CommitmentSeries"]]:
    """The conclusions that are carried out again and again, with what does so and of which more turns come. One query."""
    found: dict[int, list[CommitmentSeries]] = {}
    for one in going_on_from(SOURCE, conclusion_ids).order_by("pk"):
        found.setdefault(one.source_id or 0, []).append(one)
    return found


def _given(conclusion_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """The conclusions that somebody owns, and of those the ones with something not checked yet, or that comes back."""
    rows, again = carried_by(conclusion_ids), set(carried_again(conclusion_ids))
    owned = {pk for pk, _ in rows} | again
    return owned, {pk for pk, one in rows if one.verified_on is None} | again


def shown_with(commitment_ids: Collection[int]) -> list[Dialogue]:
    """The dialogues whose conclusions are public and that these commitments carry out. Two queries."""
    given = (one for one in commitments_told(commitment_ids) if one.source_kind == SOURCE)
    conclusions = [one.source_id for one in given if one.source_id is not None]
    found = Dialogue.objects.filter(conclusions__in=conclusions, state__in=SHOWN)
    return list(found.distinct().order_by("pk")) if conclusions else []


def unowned(dialogue: Dialogue) -> list[DialogueConclusion]:
    """The conclusions of a dialogue that nobody owns, in the order of the text."""
    found = list(dialogue.conclusions.order_by("start"))
    owned, _ = _given([one.pk for one in found])
    return [one for one in found if one.pk not in owned]


def readable_dialogues(user: "User", pks: list[int]) -> set[int]:
    """Those of the dialogues that `user` may open. One query."""
    seen = allowed_dialogues(user, "dialogues.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def notices_due(user: "User", *, until: date) -> QuerySet[Dialogue]:
    """Dialogues up to a day that the people have not been told of, the nearest first."""
    mine = allowed_dialogues(user, "dialogues.hold")
    return mine.filter(state=State.PLANNED, held_on__lte=until).order_by("held_on", "pk")


def conclusions_to_issue(user: "User") -> QuerySet[Dialogue]:
    """Dialogues that were held and whose conclusions are not issued, the longest waiting first."""
    mine = allowed_dialogues(user, "dialogues.hold").filter(state=State.HELD)
    return mine.order_by("held_on", "pk")


def past_unsaid(user: "User", *, on: date) -> QuerySet[Dialogue]:
    """Dialogues whose day is over and of which nobody wrote whether they were held."""
    mine = allowed_dialogues(user, "dialogues.hold").coming()
    return mine.filter(held_on__lt=on).order_by("held_on", "pk")


def questions_waiting(user: "User", *, on: date) -> QuerySet[Dialogue]:
    """Dialogues to come for which questions were sent that nobody sorted, the nearest first; `waiting` says how many."""
    mine = allowed_dialogues(user, "dialogues.hold").filter(
        state=State.ANNOUNCED, held_on__gte=on, questions__opinion=None, questions__aside=""
    )
    counted = mine.annotate(waiting=Count("questions")).filter(waiting__gt=0)
    return counted.order_by("held_on", "pk")


@dataclass(frozen=True, slots=True)
class Held:
    """A dialogue that took place, as the modules above count it: who hosted, when, how many came."""

    unit_id: int
    subject: str
    held_on: date
    place: str
    people: int


def dialogue_held(dialogue_id: int) -> Held | None:
    """One dialogue as it took place; None where it did not. Two queries."""
    one = Dialogue.objects.took_place().filter(pk=dialogue_id).first()
    if one is None:
        return None
    return Held(
        unit_id=one.host_on(one.held_on),
        subject=f"{one.number}: {one.subject}",
        held_on=one.held_on,
        place=one.place,
        people=sum(one.attendance.values_list("number", flat=True)),
    )


def hosting_units(user: "User", *, on: date) -> list[tuple[int, str]] | None:
    """The organisations for which `user` may hold a dialogue, by name; None where they are too many to pick from."""
    ids = organisations_in(units_granted(user, "dialogues.hold"), limit=FEW + 1)
    if len(ids) > FEW:
        return None
    return sorted(names_on(ids, on).items(), key=lambda pair: sort_key(pair[1]))
