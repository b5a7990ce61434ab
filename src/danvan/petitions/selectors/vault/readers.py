"""Who reads a case, as what; who is shut out of it."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.accounts.selectors import may, units_granted
from danvan.commitments.selectors.ledger import own_units
from danvan.commitments.selectors.units import usual_unit
from danvan.foundation import clock
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.spans import ids_among
from danvan.petitions.models import Denunciation, VaultExclusion, VaultOpening, VaultReader
from danvan.petitions.models.vault import VaultQuerySet, exclusions_of
from danvan.petitions.selectors.reading import receiving_unit
from danvan.petitions.vault_enums import Part
from danvan.petitions.vault_moves import ENTER
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


def reading(on: date) -> Q:
    """Readers whose time holds on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def parts_of(case: Denunciation, user: "User") -> frozenset[Part]:
    """As what `user` reads a case today: nothing where they are shut out, or the door is not theirs to open."""
    if not may(user, ENTER) or is_shut_out(case, user):
        return frozenset()
    rows = VaultReader.objects.filter(reading(clock.today()), denunciation=case, user=user)
    return frozenset(Part(one) for one in rows.values_list("part", flat=True))


def is_shut_out(case: Denunciation, user: "User", *, ever: bool = False) -> bool:
    """Whether a case is against `user`, or against a unit at or below which `user` holds a right, or held one since it came in;
    `ever`: or before.
    """
    return exclusions_of(user, ever=ever).filter(denunciation=case).exists()


def own_cases(user: "User") -> VaultQuerySet:
    """The cases that name `user` as a reader today."""
    return Denunciation.objects.allowed(user, ENTER)


def waits_for(user: "User") -> bool:
    """Whether an open case names `user` that they have not opened yet: what a page outside the vault may say, and no more."""
    seen = VaultOpening.objects.filter(by=user)
    return own_cases(user).open().exclude(pk__in=seen.values("denunciation_id")).exists()


def is_looked_after(case: Denunciation) -> bool:
    """Whether anybody is left who takes it in or resolves it and is not shut out of it."""
    desk = VaultReader.objects.filter(
        reading(clock.today()), denunciation=case, part__in=(Part.INTAKE, Part.RESOLVER), user__is_active=True
    )  # fmt: skip
    return any(parts_of(case, one.user) for one in desk.select_related("user"))


def readers_of(case: Denunciation) -> list[VaultReader]:
    """Everybody who reads or read a case."""
    return list(case.readers.select_related("user", "named_by"))


def excluded_of(case: Denunciation) -> list[VaultExclusion]:
    """Who is shut out of a case."""
    return list(case.exclusions.select_related("user"))


def units_of_door(user: "User", *, on: date) -> list[tuple[int, str]]:
    """The user's own units for which they may take a denunciation in: organisations first, then by name."""
    own = ids_among(own_units(user), units_granted(user, ENTER))
    kinds, names = units_on(own, on), names_on(own, on)
    return sorted(names.items(), key=lambda pair: (kinds[pair[0]].is_place, sort_key(pair[1])))


def unit_of_door(user: "User", offered: Collection[int], *, on: date) -> int | None:
    """For which of several units `user` takes a denunciation in: where they receive papers, else the one of their post.

    Nothing is read of who took in what before: that stands in the vault alone.
    """
    if len(offered) == 1:
        return next(iter(offered))
    return receiving_unit(user, offered, on=on) or usual_unit(user, offered, on=on)
