"""A form is asked of certain kinds of units, its sections and questions of certain of these; frozen when it is opened."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Kind
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors.kinds import kind_label, place_kinds
from danvan.reporting.answers import read_answers
from danvan.reporting.exports import period_sheet
from danvan.reporting.models import Obligation
from danvan.reporting.questions import Question, Questions, QuestionSection
from danvan.reporting.selectors import book_for, report_of, sheet_of
from danvan.reporting.selectors.asking import is_asked
from danvan.reporting.services import (
    NewItem,
    NewSection,
    open_period,
    return_report,
    save_draft,
    submit_report,
)
from danvan.reporting.templating import month_csv
from tests.factories.province import make_grant
from tests.once import once, own
from tests.reporting.laid import FILLED, LaidMonth, kinds_in, laid_sections
from tests.reporting.months import NOVEMBER, TODAY, make_form

pytestmark = pytest.mark.django_db
_laid = once(LaidMonth, DANVAN_TODAY=TODAY)


@pytest.fixture
def laid(_laid, db):
    return own(_laid)


def asked_form(laid, code, **changes):
    sections = changes.pop("sections", None) or [
        NewSection("Họp", [NewItem("hop", "Họp", "HD-01")])
    ]
    return make_form(
        laid.province, code=code, valid_from=NOVEMBER.first, sections=sections, **changes
    )


def test_a_form_for_wards_is_owed_by_wards_alone(laid):
    owed = open_period(asked_form(laid, "P-01", kinds=["phường"]), NOVEMBER, actor=None)

    assert [(one.unit_id, one.kind) for one in owed] == [
        (place.pk, "phường") for place in laid.province.communes[1:]
    ]


def test_a_form_may_be_asked_of_organisations_at_the_level(laid):
    form = asked_form(laid, "T-01", kinds=[Kind.FRONT_COMMITTEE])

    owed = open_period(form, NOVEMBER, actor=None)

    assert {one.unit_id for one in owed} == {front.pk for front in laid.province.fronts}
    assert {one.kind for one in owed} == {"front_committee"}
    officer = make_grant(laid.province.fronts[0], "commune_officer")
    assert list(Obligation.objects.allowed(officer, "submissions.enter")) == [owed[0]]
    sent = submit_report(owed[0], answers={"hop": "3"}, actor=officer)
    assert (sent.vintage, sheet_of(owed[1]).unit_name) == (1, "Ủy ban MTTQ Việt Nam Xã Con Cuông")


def test_places_and_organisations_may_be_asked_by_one_form(laid):
    form = asked_form(laid, "T-02", kinds=["xã", Kind.FRONT_COMMITTEE])

    owed = open_period(form, NOVEMBER, actor=None)

    assert sorted(one.kind for one in owed) == ["front_committee"] * 3 + ["xã"]


def test_a_month_that_nobody_owes_is_not_opened_and_says_of_whom_it_was_asked(laid):
    with pytest.raises(RuleError, match=r"không có đơn vị cấp xã \(đặc khu\) nào phải gửi"):
        open_period(asked_form(laid, "D-01", kinds=["đặc khu"]), NOVEMBER, actor=None)


def test_who_is_asked_no_question_owes_nothing(laid):
    section = NewSection("Đô thị", [NewItem("to", "Tổ", "HD-02")], kinds=["phường"])

    owed = open_period(asked_form(laid, "P-02", sections=[section]), NOVEMBER, actor=None)

    assert [one.unit_id for one in owed] == [place.pk for place in laid.province.communes[1:]]


def test_each_kind_sees_and_answers_what_applies_to_it_alone(laid):
    rural, urban = sheet_of(laid.rural), sheet_of(laid.urban)

    assert [part.title for part in rural.sections] == ["Họp", "Hoạt động"]
    assert [part.title for part in urban.sections] == ["Họp", "Hoạt động", "Đô thị"]
    assert (rural.answered, rural.asked, urban.asked) == (0, 7, 8)
    filled = sheet_of(save_draft(laid.rural, FILLED, actor=None))
    assert (filled.answered, [part.complete for part in filled.sections]) == (7, [True, True])


def test_a_question_of_a_listed_section_may_be_for_one_kind(laid):
    section = NewSection(
        "Họp", [NewItem("hop", "Họp", "HD-01"), NewItem("to", "Tổ", "HD-02", kinds=["phường"])]
    )
    owed = open_period(asked_form(laid, "P-03", sections=[section]), NOVEMBER, actor=None)

    assert [sheet_of(one).asked for one in owed] == [1, 2, 2]


def test_what_applies_stays_when_the_unit_becomes_another_kind(laid):
    kinds_in(laid.province, "phường")

    laid.rural.refresh_from_db()

    assert open_period(laid.form, NOVEMBER, actor=None)[0].kind == "xã"
    assert sheet_of(laid.rural).asked == 7
    assert submit_report(laid.rural, answers=FILLED, actor=None).vintage == 1


def test_what_is_not_asked_is_refused_where_it_is_answered(laid):
    with pytest.raises(RuleError) as broken:
        submit_report(laid.rural, answers=FILLED | {"to": "2"}, actor=None)

    assert [fault.message for fault in broken.value.faults] == [
        "Biểu này không có câu hỏi mã “to”."
    ]


def test_what_is_asked_must_be_answered(laid):
    with pytest.raises(RuleError) as broken:
        submit_report(laid.urban, answers=FILLED, actor=None)

    assert [fault.column for fault in broken.value.faults] == ["to"]


def test_a_rule_that_reads_what_does_not_apply_is_unknown_and_not_broken(laid):
    assert [rule.code for rule in book_for(laid.urban).rules] == ["to-it-hon-hop"]
    assert book_for(laid.rural).rules == ()

    assert submit_report(laid.rural, answers=FILLED | {"hop": "40"}, actor=None).vintage == 1
    with pytest.raises(RuleError) as broken:
        submit_report(laid.urban, answers=FILLED | {"hop": "40", "to": "2"}, actor=None)
    assert [fault.column for fault in broken.value.faults] == ["hop"]


def test_the_report_page_and_the_return_know_only_what_was_asked(laid):
    submit_report(laid.rural, answers=FILLED, actor=None)
    specialist = make_grant(laid.province.place, "specialist")
    laid.rural.refresh_from_db()

    report = report_of(specialist, laid.rural)

    assert [part.title for part in report.sections] == ["Họp", "Hoạt động"]
    table = report.sections[1].table
    assert [column.label for column in table.columns] == ["Số cuộc", "Nam", "Nữ", "Cộng người"]
    assert [
        [int(cell.sent.amount) if cell.sent.given else cell.computed.words for _, cell in row.cells]
        for row in table.rows
    ] == [[3, 20, 30, "20 + 30 = 50"], [1, 100, 120, "100 + 120 = 220"]]
    with pytest.raises(RuleError, match="không có câu hỏi mã “to”"):
        return_report(laid.rural, words="", comments={"to": "Thiếu."}, actor=specialist)
    assert (
        return_report(
            laid.rural, words="", comments={"hn-nam": "Sổ ghi 25."}, actor=specialist
        ).standing
        == "returned"
    )
    laid.rural.refresh_from_db()
    returned = sheet_of(laid.rural).sections[1].table.rows[0].cells[1][1]
    assert (returned.comment, returned.text) == ("Sổ ghi 25.", "20")


def test_the_month_as_excel_tells_what_is_not_asked_from_what_was_not_given(laid):
    submit_report(laid.rural, answers=FILLED, actor=None)

    sheet = load_workbook(BytesIO(period_sheet(laid.form, NOVEMBER))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    heads = next(row for row in rows if row[0] == "Mã")
    at = heads.index("Tổ dân phố tự quản (tổ)")
    by_name = {row[1]: row[at] for row in rows if row[0] not in ("Mã", None)}
    assert by_name["Xã Môn Sơn"] == "–"
    assert by_name["Xã Con Cuông"] is None
    assert any("không hỏi đơn vị ấy" in str(row[0]) for row in rows)
    assert "HN" in heads or "Hội nghị: Nam (người)" in heads
    assert "Tổ dân phố" not in month_csv(laid.form, NOVEMBER).decode()


def test_a_whole_of_which_a_part_is_not_asked_may_leave_a_rest():
    form = Questions.of((
        QuestionSection(1, "A", may_be_nil=True, questions=(
            Question("tong", "Tổng", divided=True),
            Question("mot", "Một", part_of="tong"),
            Question("hai", "Hai", part_of="tong", kinds=("phường",)),
        )),
    ))  # fmt: skip
    answers = {"tong": "5", "mot": "3"}

    assert read_answers(form.asked_of("xã"), answers).faults == []
    assert [fault.column for fault in read_answers(form, answers | {"hai": "1"}).faults] == ["tong"]


@given(
    st.lists(st.lists(st.sampled_from(["xã", "phường", "đặc khu"]), max_size=2), min_size=1, max_size=5),
    st.lists(st.sampled_from(["xã", "phường"]), max_size=1),
    st.sampled_from(["xã", "phường", "đặc khu", ""]),
)  # fmt: skip
def test_what_is_asked_of_a_kind_is_what_names_it_or_names_none(of_questions, of_section, kind):
    questions = tuple(
        Question(f"c{number}", "Câu", kinds=tuple(kinds))
        for number, kinds in enumerate(of_questions)
    )
    form = Questions.of(
        (QuestionSection(1, "A", may_be_nil=True, questions=questions, kinds=tuple(of_section)),)
    )

    asked = form.asked_of(kind)

    assert set(asked.by_code) == {
        f"c{number}"
        for number, kinds in enumerate(of_questions)
        if (not of_section or kind in of_section) and (not kinds or kind in kinds)
    }
    assert asked.asked_of(kind) is asked
    assert all(part.questions for part in asked.sections)


@pytest.mark.parametrize(
    ("kinds", "sections", "words"),
    [
        (["Phường"], None, "Không có loại đơn vị “Phường”."),
        (["x" * 41], None, "Không có loại đơn vị"),
        (["xã"], [NewSection("A", [NewItem("a", "A", "HD-01")], kinds=["phường"])], "Mục “A” hỏi phường, nhưng biểu không gửi"),
        ([], [NewSection("A", [NewItem("a", "A", "HD-01")], kinds=["womens_union"])], "Mục “A” hỏi hội Liên hiệp Phụ nữ"),
        ([], [NewSection("A", [NewItem("a", "Câu A", "HD-01", kinds=["xã"])], kinds=["phường"])], "Câu “Câu A” hỏi xã"),
        (["xã", "phường"], [NewSection("A", [NewItem("a", "A", "HD-01")], kinds=["phường"])], "gửi cho xã nhưng không có câu nào hỏi"),
    ],
)  # fmt: skip
def test_what_is_asked_of_nobody_is_refused_when_the_form_is_defined(laid, kinds, sections, words):
    with pytest.raises(RuleError) as broken:
        asked_form(laid, "S-01", kinds=kinds, sections=sections)

    assert any(words in fault.message for fault in broken.value.faults)


def cells(*at, **more):
    return [
        NewItem(f"o{number}", f"Ô {number}", code, row=row, column=column, **more)
        for number, (code, row, column) in enumerate(at)
    ]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (NewSection("A", cells(("HD-01", 0, 0)), rows=["r"]), "Bảng “A” cần cả dòng và cột."),
        (NewSection("A", cells(("HD-01", 0, 0))), "Mục “A” không phải là bảng."),
        (NewSection("A", cells(("HD-01", 0, 5)), rows=["r"], columns=["c"]), "Câu “Ô 0” nằm ngoài bảng."),
        (NewSection("A", cells(("HD-01", 0, 0), ("HD-02", 0, 0)), rows=["r"], columns=["c"]), "dòng 1, cột 1 có 2 câu hỏi"),
        (NewSection("A", cells(("HD-01", 0, 0)), rows=["r", "s"], columns=["c"]), "dòng “s” chưa có ô nào hỏi"),
        (NewSection("A", cells(("HD-01", 0, 0)), rows=["r"], columns=["c", "d"]), "cột “d” chưa có ô nào hỏi"),
        (NewSection("A", cells(("", 0, 0), kind="text"), rows=["r"], columns=["c"]), "Ô “Ô 0” của bảng phải hỏi một số."),
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_refused_when_the_form_is_defined(laid, section, words):
    with pytest.raises(RuleError) as broken:
        asked_form(laid, "S-02", sections=[section])

    assert any(words in fault.message for fault in broken.value.faults)


def test_a_form_goes_on_in_its_next_version_as_it_is_asked(laid):
    from danvan.reporting.designing import Content
    from danvan.reporting.services import begin_next_version

    draft = begin_next_version(laid.form, actor=None)

    content = Content.read(draft.content)
    told = [(one.title, one.kinds, one.rows, one.columns) for one in content.sections]
    assert told == [
        (one.title, tuple(one.kinds), tuple(one.rows), tuple(one.columns))
        for one in laid_sections()
    ]
    assert [(one.row, one.column) for one in content.sections[1].items] == [
        (row, column) for row in (0, 1) for column in range(4)
    ]


def test_the_kinds_of_places_are_those_that_stand_there(laid):
    place = laid.province.place.pk

    assert place_kinds(place, "commune", on=TODAY) == ["phường", "xã"]
    assert kind_label("womens_union") == "Hội Liên hiệp Phụ nữ"


def test_a_form_of_places_is_asked_of_no_organisation(laid):
    questioned = [([], [])]

    assert is_asked(laid.form, "xã", questioned)
    assert not is_asked(laid.form, "front_committee", questioned)
    assert UnitVersion.objects.filter(kind="front_committee").exists()


def test_words_that_cite_a_figure_which_is_not_asked_of_a_unit_can_be_written_and_sent(laid):
    section = NewSection(
        "Họp",
        [
            NewItem("hop", "Họp", "HD-01"),
            NewItem("to", "Tổ", "HD-02", kinds=["phường"]),
            NewItem(
                "loi", "Lời", kind="text", pattern="Đã họp [hop] cuộc, [to] tổ.", required=False
            ),
        ],
    )
    rural, urban, _ = open_period(
        asked_form(laid, "P-09", sections=[section]), NOVEMBER, actor=None
    )

    assert [sheet_of(one).asked for one in (rural, urban)] == [2, 3]
    words = "Đã họp [hop] cuộc."
    sent = submit_report(rural, answers={"hop": "4", "loi": words}, actor=None)
    both = submit_report(urban, answers={"hop": "4", "to": "2", "loi": "Có [to] tổ."}, actor=None)

    assert sent.vintage == both.vintage == 1
    specialist = make_grant(laid.province.place, "specialist")
    for one in (rural, urban):
        one.refresh_from_db()
        assert report_of(specialist, one).sections[0].cells[-1].sent.given
