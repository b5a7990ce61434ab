"""Who sent a paper is hidden in the words of its matters, which more people read."""

import pytest

from danvan.commitments.models import Commitment
from danvan.foundation import search
from danvan.foundation.models import AuditEntry
from danvan.petitions.models import Petition, Petitioner, PublicPetition
from danvan.petitions.papers import make_paper
from danvan.petitions.reception_papers import receipt_paper
from danvan.petitions.selectors import card_of, file_to_read
from danvan.petitions.selectors.cards import persons_open_to
from danvan.petitions.sender_marks import DOTS, read_back
from danvan.petitions.services import (
    AppealDraft,
    PersonDraft,
    accept_petition,
    add_representatives,
    add_request,
    add_words,
    appeal_petition,
    ask_to_publish,
    give_work,
    open_identity,
    reply_to_request,
    split_petition,
)
from danvan.petitions.services.hiding import hiding
from danvan.petitions.services.identities import senders_of
from danvan.petitions.services.reception import answer_matter
from tests.once import once, own
from tests.petitions import acts, papers, receptions

SENDER = PersonDraft(
    name="Trần Thị Bình", phone="0987 654 321", id_number="040088001234", email="binh@example.com"
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Tôi là Trần Thị Bình ở bản Xiềng", "Tôi là [họ tên] ở bản Xiềng"),
        ("TRẦN THỊ  BÌNH viết", "[họ tên] viết"),
        ("Điện thoại 0987654321.", "Điện thoại [số điện thoại]."),
        ("gọi +84 987.654.321 nhé", "gọi [số điện thoại] nhé"),
        ("căn cước 040 088 001 234", "căn cước [số giấy tờ]"),
        ("thư BINH@example.com", "thư [thư điện tử]"),
        ("Bà Bình ở xóm bên, số 10987654321", "Bà Bình ở xóm bên, số 10987654321"),
    ],
)
def test_what_tells_the_sender_is_hidden(written, kept):
    assert hiding([SENDER])(written) == kept


def test_a_name_of_one_word_and_no_sender_hide_nothing():
    assert hiding([PersonDraft(name="Bình")])("Bình yên ở bản") == "Bình yên ở bản"
    assert hiding([])("Trần Thị Bình") == "Trần Thị Bình"


_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


@pytest.mark.django_db
def test_a_paper_is_written_down_without_its_sender_in_any_matter(office):
    matter = papers.matter(
        "proposal",
        "Đơn của Trần Thị Bình xin sửa đường",
        text="Tôi là Trần Thị Bình, 0987654321.",
        requests=("Trả lời cho Trần Thị Bình",),
    )
    one = papers.received(office.unit, matter, persons=(SENDER,))
    assert one.title == "Đơn của [họ tên] xin sửa đường"
    assert one.text == "Tôi là [họ tên], [số điện thoại]."
    assert one.requests.get().words == "Trả lời cho [họ tên]"
    open_identity(one.paper, purpose="verify", actor=office.officer)
    kept = file_to_read(office.officer, one.paper.files.get().pk, of_case=False)
    assert kept.content.decode() == (
        "Đơn của Trần Thị Bình xin sửa đường\nTôi là Trần Thị Bình, 0987654321.\nTrả lời cho Trần Thị Bình"
    )
    plain = papers.received(
        office.unit, papers.matter("proposal", "Xin sửa đường"), persons=(SENDER,)
    )
    assert not plain.paper.files.exists()


@pytest.mark.django_db
def test_a_mark_that_is_longer_than_the_name_makes_no_title_too_long(office):
    short = PersonDraft(name="Lê Na")
    one = papers.received(office.unit, papers.matter(title="Lê Na " * 50), persons=(short,))
    assert one.title == ("[…] " * 50).strip()  # nothing is cut off


BAC = PersonDraft(name="Lê Văn Bắc", phone="0912333444", id_number="040088009999")


def test_of_several_senders_each_is_told_by_their_place_once_by_the_number_of_their_paper():
    hide = hiding([SENDER, SENDER, BAC])
    assert hide("Trần Thị Bình, Lê Văn Bắc (0912333444)") == (
        "[họ tên 1], [họ tên 2] ([số điện thoại 2])"
    )
    assert hide("Trần Thị Bình, Lê Văn Bắc", 21) == "[…], […]"


@pytest.mark.parametrize(
    ("written", "senders", "read"),
    [
        ("Đơn của [họ tên], [số điện thoại]", [SENDER], "Đơn của Trần Thị Bình, 0987 654 321"),
        ("[số giấy tờ], [thư điện tử]; […]", [SENDER], "040088001234, binh@example.com; Trần Thị Bình"),
        ("[họ tên 2] và [họ tên 1]", [SENDER, BAC], "Lê Văn Bắc và Trần Thị Bình"),
        ("[họ tên], […], [họ tên 3]", [SENDER, BAC], "người đứng đơn, người đứng đơn, người đứng đơn"),
        ("[thư điện tử], [số]", [BAC], "thư điện tử ghi trong đơn, thông tin ghi trong đơn"),
        ("Đơn của [họ tên]", [], f"Đơn của {DOTS}"),
        ("điều [12], [địa chỉ nhà]", [SENDER], "điều [12], [địa chỉ nhà]"),
    ],
)  # fmt: skip
def test_a_paper_that_goes_to_the_sender_names_them_and_never_another(written, senders, read):
    assert read_back(written, senders) == read


def kept(office, paper, by="officer"):
    reader = getattr(office, by)
    open_identity(paper, purpose="verify", actor=reader)
    files = paper.files.order_by("pk")
    return [file_to_read(reader, one.pk, of_case=False).content.decode() for one in files]


@pytest.mark.django_db
def test_where_it_is_and_which_decision_are_told_without_the_sender(office):
    one = papers.received(
        office.unit,
        papers.matter(
            spot="Cạnh nhà Trần Thị Bình", decision_symbol="QĐ thu đất của Trần Thị Bình"
        ),
        persons=(SENDER,),
    )
    assert (one.spot, one.decision_symbol) == ("Cạnh nhà [họ tên]", "QĐ thu đất của [họ tên]")
    assert "Cạnh nhà Trần Thị Bình\nQĐ thu đất của Trần Thị Bình" in kept(office, one.paper)[0]


@pytest.mark.django_db
def test_what_is_split_off_asked_or_added_later_is_told_without_the_sender(office):
    one = papers.received(office.unit, persons=(SENDER,))
    [made] = split_petition(
        one, [papers.matter("feedback", "Trần Thị Bình báo loa rè")], actor=office.officer
    )
    asked = add_request(made, words="Trả lời Trần Thị Bình", actor=office.officer)
    added = add_words(papers.fresh(made), words="Tôi, Trần Thị Bình, xin thêm.")
    assert (made.title, asked.words) == ("[họ tên] báo loa rè", "Trả lời [họ tên]")
    assert added.words == "Tôi, [họ tên], xin thêm."
    assert kept(office, one.paper) == [
        "Trần Thị Bình báo loa rè", "Trả lời Trần Thị Bình", "Tôi, Trần Thị Bình, xin thêm.",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_second_complaint_is_told_without_the_sender(office):
    first = papers.accepted(office.unit, persons=(SENDER,))
    late = AppealDraft(
        unit_id=office.above.pk, received_on=papers.TODAY, channel="post",
        text="Trần Thị Bình không đồng ý.", why_late="Trần Thị Bình nằm viện",
    )  # fmt: skip
    second = appeal_petition(first, late, actor=None)
    assert second.text == "[họ tên] không đồng ý."
    assert second.steps.get(kind="received").words.endswith("[họ tên] nằm viện")
    assert kept(office, second.paper, by="chief") == [
        "Trần Thị Bình không đồng ý.",
        "Trần Thị Bình nằm viện",
    ]


@pytest.mark.django_db
def test_a_visit_is_written_down_without_who_came(office):
    visit = receptions.visited(
        office.unit,
        receptions.matter("Đất của Trần Thị Bình"),
        receptions.matter(
            "Sổ của Trần Thị Bình", way="later", answer_on=papers.TODAY, settled_by="UBND, theo đơn Trần Thị Bình",
        ),
        receptions.matter("Loa rè", way="guided", guided_to="Đài, nhờ Trần Thị Bình"),
        persons=(SENDER,), documents="Sổ đỏ tên Trần Thị Bình",
    )  # fmt: skip
    rows = list(visit.matters.order_by("pk"))
    assert [one.title for one in rows] == ["Đất của [họ tên]", "Sổ của [họ tên]", "Loa rè"]
    assert rows[1].settled_by == "UBND, theo đơn [họ tên]"
    assert (rows[2].guided_to, visit.documents) == ("Đài, nhờ [họ tên]", "Sổ đỏ tên [họ tên]")
    answered = answer_matter(
        rows[1], answer="Đã trả lời Trần Thị Bình", on=papers.TODAY, actor=office.officer
    )
    assert answered.answer == "Đã trả lời [họ tên]"
    assert kept(office, visit.paper) == [
        "Đất của Trần Thị Bình",
        "Sổ của Trần Thị Bình\nUBND, theo đơn Trần Thị Bình\nĐài, nhờ Trần Thị Bình\nSổ đỏ tên Trần Thị Bình",
        "Đã trả lời Trần Thị Bình",
    ]


@pytest.mark.django_db
def test_an_erased_sender_is_hidden_nowhere_any_more(office):
    one = papers.received(office.unit, persons=(SENDER, papers.NAM), people=2)
    Petitioner.objects.filter(pk=one.paper.signatures.first().petitioner_id).update(
        erased_on=papers.TODAY
    )
    assert [person.name for person in senders_of(one.paper)] == [papers.NAM.name]


@pytest.mark.django_db
def test_its_papers_name_the_sender_to_who_has_the_identity_open_and_leave_dots_to_others(office):
    one = papers.accepted(
        office.unit, papers.matter("proposal", "Trần Thị Bình xin sửa đường"), persons=(SENDER,)
    )
    closed = make_paper("thong-bao-thu-ly", card_of(office.officer, one))
    assert f"về việc: {DOTS} xin sửa đường." in closed.paragraphs[0]
    open_identity(one.paper, purpose="send", actor=office.officer)
    opened = make_paper("thong-bao-thu-ly", card_of(office.officer, papers.fresh(one)))
    assert "về việc: Trần Thị Bình xin sửa đường." in opened.paragraphs[0]
    of_another = make_paper("thong-bao-thu-ly", card_of(office.head, papers.fresh(one)))
    assert "Trần Thị Bình" not in "".join(of_another.paragraphs)


@pytest.mark.django_db
def test_a_receipt_names_who_came_to_who_has_the_identity_open(office):
    visit = receptions.visited(
        office.unit,
        receptions.matter("Đất của Trần Thị Bình"),
        persons=(SENDER,),
        documents="Đơn viết tay",
    )
    said = {"unit": "UBND", "kind": "", "place": "Môn Sơn", "code": "X", "where": "trang"}
    for opened, name in ((False, DOTS), (True, "Trần Thị Bình")):
        if opened:
            open_identity(visit.paper, purpose="send", actor=office.officer)
        persons = persons_open_to(office.officer, visit.paper)
        made = receipt_paper(visit, visit.matters.all(), persons=persons, **said)
        assert f"đã nhận của ông (bà) {name} các" in made.paragraphs[0]
        assert made.paragraphs[1] == "1. Đơn viết tay"
        assert f"Đất của {name}" in made.paragraphs[2]


@pytest.mark.django_db
def test_a_receipt_of_somebody_who_brought_no_paper_says_so_and_counts_none(office):
    visit = receptions.visited(office.unit, receptions.matter("Sửa đường"), persons=(SENDER,))
    said = {"unit": "UBND", "kind": "", "place": "Môn Sơn", "code": "X", "where": "trang"}
    made = receipt_paper(visit, visit.matters.all(), **said)
    assert made.subject == "Nội dung trình bày"
    assert "không nhận giấy tờ, tài liệu nào" in made.paragraphs[0]
    assert made.paragraphs[1].startswith("Nội dung: Sửa đường")
    assert "Không có" not in "".join(made.paragraphs)


@pytest.mark.django_db
def test_who_speaks_for_a_group_is_hidden_in_what_was_written_before(office):
    draft = papers.matter(
        "proposal", "Trần Thị Bình và Lê Văn Bắc xin sửa đường", text="Gọi Lê Văn Bắc 0912333444.",
        requests=("Trả lời cho Lê Văn Bắc", "Sửa đường"), spot="Cạnh nhà Lê Văn Bắc",
    )  # fmt: skip
    other = papers.matter("feedback", "Loa ở nhà Lê Văn Bắc rè")
    one = papers.paper(office.unit, draft, other, persons=(SENDER,), people=2).petitions.get(
        kind="proposal"
    )
    accept_petition(one, on=papers.ACCEPTED, actor=None)
    sibling = one.paper.petitions.get(kind="feedback")
    one = papers.fresh(one)
    asked = one.requests.get(number=1)
    reply_to_request(
        asked,
        reply="Ông Lê Văn Bắc được sửa trước.",
        basis="Điều 1",
        on=papers.ACCEPTED,
        actor=None,
    )
    given = give_work(one.requests.get(number=1), acts.work(office), actor=office.officer)
    Commitment.objects.filter(pk=given.pk).update(title="Sửa đường cho Lê Văn Bắc")
    assert one.title == "[họ tên] và Lê Văn Bắc xin sửa đường"
    public = ask_to_publish(papers.fresh(one), on=papers.TODAY, actor=office.officer)
    PublicPetition.objects.filter(pk=public.pk).update(text="Lê Văn Bắc xin sửa đường")
    seen = papers.fresh(one).changes
    add_representatives(papers.fresh(one), [BAC], actor=office.officer, seen=seen)
    one = papers.fresh(one)
    assert (
        one.title == "[họ tên 1] và [họ tên 2] xin sửa đường"
    )  # whom the first mark meant stays plain
    assert (one.text, one.spot) == ("Gọi [họ tên 2] [số điện thoại 2].", "Cạnh nhà [họ tên 2]")
    asked.refresh_from_db()
    assert (asked.words, asked.reply) == (
        "Trả lời cho [họ tên 2]",
        "Ông [họ tên 2] được sửa trước.",
    )
    sibling.refresh_from_db()
    assert sibling.title == "Loa ở nhà [họ tên 2] rè"
    given.refresh_from_db()
    assert given.title == "Sửa đường cho [họ tên 2]"
    assert search.find(Petition.objects.all(), "Lê Văn Bắc").count() == 0
    public.refresh_from_db()
    assert public.state == "declined"
    assert one.changes > seen
    written = kept(office, one.paper)[-1]
    assert "Lê Văn Bắc xin sửa đường" in written
    assert "Ông Lê Văn Bắc được sửa trước." in written
    assert (
        read_back(one.title, senders_of(one.paper)) == "Trần Thị Bình và Lê Văn Bắc xin sửa đường"
    )


@pytest.mark.django_db
def test_who_is_named_nowhere_changes_no_word(office):
    one = papers.accepted(
        office.unit,
        papers.matter("proposal", "Xin sửa đường"),
        persons=(),
        anonymous=True,
        people=2,
    )
    before = acts.everything(one)[1:3]
    add_representatives(one, [BAC], actor=office.officer)
    assert acts.everything(one)[1:3] == before
    assert not one.paper.files.exists()
    assert not AuditEntry.objects.filter(action="petitions.reword").exists()


@pytest.mark.django_db
def test_a_mark_that_would_be_too_long_with_its_place_stays_without(office):
    short = PersonDraft(name="Lê Na")
    matter = papers.matter(title=("Lê Na " * 30).strip())
    one = papers.received(office.unit, matter, persons=(short,), people=2)
    assert one.title == ("[họ tên] " * 30).strip()
    add_representatives(one, [BAC], actor=None)
    assert papers.fresh(one).title == one.title


@pytest.mark.django_db
def test_who_speaks_for_those_who_came_is_hidden_in_the_register_of_visits_too(office):
    visit = receptions.visited(
        office.unit, receptions.matter("Đất của Lê Văn Bắc"),
        receptions.matter("Loa rè", way="guided", guided_to="Đài, nhờ Lê Văn Bắc"),
        persons=(SENDER,), documents="Sổ đỏ tên Lê Văn Bắc", people=2,
    )  # fmt: skip
    one = visit.matters.get(way="received").petition
    add_representatives(one, [BAC], actor=office.officer)
    visit.refresh_from_db()
    said = list(visit.matters.order_by("pk").values_list("title", "guided_to"))
    assert said == [("Đất của [họ tên 2]", ""), ("Loa rè", "Đài, nhờ [họ tên 2]")]
    assert visit.documents == "Sổ đỏ tên [họ tên 2]"
    assert not search.find(visit.matters.model.objects.all(), "Lê Văn Bắc").exists()
