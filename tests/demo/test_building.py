"""The demonstration: built by services alone, believable, and always the same."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from danvan.activities.models import Activity
from danvan.analytics.checks import check_summary
from danvan.analytics.summary import compose_summary
from danvan.demo.building import build
from danvan.demo.work import FIRST, LAST, Chronicle, Seat, steadiness_of
from danvan.documents.enums import Stage
from danvan.documents.models import Document
from danvan.foundation import audit
from danvan.foundation.periods import Period
from danvan.indicators.models import Target
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import by_code

SEAT = Seat(1, "xã Môn Sơn", {kind: place for place, kind in enumerate(Kind, 1)}, 0.9)


def test_a_seat_always_did_the_same():
    first, second = Chronicle(SEAT), Chronicle(SEAT)
    assert list(first.activities()) == list(second.activities())
    assert list(first.papers()) == list(second.papers())


def test_everything_happened_within_the_eighteen_months():
    chronicle = Chronicle(SEAT)
    assert all(FIRST <= draft.held_on <= LAST for draft in chronicle.activities())
    assert all(FIRST <= paper.issued_on <= LAST for paper in chronicle.papers())


def test_most_places_are_steady_and_some_lag():
    drawn = Counter(steadiness_of(f"xã {number}") for number in range(400))
    assert drawn[1.0] > drawn[0.8] > 0
    assert drawn[0.55] > 0


@pytest.mark.django_db
def test_the_province_is_whole(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    built = build("year-end", lambda words: None)

    province = by_code("40", on=LAST)
    assert built.organisations == 131 * len(Kind)
    assert built.targets == Target.objects.count() == 8
    assert built.activities == Activity.objects.count() > 6000
    assert Document.objects.filter(direction="outgoing").count() == built.papers
    came_in = Document.objects.filter(direction="incoming").order_by("received_on")
    assert [(one.symbol, one.stage) for one in came_in] == [
        ("04-NQ/TU", Stage.REVIEWED),
        ("112-KH/TU", Stage.TO_REVIEW),
    ]
    assert came_in[1].proposals.count() == came_in[1].proposals.filter(verdict="open").count() > 8
    assert [person.role for person, _ in built.sign_ins] == [
        "leader", "specialist", "clerk", "administrator", *["commune_officer"] * 3,
    ]  # fmt: skip
    assert len({password for _, password in built.sign_ins}) == len(built.sign_ins)

    summary = compose_summary(province.pk, Period.parse("2026"))
    shares = {
        f.key: (f.numerator, f.denominator) for f in summary.figures if f.key.endswith(":met")
    }
    assert len(shares) == 6
    assert all(denominator == 131 for _, denominator in shares.values())
    assert all(80 < numerator < 131 for numerator, _ in shares.values())
    assert all(check.passed for check in check_summary(summary))
    assert audit.verify().faults == []


def test_without_a_fixed_day_nothing_is_built(settings):
    settings.DANVAN_TODAY = None
    with pytest.raises(CommandError, match="ngày cố định"):
        call_command("demo", "--no-serve", stdout=StringIO())
