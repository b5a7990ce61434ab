"""Reads of users and grants; above all, the one answer to every permission question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from danvan.accounts.models import Grant, User
from danvan.accounts.roles import GIVES, LABELS, LENDABLE, ON_WHAT_WAS_LEFT, ROLES, roles_allowing
from danvan.foundation import clock
from danvan.organisations.enums import Follows, Level
from danvan.organisations.selectors import (
    every_unit,
    in_force,
    last_names,
    roots,
    tops_of,
    units_under,
)
from danvan.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Held:
    """A grant as it counts today: the role, where, which way it runs down, whether that is a root, whether from above.

    `from_above` was lent to somebody at a unit by who holds the role above it: who is above lends no more than that.
    """

    unit_id: int
    role: str
    follows: str
    root: bool
    from_above: bool


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as a page shows it, with the name of its unit."""

    grant: Grant
    unit_name: str
    in_force: bool
    ended: bool
    lendable: bool


@dataclass(frozen=True, slots=True)
class Lent:
    """Who lent a right, and the last day on which it holds."""

    lender: User
    until: date


def _from_above(day: date) -> Q:
    """Grants lent at a unit by who holds the role elsewhere: above it, unless that is where the unit came from."""
    lender = Q(delegated_from__unit__ended_on=None) | Q(delegated_from__unit__ended_on__gt=day)
    return Q(delegated_from__isnull=False) & ~Q(delegated_from__unit_id=F("unit_id")) & lender


@lru_cache(maxsize=4)
def _counting(day: date, top_unit: str) -> QuerySet[Grant, tuple[int, str, str, bool, bool]]:
    """Everybody's grants that count on a day; every request narrows it to its user, so it is put together once a day.

    `top_unit`, of the settings, is what `roots` looks at besides the day.
    """
    return (
        Grant.objects.filter(
            in_force(day),
            Q(unit__ended_on=None) | Q(unit__ended_on__gt=day),
            user__is_active=True,
        )
        .annotate(
            root=ExpressionWrapper(
                Q(follows=Follows.PLACE, unit_id__in=roots(on=day)), output_field=BooleanField()
            ),
            from_above=ExpressionWrapper(_from_above(day), output_field=BooleanField()),
        )
        .order_by("pk")
        .values_list("unit_id", "role", "follows", "root", "from_above")
    )


def _read(user: Any, day: date) -> tuple[Held, ...]:
    rows = _counting(day, settings.DANVAN_TOP_UNIT).filter(user_id=user.pk)
    return tuple(Held(*row) for row in rows)


def remember_grants(user: Any) -> None:
    """Read the grants of `user` once; later questions about this very object are answered from them.

    For the length of one request only: `access.requires` asks for it.
    """
    day = clock.today()
    user.held_on_a_day = (day, _read(user, day))


def grants_today(user: Any) -> tuple[Held, ...]:
    """The grants of `user` that hold today. One query, or none where they are remembered."""
    day = clock.today()
    remembered: tuple[date, tuple[Held, ...]] | None = getattr(user, "held_on_a_day", None)
    if remembered and remembered[0] == day:
        return remembered[1]
    return _read(user, day)


def _allowing(user: Any, action: str) -> list[Held]:
    return [one for one in grants_today(user) if action in ROLES.get(one.role, ())]


def grants_over(user: Any) -> list[tuple[int, date]]:
    """At which units `user` held something that is over, and from which day it was. One query."""
    past = Grant.objects.filter(user_id=user.pk, valid_to__lte=clock.today())
    rows = past.filter(valid_to__gt=F("valid_from")).order_by("pk")
    return [(unit, until) for unit, until in rows.values_list("unit_id", "valid_to") if until]


def grants_allowing(user: Any, action: str) -> tuple[Held, ...]:
    """The grants of today by which `user` may do `action`: where the reach begins. No query of its own."""
    return tuple(_allowing(user, action))


def units_granted(user: Any, action: str, *, left: bool = False) -> QuerySet[Any, Any]:
    """Ids of the units where `user` may do `action` today: the single answer to every permission.

    Lazy: becomes part of the caller's query. Whoever holds it at a root reaches every unit there is,
    ended ones too, without a look at the closure. What may be read of a unit may be read of the units
    before it; nothing else may be done there, but for what is done on what those left (`ON_WHAT_WAS_LEFT`, or
    `left` where the rows are such that nothing new is begun with them).
    """
    held = _allowing(user, action)
    if any(one.root for one in held):
        return every_unit()
    day = clock.today()
    tops = {way: [one.unit_id for one in held if one.follows == way] for way in Follows.values}
    heirs = left or action.endswith(".view") or action in ON_WHAT_WAS_LEFT
    reached = [
        units_under(tops[way], on=day, follows=way, heirs=heirs)
        for way in Follows.values
        if tops[way]
    ]
    if not reached:
        return units_under([], on=day)
    return reached[0] if len(reached) == 1 else reached[0] | reached[1]


def units_held(user: Any, action: str) -> list[int]:
    """Ids of the units themselves at which `user` may do `action`: what lies below them is left out.

    So is what was lent there by who holds it above: who may not act in a unit's own name cannot let others do so.
    """
    return sorted({one.unit_id for one in _allowing(user, action) if not one.from_above})


def lender_of(user: Any, action: str, unit_id: int, *, itself: bool = False) -> "Lent | None":
    """In whose stead `user` does `action` at a unit; None where it is by a right of one's own. Two queries.

    Of several who lent it, the one whose lending lasts longest. `itself`: by what is held at the unit, not above it.
    """
    day = clock.today()
    over = {(unit_id, way) for way in Follows.values}
    if not itself:
        over |= {(top, follows) for _, top, follows, _ in tops_of([unit_id], on=day)}
    rows = Grant.objects.filter(in_force(day), user_id=user.pk, role__in=roles_allowing(action))
    held = [
        one
        for one in rows.select_related("delegated_from__user").order_by("-valid_to", "pk")
        if (one.unit_id, one.follows) in over
    ]
    lent = [
        (one.delegated_from.user, one.valid_to)
        for one in held
        if one.delegated_from and one.valid_to
    ]
    if not lent or len(lent) < len(held):
        return None
    lender, end = lent[0]
    return Lent(lender, end - timedelta(days=1))


def may(user: Any, action: str) -> bool:
    """Whether `user` may do `action` anywhere at all."""
    return bool(_allowing(user, action))


def may_at_root(user: Any, action: str) -> bool:
    """Whether `user` may do `action` for the whole installation, as with what belongs to no unit."""
    return any(one.root for one in _allowing(user, action))


def keepers_of_all(action: str, *, most: int = 3) -> list[str]:
    """Who may do `action` for the whole installation today, a few by name: whom the others ask. One query."""
    day = clock.today()
    found = Grant.objects.filter(
        in_force(day), role__in=roles_allowing(action), follows=Follows.PLACE, unit_id__in=roots(on=day),
        user__is_active=True,
    )  # fmt: skip
    names = found.order_by("user__full_name").values_list("user__full_name", flat=True)
    return list(names.distinct()[:most])


def actions_of(user: Any) -> frozenset[str]:
    """Everything `user` may do somewhere today. One query, or none where the grants are remembered."""
    return frozenset().union(*(ROLES.get(one.role, frozenset()) for one in grants_today(user)))


def reaches(user: Any, action: str, unit_id: int) -> bool:
    """Whether `user` may do `action` at this unit today."""
    return bool(units_granted(user, action).filter(unit_id=unit_id).exists())


def reaches_all(user: Any, action: str, units: QuerySet[Any, Any]) -> bool:
    """Whether `user` may do `action` at every one of `units` (ids, as `units_under` gives them)."""
    return not units.exclude(unit_id__in=units_granted(user, action)).exists()


def roles_given_by(user: Any) -> frozenset[str]:
    """The roles that `user` may give to others today."""
    return frozenset().union(*(GIVES.get(one.role, frozenset()) for one in grants_today(user)))


def role_label(role: str) -> str:
    """What people call a role."""
    return LABELS.get(role, role)


def allowed_users(user: Any, action: str) -> QuerySet[User]:
    """People whose grants, past ones too, meet the reach of `user`, and those `user` made; all for a root."""
    if may_at_root(user, action):
        return User.objects.all()
    units = units_granted(user, action)
    here = Grant.objects.filter(user_id=OuterRef("pk"), unit_id__in=units)
    return User.objects.filter(Q(Exists(here)) | Q(created_by_id=user.pk))


def matching(users: QuerySet[User], words: str) -> QuerySet[User]:
    """Those of `users` whose name, sign-in name or position holds every one of `words`, tones aside."""
    for word in fold(words).split():
        users = users.filter(folded__contains=word)
    return users


def allowed_grants(user: Any, action: str) -> QuerySet[Grant]:
    """Grants at the units where `user` may do `action`."""
    return Grant.objects.filter(unit_id__in=units_granted(user, action)).select_related("user")


def own_grants(user: Any) -> QuerySet[Grant]:
    """The grants that are or were `user`'s own."""
    return Grant.objects.filter(user_id=user.pk)


def lent_by(user: Any) -> QuerySet[Grant]:
    """The grants that others hold because `user` lent them."""
    return Grant.objects.filter(delegated_from__user_id=user.pk).select_related("user")


def colleagues(user: Any) -> QuerySet[User]:
    """People with a grant in force anywhere `user` has one: whom a role may be lent to, offered as help."""
    day = clock.today()
    units = units_granted(user, "accounts.own")
    here = Grant.objects.filter(in_force(day), user_id=OuterRef("pk"), unit_id__in=units)
    return (
        User.objects.filter(Exists(here), is_active=True).exclude(pk=user.pk).order_by("name_key")
    )


def grant_lines(grants: Iterable[Grant]) -> list[GrantLine]:
    """The grants with the names of their units, the ones in force first. Two queries for any number."""
    day = clock.today()
    found = list(grants)
    names = last_names({grant.unit_id for grant in found}, day)
    lines = [
        GrantLine(
            grant=grant,
            unit_name=names.get(grant.unit_id, ""),
            in_force=grant.valid_from <= day and (grant.valid_to is None or grant.valid_to > day),
            ended=grant.valid_to is not None and grant.valid_to <= day,
            lendable=grant.role in LENDABLE and grant.delegated_from_id is None,
        )
        for grant in found
    ]
    return sorted(lines, key=lambda line: (line.ended, line.grant.valid_from, line.grant.pk))


def main_grants(user_ids: Iterable[int]) -> dict[int, list[GrantLine]]:
    """The grants in force today of many people, by person. Two queries for any number."""
    rows = Grant.objects.filter(in_force(clock.today()), user_id__in=list(user_ids))
    found: dict[int, list[GrantLine]] = {}
    for line in grant_lines(rows):
        found.setdefault(line.grant.user_id, []).append(line)
    return found


def holders_at(unit_ids: Iterable[int], action: str) -> dict[int, list[int]]:
    """Ids of the active people who may do `action` at each unit itself (`units_held`), by unit. One query."""
    found: dict[int, set[int]] = {}
    day = clock.today()
    for (unit, _), held in _held_at(set(unit_ids), action, day, but=_from_above(day)).items():
        found.setdefault(unit, set()).update(user for user, _, _ in held)
    return {unit: sorted(people) for unit, people in found.items()}


def holders_near(unit_ids: Iterable[int], action: str) -> dict[int, list[int]]:
    """Who is told about each unit: ids of the active people who may do `action` nearest to it, by unit.

    Nearest is the unit itself, else the place it stands in, else the closest unit above it, of its line
    before a place. A unit nobody may act for is left out. Two queries for any number of units.
    """
    day = clock.today()
    tops = list(tops_of(unit_ids, on=day))
    held = _held_at({top for _, top, _, _ in tops}, action, day)
    nearest: dict[int, tuple[int, set[int]]] = {}
    for unit, top, follows, place in tops:
        for user, level, is_place in held.get((top, follows), ()):
            own = {unit: -2, place: -1}
            far = own.get(top, 2 * _HEIGHT[level] + is_place)
            best, people = nearest.get(unit, (far, set()))
            if far < best:
                best, people = far, set()
            if far == best:
                nearest[unit] = (best, people | {user})
    return {unit: sorted(people) for unit, (_, people) in nearest.items()}


def holders_by_distance(unit_id: int, action: str) -> list[list[int]]:
    """Ids of the active people who may do `action` for a unit in their own right, those nearest to it first.

    As near as in `holders_near`; who only stands in for somebody is left out. Two queries.
    """
    day = clock.today()
    tops = list(tops_of([unit_id], on=day))
    lent = Q(delegated_from__isnull=False)
    held = _held_at({top for _, top, _, _ in tops}, action, day, but=lent)
    found: dict[int, set[int]] = {}
    for unit, top, follows, place in tops:
        for user, level, is_place in held.get((top, follows), ()):
            own = {unit: -2, place: -1}
            found.setdefault(own.get(top, 2 * _HEIGHT[level] + is_place), set()).add(user)
    return [sorted(found[far]) for far in sorted(found)]


# How high each level stands: the higher, the farther from a unit at the bottom.
_HEIGHT = {level.value: height for height, level in enumerate(reversed(Level))}


def _held_at(
    unit_ids: Iterable[int], action: str, day: date, *, but: Q | None = None
) -> dict[tuple[int, str], list[tuple[int, str, bool]]]:
    """The people who hold `action` at these units: (user, level, whether a place) by (unit, way down).

    Grants of the kind `but` are left out.
    """
    version = Q(unit__versions__valid_from__lte=day) & (
        Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gt=day)
    )
    rows = Grant.objects.filter(
        in_force(day), version, unit_id__in=list(unit_ids), role__in=roles_allowing(action),
        user__is_active=True,
    )  # fmt: skip
    if but is not None:
        rows = rows.exclude(but)
    told = rows.values_list(
        "unit_id", "follows", "user_id", "unit__versions__level", "unit__versions__kind"
    )
    found: dict[tuple[int, str], list[tuple[int, str, bool]]] = {}
    for unit, follows, user, level, kind in told:
        found.setdefault((unit, follows), []).append((user, level, not kind))
    return found


def anybody() -> bool:
    """Whether anybody at all may sign in here: False only in a new installation."""
    return User.objects.exists()


def users_allowed(action: str, unit_id: int, *, most: int = 200) -> list[User]:
    """The people who may do `action` at this unit today, by given name: whom a form offers. Three queries at most."""
    day = clock.today()
    tops = {(top, follows) for _, top, follows, _ in tops_of([unit_id], on=day)}
    held = _held_at({top for top, _ in tops}, action, day)
    found = {user for key, people in held.items() if key in tops for user, _, _ in people}
    return list(User.objects.filter(pk__in=found).order_by("name_key", "pk")[:most])


def users_named(names: Iterable[str]) -> dict[str, int]:
    """Ids of people by the sign-in names that were typed; one that is not known is left out. One query."""
    asked = {name.lower(): name for name in names}
    rows = User.objects.annotate(lowered=Lower("username")).filter(lowered__in=asked)
    return {asked[lowered]: pk for lowered, pk in rows.values_list("lowered", "pk")}
