"""The menu shows what its reader may open, and everything it shows opens."""

import pytest
from django.urls import reverse

from danvan.accounts.roles import ROLES
from danvan.desk.menu import MENU, menu_for, shell_for
from tests.factories import GrantFactory, UnitFactory, UserFactory

LABELS = {
    "leader": ["Bảng điều hành", "Có gì mới", "Văn bản đến", "Văn bản đi", "Việc phải làm", "Khó khăn, vướng mắc", "Chương trình, lịch", "Nhật ký công việc", "Đơn thư, kiến nghị", "Tiếp công dân", "Tố cáo", "Đối thoại", "Dân chủ ở cơ sở", "Hoạt động", "Tin, bài", "Báo cáo, biểu mẫu", "Chỉ tiêu", "Số liệu đơn thư", "Danh mục chỉ số", "Báo cáo tổng hợp", "Sổ đơn vị", "Nhận bàn giao", "Lĩnh vực", "Tham số pháp luật"],
    "specialist": ["Bảng điều hành", "Việc hôm nay", "Có gì mới", "Văn bản đến", "Văn bản đi", "Đọc văn bản", "Việc phải làm", "Khó khăn, vướng mắc", "Chương trình, lịch", "Nhật ký công việc", "Đơn thư, kiến nghị", "Tiếp công dân", "Đối thoại", "Dân chủ ở cơ sở", "Hoạt động", "Tin, bài", "Báo cáo, biểu mẫu", "Chỉ tiêu", "Số liệu đơn thư", "Danh mục chỉ số", "Báo cáo tổng hợp", "Sổ đơn vị", "Nhận bàn giao", "Lĩnh vực", "Tham số pháp luật"],
    "report_releaser": ["Bảng điều hành", "Báo cáo, biểu mẫu", "Danh mục chỉ số", "Sổ đơn vị", "Lĩnh vực", "Tham số pháp luật"],
    "clerk": ["Việc hôm nay", "Có gì mới", "Văn bản đến", "Văn bản đi", "Sổ đơn vị", "Lĩnh vực", "Tham số pháp luật"],
    "commune_officer": ["Bảng điều hành", "Việc hôm nay", "Có gì mới", "Văn bản đến", "Văn bản đi", "Đọc văn bản", "Việc phải làm", "Khó khăn, vướng mắc", "Chương trình, lịch", "Nhật ký công việc", "Đơn thư, kiến nghị", "Tiếp công dân", "Tố cáo", "Đối thoại", "Dân chủ ở cơ sở", "Hoạt động", "Tin, bài", "Báo cáo, biểu mẫu", "Chỉ tiêu", "Số liệu đơn thư", "Danh mục chỉ số", "Sổ đơn vị", "Nhận bàn giao", "Lĩnh vực", "Tham số pháp luật"],
    "petition_officer": ["Việc hôm nay", "Việc phải làm", "Khó khăn, vướng mắc", "Chương trình, lịch", "Nhật ký công việc", "Đơn thư, kiến nghị", "Tiếp công dân", "Tố cáo", "Số liệu đơn thư", "Sổ đơn vị", "Lĩnh vực", "Tham số pháp luật"],
    "administrator": ["Sổ đơn vị", "Sắp xếp đơn vị", "Nhận bàn giao", "Người dùng", "Khóa kết nối", "Lĩnh vực", "Tham số pháp luật", "Nhật ký", "Tình trạng"],
}  # fmt: skip


def entries(actions, path="/"):
    return [entry for section in menu_for(frozenset(actions), path) for entry in section.entries]


def test_every_role_is_in_the_table():
    assert set(LABELS) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_its_lines_in_the_one_order(role):
    assert [entry.label for entry in entries(ROLES[role])] == LABELS[role]


def test_a_section_without_a_line_is_not_shown():
    assert [section.title for section in menu_for(ROLES["administrator"], "/")] == ["Quản trị"]
    assert menu_for(frozenset(), "/") == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_everything_in_the_menu_opens(client, role):
    client.force_login(GrantFactory(role=role).user)
    answers = {e.label: client.get(e.url).status_code for e in entries(ROLES[role])}
    # the health page answers 503 while no worker runs
    answers.pop("Tình trạng", None)
    assert set(answers.values()) == {200}


def test_a_line_asks_for_the_right_that_its_view_requires():
    ways = [way for _, lines in MENU for way in lines]
    from django.urls import resolve

    required = {way.name: resolve(reverse(way.name)).func.access for way in ways}
    assert required == {way.name: way.action for way in ways}


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"Việc hôm nay": "page"}),
        ("/van-ban/den/", {"Văn bản đến": "page"}),
        ("/van-ban/den/vao-so/", {"Văn bản đến": "true"}),
        ("/bang-dieu-hanh/", {"Bảng điều hành": "page"}),
        ("/chi-tieu/7/don-vi/9/", {"Chỉ tiêu": "true"}),
        ("/don-vi/", {"Sổ đơn vị": "page"}),
        ("/khong-co/", {}),
    ],
)
def test_the_line_of_the_present_page_is_marked(path, current):
    every = frozenset().union(*ROLES.values())
    assert {e.label: e.current for e in entries(every, path) if e.current} == current


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "url"),
    [
        ("clerk", "/van-ban/den/"),
        ("commune_officer", "/van-ban/den/"),
        ("administrator", "/don-vi/tim/"),
    ],
)
def test_the_search_box_leads_to_documents_or_else_to_units(role, url):
    unit = UnitFactory(name="Nghệ An")
    shell = shell_for(GrantFactory(role=role, unit=unit).user, ROLES[role])
    assert shell.search.url == url
    assert shell.place == "Nghệ An"


@pytest.mark.django_db
def test_whoever_may_do_nothing_has_no_place_and_no_search():
    shell = shell_for(UserFactory(), frozenset())
    assert (shell.place, shell.search) == ("", None)


@pytest.mark.django_db
def test_the_page_names_its_reader_and_lets_them_out_by_a_form(client):
    user = GrantFactory(
        role="clerk", user=UserFactory(full_name="Lê Thị Hoài An", position="Văn thư")
    ).user
    client.force_login(user)
    text = client.get("/").content.decode()
    assert 'aria-label="HA: đồng chí Lê Thị Hoài An, Văn thư"' in text
    assert '<form method="post" action="/tai-khoan/logout/">' in text
    assert 'href="/" aria-current="page"' in text
    assert '<a class="dv-skip" href="#noi-dung">' in text


@pytest.mark.django_db
def test_a_piece_of_a_page_does_not_pay_for_the_frame(client, django_assert_max_num_queries):
    client.force_login(GrantFactory(role="clerk").user)
    client.get("/don-vi/")
    whole, piece = [], []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get("/don-vi/")
    whole = len(caught)
    with CaptureQueriesContext(connection) as caught:
        client.get("/don-vi/", headers={"HX-Request": "true"})
    piece = len(caught)
    assert piece == whole - 2  # the place, and what the bell counts
