"""Reads for whoever writes a form: the drafts, the places it may be asked at, what an answer looks like."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_allowing, units_granted
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import indicators_on
from danvan.indicators.selectors.measures import is_derived
from danvan.organisations.enums import STANDING, Kind
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.kinds import kind_label, place_kinds
from danvan.reporting.applying import applies, kinds_told
from danvan.reporting.designing import Content, NewItem
from danvan.reporting.enums import ItemKind
from danvan.reporting.models import FormDraft, FormDraftQuerySet
from danvan.reporting.narrating import Nameable
from danvan.reporting.tables import Placed, Table, laid_out
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion

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

    @property
    def told(self) -> str:
        """Of which kinds of units it is asked, in words; empty for all."""
        return kinds_told(self.item.kinds)


@dataclass(frozen=True, slots=True)
class SectionLines:
    """One section of a draft with its questions."""

    place: int
    title: str
    may_be_nil: bool
    items: tuple[ItemLine, ...]
    kinds: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """Of which kinds of units it is asked, in words; empty for all."""
        return kinds_told(self.kinds)

    @property
    def listed(self) -> list[ItemLine]:
        """The questions beside the table."""
        return [line for line in self.items if not line.item.in_cell]

    @property
    def table(self) -> Table[ItemLine] | None:
        """The table with its questions; None where there is none, or none of its cells asks anything yet."""
        placed = [
            Placed(line.item.row, line.item.column, line.unit_label, line)
            for line in self.items
            if line.item.row is not None and line.item.column is not None
        ]
        return laid_out(self.rows, self.columns, placed)

    def seen_by(self, kind: str) -> "SectionLines":
        """What of it a unit of one kind sees; all of it without a kind."""
        if not kind:
            return self
        if not applies(self.kinds, kind):
            return replace(self, items=())
        return replace(
            self, items=tuple(line for line in self.items if applies(line.item.kinds, kind))
        )


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


def nameable(
    items: Iterable[NewItem], versions: "Iterable[IndicatorVersion]"
) -> dict[str, Nameable]:
    """What the pattern of a question may name, by code, case folded: indicators, and the numbers of the form."""
    found = {
        version.indicator.code.casefold(): Nameable(
            version.name, version.kind == MeasureKind.FLOW, is_derived(version)
        )
        for version in versions
    }
    numbers = [one for one in items if one.kind == ItemKind.NUMBER]
    own = {
        one.code.casefold(): replace(found[one.indicator_code.casefold()], label=one.label)
        for one in numbers
        if one.indicator_code.casefold() in found
    }
    return own | found


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
        found.append(
            SectionLines(
                place=number,
                title=section.title,
                may_be_nil=section.may_be_nil,
                items=tuple(lines),
                kinds=tuple(section.kinds),
                rows=tuple(section.rows),
                columns=tuple(section.columns),
            )
        )
    return found


def seen_lines(lines: list[SectionLines], kind: str) -> list[SectionLines]:
    """The sections as a unit of one kind sees them: none of which nothing is asked of it."""
    seen = [line.seen_by(kind) for line in lines]
    return [line for line in seen if line.items or not kind]


def kinds_offered(draft: FormDraft, *, on: date) -> list[tuple[str, str]]:
    """The kinds of units that a form may be asked of: types of places that stand there, then organisations. One query.

    What the draft names already is offered too.
    """
    found = [*place_kinds(draft.unit_id, draft.level, on=on), *(kind.value for kind in STANDING)]
    named = list(dict.fromkeys([*found, *draft.kinds]))
    places = [(kind, kind.capitalize()) for kind in named if kind not in Kind.values]
    return [*places, *((kind, kind_label(kind)) for kind in named if kind in Kind.values)]


def kind_among(offered: list[tuple[str, str]], said: str) -> str:
    """The kind that somebody wants to see a form as, where it is one of these; else none."""
    return said if said in dict(offered) else ""


def kinds_within(draft: FormDraft, offered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the kinds offered that a draft is for: without a choice, places of any type."""
    return [
        (kind, label)
        for kind, label in offered
        if (kind in draft.kinds if draft.kinds else kind not in Kind.values)
    ]
