"""What of a matter may become public: what it is called and where it hangs; what waits for a person."""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from danvan.foundation.public_words import Place, decided_ids, spans_decided
from danvan.grassroots.enums import State
from danvan.grassroots.models import Matter, MatterPosting
from danvan.grassroots.selectors.reading import allowed_matters
from danvan.reading.covering import Group, ProposedGroup, propose_groups

if TYPE_CHECKING:
    from danvan.accounts.models import User

MATTER, POSTING = "grassroots.matter", "grassroots.posting"
TITLE, PLACE = "title", "place"


def groups_to_show(matter: Matter) -> list[Group]:
    """Its texts that may become public: none before it was published, nor once it was withdrawn."""
    if matter.shown_on is None or matter.state in (State.DUE, State.WITHDRAWN):
        return []
    return [
        Group("title", "Việc công khai", official=True, texts=[(TITLE, "Việc", matter.title)]),
        *(
            Group(
                f"p{one.pk}",
                str(one.get_channel_display()),
                official=True,
                texts=[(f"p{one.pk}", "Nơi công khai", one.place)],
            )
            for one in matter.postings.order_by("from_on", "pk")
        ),
    ]


def place_of_part(matter: Matter, part: str) -> Place:
    """Which text of which record a part is."""
    if part == TITLE:
        return Place(MATTER, matter.pk, TITLE)
    return Place(POSTING, int(part[1:]), PLACE)


def proposed_publication(
    matter: Matter, chosen: Collection[str] | None = None, more: Collection[str] = (), wanted: Collection[str] | None = None
) -> list[ProposedGroup]:  # fmt: skip
    """What an officer is shown: each text with the places to be covered, and whether it is or is to be public."""
    groups = groups_to_show(matter)
    decided = spans_decided(groups, partial(place_of_part, matter))
    return propose_groups(groups, decided, chosen=chosen, more=more, wanted=wanted)


def matters_to_publish(user: "User") -> QuerySet[Matter]:
    """The published matters with a text of which nobody decided whether everybody reads it here, the latest first."""
    hung = MatterPosting.objects.filter(matter=OuterRef("pk"))
    undecided = ~Q(pk__in=decided_ids(MATTER, TITLE)) | Exists(
        hung.exclude(pk__in=decided_ids(POSTING, PLACE))
    )
    found = allowed_matters(user, "dialogues.hold").standing().filter(shown_on__isnull=False)
    return found.exclude(state=State.DUE).filter(undecided).order_by("-shown_on", "-pk")


def waits_to_be_published(user: "User", matter: Matter) -> bool:
    """Whether this reader is to decide on a text of it."""
    return matters_to_publish(user).filter(pk=matter.pk).exists()
