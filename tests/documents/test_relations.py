"""What documents do to each other: read from the words, decided by people, shown from both sides."""

from datetime import date

import pytest

from danvan.documents.enums import ProposalKind, RelationKind, Stage, Verdict
from danvan.documents.models import Document, Relation
from danvan.documents.selectors import related_by, relations_of
from danvan.documents.selectors.relations import document_bearing
from danvan.documents.services import (
    accept_proposal,
    add_relation,
    correct_proposal,
    decide_relation,
    distribute_document,
    propose_again,
    receive_document,
    register_issued_document,
    reject_open,
    reject_proposal,
    reopen_proposal,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.reading.relations import tie_of
from tests.documents.acts import enter
from tests.documents.papers import Paper
from tests.factories import DocumentFactory
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db

A, B = "Nghị quyết số 04-NQ/TU", "Kết luận số 12-KL/TW"

# The text, the document asked about, what is proposed (None: nothing).
WORDS = [
    (f"Thực hiện {A}, Ban Thường vụ ban hành kế hoạch.", A, RelationKind.IMPLEMENTS),
    (f"Thực hiện {A} và {B}, Ban Thường vụ yêu cầu.", B, RelationKind.IMPLEMENTS),
    (f"Để triển khai thực hiện có hiệu quả {A}, Tỉnh ủy yêu cầu.", A, RelationKind.IMPLEMENTS),
    (f"về việc cụ thể hóa {A}", A, RelationKind.IMPLEMENTS),
    (f"Thực hiện {A} về việc triển khai {B}.", B, None),
    (f"Thực hiện chế độ báo cáo theo {A}.", A, None),
    (f"Nghị quyết này thay thế {A}.", A, RelationKind.REPLACES),
    (f"Quyết định này thay thế cho {A}, {B}.", B, RelationKind.REPLACES),
    (f"{B} đã được thay thế bởi {A}.", A, None),
    (f"Luật đã được sửa đổi, bổ sung theo {A}.", A, None),
    (f"Quyết định sửa đổi, bổ sung một số điều của {A}", A, RelationKind.AMENDS),
    (f"Sửa đổi {A} như sau:", A, RelationKind.AMENDS),
    (f"Căn cứ {B} sửa đổi, bổ sung {A};", A, None),
    (f"Căn cứ {B} sửa đổi, bổ sung {A};", B, RelationKind.BASED_ON),
    (f"Trả lời {A}, Ban Dân vận có ý kiến như sau.", A, RelationKind.ANSWERS),
    (f"Phúc đáp {A}:", A, RelationKind.ANSWERS),
    (f"(Ban hành kèm theo {A})", A, RelationKind.PROMULGATES),
    (f"Kèm theo {A}", A, RelationKind.PROMULGATES),
    ("x\n" * 1500 + f"(Ban hành kèm theo {A})", A, None),
    (f"Báo cáo sơ kết 05 năm thực hiện {A}", A, RelationKind.REVIEWS),
    (f"về việc tổng kết 10 năm thực hiện {A}", A, RelationKind.REVIEWS),
    (f"- Căn cứ {A};\n- Căn cứ {B};", B, RelationKind.BASED_ON),
    (f"Căn cứ {B}; {A};", A, RelationKind.BASED_ON),
    (f"Căn cứ:\n- {B};\n- {A};", A, None),
    (f"Căn cứ {B};\n- Điều 5 của {A};", A, RelationKind.BASED_ON),
    (f"Căn cứ Điều lệ Đảng; {B}; và {A}.", A, RelationKind.BASED_ON),
    (f"Căn cứ {B}; theo đề nghị tại {A}.", A, None),
    (f"Căn cứ {B}; thực hiện kết luận; {A}.", A, None),
    (f"Đã nhận {B}; {A}.", A, None),
    ("Căn cứ Điều lệ Đảng" + "; Quy chế làm việc" * 45 + f"; {A}.", A, None),
    (f"Theo tinh thần {A}, các cấp ủy cần làm tốt.", A, None),
    (f"Đã nêu tại {A}.", A, None),
    (f"{A} quy định rõ.", A, None),
    ("Thực hiện " + "việc này " * 20 + A, A, None),
    (f"Trả lời đơn. Nay có {A}.", A, None),
]


@pytest.mark.parametrize(("text", "asked", "kind"), WORDS)
def test_what_the_words_around_a_citation_say(text, asked, kind):
    spans = [(text.index(one), text.index(one) + len(one)) for one in (A, B) if one in text]
    tie = tie_of(text, (text.index(asked), text.index(asked) + len(asked)), spans)
    assert (tie.kind if tie else None) == kind
    if tie:
        assert tie.end == text.index(asked) + len(asked)
        assert text[tie.start : tie.end] == text[tie.start : tie.end].strip()
        assert tie.words in " ".join(text.split())
        assert tie.reason == f"văn bản ghi “{tie.words}”"


def test_long_words_are_cut_in_the_reason():
    text = "Căn cứ " + "kết quả giám sát và phản biện xã hội " * 6 + A
    at = text.index(A)
    tie = tie_of(text, (at, at + len(A)), [(at, at + len(A))])
    assert tie.kind == RelationKind.BASED_ON
    assert tie.words.endswith("…")
    assert len(tie.words) <= 180


def told(document):
    rows = document.relations.order_by("pk")
    return [(one.kind, one.symbol, one.verdict, one.other) for one in rows]


def test_a_reading_proposes_what_the_text_says_with_the_place(province):
    document = enter(province)
    [one] = document.relations.all()
    assert (one.kind, one.symbol, one.verdict) == ("implements", "23-QĐ/TW", Verdict.OPEN)
    assert (one.issued_on, one.other, one.decided_by) == (date(2021, 7, 30), None, None)
    assert document.text[one.start : one.end].startswith("Thực hiện Quyết định số 23-QĐ/TW")
    assert "Thực hiện Quyết định số 23-QĐ/TW" in one.reason
    assert str(one) == f"{document.pk} implements 23-QĐ/TW"


def test_it_leads_to_the_document_of_the_same_registers(province):
    cited = enter(
        province, content=Paper(about="khác", body=()).as_txt(), name="b.txt", symbol="23-QĐ/TW",
        document_type="decision", issuer_name="Bộ Chính trị", issued_on=date(2021, 7, 30),
    )  # fmt: skip
    later = enter(
        province, unit=province.front, content=Paper(symbol="9-NQ/TU").as_txt(), name="c.txt"
    )
    document = enter(province)
    assert document.relations.get().other == cited
    assert later.relations.get().other is None


def test_a_relation_finds_its_document_when_that_comes_in(province):
    document = enter(province)
    cited = enter(
        province, content=Paper(about="khác", body=()).as_txt(), name="b.txt", symbol="23-QĐ/TW",
        document_type="decision", issuer_name="Bộ Chính trị", issued_on=date(2021, 7, 30),
    )  # fmt: skip
    assert document.relations.get().other == cited


def test_reading_again_proposes_nothing_twice(province):
    document = enter(province)
    decide_relation(document.relations.get(), accept=False, actor=None)
    before = told(document)
    propose_again(document, actor=None)
    assert told(document) == before


def test_a_document_named_twice_is_related_once_and_never_to_itself(province):
    body = (
        "Thực hiện Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị.",
        "Căn cứ Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị;",
        "Thực hiện Nghị quyết số 07-NQ/TU, ngày 02/3/2026 của Tỉnh ủy Nghệ An.",
    )
    document = enter(province, content=Paper(body=body).as_txt(), name="a.txt")
    assert [(kind, symbol) for kind, symbol, *_ in told(document)] == [("implements", "23-QĐ/TW")]


def citation(document):
    return document.proposals.get(kind=ProposalKind.CITATION)


def test_a_citation_put_right_corrects_what_was_proposed_from_it(province):
    document = enter(province)
    proposal = citation(document)
    correct_proposal(proposal, actor=None, correction={**proposal.body, "symbol": "24-QĐ/TW"})
    assert told(document) == [("implements", "24-QĐ/TW", Verdict.OPEN, None)]


@pytest.mark.parametrize(
    ("symbol", "kept"), [("", []), ("07-NQ/TU", [])], ids=["a law by name", "itself"]
)
def test_nothing_is_proposed_where_there_is_no_other_document(province, symbol, kept):
    document = enter(province)
    proposal = citation(document)
    body = {**proposal.body, "symbol": symbol, "name": "Luật Thanh tra"}
    correct_proposal(proposal, actor=None, correction=body)
    assert told(document) == kept


def test_a_law_cited_by_its_name_alone_is_related_to_nothing(province):
    body = (
        "Căn cứ Luật Hoạt động chữ thập đỏ;",
        "Căn cứ Quyết định số 23-QĐ/TW, ngày 30/7/2021;",
    )
    document = enter(province, content=Paper(body=body).as_txt(), name="a.txt")
    cited = document.proposals.filter(kind=ProposalKind.CITATION)
    assert {proposal.body["symbol"] for proposal in cited} >= {"", "23-QĐ/TW"}
    assert [one.symbol for one in document.relations.all()] == ["23-QĐ/TW"]


def test_no_symbol_leads_to_no_document(province):
    assert document_bearing(enter(province), "", None) is None


def test_a_decided_relation_outlives_its_citation(province):
    document = enter(province)
    decide_relation(document.relations.get(), accept=True, actor=None)
    accept_proposal(citation(document), actor=None)
    reopen_proposal(citation(document), actor=None)
    reject_proposal(citation(document), actor=None)
    assert told(document) == [("implements", "23-QĐ/TW", Verdict.ACCEPTED, None)]


@pytest.mark.parametrize("how", ["one", "all"])
def test_what_was_only_proposed_goes_with_a_citation_set_aside(province, how):
    document = enter(province)
    if how == "one":
        reject_proposal(citation(document), actor=None)
    else:
        reject_open(document, actor=None, kind=ProposalKind.CITATION)
    assert told(document) == []


def test_a_figure_set_aside_takes_no_relation_with_it(province):
    document = enter(province)
    reject_proposal(document.proposals.filter(kind="figure").first(), actor=None)
    assert len(told(document)) == 1


# act: (accept, kind given) by verdict before -> (kind, verdict) after; None where it is refused
DECISIONS = {
    (True, "", "open"): ("implements", "accepted"),
    (True, "implements", "open"): ("implements", "accepted"),
    (True, "reviews", "open"): ("reviews", "corrected"),
    (False, "", "open"): ("implements", "rejected"),
    (True, "", "accepted"): None,
    (True, "reviews", "accepted"): ("reviews", "corrected"),
    (False, "", "accepted"): ("implements", "rejected"),
    (True, "", "rejected"): ("implements", "accepted"),
    (False, "", "rejected"): None,
    (True, "marries", "open"): None,
}


@pytest.mark.parametrize(("accept", "kind", "before"), DECISIONS)
def test_a_person_decides_about_a_relation(province, reviewer, accept, kind, before):
    document = enter(province)
    Relation.objects.update(verdict=before)
    one, told_of = document.relations.get(), AuditEntry.objects.count()
    expected = DECISIONS[accept, kind, before]
    if expected is None:
        with pytest.raises(RuleError):
            decide_relation(one, accept=accept, kind=kind, actor=reviewer)
        one.refresh_from_db()
        assert (one.verdict, AuditEntry.objects.count()) == (before, told_of)
        return
    decide_relation(one, accept=accept, kind=kind, actor=reviewer)
    one.refresh_from_db()
    assert (one.kind, one.verdict, one.decided_by) == (*expected, reviewer)
    assert one.decided_at is not None
    document.refresh_from_db()
    assert document.stage == Stage.TO_REVIEW  # nothing is concluded of either document


def test_a_relation_is_stated_by_hand(province, reviewer):
    document = enter(province, content=Paper(body=()).as_txt(), name="a.txt")
    other = DocumentFactory(unit=province.front, symbol="5-CT/TU", symbol_key="5-ct/tu")
    added = add_relation(document, kind="answers", symbol="", other=other, actor=reviewer)
    assert (added.symbol, added.other, added.issued_on) == ("5-CT/TU", other, other.issued_on)
    known = add_relation(document, kind="cites", symbol=" 6 – CT/TU ", actor=reviewer)
    assert (known.symbol_key, known.other, known.verdict) == ("6-ct/tu", None, Verdict.ACCEPTED)
    acts = AuditEntry.objects.filter(action="documents.add_relation")
    assert acts.count() == 2


@pytest.mark.parametrize(
    ("wrong", "columns"),
    [
        ({"kind": "marries"}, {"kind"}),
        ({"symbol": " "}, {"symbol"}),
        ({"symbol": "x" * 81}, {"symbol"}),
        ({"symbol": "7-NQ/TU"}, {"symbol"}),
        ({"kind": "", "symbol": ""}, {"kind", "symbol"}),
    ],
)
def test_a_relation_that_is_none_is_not_stated(province, wrong, columns):
    document = enter(province, content=Paper(body=()).as_txt(), name="a.txt")
    with pytest.raises(RuleError) as refused:
        add_relation(document, **{"kind": "cites", "symbol": "1-CT/TU", "actor": None, **wrong})
    assert {fault.column for fault in refused.value.faults} == columns
    assert told(document) == []


def test_one_relation_of_a_kind_between_two_documents(province):
    document = enter(province)
    with pytest.raises(RuleError, match=r"đã có \(chờ xem\)"):
        add_relation(document, kind="implements", symbol="23-QĐ/TW", actor=None)
    second = add_relation(document, kind="reviews", symbol="23-QĐ/TW", actor=None)
    with pytest.raises(RuleError, match="đã có"):
        decide_relation(second, accept=True, kind="implements", actor=None)
    assert len(told(document)) == 2


def issue(unit, symbol, day=date(2026, 3, 2), **given):
    return register_issued_document(
        **{
            "unit": unit, "document_type": "plan", "abstract": "Kế hoạch", "symbol": symbol,
            "issued_on": day, "actor": None, **given,
        }
    )  # fmt: skip


def test_both_sides_show_a_relation_where_the_reader_may_open_the_other(province, clerk):
    resolution = issue(province.committee, "04-NQ/TU")
    [sent] = distribute_document(resolution, [province.committees[0].pk], actor=None)
    received = receive_document(sent, actor=None)
    plan = issue(province.committees[0], "1-KH/ĐU", day=date(2026, 4, 2))
    by_day = issue(province.committees[1], "1-KH/ĐU", day=date(2026, 4, 3))
    other_day = issue(province.committees[2], "1-KH/ĐU", day=date(2026, 4, 4))
    add_relation(plan, kind="implements", symbol="4-NQ/TU", actor=None)
    add_relation(by_day, kind="implements", symbol="04-NQ/TU", issued_on=date(2026, 3, 2), actor=None)  # fmt: skip
    add_relation(other_day, kind="implements", symbol="04-NQ/TU", issued_on=date(2025, 3, 2), actor=None)  # fmt: skip
    assert plan.relations.get().other == received

    lines = related_by(clerk, resolution)
    assert {line.other_id for line in lines} == {plan.pk, by_day.pk}
    assert {line.said for line in lines} == {"được triển khai, thực hiện bởi"}
    near = make_grant(province.communes[0], "commune_officer")
    [line] = related_by(near, received)
    assert (line.other_id, line.title, line.day) == (plan.pk, "Kế hoạch 1-KH/ĐU", date(2026, 4, 2))
    [line] = relations_of(near, plan)
    assert (line.said, line.other_id, line.open) == ("triển khai, thực hiện", received.pk, False)
    far = make_grant(province.communes[2], "commune_officer")
    assert related_by(far, resolution) == []
    [line] = relations_of(far, plan)
    assert (line.title, line.other_id) == ("4-NQ/TU", None)


def test_what_is_only_proposed_or_rejected_is_not_told_of_the_other_document(province, clerk):
    cited = enter(
        province, content=Paper(about="khác", body=()).as_txt(), name="b.txt", symbol="23-QĐ/TW",
        document_type="decision", issuer_name="Bộ Chính trị", issued_on=date(2021, 7, 30),
    )  # fmt: skip
    document = enter(province)
    assert relations_of(clerk, document)[0].open
    assert related_by(clerk, cited) == []
    decide_relation(document.relations.get(), accept=True, actor=None)
    assert [line.other_id for line in related_by(clerk, cited)] == [document.pk]
    decide_relation(document.relations.get(), accept=False, actor=None)
    assert related_by(clerk, cited) == []
    add_relation(document, kind="cites", symbol="1-CT/TU", actor=None)
    assert [line.relation.verdict for line in relations_of(clerk, document)] == [
        "accepted", "rejected",
    ]  # fmt: skip


def test_relations_never_say_that_a_document_is_no_longer_in_force(province, client, clerk):
    old = issue(province.committee, "04-NQ/TU")
    new = issue(province.committee, "05-NQ/TU", day=date(2026, 4, 2))
    add_relation(new, kind="replaces", symbol="04-NQ/TU", actor=None)
    client.force_login(clerk)
    for document in (old, new):
        page = client.get(f"/van-ban/{document.pk}/").content.decode()
        assert "hết hiệu lực" not in page
    assert "được ghi là thay thế bởi" in client.get(f"/van-ban/{old.pk}/").content.decode()
    assert Document.objects.count() == 2
