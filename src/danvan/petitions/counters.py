"""What is counted from petitions for targets and reports, by the unit that had each on its day. Denunciations never are."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    When,
)
from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRecord, Counter, register, tally_by
from danvan.petitions.models import Paper, Petition, PetitionTransfer
from danvan.petitions.selectors.populations import MEASURES, Day, Measure, countable

PAGE, MODEL, UNIT_LABEL = "petitions:card", "petitions.petition", "đơn"


def register_all() -> None:
    """Register the counters of petitions; called once, when the app starts."""
    for measure in MEASURES.values():
        if measure.flows:
            register(_of_measure(measure))
    register(_of_papers("papers", "Lượt gửi đơn", "lượt", "Đếm lượt gửi đơn tại đơn vị nhận, theo ngày nhận; một lượt có thể có nhiều nội dung.", people=False))  # fmt: skip
    register(_of_papers("people", "Người đứng đơn", "người", "Cộng số người đứng đơn của các lượt gửi tại đơn vị nhận, theo ngày nhận; gửi nhiều lượt tính nhiều lần.", people=True))  # fmt: skip
    register(_of_transfers())


def _whose(day: str) -> Case:
    """Whose it was on its day: the unit before a reorganisation, or the one after it."""
    before = When(Q(former__isnull=False) & Q(passed_on__gt=F(day)), then=F("former_id"))
    return Case(before, default=F("unit_id"), output_field=BigIntegerField())


def _of_measure(measure: Measure) -> Counter:
    day = Day(measure.day).value

    def rows(unit_ids: Collection[int]) -> QuerySet[Petition]:
        mine = Petition.objects.filter(Q(unit_id__in=unit_ids) | Q(former_id__in=unit_ids))
        return countable(mine).annotate(whose=_whose(day)).filter(whose__in=unit_ids)

    def count(unit_ids: Collection[int], period: Period) -> dict[int, int]:
        return {unit: number for (unit, _), number in count_by(unit_ids, [period]).items()}

    def count_by(
        unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        return tally_by(
            rows(unit_ids), unit="whose", periods=periods, within=measure.within,
            number=lambda within: Count("pk", filter=within),
        )  # fmt: skip

    def records(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        found: QuerySet[Any] = (
            rows(unit_ids).filter(measure.within(period)).annotate(files_n=Count("files"))
        )
        return [
            _record(one.pk, one.whose, f"{one.number} {one.title}", getattr(one, day), evidence=bool(one.files_n))
            for one in found.order_by(day, "pk")
        ]  # fmt: skip

    def number_of_records(unit_ids: Collection[int], period: Period) -> int:
        return rows(unit_ids).filter(measure.within(period)).count()

    return Counter(
        key=f"petitions.{measure.key}",
        label=f"Đơn thư: {measure.label[0].lower()}{measure.label[1:]}",
        unit_label=UNIT_LABEL,
        definition=f"{measure.definition} Không gồm tố cáo.",
        count=count,
        records=records,
        count_by=count_by,
        number_of_records=number_of_records,
    )


def _of_papers(key: str, label: str, unit_label: str, definition: str, *, people: bool) -> Counter:
    """Papers of which some matter is a petition: one that holds a denunciation alone leaves no number here."""

    def rows(unit_ids: Collection[int]) -> QuerySet[Paper]:
        some = Exists(Petition.objects.filter(paper=OuterRef("pk")))
        return Paper.objects.filter(some, unit_id__in=unit_ids)

    def count(unit_ids: Collection[int], period: Period) -> dict[int, int]:
        return {unit: number for (unit, _), number in count_by(unit_ids, [period]).items()}

    def count_by(
        unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        return tally_by(
            rows(unit_ids), unit="unit_id", periods=periods, within=_received,
            number=lambda within: Sum("people", filter=within) if people else Count("pk", filter=within),
        )  # fmt: skip

    def records(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        found = rows(unit_ids).filter(_received(period)).prefetch_related("petitions", "files")
        return [
            _record(
                first.pk, one.unit_id, f"{first.number} {first.title}", one.received_on, evidence=bool(one.files.all()),
                quantity=one.people if people else 1,
            )
            for one in found.order_by("received_on", "pk")
            for first in sorted(one.petitions.all(), key=lambda each: each.pk)[:1]
        ]  # fmt: skip

    return Counter(
        key=f"petitions.{key}", label=f"Đơn thư: {label[0].lower()}{label[1:]}", unit_label=unit_label,
        definition=f"{definition} Không gồm tố cáo.", count=count, records=records, count_by=count_by,
        number_of_records=lambda unit_ids, period: rows(unit_ids).filter(_received(period)).count(),
    )  # fmt: skip


def _of_transfers() -> Counter:
    def rows(unit_ids: Collection[int]) -> QuerySet[PetitionTransfer]:
        return PetitionTransfer.objects.filter(from_unit_id__in=unit_ids)

    def within(period: Period) -> Q:
        return Q(on__gte=period.first, on__lt=period.end)

    def count(unit_ids: Collection[int], period: Period) -> dict[int, int]:
        return {unit: number for (unit, _), number in count_by(unit_ids, [period]).items()}

    def count_by(
        unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        return tally_by(
            rows(unit_ids), unit="from_unit_id", periods=periods, within=within,
            number=lambda said: Count("pk", filter=said),
        )  # fmt: skip

    def records(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        found = rows(unit_ids).filter(within(period)).select_related("petition")
        return [
            _record(one.petition_id, one.from_unit_id, f"{one.petition.number} {one.petition.title}", one.on, evidence=True)
            for one in found.order_by("on", "pk")
        ]  # fmt: skip

    return Counter(
        key="petitions.passed_on",
        label="Đơn thư: chuyển đơn vị có thẩm quyền",
        unit_label="lượt",
        definition="Đếm lượt chuyển đơn đến đơn vị khác trong hệ thống, tính cho đơn vị chuyển, theo ngày chuyển. "
        "Không gồm tố cáo.",
        count=count,
        records=records,
        count_by=count_by,
    )


def _received(period: Period) -> Q:
    return Q(received_on__gte=period.first, received_on__lt=period.end)


def _record(
    pk: int, unit_id: int, title: str, day: Any, *, evidence: bool, quantity: int = 1
) -> CountedRecord:
    return CountedRecord(
        model=MODEL, pk=pk, unit_id=unit_id, title=title, day=day, quantity=quantity,
        url=reverse(PAGE, args=[pk]), has_evidence=evidence,
    )  # fmt: skip
