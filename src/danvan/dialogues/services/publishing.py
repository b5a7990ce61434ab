"""Let everybody read what an officer confirmed of a dialogue, text by text; what is not chosen nobody reads."""

from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.dialogues.enums import StepKind
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors.publishing import groups_to_show, names_held, place_of_part
from danvan.dialogues.services import rows
from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.public_words import Choice, choice_of
from danvan.reading.covering import Covering
from danvan.reading.redacting import known_spans

if TYPE_CHECKING:
    from danvan.accounts.models import User

OPEN = "{} còn chỗ nêu tên người hỏi chưa che. Đồng chí vui lòng giữ dấu chọn ở các chỗ ấy."


@transaction.atomic
def publish_dialogue(
    dialogue: Dialogue, covering: Covering, *, shown: Collection[str], actor: "User | None", seen: int | None = None
) -> Dialogue:  # fmt: skip
    """Let everybody read the groups of texts in `shown`, covered as this officer confirms, and nothing else of it: what was
    public before and is not chosen is public no longer. The names that its records hold are never left open.
    """
    dialogue = rows.locked(dialogue, seen=seen)
    groups = groups_to_show(dialogue)
    if not groups:
        raise RuleError(
            "Cuộc đối thoại này chưa thông báo cho Nhân dân hoặc đã hủy nên chưa có gì để công khai. "
            "Đồng chí vui lòng ghi thông báo trước."
        )
    choice = choice_of(groups, covering, shown=shown)
    rows.refuse([*choice.faults, *_open_faults(choice, names_held(dialogue))])
    choice.decide(partial(place_of_part, dialogue), actor=actor)
    rows.save(dialogue)
    rows.step(dialogue, StepKind.SHOWN, actor=actor, words=choice.labels)
    audit.record(actor, "dialogues.publish", dialogue, parts=sorted(choice.told))
    return dialogue


def _open_faults(choice: Choice, names: Collection[str]) -> Iterator[Fault]:
    """Where a name that the records hold would be read by everybody."""
    for one in choice.wanted:
        for part, _, _ in one.texts:
            if any(known_spans(choice.told[part][0], names)):
                yield Fault(OPEN.format(one.label))
