"""The checks over commitments and monthly reports find each altered figure; the records behind them are listed."""

import pytest

from danvan.analytics.checks import check_summary, gaps_of
from danvan.analytics.checks.gaps import Part, sum_of
from danvan.analytics.records import records_of
from danvan.analytics.services import sign_review
from danvan.analytics.summary import compose_summary
from danvan.indicators.enums import OverTime, OverTree
from danvan.indicators.models import IndicatorVersion
from danvan.reporting.models import Obligation
from tests.analytics.test_checks import told_as
from tests.analytics.thread import QUARTER, TODAY, Thread
from tests.once import once, own

pytestmark = pytest.mark.django_db
SUMS, SHARES, WITHIN, WHOLES, RECORDS = (
    "Tổng bằng các phần",
    "Tỷ lệ tính lại từ tử số, mẫu số",
    "“Trong đó” không vượt tổng",
    "Mẫu số rõ ràng",
    "Hồ sơ mở được",
)


_thread = once(lambda: Thread(2), DANVAN_TODAY=TODAY)


@pytest.fixture
def thread(_thread, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_thread)


def failed_by(thread, key, **changes):
    summary = told_as(compose_summary(thread.place.pk, QUARTER), key, **changes)
    return [check.label for check in check_summary(summary) if not check.passed]


@pytest.mark.parametrize(
    ("key", "changes", "failing"),
    [
        ("commitments:due", {"numerator": 99}, [SUMS]),
        ("commitments:claimed", {"numerator": 7}, [SUMS]),
        ("commitments:claimed", {"numerator": 1}, [SUMS, WITHIN]),
        ("commitments:verified", {"numerator": 7}, [SUMS, WITHIN]),
        ("commitments:verified", {"denominator": 12}, [WHOLES]),
        ("commitments:verified_in_time", {"numerator": 3}, [SUMS, SHARES]),
        ("commitments:overdue", {"records": 3}, [RECORDS]),
        ("commitments:leads", {"numerator": 1}, [SUMS]),
        ("reports:{form}:sent", {"numerator": 5}, [SUMS]),
        ("reports:{form}:sent", {"denominator": 9}, [SUMS, WHOLES]),
        ("reports:{form}:on_time", {"numerator": 5}, [SUMS, RECORDS]),
        ("reports:{form}:missing", {"numerator": 5}, [RECORDS]),
        ("indicator:DV-01", {"numerator": 999}, [SUMS]),
        ("indicator:DV-03", {"numerator": 5_000}, [SUMS, WITHIN]),
        ("indicator:DV-04", {"numerator": 1}, [SUMS, WITHIN]),
        ("indicator:DV-05", {"records": 1}, [RECORDS]),
        ("indicator:DV-09", {"numerator": 1}, [SUMS]),
        ("indicator:DV-09", {"denominator": 1}, [SUMS, SHARES]),
    ],
)
def test_an_altered_figure_is_found_by_the_checks_it_breaks(thread, key, changes, failing):
    found = failed_by(thread, key.format(form=thread.form.pk), **changes)

    assert set(failing) <= set(found)
    assert set(found) <= {*failing, RECORDS}


def test_what_goes_up_in_another_way_is_counted_again_in_that_way(thread):
    versions = IndicatorVersion.objects.filter(indicator__code="DV-01")
    IndicatorVersion.objects.filter(indicator__code="DV-09").update(factor=1_000, unit_label="‰")
    for over_time, over_tree in ((OverTime.AVERAGE, OverTree.MOST), (OverTime.LATEST, "sum")):
        versions.update(over_time=over_time, over_tree=over_tree)
        summary = compose_summary(thread.place.pk, QUARTER)
        assert not {"indicator:DV-01", "indicator:DV-09"} & keys_of(summary)
        assert "indicator:DV-01" in keys_of(told_as(summary, "indicator:DV-01", numerator=999))


def keys_of(summary):
    """The figures that do not come out the same when they are counted again."""
    return {gap.key for gap in gaps_of(check_summary(summary))}


def test_a_sum_that_waits_for_the_worker_says_so_and_signing_takes_it_in(thread):
    owed = Obligation.objects.filter(standing="due").first()
    thread.submit(owed, thread.answers())

    gaps = gaps_of(check_summary(compose_summary(thread.place.pk, QUARTER)))
    assert gaps
    assert all("máy đang cộng lại số liệu vừa gửi" in gap.sentence for gap in gaps)

    review = sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    assert gaps_of(check_summary(compose_summary(thread.place.pk, QUARTER))) == []
    assert review.number == 1


def test_a_sum_of_many_names_the_largest_and_counts_the_rest():
    parts = [Part(f"Xã {number}", number) for number in range(1, 21)]

    gap = sum_of("key", "Tổng", 200, parts).gap()

    assert [part.label for part in gap.parts] == [
        "Xã 20", "Xã 19", "Xã 18", "Xã 17", "Xã 16", "Xã 15", "14 đơn vị khác",
    ]  # fmt: skip
    assert (gap.total, gap.difference) == (210, 10)
    assert (gap.total_text, gap.told_text, gap.difference_text) == ("210", "200", "10")


def test_the_records_behind_each_figure_are_as_many_as_it_says(thread):
    summary = compose_summary(thread.place.pk, QUARTER)

    told = {one.key: one for one in summary.notes if one.key.startswith(("commitments", "reports"))}
    assert len(told) >= 8
    for key, figure in told.items():
        found = records_of(thread.place.pk, QUARTER, key)
        assert found.figure == figure
        assert len(found.rows) == figure.records
        assert all(len(row.words) == len(found.heads) and row.unit for row in found.rows)


@pytest.mark.parametrize("key", ["", "activities:dialogue:quantity", "commitments:nothing", "reports:9999:sent"])  # fmt: skip
def test_a_figure_without_a_list_of_its_own_has_none(thread, key):
    assert records_of(thread.place.pk, QUARTER, key) is None
