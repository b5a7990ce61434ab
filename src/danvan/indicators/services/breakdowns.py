"""Breaking an indicator down: a named list of options, and an indicator of its own for each of them."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.enums import MeasureKind, OverTime, OverTree
from danvan.indicators.models import Breakdown, BreakdownOption, Indicator, IndicatorVersion
from danvan.indicators.selectors.measures import is_derived
from danvan.indicators.services.defining import CODE, define_indicator, redefine_indicator
from danvan.organisations.selectors import in_force
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

OPTION_CODE = re.compile(r"[A-ZĐ0-9]{1,8}\Z")
LONGEST_NAME = 100
MOST_OPTIONS = 100
CODE_WANTED = "Đồng chí vui lòng ghi mã của phần bằng tối đa 8 chữ in hoa, số, ví dụ NU."
NAME_WANTED = f"Đồng chí vui lòng ghi tên của phần, không quá {LONGEST_NAME} ký tự."
# Ways of summing that give the same of a sum of parts as of the parts, summed.
ADDING = {OverTime.SUM, OverTime.AVERAGE, OverTime.NONE, OverTime.LAST, OverTime.LATEST}


@transaction.atomic
def define_breakdown(
    *, name: str, options: Sequence[tuple[str, str]], actor: "User | None"
) -> Breakdown:
    """Name a way in which what is counted falls apart, by its options: each a short code and a name."""
    name = canonical(name).strip()
    said = [(code.strip().upper(), canonical(option).strip()) for code, option in options]
    faults = []
    if not 0 < len(name) <= LONGEST_NAME:
        message = f"Đồng chí vui lòng ghi tên cách chia, không quá {LONGEST_NAME} ký tự."
        faults.append(Fault(message, column="name"))
    elif Breakdown.objects.filter(name=name).exists():
        message = f"Đã có cách chia “{name}”, đồng chí vui lòng dùng lại hoặc đặt tên khác."
        faults.append(Fault(message, column="name"))
    if not 2 <= len(said) <= MOST_OPTIONS:
        message = f"Một cách chia có từ 2 đến {MOST_OPTIONS} phần."
        faults.append(Fault(message, column="options"))
    times = Counter(code for code, _ in said)
    for row, (code, option) in enumerate(said, 1):
        if not OPTION_CODE.match(code):
            faults.append(Fault(CODE_WANTED, row, "code"))
        elif times[code] > 1:
            faults.append(Fault(f"Mã {code} ghi hai lần.", row, "code"))
        if not 0 < len(option) <= LONGEST_NAME:
            faults.append(Fault(NAME_WANTED, row, "name"))
    _refuse("Chưa lập được cách chia nhỏ", faults)
    made = Breakdown.objects.create(name=name)
    BreakdownOption.objects.bulk_create(
        BreakdownOption(breakdown=made, position=position, code=code, name=option)
        for position, (code, option) in enumerate(said, 1)
    )
    audit.record(actor, "indicators.define_breakdown", made, options=len(said))
    return made


@transaction.atomic
def add_option(
    breakdown: Breakdown, *, code: str, name: str, valid_from: date, actor: "User | None"
) -> BreakdownOption:
    """Add a part to a breakdown: whatever is broken down by it is measured for that part too, from a day on.

    A whole that is the sum of its parts becomes the sum with the new one.
    """
    breakdown = Breakdown.objects.select_for_update(of=("self",)).get(pk=breakdown.pk)
    code, name = code.strip().upper(), canonical(name).strip()
    known = list(breakdown.options.order_by("position"))
    faults = []
    if not OPTION_CODE.match(code):
        faults.append(Fault(CODE_WANTED, column="code"))
    elif code in {one.code for one in known}:
        faults.append(Fault(f"Cách chia này đã có mã {code}.", column="code"))
    if not 0 < len(name) <= LONGEST_NAME:
        faults.append(Fault(NAME_WANTED, column="name"))
    elif len(known) >= MOST_OPTIONS:
        message = f"Một cách chia có từ 2 đến {MOST_OPTIONS} phần."
        faults.append(Fault(message, column="name"))
    _refuse("Chưa thêm được phần", faults)
    option = BreakdownOption.objects.create(
        breakdown=breakdown, position=known[-1].position + 1, code=code, name=name
    )
    wholes = Indicator.objects.filter(broken_down__option__breakdown=breakdown).distinct()
    for whole in wholes.order_by("code"):
        version = whole.versions.filter(in_force(valid_from)).order_by("number").last()
        if version is None:
            continue
        summed = {"sum": [_code(whole, one) for one in known]}
        computed = version.formula == summed
        if not computed:
            found = _faults(whole, version, [option], computed=False)
            _refuse(f"Chưa thêm được phần vào {whole.code}", found)
        part = _part(whole, version, option, valid_from=valid_from, actor=actor)
        if computed:
            formula = {"sum": [*summed["sum"], part.code]}
            redefine_indicator(
                whole, valid_from=valid_from, actor=actor, formula=formula, **_meaning(version)
            )
    audit.record(actor, "indicators.add_option", breakdown, option_id=option.pk)
    return option


@transaction.atomic
def break_down_indicator(
    indicator: Indicator,
    breakdown: Breakdown,
    *,
    valid_from: date,
    actor: "User | None",
    computed: bool = False,
) -> list[Indicator]:
    """Measure each option of a breakdown of an indicator from a day on, by a code that ends in the option's.

    They mean what the whole means on that day. `computed` says that the whole is no longer given but is the sum of
    its parts; else it is given beside them, and is never less than they are together (see `parts_above_whole`).
    """
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    version = indicator.versions.filter(in_force(valid_from)).order_by("number").last()
    options = list(breakdown.options.order_by("position"))
    if version is None:
        message = (
            f"Chỉ số {indicator.code} không có hiệu lực vào ngày {format_date(valid_from)};"
            " đồng chí vui lòng chọn ngày khác."
        )
        raise RuleError(message, faults=[Fault(message, column="valid_from")])
    _refuse(
        f"Chưa chia nhỏ được chỉ số {indicator.code}",
        _faults(indicator, version, options, computed=computed),
    )
    parts = [
        _part(indicator, version, option, valid_from=valid_from, actor=actor) for option in options
    ]
    if computed:
        redefine_indicator(
            indicator,
            valid_from=valid_from,
            actor=actor,
            formula={"sum": [part.code for part in parts]},
            **_meaning(version),
        )
    audit.record(
        actor, "indicators.break_down", indicator, breakdown_id=breakdown.pk, parts=len(parts)
    )
    return parts


def _part(
    whole: Indicator,
    version: IndicatorVersion,
    option: BreakdownOption,
    *,
    valid_from: date,
    actor: "User | None",
) -> Indicator:
    meaning = _meaning(version)
    meaning["name"] = f"{version.name}: {option.name}"
    code = _code(whole, option)
    meaning |= {"valid_from": valid_from, "owner": whole.owner, "actor": actor}
    part = define_indicator(code=code, **meaning)
    part.whole, part.option = whole, option
    part.save(update_fields=["whole", "option"])
    return part


def _meaning(version: IndicatorVersion) -> dict[str, Any]:
    """What a version says that holds for each of its parts too."""
    names = ("name", "definition", "unit_label", "kind", "over_time", "over_tree", "at_break",
             "places", "source_symbol")  # fmt: skip
    return {name: getattr(version, name) for name in names}


def _code(whole: Indicator, option: BreakdownOption) -> str:
    return f"{whole.code}.{option.code}"


def _faults(
    indicator: Indicator,
    version: IndicatorVersion,
    options: Sequence[BreakdownOption],
    *,
    computed: bool,
) -> list[Fault]:
    faults = []
    if version.kind == MeasureKind.QUALITATIVE:
        faults.append(Fault(f"“{version.name}” là chỉ số định tính nên không chia nhỏ."))
    if is_derived(version):
        message = f"“{version.name}” được tính từ các chỉ số khác nên không chia nhỏ."
        faults.append(Fault(message))
    codes = {_code(indicator, option) for option in options}
    if long := sorted(code for code in codes if not CODE.match(code)):
        message = f"Mã {', '.join(long)} dài quá 30 ký tự, đồng chí vui lòng chọn mã ngắn hơn."
        faults.append(Fault(message, column="code"))
    taken = Indicator.objects.filter(code__in=codes).order_by("code")
    if used := list(taken.values_list("code", flat=True)):
        faults.append(Fault(f"Mã {', '.join(used)} đã dùng rồi.", column="code"))
    adds = version.over_tree in {OverTree.SUM, OverTree.NONE} and version.over_time in ADDING
    if computed and not adds:
        message = (
            f"“{version.name}” không cộng các tháng, các đơn vị, nên tổng không tính được từ các phần;"
            " đồng chí vui lòng để nhập tổng."
        )
        faults.append(Fault(message, column="computed"))
    long_names = [
        option.name for option in options if len(version.name) + len(option.name) + 2 > 300
    ]
    if long_names:
        message = f"Tên chỉ số kèm “{long_names[0]}” dài quá 300 ký tự, đồng chí vui lòng rút gọn."
        faults.append(Fault(message, column="name"))
    return faults


def _refuse(what: str, faults: list[Fault]) -> None:
    if faults:
        told = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"{what}: {told}", faults=faults)
