"""Roles follow their units: what is held at a unit that ends is held at its heir from that day, and comes back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from danvan.accounts.models import Grant, User
from danvan.accounts.selectors import role_label, units_granted
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Follows, Sort
from danvan.organisations.holders import (
    BATCH,
    Moved,
    Passage,
    by_many,
    counted,
    moved_since,
    plain,
    tell,
)
from danvan.organisations.selectors import identities, last_names

DAY = timedelta(days=1)
COLUMNS = (
    "pk", "user_id", "unit_id", "role", "follows", "valid_from", "valid_to", "granted_by_id", "delegated_from_id",
    "source_symbol", "reason",
)  # fmt: skip


class Piece(NamedTuple):
    """Days on which a person holds a role at the heir, and the grant by which they do."""

    start: date
    end: date | None
    grant: Grant


class Kind(NamedTuple):
    """What makes two grants the same but for their days."""

    user_id: int
    unit_id: int
    role: str
    follows: str
    lent_from: int | None


class GrantHolder:
    """Every grant that holds, or would begin to, at a unit that ends: closed on the day, and given anew at the heir.

    Nobody is given what they hold there already. Who lent a role goes on lending it.
    """

    key = "accounts.grants"
    label = "quyền đang có hiệu lực"
    model = Grant

    def faults(self, passage: Passage) -> list[Fault]:
        """Nothing forbids it: whoever holds a role goes on holding it."""
        return []

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many grants of each unit hold on the day or later. One query."""
        return counted(_holding(on), "unit", unit_ids)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Close what is held at the ended units on the day and give the rest of it at their heirs."""
        held = _locked(_holding(passage.on), "unit_id", passage.heirs)
        if not held:
            return []
        names = last_names({grant.unit_id for grant in held}, passage.on)
        giving = _Giving(held, passage)
        # A lender before those they lent to, so that the chain can be tied anew.
        giving.give([grant for grant in held if grant.delegated_from_id is None])
        giving.give([grant for grant in held if grant.delegated_from_id is not None])
        children, made = _tie_anew(held, giving), giving.made
        moved = [
            Moved(
                row_id=grant.pk,
                giver=grant.unit_id,
                taker=passage.heirs[grant.unit_id],
                title=f"Quyền {role_label(grant.role)} tại {names.get(grant.unit_id, '')}"[:400],
                before={"valid_to": _text(grant.valid_to)},
                after={
                    "grants": [one.pk for one in made[grant.pk]],
                    "until": _text(made[grant.pk][-1].valid_to) if made[grant.pk] else None,
                    "children": children.get(grant.pk, []),
                },
            )
            for grant in held
        ]
        for grant in held:
            grant.valid_to = max(passage.on, grant.valid_from)
        Grant.objects.bulk_update(held, ["valid_to"], batch_size=BATCH)
        tell(self.key, "hand_over", held, passage.number, actor)
        return moved

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Take away what was given at the heirs and let the former grants hold as they did.

        An end that was decided since holds for the former grant too; what was lent since goes back with it.
        """
        if not moved:
            return
        rows = _locked(Grant.objects.select_related("user"), "pk", [one.row_id for one in moved])
        held = {one.pk: one for one in rows}
        keys = [pk for one in moved for pk in one.after["grants"]]
        new = {one.pk: one for one in _locked(Grant.objects.all(), "pk", keys)}
        _untie(moved, new)
        today = clock.today()
        for one in moved:
            grant = held[one.row_id]
            last = new.get(one.after["grants"][-1]) if one.after["grants"] else None
            until = _day(one.before["valid_to"])
            if last is not None and last.valid_to != _day(one.after["until"]):
                until = last.valid_to
            elif not grant.user.is_active:
                until = min(until or today, today)
            grant.valid_to = until if until is None else max(until, grant.valid_from)
        Grant.objects.bulk_update(rows, ["valid_to"], batch_size=BATCH)
        for lent in (True, False):  # what was lent before what it was lent from
            gone = [pk for pk, one in new.items() if (one.delegated_from_id is not None) == lent]
            for some in by_many(gone):
                Grant.objects.filter(pk__in=some).delete()
        tell(self.key, "take_back", rows, passage.number, actor)

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """Give the role at another successor instead; refused where the person holds it there already."""
        new = _locked(Grant.objects.all(), "pk", moved.after["grants"])
        if not new or any(one.unit_id != moved.taker for one in new):
            raise moved_since([(moved, new[0].unit_id if new else None)])
        name = last_names([to], clock.today()).get(to, "")
        for one in new:
            same = Grant.objects.filter(
                user_id=one.user_id, unit_id=to, role=one.role, delegated_from=one.delegated_from
            ).filter(Q(valid_to=None) | Q(valid_to__gt=one.valid_from))
            if one.valid_to is not None:
                same = same.filter(valid_from__lt=one.valid_to)
            if same.exists():
                raise RuleError(
                    f"Người giữ quyền này đã giữ vai trò {role_label(one.role)} tại {name}. Đồng chí vui lòng"
                    " nhận bàn giao tại đơn vị đã ghi, rồi kết thúc quyền đó nếu không cần nữa."
                )
        places = _places([to])
        for one in new:
            one.unit_id, one.follows = to, _way(one.follows, to, places)
        Grant.objects.bulk_update(new, ["unit_id", "follows"])
        tell(self.key, "pass_on", new, "", actor)
        return replace(moved, taker=to)

    def refuse_taking(self, unit_ids: Collection[int], actor: Any) -> None:
        """A role is taken over by whoever may give roles there, not by everybody at the heir."""
        if actor is None:
            return
        granted = units_granted(actor, "accounts.grant").filter(unit_id__in=unit_ids)
        if set(granted.values_list("unit_id", flat=True)) != set(unit_ids):
            raise RuleError(
                "Quyền chuyển theo đơn vị do người quản trị của đơn vị tiếp nhận nhận. Đồng chí vui lòng bỏ chọn"
                " các dòng về quyền hoặc đề nghị người quản trị."
            )

    def count_rows(self, unit_ids: Collection[int]) -> dict[int, int]:
        """How many grants of any time name each unit. One query."""
        return counted(Grant.objects.all(), "unit", unit_ids)

    def export(self) -> list[dict[str, Any]]:
        """Every grant, by its key."""
        return [plain(row) for row in Grant.objects.order_by("pk").values(*COLUMNS)]


def _holding(on: date) -> QuerySet[Grant]:
    """Grants that hold on the day, or would begin to after it."""
    begins = Q(valid_to__gt=F("valid_from"))  # one taken back before it began never does
    return Grant.objects.filter(Q(valid_to=None) | (Q(valid_to__gt=on) & begins))


def _locked(rows: QuerySet[Grant], column: str, keys: Iterable[int]) -> list[Grant]:
    found: list[Grant] = []
    for some in by_many(keys):
        here = rows.filter(**{f"{column}__in": some}).order_by("pk")
        found += here.select_for_update(of=("self",))
    return found


def _places(unit_ids: Iterable[int]) -> set[int]:
    return {pk for pk, unit in identities(set(unit_ids)).items() if unit.sort == Sort.PLACE}


def _way(follows: str, unit_id: int, places: Collection[int]) -> str:
    """A grant at a place follows places; at an organisation it goes on as it did."""
    return Follows.PLACE.value if unit_id in places else follows


class _Giving:
    """Grants in the making: what each person holds at the heirs, from before and by this passage."""

    def __init__(self, held: Sequence[Grant], passage: Passage) -> None:
        self.passage = passage
        heirs = {passage.heirs[grant.unit_id] for grant in held}
        people = {grant.user_id for grant in held}
        # The people first, as whoever gives a role locks them: nobody is given the same role twice at once.
        for some in by_many(people):
            list(User.objects.select_for_update().filter(pk__in=some).order_by("pk"))
        self.places = _places(heirs)
        self.there: dict[Kind, list[Piece]] = {}
        for grant in _at(heirs, passage.on):
            if grant.user_id in people:
                self._keep(grant, grant.delegated_from_id)
        self.made: dict[int, list[Grant]] = {}
        self.given: dict[int, list[Piece]] = {}

    def give(self, held: Sequence[Grant]) -> None:
        """Give the remaining days of these grants at their heirs, where the person does not hold them there."""
        for grant in held:
            self.made[grant.pk], self.given[grant.pk] = [], []
            start = max(grant.valid_from, self.passage.on)
            for first, end, lent_from in self._lent(grant, start):
                self._give_days(grant, first, end, lent_from)
        Grant.objects.bulk_create(
            [one for grant in held for one in self.made[grant.pk]], batch_size=BATCH
        )

    def _lent(self, grant: Grant, start: date) -> list[tuple[date, date | None, int | None]]:
        """The remaining days, cut where the lender's own grants follow each other."""
        lenders = self.given.get(grant.delegated_from_id or 0)
        if lenders is None:
            return [(start, grant.valid_to, grant.delegated_from_id)]
        cut = [_cut(piece, start, grant.valid_to) for piece in lenders]
        return [(one.start, one.end, one.grant.pk) for one in cut if one is not None]

    def _give_days(self, grant: Grant, start: date, end: date | None, lent: int | None) -> None:
        heir = self.passage.heirs[grant.unit_id]
        way = _way(grant.follows, heir, self.places)
        kind = Kind(grant.user_id, heir, grant.role, way, lent)
        for first, last in _gaps(self.there.get(kind, []), start, end):
            new = Grant(
                user_id=grant.user_id,
                unit_id=heir,
                role=grant.role,
                follows=way,
                valid_from=first,
                valid_to=last,
                granted_by_id=grant.granted_by_id,
                delegated_from_id=lent,
                source_symbol=grant.source_symbol,
                reason=grant.reason,
            )
            self.made[grant.pk].append(new)
            self._keep(new, lent)
        cut = (_cut(piece, start, end) for piece in self.there[kind])
        self.given[grant.pk] += [piece for piece in cut if piece is not None]

    def _keep(self, grant: Grant, lent: int | None) -> None:
        kind = Kind(grant.user_id, grant.unit_id, grant.role, grant.follows, lent)
        self.there.setdefault(kind, []).append(Piece(grant.valid_from, grant.valid_to, grant))


def _at(unit_ids: Iterable[int], on: date) -> Iterator[Grant]:
    for some in by_many(unit_ids):
        yield from _holding(on).filter(unit_id__in=some).order_by("valid_from", "pk")


def _cut(piece: Piece, start: date, end: date | None) -> Piece | None:
    """The days of a piece between two others; None where there are none."""
    first, last = max(piece.start, start), _earlier(piece.end, end)
    return None if last is not None and last <= first else Piece(first, last, piece.grant)


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None


def _gaps(pieces: Sequence[Piece], start: date, end: date | None) -> list[tuple[date, date | None]]:
    """The days between two that no piece holds, in order."""
    gaps: list[tuple[date, date | None]] = []
    at: date | None = start
    for piece in sorted(pieces, key=lambda one: (one.start, one.grant.pk or 0)):
        kept = _cut(piece, start, end)
        if kept is None or at is None:
            continue
        if kept.start > at:
            gaps.append((at, kept.start))
        at = None if kept.end is None else max(at, kept.end)
    if at is not None and (end is None or at < end):
        gaps.append((at, end))
    return gaps


def _tie_anew(held: Sequence[Grant], giving: _Giving) -> dict[int, list[int]]:
    """Let what was lent at units that stand hang on the lender's new grant; by the lender's former one."""
    closed = {grant.pk for grant in held}
    on = giving.passage.on
    children = [
        one
        for some in by_many(closed)
        for one in _holding(on).filter(delegated_from_id__in=some).order_by("pk")
        if one.pk not in closed
    ]
    tied: dict[int, list[int]] = {}
    for child in children:
        lender = child.delegated_from_id or 0
        first = max(child.valid_from, on)
        pieces = giving.given[lender]
        piece = next((one for one in pieces if _cut(one, first, first + DAY)), pieces[0])
        tied.setdefault(lender, []).append(child.pk)
        child.delegated_from_id = piece.grant.pk
    Grant.objects.bulk_update(children, ["delegated_from_id"], batch_size=BATCH)
    return tied


def _untie(moved: Sequence[Moved], new: Mapping[int, Grant]) -> None:
    """Let what was lent, before and since, hang on the lender's former grant again."""
    former = {pk: one for one in moved for pk in one.after["grants"]}
    tied = {pk: one for one in moved for pk in one.after["children"]}
    keys = {*tied, *(pk for some in by_many(new) for pk in _lent_from(some))}
    children = _locked(Grant.objects.all(), "pk", keys - new.keys())
    for child in children:
        one = tied.get(child.pk) or former[child.delegated_from_id or 0]
        if child.pk not in tied and child.unit_id == one.taker:
            child.unit_id = one.giver
        child.delegated_from_id = one.row_id
    Grant.objects.bulk_update(children, ["delegated_from_id", "unit_id"], batch_size=BATCH)


def _lent_from(keys: Sequence[int]) -> Iterable[int]:
    return Grant.objects.filter(delegated_from_id__in=keys).values_list("pk", flat=True)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
