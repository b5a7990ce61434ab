"""What waits in the monthly reports: to send, to mend, to approve, and which units have not sent."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing, in_words
from danvan.desk.links import way
from danvan.foundation.periods import Every, Period
from danvan.reporting.enums import Standing
from danvan.reporting.selectors import allowed_obligations, due_for, laid_before, waiting_for


def waiting_in_reports(reader: Reader) -> Iterator[Batch]:
    """Reports to send and to mend; months with reports to approve or units that are late. At most ten queries."""
    if reader.may("submissions.enter"):
        yield from _to_send(reader)
    if reader.may("submissions.release"):
        laid = laid_before(reader.user).order_by("due_on", "pk")
        yield reader.take(Group.CHECKING, Sort.REPORT, laid, _laid, reverse("reporting:home"))
    if reader.may("submissions.approve"):
        yield from _to_approve(reader)


def forms_to_send(reader: Reader) -> list[Thing]:
    """The reader's own reports, whichever is due first: what an officer on a phone opens the page for."""
    if not reader.may("submissions.enter"):
        return []
    return [_owed(one) for one in due_for(reader.user, reader.today)[:3]]


def _to_send(reader: Reader) -> Iterator[Batch]:
    owed, url = due_for(reader.user, reader.today), reverse("reporting:home")
    unsent = owed.filter(standing=Standing.DUE)
    late, soon = (
        unsent.filter(due_on__lt=reader.today),
        unsent.filter(due_on__gte=reader.today, due_on__lte=reader.soon),
    )
    yield reader.take(Group.LATE, Sort.REPORT, late, _owed, url)
    yield reader.take(Group.DUE, Sort.REPORT, soon, _owed, url)
    returned = owed.filter(standing=Standing.RETURNED)
    yield reader.take(Group.LACKING, Sort.REPORT, returned, _owed, url)


def _to_approve(reader: Reader) -> Iterator[Batch]:
    """One thing a form and month, however many units send: nobody approves from this page one by one."""
    asked = allowed_obligations(reader.user, "submissions.approve")
    waiting = waiting_for(reader.user)
    yield _months(reader, Group.CHECKING, waiting, "{number} báo cáo chờ duyệt", "luot-toi")
    # as the page of the month counts them: what lies before the head of a unit is not sent either
    unsent = asked.filter(first_sent_on=None, due_on__lt=reader.today)
    late = unsent.exclude(standing=Standing.EXEMPT)
    yield _months(reader, Group.LATE, late, "{number} đơn vị chưa gửi", "chua-gui")


def _months(reader: Reader, group: Group, owed: Any, words: str, standing: str) -> Batch:
    rows = list(
        owed.order_by()
        .values("form_id", "form__name", "form__unit_id", "first")
        .annotate(number=Count("pk"), due=Min("due_on"))
        .order_by("due", "form_id")
    )
    things = [
        Thing(
            sort=Sort.REPORT,
            pk=row["form_id"],
            title=_title(row["form__name"], row["first"]),
            url=way(
                "reporting:period",
                row["form_id"],
                Period.starting(row["first"], Every.MONTH).code,
                tinh_trang=standing,
            ),
            note="Tổng hợp báo cáo của đơn vị",
            unit_id=row["form__unit_id"],
            product="Báo cáo",
            due_on=row["due"],
            state=words.format(number=in_words(row["number"])),
        )
        for row in rows
    ]
    return Batch(
        group, Sort.REPORT, things[: reader.most_of(group)], len(things), reverse("reporting:home")
    )


def _owed(one: Any) -> Thing:
    returned = one.standing == Standing.RETURNED
    return _report(one, "reporting:entry", "Được trả lại để sửa" if returned else "")


def _laid(one: Any) -> Thing:
    return _report(one, "reporting:laid", "Chờ đồng chí duyệt gửi")


def _report(one: Any, page: str, state: str) -> Thing:
    return Thing(
        sort=Sort.REPORT,
        pk=one.pk,
        title=_title(one.form.name, one.first),
        url=reverse(page, args=[one.pk]),
        note=one.form.source_symbol,
        unit_id=one.unit_id,
        product="Báo cáo",
        due_on=one.due_on,
        state=state,
    )


def _title(name: str, first: Any) -> str:
    return f"{name} {Period.starting(first, Every.MONTH).label}"
