"""Reads for whoever writes a form: the drafts, the places it may be asked at, what an answer looks like."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_allowing, units_granted
from danvan.indicators.selectors import indicators_on
from danvan.indicators.selectors.measures import is_derived
from danvan.organisations.selectors import names_on, units_on
from danvan.reporting.designing import Content, NewItem
from danvan.reporting.models import FormDraft, FormDraftQuerySet
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

ACTION = "forms.manage"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One question of a draft as a page shows it, with its places (from 0) and what is known of its indicator."""

    section: int
    place: int
    item: NewItem
    indicator: str  # empty where it is for words, or the indicator is not defined
    unit_label: str
    computed: bool
    part_of: str  # the words of the question it is part of


@dataclass(frozen=True, slots=True)
class SectionLines:
    """One section of a draft with its questions."""

    place: int
    title: str
    may_be_nil: bool
    items: tuple[ItemLine, ...]


def allowed_drafts(user: "User") -> FormDraftQuerySet:
    """The drafts that `user` may write on."""
    return FormDraft.objects.allowed(user, ACTION).select_related("unit", "follows")


def places_of_forms(user: "User", *, on: date) -> list[tuple[int, str]]:
    """The places at which `user` may set a form, by name: those the reader's grants name, or stand in."""
    granted = units_on({held.unit_id for held in grants_allowing(user, ACTION)}, on)
    places = {row.id if row.is_place else row.place_id for row in granted.values()} - {None}
    reached = units_granted(user, ACTION).filter(unit_id__in=places)
    names = names_on(set(reached.values_list("unit_id", flat=True)), on)
    return sorted(names.items(), key=lambda one: sort_key(one[1]))


def lines_of(content: Content, *, on: date) -> list[SectionLines]:
    """The sections of a draft, each question with its indicator as it is defined on a day. One query."""
    known = {version.indicator.code: version for version in indicators_on(on)}
    labels = {item.code: item.label for item in content.items}
    found = []
    for number, section in enumerate(content.sections):
        lines = []
        for place, item in enumerate(section.items):
            version = known.get(item.indicator_code)
            lines.append(
                ItemLine(
                    section=number,
                    place=place,
                    item=item,
                    indicator=version.name if version else "",
                    unit_label=version.unit_label if version else "",
                    computed=version is not None and is_derived(version),
                    part_of=labels.get(item.part_of, ""),
                )
            )
        found.append(SectionLines(number, section.title, section.may_be_nil, tuple(lines)))
    return found
