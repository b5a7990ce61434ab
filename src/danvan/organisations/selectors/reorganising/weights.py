"""The algebra of a reorganisation: who passes what to whom, in parts per million, forwards and backwards.

Forwards the shares of each giver sum to a million; backwards those of each taker do, over its givers of
the same level. What is not known is a fault that says what to do, never a guess.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from danvan.organisations.apportion import MILLION, parts_per_million
from danvan.organisations.enums import ROUGH, Measure
from danvan.organisations.selectors.reorganising.plan import Passed
from danvan.vietnamese.numbers import format_number

Weights = dict[int, dict[int, tuple[int, str]]]  # giver: {taker: (parts per million, measure)}
Size = Callable[[int], Fraction | None]


def told(parts: int) -> str:
    """A share as people read it: 0,950."""
    shown = format_number(Decimal(parts) / MILLION, 6)
    return shown.removesuffix("000")


def share_out(
    takers: Mapping[int, int | None],
    part: Size,
    measure: str,
    name: Callable[[int], str],
    giver: int,
) -> tuple[dict[int, tuple[int, str]], list[str]]:
    """The shares of one giver: as typed, the rest by the sizes of the parts; and what is wrong.

    One taker alone takes everything. One share that was left open is what remains.
    """
    typed = {taker: weight for taker, weight in takers.items() if weight is not None}
    open_ones = [taker for taker in takers if taker not in typed]
    total = sum(typed.values())
    if any(weight <= 0 for weight in typed.values()):
        return {}, [f"Tỷ trọng của {name(giver)} có phần bằng 0. Đồng chí vui lòng nhập số lớn hơn 0, hoặc bỏ dòng ấy."]  # fmt: skip
    if (open_ones and total >= MILLION) or (not open_ones and total != MILLION):
        return {}, [f"Tỷ trọng của {name(giver)} cộng lại là {told(total)}, đáng lẽ 1,000. Đồng chí vui lòng sửa cho đủ."]  # fmt: skip
    if len(takers) == 1:
        return {next(iter(takers)): (MILLION, Measure.WHOLE)}, []
    shares = {taker: (weight, str(Measure.GIVEN)) for taker, weight in typed.items()}
    if typed and len(open_ones) == 1:
        shares[open_ones[0]] = (MILLION - total, Measure.GIVEN)
    elif open_ones:
        sizes = {taker: part(taker) for taker in open_ones}
        unknown = [name(taker) for taker, size in sizes.items() if not size]
        if unknown:
            return {}, [_ask_part(name(giver), unknown, measure)]
        parts = parts_per_million([size for size in sizes.values() if size])
        left = MILLION - total
        scaled = parts if left == MILLION else _scaled(parts, left)
        shares |= {taker: (one, measure) for taker, one in zip(open_ones, scaled, strict=True)}
    if min(weight for weight, _ in shares.values()) == 0:
        return {}, [f"Có phần của {name(giver)} nhỏ hơn một phần triệu. Đồng chí vui lòng bỏ dòng ấy hoặc nhập tỷ trọng."]  # fmt: skip
    return {taker: shares[taker] for taker in takers}, []


def _scaled(parts: list[int], left: int) -> list[int]:
    """Parts of a million as parts of what is left, to the last one."""
    whole = [part * left // MILLION for part in parts]
    for place in range(left - sum(whole)):
        whole[place] += 1
    return whole


def _ask_part(giver: str, unknown: list[str], measure: str) -> str:
    whose = ", ".join(unknown)
    if measure == Measure.AREA:
        return f"Chưa biết diện tích của {whose} để chia {giver}. Đồng chí vui lòng nhập diện tích, hoặc nhập tỷ trọng."  # fmt: skip
    return f"Chưa biết phần của {giver} chuyển sang {whose}. Đồng chí vui lòng nhập tỷ trọng (theo {Measure(measure).label})."  # fmt: skip


def narrowed(shares: Mapping[int, tuple[int, str]]) -> dict[int, tuple[int, str]]:
    """The same shares over fewer takers: made to sum to a million again."""
    if len(shares) == 1:
        return {next(iter(shares)): (MILLION, Measure.WHOLE)}
    parts = parts_per_million([weight for weight, _ in shares.values()])
    return {
        taker: (part, measure)
        for (taker, (_, measure)), part in zip(shares.items(), parts, strict=True)
    }


def lineage_of(
    weights: Weights,
    *,
    size: Size,
    alike: Callable[[int, int], bool],
    measure: str,
) -> tuple[list[Passed], dict[int, list[int]]]:
    """The rows of lineage with their backward shares, and by taker the givers whose size is not known.

    `size` is that of a giver before; `alike` whether giver and taker are of one level. What has one giver of
    its level came whole from it.
    """
    givers: dict[int, list[int]] = defaultdict(list)
    for giver, takers in weights.items():
        for taker in takers:
            if alike(giver, taker):
                givers[taker].append(giver)
    back: dict[tuple[int, int], tuple[int, str]] = {}
    unknown: dict[int, list[int]] = {}
    for taker, before in givers.items():
        if len(before) == 1:
            back[before[0], taker] = (MILLION, Measure.WHOLE)
            continue
        sizes = [size(giver) for giver in before]
        missing = [giver for giver, one in zip(before, sizes, strict=True) if not one]
        if missing:
            unknown[taker] = missing
            continue
        passed = [one * weights[g][taker][0] for g, one in zip(before, sizes, strict=True) if one]
        forward = {weights[giver][taker][1] for giver in before}
        by = measure if measure in ROUGH else next((m for m in forward if m in ROUGH), measure)
        for giver, part in zip(before, parts_per_million(passed), strict=True):
            back[giver, taker] = (part, by)
    rows = []
    for giver, takers in weights.items():
        for taker, (weight, by) in takers.items():
            back_part, back_by = back.get((giver, taker)) or (None, "")
            rough = by in ROUGH or back_by in ROUGH
            rows.append(Passed(giver, taker, weight, by, back_part, back_by, rough))
    return rows, unknown
