"""The pages of who sends a report: what is due, the boxes, drafts, files, the look before sending."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.indicators.models import Value
from danvan.reporting.models import DraftEvidence, Submission
from danvan.reporting.services import accept_report, lock_period, return_report, submit_report
from tests.factories.province import make_grant
from tests.reporting.months import GOOD, NOVEMBER, PNG
from tests.reporting.paths import at, boxes, held, sent, text_of

pytestmark = pytest.mark.django_db


def test_what_is_due_stands_first_for_who_sends_it(month, officer, client):
    page = text_of(client.get(reverse("reporting:home")))

    assert "Báo cáo công tác dân vận tháng 11/2026" in page
    assert reverse("reporting:entry", args=[month.first.pk]) in page
    assert "Các kỳ đã mở" not in page


def test_who_asks_sees_the_months_with_numbers_that_open(month, specialist, client):
    sent(month)
    client.force_login(specialist)

    page = text_of(client.get(reverse("reporting:home")))

    assert "Các kỳ đã mở" in page
    assert "1/3" in page
    assert f"/bieu-mau/ky/{month.form.pk}/2026-11/?tinh_trang=chua-gui" in page
    assert "Cần gửi" not in page


def test_the_entry_page_offers_what_the_records_know(month, officer, client):
    held(month, quantity=2)

    page = text_of(client.get(at("entry", month)))

    assert 'name="a-doi-thoai" value="2"' in page
    assert "Lấy từ hồ sơ. Đếm từ 1 hồ sơ" in page
    assert at("records", month, item="doi-thoai") in page
    assert "Đã trả lời 1/8" in page
    assert "Còn 2 ngày" in page


def test_the_entry_page_shows_last_month_beside(month, officer, client):
    from danvan.reporting.services import open_period
    from tests.reporting.months import OCTOBER

    [owed, *_] = open_period(month.form, OCTOBER, actor=None)
    submit_report(owed, answers=GOOD | {"luot": "305", "nguoi": "9"}, actor=None)

    assert "Tháng trước: 305 lượt" in text_of(client.get(at("entry", month)))


def test_the_records_behind_an_offer_are_listed(month, officer, client):
    held(month, quantity=2)

    page = text_of(client.get(at("records", month, item="doi-thoai")))

    assert "Đối thoại bản Xiềng" in page
    assert "1 bản ghi, cộng lại 2 cuộc" in page
    assert "nhập" in text_of(client.get(at("records", month, item="luot")))


def test_a_draft_is_kept_without_javascript(month, officer, client):
    response = client.post(at("entry", month), boxes({"luot": "nhiều"}, viec="luu"))

    assert response.status_code == 302
    month.first.refresh_from_db()
    assert month.first.draft == {"answers": {"luot": "nhiều"}, "nil": []}
    assert 'value="nhiều"' in text_of(client.get(at("entry", month)))


def test_a_draft_is_kept_by_itself_and_tells_the_time_and_the_sums(month, officer, client):
    response = client.post(
        at("autosave", month), boxes({"tai-cho": "6", "chuyen": "3"}, nil=[1]), headers={"HX-Request": "true"}
    )  # fmt: skip

    page = text_of(response)
    assert response.status_code == 200
    assert "Đã lưu" in page
    assert "6 + 3 = 9" in page
    assert "Đã trả lời 5/8" in page
    month.first.refresh_from_db()
    assert month.first.draft["nil"] == [1]


def test_what_came_too_late_is_not_kept_by_itself(month, officer, client):
    sent(month)
    accept_report(month.first, actor=None)

    response = client.post(at("autosave", month), boxes(), headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "Chưa lưu được" in text_of(response)


def test_faults_stand_under_their_boxes_and_what_was_typed_stays(month, officer, client):
    response = client.post(
        at("entry", month), boxes(GOOD | {"luot": "1,234.56", "nguoi": "-2"}, viec="xem")
    )

    page = text_of(response)
    assert response.status_code == 422
    assert "Còn 2 chỗ cần sửa" in page
    assert 'value="1,234.56"' in page
    # A box of whole numbers asks for none that it would refuse.
    assert "Đồng chí viết “1,234.56”. Đồng chí vui lòng nhập số nguyên" in page
    assert "Số này không thể âm" in page
    assert not Submission.objects.exists()


def test_a_figure_with_its_words_is_read_in_the_unit_of_its_box(month, officer, client):
    said = GOOD | {"ty-dong": "1 tỷ 250 triệu đồng", "luot": "1.412 lượt"}
    response = client.post(at("entry", month), boxes(said, viec="xem"))

    assert response.status_code == 302
    assert "1,25 tỷ đồng" in text_of(client.get(at("review", month)))
    assert 'name="a-ty-dong" value="1,25"' in text_of(client.get(at("entry", month)))
    submit_report(month.first, answers=said, actor=None)
    assert Value.objects.get(indicator__code="DV-07").amount == Decimal("1.25")


def test_files_are_kept_with_the_draft_and_wrong_ones_are_told(month, officer, client):
    files = [
        SimpleUploadedFile("anh.png", PNG),
        SimpleUploadedFile("loi.txt", "lời".encode()),
    ]

    response = client.post(at("entry", month), boxes(viec="xem", evidence=files))

    assert response.status_code == 422
    assert "Tệp “loi.txt” là văn bản thuần (.txt), không dùng được ở đây." in text_of(response)
    kept = DraftEvidence.objects.get()
    assert kept.file_name == "anh.png"
    client.post(at("remove-file", month, file=kept.pk))
    assert not DraftEvidence.objects.exists()


def test_a_file_is_not_left_out_of_what_was_accepted(month, officer, client):
    client.post(at("entry", month), boxes(viec="luu", evidence=[SimpleUploadedFile("a.png", PNG)]))
    kept = DraftEvidence.objects.get()
    sent(month)
    accept_report(month.first, actor=None)

    client.post(at("remove-file", month, file=kept.pk))

    assert DraftEvidence.objects.get() == kept


def test_the_report_is_looked_over_and_sent(month, officer, client):
    held(month)
    response = client.post(at("entry", month), boxes(viec="xem"))
    assert response["Location"] == at("review", month)
    page = text_of(client.get(at("review", month)))
    assert "6 + 3 = 9" in page
    assert "6/9 = 66,7 %" in page
    assert "Lấy từ hồ sơ" in page

    response = client.post(at("review", month), boxes(seen="0"))

    assert response["Location"] == at("report", month)
    month.first.refresh_from_db()
    assert (month.first.standing, month.first.draft) == ("sent", {})
    origins = {one.indicator.code: one.origin for one in Value.objects.select_related("indicator")}
    assert (origins["DV-01"], origins["DV-02"]) == ("counted", "entered")


def test_nothing_is_looked_over_before_it_is_typed(month, officer, client):
    assert client.get(at("review", month))["Location"] == at("entry", month)


def test_what_is_refused_at_the_last_moment_is_shown_again_with_all_that_was_typed(
    month, officer, client
):
    response = client.post(at("review", month), boxes(GOOD | {"nguoi": "9.999"}, seen="0"))

    page = text_of(response)
    assert response.status_code == 422
    assert "Số này (9.999) không thể lớn hơn lượt người dự (1.412)." in page
    assert 'name="a-luot" value="1.412"' in page
    assert not Submission.objects.exists()


def test_who_was_second_is_told_who_was_first(month, officer, client):
    other = make_grant(month.province.communes[0], "commune_officer")
    sent(month, actor=other)

    response = client.post(at("review", month), boxes(GOOD | {"luot": "500"}, seen="0"))

    assert response.status_code == 422
    assert "Nguyễn Thị Hạnh đã gửi bản 1 lúc" in text_of(response)
    assert Submission.objects.count() == 1


def test_sending_again_says_that_it_replaces_what_was_sent(month, officer, client):
    sent(month)

    page = client.post(at("review", month), boxes(GOOD | {"luot": "1.500"}, seen="1"), follow=True)

    assert "Đã gửi bản 2, thay bản gửi trước" in text_of(page)


def test_a_button_pressed_twice_sends_once(month, officer, client):
    first = client.post(at("review", month), boxes(seen="0"))
    second = client.post(at("review", month), boxes(seen="0"))

    assert first["Location"] == second["Location"] == at("report", month)
    assert Submission.objects.count() == 1


def test_what_was_accepted_is_read_not_typed(month, officer, client):
    sent(month)
    accept_report(month.first, actor=None)

    assert client.get(at("entry", month))["Location"] == at("report", month)
    response = client.post(at("entry", month), boxes(viec="luu"))
    assert response.status_code == 422
    assert "Báo cáo này đã được duyệt." in text_of(response)


def test_what_is_asked_to_be_mended_stands_beside_its_box(month, officer, client):
    sent(month)
    return_report(month.first, words="Xem lại.", comments={"luot": "Gấp bốn lần."}, actor=None)

    page = text_of(client.get(at("entry", month)))

    assert "Cấp trên đề nghị sửa:</b> Gấp bốn lần." in page
    assert "Xem lại." in page
    assert 'value="1.412"' in page


def test_an_old_vintage_stays_readable_and_says_so(month, officer, client):
    sent(month)
    sent(month, answers=GOOD | {"luot": "500"})

    newest = text_of(client.get(at("report", month)))
    old = text_of(client.get(at("report", month) + "?ban=1"))

    assert "Đã thay bằng bản gửi lúc" not in newest
    assert "Đã thay bằng bản gửi lúc" in old
    assert "1.412" in old
    assert "500" in old
    assert client.get(at("report", month) + "?ban=9").status_code == 404
    assert client.get(at("report", month) + "?ban=x").status_code == 200


def test_the_evidence_is_read_by_who_may_and_gone_is_not_found(month, officer, client):
    report = sent(month, evidence=[("anh.png", PNG)])
    file = report.evidence.get()
    address = at("evidence", month, evidence=file.pk)

    response = client.get(address)

    assert b"".join(response.streaming_content) == PNG
    assert response["Content-Type"] == "image/png"

    from danvan.foundation import files

    files.path_of(file.file.sha256).unlink()
    assert client.get(address).status_code == 404


def test_the_form_can_be_printed_and_filled_in_by_hand(month, officer, client):
    held(month)

    page = text_of(client.get(at("paper", month)))

    assert "Xã Môn Sơn" in page
    assert "Lượt người dự" in page


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 25), "Còn 10 ngày"),
        (date(2026, 12, 5), "Hạn hôm nay"),
        (date(2026, 12, 9), "Quá hạn 4 ngày"),
    ],
)
def test_the_page_says_how_many_days_are_left(month, officer, client, settings, today, said):
    settings.DANVAN_TODAY = today

    assert said in text_of(client.get(at("entry", month)))


def test_a_report_that_was_never_sent_says_so(month, officer, client):
    page = text_of(client.get(at("report", month)))

    assert "Đơn vị chưa gửi báo cáo này" in page
    assert at("entry", month) in page


@pytest.mark.parametrize("part", ["9" * 5000, "²", "x", "-1"])
def test_a_section_that_is_none_is_not_read(month, officer, client, part):
    body = urlencode({**boxes(), f"nil-{part}": "on"})
    form = "application/x-www-form-urlencoded"
    answered = client.post(at("autosave", month), body, content_type=form)

    month.first.refresh_from_db()
    assert (answered.status_code, month.first.draft["nil"]) == (200, [])


def test_what_was_decided_tells_the_unit_how_it_can_still_be_mended(month, officer, client):
    sent(month)
    assert "không sửa được" not in text_of(client.get(at("report", month)))

    accept_report(month.first, actor=None)
    accepted = text_of(client.get(at("report", month)))
    lock_period(month.form, NOVEMBER, actor=None)
    locked = text_of(client.get(at("report", month)))

    assert "Báo cáo đã được duyệt nên đơn vị không sửa được" in accepted
    assert "Số liệu đã chốt nên đơn vị không sửa được" in locked
