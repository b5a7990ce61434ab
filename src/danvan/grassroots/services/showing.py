"""Let everybody read on the portal what an officer confirmed of a matter that was made public; the rest nobody reads there."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.covering import cover_faults
from danvan.foundation.errors import RuleError
from danvan.foundation.public_words import decide_words
from danvan.grassroots.enums import StepKind
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors.publishing import groups_to_show, place_of_part
from danvan.grassroots.services import rows
from danvan.reading.covering import Covering

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def show_matter(
    matter: Matter, covering: Covering, *, shown: Collection[str], actor: "User | None", seen: int | None = None
) -> Matter:  # fmt: skip
    """Let everybody read the groups of texts in `shown`, covered as this officer confirms, and nothing else of it: what was
    public before and is not chosen is public no longer.
    """
    matter = rows.locked(matter, seen=seen)
    groups = groups_to_show(matter)
    if not groups:
        raise RuleError(
            f"Việc {matter.number} chưa công khai ở đâu hoặc đã rút. Đồng chí vui lòng ghi nơi công khai trước."
        )
    texts = {part: text for one in groups for part, _, text in one.texts}
    rows.refuse(cover_faults(covering.strays(texts), covering.unseen(texts)))
    wanted = [one for one in groups if one.key in shown]
    told = {part: covering.told(text, part) for one in wanted for part, _, text in one.texts}
    for part in texts:
        words, spans = told.get(part, (None, []))
        decide_words(place_of_part(matter, part), words=words, spans=spans, actor=actor)
    rows.save(matter)
    rows.step(matter, StepKind.SHOWN, actor=actor, words=", ".join(one.label for one in wanted))
    audit.record(actor, "grassroots.show", matter, parts=sorted(told))
    return matter
