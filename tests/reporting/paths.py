"""Where the pages of a month stand, what is sent to them, and what they say."""

from datetime import date
from html import unescape

from django.urls import reverse

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.reporting.services import submit_report
from tests.reporting.months import GOOD


def boxes(answers=GOOD, nil=(), **more):
    return {f"a-{code}": text for code, text in answers.items()} | {
        f"nil-{one}": "1" for one in nil
    } | more  # fmt: skip


def at(name, month, **more):
    return reverse(f"reporting:{name}", kwargs={"pk": month.first.pk} | more)


def text_of(response):
    return unescape(response.content.decode())


def sent(month, **changes):
    return submit_report(month.first, **{"answers": GOOD, "actor": None} | changes)


def held(month, **more):
    """An activity of the first commune in November that the form's first item counts."""
    return record_activity(
        unit=month.province.committees[0], kind=ActivityKind.DIALOGUE, title="Đối thoại bản Xiềng",
        held_on=date(2026, 11, 10), actor=None, **more,
    )  # fmt: skip


def period_at(month, name="period"):
    return reverse(f"reporting:{name}", args=[month.form.pk, "2026-11"])
