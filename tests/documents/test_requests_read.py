"""What a text asks of somebody stands among the tasks where no task says it: whoever is asked leads, who asks is told."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.documents import engine
from danvan.documents.bodies import TaskBody
from danvan.documents.enums import ProposalKind, Verdict
from danvan.documents.intake import open_file
from danvan.documents.services import accept_proposal, bring_text
from danvan.foundation.errors import RuleError
from danvan.reading import doers_of
from tests.documents.papers import body

pytestmark = pytest.mark.django_db

HEAD = "Biên bản đối thoại\n\n"
HEADED = HEAD + "II. KIẾN NGHỊ\n1. Đối với {whom}: {what}.\n"
CONCLUDED = (
    HEAD
    + "Chủ tịch UBND xã Môn Sơn kết luận: giao Ủy ban nhân dân xã Môn Sơn lập phương án di dời; "
    "rà soát hộ nghèo vùng sạt lở.\n"
)


def asked(text):
    """The drafts of tasks that a request became."""
    return [
        one
        for one in engine.propose(text)
        if one.kind == ProposalKind.TASK and one.rule.startswith("request.")
    ]


def bring(unit, text):
    opened = open_file(text.encode(), name="bien-ban.txt")
    document = bring_text(unit=unit, opened=opened, actor=None)
    return document.proposals.get(kind=ProposalKind.TASK)


def test_a_request_becomes_a_task_of_whom_it_is_asked():
    text = HEADED.format(whom="UBND xã Môn Sơn", what="sớm sửa cầu treo trước ngày 31/3/2027")
    [draft] = asked(text)
    [lead] = draft.body.leads
    assert (lead.words, lead.kind, lead.place) == (
        "UBND xã Môn Sơn",
        "peoples_committee",
        "xã Môn Sơn",
    )
    assert (draft.body.title, draft.body.due_on) == ("Sớm sửa cầu treo", date(2027, 3, 31))
    assert (draft.body.due_words, draft.body.note) == ("trước ngày 31/3/2027", "")
    assert "sửa cầu treo" in text[slice(*draft.body.sentence)]
    assert "UBND xã Môn Sơn" in text[draft.start : draft.end]


def test_who_asks_is_told_beside_it():
    notes = [one.body.note for one in asked(CONCLUDED)]
    assert notes
    assert set(notes) == {"Người nêu: Chủ tịch UBND xã Môn Sơn"}
    [person] = asked(
        HEAD + "Ông Lô Văn An, bản Cằng kiến nghị UBND xã Môn Sơn sửa cầu treo ở bản.\n"
    )
    assert "Lô Văn An" not in str(person.body)


def test_what_a_task_says_already_is_not_proposed_twice():
    text = HEAD + "Đề nghị Đảng ủy xã Môn Sơn chủ trì rà soát hộ nghèo trước ngày 31/3/2027.\n"
    tasks = [one for one in engine.propose(text) if one.kind == ProposalKind.TASK]
    assert [one.rule for one in tasks] == ["task.given"]
    both = text + HEADED.format(whom="UBND xã Môn Sơn", what="sớm sửa cầu treo")
    tasks = [one for one in engine.propose(both) if one.kind == ProposalKind.TASK]
    assert [one.rule for one in tasks] == ["task.given", "request.listed"]


WHOM = [
    ("Đảng ủy xã, UBND xã", ["party_committee", "peoples_committee"]),
    ("đồng chí Lê Văn Tám, Phó Chủ tịch HĐND xã Môn Sơn", ["peoples_council"]),
    ("các cơ quan liên quan", [""]),
    ("UBND các xã An Phú, Bình Lâm và Cẩm Sơn", [""]),
    ("Ban Chỉ đạo phòng, chống lụt bão xã", [""]),
    ("", []),
]


@pytest.mark.parametrize(("words", "kinds"), WHOM)
def test_whom_the_words_name_is_told_as_far_as_they_go(words, kinds):
    named = doers_of(words)
    assert [one.kind for one in named] == kinds
    if kinds == [""]:
        assert named[0].words == words


# Taking.


def test_an_accepted_request_is_given_like_a_task(province, reviewer):
    text = HEADED.format(whom="UBND xã Môn Sơn", what="sửa cầu treo trước ngày 31/3/2027")
    proposal = bring(province.committee, text)
    assert TaskBody.of(proposal.body).missing() == ("product",)
    accept_proposal(proposal, actor=reviewer, completed={"product": "Cầu đã sửa"})
    given = Commitment.objects.get()
    assert (given.lead, given.title) == (province.governments[0], "Sửa cầu treo")
    assert (given.due_on, given.source_start) == (date(2027, 3, 31), proposal.start)


def test_what_is_asked_of_somebody_above_says_what_to_do(province):
    text = HEADED.format(whom="UBND tỉnh", what="bố trí vốn làm đường trước ngày 31/3/2027")
    proposal = bring(province.governments[0], text)
    with pytest.raises(
        RuleError, match="nêu ở mục Khó khăn, vướng mắc để kiến nghị, hoặc bỏ mục này"
    ):
        accept_proposal(proposal, actor=None, completed={"product": "Quyết định"})
    proposal.refresh_from_db()
    assert (proposal.verdict, Commitment.objects.count()) == (Verdict.OPEN, 0)


def test_the_page_shows_who_asked_and_says_what_to_do_where_nobody_here_fits(office, province):
    proposal = bring(
        province.committee,
        HEAD
        + "II. KIẾN NGHỊ\n1. Đối với Bộ Tài chính: bố trí vốn làm đường trước ngày 31/3/2027.\n",
    )
    proposal.body = {**proposal.body, "note": "Người nêu: Mặt trận Tổ quốc xã"}
    proposal.save()
    review = reverse("documents:review", args=[proposal.document_id])
    page = body(office.get(review, {"nhom": "nhiem-vu"}))
    assert "Người nêu: Mặt trận Tổ quốc xã" in page
    assert ">Nhiệm vụ, yêu cầu <b>" in page
    decide = reverse("documents:decide", args=[proposal.pk])
    answers = {f"{proposal.pk}-lead": "Bộ Tài chính", f"{proposal.pk}-product": "Quyết định"}
    refused = office.post(decide, {"viec": "nhan", **answers})
    assert refused.status_code == 422
    assert "Không có đơn vị nào khớp" in body(refused)
    assert "nêu ở mục Khó khăn, vướng mắc" in body(refused)
    assert not Commitment.objects.exists()
