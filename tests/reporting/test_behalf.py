"""A report typed, handed in or sent by somebody of another unit says so, with name and day."""

from datetime import date

import pytest

from danvan.reporting.models import Submission
from danvan.reporting.selectors import report_of
from danvan.reporting.services import hand_in_sheet, save_draft, submit_report
from danvan.reporting.templating import template
from tests.factories.province import make_grant
from tests.reporting.months import GOOD
from tests.reporting.paths import at, text_of
from tests.reporting.workbooks import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(month):
    """Somebody of the province who may enter reports of its communes."""
    return make_grant(month.province.place, "commune_officer")


def told(month, reader):
    return [(one.name, one.words, one.on) for one in report_of(reader, month.first).behalf]


def test_who_is_of_the_unit_is_not_told_as_another(month, officer):
    at_the_committee = make_grant(month.province.committees[0], "commune_officer")
    save_draft(month.first, GOOD, actor=at_the_committee)
    submit_report(month.first, answers=GOOD, actor=officer)

    assert Submission.objects.get().behalf == []
    assert told(month, officer) == []


def test_a_draft_typed_for_a_unit_is_told_when_the_unit_sends_it(month, officer, above, settings):
    save_draft(month.first, GOOD, actor=above)
    settings.DANVAN_TODAY = date(2026, 12, 4)
    save_draft(month.first, GOOD, actor=above)
    save_draft(month.first, GOOD, actor=officer)
    submit_report(month.first, answers=GOOD, actor=officer)

    assert told(month, officer) == [("Nguyễn Thị Hạnh", "nhập thay", date(2026, 12, 4))]


def test_who_sends_for_a_unit_is_told_on_the_page(month, above, client):
    submit_report(month.first, answers=GOOD, actor=above)
    client.force_login(make_grant(month.province.place, "specialist"))

    page = text_of(client.get(at("report", month)))

    assert "Đồng chí Nguyễn Thị Hạnh gửi thay cho đơn vị ngày 3/12/2026." in page.replace(
        "03/", "3/"
    )


def test_a_workbook_put_into_the_draft_is_told_apart_from_what_was_typed(month, officer, above):
    content = typed(template(month.first), GOOD)
    hand_in_sheet(month.first, name="bao-cao.xlsx", content=content, actor=above)
    submit_report(month.first, answers=GOOD, actor=officer)

    assert [one[1] for one in told(month, officer)] == ["đưa số từ tệp Excel vào bản nháp"]


def test_what_is_sent_next_by_the_unit_itself_tells_of_nobody(month, officer, above):
    submit_report(month.first, answers=GOOD, actor=above)
    submit_report(month.first, answers=GOOD | {"luot": "1.500"}, actor=officer)

    assert told(month, officer) == []


def test_somebody_with_no_grant_at_all_is_of_another_unit(month):
    nobody = make_grant(month.province.place, "leader")
    submit_report(month.first, answers=GOOD, actor=nobody)

    assert [one["how"] for one in Submission.objects.get().behalf] == ["sent"]
