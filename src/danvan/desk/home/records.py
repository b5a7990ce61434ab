"""What waits in targets and activities: what is lacking, not answered yet, or has no evidence yet."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from danvan.activities.selectors import Asked, listed
from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing, in_words
from danvan.desk.links import way
from danvan.desk.targets.board import Line, read_board
from danvan.foundation.lists import COUNTED_TO
from danvan.foundation.periods import Every, Period
from danvan.indicators.selectors import ShareUnanswered, shares_unanswered, tidy
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number


def waiting_in_records(reader: Reader) -> Iterator[Batch]:
    """Targets that units lack or whose own figure is behind, shares not answered, and activities without evidence."""
    if reader.may("targets.view"):
        yield _targets(reader)
    if reader.may("targets.manage"):
        yield _shares(reader)
    if reader.may("activities.record"):
        yield from _unproven(reader)


def _targets(reader: Reader) -> Batch:
    year = Period.containing(reader.today, Every.YEAR)
    every = read_board(reader.user, year).lines
    lines = [line for line in every if line.evaluation.missing or line.behind]
    things = [_target(line, year) for line in lines[: reader.most_of(Group.LACKING)]]
    return Batch(Group.LACKING, Sort.TARGET, things, len(lines), reverse("desk:targets"))


def _target(line: Line, year: Period) -> Thing:
    found, pk = line.evaluation, line.target.pk
    if not found.missing:
        return Thing(
            sort=Sort.TARGET,
            pk=pk,
            title=line.target.title,
            url=way("desk:target", pk, ky=year.code),
            note=line.why,
            unit_id=line.target.unit_id,
            product=f"Chỉ tiêu {year.label}",
            state=line.state.word,
        )
    lacks = len(found.missing)
    one = found.missing[0]
    url = (
        way("desk:target-unit", pk, one, ky=year.code)
        if lacks == 1
        else way("desk:target", pk, ky=year.code)
    )
    return Thing(
        sort=Sort.TARGET,
        pk=pk,
        title=line.target.title,
        url=url,
        note=line.missing,
        unit_id=one if lacks == 1 else line.target.unit_id,
        product=f"Chỉ tiêu {year.label}",
        state=f"{format_number(lacks)}/{format_number(found.denominator)} đơn vị còn thiếu",
    )


def _shares(reader: Reader) -> Batch:
    """What the reader's own units are given of targets divided above, until they answer."""
    waiting = shares_unanswered(reader.own, on=reader.today)
    things = [_share(one) for one in waiting[: reader.most_of(Group.LACKING)]]
    return Batch(Group.LACKING, Sort.TARGET, things, len(waiting), reverse("desk:targets"))


def _share(one: ShareUnanswered) -> Thing:
    return Thing(
        sort=Sort.TARGET,
        pk=one.target.pk,
        title=one.target.title,
        url=reverse("desk:target-share", args=[one.target.pk, one.unit_id]),
        note=f"được giao {format_number(tidy(one.amount))} từ {format_date(one.since)}",
        unit_id=one.unit_id,
        product="Phần chỉ tiêu được giao",
        state="Chưa trả lời",
    )


def _unproven(reader: Reader) -> Iterator[Batch]:
    """The own ones one by one; where units below have some too, all of them in one line, which leads to the list of as many."""
    found = listed(reader.user, Asked(unproven=True), on=reader.today)
    url = way("activities:list", thieu="on")
    own = found.filter(unit_id__in=reader.own).order_by("held_on", "pk")
    yield reader.take(Group.LACKING, Sort.ACTIVITY, own, _activity, url)
    if found.exclude(unit_id__in=reader.own).exists():
        number = found.order_by()[: COUNTED_TO + 1].count()
        every = Thing(
            sort=Sort.ACTIVITY,
            pk=0,
            title="Mọi hoạt động chưa có minh chứng, cả của đơn vị cấp dưới",
            url=url,
            product="Minh chứng",
            state=f"{in_words(number)} hoạt động",
        )
        yield Batch(Group.LACKING, Sort.ACTIVITY, [every], 1, url)


def _activity(one: Any) -> Thing:
    return Thing(
        sort=Sort.ACTIVITY,
        pk=one.pk,
        title=one.title,
        url=reverse("activities:card", args=[one.pk]),
        note=f"{one.get_kind_display()}, {format_date(one.held_on)}",
        unit_id=one.unit_id,
        product="Minh chứng",
        state="Chưa có minh chứng",
    )
