"""What the lists that the register was loaded from leave open or disagree on: told, never guessed."""

from collections import Counter
from datetime import timedelta

from django.db.models import F, QuerySet

from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import Level, Measure
from danvan.organisations.known import EXPECTED, MERGED_ON
from danvan.organisations.models import Lineage, UnitVersion
from danvan.organisations.selectors.counting import counts_at_the_merger
from danvan.organisations.selectors.days import codes_on, in_force
from danvan.vietnamese.numbers import format_number

NAMED = 8  # so many units are named in one sentence


def disagreements() -> list[str]:
    """A sentence for each thing that the lists leave open or do not agree on, in a constant number of queries."""
    return [
        sentence
        for sentence in (
            _counts(), _divided(), _unknown_areas(), _other_words(), _old_sizes(), _renamed(), _no_communes(),
        )
        if sentence
    ]  # fmt: skip


def _counts() -> str:
    found = counts_at_the_merger()
    if found == EXPECTED:
        return ""
    written = " / ".join(format_number(count) for count in found)
    wanted = " / ".join(format_number(count) for count in EXPECTED)
    return f"Số đơn vị quanh ngày sắp xếp là {written}, số đã công bố là {wanted}."


def _divided() -> str:
    """The communes that went to several: how many, to how many, and by what their shares were worked out."""
    rows = Lineage.objects.filter(
        happened_on=MERGED_ON,
        predecessor__versions__valid_to=MERGED_ON,
        predecessor__versions__level=Level.COMMUNE,
        predecessor__versions__kind="",
        weight__lt=MILLION,
    ).values_list("predecessor_id", "measure")
    parts: Counter[int] = Counter()
    measures: dict[int, str] = {}
    for unit, measure in rows:
        parts[unit] += 1
        measures[unit] = measure
    if not parts:
        return ""
    into = Counter(parts.values())
    told = ", ".join(f"{format_number(into[many])} xã chia cho {many}" for many in sorted(into))
    ways = Counter(measures.values())
    by_what = ", ".join(
        f"{Measure(way).label} ({format_number(ways[way])})" for way in sorted(ways)
    )
    return (
        f"{format_number(len(parts))} xã cũ được chia cho nhiều xã mới: {told}. Danh mục không cho tỷ trọng;"
        f" tạm tính theo {by_what}, chờ số thật của địa phương."
    )


def _unknown_areas() -> str:
    found = _standing().filter(area_km2=None).exclude(level=Level.PROVINCE)
    units = dict(found.values_list("unit_id", "name"))
    return f"Chưa rõ diện tích của {_named(units)}." if units else ""


def _other_words() -> str:
    """Places whose type and name do not say the same, on either side of the merger."""
    eve = MERGED_ON - timedelta(days=1)
    found: dict[int, str] = {}
    for day in (eve, MERGED_ON):
        rows = UnitVersion.objects.filter(in_force(day), kind="").exclude(type_word="")
        for unit, name, word in rows.values_list("unit_id", "lowered", "type_word"):
            if not name.startswith(word):
                found[unit] = f"“{name}” ghi loại hình “{word}”"
    if not found:
        return ""
    return (
        f"Tên và loại hình không khớp ở {_listed(sorted(found.values()))}; sổ giữ cả hai như nguồn."
    )


def _old_sizes() -> str:
    several = (
        Lineage.objects.filter(happened_on=MERGED_ON, back_measure=Measure.EQUAL)
        .values("successor_id")
        .distinct()
        .count()
    )
    if not several:
        return ""
    return (
        f"Danh mục không có diện tích, dân số của đơn vị cũ: {format_number(several)} đơn vị mới gồm nhiều đơn"
        " vị cũ được đọc ngược theo phần bằng nhau của các đơn vị ấy, một ước tính thô."
    )


def _renamed() -> str:
    """New identities that are exactly one old commune: the lists gave them another name or code."""
    rows = Lineage.objects.filter(
        happened_on=MERGED_ON, weight=MILLION, back_weight=MILLION,
        predecessor__versions__level=Level.COMMUNE, predecessor__versions__valid_to=MERGED_ON,
        successor__versions__valid_from=F("successor__founded_on"),
    ).values_list("predecessor__versions__name", "successor__versions__name")  # fmt: skip
    pairs = sorted(f"{before} nay là {after}" for before, after in rows)
    if not pairs:
        return ""
    return (
        f"{format_number(len(pairs))} xã mới là trọn một xã cũ nhưng danh mục ghi khác tên hoặc mã"
        f" ({_listed(pairs)}): sổ ghi là đơn vị mới."
    )


def _no_communes() -> str:
    rows = Lineage.objects.filter(
        happened_on=MERGED_ON, back_weight=MILLION,
        predecessor__versions__level=Level.DISTRICT, predecessor__versions__valid_to=MERGED_ON,
    )  # fmt: skip
    names = sorted(rows.values_list("predecessor__versions__name", flat=True))
    if not names:
        return ""
    return f"{format_number(len(names))} huyện không có xã trong danh mục cũ: {_listed(names)}."


def _standing() -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(
        in_force(MERGED_ON), kind="", level__in=[Level.PROVINCE, Level.COMMUNE]
    )


def _named(units: dict[int, str]) -> str:
    codes = codes_on(units, MERGED_ON)
    return f"{format_number(len(units))} đơn vị: " + _listed(
        sorted(f"{name} ({codes[unit]})" if unit in codes else name for unit, name in units.items())
    )


def _listed(words: list[str]) -> str:
    return ", ".join(words[:NAMED]) + (", ..." if len(words) > NAMED else "")
