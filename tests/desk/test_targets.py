"""The targets pages: what a leader reads at a glance, what opens, and what each reader may see."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from danvan.activities.enums import ActivityKind
from danvan.activities.services import add_evidence, record_activity
from danvan.documents.services import register_issued_document
from danvan.indicators.enums import Quality
from danvan.indicators.services import Source
from danvan.organisations.enums import Follows, Kind
from tests.activities.test_services import picture
from tests.desk.months import plain
from tests.factories.province import Province, make_grant, make_user
from tests.indicators.test_evaluate import make_target

pytestmark = pytest.mark.django_db
BOARD = "desk:targets"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def province():
    return Province()


def did(unit, day=date(2026, 5, 5), quantity=2, kind=ActivityKind.SUPERVISION, **more):
    return record_activity(
        unit=unit,
        kind=kind,
        title="Giám sát đường bản",
        held_on=day,
        quantity=quantity,
        actor=None,
        **more,
    )


def sign_in(client, unit, role="leader", **more):
    user = make_grant(unit, role, **more)
    client.force_login(user)
    return user


SCOPES = [
    ("nobody", 302),
    ("no grant", 403),
    ("clerk of the province", 403),
    ("leader elsewhere", 404),
    ("officer of a commune", 200),
    ("officer of the line of the Front", 200),
    ("leader of the province", 200),
    ("leader of the country", 200),
]


@pytest.mark.parametrize(("who", "status"), SCOPES)
def test_who_opens_a_target_and_its_sheet(client, province, who, status):
    target = make_target(province)
    where = {
        "clerk of the province": (province.place, "clerk", Follows.PLACE),
        "leader elsewhere": (province.committees[0], "leader", Follows.PLACE),
        "officer of a commune": (province.communes[0], "commune_officer", Follows.PLACE),
        "officer of the line of the Front": (province.front, "commune_officer", Follows.LINE),
        "leader of the province": (province.place, "leader", Follows.PLACE),
        "leader of the country": (province.country, "leader", Follows.PLACE),
    }
    if who in where:
        unit, role, follows = where[who]
        sign_in(client, unit, role, follows=follows)
    elif who == "no grant":
        client.force_login(make_user())
    for name in ("desk:target", "desk:target-workbook"):
        assert client.get(reverse(name, args=[target.pk])).status_code == status
    board = 200 if status == 404 else status
    for name in (BOARD, "desk:targets-workbook"):
        assert client.get(reverse(name)).status_code == board
    unit = reverse("desk:target-unit", args=[target.pk, province.fronts[0].pk])
    assert client.get(unit).status_code == status


def test_an_officer_reads_only_the_lines_of_the_own_units(client, province):
    target = make_target(province)
    did(province.fronts[0])
    sign_in(client, province.communes[1], "commune_officer")
    page = plain(client.get(reverse(BOARD)))
    assert "0/1 = 0,0 %" in page
    assert "trong phạm vi của mình" in page
    sheet = plain(client.get(reverse("desk:target", args=[target.pk])))
    assert "Xã Con Cuông" in sheet
    assert "Xã Môn Sơn" not in sheet
    other = reverse("desk:target-unit", args=[target.pk, province.fronts[0].pk])
    assert client.get(other).status_code == 404


def test_the_board_opens_with_one_sentence_and_lists_the_worst_first(client, province):
    make_target(province, title="Đạt rồi", rules=[("activities.supervision", 1)], share=(1, 3))
    make_target(province, title="Định tính", quality=Quality.QUALITATIVE, rules=())
    make_target(province, title="Còn thiếu nhiều", rules=[("activities.dialogue", 1)])
    make_target(province, title="Còn thiếu ít")
    did(province.fronts[0])
    sign_in(client, province.place)

    response = client.get(reverse(BOARD))

    page = plain(response)
    words = "2 trong 3 chỉ tiêu đếm được có nguy cơ không đạt; còn 1 chỉ tiêu định tính"
    assert f"{words}, đọc theo minh chứng." in page
    titles = [line.target.title for line in response.context["board"].lines]
    assert titles == ["Còn thiếu nhiều", "Còn thiếu ít", "Đạt rồi", "Định tính"]
    assert "1/3 = 33,3 %" in page
    assert "2 đơn vị Châu Khê, Con Cuông" in page
    assert "tính đến 31/12/2026" in page
    assert "trong phạm vi của mình" not in page


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2025", "1 trong 1 chỉ tiêu đếm được không đạt."),
        ("2026", "Không có chỉ tiêu nào trong 1 chỉ tiêu đếm được có nguy cơ không đạt."),
        ("2019", "Chưa có chỉ tiêu nào trong năm 2019."),
    ],
)
def test_the_period_stands_in_the_address(client, province, period, sentence):
    make_target(province)
    for front in province.fronts:
        did(front)
    sign_in(client, province.place)
    response = client.get(reverse(BOARD), {"ky": period})
    assert sentence in plain(response)
    assert f'?ky={period}" aria-current="true"' in response.content.decode()


def test_a_past_year_that_was_all_fulfilled_and_a_year_of_qualitative_targets(client, province):
    target = make_target(province)
    for front in province.fronts:
        did(front, date(2025, 5, 5))
    sign_in(client, province.place)
    assert "Cả 1 chỉ tiêu đếm được đều đạt." in plain(client.get(reverse(BOARD), {"ky": "2025"}))
    target.delete()
    make_target(province, quality=Quality.QUALITATIVE, rules=())
    assert "1 chỉ tiêu định tính" in plain(client.get(reverse(BOARD)))


def test_what_is_no_period_is_said_and_this_year_shown(client, province):
    target = make_target(province)
    sign_in(client, province.place)
    for address in (reverse(BOARD), reverse("desk:target", args=[target.pk])):
        response = client.get(address, {"ky": "2026-13"})
        assert response.status_code == 422
        assert "2026-13" in plain(response)
        assert "Đang xem năm 2026" in plain(response)


def test_a_target_lists_the_missing_first_with_what_each_lacks(client, province):
    target = make_target(
        province, rules=[("activities.supervision", 2), ("activities.social_criticism", 2)],
        source=Source("documents.document", 7, 10, 60, "Mỗi năm ít nhất 02 nội dung.", "04-NQ/TU"),
        measured_by="Sổ giám sát", evidence="Báo cáo", valid_to=date(2027, 1, 1),
    )  # fmt: skip
    for front in province.fronts:
        did(front)
    did(province.fronts[0], kind=ActivityKind.SOCIAL_CRITICISM)
    did(province.fronts[1], kind=ActivityKind.SOCIAL_CRITICISM, quantity=1)
    sign_in(client, province.place)

    response = client.get(reverse("desk:target", args=[target.pk]))

    page = plain(response)
    names = [line.name for line in response.context["sheet"].lines]
    assert names == [
        "Ủy ban MTTQ Việt Nam Xã Châu Khê",
        "Ủy ban MTTQ Việt Nam Xã Con Cuông",
        "Ủy ban MTTQ Việt Nam Xã Môn Sơn",
    ]
    assert "Xã Châu Khê thiếu 2 nội dung phản biện xã hội" in page
    assert "Xã Con Cuông thiếu 1 nội dung phản biện xã hội" in page
    assert "1 đơn vị đạt mọi điều kiện, trên 3 đơn vị" in page
    assert "có trong sổ đơn vị ngày 31/12/2026" in page
    assert "“Mỗi năm ít nhất 02 nội dung.”" in page
    assert "ít nhất 2 nội dung giám sát và ít nhất 2 nội dung phản biện xã hội" in page
    assert "/van-ban/" not in response.content.decode().split("Căn cứ")[1]


def test_a_monthly_target_names_the_months_that_lack(client, province):
    target = make_target(
        province, every="month", rules=[("activities.dialogue_in_programme", 1)], share=(80, 100)
    )
    for month in range(1, 13):
        did(province.fronts[0], date(2026, month, 3), 1, ActivityKind.DIALOGUE_IN_PROGRAMME)
    did(province.fronts[1], date(2026, 1, 3), 1, ActivityKind.DIALOGUE_IN_PROGRAMME)
    sign_in(client, province.place)
    page = plain(client.get(reverse("desk:target", args=[target.pk])))
    assert "ở tháng 2/2026, tháng 3/2026, tháng 4/2026, tháng 5/2026 và 7 kỳ khác" in page
    assert "ít nhất 80/100 số đơn vị" in page
    assert "Mỗi tháng" in page


def test_the_units_of_a_target_can_be_filtered_by_words(client, province):
    target = make_target(province)
    sign_in(client, province.place)
    address = reverse("desk:target", args=[target.pk])
    page = plain(client.get(address, {"q": "con cuong"}))
    assert ("Xã Con Cuông" in page, "Xã Châu Khê" in page) == (True, False)
    assert "trên 3 đơn vị" in page
    assert "Không có đơn vị nào như vậy." in plain(client.get(address, {"q": "sao hỏa"}))


def test_long_lists_come_in_pages(client, province, monkeypatch):
    monkeypatch.setattr("danvan.desk.targets.views.reading.LINES_A_PAGE", 2)
    target = make_target(province)
    sign_in(client, province.place)
    address = reverse("desk:target", args=[target.pk])
    assert "Trang 1/2" in plain(client.get(address))
    page = plain(client.get(address, {"trang": "2"}))
    assert "Xã Môn Sơn" in page
    assert "Còn thiếu 3, đang hiện 1" in page


def test_a_figure_opens_to_records_and_a_record_to_its_file(client, province):
    target = make_target(province)
    activity = did(province.fronts[0])
    evidence = add_evidence(activity, name="biên bản.png", content=picture(), actor=None)
    sign_in(client, province.place)
    board = client.get(reverse(BOARD)).content.decode()
    opened = f"{reverse('desk:target', args=[target.pk])}?ky=2026"
    assert f'href="{opened}#don-vi"' in board
    unit = reverse("desk:target-unit", args=[target.pk, province.fronts[0].pk])
    assert f'href="{unit}?ky=2026#dieu-kien-1"' in client.get(opened).content.decode()
    records = client.get(unit, {"ky": "2026"}).content.decode()
    file = reverse("activities:evidence", args=[activity.pk, evidence.pk])
    assert f'href="{file}"' in records
    assert f'href="{reverse("activities:card", args=[activity.pk])}"' in records
    assert b"".join(client.get(file).streaming_content) == picture()


def test_records_the_reader_may_not_open_are_counted_and_not_named(client, province, monkeypatch):
    from danvan.accounts import roles

    monkeypatch.setitem(roles.ROLES, "watcher", frozenset({"targets.view"}))
    target = make_target(province)
    activity = did(province.fronts[0])
    add_evidence(activity, name="biên bản.png", content=picture(), actor=None)
    sign_in(client, province.place, "watcher")
    response = client.get(reverse("desk:target-unit", args=[target.pk, province.fronts[0].pk]))
    page = plain(response)
    assert "Giám sát đường bản" not in page
    assert "biên bản.png" not in page
    assert "1 hồ sơ được đếm nhưng không mở được" in page
    assert "Đạt mọi điều kiện" in page


def test_a_unit_without_records_says_so(client, province):
    target = make_target(province)
    sign_in(client, province.place)
    address = reverse("desk:target-unit", args=[target.pk, province.fronts[0].pk])
    page = plain(client.get(address))
    assert "Thiếu 2 nội dung giám sát" in page
    assert "Chưa có hồ sơ nào trong kỳ." in page
    assert client.get(address.replace(str(province.fronts[0].pk), "999999")).status_code == 404


def test_before_its_period_a_target_says_that_it_is_too_early(client, province):
    target = make_target(province, valid_from=date(2027, 1, 1))
    sign_in(client, province.place)
    page = plain(client.get(reverse("desk:target", args=[target.pk]), {"ky": "2027"}))
    assert "chưa đến kỳ" in page
    assert "Chưa đánh giá được" in page


def test_nobody_to_count_and_qualitative_targets_show_no_number(client, province):
    nobody = make_target(province, population_kind=Kind.VETERANS_ASSOCIATION)
    judged = make_target(
        province, quality=Quality.QUALITATIVE, rules=(), population_kind="", population_levels=[]
    )
    sign_in(client, province.place)
    board = plain(client.get(reverse(BOARD)))
    assert "Không có đơn vị nào" in board
    assert "Định tính, đọc theo minh chứng" in board
    assert " 0/0 " not in board
    assert "chưa ghi đơn vị nào thuộc đối tượng vào ngày" in plain(
        client.get(reverse("desk:target", args=[nobody.pk]))
    )
    assert "không quy ra số" in plain(client.get(reverse("desk:target", args=[judged.pk])))


def test_both_workbooks_hold_what_the_pages_show(client, province):
    target = make_target(province)
    make_target(province, quality=Quality.QUALITATIVE, rules=(), title="Định tính")
    did(province.fronts[0])
    sign_in(client, province.place)
    board = openpyxl.load_workbook(
        BytesIO(client.get(reverse("desk:targets-workbook")).content)
    ).active
    rows = list(board.iter_rows(values_only=True))
    assert rows[3][:1] + rows[3][3:8] == (target.title, 1, 3, 33.3, "Nguy cơ không đạt", 2)
    assert rows[4][3:6] == (None, None, None)
    sheet = openpyxl.load_workbook(
        BytesIO(client.get(reverse("desk:target-workbook", args=[target.pk])).content)
    ).active
    lines = [row for row in sheet.iter_rows(values_only=True) if row[1] is not None]
    assert lines[0] == ("Đơn vị", "Nội dung giám sát", "Đạt", "Còn thiếu")
    assert lines[1] == (
        "Ủy ban MTTQ Việt Nam Xã Châu Khê",
        0,
        "Chưa đạt",
        "thiếu 2 nội dung giám sát",
    )
    assert lines[3] == ("Ủy ban MTTQ Việt Nam Xã Môn Sơn", 2, "Đạt", None)
    sign_in(client, province.communes[0], "commune_officer")
    for name, args in (("desk:targets-workbook", []), ("desk:target-workbook", [target.pk])):
        part = openpyxl.load_workbook(BytesIO(client.get(reverse(name, args=args)).content)).active
        first = [row[0] for row in part.iter_rows(values_only=True)]
        assert "Chỉ gồm các đơn vị trong phạm vi được xem." in first


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_pages_cost_the_same_queries(client, django_assert_num_queries, how_many):
    province = Province(communes=how_many)
    for front in province.fronts:
        did(front)
        did(front, date(2026, 6, 6))
    source = Source("documents.document", 7, 10, 60, "Câu.", "04-NQ/TU")
    targets = [make_target(province, source=source) for _ in range(how_many)]
    sign_in(client, province.place)
    client.get(reverse(BOARD))
    htmx = {"HX-Request": "true"}
    with django_assert_num_queries(14):
        client.get(reverse(BOARD), headers=htmx)
    with django_assert_num_queries(16):
        client.get(reverse("desk:target", args=[targets[0].pk]), headers=htmx)
    with django_assert_num_queries(19):
        client.get(
            reverse("desk:target-unit", args=[targets[0].pk, province.fronts[0].pk]), headers=htmx
        )


def test_a_document_behind_a_count_opens_to_its_file(client, province):
    target = make_target(
        province,
        population_kind=Kind.PARTY_COMMITTEE,
        rules=[("documents.issued.official_letter", 1), ("activities.working_session", 1)],
    )
    letter = register_issued_document(
        unit=province.committees[0], document_type="official_letter", symbol="46-CV/ĐU",
        abstract="Định hướng nội dung giám sát", issued_on=date(2026, 3, 16), signer="Lê Thị Ngọc",
        content="Đảng ủy định hướng Mặt trận chọn 02 nội dung giám sát trong năm.".encode(),
        name="46-cv.txt", actor=None,
    )  # fmt: skip
    sign_in(client, province.place)
    address = reverse("desk:target-unit", args=[target.pk, province.committees[0].pk])
    page = client.get(address).content.decode()
    assert f'href="{reverse("documents:card", args=[letter.pk])}"' in page
    assert f'href="{reverse("documents:file", args=[letter.pk])}"' in page
    assert "Thiếu 1 buổi: cấp ủy làm việc với MTTQ" in page


def test_a_share_above_is_told_in_words_and_the_source_opens(client, province):
    letter = register_issued_document(
        unit=province.committees[0], document_type="official_letter", symbol="46-CV/ĐU",
        abstract="Định hướng", issued_on=date(2026, 3, 16), signer="Lê Thị Ngọc", actor=None,
    )  # fmt: skip
    source = Source("documents.document", letter.pk, 0, 5, "Trên 1/2 cấp ủy.", "46-CV/ĐU")
    target = make_target(province, share=(1, 2), comparator="gt", source=source)
    sign_in(client, province.place)
    address = reverse("documents:card", args=[letter.pk])
    page = client.get(reverse("desk:target", args=[target.pk]))
    assert f'href="{address}#chi-tieu"' in page.content.decode()
    assert "trên 1/2 số đơn vị" in plain(page)
    assert f'href="{address}#chi-tieu"' in client.get(reverse(BOARD)).content.decode()
