"""The pages of grassroots democracy: what they show, to whom, and that a refused act keeps what was typed."""

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from danvan.grassroots.enums import State
from danvan.grassroots.models import Matter
from danvan.grassroots.services import add_comments, withdraw_matter
from danvan.organisations.models import UnitVersion
from tests.documents.papers import received
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.once import once, own
from tests.reporting.months import PNG

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


def page(client, name, *args, **asked):
    return client.get(reverse(f"grassroots:{name}", args=args), asked)


def shown(client, name, *args, **asked):
    response = page(client, name, *args, **asked)
    assert response.status_code == 200
    return response.content.decode()


def sent(client, url_name, *args, **typed):
    return client.post(reverse(f"grassroots:{url_name}", args=args), typed)


def test_a_decision_goes_from_entry_to_its_end_in_the_browsers_forms(client, commune, officer):
    village = commune.villages[0]
    typed = {
        "unit": commune.unit.pk,
        "kind": matters.kind("QD04").pk,
        "title": "Bầu trưởng bản",
        "began_on": "01/10/2026",
    }
    refused = sent(client, "enter", **typed)
    assert refused.status_code == 422
    assert "đồng chí vui lòng chọn thôn" in refused.content.decode()
    assert sent(client, "enter", **typed, village=village.pk).status_code == 302
    one = Matter.objects.get()
    photo = SimpleUploadedFile("anh.png", PNG, content_type="image/png")
    ok = {
        "channels": ["head", "village"],
        "place": "Nhà văn hóa",
        "from_on": "02/10/2026",
        "evidence": photo,
    }
    assert sent(client, "do-publish", one.pk, **ok).status_code == 302
    assert "Ghi kết quả biểu quyết" in shown(client, "card", one.pk)
    pk = village.pk
    half = {
        "form": "meeting",
        "held_on": "10/10/2026",
        f"households_{pk}": "90",
        f"agreed_{pk}": "46",
    }
    wrong = sent(client, "vote", one.pk, **half)
    assert wrong.status_code == 422
    assert "Đồng chí vui lòng ghi số hộ tham gia." in wrong.content.decode()
    whole = half | {f"present_{pk}": "40", f"against_{pk}": "0"}
    wrong = sent(client, "vote", one.pk, **whole)
    assert "không được quá số hộ tham gia" in wrong.content.decode()
    assert (
        sent(
            client, "vote", one.pk, **half, **{f"present_{pk}": "80", f"against_{pk}": "20"}
        ).status_code
        == 302
    )
    for name, said in (
        ("do-send", {"on": "12/10/2026"}),
        ("do-recognise", {"on": "14/10/2026", "answer": "given", "words": "QĐ 20/QĐ-UBND"}),
        ("do-publish", {"channels": "office", "place": "Trụ sở", "from_on": "15/10/2026"}),
        ("do-end", {}),
    ):
        assert sent(client, name, one.pk, **said).status_code == 302, name
    one.refresh_from_db()
    assert (one.state, one.files.count()) == (State.ENDED, 1)
    text = shown(client, "card", one.pk)
    assert "46 (cần 46)" in text
    assert "Ghi nơi công khai" not in text
    name = one.files.get()
    assert received(page(client, "file", one.pk, name.pk)) == PNG
    table = docx.Document(BytesIO(page(client, "minutes", one.pk).content)).tables[1]
    assert [cell.text for cell in table.rows[1].cells][1:6] == [
        "Bản Hòa Sơn",
        "90",
        "80",
        "46",
        "20",
    ]
    assert sent(client, "vote", one.pk, **whole).status_code == 422


def test_a_draft_is_asked_about_and_answered(client, commune, officer):
    one = matters.entered(commune.unit, "YK02", title="Kế hoạch sử dụng đất")
    matters.published(one, on=date(2026, 10, 5))
    assert page(client, "minutes", one.pk).status_code == 404
    assert sent(client, "do-comment", one.pk, gist="Giữ chợ", number="1.200").status_code == 302
    comment = one.comments.get()
    assert comment.number == 1200
    assert "Chưa trả lời" in shown(client, "comments")
    assert sent(client, "do-close", one.pk, on="20/11/2026").status_code == 302
    early = sent(client, "do-answer", one.pk, on="20/11/2026", answer="Đã giải trình")
    assert early.status_code == 422
    assert "Còn 1 nội dung góp ý chưa trả lời." in early.content.decode()
    assert (
        sent(client, "comment", one.pk, comment.pk, taken_up="2.000", answer="x").status_code == 422
    )
    assert "Giữ chợ" in shown(client, "comment", one.pk, comment.pk)
    ok = sent(client, "comment", one.pk, comment.pk, taken_up="1.000", answer="Giữ nguyên chợ")
    assert ok.url.endswith("#gop-y")
    assert (
        sent(client, "do-answer", one.pk, on="20/11/2026", answer="Đã giải trình").status_code
        == 302
    )
    assert (
        "Giữ nguyên chợ"
        in docx.Document(BytesIO(page(client, "minutes", one.pk).content))
        .tables[1]
        .rows[1]
        .cells[4]
        .text
    )
    assert "góp ý trực tiếp" in "\n".join(
        each.text
        for each in docx.Document(BytesIO(page(client, "notice", one.pk).content)).paragraphs
    )


def test_a_posting_is_taken_down_on_a_day(client, commune, officer):
    one = matters.published(matters.entered(commune.unit, "CK01"), until=date(2026, 10, 9))
    row = one.postings.first()
    assert "Ngày thôi niêm yết" in shown(client, "posting-end", one.pk, row.pk)
    assert sent(client, "posting-end", one.pk, row.pk, until_on="30/09/2026").status_code == 422
    assert sent(client, "posting-end", one.pk, row.pk, until_on="31/10/2026").status_code == 302
    row.refresh_from_db()
    assert row.until_on == date(2026, 10, 31)
    text = "\n".join(
        each.text
        for each in docx.Document(BytesIO(page(client, "notice", one.pk).content)).paragraphs
    )
    assert "đến hết ngày 31/10/2026" in text


def test_refused_acts_keep_what_was_typed(client, commune, officer):
    one = matters.entered(commune.unit)
    response = sent(client, "do-publish", one.pk, place="Bảng tin", from_on="31/02/2026")
    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="Bảng tin"' in text
    assert "Đồng chí vui lòng chọn hình thức công khai." in text
    assert sent(client, "do-files", one.pk).status_code == 422
    assert sent(client, "do-end", one.pk).status_code == 422
    bad = sent(client, "enter", unit="x", kind="9" * 30, began_on="mai", village="abc")
    assert bad.status_code == 422
    assert sent(client, "do-withdraw", one.pk, why="Nhầm", seen="99").status_code == 422
    assert sent(client, "do-withdraw", one.pk, why="Nhầm").status_code == 302
    assert "không được đếm" in shown(client, "card", one.pk)


def test_the_list_and_its_sheet_find_by_words_commune_and_lateness(client, commune):
    late = matters.entered(commune.unit, title="Dự toán ngân sách")
    matters.entered(commune.province.governments[1], "CK13", began=matters.TODAY, title="Thủ tục")
    client.force_login(make_grant(commune.province.place, "leader"))
    assert "Dự toán ngân sách" in shown(client, "list")
    text = shown(client, "list", qua_han="on", nhom="know", nam="2026", tinh_trang="due")
    assert "Quá hạn 08/10/2026" in text
    assert "Thủ tục" not in text
    assert "Thủ tục" not in shown(client, "list", q="du toan")
    name = UnitVersion.objects.get(unit=commune.unit).name
    assert "Thủ tục" not in shown(client, "list", don_vi=name)
    assert page(client, "list", don_vi="không có").status_code == 422
    several = page(client, "list", don_vi="uy ban nhan dan")
    assert "Có nhiều đơn vị như vậy" in several.content.decode()
    assert page(client, "list-sheet", don_vi="không có").status_code == 302
    rows = list(
        openpyxl.load_workbook(
            BytesIO(page(client, "list-sheet", qua_han="on").content)
        ).active.values
    )
    assert [row[0] for row in rows if row[0] == late.number] == [late.number]


def test_the_province_reads_each_commune_with_the_slowest_first(client, commune):
    matters.entered(commune.unit)
    client.force_login(make_grant(commune.province.place, "leader"))
    text = shown(client, "communes")
    assert "0/1 nội dung công khai đúng hạn" in text
    assert "1 chưa công khai" in text
    assert "Chưa có" in shown(client, "communes", nam="2025")
    rows = list(
        openpyxl.load_workbook(BytesIO(page(client, "communes-sheet").content)).active.values
    )
    assert any(row[1:5] == (1, 0, 0, 1) for row in rows)
    client.force_login(make_grant(commune.province.fronts[0], "clerk"))
    assert page(client, "communes").status_code == 403


def test_the_sheet_says_where_it_stops(client, commune, officer, monkeypatch):
    monkeypatch.setattr("danvan.grassroots.exports.MOST_ROWS", 1)
    matters.entered(commune.unit)
    matters.entered(commune.unit, "CK01")
    rows = list(openpyxl.load_workbook(BytesIO(page(client, "list-sheet").content)).active.values)
    assert any("Chỉ gồm 1 dòng mới nhất" in str(row[0]) for row in rows)


def test_a_reader_from_elsewhere_finds_nothing_and_may_do_nothing(client, commune):
    one = matters.entered(commune.unit)
    withdrawn = matters.entered(commune.unit, "CK01")
    withdraw_matter(withdrawn, why="Nhầm", actor=None)
    client.force_login(make_grant(commune.province.communes[1], "commune_officer"))
    for name in ("card", "notice", "vote"):
        assert page(client, name, one.pk).status_code == 404
    assert sent(client, "do-withdraw", one.pk, why="x").status_code == 404
    assert matters.fresh(one).state == State.DUE


def test_a_commune_without_villages_is_told_where_to_write_them(client, commune):
    bare = commune.province.governments[1]
    client.force_login(make_grant(commune.province.communes[1], "commune_officer"))
    assert "chưa có thôn" in shown(client, "enter")
    one = matters.published(matters.entered(bare, "QD01", title="Góp làm đường"))
    assert "chưa có thôn" in shown(client, "vote", one.pk)
    assert sent(client, "vote", one.pk, form="meeting", held_on="10/10/2026").status_code == 422


def test_kinds_are_loaded_by_a_command(commune, capsys, tmp_path):
    call_command("grassroots", "load")
    assert "thêm hoặc sửa 0 dòng" in capsys.readouterr().out
    wrong = tmp_path / "sai.tsv"
    wrong.write_text("x", encoding="utf-8")
    with pytest.raises(CommandError, match="Dòng đầu"):
        call_command("grassroots", "load", "--file", str(wrong))


def test_no_page_and_no_paper_holds_a_name(client, commune, officer):
    """Nothing in the models could: there is no field for a person but who kept the record."""
    names = {
        field.name
        for model in (Matter, *(one.related_model for one in Matter._meta.related_objects))
        for field in model._meta.get_fields()
    }
    assert not names & {"name", "full_name", "voter", "person", "head_name", "asker"}
    one = matters.published(matters.entered(commune.unit, "YK01", title="Kế hoạch"))
    add_comments(one, gist="Đường", number=1, actor=None)
    assert "Người nêu" not in shown(client, "card", one.pk)
