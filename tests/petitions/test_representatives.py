"""Who speaks for a group: whoever was written down when it was received, without being written down twice."""

import pytest

from danvan.foundation.sealing import unseal
from danvan.petitions.models import Petition
from danvan.petitions.services import PersonDraft, accept_petition, add_representatives
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.acts import ON
from tests.petitions.test_pages import SENT, act, page

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
NAM = PersonDraft(name="Lô Văn Nam", address="Bản Xiềng")


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def group(office, *persons, **more):
    return papers.received(office.unit, people=12, persons=persons or (NAM,), **more)


def spoken(petition):
    """Who stands behind it: whether each speaks for it."""
    signed = petition.paper.signatures.order_by("pk")
    return list(signed.values_list("representative", flat=True))


def test_the_sender_ticked_as_representative_when_it_was_received_is_enough_to_deal_with_it(office):
    sent = SENT | {"unit": office.unit.pk, "people": "12", "representative": "on"}
    assert page(office.officer, "receive", data=sent).status_code == 302
    petition = Petition.objects.get()
    assert spoken(petition) == [True]
    assert act(office.officer, petition, "accept", {"on": "20/11/2026"}).status_code == 302
    assert papers.fresh(petition).state == "accepted"


def test_the_sender_not_ticked_then_speaks_for_the_group_without_being_written_again(office):
    petition = group(office)
    assert act(office.officer, petition, "group", {"standing": "on"}).status_code == 302
    assert spoken(petition) == [True]
    accept_petition(papers.fresh(petition), on=ON, actor=None)
    other = group(office)
    neither = act(office.officer, other, "group", {"seen": other.changes})
    assert neither.status_code == 422
    assert "Đồng chí vui lòng ghi người đại diện" in neither.content.decode()


def test_the_same_name_written_again_is_the_same_sender_and_what_is_new_of_them_is_kept(office):
    petition = group(office)
    again = {"name": "lo van nam", "phone": "0912 345 678", "id_number": "040090001234"}
    assert act(office.officer, petition, "group", again).status_code == 302
    assert spoken(petition) == [True]
    person = petition.paper.signatures.get().petitioner
    assert unseal(person.key, bytes(person.phone), name="petitioner.phone") == "0912345678"
    other = group(office, papers.NAM)  # by the number of the paper that very person
    assert other.paper.signatures.get().petitioner == person


@pytest.mark.parametrize("other", [{"address": "Bản Na Ca"}, {"name": "Lô Văn Bắc"}])
def test_another_of_that_name_or_of_another_is_written_beside(office, other):
    petition = group(office)
    said = {"name": NAM.name, "address": NAM.address, "representative": True}
    add_representatives(petition, [PersonDraft(**said | other)], actor=None)
    assert spoken(petition) == [False, True]


def test_whoever_is_known_by_a_paper_elsewhere_is_written_as_the_one_that_is_known(office):
    group(office, papers.NAM)
    petition = group(office, PersonDraft(name="Lô Văn Nam"))
    add_representatives(petition, [papers.NAM], actor=None)
    assert spoken(petition) == [False, True]


def test_a_sender_who_left_no_name_speaks_for_nobody(office):
    petition = papers.received(office.unit, people=12, persons=(), anonymous=True)
    broken = papers.refused(add_representatives, petition, [], standing=True)
    assert [one.column for one in broken.faults] == ["standing"]
    assert spoken(petition) == []
