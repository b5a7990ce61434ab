"""One act on a case, by the table of moves: what every act does alike stands here, what one asks for besides in `weighing`."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.petitions import vault_clocks
from danvan.petitions.models import Denunciation
from danvan.petitions.services.vault import cases, chain
from danvan.petitions.services.vault.weighing import WEIGHERS, Weighed
from danvan.petitions.vault_moves import VAULT_MOVES

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONG = 20_000


@transaction.atomic
def act_on_case(
    case: Denunciation, name: str, *, on: date, actor: "User", words: str = "", symbol: str = "", seen: int | None = None,
    said: Mapping[str, Any] | None = None,
) -> Denunciation:  # fmt: skip
    """Make one move of the table, with `said` for what it asks besides; every fault at once, nothing half-written."""
    case = cases.locked(case, seen=seen)
    move = cases.fitting(case, name)
    cases.refuse_others(case, actor, move.parts)
    missing = f"Đồng chí vui lòng ghi {move.asks}." if move.asks else ""
    words, faults = words_of(words, column="words", missing=missing, most=LONG)
    paper = "Đồng chí vui lòng ghi số, ký hiệu văn bản." if move.paper else ""
    symbol, more = words_of(symbol, column="symbol", missing=paper, most=80)
    faults += [*more, *day_faults(on, column="on", since=cases.since(case), what="ngày gần nhất")]
    weigh = WEIGHERS.get(name)
    weighed = weigh(case, on, {"words": words, **(said or {})}) if weigh else Weighed()
    refuse([*faults, *weighed.faults])
    target = weighed.target if weighed.target is not None else move.target
    cases.put(case, None if weighed.stays else target, on)
    for column, value in weighed.columns.items():
        setattr(case, column, value)
    _clocks(case, name, on, weighed)
    kept = {"words": words, "symbol": symbol, **weighed.kept}
    cases.step(case, weighed.step or move.step, on, actor, **kept)
    cases.save(case, "state", "closed_on", *weighed.columns)
    chain.record(actor, name, case, **weighed.codes)
    return case


def _clocks(case: Denunciation, name: str, on: date, weighed: Weighed) -> None:
    """End, begin and change the clocks of a move; a day that cannot be is a fault of that day."""
    move = VAULT_MOVES[name]
    try:
        for held_name, kind, term in weighed.events:
            held = vault_clocks.open_clock(case, held_name)
            if held is not None:
                vault_clocks.add(held, kind, on, term)
        if not weighed.stays:
            vault_clocks.end(case, (*move.ends, *weighed.ends), on)
    except RuleError as broken:
        raise RuleError(broken.message, faults=[Fault(broken.message, column="on")]) from None
    for held_name, since in weighed.begins:
        vault_clocks.begin(case, held_name, since)
    for held_name in move.begins:
        vault_clocks.begin(case, held_name, on)
