"""A document that gave a unit work is read there, asked about and made known, though nobody sent it."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.services import Assignment, assign_commitments, withdraw_commitment
from danvan.documents.models import DirectiveQuestion, DisseminationSession
from danvan.documents.selectors import allowed_documents, allowed_stubs
from danvan.documents.services import answer_question, ask_about_work, note_secret_document
from danvan.foundation.errors import RuleError
from danvan.indicators.services import Source
from tests.documents.directed import directive_of
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


class World:
    def __init__(self):
        self.province = Province()
        self.letter = directive_of(self.province)
        self.lead = self.province.governments[0]  # the letter went to the committees only
        self.officer = make_grant(self.lead, "commune_officer")
        self.other = make_grant(self.province.governments[1], "commune_officer")
        source = Source(
            kind="documents.document", id=self.letter.pk, sentence="Rà soát", symbol="07"
        )
        one = Assignment(
            self.lead.pk, "Rà soát hộ nghèo", "Báo cáo", date(2027, 3, 31),
            support_ids=(self.province.governments[1].pk,),
        )  # fmt: skip
        [self.work] = assign_commitments(
            [one], assigner=self.province.committee, actor=None, source=source
        )


_world = once(World, DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def card(pk):
    return reverse("documents:card", args=[pk])


def test_the_lead_of_its_work_reads_it_and_nobody_else_does(client, world):
    client.force_login(world.officer)
    link = f'<a href="{card(world.letter.pk)}">'
    assert link in client.get(reverse("commitments:card", args=[world.work.pk])).content.decode()
    page = client.get(card(world.letter.pk))
    assert page.status_code == 200
    assert "Rà soát hộ nghèo" in page.content.decode()
    for action in ("documents.register", "documents.distribute"):
        assert not allowed_documents(world.officer, action).exists()
    assert client.get(reverse("documents:roll-out", args=[world.letter.pk])).status_code == 404
    client.force_login(world.other)  # supports the work, was sent nothing: the symbol is words
    assert client.get(card(world.letter.pk)).status_code == 404
    text = client.get(reverse("commitments:card", args=[world.work.pk])).content.decode()
    assert link not in text
    assert "07" in text


def test_work_taken_back_takes_the_reading_with_it(client, world):
    withdraw_commitment(world.work, words="Giao nhầm", actor=None)
    client.force_login(world.officer)
    assert client.get(card(world.letter.pk)).status_code == 404
    assert (
        client.get(reverse("documents:ask-about-work", args=[world.letter.pk])).status_code == 404
    )
    with pytest.raises(RuleError, match="không còn việc nào"):
        ask_about_work(world.letter, unit_id=world.lead.pk, words="Hỏi gì?", actor=None)


def test_the_lead_asks_the_issuer_and_reads_the_answer(client, world):
    client.force_login(world.officer)
    address = reverse("documents:ask-about-work", args=[world.letter.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"words": ""}).status_code == 422
    assert client.post(address, {"words": "Hộ cận nghèo có tính không?"}).status_code == 302
    question = DirectiveQuestion.objects.get()
    assert (question.unit_id, question.asked_by) == (world.lead.pk, world.officer)
    again = client.post(address, {"words": question.words})
    assert "đã hỏi câu này rồi" in again.content.decode()
    answer_question(question, answer="Có tính.", actor=None)
    assert "Có tính." in client.get(address).content.decode()


def test_the_lead_records_its_own_session_and_no_other_unit_s(client, world):
    client.force_login(world.officer)
    address = reverse("documents:plan-session", args=[world.letter.pk])
    said = {
        "held_by": world.lead.pk, "on": "20/12/2026", "way": "in_person", "audience": "Cán bộ xã",
        "units": [world.lead.pk],
    }  # fmt: skip
    for wrong in ({"held_by": world.province.committee.pk}, {"units": []}):
        assert client.post(address, said | wrong).status_code == 422
    assert client.post(address, said, follow=True).status_code == 200
    session = DisseminationSession.objects.get()
    assert (session.document_id, session.held_by_id) == (world.letter.pk, world.lead.pk)
    client.force_login(world.other)
    assert client.get(address).status_code == 404


def test_no_state_secret_is_read_for_work(world):
    stub = note_secret_document(
        unit=world.lead, received_on=DAY, register_number=1, issuer_name="Tỉnh ủy", secrecy="secret",
        actor=None,
    )  # fmt: skip
    assert stub not in allowed_stubs(world.other, "documents.view")
