"""Let everybody read what an officer confirmed of a dialogue, text by text; what is not chosen nobody reads."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.dialogues.enums import StepKind
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors.publishing import groups_to_show, names_held, place_of_part
from danvan.dialogues.services import rows
from danvan.foundation import audit
from danvan.foundation.covering import cover_faults
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.public_words import decide_words
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
    texts = {part: text for one in groups for part, _, text in one.texts}
    wanted = [one for one in groups if one.key in shown]
    told = {part: covering.told(text, part) for one in wanted for part, _, text in one.texts}
    names = names_held(dialogue)
    rows.refuse(
        [
            *cover_faults(covering.strays(texts), covering.unseen(texts)),
            *(Fault(OPEN.format(one.label)) for one in wanted for part, _, _ in one.texts if any(known_spans(told[part][0], names))),
        ]
    )  # fmt: skip
    for part in texts:
        words, spans = told.get(part, (None, []))
        decide_words(place_of_part(dialogue, part), words=words, spans=spans, actor=actor)
    rows.save(dialogue)
    rows.step(dialogue, StepKind.SHOWN, actor=actor, words=", ".join(one.label for one in wanted))
    audit.record(actor, "dialogues.publish", dialogue, parts=sorted(told))
    return dialogue
