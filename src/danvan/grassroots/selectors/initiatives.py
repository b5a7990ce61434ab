"""Initiatives of households: whether enough agree, until when their consent holds, and what became of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from danvan.accounts.selectors import reaches
from danvan.foundation import clock
from danvan.grassroots.enums import CONSENT_KEY
from danvan.grassroots.models import Initiative, InitiativeCount
from danvan.grassroots.models.initiatives import InitiativeQuerySet
from danvan.grassroots.selectors.tallies import threshold
from danvan.law.selectors import last_days
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST = 200  # that wait at the units of one reader


@dataclass(frozen=True, slots=True)
class Standing:
    """How an initiative stands by its last count: how many must agree, whether they do, until when that holds."""

    count: InitiativeCount
    needed: int
    enough: bool
    holds_until: date | None
    tone: str
    word: str

    def over(self, on: date) -> bool:
        """Whether the consent of the households no longer holds on a day."""
        return self.holds_until is not None and on > self.holds_until


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """One initiative as a list shows it."""

    initiative: Initiative
    unit_name: str
    village_name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class InitiativeCard:
    """What the page of one initiative shows."""

    line: InitiativeLine
    counts: list[InitiativeCount]
    may_keep: bool

    @property
    def waits(self) -> bool:
        """Whether the reader may act on it."""
        one = self.line.initiative
        return self.may_keep and not one.put and one.declined_on is None


def allowed_initiatives(user: "User", action: str) -> InitiativeQuerySet:
    """Where every view of an initiative starts."""
    return Initiative.objects.allowed(user, action)


def initiatives_of(user: "User") -> QuerySet[Initiative]:
    """What the reader may see, ready for `initiative_lines`."""
    return allowed_initiatives(user, "dialogues.view").select_related("kind", "matter")


def initiative_lines(rows: Collection[Initiative], *, on: date) -> list[InitiativeLine]:
    """What a list shows of each. A fixed number of queries, however many there are."""
    names = last_names({pk for one in rows for pk in (one.unit_id, one.village_id)}, on)
    counts = _last_counts(rows)
    holds = last_days(CONSENT_KEY, {one.counted_on for one in counts.values()})
    return [
        InitiativeLine(
            one,
            names.get(one.unit_id, ""),
            names.get(one.village_id, ""),
            _standing(one, counts[one.pk], holds.get(counts[one.pk].counted_on), on),
        )
        for one in rows
    ]


def initiatives_ready(user: "User", unit_ids: Collection[int], *, on: date) -> QuerySet[Initiative]:
    """What may be put to the people in these units, the oldest first. A fixed number of queries."""
    kept = allowed_initiatives(user, "dialogues.hold").waiting().filter(unit_id__in=unit_ids)
    waiting = list(kept.select_related("matter").order_by("entered_on", "pk")[:MOST])
    if not waiting:
        return kept.none()
    lines = [one for one in initiative_lines(waiting, on=on) if one.standing.enough]
    ready = [one.initiative.pk for one in lines if not one.standing.over(on)]
    return kept.filter(pk__in=ready).select_related("kind").order_by("entered_on", "pk")


def standing_of(initiative: Initiative) -> Standing:
    """How one initiative stands today."""
    [line] = initiative_lines([initiative], on=clock.today())
    return line.standing


def initiative_card_of(user: "User", initiative: Initiative) -> InitiativeCard:
    """What the page of one initiative shows; a fixed number of queries."""
    [line] = initiative_lines([initiative], on=clock.today())
    return InitiativeCard(
        line,
        list(initiative.counts.select_related("needed")),
        reaches(user, "dialogues.hold", initiative.unit_id),
    )


def _last_counts(rows: Collection[Initiative]) -> dict[int, InitiativeCount]:
    found = InitiativeCount.objects.filter(initiative__in=rows).select_related("needed")
    return {one.initiative_id: one for one in found.order_by("counted_on", "pk")}


def _standing(
    one: Initiative, count: InitiativeCount, holds_until: date | None, on: date
) -> Standing:
    law = threshold(count.needed)
    met = law.met(count.supporters, count.households)
    enough = met or count.front
    tone, word = _word(one, holds_until, on, met=met, enough=enough)
    return Standing(count, law.needed(count.households), enough, holds_until, tone, word)


def _word(
    one: Initiative, holds_until: date | None, on: date, *, met: bool, enough: bool
) -> tuple[str, str]:
    if one.put:
        return "green", "Đã đưa ra Nhân dân bàn"
    if one.declined_on is not None:
        return "grey", f"Không đưa ra bàn, trả lời {format_date(one.declined_on)}"
    if not enough:
        return "grey", "Chưa đủ hộ đồng ý"
    if holds_until is not None and on > holds_until:
        return "orange", f"Ý kiến các hộ hết giá trị {format_date(holds_until)}"
    return "orange", "Đủ hộ, chờ đưa ra bàn" if met else "Mặt trận tán thành, chờ đưa ra bàn"
