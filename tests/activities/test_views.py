"""The pages of activities: who opens them, what they show, what they refuse."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.activities.models import Activity
from danvan.activities.services import add_evidence, record_activity, withdraw_activity
from danvan.foundation.files import path_of
from danvan.organisations.enums import Kind
from tests.activities.test_import import HEAD, book, line
from tests.activities.test_services import picture
from tests.factories.province import Province, make_grant, make_organisation, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def province():
    return Province()


def did(unit, title="Giám sát thu đóng góp", day=date(2026, 5, 12), **more):
    return record_activity(
        **{
            "unit": unit,
            "kind": "supervision",
            "title": title,
            "held_on": day,
            "actor": None,
            **more,
        }
    )


def sent(**changes):
    fields = {
        "kind": "supervision",
        "title": "Giám sát đường bản",
        "held_on": "12/5/2026",
        "quantity": "2",
    }
    return {**fields, **changes}


SCOPES = [
    ("nobody", 302),
    ("no grant", 403),
    ("clerk of the province", 403),
    ("officer elsewhere", 404),
    ("officer of the commune", 200),
    ("specialist of the province", 200),
]


def sign_in(client, province, who):
    holders = {
        "clerk of the province": (province.place, "clerk"),
        "officer elsewhere": (province.communes[1], "commune_officer"),
        "officer of the commune": (province.communes[0], "commune_officer"),
        "leader of the province": (province.place, "leader"),
        "specialist of the province": (province.place, "specialist"),
    }
    if who in holders:
        client.force_login(make_grant(*holders[who]))
    elif who == "no grant":
        client.force_login(make_grant(province.place, "nothing"))


@pytest.mark.parametrize(("who", "status"), SCOPES)
def test_who_may_open_an_activity_and_its_file(client, province, who, status):
    activity = did(province.fronts[0])
    evidence = add_evidence(activity, name="ảnh đường.png", content=picture(), actor=None)
    sign_in(client, province, who)
    assert client.get(reverse("activities:card", args=[activity.pk])).status_code == status
    found = client.get(reverse("activities:evidence", args=[activity.pk, evidence.pk]))
    assert found.status_code == status
    if status == 200:
        assert b"".join(found.streaming_content) == picture()
        assert found["Content-Type"] == "image/png"
        assert found["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("who", "status"), [*SCOPES[:3], ("leader of the province", 403), *SCOPES[3:]]
)
def test_who_may_withdraw_and_add_evidence(client, province, who, status):
    activity = did(province.fronts[0])
    sign_in(client, province, who)
    file = SimpleUploadedFile("a.png", picture())
    added = client.post(reverse("activities:add-evidence", args=[activity.pk]), {"evidence": file})
    gone = client.post(reverse("activities:withdraw", args=[activity.pk]), {"why": "Ghi nhầm"})
    activity.refresh_from_db()
    wanted = 302 if status == 200 else status
    assert (added.status_code, gone.status_code) == (wanted, wanted)
    assert activity.evidence.count() == (1 if status == 200 else 0)
    assert (activity.withdrawn_at is not None) is (status == 200)
    if status == 200:
        page = client.get(reverse("activities:card", args=[activity.pk])).content.decode()
        assert "Lý do: Ghi nhầm" in page
        assert "Thêm minh chứng" not in page


def test_a_leader_reads_but_is_offered_no_change(client, province):
    activity = did(province.fronts[0], partners=[province.committees[0]], summary="Một.\nHai.")
    sign_in(client, province, "leader of the province")
    page = client.get(reverse("activities:card", args=[activity.pk])).content.decode()
    assert "Đảng ủy Xã Môn Sơn" in page
    assert "Rút hoạt động" not in page


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("", b"", "chọn tệp"), ("a.png", b"khong phai anh", "a.png"), ("a.exe", b"MZ\x00", "")],
)
def test_a_bad_file_is_refused_beside_its_box(client, province, name, content, says):
    activity = did(province.fronts[0])
    sign_in(client, province, "officer of the commune")
    files = {"evidence": SimpleUploadedFile(name, content)} if name else {}
    response = client.post(reverse("activities:add-evidence", args=[activity.pk]), files)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert activity.evidence.count() == 0


def test_evidence_that_is_gone_from_the_disk_is_not_found(client, province):
    activity = did(province.fronts[0])
    evidence = add_evidence(activity, name="a.png", content=picture(), actor=None)
    path_of(evidence.file.sha256).unlink()
    sign_in(client, province, "officer of the commune")

    response = client.get(reverse("activities:evidence", args=[activity.pk, evidence.pk]))

    assert response.status_code == 404


def test_several_files_are_added_all_or_none(client, province):
    activity = did(province.fronts[0])
    sign_in(client, province, "officer of the commune")
    sent_files = [
        SimpleUploadedFile("a.png", picture()),
        SimpleUploadedFile("trong.png", b""),
    ]

    response = client.post(
        reverse("activities:add-evidence", args=[activity.pk]), {"evidence": sent_files}
    )

    assert response.status_code == 422
    assert "“trong.png” trống" in response.content.decode()
    assert activity.evidence.count() == 0


def test_withdrawing_needs_a_reason(client, province):
    activity = did(province.fronts[0])
    sign_in(client, province, "officer of the commune")
    response = client.post(reverse("activities:withdraw", args=[activity.pk]), {"why": " "})
    assert response.status_code == 422
    assert "ghi lý do" in response.content.decode()
    client.post(reverse("activities:withdraw", args=[activity.pk]), {"why": "Nhầm"})
    again = client.post(reverse("activities:withdraw", args=[activity.pk]), {"why": "Nhầm"})
    assert (again.status_code, "đã rút trước đó" in again.content.decode()) == (422, True)


def test_an_officer_records_in_one_form_and_lands_on_the_activity(client, province):
    sign_in(client, province, "officer of the commune")
    form = client.get(reverse("activities:record"))
    assert form.status_code == 200
    assert "Chọn đơn vị" in form.content.decode()
    token = form.context["form"].initial["token"]
    fields = sent(
        unit=province.fronts[0].pk, token=token, attendance="1.234", persons="900",
        partners=[province.committees[0].pk], evidence=[SimpleUploadedFile("a.png", picture())],
    )  # fmt: skip
    response = client.post(reverse("activities:record"), fields)
    activity = Activity.objects.get()
    assert response["Location"] == reverse("activities:card", args=[activity.pk])
    assert (activity.unit, activity.quantity, activity.attendance) == (province.fronts[0], 2, 1234)
    assert (activity.partners.count(), activity.evidence.count()) == (1, 1)
    fields["evidence"] = [SimpleUploadedFile("a.png", picture())]
    client.post(reverse("activities:record"), fields)
    assert Activity.objects.count() == 1
    fields |= {"title": "Giám sát việc khác", "evidence": []}  # back to the form, for another one
    client.post(reverse("activities:record"), fields)
    assert Activity.objects.count() == 2


def test_the_only_unit_of_an_officer_is_filled_in_and_kept_for_the_next(client, province):
    client.force_login(make_grant(province.fronts[0], "commune_officer"))
    page = client.get(reverse("activities:record"))
    assert page.context["form"]["unit"].value() == str(province.fronts[0].pk)
    response = client.post(
        reverse("activities:record"), sent(unit=province.fronts[0].pk, again="1", quantity="")
    )
    assert response["Location"].endswith(f"?unit={province.fronts[0].pk}")
    assert Activity.objects.get().quantity == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"unit": ""}, "chọn đơn vị chủ trì"),
        ({"unit": "other commune"}, "không ghi hoạt động được cho đơn vị này"),
        ({"kind": ""}, "chọn loại hoạt động"),
        ({"held_on": "31/02/2026"}, "31/02/2026"),
        ({"held_on": "01/01/2027"}, "chưa đến"),
        ({"attendance": "5", "persons": "6"}, "ít nhất một lượt"),
        ({"quantity": "1,5"}, "số nguyên"),
        ({"quantity": "hai"}, "một số nguyên, ví dụ"),
        ({"evidence": SimpleUploadedFile("a.pdf", b"khong phai")}, "a.pdf"),
    ],
)
def test_a_refused_form_says_why_and_records_nothing(client, province, changes, says):
    sign_in(client, province, "officer of the commune")
    if changes.get("unit") == "other commune":
        changes = {"unit": province.fronts[1].pk}
    response = client.post(
        reverse("activities:record"), {**sent(unit=province.fronts[0].pk), **changes}
    )
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Activity.objects.exists()


def test_too_many_files_at_once_are_refused(client, province):
    sign_in(client, province, "officer of the commune")
    files = [SimpleUploadedFile(f"{n}.png", picture()) for n in range(11)]
    response = client.post(
        reverse("activities:record"), sent(unit=province.fronts[0].pk, evidence=files)
    )
    assert (response.status_code, Activity.objects.exists()) == (422, False)


@pytest.fixture
def large(province):
    for number in range(45):
        make_organisation(make_place(f"Xã Số {number}", under=province.place))
    return province


def test_who_has_many_units_types_a_name_and_picks_where_several_fit(client, large):
    sign_in(client, large, "specialist of the province")
    post = lambda **changes: client.post(reverse("activities:record"), sent(**changes))  # noqa: E731
    asked = post(unit="mon son")
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "chọn một" in page
    assert f'value="{large.committees[0].pk}"' in page
    assert post(unit="mon son", offer=str(large.committees[0].pk)).status_code == 302
    assert (
        post(
            unit="uy ban mttq viet nam xa con cuong", partners="đảng ủy xã con cuông\n"
        ).status_code
        == 302
    )
    assert post(unit="khong co dau").status_code == 422
    assert post(unit="Đã chọn từ gợi ý", unit_id=str(large.fronts[2].pk)).status_code == 302
    assert post(unit="Xã khác", unit_id=str(large.communes[0].pk)).status_code == 422
    assert post(unit="mttq xa so 7", partners="môn sơn").status_code == 422
    units = list(Activity.objects.order_by("pk").values_list("unit_id", flat=True))
    assert units == [large.committees[0].pk, large.fronts[1].pk, large.fronts[2].pk]
    assert Activity.objects.get(unit=large.fronts[1]).partners.get().unit == large.committees[1]


def test_the_list_keeps_its_filters_and_shows_only_what_may_be_seen(client, province):
    did(province.fronts[0], "Giám sát thu đóng góp")
    did(province.fronts[0], "Đối thoại với nông dân", date(2026, 8, 1), kind="dialogue")
    did(province.fronts[1], "Giám sát của xã khác")
    sign_in(client, province, "officer of the commune")

    def titles(**params):
        response = client.get(reverse("activities:list"), params)
        assert response.status_code == 200
        return [activity.title for activity in response.context["page"].rows]

    assert titles() == ["Đối thoại với nông dân", "Giám sát thu đóng góp"]
    assert titles(q="thu dong gop") == ["Giám sát thu đóng góp"]
    assert titles(loai="dialogue") == ["Đối thoại với nông dân"]
    assert titles(ky="2026-Q2") == ["Giám sát thu đóng góp"]
    assert titles(don_vi="xa mon son") == ["Đối thoại với nông dân", "Giám sát thu đóng góp"]
    assert titles(ky="2025") == []
    assert len(titles(thieu="1")) == 2
    add_evidence(Activity.objects.get(kind="dialogue"), name="a.png", content=picture(), actor=None)
    assert titles(thieu="1") == ["Giám sát thu đóng góp"]
    withdraw_activity(Activity.objects.get(kind="dialogue"), why="Ghi nhầm", actor=None)
    assert titles(tinh_trang="da-rut") == ["Đối thoại với nông dân"]
    assert titles(tinh_trang="duoc-dem") == ["Giám sát thu đóng góp"]
    here = province.communes[0].pk
    assert len(titles(don_vi="xã môn sơn", don_vi_id=str(here))) == 2
    for another in ("x", "9" * 30, str(province.communes[1].pk)):  # the words decide then
        assert len(titles(don_vi="xã môn sơn", don_vi_id=another)) == 2
    sign_in(client, province, "specialist of the province")
    assert len(titles()) == 3
    assert titles(don_vi="xã con cuông") == ["Giám sát của xã khác"]


@pytest.mark.parametrize(
    "params", [{"don_vi": "khong co"}, {"ky": "2026-99"}, {"loai": "an sang"}, {"don_vi": "xa"}]
)
def test_a_filter_that_means_nothing_is_refused_with_a_sentence(client, province, params):
    sign_in(client, province, "specialist of the province")
    response = client.get(reverse("activities:list"), params)
    assert response.status_code == 422
    assert response.context["page"] is None
    assert client.get(reverse("activities:list-sheet"), params).status_code == 302


def test_the_list_as_excel_has_the_rows_of_the_page(client, province, monkeypatch):
    did(province.fronts[0], "=1+1", attendance=1234)
    did(province.fronts[1], "Giám sát của xã khác", date(2026, 6, 1))
    sign_in(client, province, "officer of the commune")
    response = client.get(reverse("activities:list-sheet"), {"loai": "supervision"})
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Danh sách hoạt động, lập ngày 31/12/2026"
    assert rows[1][:3] == ("Ngày", "Nội dung", "Loại hoạt động")
    assert [row[1] for row in rows[2:]] == ["=1+1"]
    assert sheet["B3"].data_type == "s"
    assert (rows[2][6], rows[2][7]) == (1234, None)
    monkeypatch.setattr("danvan.activities.exports.MOST_ROWS", 1)
    sign_in(client, province, "specialist of the province")
    rows = openpyxl.load_workbook(
        BytesIO(client.get(reverse("activities:list-sheet")).content)
    ).active
    assert "Chỉ gồm 1 dòng" in rows["A2"].value


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_and_its_sheet_cost_the_same_queries(
    client, province, django_assert_num_queries, how_many
):
    for number in range(how_many):
        did(province.fronts[number], f"Việc {number}")
    sign_in(client, province, "specialist of the province")
    client.get(reverse("activities:list"))
    with django_assert_num_queries(8):
        client.get(reverse("activities:list"), headers={"HX-Request": "true"})
    with django_assert_num_queries(7):
        client.get(reverse("activities:list-sheet"))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_card_costs_the_same_queries(client, province, django_assert_num_queries, how_many):
    more = [
        make_organisation(province.communes[0], kind)
        for kind in (Kind.FARMERS_UNION, Kind.YOUTH_UNION)
    ]
    activity = did(province.fronts[0], partners=[province.committees[0], *more][:how_many])
    for colour in ["red", "blue", "green"][:how_many]:
        add_evidence(activity, name="a.png", content=picture(colour), actor=None)
    sign_in(client, province, "specialist of the province")
    with django_assert_num_queries(8):
        client.get(reverse("activities:card", args=[activity.pk]), headers={"HX-Request": "true"})


def test_a_sheet_is_brought_in_or_its_faults_are_listed(client, province):
    sign_in(client, province, "officer of the commune")
    address = reverse("activities:import")
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    bad = SimpleUploadedFile("so.xlsx", book(line(), line(code=4021)))
    page = client.post(address, {"sheet": bad})
    assert (page.status_code, Activity.objects.count()) == (422, 0)
    assert "thiếu số 0 ở đầu? Có phải 04021 (Xã Con Cuông)?" in page.content.decode()
    head = [*line(), "x"]
    good = SimpleUploadedFile("so.xlsx", book(head, head=[*HEAD, "Người ký"]))
    done = client.post(address, {"sheet": good}, follow=True)
    assert Activity.objects.count() == 1
    assert "Đã ghi 1 hoạt động từ tệp." in done.content.decode()
    assert "Không dùng đến các cột: “Người ký”." in done.content.decode()
    blank = client.get(reverse("activities:blank-sheet"))
    assert openpyxl.load_workbook(BytesIO(blank.content)).sheetnames == ["Hoạt động", "Hướng dẫn"]
