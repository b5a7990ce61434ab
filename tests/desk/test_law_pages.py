from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.models import AuditEntry
from danvan.law.models import CalendarDay, CalendarVersion, LegalParameter
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Level
from tests.factories import GrantFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PAGES = ["/phap-luat/", "/phap-luat/tinh-han/", "/phap-luat/lich/", "/phap-luat/lich/2026/"]
CHANGE = "/phap-luat/lich/sua/"
SAID = {
    "day": "31/12/2026", "working": "0", "reason": "Nghỉ hoán đổi", "citation": "Thông báo 1/TB-BNV",
}  # fmt: skip


@pytest.fixture(autouse=True)
def loaded(settings):
    settings.DANVAN_TODAY = TODAY
    load_parameters()
    load_calendar()


def enter(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def people():
    country = PlaceFactory(level=Level.COUNTRY)
    province = PlaceFactory(under=country)
    return {
        "root": GrantFactory(unit=country, role="administrator").user,
        "admin": GrantFactory(unit=province, role="administrator").user,
        "clerk": GrantFactory(unit=province, role="clerk").user,
        "nobody": UserFactory(),
    }


@pytest.fixture
def reader(client, people):
    return enter(client, people["clerk"])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("who", "read", "change"),
    [("root", 200, 200), ("admin", 200, 403), ("clerk", 200, 403), ("nobody", 403, 403)],
)
def test_who_opens_the_pages_of_the_law(client, people, who, read, change):
    enter(client, people[who])
    assert {client.get(url).status_code for url in PAGES} == {read}
    assert client.get(CHANGE).status_code == change


def test_nobody_reads_them_signed_out(client):
    for url in [*PAGES, CHANGE]:
        assert client.get(url)["Location"].startswith("/tai-khoan/login/?next=/phap-luat/")


def test_a_refusal_says_that_the_right_is_needed_for_the_whole_installation(client, people):
    page = text(enter(client, people["admin"]).get(CHANGE))
    assert "sửa lịch làm việc" in page
    assert "cho toàn hệ thống" in page


def test_parameters_show_their_value_their_law_and_how_sure_they_are(reader):
    page = text(reader.get("/phap-luat/?q=thu+ly+khieu+nai&ngay=01/07/2026"))
    assert "Thụ lý khiếu nại" in page
    assert "07 ngày làm việc" in page
    assert "Nghị định 155/2026/NĐ-CP Điều 10" in page
    assert "Đã đọc văn bản" in page
    assert "10 ngày" not in page
    assert "10 ngày" in text(reader.get("/phap-luat/?q=thu+ly+khieu+nai&ngay=30/06/2026"))
    assert "10 ngày" in text(reader.get("/phap-luat/?q=thu+ly+khieu+nai&ngay="))


def test_the_first_page_shows_the_law_of_today_and_the_marks_explained(reader):
    page = text(reader.get("/phap-luat/"))
    assert 'value="20/11/2026"' in page
    assert "chưa có xác nhận của cán bộ pháp chế" in page
    assert "Theo báo chí" in page


@pytest.mark.parametrize("asked", ["ngay=31/02/2026", "ngay=x"])
def test_a_day_that_is_none_is_refused_beside_its_field(reader, asked):
    response = reader.get(f"/phap-luat/?q=&{asked}")
    assert response.status_code == 422
    assert "ngày/tháng/năm" in text(response)


def test_the_list_costs_the_same_for_few_rows_and_for_many(reader):
    urls = ["/phap-luat/?q=thu+ly+to+cao&ngay=", "/phap-luat/?q=&ngay="]
    counts = []
    for url in urls:
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_htmx_gets_the_rows_alone(reader):
    response = reader.get("/phap-luat/?q=khieu+nai&ngay=", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_a_parameter_opens_through_time(reader):
    row = LegalParameter.objects.get(key="complaint.accept", valid_to=None)
    page = text(reader.get(f"/phap-luat/{row.pk}/"))
    assert "10 ngày" in page
    assert "07 ngày làm việc" in page
    assert "hết hiệu lực" in page
    assert "đang có hiệu lực" in page
    assert reader.get("/phap-luat/0/").status_code == 404


def test_a_replaced_row_stays_open_and_says_so(reader):
    row = LegalParameter.objects.get(key="doc.register")
    LegalParameter.objects.filter(pk=row.pk).update(replaced_on=TODAY)
    assert "Dòng này đã được thay ngày 20/11/2026" in text(reader.get(f"/phap-luat/{row.pk}/"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("start=20/11/2026&n=7&unit=WD", "Thứ Tư, 02/12/2026"),
        ("start=20/11/2026&n=7&unit=WD&key=", "Thứ Ba 24/11 (Ngày Văn hóa Việt Nam)"),
        ("start=20/11/2026&key=complaint.accept", "Thứ Tư, 02/12/2026"),
        ("start=20/11/2026&key=reception.schedule.post_before", "Thứ Sáu, 13/11/2026"),
        ("start=31/12/2026&n=1&unit=WD", "có năm chưa công bố lịch nghỉ"),
        ("", "Chưa có gì để tính"),
    ],
)
def test_a_term_is_counted_aloud(reader, asked, shown):
    response = reader.get(f"/phap-luat/tinh-han/?{asked}")
    assert response.status_code == 200
    assert shown in text(response)


@pytest.mark.parametrize(
    "asked",
    [
        "start=31/02/2026&n=7&unit=WD",
        "start=20/11/2026",
        "start=20/11/2026&n=7",
        "start=20/11/2026&n=-7&unit=WD",
        "start=20/11/2026&n=x&unit=WD",
        "start=20/11/2026&n=7&unit=persons",
        "start=20/11/2026&n=7&unit=WD&key=complaint.accept",
        "start=20/11/2026&key=no.such",
        "start=20/11/2026&n=99999999999999999999&unit=WD",
        "start=01/01/2009&key=complaint.accept",
    ],
)
def test_a_term_that_cannot_be_counted_is_refused_on_the_form(reader, asked):
    response = reader.get(f"/phap-luat/tinh-han/?{asked}")
    assert response.status_code == 422
    assert "Kết quả" not in text(response)


def test_the_calendar_of_a_year_says_in_words_what_it_shows(reader):
    page = text(reader.get("/phap-luat/lich/2026/"))
    assert "24<span" in page
    assert ", nghỉ: Ngày Văn hóa Việt Nam" in page
    assert ", làm việc: Làm bù cho Thứ Sáu 02/01/2026" in page
    assert 'aria-current="date"' in page
    # 261 weekdays, 14 of them off, and two Saturdays worked.
    assert "249 ngày làm việc" in page
    assert "Sửa một ngày" not in page
    assert "dự kiến" in text(reader.get("/phap-luat/lich/2027/"))
    assert reader.get("/phap-luat/lich/2019/").status_code == 404


def test_a_year_without_a_calendar_says_how_to_load_it(reader, settings):
    settings.DANVAN_TODAY = date(2031, 1, 1)
    assert "danvan law load" in text(reader.get("/phap-luat/lich/"))


def test_an_administrator_corrects_a_day(client, people):
    enter(client, people["root"])
    assert "Sửa một ngày" in text(client.get("/phap-luat/lich/2026/"))
    assert 'value="31/12/2026"' in text(client.get(f"{CHANGE}?ngay=31/12/2026"))
    response = client.post(CHANGE, SAID)
    assert response["Location"] == "/phap-luat/lich/2026/"
    made = CalendarDay.objects.get(day=date(2026, 12, 31))
    assert (made.working, made.corrected, made.reason) == (False, True, "Nghỉ hoán đổi")
    assert AuditEntry.objects.order_by("-pk").first().actor == people["root"]


@pytest.mark.parametrize(
    ("who", "change", "status"),
    [
        ("root", {"day": "x"}, 422),
        ("root", {"working": ""}, 422),
        ("root", {"reason": ""}, 422),
        ("root", {"working": "1"}, 422),
        ("root", {"day": "31/12/2031"}, 422),
        ("admin", {}, 403),
        ("clerk", {}, 403),
    ],
)
def test_a_refused_correction_leaves_the_calendar_as_it_was(client, people, who, change, status):
    before = CalendarVersion.objects.count(), AuditEntry.objects.count()
    response = enter(client, people[who]).post(CHANGE, {**SAID, **change})
    assert response.status_code == status
    assert (CalendarVersion.objects.count(), AuditEntry.objects.count()) == before


def test_who_may_not_change_the_law_reads_who_may(client, people):
    user = people["root"]
    user.full_name = "Phan Văn Quyết"
    user.save()
    row = LegalParameter.objects.filter(replaced_on=None).first()
    pages = ("/phap-luat/lich/2026/", f"/phap-luat/{row.pk}/")
    enter(client, people["admin"])
    for page in (*pages, CHANGE):
        assert "đề nghị người được giao: Phan Văn Quyết" in text(client.get(page))
    assert row.key not in text(client.get(pages[1]))
    enter(client, user)
    assert not any("Phan Văn Quyết." in text(client.get(page)) for page in pages)
    user.grants.all().delete()
    enter(client, people["clerk"])
    assert "chưa có ai được giao quyền này" in text(client.get(CHANGE))
