"""Posts and people made row by row for tests, without the rules of the services."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from danvan.organisations.enums import Entry, Manner, Rank
from danvan.organisations.models import Appointment, Officer, Post
from danvan.organisations.services.officers.people import named

SINCE = date(2025, 7, 1)
TODAY = date(2026, 12, 31)
HEADINGS = [
    "Đơn vị hoặc mã",
    "Chức danh",
    "Họ tên",
    "Cách giữ",
    "Từ ngày",
    "Đến ngày",
    "Quyết định",
]


def make_officer(name="Nguyễn Văn An"):
    return Officer.objects.create(**named(name))


def make_post(unit, title="Trưởng ban", *, rank=Rank.HEAD, seats=1, since=SINCE, until=None):
    return Post.objects.create(
        unit=unit, title=title, rank=rank, seats=seats, valid_from=since, valid_to=until
    )


def hold(officer, post, manner=Manner.FULL, *, since=SINCE, until=None, entry=Entry.APPOINTED):
    return Appointment.objects.create(
        officer=officer, post=post, manner=manner, entry=entry, decision="QĐ 12-QĐ/TU",
        valid_from=since, valid_to=until,
    )  # fmt: skip


def lead(unit, name, *, title="Trưởng ban", manner=Manner.FULL, officer=None):
    """Somebody at the head of a unit; returns the officer."""
    officer = officer or make_officer(name)
    hold(officer, make_post(unit, title), manner)
    return officer


def book(*rows, headings=HEADINGS):
    """A workbook with these rows under the headings."""
    made, kept = Workbook(), BytesIO()
    made.active.append(headings)
    for row in rows:
        made.active.append(list(row))
    made.save(kept)
    return kept.getvalue()
