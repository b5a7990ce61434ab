"""The way of a report: laid when it is asked for; whose turn it is; who may act in it and in whose stead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import lender_of, reaches, units_held
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names, places_above
from danvan.organisations.selectors.spans import spans_of
from danvan.reporting.enums import Standing
from danvan.reporting.models import Form, Obligation, WayStep

if TYPE_CHECKING:
    from danvan.accounts.models import User

APPROVE, RELEASE = "submissions.approve", "submissions.release"
LEVELS = tuple(Level)
BATCH = 500


def lay_ways(form: Form, obligations: Iterable[Obligation], on: date) -> list[WayStep]:
    """Freeze by way of which places reports go up: those between the units and who asks, on a day, the nearest first."""
    owed = list(obligations)
    if not form.by_way or not owed:
        return []
    asking = [one for one in spans_of([form.asking_id]) if one.holds_on(on)]
    if not asking:  # a place founded later asks on: its level is the one it has
        asking = spans_of([form.asking_id])[-1:]
    between = LEVELS[LEVELS.index(Level(asking[0].level)) + 1 : LEVELS.index(Level(form.level))]
    units = [one.unit_id for one in owed]
    found: dict[int, list[int]] = {unit: [] for unit in units}
    for level in reversed(between):
        for start in range(0, len(units), BATCH):
            for top, unit in places_above(units[start : start + BATCH], [level], on=on):
                found[unit].append(top)
    return WayStep.objects.bulk_create(
        WayStep(obligation=one, position=position, unit_id=place)
        for one in owed
        for position, place in enumerate(found[one.unit_id], start=1)
    )


@dataclass(frozen=True, slots=True)
class Stead:
    """In whose stead somebody decides: who lent the right, and till when; nobody where it is one's own."""

    lender_id: int | None = None
    until: date | None = None

    @property
    def told(self) -> dict[str, Any]:
        """For the audit."""
        return {"on_behalf_of": self.lender_id} if self.lender_id else {}


class Turns:
    """Whose turn it is with some reports, for one person who wants to act. Few queries for any number of reports."""

    def __init__(self, obligations: Iterable[Obligation], actor: "User | None") -> None:
        owed = list(obligations)
        self._actor = actor
        self._steps: dict[int, list[WayStep]] = {}
        rows = WayStep.objects.filter(obligation_id__in=[one.pk for one in owed])
        for step in rows.order_by("obligation_id", "position"):
            self._steps.setdefault(step.obligation_id, []).append(step)
        self._held = set(units_held(actor, APPROVE)) if actor else set()
        self._asking: dict[int, bool] = {}
        self._steads: dict[tuple[int, str], Stead] = {}

    def step(self, one: Obligation) -> WayStep | None:
        """The step that a sent report waits for; None where it waits for who asked."""
        steps = self._steps.get(one.pk, [])
        return steps[one.turn - 1] if one.turn and one.standing == Standing.SENT else None

    def first(self, one: Obligation) -> int:
        """The turn of a report that has just left its unit."""
        return 1 if self._steps.get(one.pk) else 0

    def after(self, one: Obligation) -> int:
        """The turn that follows."""
        return one.turn + 1 if one.turn < len(self._steps.get(one.pk, [])) else 0

    def below(self, one: Obligation) -> int:
        """The step below whose turn it is; 0 where that is the unit itself."""
        return one.turn - 1 if one.turn else len(self._steps.get(one.pk, []))

    def refuse_unless_mine(self, one: Obligation) -> None:
        """RuleError that says whose turn it is, where it is not the actor's."""
        if one.standing == Standing.PROPOSED:
            raise RuleError(
                f"Chưa đến lượt đồng chí: báo cáo này đang chờ {whose_turn(one)} duyệt."
            )
        step = self.step(one)
        if self._actor is None:
            return
        mine = step.answering_id in self._held if step else self._asks(one)
        if not mine:
            raise RuleError(
                f"Không phải lượt đồng chí: báo cáo này đang chờ {whose_turn(one)} duyệt."
                if one.standing == Standing.SENT
                else f"Việc này của {whose_turn(one)}, nơi yêu cầu báo cáo. Đồng chí vui lòng trao đổi với nơi đó."
            )

    def _asks(self, one: Obligation) -> bool:
        """Whether the actor is of who asked; where no place stands between, the page has let only such in."""
        if one.pk not in self._steps:
            return True
        asking = one.form.asking_id
        if asking not in self._asking:
            self._asking[asking] = reaches(self._actor, APPROVE, asking)
        return self._asking[asking]

    def stead(self, one: Obligation, action: str = APPROVE) -> Stead:
        """In whose stead the actor acts in this turn."""
        step = self.step(one)
        place = step.answering_id if step else one.form.asking_id
        key = (place, action)
        if key not in self._steads:
            self._steads[key] = stead_of(self._actor, action, place, itself=step is not None)
        return self._steads[key]


def stead_of(actor: "User | None", action: str, unit_id: int, *, itself: bool) -> Stead:
    """In whose stead somebody acts at a unit."""
    lent = lender_of(actor, action, unit_id, itself=itself) if actor else None
    return Stead(lent.lender.pk, lent.until) if lent else Stead()


def whose_turn(one: Obligation) -> str:
    """Whom a report waits for, as part of a sentence."""
    step = None
    if one.standing == Standing.SENT and one.turn:
        step = WayStep.objects.get(obligation=one, position=one.turn)
    with_unit = one.standing in (Standing.PROPOSED, Standing.DUE, Standing.RETURNED)
    place = step.answering_id if step else one.answering_id if with_unit else one.form.asking_id
    name = last_names([place], clock.today()).get(place, "đơn vị")
    return f"lãnh đạo {name}" if one.standing == Standing.PROPOSED else name
