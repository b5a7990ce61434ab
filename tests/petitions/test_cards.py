"""What the page of a petition says in every state: its next moves, which day the law has no row for, who asked, for a while."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from danvan.foundation.periods import Every, Period
from danvan.law.models import LegalParameter
from danvan.petitions.enums import Kind, State
from danvan.petitions.models import Petition
from danvan.petitions.moves import MOVES, moves_from
from danvan.petitions.selectors import (
    Asked,
    card_of,
    listed,
    receiving_unit,
    receiving_units,
)
from danvan.petitions.selectors.reading import LATE, TABS, allowed_petitions, readable_petitions
from danvan.petitions.services import (
    PersonDraft,
    answer_petition,
    assign_verifier,
    bar_user,
    check_done,
    finish_petition,
    give_work,
    invite_to_dialogue,
    mark_complex,
    open_identity,
    report_back,
    suspend_petition,
)
from danvan.petitions.services.subjects import erase_petitioner
from tests.factories.province import make_grant, make_place
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
    assert head - officer == {"suspend", "terminate", "end_withdrawn"}
    assert all(MOVES[name].action == "petitions.decide" for name in head - officer)


def told(card):
    return {one.move.name: one.why_not for one in card.moves}


def test_the_officer_is_told_what_waits_for_the_head(world):
    one = papers.verifying(world.office)
    officer, head = world.office.officer, world.office.head
    assert told(card_of(officer, one))["decide"] == "Chưa trả lời yêu cầu 1."
    assert card_of(officer, one).forward == "decide"  # by the request that the officer answers
    one = papers.replied(one)
    assert told(card_of(officer, one))["decide"] == "Chờ lãnh đạo ra quyết định."
    assert (card_of(officer, one).forward, card_of(head, one).forward) == ("", "decide")


def test_what_leads_on_stands_first_and_what_leads_away_last(world):
    head = world.office.head
    complaint = papers.received(world.office.unit)
    card = card_of(head, complaint)
    assert [one.move.name for one in card.moves] == ["accept", "guide", "refuse", "file"]
    assert card.forward == "accept"
    verifying = papers.verifying(world.office, papers.matter(requests=("Đo", "Trả")))
    assert card_of(head, verifying).forward == "decide"  # by the request that is answered first
    [decide] = [one for one in card_of(head, verifying).moves if one.move.name == "decide"]
    assert (decide.request, decide.why_not) == (1, "Chưa trả lời yêu cầu 1, 2.")
    verifying.finding = ""
    assert card_of(head, verifying).forward == "find"
    verifying.finding = "differs"
    assert card_of(head, verifying).forward == "invite"
    proposal = papers.accepted(world.office.unit, papers.matter("proposal", "Xây cầu"))
    assert [one.move.name for one in card_of(head, proposal).moves][:2] == ["answer", "assign"]
    again = [one.move.name for one in card_of(head, verifying).moves if one.again]
    assert again == ["find", "assign"]


def test_an_end_that_would_be_refused_says_why_on_the_card(world):
    office = world.office
    draft = papers.matter("proposal", "Xây cầu")
    one = papers.replied(
        papers.accepted(office.unit, draft, channel="forwarded", sender="Thanh tra")
    )
    answer_petition(one, text="Đã xây.", channel="paper", outcome="resolved", on=date(2026, 10, 20), actor=office.officer)  # fmt: skip
    lacks = told(card_of(office.officer, papers.fresh(one)))
    assert lacks["finish"] == (
        "Chưa báo kết quả cho nơi chuyển đơn: Thanh tra. Đồng chí vui lòng báo rồi mới kết thúc."
    )
    assert lacks["check"] == "Người đã trả lời không tự kiểm tra, đồng chí vui lòng nhờ người khác."
    assert told(card_of(office.head, papers.fresh(one)))["check"] == ""
    report_back(papers.fresh(one), on=date(2026, 10, 21), actor=None)
    check_done(papers.fresh(one), on=date(2026, 10, 22), actor=office.head)
    card = card_of(office.head, papers.fresh(one))
    assert (card.forward, "report_back" in offered(card)) == ("finish", False)
    [check] = [one for one in card.moves if one.move.name == "check"]
    assert check.again
    complaint = papers.verifying(office)
    complaint = acts.put(complaint, State.SENT)
    complaint.appeal_until = date(2027, 1, 1)
    complaint.published_on = date(2026, 10, 20)
    card = card_of(office.head, complaint)
    assert told(card)["finish"] == (
        "Người khiếu nại còn quyền khiếu nại tiếp đến hết 01/01/2027, đồng chí vui lòng kết thúc sau ngày ấy."
    )
    assert [one.move.name for one in card.moves if one.again] == ["publish"]


def test_work_that_was_given_holds_the_end_until_it_is_found_done(world):
    office = world.office
    one = papers.replied(papers.accepted(office.unit, papers.matter("proposal", "Xây cầu")))
    given = give_work(one.requests.get(), acts.work(office), actor=office.officer)
    answer_petition(papers.fresh(one), text="Đã xây.", channel="paper", outcome="resolved", on=date(2026, 10, 20), actor=None)  # fmt: skip
    lacks = told(card_of(office.head, papers.fresh(one)))
    words = f"Còn việc đã giao chưa kiểm tra xong: {given.number}. Đồng chí vui lòng kiểm tra việc ấy trước."
    assert lacks["finish"] == lacks["check"] == words
    for act in (finish_petition, check_done):
        more = {"on": date(2026, 10, 20), "actor": office.head}
        assert papers.refused(act, papers.fresh(one), **more).message == words


def test_what_changes_a_term_that_is_over_says_so_beforehand_and_what_to_do_instead(
    world, settings
):
    head, due = world.office.head, date(2026, 11, 9)
    one = papers.verifying(world.office)
    assert one.due_on == due
    acts_ = {
        "suspend": (suspend_petition, {"ground": "force", "words": "Lũ"}),
        "mark_complex": (mark_complex, {"criteria": ["a"]}),
    }
    settings.DANVAN_TODAY = due
    moves = {each.move.name: each for each in card_of(head, one).moves}
    assert all(moves[name].why_not == moves[name].note == "" for name in acts_)
    settings.DANVAN_TODAY = papers.TODAY
    moves = {each.move.name: each for each in card_of(head, one).moves}
    for name, (act, said) in acts_.items():
        assert (
            moves[name].why_not == ""
        )  # a paper of a day within the term may still be written down
        assert "chỉ ghi được" in moves[name].note
        assert "từ ngày 08/10/2026 đến hết ngày 09/11/2026" in moves[name].note
        late = papers.refused(act, one, symbol="1/QĐ", on=papers.TODAY, **said)
        assert [fault.column for fault in late.faults] == ["on"]
        with transaction.atomic():
            act(papers.fresh(one), symbol="1/QĐ", on=due, actor=None, **said)
            transaction.set_rollback(True)
    assign_verifier(one, verifier=head, on=papers.TODAY, actor=None)
    one = papers.fresh(one)
    moves = {each.move.name: each for each in card_of(head, one).moves}
    for name, (act, said) in acts_.items():  # nothing is dated before that any more
        why = papers.refused(act, one, symbol="1/QĐ", on=papers.TODAY, **said).message
        assert moves[name].why_not == why
        assert "Hạn giải quyết 09/11/2026 đã qua" in why
        assert "gia hạn" not in why
    assert moves["terminate"].why_not == ""  # what the sentence sends to can be done


def test_who_disputed_once_is_not_offered_it_again(world):
    one = acts.put(world.petitions[Kind.FEEDBACK, 1], State.ANSWERED)
    assert "dispute" in offered(card_of(world.office.head, one))
    one.disputed_on = date(2026, 10, 20)
    assert "dispute" not in offered(card_of(world.office.head, one))


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
    assert "Giải quyết: chưa có quy định được nạp có hiệu lực ngày thụ lý" in said[-1]
    assert taken.due_on is None


def test_what_a_move_still_lacks_stands_beside_it(world):
    bare = papers.verifying(world.office, papers.matter(requests=("Đo", "Trả")), finding="differs")
    lacks = {
        one.move.name: (one.why_not, one.note) for one in card_of(world.office.head, bare).moves
    }
    assert lacks["decide"] == (
        "Chưa trả lời yêu cầu 1, 2. Chưa có biên bản đối thoại mà luật bắt buộc với đơn này.", ""
    )  # fmt: skip
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
    assert one in allowed_petitions(office.head, "petitions.handle")
    bar_user(one, user=office.head, actor=None)
    assert one not in allowed_petitions(office.head, "petitions.handle")
    assert readable_petitions(office.head, [one.pk]) == set()
    assert readable_petitions(office.officer, [one.pk]) == {one.pk}
    assert [pk for pk, _ in receiving_units(office.officer, on=papers.TODAY)] == [office.unit.pk]
    assert (
        receiving_unit(office.officer, [office.unit.pk, office.other.pk], on=papers.TODAY)
        == office.unit.pk
    )
    assert receiving_unit(office.officer, [office.other.pk], on=papers.TODAY) is None
    assert receiving_units(papers.member("xem", office.unit, "specialist"), on=papers.TODAY) == []


def test_no_place_receives_a_paper_where_an_organisation_of_it_may(world):
    province = world.office.province
    user = papers.member("canboxa3", province.communes[2], "commune_officer")
    offered = {pk for pk, _ in receiving_units(user, on=papers.TODAY)}
    bodies = (province.fronts[2], province.committees[2], province.governments[2])
    assert offered == {one.pk for one in bodies}
    alone = make_place("Xã Thông Thụ", under=province.place)
    make_grant(alone, "commune_officer", user=user)
    assert (alone.pk, "Xã Thông Thụ") in receiving_units(user, on=papers.TODAY)


def test_who_receives_for_several_is_offered_the_unit_of_the_last_paper(world):
    office = world.office
    make_grant(office.other, "petition_officer", user=office.officer)
    offered_units = [office.unit.pk, office.other.pk]
    papers.paper(office.other)  # by somebody else
    assert receiving_unit(office.officer, offered_units, on=papers.TODAY) is None
    papers.paper(office.other, actor=office.officer)
    assert receiving_unit(office.officer, offered_units, on=papers.TODAY) == office.other.pk
    papers.paper(office.unit, actor=office.officer)
    assert receiving_unit(office.officer, offered_units, on=papers.TODAY) == office.unit.pk


def test_who_receives_for_a_place_is_offered_the_one_unit_of_it_where_papers_come_in(world):
    office = world.office
    newcomer = papers.member("moi", office.unit, "petition_officer")
    make_grant(office.above, "petition_officer", user=newcomer)
    offered_units = [office.unit.pk, office.above.pk]
    assert receiving_unit(newcomer, offered_units, on=papers.TODAY) == office.unit.pk
    papers.paper(office.above)
    assert receiving_unit(newcomer, offered_units, on=papers.TODAY) is None
