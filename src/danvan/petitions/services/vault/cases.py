"""What every act in the vault does first and last: the case under lock, who may act, its step, its line in the log."""

import secrets
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from danvan.foundation import clock
from danvan.foundation.errors import KeyDestroyed, RuleError
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import SENT_ON
from danvan.petitions.models import Denunciation, VaultStep
from danvan.petitions.selectors.vault.readers import parts_of
from danvan.petitions.vault_enums import SERIES, SHUT, Part, VaultState, VaultStepKind
from danvan.petitions.vault_moves import RELAYED, VAULT_MOVES, VaultMove
from danvan.petitions.vault_seals import seal_value

if TYPE_CHECKING:
    from danvan.accounts.models import User

# Nothing that is taken for another when it is read out; some 10^11 numbers a year.
LETTERS, LENGTH = "BCDFGHJKMNPQRSTVWXZ23456789", 8
CHANGED = "Có người vừa ghi vào hồ sơ này. Đồng chí vui lòng xem lại trang rồi ghi tiếp."


def locked(case: Denunciation, *, seen: int | None = None) -> Denunciation:
    """Re-read the case under a lock; RuleError where somebody acted since, or where its key was destroyed."""
    hold_units({case.unit_id})
    rows = Denunciation.objects.select_for_update(of=("self",), no_key=True).select_related("key")
    row = rows.get(pk=case.pk)
    # the key was read before the lock was there, the row after it: another may have destroyed it meanwhile
    if row.destroyed_on is not None or row.key.destroyed_at is not None:
        raise RuleError(KeyDestroyed().message)
    if seen is not None and seen != row.changes:
        raise RuleError(CHANGED)
    return row


def refuse_others(case: Denunciation, actor: "User", parts: frozenset[Part]) -> None:
    """RuleError where `actor` is no reader of one of these parts today, or is shut out of the case."""
    if not parts & parts_of(case, actor):
        who = ", ".join(str(one.label).lower() for one in Part if one in parts)
        raise RuleError(
            f"Việc này do {who} của hồ sơ ghi. Đồng chí vui lòng để người được giao thực hiện."
        )


def fitting(case: Denunciation, name: str) -> VaultMove:
    """The move, where it fits how the case stands; RuleError that says where it stands where not."""
    move = VAULT_MOVES[name]
    if not move.fits(case.state):
        label = str(VaultState(case.state).label)
        raise RuleError(
            f"Hồ sơ đang ở tình trạng “{label}” nên chưa dùng được “{move.label}”. Đồng chí vui lòng xem mục “Được làm "
            "gì tiếp”."
        )
    if move.name in RELAYED and case.channel not in SENT_ON:
        raise RuleError(
            "Hồ sơ này không do cơ quan nào chuyển đến nên không có nơi phải trả lời. Đồng chí vui lòng chọn việc khác."
        )
    return move


def since(case: Denunciation) -> date:
    """Before this day no act is dated."""
    days = (case.received_on, case.accepted_on, case.concluded_on)
    return max(one for one in days if one is not None)


def step(
    case: Denunciation, kind: VaultStepKind, on: date, actor: "User | None", words: str = "", symbol: str = "", **more: Any
) -> VaultStep:  # fmt: skip
    """Write one line of the history; its words are sealed."""
    said = {"words": words, "symbol": symbol, **more}
    return VaultStep.objects.create(
        denunciation=case, kind=kind, on=on, at=clock.now(), by=actor,
        words=seal_value(case, "step", said),
    )  # fmt: skip


def save(case: Denunciation, *fields: str) -> None:
    """Keep these fields and count the act."""
    case.changes += 1
    case.save(update_fields=[*dict.fromkeys(fields), "changes"])


def put(case: Denunciation, target: VaultState | None, on: date) -> None:
    """Put the case into a state; one that is closed has a day and its readers' time ends by hand only."""
    if target is None:
        return
    case.state = target
    case.closed_on = on if target in SHUT else None


def number_of(year: int) -> str:
    """A number that nobody can guess and between two of which nobody can count: TC-2026-K7QM2XBD."""
    drawn = (f"{SERIES}-{year}-{_drawn()}" for _ in count())
    return next(one for one in drawn if not Denunciation.objects.filter(number=one).exists())


def _drawn() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
