"""The pages of plans and initiatives: from the first form to the end, and what was typed stays when refused."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from danvan.desk.home.reading import Asked, read_home
from danvan.grassroots.models import Initiative, Matter, PublicationPlan
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.once import once, own

pytestmark = pytest.mark.django_db
_commune = once(matters.Commune, DANVAN_TODAY=matters.TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = matters.TODAY


@pytest.fixture
def commune(_commune):
    return own(_commune)


@pytest.fixture
def officer(commune, client):
    user = make_grant(commune.place, "commune_officer")
    client.force_login(user)
    return user


def shown(client, name, *args, **asked):
    response = client.get(reverse(f"grassroots:{name}", args=args), asked)
    assert response.status_code == 200
    return response.content.decode()


def sent(client, url_name, *args, **typed):
    return client.post(reverse(f"grassroots:{url_name}", args=args), typed)


def test_a_plan_is_made_changed_issued_and_carried_out(client, commune, officer):
    assert "Lập kế hoạch" in shown(client, "plans")
    assert "Chưa có" in shown(client, "plans", nam=2027)
    assert "Văn phòng HĐND và UBND" in shown(client, "make-plan")
    typed = {"unit": commune.unit.pk, "year": 2026, "doer": "Văn phòng", "by_on": "1/11/2026"}
    wrong = sent(client, "make-plan", **{**typed, "by_on": "1/1/2027"})
    assert wrong.status_code == 422
    assert "không thuộc năm 2026" in wrong.content.decode()
    made = sent(client, "make-plan", **typed)
    plan = PublicationPlan.objects.get()
    assert made.url == reverse("grassroots:plan", args=[plan.pk])
    page = shown(client, "plan", plan.pk)
    assert "Đang lập, chưa ban hành" in page
    assert page.count(">Ghi việc</a>") == 14
    item = plan.items.get(kind__code="CK02")
    assert "checked" in shown(client, "plan-item", plan.pk, item.pk)
    line = {"kind_id": item.kind_id, "title": "Dự toán 2026", "days": "29", "by_on": "10/11/2026",
            "doer": "Kế toán", "channels": ["office", "village"]}  # fmt: skip
    wrong = sent(client, "plan-item", plan.pk, item.pk, **line)
    assert "ít nhất 30 ngày" in wrong.content.decode()
    assert 'value="Dự toán 2026"' in wrong.content.decode()
    assert sent(client, "plan-item", plan.pk, item.pk, **{**line, "days": "30"}).status_code == 302
    assert "Thêm nội dung" in shown(client, "add-item", plan.pk)
    assert (
        sent(client, "add-item", plan.pk, **{**line, "days": "", "kind_id": ""}).status_code == 422
    )
    assert sent(client, "add-item", plan.pk, **{**line, "days": "", "title": "Quyết toán"}).status_code == 302  # fmt: skip
    wrong = sent(client, "issue-plan", plan.pk, on="1/12/2026", symbol="")
    assert wrong.status_code == 422
    assert sent(client, "issue-plan", plan.pk, on="2/11/2026", symbol="15/KH-UBND").status_code == 302  # fmt: skip
    assert "Ban hành 02/11/2026, số 15/KH-UBND; chưa ghi gửi" in shown(client, "plan", plan.pk)
    late = read_home(officer, Asked(group="qua-han")).groups
    assert "Công khai: Dự toán 2026" in {row.thing.title for one in late for row in one.rows}
    first = shown(client, "enter") + shown(client, "enter", muc=item.pk)
    assert 'value="Dự toán 2026"' in first
    entered = {"unit": commune.unit.pk, "kind": item.kind_id, "title": "Dự toán 2026", "began_on": "2/11/2026"}  # fmt: skip
    assert sent(client, "enter", **entered, item=item.pk).status_code == 302
    item.refresh_from_db()
    matter = Matter.objects.get()
    assert item.matter == matter
    assert matter.number in shown(client, "plan", plan.pk)
    second = plan.items.get(title="Quyết toán")
    other = matters.entered(commune.unit, "CK02", title="Quyết toán 2025")
    assert other.number in shown(client, "plan-item", plan.pk, second.pk)
    assert sent(client, "take-matter", plan.pk, second.pk, matter="").status_code == 422
    assert sent(client, "take-matter", plan.pk, second.pk, matter=other.pk).status_code == 302
    assert sent(client, "drop-item", plan.pk, second.pk).status_code == 302
    fees = plan.items.get(kind__code="CK12")
    assert sent(client, "drop-item", plan.pk, fees.pk).status_code == 302
    page = shown(client, "plan", plan.pk)
    assert "không bỏ khỏi kế hoạch được" in page
    assert "Kế hoạch chưa có 1 nội dung của luật" in page
    assert "1/1 xã có kế hoạch" in shown(client, "plans")


def test_the_plan_is_a_word_file(client, commune, officer):
    sent(client, "make-plan", unit=commune.unit.pk, year=2026, doer="Văn phòng", by_on="31/12/2026")
    plan = PublicationPlan.objects.get()
    response = client.get(reverse("grassroots:plan-docx", args=[plan.pk]))
    paper = docx.Document(BytesIO(response.content))
    words = "\n".join(
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    )
    assert "CK13 Thủ tục hành chính" in words
    assert "30 ngày" in words
    sent(client, "issue-plan", plan.pk, on="2/11/2026", symbol="15/KH-UBND")
    again = client.get(reverse("grassroots:plan-docx", args=[plan.pk]))
    assert again["Content-Disposition"].endswith('ke-hoach-cong-khai-2026.docx"')


def test_an_initiative_goes_to_the_people(client, commune, officer):
    assert "Chưa có sáng kiến nào" in shown(client, "initiatives")
    assert "Chỉ ghi số hộ đồng ý" in shown(client, "enter-initiative")
    village = commune.villages[0]
    typed = {"unit": commune.unit.pk, "village": village.pk, "kind": matters.kind("QD06").pk, "title": "Quy ước vệ sinh",
             "supporters": "8", "households": "90", "counted_on": "2/11/2026"}  # fmt: skip
    wrong = sent(client, "enter-initiative", **{**typed, "supporters": "1.234", "title": ""})
    assert wrong.status_code == 422
    assert "vui lòng ghi sáng kiến" in wrong.content.decode()
    assert sent(client, "enter-initiative", **typed).status_code == 302
    one = Initiative.objects.get()
    page = shown(client, "initiative", one.pk)
    assert "8/90 hộ đồng ý" in page
    assert "Cần từ 9 hộ" in page
    wrong = sent(client, "raise-initiative", one.pk, on="16/11/2026", seen=0)
    assert wrong.status_code == 422
    assert "cần từ 9 hộ" in wrong.content.decode()
    counted = {"supporters": "9", "households": "90", "counted_on": "9/11/2026", "seen": 0}
    assert sent(client, "count-initiative", one.pk, **counted).status_code == 302
    ready = [group for group in read_home(officer).groups if group.title == "Chờ bổ sung"]
    assert "Sáng kiến: Quy ước vệ sinh" in {row.thing.title for at in ready for row in at.rows}
    assert "Đủ hộ, chờ đưa ra bàn" in shown(client, "initiatives")
    made = sent(client, "raise-initiative", one.pk, on="16/11/2026", seen=1)
    assert made.url == reverse("grassroots:card", args=[Matter.objects.get().pk])
    assert Matter.objects.get().number in shown(client, "initiative", one.pk)


def test_one_is_declined_on_its_page(client, commune, officer):
    typed = {"unit": commune.unit.pk, "village": commune.villages[0].pk, "kind": matters.kind("QD06").pk,
             "title": "Quy ước", "supporters": "3", "households": "90", "counted_on": "2/11/2026"}  # fmt: skip
    sent(client, "enter-initiative", **typed)
    one = Initiative.objects.get()
    assert sent(client, "decline-initiative", one.pk, on="20/11/2026", why="").status_code == 422
    assert sent(client, "decline-initiative", one.pk, on="20/11/2026", why="Đã có").status_code == 302  # fmt: skip
    one.refresh_from_db()
    assert one.declined_on == date(2026, 11, 20)
    assert "Đã có" in shown(client, "initiative", one.pk)


def test_the_province_chooses_the_commune_before_the_village(client, commune):
    client.force_login(make_grant(commune.province.place, "specialist"))
    page = shown(client, "enter-initiative")
    assert "phần mềm đưa ra danh sách thôn" in page
    assert "Bản Hòa Sơn" in shown(client, "enter-initiative", xa=commune.unit.pk)
    other = commune.province.governments[1].pk
    assert "chưa có thôn" in shown(client, "enter-initiative", xa=other)


def test_a_reader_from_elsewhere_finds_neither(client, commune, officer):
    sent(client, "make-plan", unit=commune.unit.pk, year=2026)
    plan = PublicationPlan.objects.get()
    client.force_login(make_grant(commune.province.communes[1], "commune_officer"))
    assert client.get(reverse("grassroots:plan", args=[plan.pk])).status_code == 404
    page = client.get(reverse("grassroots:enter"), {"muc": plan.items.first().pk})
    assert page.status_code == 200
    assert f'value="{plan.items.first().title}"' not in page.content.decode()
