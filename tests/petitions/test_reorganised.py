"""Two communes merge while petitions wait there, and it is undone; the calendar is corrected under their clocks."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.foundation.errors import RuleError
from danvan.foundation.models import OutboxEvent
from danvan.law.services import correct_calendar_day
from danvan.organisations.models import Unit
from danvan.organisations.services import reorganising
from danvan.petitions.enums import Kind
from danvan.petitions.holders import FiledPetitions, PetitionClocks
from danvan.petitions.models import Cluster, Petition, PetitionStep, ReceptionDay
from danvan.petitions.moves import HANDLE
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.selectors import allowed_petitions, data_request_acts
from danvan.petitions.selectors.publishing import allowed_publications
from danvan.petitions.selectors.reception import answers_promised
from danvan.petitions.services import (
    DataRequestDraft,
    ask_to_publish,
    publish_petition,
    receive_data_request,
    refuse_petition,
    send_notice,
    transfer_petition,
    withdraw_petition,
)
from danvan.petitions.services.reception import answer_matter, hold_day
from danvan.reading.covering import Covering
from danvan.topics.models import Topic
from danvan.topics.services import load_topics
from tests.factories.merging import apply_merger
from tests.once import once, own
from tests.petitions import papers, receptions

pytestmark = pytest.mark.django_db
MERGED = date(2026, 11, 19)


class Waiting:
    def __init__(self):
        self.office = papers.Office()
        load_topics()
        self.topic = Topic.objects.order_by("pk").first()
        matter = papers.matter(Kind.FEEDBACK, place_id=self.office.province.communes[0].pk)
        self.open = papers.accepted(self.office.unit, matter)
        self.closed = papers.received(self.office.unit)
        withdraw_petition(self.closed, symbol="Đơn rút", on=papers.ACCEPTED, actor=None)
        self.cluster = Cluster.objects.create(
            number="NH-2026-0001", unit=self.office.other, title="Đường", opened_on=papers.RECEIVED
        )


_waiting = once(Waiting, DANVAN_TODAY=date(2026, 11, 18))


@pytest.fixture
def waiting(settings, _waiting):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_waiting)


def whole():
    return [
        list(table.objects.order_by("pk").values()) for table in (Petition, PetitionStep, Cluster)
    ]


def test_what_is_open_passes_to_the_heir_with_a_line_and_comes_back(waiting):
    office, before = waiting.office, whole()
    applied = apply_merger(office.province, on=MERGED)
    one, closed = papers.fresh(waiting.open), papers.fresh(waiting.closed)
    heir = one.unit
    assert "Chi Khê" in heir.versions.get().name
    assert (one.former_id, one.passed_on, closed.unit_id) == (
        office.unit.pk,
        MERGED,
        office.unit.pk,
    )
    last = one.steps.last()
    assert (last.kind, last.on, last.words) == ("passed_on", papers.TODAY, f"Theo {applied.number}")
    assert [one.unit_on(day) for day in (date(2026, 11, 18), MERGED)] == [office.unit.pk, heir.pk]
    assert one.place_id == office.province.communes[0].pk  # where it lies is a fact of its day
    assert Cluster.objects.get().unit_id == heir.pk
    reorganising.undo_reorganisation(applied, why="Sai ngày", actor=None)
    assert whole() == before


def test_days_of_reception_that_are_not_over_pass_to_the_heir_and_come_back(waiting):
    office = waiting.office
    held = receptions.planned(office.unit, date(2026, 11, 5))
    hold_day(held, received="head", actor=None)
    coming = receptions.planned(office.unit, date(2026, 12, 10))
    before = list(ReceptionDay.objects.order_by("pk").values())
    applied = apply_merger(office.province, on=MERGED)
    heir = papers.fresh(waiting.open).unit_id
    for one in (receptions.fresh(held), receptions.fresh(coming)):
        assert (one.unit_id, one.former_id, one.passed_on) == (heir, office.unit.pk, MERGED)
        last = one.steps.last()
        assert (last.kind, last.on, last.words) == ("passed_on", papers.TODAY, f"Theo {applied.number}")  # fmt: skip
    assert [one.unit_on(one.held_on) for one in ReceptionDay.objects.order_by("pk")] == [office.unit.pk, heir]  # fmt: skip
    reorganising.undo_reorganisation(applied, why="Sai ngày", actor=None)
    assert list(ReceptionDay.objects.order_by("pk").values()) == before


def test_a_closed_one_of_which_something_is_owed_passes_too_and_comes_back(waiting):
    """A notice that was not sent, words that nobody looked through yet: else nobody would be left to do it."""
    office = waiting.office
    owing = papers.received(office.unit, papers.matter(Kind.PROPOSAL, "Cầu"))
    refuse_petition(owing, closing="TL01", on=papers.ACCEPTED, actor=None)
    wished = papers.received(office.unit, papers.matter(Kind.FEEDBACK, "Đèn"))
    ask_to_publish(wished, on=papers.RECEIVED, actor=None)
    withdraw_petition(papers.fresh(wished), symbol="Rút", on=papers.ACCEPTED, actor=None)
    assert papers.fresh(owing).due_on
    before = whole()
    applied = apply_merger(office.province, on=MERGED)
    heir = papers.fresh(waiting.open).unit_id
    assert [papers.fresh(one).unit_id for one in (owing, wished)] == [heir, heir]
    assert papers.fresh(waiting.closed).unit_id == office.unit.pk
    send_notice(papers.fresh(owing), symbol="1/TB", on=papers.TODAY, actor=None)
    assert papers.fresh(owing).due_on is None
    reorganising.undo_reorganisation(applied, why="Sai ngày", actor=None)
    assert [papers.fresh(one).unit_id for one in (owing, wished)] == [office.unit.pk] * 2
    after = whole()
    assert (after[0][:-2], after[2]) == (before[0][:-2], before[2])


def test_the_heir_looks_after_what_the_ended_unit_finished(waiting):
    """What it published can be taken down, and who petitioned there asks about their data at the heir; no other unit may."""
    office = waiting.office
    told = papers.received(office.unit, papers.matter(Kind.FEEDBACK, "Đèn hỏng"))
    row = ask_to_publish(told, on=papers.RECEIVED, actor=None)
    row = publish_petition(row, Covering(), actor=office.officer)
    withdraw_petition(papers.fresh(told), symbol="Rút", on=papers.ACCEPTED, actor=None)
    apply_merger(office.province, on=MERGED)
    assert papers.fresh(told).unit_id == office.unit.pk
    heir = papers.fresh(waiting.open).unit_id
    officer = papers.member("moi", Unit.objects.get(pk=heir), "petition_officer")
    beside = papers.member("ben", office.province.governments[2], "petition_officer")
    found = [allowed_publications(one, HANDLE).filter(pk=row.pk).exists() for one in (officer, beside)]  # fmt: skip
    assert found == [True, False]
    assert not allowed_petitions(officer, "petitions.receive").filter(pk=told.pk).exists()
    person = told.paper.signatures.get().petitioner
    asking = {"on": papers.TODAY, "draft": DataRequestDraft(kind="see", wanted="Xem đơn")}
    refused = papers.refused(receive_data_request, papers.fresh(told), person, actor=beside, **asking)  # fmt: skip
    assert "chưa có quyền" in refused.message
    request = receive_data_request(papers.fresh(told), person, actor=officer, **asking)
    assert request.unit_id == heir
    assert data_request_acts(officer, request) == ["respond", "carry-out", "refuse"]


def test_an_answer_that_the_ended_unit_promised_at_a_visit_is_given_by_its_heir(waiting, client):
    """The visit stays a row of the register of that day."""
    office = waiting.office
    later = receptions.matter(way=MatterWay.LATER, answer_on=date(2026, 11, 30))
    visit = receptions.visited(office.unit, later)
    apply_merger(office.province, on=MERGED)
    heir = Unit.objects.get(pk=papers.fresh(waiting.open).unit_id)
    officer = papers.member("moi", heir, "petition_officer")
    beside = papers.member("ben", office.province.governments[2], "petition_officer")
    [promised] = answers_promised(officer)
    assert (promised.visit_id, promised.unit_id) == (visit.pk, office.unit.pk)
    assert list(answers_promised(beside)) == []
    client.force_login(officer)
    assert client.get(reverse("reception:visit", args=[visit.pk])).context["may_receive"] is True
    answer_matter(promised, answer="Đã đo lại.", on=papers.TODAY, actor=officer)
    assert list(answers_promised(officer)) == []


def test_nothing_is_passed_on_to_a_unit_that_ended(waiting):
    office = waiting.office
    apply_merger(office.province, on=MERGED)
    one = papers.fresh(waiting.open)
    with pytest.raises(RuleError, match="không hoạt động vào ngày chuyển"):
        transfer_petition(one, to_unit_id=office.other.pk, reason="x", on=papers.TODAY, actor=None)
    third = office.province.governments[2]
    papers.member("canboxa3", third, "petition_officer")
    transfer_petition(one, to_unit_id=third.pk, reason="x", on=papers.TODAY, actor=None)


def test_a_corrected_day_moves_due_days_with_a_line_and_an_event(waiting, settings):
    settings.DANVAN_TODAY = date(2026, 10, 9)
    one = papers.received(waiting.office.unit, on=date(2026, 10, 8))  # seven working days: 19/10
    assert one.due_on == date(2026, 10, 19)
    correct_calendar_day(
        date(2026, 10, 14), working=False, reason="Lũ", citation="Công văn 12", actor=None
    )
    one = papers.fresh(one)
    assert (one.due_on, one.due_name) == (date(2026, 10, 20), "classify")
    moved = one.steps.filter(kind="moved").order_by("pk")
    said = {words.split(". ")[0]: words for words in moved.values_list("words", flat=True)}
    assert "Lũ (Công văn 12)" in said["Thụ lý hoặc từ chối: từ 19/10/2026 sang 20/10/2026"]
    event = OutboxEvent.objects.filter(name="petitions.due_days_moved").get()
    assert one.pk in event.body["petition_ids"]


def test_clocks_are_told_by_number_and_petitions_counted_by_topic(waiting):
    assert PetitionClocks().titles([waiting.open.pk]) == {waiting.open.pk: waiting.open.number}
    PetitionClocks().look_again(on=papers.TODAY)
    filed = FiledPetitions()
    assert filed.counts() == filed.counts(reader=waiting.office.head) == {}
    topic = waiting.topic
    Petition.objects.filter(pk=waiting.open.pk).update(topic=topic)
    assert filed.counts() == filed.counts(reader=waiting.office.head) == {topic.pk: 1}
    assert filed.counts(reader=waiting.office.stranger) == {}
    assert filed.address(topic.pk) == f"/don-thu/?linh_vuc={topic.pk}"
