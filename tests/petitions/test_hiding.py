"""Who sent a paper is hidden in the words of its matters, which more people read."""

import pytest

from danvan.petitions.selectors import file_to_read
from danvan.petitions.services import PersonDraft, open_identity
from danvan.petitions.services.hiding import hiding
from tests.once import once, own
from tests.petitions import papers

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
    assert len(one.title) <= 300
    assert "Lê Na" not in one.title
