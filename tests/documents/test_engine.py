"""What the engine reads, as proposals of ours. Texts are made from parts, so each expectation is known."""

import json
from datetime import date
from decimal import Decimal

import pytest

from danvan.documents import engine
from danvan.documents.bodies import TargetBody, body_of
from danvan.documents.enums import DocumentType
from danvan.indicators import counters
from danvan.reading import MEASURES
from tests.documents.papers import Paper


def targets(*sentences, **given):
    paper = Paper(body=("Ban Thường vụ Tỉnh ủy yêu cầu:", "II. Mục tiêu", *sentences), **given)
    text = paper.text()
    drafts = [one for one in engine.propose(text) if one.kind == "target"]
    return text, drafts


def test_every_measure_of_the_engine_leads_to_a_counter():
    known = {counter.key for counter in counters.all_counters()}
    assert {engine.counter_of(measure) for measure in MEASURES} <= known
    assert engine.counter_of("") == ""


def test_a_counted_target_is_read_whole():
    text, [draft] = targets(
        "1. Hằng năm, 100% cấp ủy cấp xã làm việc với Mặt trận Tổ quốc cùng cấp và ban hành văn bản"
        " định hướng hoạt động."
    )
    body = draft.body
    assert body.missing() == ()
    assert [(g.kind, g.levels) for g in body.groups] == [("party_committee", ("commune",))]
    assert [(c.counter, c.minimum) for c in body.conditions] == [
        ("activities.working_session", 1),
        ("documents.issued.orientation_document", 1),
    ]
    assert (body.every, body.share, body.valid_from) == ("year", None, date(2026, 3, 2))
    assert text[draft.start : draft.end].startswith("1. Hằng năm")
    assert body.title.startswith("Hằng năm, 100%")


def test_a_share_below_the_whole_is_kept_in_whole_numbers():
    _, [draft] = targets("1. Mỗi quý, 85,5% cấp ủy cấp xã tổ chức ít nhất 01 cuộc đối thoại.")
    assert (draft.body.share, draft.body.every) == ((855, 1000), "quarter")


def test_all_levels_are_those_there_were():
    _, [draft] = targets(
        "1. Mỗi năm, 100% Mặt trận Tổ quốc các cấp chủ trì ít nhất 02 nội dung giám sát."
    )
    assert draft.body.groups[0].levels == ("province", "commune")
    sentence = "1. Mỗi năm, 100% Mặt trận Tổ quốc các cấp chủ trì ít nhất 02 nội dung giám sát."
    _, [old] = targets(sentence, day=date(2025, 6, 30))
    assert old.body.groups[0].levels == ("province", "district", "commune")


def test_several_targets_of_one_sentence_share_it_out_and_have_titles_of_their_own():
    text, drafts = targets(
        "1. Mỗi năm, Ủy ban Mặt trận Tổ quốc cấp xã chủ trì ít nhất 02 nội dung giám sát, 03 nội dung phản"
        " biện xã hội."
    )
    spans = [(one.start, one.end) for one in drafts]
    assert [one.body.conditions[0].minimum for one in drafts] == [2, 3]
    assert spans[0][1] <= spans[1][0]
    assert text[slice(*spans[1])].startswith("03 nội dung")
    assert len({one.body.title for one in drafts}) == 2
    assert [text[slice(*span)].strip(" ,") for span in spans] == [
        text[slice(*span)] for span in spans
    ]


def test_a_target_asks_nothing_of_the_time_before_its_document():
    _, [draft] = targets(
        "1. Hằng tháng, 100% cấp ủy cấp xã tổ chức ít nhất 01 cuộc đối thoại.",
        about="về đối thoại giai đoạn 2025-2030",
    )
    assert (draft.body.valid_from, draft.body.valid_to) == (date(2026, 3, 2), date(2031, 1, 1))


def test_without_a_day_of_the_document_the_first_day_is_asked_for():
    text = "1. Hằng tháng, 100% cấp ủy cấp xã phải tổ chức ít nhất 01 cuộc đối thoại."
    [draft] = [one for one in engine.propose(text) if one.kind == "target"]
    assert draft.body.missing() == ("valid_from",)
    [dated] = [
        one for one in engine.propose(text, issued_on=date(2026, 2, 1)) if one.kind == "target"
    ]
    assert dated.body.missing() == ()


def test_a_qualitative_target_has_no_conditions():
    _, [draft] = targets("1. Thực hiện tốt việc công khai kết quả giải quyết kiến nghị.")
    assert (draft.body.quality, draft.body.conditions, draft.body.missing()) == (
        "qualitative", (), ("every",),
    )  # fmt: skip


def test_figures_and_citations_keep_their_parts():
    drafts = engine.propose(Paper().text())
    [citation] = [one.body for one in drafts if one.kind == "citation"]
    assert (citation.symbol, citation.document_type) == ("23-QĐ/TW", "decision")
    assert (citation.issuer_name, citation.issued_on) == ("Bộ Chính trị", date(2021, 7, 30))
    figures = [one.body for one in drafts if one.kind == "figure"]
    assert [(f.value, f.numerator, f.denominator, f.percent) for f in figures] == [
        (Decimal(318), None, None, None),
        (Decimal(712), Decimal(712), Decimal(805), Decimal("88.4")),
    ]


def test_a_text_that_contradicts_itself_says_so_beside_the_figure():
    paper = Paper(body=("I. Kết quả", "Năm 2025 đã giải quyết 37/41 kiến nghị, đạt 92,7%."))
    [figure] = [one.body for one in engine.propose(paper.text()) if one.kind == "figure"]
    assert "90,2" in figure.note


def test_a_law_cited_by_its_name_alone_is_a_citation():
    paper = Paper(
        body=("Căn cứ Luật Thực hiện dân chủ ở cơ sở, Tỉnh ủy yêu cầu các cấp ủy thực hiện.",)
    )
    [law] = [one.body for one in engine.propose(paper.text()) if one.kind == "citation"]
    assert (law.symbol, law.document_type) == ("", DocumentType.LAW)
    assert "Thực hiện dân chủ" in law.name


def test_every_body_survives_being_stored():
    for draft in engine.propose(Paper().text()):
        stored = json.loads(json.dumps(draft.body.as_json()))
        assert body_of(draft.kind, stored) == draft.body


def test_no_two_drafts_of_a_kind_stand_on_one_span():
    drafts = engine.propose("\n".join([Paper().text()] * 3))
    spans = [(one.kind, one.start, one.end) for one in drafts]
    assert len(spans) == len(set(spans))
    assert all(one.start < one.end and 0 <= one.confidence <= 100 for one in drafts)


@pytest.mark.parametrize("text", ["", " ", "Xin chào.", "100%", "?" * 50])
def test_any_text_may_be_read(text):
    assert isinstance(engine.propose(text), list)


def test_the_head_of_a_long_text_is_read_from_its_beginning_and_its_end():
    middle = "Tỉnh ủy yêu cầu các cấp thực hiện. " * 4_000
    paper = Paper(body=(middle,))
    head = engine.head_of(paper.text())
    assert (head.symbol, head.signer) == ("07-NQ/TU", "Trần Văn Bình")


def test_a_calendar_period_that_is_named_says_how_often():
    from danvan import reading

    stated = reading.Target(
        0, 9, 0.9, "x", "x", sentence=reading.Span(0, 9), title="t",
        period=reading.Period("năm 2027", date(2027, 1, 1), date(2027, 12, 31)),
        share=(Decimal(2), Decimal(0)), share_stated=True, comparator="gt", low=Decimal(3), high=Decimal(5),
        unit="mô hình",
    )  # fmt: skip
    draft = engine._target(stated, None, date(2026, 1, 1), alone=False)
    assert (draft.body.every, draft.body.share) == ("year", None)
    assert (draft.body.valid_from, draft.body.valid_to) == (date(2027, 1, 1), date(2028, 1, 1))
    assert (draft.body.stated, draft.body.comparator) == ("> 3–5 mô hình", "gt")
    over = engine._share((Decimal(3), Decimal(2)))
    assert (over, TargetBody().missing()[0]) == (None, "title")
