"""Reports on their way that came as workbooks, that lie before the head as numbers, or whose asker was founded later."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.reporting.models import Form, Proposal, Submission, WayStep
from danvan.reporting.selectors import laid_of
from danvan.reporting.services import (
    drop_sheets,
    open_period,
    propose_report,
    read_drop,
    return_report,
)
from danvan.reporting.templating import template
from tests.factories.province import make_grant, make_place
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, OCTOBER, TODAY
from tests.reporting.ways import Way, propose
from tests.reporting.workbooks import typed

pytestmark = pytest.mark.django_db
_way = once(Way, DANVAN_TODAY=TODAY)


@pytest.fixture
def way(_way, db, settings):
    settings.DANVAN_JOBS_INLINE = False
    return own(_way)


def test_what_lies_before_the_head_is_returned_by_nobody_above(way):
    propose(way)

    with pytest.raises(RuleError, match="Chưa đến lượt đồng chí: báo cáo này đang chờ"):
        return_report(way.first, words="Sai.", comments={}, actor=way.place)

    assert Proposal.objects.get().closed_at is None


def test_a_number_that_was_laid_stands_before_the_head_as_it_is_written(way):
    propose_report(way.first, answers=GOOD | {"luot": 1412}, actor=way.officer)

    laid = laid_of(way.head, way.first)

    cells = [cell for part in laid.sheet.sections for row in part.rows for cell in row]
    assert {cell.question.code: cell.text for cell in cells}["luot"] == "1.412"


def test_a_workbook_handed_in_for_a_unit_is_laid_before_its_head(way):
    user = make_grant(way.province.country, "commune_officer")
    books = [("1.xlsx", typed(template(way.first), GOOD))]
    dropped = drop_sheets(way.form, NOVEMBER, books, actor=user, sends=True)

    read_drop(dropped.pk)

    assert dropped.files.get().remarks[-1] == "Đã trình lãnh đạo đơn vị duyệt trước khi gửi."
    assert Proposal.objects.get().obligation == way.first
    assert not Submission.objects.exists()


def test_a_month_of_before_the_place_that_asks_now_goes_up_the_same_way(way):
    later = make_place("Nước sau", level=Level.COUNTRY, founded=date(2026, 12, 1))
    Form.objects.filter(pk=way.form.pk).update(bearer=later)

    [owed, *_] = open_period(way.form, OCTOBER, actor=None)

    assert [one.unit_id for one in WayStep.objects.filter(obligation=owed)] == [
        way.province.place.pk
    ]
