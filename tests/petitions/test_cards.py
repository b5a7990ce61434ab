"""What the page of a petition says in every state: its next moves, which day the law has no row for, who asked, for a while."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from danvan.foundation.periods import Every, Period
from danvan.law.models import LegalParameter
from danvan.petitions.enums import Kind, State
from danvan.petitions.models import Petition
from danvan.petitions.moves import MOVES, moves_from
from danvan.petitions.selectors import Asked, card_of, listed, may_work, receiving_units
from danvan.petitions.selectors.reading import LATE, TABS, allowed_papers, readable_petitions
from danvan.petitions.services import (
    PersonDraft,
    bar_user,
    invite_to_dialogue,
    mark_complex,
    open_identity,
)
from danvan.petitions.services.subjects import erase_petitioner
from tests.once import once, own
from tests.petitions import acts, papers

pytestmark = pytest.mark.django_db


class World:
    def __init__(self):
        self.office = acts.dated(papers.Office())
        self.petitions = acts.first_ones(self.office)


_world = once(World, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_world)


def offered(card):
    return {one.move.name for one in (*card.moves, *card.small)}


def test_in_every_state_only_moves_of_the_table_are_offered_and_each_that_has_a_point(world):
    for kind, round_ in ((Kind.COMPLAINT, 1), (Kind.FEEDBACK, 1)):
        petition = world.petitions[kind, round_]
        for state in State:
            with transaction.atomic():
                card = card_of(world.office.head, acts.put(petition, state))
                fit = {one.name for one in moves_from(kind, state, round_)}
                # of one request there are own forms; a crowd, a second sign and a held talk are not here
                assert fit - offered(card) <= {"reply", "give", "group", "hold", "withdraw_part"}, (
                    state
                )
                assert offered(card) <= fit, (kind, state)
                assert (len(card.stages) > 1, card.crowd, card.lacking) == (True, False, "")
                transaction.set_rollback(True)


def test_who_may_not_decide_is_not_offered_what_is_the_heads(world):
    one = acts.put(world.petitions[Kind.COMPLAINT, 1], State.VERIFYING)
    officer, head = (
        offered(card_of(who, one)) for who in (world.office.officer, world.office.head)
    )
    assert head - officer == {"suspend", "terminate", "end_withdrawn", "decide"}
    assert all(MOVES[name].action == "petitions.decide" for name in head - officer)


def test_the_card_says_which_day_the_law_has_no_row_for(world):
    rows = LegalParameter.objects
    rows.filter(key="complaint.r1.remote").update(key="gone.settle")
    rows.filter(key="petition.idle.sanction").update(key="gone.idle")
    rows.filter(key="complaint.accept", valid_to=None).update(key="gone.accept")
    one = papers.received(world.office.unit, papers.matter(remote=True), channel="post")
    assert [words.split(":")[0] for words in card_of(world.office.head, one).unclocked] == [
        "Thụ lý hoặc từ chối", "Quá hạn xử lý đơn, xem xét trách nhiệm",
    ]  # fmt: skip
    assert one.due_on is None
    taken = papers.accepted(world.office.unit, papers.matter(remote=True), channel="post")
    said = card_of(world.office.head, taken).unclocked
    assert "Giải quyết: chưa có tham số pháp luật (complaint.r1.remote)" in said[-1]
    assert taken.due_on is None


def test_what_a_move_still_lacks_stands_beside_it(world):
    bare = papers.verifying(world.office, papers.matter(requests=("Đo", "Trả")), finding="differs")
    lacks = {
        one.move.name: (one.why_not, one.note) for one in card_of(world.office.head, bare).moves
    }
    assert lacks["decide"] == ("Chưa trả lời yêu cầu 1, 2. Chưa có biên bản đối thoại.", "")
    assert lacks["invite"] == ("", "Luật bắt buộc với đơn này.")
    crowd = card_of(world.office.head, papers.received(world.office.unit, people=12))
    lacks = {one.move.name: one.why_not for one in crowd.moves}
    assert (crowd.crowd, "12 người" in lacks["accept"]) == (True, True)
    nameless = papers.received(world.office.unit, persons=(), anonymous=True)
    lacks = {one.move.name: one.why_not for one in card_of(world.office.head, nameless).moves}
    assert lacks["accept"] == "Đơn khiếu nại không ghi tên thì lưu đơn."


def test_what_was_written_down_as_complex_is_named_and_a_talk_is_shown(world):
    one = papers.verifying(world.office)
    mark_complex(one, criteria=["a"], symbol="1/BC", on=date(2026, 10, 9), actor=None)
    invite_to_dialogue(
        papers.fresh(one),
        on=date(2026, 10, 9),
        held_on=date(2026, 10, 20),
        place="Trụ sở",
        actor=None,
    )
    card = card_of(world.office.head, papers.fresh(one))
    assert card.complexity == ["Phải xác minh từ hai nơi trở lên"]
    assert "mark_complex" not in offered(card)
    assert "hold" in offered(card)


def test_names_are_shown_to_who_opened_them_until_the_minutes_are_over(world, settings):
    settings.DANVAN_IDENTITY_MINUTES = 5
    two = (papers.NAM, PersonDraft(name="Vi Thị Khăm"))
    one = papers.received(world.office.unit, persons=two, people=2)
    officer, head = world.office.officer, world.office.head
    assert card_of(officer, one).persons == []
    opened = open_identity(one.paper, purpose="contact", actor=officer)
    assert [each.name for each in card_of(officer, one).persons] == ["Lô Văn Nam", "Vi Thị Khăm"]
    assert card_of(head, one).persons == []
    erase_petitioner(one.paper.signatures.last().petitioner, actor=None)
    assert [(each.name, each.erased) for each in card_of(officer, one).persons] == [
        ("Lô Văn Nam", False), ("", True),
    ]  # fmt: skip
    opened.until -= timedelta(minutes=6)
    opened.save()
    assert card_of(officer, one).persons == []


def test_without_the_key_file_the_card_says_so_and_stands(world, settings, tmp_path):
    one = papers.received(world.office.unit)
    open_identity(one.paper, purpose="contact", actor=world.office.officer)
    settings.DANVAN_KEYS = tmp_path / "gone" / "keys.json"
    card = card_of(world.office.officer, one)
    assert (card.persons, "báo quản trị viên" in card.seal_fault) == ([], True)


def test_a_list_is_narrowed_by_each_thing_it_is_asked_for(world):
    office, on = world.office, papers.TODAY
    one = papers.received(office.unit, papers.matter(Kind.FEEDBACK, "Cầu treo bản Xiềng"))
    november = Period.starting(date(2026, 11, 1), Every.MONTH)

    def found(**asked):
        return set(listed(office.head, Asked(**asked), on=on))

    everything = set(Petition.objects.filter(unit=office.unit))
    assert found() == found(unit_id=office.unit.pk) == everything
    assert found(words="cau treo") == {one}
    assert (
        found(unit_id=office.other.pk) == found(topic_id=987_654) == found(period=november) == set()
    )
    assert {each.kind for each in found(kind=Kind.PROPOSAL)} == {"proposal"}
    assert found(tab=LATE) == {each for each in everything if each.due_on and each.due_on < on}
    assert {tab: {each.state for each in found(tab=tab)} <= set(states or State) for tab, (_, states) in TABS.items()} == dict.fromkeys(TABS, True)  # fmt: skip


def test_who_may_read_and_receive_what(world):
    office, one = world.office, world.petitions[Kind.FEEDBACK, 1]
    assert may_work(office.head, "petitions.handle", one)
    bar_user(one, user=office.head, actor=None)
    assert not may_work(office.head, "petitions.handle", one)
    assert readable_petitions(office.head, [one.pk]) == set()
    assert readable_petitions(office.officer, [one.pk]) == {one.pk}
    assert one.paper not in allowed_papers(office.head, "petitions.view")
    assert one.paper in allowed_papers(office.officer, "petitions.view")
    assert [pk for pk, _ in receiving_units(office.officer, on=papers.TODAY)] == [office.unit.pk]
    assert receiving_units(papers.member("xem", office.unit, "specialist"), on=papers.TODAY) == []
