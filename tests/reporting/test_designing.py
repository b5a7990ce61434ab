"""Writing a form: sections and questions changed one by one, two who write at once, publishing, the next version."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Level
from danvan.reporting.designing import (
    GONE,
    MOST_ITEMS,
    MOST_SECTIONS,
    Content,
    NewItem,
    NewSection,
)
from danvan.reporting.models import Form, FormDraft, FormItem
from danvan.reporting.rules import between
from danvan.reporting.selectors import rules_of
from danvan.reporting.selectors.designing import allowed_drafts, lines_of, places_of_forms
from danvan.reporting.services import (
    begin_form_draft,
    begin_next_version,
    change_draft_head,
    change_form_draft,
    drop_form_draft,
    publish_form_draft,
    set_form_rules,
)
from tests.factories.province import Province, make_grant
from tests.reporting.months import indicators, make_form

pytestmark = pytest.mark.django_db
FROM = date(2027, 1, 1)
NUMBER = NewItem("", "Số cuộc đối thoại", indicator_code="DV-01")
WORDS = NewItem("", "Khó khăn, vướng mắc", kind="text")
EMPTY = Content().with_section("Đối thoại")


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 10)


@pytest.fixture
def province():
    indicators()
    return Province()


def begun(province, **given):
    said = {"code": "BM-09", "name": "Báo cáo quý", "level": Level.COMMUNE, "due_day": 5, **given}
    return begin_form_draft(unit=province.place, actor=None, **said)


def changed(draft, change):
    draft.refresh_from_db()
    return change_form_draft(draft, change, changes=draft.changes, actor=None)


def sentences(refused):
    return [fault.message for fault in refused.value.faults] or [refused.value.message]


def test_a_question_is_given_a_code_that_no_other_has():
    content = EMPTY.with_item(0, NUMBER).with_item(0, WORDS).with_item(0, WORDS)
    assert [item.code for item in content.items] == [
        "dv-01",
        "kho-khan-vuong-mac",
        "kho-khan-vuong-mac-2",
    ]
    assert EMPTY.with_item(0, NewItem("", "???", kind="text")).items[0].code == "cau"


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (NewItem("", " ", kind="text"), "Đồng chí vui lòng ghi câu hỏi."),
        (NewItem("", "Số cuộc"), "Câu hỏi số cần một chỉ số. Đồng chí vui lòng chọn."),
        (NUMBER, "Chỉ số này đã được hỏi ở câu “Số cuộc đối thoại”."),
        (NewItem("", "Ý kiến", kind="text", part_of="dv-01"), "Chỉ một câu hỏi số mới là một phần của một câu hỏi số khác."),
        (NewItem("", "Ý kiến", indicator_code="DV-02", part_of="khong-co"), "Chỉ một câu hỏi số mới là một phần của một câu hỏi số khác."),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_says_why(item, sentence):
    with pytest.raises(RuleError) as refused:
        EMPTY.with_item(0, NUMBER).with_item(0, item)
    assert sentence in sentences(refused)


def test_two_questions_are_not_part_of_each_other():
    part = NewItem("", "Trong đó", indicator_code="DV-02", part_of="dv-01")
    third = NewItem("", "Nữa", indicator_code="DV-03", part_of="dv-02")
    content = EMPTY.with_item(0, NUMBER).with_item(0, part).with_item(0, third)
    with pytest.raises(RuleError) as refused:
        content.with_item_changed(
            0, 0, NewItem("", "Số cuộc", indicator_code="DV-01", part_of="dv-03")
        )
    assert sentences(refused) == [
        "Hai câu không thể là một phần của nhau. Đồng chí vui lòng chọn câu khác."
    ]
    assert [item.part_of for item in content.without_item(0, 0).items] == ["", "dv-02"]


def test_a_changed_question_keeps_its_code():
    content = EMPTY.with_item(0, NUMBER).with_item_changed(
        0, 0, NewItem("x", " Số cuộc ", indicator_code="DV-02")
    )
    assert (content.items[0].code, content.items[0].label) == ("dv-01", "Số cuộc")


def test_questions_and_sections_move_and_stay_at_the_edges():
    content = (
        EMPTY.with_section("Đơn thư", may_be_nil=False).with_item(0, NUMBER).with_item(0, WORDS)
    )
    assert [one.kind for one in content.with_item_moved(0, 1, -1).sections[0].items] == [
        "text",
        "number",
    ]
    assert content.with_item_moved(0, 0, -1) == content
    down = content.with_item_moved(0, 1, 1)
    assert [len(one.items) for one in down.sections] == [1, 1]
    assert down.with_item_moved(1, 0, -1) == content
    assert content.with_item_moved(0, 1, 1).with_item_moved(1, 0, 1) == down
    swapped = content.with_section_moved(0, 1)
    assert [one.title for one in swapped.sections] == ["Đơn thư", "Đối thoại"]
    assert content.with_section_moved(0, -1) == content
    renamed = content.with_section_changed(1, " Đơn, thư ", may_be_nil=True)
    assert (renamed.sections[1].title, renamed.sections[1].may_be_nil) == ("Đơn, thư", True)
    assert content.without_section(0).items == []


def test_what_is_gone_or_too_much_is_refused():
    for act in (
        lambda: EMPTY.with_section_moved(1, 1),
        lambda: EMPTY.without_item(0, 0),
        lambda: EMPTY.with_item(-1, NUMBER),
    ):
        with pytest.raises(RuleError, match=GONE[:40]):
            act()
    with pytest.raises(RuleError, match="Đồng chí vui lòng đặt tên mục"):
        EMPTY.with_section(" ")
    with pytest.raises(RuleError, match="nhiều nhất 30 mục"):
        Content(tuple(NewSection("Mục", ()) for _ in range(MOST_SECTIONS))).with_section("Nữa")
    many = tuple(NewItem(f"c{n}", "Câu", kind="text") for n in range(MOST_ITEMS))
    with pytest.raises(RuleError, match="nhiều nhất 200 câu hỏi"):
        Content((NewSection("Mục", items=many),)).with_item(0, WORDS)


def one_more(content, act, section, place, number):
    part = content.items[0].code if content.items else ""
    item = NewItem("", f"Câu {number}", indicator_code=f"DV-{number}", part_of=part)
    match act:
        case "muc":
            return content.with_section(f"Mục {number}")
        case "cau":
            return content.with_item(section, item)
        case "len" | "xuong":
            return content.with_item_moved(section, place, -1 if act == "len" else 1)
        case "len-muc":
            return content.with_section_moved(section, -1)
        case "bo":
            return content.without_item(section, place)
        case _:
            return content.without_section(section)


ACTS = st.sampled_from(["muc", "cau", "len", "xuong", "len-muc", "bo", "bo-muc"])


@settings(max_examples=60)
@given(st.lists(st.tuples(ACTS, st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_whatever_is_done_codes_stay_unique_and_parts_name_questions(steps):
    content = Content()
    for number, (act, section, place) in enumerate(steps):
        with suppress(RuleError):  # where it is gone
            content = one_more(content, act, section, place, number)
        codes = [one.code for one in content.items]
        assert len(codes) == len(set(codes))
        assert {one.part_of for one in content.items} <= {"", *codes}
        assert Content.read(content.kept()) == content


def test_a_form_is_written_and_published(province):
    draft = begun(province)
    changed(draft, lambda content: content.with_section("Đối thoại"))
    changed(draft, lambda content: content.with_item(0, NUMBER).with_item(0, WORDS))
    draft.refresh_from_db()
    change_draft_head(
        draft, name=" Báo cáo tháng ", level=Level.COMMUNE, due_day=8, due_moves=True,
        source_symbol=" 05-HD/BTGDVTU ", changes=draft.changes, actor=None,
    )  # fmt: skip
    draft.refresh_from_db()
    form = publish_form_draft(draft, valid_from=FROM, changes=draft.changes, actor=None)
    assert (form.code, form.number, form.name, form.due_day, form.due_moves, form.source_symbol) == (
        "BM-09", 1, "Báo cáo tháng", 8, True, "05-HD/BTGDVTU",
    )  # fmt: skip
    items = FormItem.objects.filter(section__form=form).order_by("position")
    assert [(one.code, one.kind, one.required) for one in items] == [
        ("dv-01", "number", True), ("kho-khan-vuong-mac", "text", True),
    ]  # fmt: skip
    assert not FormDraft.objects.exists()
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {
        "reporting.begin_form_draft", "reporting.change_form_draft", "reporting.publish_form_draft",
    } <= acts  # fmt: skip


def test_the_next_version_begins_with_what_is_asked_now_and_keeps_its_rules(province):
    form = make_form(province)
    first = FormItem.objects.filter(section__form=form, kind="number").order_by("pk").first()
    rule = between("khoang", first.code, least=0, most=99)
    set_form_rules(form, [rule], actor=None)
    draft = begin_next_version(form, actor=None)
    asked = FormItem.objects.filter(section__form=form).order_by("section__position", "position")
    content = Content.read(draft.content)
    assert [item.code for item in content.items] == [one.code for one in asked]
    assert [bool(item.part_of) for item in content.items] == [
        one.part_of_id is not None for one in asked
    ]
    published = publish_form_draft(draft, valid_from=FROM, changes=0, actor=None)
    assert (published.number, rules_of(published.pk)) == (2, (rule,))
    form.refresh_from_db()
    assert form.valid_to == FROM


def test_a_question_that_a_rule_looks_at_is_not_left_out(province):
    form = make_form(province)
    first = FormItem.objects.filter(section__form=form, kind="number").order_by("pk").first()
    set_form_rules(form, [between("khoang", first.code, least=0, most=99)], actor=None)
    draft = begin_next_version(form, actor=None)
    content = Content.read(draft.content)
    section, place = next(
        (s, i)
        for s, one in enumerate(content.sections)
        for i, item in enumerate(one.items)
        if item.code == first.code
    )
    changed(draft, lambda found: found.without_item(section, place))
    draft.refresh_from_db()
    with pytest.raises(RuleError, match=f"không có câu hỏi mã “{first.code}”"):
        publish_form_draft(draft, valid_from=FROM, changes=draft.changes, actor=None)
    assert Form.objects.filter(code=form.code).count() == 1
    assert FormDraft.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": " "}, "Đồng chí vui lòng đặt mã biểu mẫu."),
        ({"name": " "}, "Đồng chí vui lòng đặt tên biểu mẫu."),
        ({"level": "huyen"}, "Đồng chí vui lòng chọn cấp báo cáo."),
        ({"due_day": 29}, "Hạn gửi phải là một ngày từ 1 đến 28 của tháng sau."),
    ],
)
def test_a_head_that_says_too_little_is_refused(province, given, sentence):
    with pytest.raises(RuleError) as refused:
        begun(province, **given)
    assert sentence in sentences(refused)
    draft = begun(province)
    said = {"name": "Tên", "level": Level.COMMUNE, "due_day": 5, **given}
    if "code" not in given:
        with pytest.raises(RuleError) as refused:
            change_draft_head(
                draft, **said, due_moves=False, source_symbol="", changes=0, actor=None
            )
        assert sentence in sentences(refused)


def test_one_code_is_written_once_and_a_form_in_force_by_its_next_version(province):
    form = make_form(province)
    begun(province)
    with pytest.raises(RuleError, match="đang có một bản soạn"):
        begun(province)
    with pytest.raises(RuleError, match="soạn phiên bản mới của biểu ấy"):
        begun(province, code=form.code)
    begin_next_version(form, actor=None)
    with pytest.raises(RuleError, match="đang có một bản soạn"):
        begin_next_version(form, actor=None)


def test_of_two_who_write_at_once_the_second_is_told(province):
    draft = begun(province)
    changed(draft, lambda content: content.with_section("Của người thứ nhất"))
    with pytest.raises(RuleError, match="vừa được người khác sửa"):
        change_form_draft(draft, lambda content: content.with_section("Hai"), changes=0, actor=None)
    draft.refresh_from_db()
    assert [one["title"] for one in draft.content["sections"]] == ["Của người thứ nhất"]
    drop_form_draft(draft, changes=1, actor=None)
    with pytest.raises(RuleError, match="vừa được người khác sửa hoặc ban hành"):
        drop_form_draft(draft, changes=1, actor=None)


def test_who_may_set_forms_where(province):
    specialist = make_grant(province.place, "specialist")
    assert [name for _, name in places_of_forms(specialist, on=FROM)] == ["Tỉnh Nghệ An"]
    officer = make_grant(province.communes[0], "commune_officer")
    assert places_of_forms(officer, on=FROM) == []
    draft = begun(province)
    assert list(allowed_drafts(specialist)) == [draft]
    assert list(allowed_drafts(officer)) == []


def test_the_lines_say_what_is_worked_out_and_what_is_no_indicator(province):
    content = (
        EMPTY.with_item(0, NUMBER)
        .with_item(0, NewItem("", "Lạ", indicator_code="DV-99"))
        .with_item(0, WORDS)
    )
    [section] = lines_of(content, on=FROM)
    known, strange, words = section.items
    assert (bool(known.indicator), strange.indicator, words.indicator) == (True, "", "")
