"""What a sender says later: a line that officers read, told to who works on it; nothing of what has ended."""

import pytest

from danvan.foundation.models import AuditEntry
from danvan.petitions.models import PetitionStep
from danvan.petitions.services import add_words, file_petition
from tests.notifications.hearing import heard
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def test_it_is_a_line_of_the_history_told_to_who_works_there(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn hỏng"))
    heard()
    step = add_words(petition, words="  Hôm nay vẫn tối.  ")
    assert (step.kind, step.words, step.by, step.on) == (
        "added",
        "Hôm nay vẫn tối.",
        None,
        papers.TODAY,
    )
    assert papers.fresh(petition).changes == petition.changes + 1
    assert AuditEntry.objects.filter(action="petitions.add_words").count() == 1
    words = f"Người gửi đơn {petition.number} bổ sung nội dung, đồng chí vui lòng xem"
    page = f"/don-thu/{petition.pk}/"
    assert sorted(heard()) == [("canbo", words, page), ("chutich", words, page)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (" ", "ghi điều muốn bổ sung"),
        ("x" * 601, "dài quá 600 ký tự"),
        ("Gọi tôi 0912 345 678", "Bà con vui lòng bỏ đi"),
        ("Tôi tố cáo cán bộ ăn hối lộ", "hòm thư kín"),
    ],
)
def test_what_cannot_be_added_is_refused(office, words, said):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn hỏng"))
    with pytest.raises(papers.RuleError, match=said):
        add_words(petition, words=words)
    assert not PetitionStep.objects.filter(kind="added").exists()


def test_what_only_sounds_like_a_denunciation_is_added_once_its_sender_says_so(office):
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn hỏng"))
    assert add_words(petition, words="Xin dán lịch nghe tố cáo.", plain=True).kind == "added"


def test_to_what_has_ended_nothing_is_added(office):
    petition = papers.received(office.unit)
    file_petition(petition, closing="LD01", on=papers.RECEIVED, actor=None)
    with pytest.raises(papers.RuleError, match="đã kết thúc"):
        add_words(petition, words="Thêm")
    assert not PetitionStep.objects.filter(kind="added").exists()
