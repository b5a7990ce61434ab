"""Notices in a letter: a short subject and plain text, grouped by topic, each line with its address."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse

from danvan.notifications.addresses import in_full
from danvan.notifications.enums import Topic
from danvan.notifications.models import Notification
from danvan.notifications.selectors import DueThing
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

LINES = 20  # of one group; the rest is in the list
SUBJECT = 90
ORDER = {topic.value: place for place, topic in enumerate(Topic)}


def days_left(due_on: date, on: date) -> str:
    """`quá 6 ngày`, `hôm nay`, `còn 3 ngày`."""
    days = (due_on - on).days
    if days == 0:
        return "hôm nay"
    return f"còn {format_number(days)} ngày" if days > 0 else f"quá {format_number(-days)} ngày"


def subject_of(notices: Sequence[Notification], due: Sequence[DueThing], today: date) -> str:
    """One notice by its own words, several by their number, and how much is overdue."""
    if len(notices) == 1 and not due:
        words = notices[0].words
        return (
            f"Dân Vận Số: {words}" if len(words) <= SUBJECT else f"Dân Vận Số: {words[:SUBJECT]}…"
        )
    late = sum(one.due_on < today for one in due)
    parts = [f"{format_number(len(notices))} thông báo mới"]
    if late:
        parts.append(f"{format_number(late)} việc quá hạn")
    if len(due) > late:
        parts.append(f"{format_number(len(due) - late)} việc sắp đến hạn")
    return f"Dân Vận Số: {', '.join(parts)}"


def body_of(
    name: str, notices: Sequence[Notification], due: Sequence[DueThing], today: date
) -> str:
    """The whole letter."""
    late = [one for one in due if one.due_on < today]
    soon = [one for one in due if one.due_on >= today]
    parts = [f"Kính gửi đồng chí {name},"]
    parts += _group("Quá hạn", [_due_line(one, today) for one in late])
    parts += _group("Sắp đến hạn", [_due_line(one, today) for one in soon])
    by_topic = sorted(notices, key=lambda one: (ORDER.get(one.topic, 0), one.pk))
    for topic, rows in groupby(by_topic, key=lambda one: one.topic):
        lines = [f"- {one.words}\n  {in_full(one.url)}" for one in rows]
        parts += _group(str(Topic(topic).label), lines)
    parts.append(
        f"Tất cả thông báo: {in_full(reverse('notifications:list'))}\n"
        f"Đổi cách nhận thư: {in_full(reverse('notifications:preferences'))}"
    )
    parts.append("Thư này do phần mềm gửi. Đồng chí vui lòng không trả lời thư.")
    return "\n\n".join(parts) + "\n"


def to_share(words: str, url: str) -> str:
    """What is pasted into a Zalo group: the sentence and the address; the page asks who opens it to sign in."""
    return f"{words}\n{url}"


def _due_line(thing: DueThing, today: date) -> str:
    day = f"hạn {format_date(thing.due_on)}, {days_left(thing.due_on, today)}"
    return f"- {thing.title} ({thing.unit_name}; {day})\n  {in_full(thing.url)}"


def _group(title: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    head = f"{title.upper()} ({format_number(len(lines))})"
    more = len(lines) - LINES
    rest = [f"- và {format_number(more)} dòng khác"] if more > 0 else []
    return ["\n".join([head, *lines[:LINES], *rest])]
