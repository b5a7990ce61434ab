"""A report that was corrected after the summary was signed: the signed figures stay, and whose values changed is told."""

import pytest
from django.urls import reverse

from danvan.analytics.selectors import summary_of
from danvan.analytics.services import sign_review
from danvan.reporting.enums import Standing
from danvan.reporting.services import return_report, submit_report
from tests.analytics.thread import QUARTER, TODAY, Thread, summed

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(settings, tmp_path):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = TODAY, tmp_path
    return Thread(communes=2)


def test_a_figure_corrected_after_the_signing_leads_to_whose_values_changed_it(client, thread):
    review = sign_review(thread.place.pk, QUARTER, actor=thread.leader)
    before = {figure.key: figure.text for figure in summary_of(review).figures}
    owed = next(one for one in thread.owed if one.submissions.exists())
    owed.refresh_from_db()
    if owed.standing == Standing.ACCEPTED:
        return_report(owed, words="Sai số", comments={}, actor=None)
        owed.refresh_from_db()
    submit_report(owed, answers=thread.answers() | {"luot": "9999", "nguoi": "1"}, actor=None)
    summed()
    client.force_login(thread.leader)

    response = client.get(reverse("desk:review", args=[review.pk]))

    assert {figure.key: figure.text for figure in response.context["summary"].figures} == before
    change, who = next(
        (one, who) for one, who in response.context["changes"] if who and "DV-02" in who
    )
    assert change.then != change.now
    found = client.get(who).context["found"]
    (line,) = found.parts[0].lines
    assert line.new == "9.999"
    assert found.parts[0].total == found.difference
    assert "đọc lúc" in summary_of(review).read_words
