"""What of a dialogue may become public: its notice, what was asked and answered, what the head concluded; what waits for a person."""

from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from danvan.dialogues.enums import State
from danvan.dialogues.models import Dialogue, DialogueConclusion, DialogueOpinion
from danvan.dialogues.selectors.reading import SHOWN, SOURCE, allowed_dialogues
from danvan.foundation.public_words import Place, decided_ids, spans_decided
from danvan.reading.covering import Group, ProposedGroup, propose_groups

if TYPE_CHECKING:
    from danvan.accounts.models import User

DIALOGUE, OPINION = "dialogues.dialogue", "dialogues.opinion"
SUBJECT, PLACE, CONTENT, ANSWER, SENTENCE = "subject", "place", "content", "answer", "sentence"
ANNOUNCED = Q(asks_until__isnull=False) | Q(noticed_on__isnull=False)


def groups_to_show(dialogue: Dialogue) -> list[Group]:
    """Its texts that may become public as it stands: the notice once the people were told, the rest once conclusions are out."""
    return [
        *_notice(dialogue),
        *(list(_concluded(dialogue)) if dialogue.state in SHOWN else []),
    ]


def place_of_part(dialogue: Dialogue, part: str) -> Place:
    """Which text of which record a part is."""
    if part in (SUBJECT, PLACE):
        return Place(DIALOGUE, dialogue.pk, part)
    number = int(part[1:])
    if part[0] == "c":
        return Place(SOURCE, number, SENTENCE)
    return Place(OPINION, number, CONTENT if part[0] == "q" else ANSWER)


def names_held(dialogue: Dialogue) -> list[str]:
    """The names that its records hold of who asked, never left open."""
    asked = dialogue.questions.exclude(name="").values_list("name", flat=True)
    said = dialogue.opinions.exclude(name="").values_list("name", flat=True)
    return list(dict.fromkeys([*asked, *said]))


def proposed_publication(
    dialogue: Dialogue, chosen: Collection[str] | None = None, more: Collection[str] = (), wanted: Collection[str] | None = None
) -> list[ProposedGroup]:  # fmt: skip
    """What an officer is shown: each text with the places to be covered, and whether it is or is to be public."""
    groups = groups_to_show(dialogue)
    decided = spans_decided(groups, partial(place_of_part, dialogue))
    return propose_groups(
        groups, decided, known=names_held(dialogue), chosen=chosen, more=more, wanted=wanted
    )


def dialogues_to_publish(user: "User") -> QuerySet[Dialogue]:
    """The dialogues with a text of which nobody decided whether everybody reads it, the latest first."""
    told = ~Q(state=State.CANCELLED) & ANNOUNCED & ~Q(pk__in=decided_ids(DIALOGUE, SUBJECT))
    said = DialogueConclusion.objects.filter(dialogue=OuterRef("pk"))
    asked = DialogueOpinion.objects.filter(dialogue=OuterRef("pk"))
    over = Q(state__in=SHOWN) & (
        ~Q(pk__in=decided_ids(DIALOGUE, SUBJECT))
        | Exists(said.exclude(pk__in=decided_ids(SOURCE, SENTENCE)))
        | Exists(asked.exclude(pk__in=decided_ids(OPINION, CONTENT)))
    )
    return allowed_dialogues(user, "dialogues.hold").filter(told | over).order_by("-held_on", "-pk")


def waits_to_be_published(user: "User", dialogue: Dialogue) -> bool:
    """Whether this reader is to decide on a text of it."""
    return dialogues_to_publish(user).filter(pk=dialogue.pk).exists()


def _notice(dialogue: Dialogue) -> list[Group]:
    announced = dialogue.asks_until is not None or dialogue.noticed_on is not None
    if dialogue.state == State.CANCELLED or not (announced or dialogue.state in SHOWN):
        return []
    texts = [(SUBJECT, "Nội dung", dialogue.subject), (PLACE, "Nơi", dialogue.place)]
    return [Group("notice", "Thông báo cuộc đối thoại", official=True, texts=texts)]


def _concluded(dialogue: Dialogue) -> Iterator[Group]:
    for place, said in enumerate(dialogue.conclusions.order_by("start"), 1):
        texts = [(f"c{said.pk}", "Kết luận", said.sentence)]
        yield Group(f"c{said.pk}", f"Kết luận {place}", official=True, texts=texts)
    for place, one in enumerate(dialogue.opinions.order_by("place"), 1):
        texts = [(f"q{one.pk}", "Bà con hỏi", one.content)]
        if one.answer:
            texts.append((f"a{one.pk}", "Trả lời", one.answer))
        yield Group(f"q{one.pk}", f"Ý kiến {place}", official=False, texts=texts)
