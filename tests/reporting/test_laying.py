"""Writing a form: the kinds of units it is for, and tables made by typing the names of rows and columns."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.reporting.design_tables import CellGrid
from danvan.reporting.designing import GONE, MOST_ITEMS, Content, NewItem
from danvan.reporting.laying import (
    MOST_COLUMNS,
    MOST_ROWS,
    names_in,
    with_cells,
    with_table,
    with_table_changed,
)
from danvan.reporting.models import Form, FormDraft, FormItem
from danvan.reporting.selectors.designing import kinds_offered, lines_of, seen_lines
from danvan.reporting.services import begin_form_draft, change_form_draft
from tests.desk.months import plain
from tests.factories.province import Province, make_grant
from tests.reporting.laid import kinds_in, laid_indicators

pytestmark = pytest.mark.django_db
TABLE = with_table(Content(), "Hoạt động", ["Hội nghị", "Ngày hội"], ["Nam", "Nữ"])


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 10)


@pytest.fixture
def province():
    laid_indicators()
    made = Province()
    kinds_in(made, "xã", "phường", "phường")
    return made


@pytest.fixture
def draft(province):
    return begin_form_draft(
        unit=province.place, code="BM-09", name="Báo cáo", level="commune", due_day=5, actor=None
    )


@pytest.fixture
def specialist(province, client):
    client.force_login(make_grant(province.place, "specialist"))
    return client


def posted(client, draft, act, **said):
    draft.refresh_from_db()
    said = {"viec": act, "ban": draft.changes, **said}
    return client.post(reverse("reporting:design", args=[draft.pk]), said)


def at(content, place=0):
    return {
        (item.row, item.column): (item.code, item.indicator_code, item.label)
        for item in content.sections[place].items
    }


def test_names_are_read_one_a_line():
    assert names_in(" Hội  nghị\r\n\n Ngày hội ") == ("Hội nghị", "Ngày hội")


def test_a_cell_asks_by_the_names_of_its_row_and_column():
    content = with_cells(TABLE, 0, {(0, 0): "A", (1, 1): "B", (1, 0): ""})

    assert at(content) == {
        (0, 0): ("a", "A", "Hội nghị: Nam"),
        (1, 1): ("b", "B", "Ngày hội: Nữ"),
    }


def test_a_question_keeps_its_code_and_its_parts_while_its_indicator_stays_in_the_table():
    content = with_cells(TABLE, 0, {(0, 0): "A", (0, 1): "B"})
    part = NewItem("", "Trong đó", "B", part_of="a")
    content = content.with_item_changed(0, 1, part).with_item(0, NewItem("", "Lời", kind="text"))

    moved = with_cells(content, 0, {(1, 0): "A", (0, 1): "B", (0, 0): "C"})

    assert at(moved)[1, 0] == ("a", "A", "Ngày hội: Nam")
    assert [(item.code, item.part_of) for item in moved.items] == [
        ("c", ""), ("b", "a"), ("a", ""), ("loi", ""),
    ]  # fmt: skip
    assert moved.sections[0].items[1].label == "Trong đó"
    left = with_cells(moved, 0, {(0, 1): "B"})
    assert [(item.code, item.part_of) for item in left.items] == [("b", ""), ("loi", "")]


def test_rows_and_columns_that_stay_or_are_renamed_keep_their_cells():
    content = with_cells(TABLE, 0, {(0, 0): "A", (0, 1): "B", (1, 0): "C"})

    grown = with_table_changed(
        content, 0, "Hoạt động", ["Họp", "Ngày hội", "Hội nghị"], ["Nữ", "Nam"], may_be_nil=False
    )
    renamed = with_table_changed(
        content, 0, "Việc", ["Họp", "Ngày hội"], ["Nam", "Nữ"], may_be_nil=True, kinds=["xã"]
    )
    smaller = with_table_changed(content, 0, "Hoạt động", ["Ngày hội"], ["Nam"], may_be_nil=True)

    assert {place: code for place, (_, code, _) in at(grown).items()} == {
        (2, 1): "A", (2, 0): "B", (1, 1): "C",
    }  # fmt: skip
    assert at(renamed)[0, 0] == ("a", "A", "Họp: Nam")
    assert (renamed.sections[0].title, renamed.sections[0].kinds) == ("Việc", ("xã",))
    assert at(smaller) == {(0, 0): ("c", "C", "Ngày hội: Nam")}


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        ([], ["Nam"], "Đồng chí vui lòng ghi tên các dòng"),
        (["Họp"], [], "Đồng chí vui lòng ghi tên các cột"),
        (["Họp", "hop"], ["Nam"], "Có hai dòng tên “Họp”"),
        ([str(n) for n in range(MOST_ROWS + 1)], ["Nam"], "nhiều nhất 30 dòng"),
        (["Họp"], [str(n) for n in range(MOST_COLUMNS + 1)], "nhiều nhất 8 cột"),
        (["H" * 121], ["Nam"], "Tên dòng dài nhất 120 ký tự"),
    ],
)
def test_rows_and_columns_that_cannot_be_are_refused(rows, columns, words):
    with pytest.raises(RuleError, match=words):
        with_table(Content(), "Bảng", rows, columns)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({(0, 0): "A", (0, 1): "A"}, "đã ở một ô khác của bảng"),
        ({(5, 0): "A"}, "nằm ngoài bảng"),
        ({(0, 0): "X"}, "đã được hỏi ở câu “Câu X”"),
    ],
)
def test_cells_that_cannot_be_are_refused(codes, words):
    content = TABLE.with_section("Khác").with_item(1, NewItem("", "Câu X", "X"))

    with pytest.raises(RuleError, match=words):
        with_cells(content, 0, codes)


def test_a_form_holds_no_more_questions_with_a_table_than_without():
    content = TABLE.with_section("Khác")
    for number in range(MOST_ITEMS - 1):
        content = content.with_item(1, NewItem(f"c{number}", "Câu", kind="text"))

    with pytest.raises(RuleError, match="nhiều nhất 200 câu hỏi"):
        with_cells(content, 0, {(0, 0): "A", (0, 1): "B"})
    with pytest.raises(RuleError, match=GONE):
        with_cells(content, 7, {})


def test_a_cell_stays_a_number_and_stays_where_it_is():
    content = with_cells(TABLE, 0, {(0, 0): "A"}).with_item(0, NewItem("", "Lời", kind="text"))
    content = content.with_section("Sau").with_item(1, NewItem("", "Cuối", kind="text"))

    with pytest.raises(RuleError, match="Ô của bảng phải hỏi một số"):
        content.with_item_changed(0, 0, NewItem("", "Lời", kind="text"))
    assert content.with_item_moved(0, 0, 1) == content
    assert content.with_item_moved(0, 1, -1) == content
    back = content.with_item_moved(1, 0, -1)
    assert [item.label for item in back.sections[0].items] == ["Hội nghị: Nam", "Lời", "Cuối"]


names = st.lists(
    st.sampled_from(["Hội nghị", "Ngày hội", "Họp", "Tập huấn"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(names, names, names, names, st.data())
def test_a_table_changed_in_any_way_can_be_kept_and_read_and_asks_each_indicator_once(
    rows, columns, rows_after, columns_after, data
):
    content = with_table(Content(), "Bảng", rows, columns)
    places = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True))
    content = with_cells(content, 0, {place: f"I{place}" for place in chosen})

    changed = with_table_changed(content, 0, "Bảng", rows_after, columns_after, may_be_nil=True)

    assert Content.read(changed.kept()) == changed
    asked = [(item.row, item.column) for item in changed.items]
    assert sorted(set(asked)) == asked
    assert {item.code for item in changed.items} <= {item.code for item in content.items}
    for item in changed.items:
        before = next(one for one in content.items if one.code == item.code)
        if rows[before.row] in rows_after:
            assert rows_after[item.row] == rows[before.row]
    for row, column in asked:
        assert row < len(rows_after)
        assert column < len(columns_after)


def test_the_parts_of_an_indicator_go_into_the_columns_that_bear_their_names(province):
    table = with_table(Content(), "Hội", ["Hội nghị", "Ngày hội"], ["Nam", "nu", "Cộng"])
    grid = CellGrid(table.sections[0], {"o-0-2": "hn: Người dự", "o-1-0": "NH-CUOC"})

    grid.fill()

    changed = grid.change(table, 0)
    assert {place: code for place, (_, code, _) in at(changed).items()} == {
        (0, 0): "HN.NAM", (0, 1): "HN.NU", (0, 2): "HN", (1, 0): "NH-CUOC",
    }  # fmt: skip
    boxes = {box.name: (box.indicator, box.computed) for box in grid.table.cells}
    assert boxes["o-0-2"] == ("Người dự hội nghị", True)
    assert boxes["o-1-1"] == ("", False)


def test_a_form_with_a_table_for_wards_is_written_on_the_pages_and_published(
    specialist, province, draft
):
    head = {"name": "Báo cáo", "level": "commune", "due_day": 5, "kinds": ["xã", "phường"]}
    assert posted(specialist, draft, "dau", **head).status_code == 302
    table = {"title": "Hội", "rows": "Hội nghị\nNgày hội", "columns": "Nam\nNữ\nCộng"}
    assert posted(specialist, draft, "them-bang", **table, may_be_nil="on").status_code == 302
    page = reverse("reporting:design", args=[draft.pk])
    assert "Bảng có 2 dòng, 3 cột; chưa ô nào hỏi." in plain(specialist.get(page))
    assert "Điền các phần" in plain(specialist.get(page, {"muc": 0, "o": 1}))

    refused = posted(specialist, draft, "o", muc=0, **{"o-0-0": "KHONG-CO", "o-0-1": "HN.NU", "o-1-1": "HN.NU"})  # fmt: skip
    assert refused.status_code == 422
    told = plain(refused)
    assert "Không có chỉ số mã “KHONG-CO”." in told
    assert "Chỉ số HN.NU đã ở một ô khác của bảng." in told
    assert 'value="KHONG-CO"' in refused.content.decode()

    assert posted(specialist, draft, "o-chia", muc=0, **{"o-0-2": "HN", "o-1-2": "NH"}).status_code == 302  # fmt: skip
    assert (
        posted(specialist, draft, "them-muc", title="Đô thị", kinds=["phường"]).status_code == 302
    )
    item = {"muc": 1, "label": "Tổ tự quản", "kind": "number", "indicator_code": "HD-02"}
    assert posted(specialist, draft, "them-cau", **item, kinds=["phường"]).status_code == 302
    shown = plain(specialist.get(page))
    assert "chỉ hỏi phường" in shown
    assert "Sửa ô Hội nghị, Nam" in specialist.get(page).content.decode()
    for address in (page, reverse("reporting:design-preview", args=[draft.pk])):
        assert "Tổ tự quản" in plain(specialist.get(address, {"nhu": "phường"}))
    seen = plain(
        specialist.get(reverse("reporting:design-preview", args=[draft.pk]), {"nhu": "xã"})
    )
    assert "Tổ tự quản" not in seen
    assert "Xem như" in seen

    assert posted(specialist, draft, "ban-hanh", valid_from="01/01/2027").status_code == 302
    form = Form.objects.get(code="BM-09")
    assert form.kinds == ["xã", "phường"]
    cells = FormItem.objects.filter(section__form=form, row=1).order_by("column")
    assert [one.indicator.code for one in cells] == ["NH.NAM", "NH.NU", "NH"]
    assert "xã, phường" in plain(specialist.get(reverse("reporting:manage")))
    assert not FormDraft.objects.exists()


def test_a_table_is_changed_on_its_page_and_what_cannot_be_is_said(specialist, draft):
    table = {"title": "Hội", "rows": "Hội nghị", "columns": "Nam"}
    posted(specialist, draft, "them-bang", **table)
    page = reverse("reporting:design", args=[draft.pk])
    assert "Hội nghị</textarea>" in specialist.get(page, {"muc": 0}).content.decode()

    refused = posted(specialist, draft, "sua-bang", muc=0, title="Hội", rows="A\na", columns="Nam")
    assert refused.status_code == 422
    assert "Có hai dòng tên “A”" in plain(refused)
    assert posted(specialist, draft, "sua-bang", muc=0, title="Hội", rows="A\nB", columns="Nam").status_code == 302  # fmt: skip
    draft.refresh_from_db()
    assert draft.content["sections"][0]["rows"] == ["A", "B"]
    assert posted(specialist, draft, "sua-bang", muc=9, title="Hội", rows="A", columns="B").status_code == 422  # fmt: skip
    assert posted(specialist, draft, "o", muc=9).status_code == 422
    assert posted(specialist, draft, "o", muc="x", **{"o-0-0": "HN"}).status_code == 422
    assert specialist.get(page, {"muc": 9, "o": 1}).status_code == 200


def test_a_form_for_another_level_forgets_the_types_of_places_it_was_for(specialist, draft):
    head = {"name": "Báo cáo", "due_day": 5, "kinds": ["phường", "front_committee"]}

    posted(specialist, draft, "dau", level="commune", **head)
    draft.refresh_from_db()
    assert draft.kinds == ["phường", "front_committee"]
    offered = dict(kinds_offered(draft, on=date(2026, 12, 10)))
    assert (offered["phường"], offered["womens_union"]) == ("Phường", "Hội Liên hiệp Phụ nữ")
    posted(specialist, draft, "dau", level="province", **head)
    draft.refresh_from_db()
    assert draft.kinds == ["front_committee"]


def test_a_unit_of_one_kind_is_shown_what_applies_to_it(draft):
    def change(content):
        content = content.with_section("Đô thị", kinds=["phường"]).with_section("Chung")
        content = content.with_item(0, NewItem("", "Tổ", kind="text"))
        return content.with_item(1, NewItem("", "Lời", kind="text", kinds=["xã"]))

    change_form_draft(draft, change, changes=0, actor=None)
    draft.refresh_from_db()
    lines = lines_of(Content.read(draft.content), on=date(2026, 12, 10))

    assert [one.title for one in seen_lines(lines, "")] == ["Đô thị", "Chung"]
    assert [one.title for one in seen_lines(lines, "phường")] == ["Đô thị"]
    assert [one.title for one in seen_lines(lines, "xã")] == ["Chung"]
    assert (lines[0].told, lines[1].items[0].told) == ("phường", "xã")


@pytest.mark.parametrize("act", ["dau", "them-muc", "them-bang"])
def test_a_kind_of_units_that_is_not_offered_is_refused(specialist, draft, act):
    said = {
        "title": "Hội",
        "rows": "A",
        "columns": "B",
        "name": "x",
        "level": "commune",
        "due_day": 5,
    }

    answer = posted(specialist, draft, act, kinds=["vương quốc"], **said)

    assert answer.status_code == 422
    assert "vương quốc" in plain(answer)
    draft.refresh_from_db()
    assert (draft.changes, draft.kinds) == (0, [])
    page = reverse("reporting:design", args=[draft.pk])
    assert "vương quốc" not in plain(specialist.get(page, {"nhu": "vương quốc"}))
