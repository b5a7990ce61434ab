"""Reads of the way of reports: what waits for whom, what lies before a unit's head, how many wait at each step."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, QuerySet

from danvan.foundation import clock
from danvan.indicators.enums import Origin
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names, units_on
from danvan.reporting.enums import Standing
from danvan.reporting.models import Form, Obligation, ObligationQuerySet, Proposal, WayStep
from danvan.reporting.selectors.filling import Sheet, sheet_of
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop on the way of a report: who approves there, and whether they have, it is their turn, or not yet."""

    name: str
    done: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies before the head of a unit, as one reader sees it."""

    proposal: Proposal
    sheet: Sheet
    may_release: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports of a month wait at one step; `key` is a key of `FILTERS`, nothing where no such list is."""

    key: str
    label: str
    number: int


def waiting_for(user: "User") -> ObligationQuerySet:
    """The sent reports whose turn is `user`'s."""
    return Obligation.objects.in_turn_of(user).select_related("form")


def passing_units(user: "User", form: Form, period: "Period") -> QuerySet[Any, Any] | None:
    """Ids of the units whose reports of a month the reader sees because they go by the reader's place.

    None where the reader sees the month whole, as who asked does.
    """
    if Form.objects.allowed(user, "submissions.view").filter(pk=form.pk).exists():
        return None
    steps = WayStep.objects.held_by(user)
    mine = steps.filter(obligation__form=form, obligation__first=period.first)
    return mine.order_by().values("obligation__unit_id")


def laid_before(user: "User") -> ObligationQuerySet:
    """The reports that lie before `user` as head of the unit, to be let go."""
    mine = Obligation.objects.allowed(user, "submissions.release")
    return mine.filter(standing=Standing.PROPOSED).select_related("form")


def of_the_unit(user: "User", obligation: Obligation) -> bool:
    """Whether the reader is of the unit that answers for the report: who enters for it, or lets it go."""
    row = Obligation.objects.filter(pk=obligation.pk)
    enters = row.allowed(user, "submissions.enter")
    return (enters | row.allowed(user, "submissions.release")).exists()


def laid_of(user: "User", obligation: Obligation) -> Laid | None:
    """What lies before the head, for who is of the unit; None where nothing does, or the reader is of elsewhere."""
    rows = Proposal.objects.filter(obligation=obligation, closed_at=None).select_related("by")
    proposal = rows.first()
    if proposal is None or not of_the_unit(user, obligation):
        return None
    content = proposal.content
    answers = {code: _text(given) for code, given in content["answers"].items()}
    row = Obligation.objects.filter(pk=obligation.pk)
    return Laid(
        proposal=proposal,
        sheet=sheet_of(
            obligation,
            answers=answers,
            nil_sections=content.get("nil_sections", ()),
            reasons=content.get("reasons") or {},
            estimated=[
                code
                for code, origin in (content.get("origins") or {}).items()
                if origin == Origin.ESTIMATED
            ],
        ),
        may_release=row.allowed(user, "submissions.release").exists(),
        may_withdraw=row.allowed(user, "submissions.enter").exists(),
    )


def _text(given: Any) -> str:
    if isinstance(given, dict):
        return format_number(given["number"])
    return "" if given is None else str(given)


def stops_of(obligation: Obligation) -> list[Stop]:
    """The stops on the way of a report, from its unit's head to who asked; none where only who asked approves."""
    steps = list(WayStep.objects.filter(obligation=obligation).order_by("position"))
    if not steps and not obligation.head_approves:
        return []
    places = [one.answering_id for one in steps]
    asking, unit = obligation.form.asking_id, obligation.answering_id
    names = last_names([*places, asking, unit], clock.today())
    standing, turn = obligation.standing, obligation.turn
    left = standing in (Standing.SENT, Standing.ACCEPTED, Standing.LOCKED)
    accepted = standing in (Standing.ACCEPTED, Standing.LOCKED)
    found = []
    if obligation.head_approves:
        name = f"Lãnh đạo {names.get(unit, 'đơn vị')}"
        found.append(Stop(name, left, standing == Standing.PROPOSED))
    sent = standing == Standing.SENT
    for step, place in zip(steps, places, strict=True):
        passed = left and (not sent or not turn or step.position < turn)
        found.append(Stop(names.get(place, ""), passed, sent and step.position == turn))
    found.append(Stop(names.get(asking, ""), accepted, sent and not turn))
    return found


def waiting_by_step(
    form: Form, period: "Period", within: QuerySet[Any, Any] | None = None
) -> list[Waiting]:
    """How many reports of a month wait at each step, from the units' heads up; steps at which none waits are left out.

    Of the units `within` (a queryset of ids) where given. At most three queries.
    """
    owed = Obligation.objects.filter(form=form, first=period.first)
    if within is not None:
        owed = owed.filter(unit_id__in=within)
    counts = owed.order_by().values_list("standing", "turn").annotate(Count("pk"))
    found = {(standing, turn): number for standing, turn, number in counts}
    heads = sum(number for (standing, _), number in found.items() if standing == Standing.PROPOSED)
    waiting = [Waiting("cho-lanh-dao", "Chờ lãnh đạo đơn vị duyệt", heads)]
    steps = WayStep.objects.filter(obligation__form=form, obligation__first=period.first)
    here = steps.filter(obligation__standing=Standing.SENT, position=F("obligation__turn"))
    if within is not None:
        here = here.filter(obligation__unit_id__in=within)
    by_place = here.order_by().values_list("unit_id").annotate(Count("pk"))
    numbers = dict(by_place)
    levels: dict[str, int] = {}
    for place, one in units_on(numbers, period.last).items():
        levels[one.level] = levels.get(one.level, 0) + numbers[place]
    for level in reversed(Level):
        if level in levels:
            label = f"Chờ {lower_first(str(level.label))} duyệt"
            waiting.append(Waiting("dang-qua-cap", label, levels[level]))
    waiting.append(Waiting("cho-noi-giao", "Chờ nơi yêu cầu duyệt", found.get(("sent", 0), 0)))
    return [one for one in waiting if one.number]
