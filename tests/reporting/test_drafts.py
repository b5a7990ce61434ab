"""Two people type in one report: the second is told who saved meanwhile and sees both, and nobody's figures are lost."""

import pytest

from danvan.foundation.errors import RuleError
from danvan.reporting.services import Page, save_draft, submit_report
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import GOOD, TODAY, Month

pytestmark = pytest.mark.django_db
_month = once(Month, DANVAN_TODAY=TODAY)


@pytest.fixture
def month(db, _month):
    return own(_month)


@pytest.fixture
def officer(month):
    return make_grant(month.province.communes[0], "commune_officer")


def save(month, answers, page=None, actor=None, **more):
    return save_draft(month.first, answers, page=page, actor=actor, **more)


def test_a_saving_on_top_of_what_the_page_showed_is_kept(month):
    first = save(month, {"luot": "1"}, Page(0, "trang-a"))
    second = save(month, {"luot": "2"}, Page(first.draft_number, "trang-b"))

    assert (first.draft_number, second.draft_number) == (1, 2)
    assert second.draft["answers"] == {"luot": "2"}


def test_who_saves_over_somebody_elses_figure_sees_both_and_who_it_was(month, officer):
    save(month, {"luot": "12", "nguoi": "3"}, Page(0, "trang-a"), officer)

    with pytest.raises(RuleError) as broken:
        save(month, {"luot": "15", "nguoi": "3"}, Page(0, "trang-b"), nil_sections=[2])

    assert f"Đồng chí {officer} đã lưu nháp lúc" in broken.value.message
    said = {fault.column: fault.message for fault in broken.value.faults[1:]}
    assert said == {
        "luot": "Bản vừa lưu ghi “12”; đồng chí đang ghi “15”. Đồng chí vui lòng chọn một rồi lưu lại.",
        "": "Mục 2: bản vừa lưu không đánh dấu “Không phát sinh”, khác với đồng chí.",
    }
    month.first.refresh_from_db()
    assert month.first.draft["answers"]["luot"] == "12"


def test_saved_again_from_the_page_that_showed_both_it_is_kept(month):
    saved = save(month, {"luot": "12"}, Page(0, "trang-a"))

    again = save(month, {"luot": "15"}, Page(saved.draft_number, "trang-b"))

    assert again.draft["answers"] == {"luot": "15"}


def test_the_same_figures_from_two_people_are_no_quarrel(month):
    save(month, {"luot": "12"}, Page(0, "trang-a"))

    assert save(month, {"luot": " 12 "}, Page(0, "trang-b")).draft_number == 2


def test_a_page_that_saves_while_its_own_saving_is_under_way_is_not_told_of_itself(month):
    save(month, {"luot": "1"}, Page(0, "trang-a"))

    assert save(month, {"luot": "12"}, Page(0, "trang-a")).draft["answers"] == {"luot": "12"}


def test_one_persons_second_window_does_not_write_over_the_first(month, officer):
    save(month, {"luot": "1" * 70}, Page(0, "trang-a"), officer)

    with pytest.raises(RuleError) as broken:
        save(month, {"luot": ""}, Page(0, "trang-b"), officer)

    assert f"ghi “{'1' * 60}…”; đồng chí đang ghi để trống." in broken.value.faults[1].message


def test_a_page_opened_before_the_report_was_sent_says_who_sent_it(month, officer):
    submit_report(month.first, answers=GOOD, actor=officer)

    with pytest.raises(RuleError, match=f"đồng chí {officer} đã gửi bản 1 lúc"):
        save(month, GOOD | {"luot": "9.999"}, Page(0, "trang-a"))


def test_a_draft_saved_by_the_software_is_told_as_such(month):
    save(month, {"luot": "1"})

    with pytest.raises(RuleError, match=r"^Phần mềm đã lưu nháp"):
        save(month, {"luot": "2"}, Page(0, "trang-b"))


def test_a_report_is_not_sent_over_what_was_saved_while_it_was_looked_over(month, officer):
    save(month, GOOD | {"luot": "500"}, Page(0, "trang-a"), officer)

    with pytest.raises(RuleError) as broken:
        submit_report(month.first, answers=GOOD, actor=officer, page=Page(0))
    assert [fault.column for fault in broken.value.faults] == ["", "luot"]

    assert submit_report(month.first, answers=GOOD, actor=officer, page=Page(1)).vintage == 1


def test_a_reason_that_was_once_given_stays_with_the_draft(month):
    save(month, {"luot": "1"}, reasons={"bat-thuong": "Hai buổi." + "x" * 400})
    saved = save(month, {"luot": "2"}, reasons={"khac": "Vì thế."})

    assert sorted(saved.draft["reasons"]) == ["bat-thuong", "khac"]
    assert len(saved.draft["reasons"]["bat-thuong"]) == 300
