"""How the parts of a proposal are said."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.documents.bodies import (
    ActivityBody,
    CitationBody,
    Condition,
    FigureBody,
    Group,
    TargetBody,
    TaskBody,
)
from danvan.documents.gaps import QUESTIONS, SHORT, ask_for
from danvan.documents.wording import (
    citation_answers,
    counter_label,
    figure_answers,
    figure_text,
    share_text,
    six_answers,
    title_of,
)

FRONTS = Group(kind="front_committee", levels=("commune",), words="Mặt trận cấp xã")


def answers(body, **names):
    return dict(six_answers(body, {7: "Ban Dân vận"}))


def test_a_whole_target_answers_six_questions():
    body = TargetBody(
        title="x", groups=(FRONTS,), every="quarter", share=(855, 1000), comparator="gt",
        conditions=(Condition(counter="activities.supervision", minimum=2, words="giám sát"),
                    Condition(counter="documents.issued.plan", minimum=1, words="kế hoạch")),
        valid_from=date(2026, 3, 2), valid_to=date(2031, 1, 1), followed_by=7, evidence="Thông báo",
    )  # fmt: skip
    assert answers(body) == {
        "Đo cái gì": "Nội dung giám sát; Kế hoạch đã ban hành",
        "Mức cần đạt": "> 85,5 % Ủy ban Mặt trận Tổ quốc (cấp xã), ≥ 2 nội dung, ≥ 1 văn bản",
        "Ai theo dõi": "Ban Dân vận",
        "Nguồn số liệu": "Sổ hoạt động, Sổ văn bản đi",
        "Minh chứng": "Thông báo",
        "Khi nào": "Mỗi quý, từ 02/03/2026, đến hết 31/12/2030",
    }


def test_what_a_text_does_not_state_stays_empty():
    assert set(answers(TargetBody()).values()) == {""}


def test_a_target_nobody_can_count_says_so_and_keeps_what_is_stated():
    body = TargetBody(quality="qualitative", stated="≥ 60 triệu đồng", measured_by="Niên giám")
    assert answers(body)["Đo cái gì"] == "Đánh giá theo minh chứng, không đếm"
    assert answers(body)["Mức cần đạt"] == "≥ 60 triệu đồng"
    assert answers(body)["Nguồn số liệu"] == "Niên giám"


def test_a_condition_nothing_counts_is_said_in_the_words_of_the_text():
    odd = Condition(counter="", minimum=3, words="buổi gặp")
    unknown = Condition(counter="nothing.here", minimum=1)
    body = TargetBody(groups=(Group(words="các đơn vị"),), conditions=(odd, unknown))
    assert answers(body)["Đo cái gì"] == "buổi gặp; nothing.here"
    assert answers(body)["Mức cần đạt"] == "100 % các đơn vị, ≥ 3, ≥ 1"
    assert counter_label("activities.training").startswith("Lớp")


@pytest.mark.parametrize(
    ("share", "text"),
    [((9, 10), "90 %"), ((855, 1000), "85,5 %"), ((2, 3), "2/3"), ((1, 1), "100 %")],
)
def test_a_share_is_said_as_people_say_it(share, text):
    assert share_text(share) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"value": Decimal(1284), "unit_label": "cuộc"}, "1.284 cuộc"),
        ({"value": Decimal(20), "qualifier": "gt"}, "trên 20"),
        ({"low": Decimal(3), "high": Decimal(5), "unit_label": "mô hình"}, "3–5 mô hình"),
        ({"low": Decimal(3)}, "3"),
        ({"high": Decimal("5.5")}, "5,5"),
        ({"unit_label": "cuộc"}, "cuộc"),
    ],
)
def test_a_figure_is_said_as_it_is_stated(parts, text):
    assert figure_text(FigureBody(**parts)) == text


def test_a_figure_shows_its_share_beside_what_the_text_says():
    body = FigureBody(
        label="Kiến nghị", value=Decimal(37), numerator=Decimal(37), denominator=Decimal(41),
        percent=Decimal("92.7"), period_from=date(2026, 1, 1), period_to=date(2026, 6, 30),
    )  # fmt: skip
    assert dict(figure_answers(body)) == {
        "Con số": "37",
        "Tỷ lệ": "37/41 = 90,2 %",
        "Văn bản ghi": "92,7 %",
        "Kỳ": "01/01/2026–30/06/2026",
    }
    assert dict(figure_answers(FigureBody(value=Decimal(3)))) == {"Con số": "3", "Kỳ": ""}
    unknown = FigureBody(numerator=Decimal(3), period_words="quý I")
    assert dict(figure_answers(unknown))["Tỷ lệ"] == "3/chưa rõ tổng số"


def test_titles():
    assert title_of(TargetBody(title="Giám sát")) == "Giám sát"
    assert title_of(FigureBody(value=Decimal(3), label="Cuộc")) == "3: Cuộc"
    assert title_of(FigureBody(value=Decimal(3))) == "3"
    assert (
        title_of(CitationBody(symbol="1-NQ/TU", issued_on=date(2026, 1, 2)))
        == "1-NQ/TU, 02/01/2026"
    )
    assert title_of(CitationBody(name="Luật Đất đai")) == "Luật Đất đai"
    answered = dict(citation_answers(CitationBody(document_type="rule", issuer_name="Tỉnh ủy")))
    assert answered == {
        "Loại văn bản": "Quy định",
        "Cơ quan ban hành": "Tỉnh ủy",
        "Ngày ban hành": "",
    }


def test_every_part_that_may_be_missing_has_its_question():
    everything = (
        *TargetBody(title="", valid_from=None).missing(), *CitationBody().missing(), *FigureBody().missing(),
        *TaskBody().missing(), *ActivityBody().missing(),
    )  # fmt: skip
    assert set(everything) == set(QUESTIONS) == set(SHORT)
    assert ask_for(("every", "levels")) == (
        "Văn bản chưa nêu rõ: chu kỳ, cấp. Đồng chí vui lòng bổ sung rồi nhận."
    )
