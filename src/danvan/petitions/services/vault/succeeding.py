"""A case whose unit was ended: it goes on with the heir, and the heir's head takes it up, without a word in any protocol."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from danvan.accounts.selectors import holders_at, holders_by_distance, holders_near, lender_of, may
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.holders import Passage
from danvan.petitions.models import Denunciation, VaultEntry, VaultExclusion, VaultReader, VaultTold
from danvan.petitions.models.vault import over_units
from danvan.petitions.moves import DECIDE
from danvan.petitions.selectors.vault.readers import is_looked_after, is_shut_out, parts_of
from danvan.petitions.services.vault import cases, chain
from danvan.petitions.vault_enums import Part, VaultStepKind
from danvan.petitions.vault_moves import ENTER

if TYPE_CHECKING:
    from danvan.accounts.models import User

PASSED = "passed_on"
TOLD = "Đơn vị sau sắp xếp đã có dữ liệu không hoàn tác được. Đồng chí vui lòng lập quyết định sắp xếp mới thay cho hoàn tác."
MOST = 200  # named in one go; the others are named with the next


def pass_cases_on(passage: Passage, *, actor: "User | None") -> None:
    """Let the open cases of the ended units name their heirs. Called inside the transaction of the reorganisation."""
    rows = Denunciation.objects.select_for_update(of=("self",), no_key=True)
    for case in rows.open().filter(unit_id__in=list(passage.heirs)).order_by("pk"):
        giver = case.unit_id
        case.unit_id = passage.heirs[giver]
        case.former_id = case.former_id or giver
        # without words, so without a key: a reorganisation that fails for want of one would tell that there is a case
        case.steps.create(
            kind=VaultStepKind.PASSED_ON, on=passage.on, at=clock.now(), by=actor, words=b""
        )
        cases.save(case, "unit", "former")
        details = {"passage": passage.number, "from": giver, "to": case.unit_id}
        chain.record(actor, PASSED, case, **details)
        name_superior(case)


def take_cases_back(passage: Passage, *, actor: "User | None") -> None:
    """Let cases that a reorganisation passed on name their former unit again; RuleError where a founded unit has more."""
    passed = VaultEntry.objects.filter(act=PASSED, details__passage=passage.number)
    for entry in passed.order_by("-sequence"):
        case = Denunciation.objects.select_for_update(of=("self",), no_key=True).get(
            uuid=entry.case
        )
        if case.unit_id == entry.details["to"]:
            case.unit_id = entry.details["from"]
            case.former_id = None if case.former_id == case.unit_id else case.former_id
            cases.save(case, "unit", "former")
            chain.record(actor, "taken_back", case, passage=passage.number)
    refuse_unfounding(passage.founded)
    _refuse_untelling(passage)


def refuse_unfounding(unit_ids: Iterable[int]) -> None:
    """RuleError where a unit that would be unfounded is named in the vault; it says nothing of what."""
    founded = list(unit_ids)
    named = Denunciation.objects.filter(Q(unit_id__in=founded) | Q(former_id__in=founded))
    shut_out = VaultExclusion.objects.filter(unit_id__in=founded)
    told = VaultTold.objects.filter(province_id__in=founded)
    if named.exists() or shut_out.exists() or told.exists():
        raise RuleError(TOLD)


def _refuse_untelling(passage: Passage) -> None:
    """RuleError where a province told totals of what a reorganisation brought it: they cannot be told otherwise."""
    heirs = set(passage.heirs.values())
    if VaultTold.objects.filter(province_id__in=heirs, told_on__gte=passage.on).exists():
        raise RuleError(TOLD)


@transaction.atomic
def name_superior(case: Denunciation) -> VaultReader | None:
    """Name who resolves an open case that nobody is left to look after: one of the nearest who decide.

    Where one of those is shut out of it, all are passed over. None where somebody is left, or where nobody up to the top may
    have it. Who is named hears it on their own first page alone.
    """
    rows = Denunciation.objects.select_for_update(of=("self",), no_key=True)
    case = rows.get(pk=case.pk)
    if case.closed_on is not None or is_looked_after(case) or _waits_for_heir(case):
        return None
    for near in holders_by_distance(case.unit_id, DECIDE):
        people = list(get_user_model().objects.filter(pk__in=near).order_by("pk"))
        if any(is_shut_out(case, user, ever=True) for user in people):
            continue  # nobody is to judge whom they decide beside, nor what they once answered for, unless a person names them
        for user in [one for one in people if may(one, ENTER)][:1]:
            row, _ = VaultReader.objects.update_or_create(
                denunciation=case, user=user, part=Part.RESOLVER,
                defaults={"named_by": None, "since": clock.today(), "until": None},
            )  # fmt: skip
            # without words, so without a key: see `pass_cases_on`
            case.steps.create(
                kind=VaultStepKind.NAMED, on=clock.today(), at=clock.now(), by=None, words=b""
            )
            cases.save(case)
            chain.record(None, "superior_named", case, reader_id=row.pk)
            return row
    return None


def _waits_for_heir(case: Denunciation) -> bool:
    """Whether it came to a unit that is not accused and has no head yet: that head will take it up, and nobody above."""
    if case.former_id is None or holders_at([case.unit_id], DECIDE):
        return False
    return not case.exclusions.filter(unit_id__in=over_units({case.unit_id})).exists()


def name_superiors() -> int:
    """Look for open cases that nobody is left to look after and name a superior for each, up to a number; returns how many
    were named.

    Each case in a transaction of its own, and locked only where it is to be named for. It may be run twice.
    """
    alone = (one for one in Denunciation.objects.open().order_by("pk") if not is_looked_after(one))
    return sum(1 for _ in islice((one for one in alone if name_superior(one) is not None), MOST))


def cases_of_nobody() -> int:
    """How many open cases nobody looks after and nobody here may be named for: they belong to a body above this house."""
    return sum(not is_looked_after(case) for case in Denunciation.objects.open())


@transaction.atomic
def take_up_cases(user: "User") -> int:
    """Name a head the resolver of the cases that came to their unit and have none left, up to a number; returns how many.

    Asked for when they open the door, so that no case waits for a person who is gone.
    """
    if not may(user, DECIDE) or not may(user, ENTER):
        return 0
    taken = 0
    waiting = Denunciation.objects.open().exclude(former=None)
    near = holders_near(set(waiting.values_list("unit_id", flat=True)), DECIDE)
    mine = [unit for unit, people in near.items() if user.pk in people]
    for case in waiting.filter(unit_id__in=mine).order_by("pk"):
        if is_shut_out(case, user) or _resolver_left(case):
            continue
        if lender_of(user, DECIDE, case.unit_id):
            continue  # who stands in for a head is named by one who reads, or not at all
        row, _ = VaultReader.objects.update_or_create(
            denunciation=case, user=user, part=Part.RESOLVER,
            defaults={"named_by": None, "since": clock.today(), "until": None},
        )  # fmt: skip
        chain.record(user, "taken_up", case, reader_id=row.pk)
        taken += 1
        if taken == MOST:
            break
    return taken


def _resolver_left(case: Denunciation) -> bool:
    resolvers = VaultReader.objects.filter(denunciation=case, part=Part.RESOLVER)
    return any(
        Part.RESOLVER in parts_of(case, one.user) for one in resolvers.select_related("user")
    )
