"""The pages of workbooks: a unit takes its template and hands it in; the province drops many and sees how far it is."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from danvan.foundation import files, jobs
from danvan.reporting.models import Obligation, SheetDrop, SheetFile, Submission
from danvan.reporting.templating import template
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.months import GOOD, TODAY, Month
from tests.reporting.workbooks import address_of, typed

_month = once(Month, DANVAN_TODAY=TODAY)


@pytest.fixture
def month(_month, db, settings):
    settings.DANVAN_JOBS_INLINE = False
    return own(_month)


@pytest.fixture
def officer(month, client):
    user = make_grant(month.province.communes[0], "commune_officer")
    client.force_login(user)
    return user


@pytest.fixture
def approver(month, client):
    user = make_grant(month.province.place, "specialist")
    client.force_login(user)
    return user


def upload(content, name="bao-cao.xlsx"):
    return SimpleUploadedFile(name, content)


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


def whole(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_unit_takes_its_template_fills_it_in_and_looks_it_over(client, month, officer):
    pk = month.first.pk
    blank = client.get(page("template", pk))
    assert blank["Content-Disposition"] == f'attachment; filename="mau-2026-11-{pk}.xlsx"'

    handed = client.post(page("hand-in", pk), {"sheet": upload(typed(blank.content, GOOD))})
    shown = client.get(handed.url)

    assert "Đã đọc vào bản nháp" in shown.text
    assert "1.412" in shown.text
    assert "1.412" in client.get(page("entry", pk)).text
    assert not Submission.objects.exists()


def test_a_workbook_with_faults_comes_back_marked(client, month, officer):
    pk = month.first.pk
    content = typed(template(month.first), GOOD | {"luot": "1,234.56", "y-kien": "#REF!"})

    refused = client.post(page("hand-in", pk), {"sheet": upload(content)})

    assert refused.status_code == 422
    assert "2 chỗ cần sửa nên chưa ghi gì vào bản nháp" in refused.text
    assert "báo lỗi #REF!" in refused.text
    file = SheetFile.objects.get()
    book = load_workbook(BytesIO(client.get(page("handed-in-marked", pk, file.pk)).content))
    assert "Anh - Mỹ" in book["Báo cáo"][address_of(content, "luot")].comment.text
    assert book["Lỗi"].max_row == 3


def test_no_file_and_a_template_of_another_unit_are_refused_on_the_page(client, month, officer):
    none = client.post(page("hand-in", month.first.pk), {})
    other = client.post(page("hand-in", month.first.pk), {"sheet": upload(template(month.owed[1]))})

    assert (none.status_code, other.status_code) == (422, 422)
    assert "Đồng chí vui lòng chọn tệp Excel." in none.text
    assert "của Xã Con Cuông; ở đây cần" in other.text
    assert client.get(page("hand-in", month.first.pk)).status_code == 200


def test_a_workbook_that_the_disk_lost_or_that_cannot_be_opened_is_not_found(
    client, month, officer
):
    pk = month.first.pk
    client.post(page("hand-in", pk), {"sheet": upload(template(month.first))})
    file = SheetFile.objects.get()
    where = page("handed-in-marked", pk, file.pk)

    with zipfile.ZipFile(kept := BytesIO(), "w") as package:
        package.writestr("a.xlsx", b"khong phai")
    file.drop.package = files.keep(kept.getvalue(), media_type="application/zip")
    file.drop.save()
    unreadable = client.get(where)
    files.path_of(file.drop.package.sha256).unlink()
    lost = client.get(where)

    assert (unreadable.status_code, lost.status_code) == (404, 404)


def test_the_province_takes_all_templates_and_drops_them_filled_in(client, month, approver):
    where = (month.form.pk, "2026-11")
    package = whole(client.get(page("templates", *where)))
    with zipfile.ZipFile(BytesIO(package)) as opened:
        books = [(name, typed(opened.read(name), GOOD)) for name in opened.namelist()]
    books[0] = (books[0][0], typed(books[0][1], {"luot": "nhiều"}))

    dropped = client.post(
        page("drop", *where), {"sheets": [upload(content, name) for name, content in books]}
    )
    waiting = client.get(dropped.url)
    jobs.run_all()
    read = client.get(dropped.url)

    assert "Đã đọc 0/3 tệp" in waiting.text
    assert 'http-equiv="refresh"' in waiting.text
    assert 'hx-trigger="every 2s"' in waiting.text
    assert "Đã đọc 3/3 tệp" in read.text
    assert 'http-equiv="refresh"' not in read.text
    assert Obligation.objects.filter(draft_by=approver).count() == 2
    refused = client.get(f"{dropped.url}?ket_qua=refused")
    assert "“nhiều” không phải là một số" in refused.text
    assert "xa-con-cuong" not in refused.text
    assert "Không có tệp nào như vậy" in client.get(f"{dropped.url}?ket_qua=sent").text
    file = SheetFile.objects.get(outcome="refused")
    marked = client.get(page("dropped-marked", *where, file.drop_id, file.pk))
    assert "Lỗi" in load_workbook(BytesIO(marked.content)).sheetnames
    assert "3" in client.get(page("drop", *where)).text


def test_who_may_send_for_units_is_asked_whether_to(client, month, approver):
    where = (month.form.pk, "2026-11")
    assert 'name="gui"' not in client.get(page("drop", *where)).text

    make_grant(month.province.place, "commune_officer", user=approver)
    assert 'name="gui"' in client.get(page("drop", *where)).text
    book = upload(typed(template(month.first), GOOD))
    client.post(page("drop", *where), {"sheets": [book], "gui": "on"})
    jobs.run_all()

    assert Submission.objects.get().sent_by == approver


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ([], "Đồng chí vui lòng chọn tệp Excel hoặc một tệp .zip."),
        ([("a.zip", b"khong phai")], "không phải tệp nén .zip hoặc đã hỏng"),
    ],
)
def test_a_drop_of_nothing_readable_is_refused_on_the_page(client, month, approver, sheets, said):
    sent = [upload(content, name) for name, content in sheets]

    refused = client.post(page("drop", month.form.pk, "2026-11"), {"sheets": sent})

    assert refused.status_code == 422
    assert said in refused.text
    assert not SheetDrop.objects.exists()


def test_a_workbook_too_large_is_refused_on_the_page(client, month, approver, settings):
    settings.DANVAN_MAX_FILE_MB = 1

    refused = client.post(
        page("drop", month.form.pk, "2026-11"), {"sheets": [upload(b"0" * 1_100_000)]}
    )

    assert refused.status_code == 422
    assert "vượt mức 1 MB cho phép" in refused.text


def test_a_month_is_taken_away_as_csv(client, month, approver):
    response = client.get(page("period-csv", month.form.pk, "2026-11"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.decode("utf-8-sig").startswith("Mã đơn vị;")
