"""What changed between two vintages of a report: by whom, when and why; no vintage is ever altered."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.reporting.enums import Verdict
from danvan.reporting.selectors import Act, differences_of, report_of, why_sent
from danvan.reporting.services import (
    accept_report,
    lock_period,
    reopen_report,
    return_report,
    submit_report,
)
from tests.factories.province import make_grant, make_user
from tests.reporting.months import GOOD, NOVEMBER, PNG
from tests.reporting.paths import at, sent, text_of

pytestmark = pytest.mark.django_db
OTHER_PNG = PNG + b"\0"


@pytest.fixture
def people(month):
    province = month.province
    return (
        make_grant(province.communes[0], "commune_officer", user=make_user("Lô Thị Mai")),
        make_grant(province.place, "specialist", user=make_user("Nguyễn An")),
    )


def again(month, officer, **more):
    month.first.refresh_from_db()
    return submit_report(month.first, **{"answers": GOOD, "actor": officer} | more)


def sent_twice(month, people):
    """Sent, returned with a comment on two items, sent again with these mended and a file changed."""
    officer, specialist = people
    again(month, officer, evidence=[("anh.png", PNG)])
    comments = {"luot": "Gấp bốn lần.", "cach-lam": "Ghi rõ bản nào."}
    return_report(month.first, words="Sai hai chỗ.", comments=comments, actor=specialist)
    month.first.refresh_from_db()
    month.first.draft_evidence.all().delete()
    words = "Tổ tự quản bản Khe Rạn góp công mở đường."
    again(month, officer, answers=GOOD | {"luot": "412", "cach-lam": words})


def labels(found):
    return [one.question.code for part in found.sections for one in part.differences]


def test_each_changed_answer_is_told_with_who_changed_it_and_why(month, people):
    officer, specialist = people
    sent_twice(month, people)

    found = differences_of(month.first)

    assert (found.old.vintage, found.new.vintage) == (1, 2)
    assert labels(found) == ["luot", "cach-lam"]
    first, words = (one for part in found.sections for one in part.differences)
    assert (first.old.amount, first.new.amount, first.moved) == (1412, 412, -1000)
    assert first.sent.sent_by == officer
    assert [(one.by, said) for one, said in first.said] == [(specialist, "Gấp bốn lần.")]
    assert [one.words for one in words.stretches if one.kept == "removed"] == ["Cò Phạt"]
    assert [one.words for one in words.stretches if one.kept == "added"] == ["Khe Rạn"]
    assert words.moved is None
    assert (found.count, found.same) == (2, 8)
    assert [(one.label, one.by, one.words) for one in found.acts] == [
        ("Trả lại đơn vị", specialist, "Sai hai chỗ."),
        ("Gửi bản 2", officer, ""),
    ]


def test_what_is_worked_out_changes_with_its_parts(month, people):
    officer, _ = people
    sent(month)
    again(month, officer, answers=GOOD | {"tai-cho": "4", "chuyen": "5"})
    found = differences_of(month.first)
    assert labels(found) == ["tai-cho", "chuyen", "ty-le"]
    share = found.sections[0].differences[2]
    assert ["6/9" in share.computed[0].words, "4/9" in share.computed[1].words] == [True, True]


def test_an_estimate_that_is_known_now_is_a_change_though_the_amount_is_the_same(month, people):
    officer, _ = people
    again(month, officer, origins={"luot": "estimated"})
    again(month, officer)
    found = differences_of(month.first)
    assert labels(found) == ["luot"]
    one = found.sections[0].differences[0]
    assert (one.moved, one.old.estimated, one.new.estimated) == (0, True, False)


def test_files_and_sections_without_anything_are_told(month, people):
    officer, _ = people
    again(month, officer, evidence=[("cu.png", PNG)])
    month.first.draft_evidence.all().delete()
    again(month, officer, evidence=[("moi.png", OTHER_PNG)], nil_sections=[1])
    found = differences_of(month.first)
    assert (found.files_added, found.files_removed) == (["moi.png"], ["cu.png"])
    assert [(one.position, one.nil, one.nil_changed) for one in found.sections] == [
        (1, (False, True), True)
    ]
    assert labels(found) == ["doi-thoai", "luot", "nguoi"]


def test_over_several_vintages_each_change_names_the_one_that_made_it(month, people):
    officer, _ = people
    sent(month)
    again(month, officer, answers=GOOD | {"luot": "900"})
    again(month, officer, answers=GOOD | {"luot": "900", "ty-dong": ""})
    again(month, officer, answers=GOOD | {"luot": "900", "ty-dong": "", "nguoi": "170"})

    found = differences_of(month.first, 1)

    assert (found.old.vintage, found.new.vintage) == (1, 4)
    made = {
        one.question.code: one.sent.vintage for part in found.sections for one in part.differences
    }
    assert made == {"luot": 2, "nguoi": 4, "ty-dong": 3}
    gone = found.sections[1].differences[0]
    assert (gone.old.amount, gone.new.amount, gone.moved) == (Decimal("1.25"), None, None)
    assert [one.vintage for one in found.acts] == [2, 3, 4]


@pytest.mark.parametrize(
    ("asked", "found"),
    [((None, None), (2, 3)), ((1, None), (1, 3)), ((3, 1), (1, 3)), ((None, 1), (1, 2)),
     ((None, 2), (1, 2)), ((3, None), (2, 3))],
)  # fmt: skip
def test_which_two_are_held_against_each_other(asked, found, month, people):
    for _ in range(3):
        again(month, people[0])
    told = differences_of(month.first, *asked)
    assert (told.old.vintage, told.new.vintage) == found
    assert (told.count, told.sections) == (0, [])


def test_a_vintage_that_is_not_there_is_none_and_one_alone_has_nothing_to_tell(month, people):
    assert differences_of(month.first).vintages == []
    again(month, people[0])
    assert differences_of(month.first).new is None
    assert differences_of(month.first, 1, 2) is None


def test_a_correction_after_the_lock_is_told_as_opened_again_and_both_stay_readable(month, people):
    officer, specialist = people
    again(month, officer)
    accept_report(month.first, actor=specialist)
    lock_period(month.form, NOVEMBER, actor=specialist)
    month.first.refresh_from_db()
    reopen_report(month.first, words="Đếm trùng một bản.", actor=specialist)
    again(month, officer, answers=GOOD | {"luot": "1.400"})

    found = differences_of(month.first)

    assert [one.label for one in found.acts] == [
        "Đã duyệt", "Đã chốt", "Mở lại sau khi chốt", "Gửi bản 2",
    ]  # fmt: skip
    assert found.acts[2].words == "Đếm trùng một bản."
    for vintage, amount in ((1, 1412), (2, 1400)):
        told = report_of(officer, month.first, vintage)
        assert told.sections[0].cells[1].sent.amount == amount


def test_every_verdict_on_the_way_has_its_words():
    at = datetime(2026, 12, 3, tzinfo=UTC)
    told = {Act(at, None, 1, verdict).label for verdict in Verdict.values}
    assert told == set(Verdict.labels)


def test_why_each_vintage_was_sent(month, people):
    officer, specialist = people
    first = again(month, officer)
    second = again(month, officer, answers=GOOD | {"luot": "900"})
    return_report(month.first, words="Sai số.", comments={}, actor=specialist)
    third = again(month, officer)
    why = why_sent([one.pk for one in (first, second, third)])
    assert [why[one.pk].label for one in (first, second, third)] == [
        "Gửi lần đầu", "Đơn vị gửi lại", "Trả lại, gửi lại",
    ]  # fmt: skip
    assert why[third.pk].decision.words == "Sai số."


def test_it_costs_the_same_queries_however_many_vintages_lie_between(month, people):
    def costs(old):
        with CaptureQueriesContext(connection) as asked:
            differences_of(month.first, old)
        return len(asked)

    for luot in ("300", "400", "500", "600"):
        again(month, people[0], answers=GOOD | {"luot": luot})
    assert costs(3) == costs(1)


def test_the_page_says_it_without_colour(month, people, client):
    officer, _ = people
    sent_twice(month, people)
    client.force_login(officer)

    page = text_of(client.get(at("differences", month)))

    assert "<del><b>bỏ:</b> Cò Phạt</del><ins><b>thêm:</b> Khe Rạn</ins>" in page
    assert "Gấp bốn lần." in page
    assert "-1.000" in page
    report = text_of(client.get(at("report", month)))
    assert reverse("reporting:differences", args=[month.first.pk]) in report
    assert "Bản 2, gửi " in report
    assert ", thay bản 1; hồ sơ và tháng trước đọc lúc " in report


def test_two_vintages_are_chosen_and_bad_choices_are_told(month, people, client):
    sent_twice(month, people)
    client.force_login(people[0])
    page = at("differences", month)
    assert client.get(page, {"tu": "2", "den": "1"}).context["found"].old.vintage == 1
    alike = client.get(page, {"tu": "2", "den": "2"})
    assert alike.status_code == 422
    assert "Đồng chí vui lòng chọn hai bản khác nhau." in text_of(alike)
    assert client.get(page, {"tu": "9"}).status_code == 404
    assert client.get(page, {"tu": "x", "den": "-1"}).status_code == 200


def test_a_report_of_one_vintage_and_one_of_none_say_so(month, people, client):
    client.force_login(people[0])
    assert "Đơn vị chưa gửi báo cáo này" in text_of(client.get(at("differences", month)))
    again(month, people[0])
    assert "Báo cáo này mới có một bản" in text_of(client.get(at("differences", month)))


def test_the_entry_page_leads_to_what_is_to_be_mended_and_to_what_was_changed(
    month, people, client
):
    officer, specialist = people
    sent_twice(month, people)
    month.first.refresh_from_db()
    return_report(
        month.first, words="Còn một chỗ.", comments={"nguoi": "Xem lại."}, actor=specialist
    )
    client.force_login(officer)
    page = text_of(client.get(at("entry", month)))
    assert 'Có ý kiến ở 1 câu: <a href="#a-nguoi">Số người dự</a>.' in page
    assert reverse("reporting:differences", args=[month.first.pk]) in page
