"""The pages of the vault: one's own cases, one case sealed or opened for some minutes, who read what, the register."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import SealingError
from danvan.organisations.selectors import last_names
from danvan.petitions.models import (
    Denunciation,
    VaultExclusion,
    VaultFile,
    VaultOpening,
    VaultProtection,
    VaultReader,
    VaultTask,
)
from danvan.petitions.register_columns import SEALED, RegisterRow
from danvan.petitions.selectors.paper_files import name_shown
from danvan.petitions.selectors.vault.readers import (
    excluded_of,
    own_cases,
    parts_of,
    readers_of,
    reading,
)
from danvan.petitions.vault_clocks import VaultClockTold, tell_all
from danvan.petitions.vault_enums import SHUT, Part, VaultState
from danvan.petitions.vault_moves import LEADS_ON, ONCE, VaultMove, is_written, vault_moves_from
from danvan.petitions.vault_seals import (
    accused_of,
    content_of,
    open_value,
    persons_of,
    requests_of,
    step_words,
)
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

AT_ONCE = 200  # cases of the register in memory
FAR = 10_000  # no case has more of anything
R = TypeVar("R", VaultFile, VaultProtection, VaultTask)


@dataclass(frozen=True, slots=True)
class VaultLine:
    """A case in the list: nothing of it is opened."""

    case: Denunciation
    unit_name: str
    clock: VaultClockTold | None


@dataclass(frozen=True, slots=True)
class StepTold:
    """A line of the history; its words only while the case is open."""

    kind: str
    on: date
    by: Any
    at: Any
    words: str = ""
    symbol: str = ""


@dataclass(slots=True)
class Opened:
    """What is sealed, for as long as it is open."""

    persons: list[dict[str, str]] = field(default_factory=list)
    accused: list[dict[str, str]] = field(default_factory=list)
    content: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    conclusion: str = ""
    tasks: dict[int, tuple[str, str]] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    protections: dict[int, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class VaultCard:
    """One case for one reader. `opened` is None while it is sealed; `fault` says why it cannot be opened."""

    unit_name: str
    parts: frozenset[Part]
    clocks: list[VaultClockTold]
    moves: list[VaultMove]
    again: list[
        tuple[VaultMove, date]
    ]  # written already, with the day; to be written again where need be
    steps: list[StepTold]  # the newest first
    readers: list[VaultReader]
    excluded: list[VaultExclusion]
    openings: list[VaultOpening]
    tasks: list[VaultTask]
    files: list[VaultFile]
    protections: list[VaultProtection]
    places: dict[str, dict[int, int]] = field(default_factory=dict)
    shut: bool = False
    opening: VaultOpening | None = None
    opened: Opened | None = None
    fault: str = ""

    @property
    def nearest(self) -> VaultClockTold | None:
        """The open clock whose day is next."""
        return nearest_of(self.clocks)

    @property
    def leader(self) -> str:
        """The name of the move that brings the case further; empty where this reader has none."""
        names = {one.name for one in self.moves}
        return next((name for name in LEADS_ON if name in names), "")

    @property
    def unresolved(self) -> bool:
        """Whether nobody was named yet who resolves it, before whom it stands still; told to who took it in."""
        until = clock.today()
        resolved = any(
            one.part == Part.RESOLVER and (one.until is None or one.until >= until)
            for one in self.readers
        )
        return Part.INTAKE in self.parts and not resolved

    @property
    def may_destroy(self) -> bool:
        """Whether this reader may destroy the key: the resolver, of a case that is shut and still has it."""
        return Part.RESOLVER in self.parts and self.shut

    @property
    def unclocked(self) -> list[VaultClockTold]:
        """Clocks for which no row of the law was in force: nothing is computed for them."""
        return [one for one in self.clocks if one.told is None]


def nearest_of(clocks: Sequence[VaultClockTold]) -> VaultClockTold | None:
    """The open clock whose day is next; one that stands still is not asked for."""
    running = [
        (one.told.due_on, one.row.pk, one)
        for one in clocks
        if one.told is not None and not one.told.ended and not one.told.paused
    ]
    return min(running, key=lambda one: one[:2])[2] if running else None


def lines_of_cases(cases: Sequence[Denunciation]) -> list[VaultLine]:
    """The list with the nearest clock of each. A constant number of queries."""
    clocks = tell_all(list(cases))
    names = last_names({one.unit_id for one in cases}, clock.today())
    return [VaultLine(one, names.get(one.unit_id, ""), nearest_of(clocks[one.pk])) for one in cases]


def card_of_case(user: "User", case: Denunciation) -> VaultCard:
    """The page of one case; its words only while `user` has it open."""
    parts = parts_of(case, user)
    now = clock.now()
    openings = list(case.openings.select_related("by"))
    mine = next((one for one in openings if one.by_id == user.pk and one.until > now), None)
    steps = list(case.steps.select_related("by"))
    kinds, days = [one.kind for one in steps], {one.kind: one.on for one in steps}
    steps.reverse()
    moves = vault_moves_from(case.state, parts, case.channel)
    written = [one for one in moves if is_written(one, kinds)]
    card = VaultCard(
        unit_name=last_names([case.unit_id], clock.today()).get(case.unit_id, ""),
        parts=parts,
        clocks=tell_all([case])[case.pk],
        moves=[one for one in moves if one not in written],
        again=[(one, days[one.step]) for one in written if one.name not in ONCE],
        steps=[StepTold(one.get_kind_display(), one.on, one.by, one.at) for one in steps],
        readers=readers_of(case),
        excluded=excluded_of(case),
        openings=openings if Part.PROTECTION in parts else [one for one in openings if one.by_id == user.pk],
        tasks=list(case.tasks.select_related("doer")),
        files=list(case.files.select_related("file")),
        protections=list(case.protections.all()),
        shut=case.state in SHUT and case.destroyed_on is None,
        opening=mine,
    )  # fmt: skip
    card.places = {
        "task": places_of(card.tasks), "file": places_of(card.files), "guard": places_of(card.protections),
    }  # fmt: skip
    if mine is not None:
        try:
            card.opened = _opened(case, card)
            card.steps = [
                StepTold(
                    one.get_kind_display(), one.on, one.by, one.at, **_said(case, bytes(one.words))
                )
                for one in steps
            ]
        except SealingError as closed:
            card.fault = closed.message
    return card


@dataclass(frozen=True, slots=True)
class Lost:
    """What is lost with the key of a case, and what stays, each in words."""

    gone: list[str]
    kept: list[str]


def lost_with(case: Denunciation) -> Lost:
    """What destroying the key of a case takes away for ever, counted."""
    counted = (
        (case.files.count(), "tệp"),
        (case.steps.count(), "lời ghi của các bước"),
        (case.tasks.count(), "việc trong hồ sơ"),
        (case.protections.count(), "yêu cầu bảo vệ và biện pháp đã áp dụng"),
    )
    return Lost(
        gone=[
            "người tố cáo, người bị tố cáo, nội dung, yêu cầu, kết luận",
            *(f"{format_number(number)} {what}" for number, what in counted if number),
        ],
        kept=[
            f"số {case.number}, tình trạng và các ngày, để số liệu của năm còn đúng",
            "ai đã đọc, ai đã mở, lúc nào",
        ],
    )


def row_at(rows: QuerySet[R], place: int) -> R | None:
    """The row at a place of its case, from 1 on in the order they were written: no address tells how many other cases have."""
    if not 1 <= place <= FAR:
        return None
    return rows.order_by("pk")[place - 1 : place].first()


def places_of(rows: Iterable[VaultFile | VaultProtection | VaultTask]) -> dict[int, int]:
    """At which place of their case each of its rows stands, by its key."""
    return {pk: place for place, pk in enumerate(sorted(one.pk for one in rows), start=1)}


def protects(user: "User") -> bool:
    """Whether `user` is the protection body of any case."""
    return _protected(user).exists()


def openings_for(user: "User") -> list[VaultOpening]:
    """Every reading of the cases that `user` protects, the latest first."""
    rows = VaultOpening.objects.filter(denunciation__in=_protected(user).values("denunciation"))
    return list(rows.select_related("by", "denunciation"))


def _protected(user: "User") -> QuerySet[VaultReader]:
    """As what `user` protects: a row a case."""
    return VaultReader.objects.filter(
        reading(clock.today()), user=user, part=Part.PROTECTION, denunciation__in=own_cases(user)
    )


def register_rows(
    cases: Iterable[Denunciation], *, opened: bool = False, first: int = 1
) -> Iterator[RegisterRow]:
    """The columns of the form for each case, one read after the other; the denouncer stays a pseudonym.

    `opened`: with its words, for whoever had it opened to write the register.
    """
    numbered = enumerate(cases, start=first)
    while some := list(islice(numbered, AT_ONCE)):
        names = last_names({one.unit_id for _, one in some}, clock.today())
        for number, case in some:
            content = _content_in_register(case) if opened else {"title": SEALED}
            yield RegisterRow(
                number=number,
                on=case.received_on,
                person=case.pseudonym,
                content=content.get("title", ""),
                kind="Tố cáo tiếp" if case.renewal else "Tố cáo",
                people=case.people,
                settled_by=content.get("settled_by", ""),
                competent=case.state not in (VaultState.TRANSFERRED, VaultState.FILED),
                guided_to="Đã chuyển" if case.state == VaultState.TRANSFERRED else "",
                taken_by=names.get(case.unit_id, "") if case.accepted_on else "",
                followed=str(case.get_state_display()),
            )


def cases_among(pks: Collection[int]) -> Iterator[Denunciation]:
    """These cases, the latest first, never many at once."""
    rows = Denunciation.objects.filter(pk__in=pks).select_related("key")
    return rows.iterator(chunk_size=AT_ONCE)


def _content_in_register(case: Denunciation) -> dict[str, str]:
    if case.destroyed_on is not None:
        return {"title": "Đã hủy khóa"}
    try:
        return content_of(case)
    except SealingError as closed:
        return {"title": closed.message}


def _said(case: Denunciation, sealed: bytes) -> dict[str, str]:
    said = step_words(case, sealed)
    return {"words": str(said.get("words", "")), "symbol": str(said.get("symbol", ""))}


def _opened(case: Denunciation, card: VaultCard) -> Opened:
    return Opened(
        persons=persons_of(case),
        accused=accused_of(case),
        content=content_of(case),
        requests=requests_of(case),
        conclusion=str(open_value(case, "conclusion", case.conclusion) or ""),
        tasks={
            one.pk: (
                str(open_value(case, "task", one.words)),
                str(open_value(case, "task", one.result) or ""),
            )
            for one in card.tasks
        },
        files={one.pk: name_shown(str(open_value(case, "file", one.name))) for one in card.files},
        protections={
            one.pk: {
                name: str(open_value(case, name, getattr(one, name)) or "")
                for name in ("asked", "grounds", "person", "measures")
            }
            for one in card.protections
        },
    )
