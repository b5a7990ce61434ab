"""Who will come to a dialogue, as counts; and the registration behind a code."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from danvan.commitments.selectors import source_of_code
from danvan.dialogues.models import Dialogue, DialogueRegistration
from danvan.dialogues.selectors.asking import QUESTION, SEAT


@dataclass(frozen=True, slots=True)
class Registered:
    """How many people will come, in how many registrations, and how many seats there are (None: nobody said)."""

    people: int
    entries: int
    seats: int | None

    @property
    def left(self) -> int | None:
        """How many seats are left; None where there is no end to them."""
        return None if self.seats is None else max(self.seats - self.people, 0)


def registered(dialogue: Dialogue, *, without: DialogueRegistration | None = None) -> Registered:
    """The registrations that stand, one of them left out where it is about to change. One query."""
    rows = dialogue.registrations.filter(withdrawn_on=None)
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    found = rows.aggregate(people=Sum("people", default=0), entries=Count("pk"))
    return Registered(found["people"], found["entries"], dialogue.seats)


def named_registrations(dialogue: Dialogue) -> QuerySet[DialogueRegistration]:
    """Those that stand and whose sender left a name, for who handles the dialogue in the host unit."""
    return dialogue.registrations.filter(withdrawn_on=None).exclude(name="").order_by("pk")


def registration_behind(code: str) -> DialogueRegistration | None:
    """The registration that was made with the code; None where there is none. Two queries."""
    source = source_of_code(code)
    if source is None or source[0] not in (QUESTION, SEAT):
        return None
    found = DialogueRegistration.objects.filter(dialogue=source[1], slip=source[2])
    return found.select_related("dialogue").first()
