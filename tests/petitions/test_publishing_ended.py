"""What is public no longer: taken down, of another kind, erased, sealed, or no longer wished by who sent it."""

import pytest

from danvan.foundation import search
from danvan.foundation.models import AuditEntry
from danvan.foundation.models import OutboxEvent as Event
from danvan.petitions.models import Petition, PublicPetition
from danvan.petitions.selectors import (
    public_matter,
    published_petitions,
)
from danvan.petitions.services import (
    ask_to_publish,
    carry_out_data_request,
    give_code,
    keep_private_by_code,
    moderate_again,
    publish_petition,
    reclassify_petition,
    take_wish_back,
    unpublish_petition,
    withdraw_petition,
)
from danvan.petitions.services.publishing import OWN_WISH
from danvan.petitions.services.vault import AccusedDraft, seal_petition
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.published import asked, fresh, proposed, shown

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


NEVER = (
    "waiting",
    "declined",
    "Người gửi không muốn công khai",
    "Không công khai trên Cổng Nhân dân",
    "decline_publication",
)


STOOD = ("shown", "taken_down", "Đã gỡ", "Gỡ khỏi Cổng Nhân dân", "unpublish")


def test_taken_down_its_words_are_gone_and_found_no_more(office):
    row = shown(office)
    assert list(search.find(published_petitions(), "đèn đường")) == [row]
    row = unpublish_petition(row, reason="Trùng nội dung", actor=office.officer)
    assert (row.state, row.title, row.text, row.text_spans) == ("taken_down", "", "", [])
    assert list(search.find(PublicPetition.objects.all(), "đèn đường")) == []
    assert public_matter("YK-2026-0001") is None
    row = moderate_again(row, actor=office.officer)
    assert publish_petition(row, proposed(row), actor=office.officer).number == "YK-2026-0001"


def test_reclassified_as_a_complaint_it_is_public_no_longer(office):
    row = shown(office)
    reclassify_petition(row.petition, kind="complaint", why="Khiếu nại quyết định", actor=None)
    row = fresh(row)
    assert (row.state, row.reason) == ("taken_down", "Đơn được phân loại lại thành khiếu nại.")
    assert papers.refused(moderate_again, row, actor=office.officer).message.startswith(
        "Chỉ kiến nghị"
    )
    Petition.objects.filter(pk=row.petition_id).update(kind="complaint")
    PublicPetition.objects.filter(pk=row.pk).update(state="shown", title="x")
    assert list(published_petitions()) == []


def test_an_erased_sender_is_public_no_longer_and_never_again(office):
    row, waits = shown(office, kind="proposal"), asked(office, kind="proposal")
    for one in (row, waits):
        withdraw_petition(papers.fresh(one.petition), on=papers.TODAY, actor=None)
    person = row.petition.paper.signatures.get().petitioner
    wish = papers.asked(row.petition, person, "erase", on=papers.TODAY)
    carry_out_data_request(wish, told=papers.DONE, checked=True, on=papers.TODAY, actor=None)
    assert [(fresh(one).state, fresh(one).text) for one in (row, waits)] == [
        ("taken_down", ""), ("declined", ""),
    ]  # fmt: skip
    told = papers.refused(moderate_again, fresh(row), actor=office.officer)
    assert "không công khai lại" in told.message


def test_moved_into_the_vault_nothing_of_it_is_left_in_public(office):
    row = shown(office)
    accused = (AccusedDraft(name="Hoàng Quốc Tí", post="Phó chủ tịch", organisation="UBND xã"),)
    seal_petition(row.petition, accused=accused, actor=office.officer)
    assert not PublicPetition.objects.exists()
    assert list(search.find(PublicPetition.objects.all(), "đèn đường")) == []


@pytest.mark.parametrize(("state", "after", "standing", "step", "act"), [NEVER, STOOD])
def test_who_sent_it_takes_the_wish_back_at_once_until_they_wish_it_again(
    office, state, after, standing, step, act
):
    row = asked(office) if state == "waiting" else shown(office)
    code = give_code(papers.fresh(row.petition), actor=None).code
    before = Event.objects.filter(name="petitions.hidden").count()
    keep_private_by_code(code)
    row = fresh(row)
    assert (row.state, row.reason, row.title, row.text) == (after, OWN_WISH, "", "")
    last = row.petition.steps.order_by("pk").last()
    assert (row.standing, last.get_kind_display(), last.words) == (standing, step, OWN_WISH)
    assert AuditEntry.objects.filter(action=f"petitions.{act}").count() == 1
    assert list(published_petitions()) == []
    assert list(search.find(PublicPetition.objects.all(), "đèn đường")) == []
    assert not papers.fresh(row.petition).wants_public
    assert AuditEntry.objects.filter(action="petitions.take_wish_back", actor=None).count() == 1
    assert Event.objects.filter(name="petitions.hidden").count() == before + 1
    keep_private_by_code(code)  # said again
    assert AuditEntry.objects.filter(action="petitions.take_wish_back").count() == 1
    told = papers.refused(moderate_again, row, actor=office.officer)
    assert "Người gửi không muốn công khai nữa" in told.message
    assert ask_to_publish(papers.fresh(row.petition), on=papers.TODAY, actor=office.officer) == row
    assert papers.fresh(row.petition).wants_public
    assert moderate_again(fresh(row), actor=office.officer).state == "waiting"


def test_an_officer_who_was_reading_it_meanwhile_publishes_nothing(office):
    row = asked(office)
    covering, seen = proposed(row), row.changes
    take_wish_back(row.petition, actor=None)
    told = papers.refused(publish_petition, row, covering, actor=office.officer, seen=seen)
    assert "vừa duyệt" in told.message
    assert "thôi công khai" in papers.refused(publish_petition, fresh(row), covering, actor=office.officer).message  # fmt: skip
