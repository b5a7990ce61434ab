"""Let everybody read on the portal what an officer confirmed of a matter that was made public; the rest nobody reads there."""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import RuleError
from danvan.foundation.public_words import choice_of
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
    choice = choice_of(groups, covering, shown=shown)
    rows.refuse(choice.faults)
    choice.decide(partial(place_of_part, matter), actor=actor)
    rows.save(matter)
    rows.step(matter, StepKind.SHOWN, actor=actor, words=choice.labels)
    audit.record(actor, "grassroots.show", matter, parts=sorted(choice.told))
    return matter
