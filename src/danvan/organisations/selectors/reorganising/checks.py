"""The tests of a plan, told one by one: what applying refuses, and what is only to be known."""

from danvan.organisations.holding import all_holders
from danvan.organisations.selectors.reorganising.plan import FAULT, OK, WAIT, Check, Plan
from danvan.vietnamese.numbers import format_number

WORDS = {
    "shape": "Dự thảo đủ nội dung",
    "scope": "Các đơn vị thuộc địa bàn của lần sắp xếp",
    "days": "Không hở, không chồng ngày",
    "versions": "Không có giai đoạn nào trước khi đơn vị có",
    "later": "Không có thay đổi nào sau ngày này dựa trên các đơn vị ấy",
    "weights": "Tỷ trọng cộng bằng 1",
    "cycle": "Không có vòng",
    "superior": "Một cấp trên trong mỗi cây",
    "levels": "Cấp trên cao hơn cấp dưới",
    "codes": "Mã đơn vị còn trống và đủ chữ số",
    "children": "Đơn vị bên dưới đều có nơi về",
    "heirs": "Mọi đơn vị kết thúc đều có nơi nhận việc",
    "totals": "Tổng trước bằng tổng sau",
}


def check_plan(plan: Plan) -> list[Check]:
    """Every test with its result: the faults are what applying refuses with; what waits is no obstacle."""
    checks = [_told(plan, key, words) for key, words in WORDS.items()]
    return [*checks, *_of_holders(plan)]


def _told(plan: Plan, key: str, words: str) -> Check:
    faults = tuple(found.fault for found in plan.faults if found.key == key)
    return Check(
        key,
        words,
        FAULT if faults else OK,
        tuple(fault.message for fault in faults),
        faults,
    )


def _of_holders(plan: Plan) -> list[Check]:
    """What those who keep rows for units forbid, and what open matters will pass to whom."""
    passage = plan.passage()
    checks = []
    for holder in all_holders():
        faults = tuple(holder.faults(passage))
        counts = holder.count_open(plan.ended, plan.on) if plan.ended else {}
        details = tuple(
            f"{plan.names[giver]} chuyển {format_number(count)} {holder.label} cho"
            f" {plan.names[plan.heirs[giver]]}"
            for giver, count in sorted(counts.items())
            if giver in plan.heirs
        )
        if not faults and not counts:
            continue
        total = format_number(sum(counts.values()))
        checks.append(
            Check(
                f"holder:{holder.key}",
                f"{total} {holder.label}"
                if counts
                else holder.label[:1].upper() + holder.label[1:],
                FAULT if faults else WAIT,
                (*(fault.message for fault in faults), *details),
                faults,
            )
        )
    return checks
