"""Many who ask the same: one answer, while each keeps a clock, a step and a notice of their own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.models import AuditEntry, OutboxEvent
from danvan.law.models import LegalParameter
from danvan.law.selectors import clocks
from danvan.petitions.enums import Kind
from danvan.petitions.models import Cluster, Petition, PetitionAnswer
from danvan.petitions.selectors import allowed_clusters, cluster_card
from danvan.petitions.selectors.clusters import asks_the_same
from danvan.petitions.services import (
    PersonDraft,
    accept_cluster,
    answer_cluster,
    answer_petition,
    bar_user,
    dispute_answer,
    file_repeated,
    join_cluster,
    open_cluster,
    part_from_cluster,
    report_back,
    withdraw_petition,
)
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.papers import ACCEPTED, RECEIVED, TODAY

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=TODAY)
ANSWER = {"text": "Xã sẽ sửa cầu.", "channel": "paper", "outcome": "resolved", "on": TODAY}
BRIDGE = papers.matter(Kind.PROPOSAL, "Sửa cầu treo Bản Xiềng")


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = TODAY
    return own(_office)


def asker(number):
    return PersonDraft(name=f"Lô Văn {number}", phone=f"09120000{number:02}")


def proposals(office, number, matter=BRIDGE, **more):
    return [
        papers.accepted(office.unit, matter, persons=(asker(one),), **more) for one in range(number)
    ]


def ids(petitions):
    return [one.pk for one in petitions]


def opened(office, petitions):
    return open_cluster(ids(petitions), title="Sửa cầu treo", actor=office.officer)


def open_names(petition):
    found = clocks().filter(subject_kind="petitions.petition", subject_id=petition.pk)
    return {one.name for one in found if one.ended_on is None}


def test_one_answer_reaches_each_with_a_clock_a_step_and_a_notice(office):
    members = proposals(office, 3)
    cluster = opened(office, members)
    assert cluster.number.startswith("NH-2026-")
    papers.replied(members[1], on=TODAY)
    before = OutboxEvent.objects.filter(name="petitions.answered").count()
    done = answer_cluster(cluster, **ANSWER, actor=office.officer)
    assert ids(done.done) == ids(members)
    assert done.left_out == ()
    for one in map(papers.fresh, members):
        assert (one.state, one.answer, one.answered_on, one.outcome, one.due_on) == (
            "answered", "Xã sẽ sửa cầu.", TODAY, "resolved", None,
        )  # fmt: skip
        assert one.requests.get().reply == "Đo lại đúng 214 m2."
        assert [step.kind for step in one.steps.order_by("pk")][-2:] == [
            "joined",
            "answered",
        ] or one == members[1]
        assert one.answers.get().text == "Xã sẽ sửa cầu."
        assert open_names(one) == set()
        assert AuditEntry.objects.filter(
            action="petitions.answer", target=f"petitions.petition:{one.pk}"
        ).exists()
    assert OutboxEvent.objects.filter(name="petitions.answered").count() == before + 3
    cluster.refresh_from_db()
    assert (cluster.answered_on, cluster.answer, cluster.changes) == (TODAY, "Xã sẽ sửa cầu.", 1)


def test_a_cluster_leaves_each_as_an_answer_alone_would(office):
    """The same row, steps apart, whichever way it is answered."""
    alone, first, second = proposals(office, 3, channel="forwarded", sender="Mặt trận xã")
    for one in (alone, first):
        papers.replied(one, on=TODAY)
    answer_petition(papers.fresh(alone), **ANSWER, actor=office.officer)
    answer_cluster(opened(office, [first, second]), **ANSWER, actor=office.officer)
    kept = (
        "state", "answer", "answer_channel", "outcome", "answered_on", "due_on", "due_name", "closed_on",
    )  # fmt: skip
    rows = [
        [getattr(papers.fresh(one), column) for column in kept] for one in (alone, first, second)
    ]
    assert rows[0] == rows[1] == rows[2]
    assert rows[0][6] == "relay"
    assert open_names(alone) == open_names(second) == {"relay"}


def test_queries_do_not_grow_with_the_members_but_for_the_notices(office):
    counts = []
    for number in (2, 12):
        members = proposals(office, number)
        cluster = opened(office, members)
        papers.replied(members[0], on=TODAY)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer_cluster(cluster, **ANSWER, actor=office.officer)
        notices = sum("outbox" in one["sql"] or "delivery" in one["sql"] for one in asked)
        counts.append(len(asked) - notices)
    assert counts[0] == counts[1]


def test_who_asks_for_something_else_is_told_and_left_out(office):
    members = proposals(office, 2)
    other = papers.accepted(
        office.unit, papers.matter(Kind.PROPOSAL, "Cầu", requests=("Sửa cầu treo Bản Xiềng", "Cấp điện cho bản")),
        persons=(asker(9),),
    )  # fmt: skip
    cluster = opened(office, [*members, other])
    papers.replied(members[0], on=TODAY)
    done = answer_cluster(cluster, **ANSWER, actor=office.officer)
    assert ids(done.done) == ids(members)
    [left] = done.left_out
    assert left.petition == other
    assert "Cấp điện cho bản" in left.why
    assert papers.fresh(other).state == "accepted"
    cluster.refresh_from_db()
    assert cluster.answered_on is None
    assert not other.requests.exclude(replied_on=None).exists()
    card = cluster_card(office.officer, cluster.pk)
    assert (card.total, card.answered, card.to_answer, card.to_accept, card.more) == (3, 2, 1, 0, 0)
    part_from_cluster(other, why="Xin thêm điện", actor=office.officer)
    other = papers.fresh(other)
    assert (other.cluster_id, other.steps.last().kind) == (None, "parted")


def test_who_waits_or_went_elsewhere_is_left_out(office):
    members = proposals(office, 2)
    waiting = papers.received(office.unit, BRIDGE, persons=(asker(7),))
    gone = proposals(office, 1)[0]
    cluster = opened(office, [*members, waiting, gone])
    Petition.objects.filter(pk=gone.pk).update(unit=office.other)  # as a reorganisation leaves it
    late = papers.fresh(members[1])
    Petition.objects.filter(pk=late.pk).update(
        dialogue_held=True, dialogue_on=TODAY.replace(day=25)
    )
    papers.replied(members[0], on=TODAY)
    done = answer_cluster(cluster, **ANSWER, actor=office.officer)
    assert ids(done.done) == [members[0].pk]
    assert [one.petition for one in done.left_out] == [late, waiting, gone]
    assert ["25/11/2026" in done.left_out[0].why, "chờ phân loại" in done.left_out[1].why] == [
        True,
        True,
    ]
    assert "đơn vị khác" in done.left_out[2].why


def test_nothing_is_answered_where_nobody_can_be(office):
    members = proposals(office, 2)
    cluster = opened(office, members)
    broken = papers.refused(answer_cluster, cluster, **ANSWER)
    assert "Sửa cầu treo" in broken.message
    assert not PetitionAnswer.objects.filter(petition__in=members).exists()
    papers.replied(members[0], on=TODAY)
    answer_cluster(cluster, **ANSWER, actor=None)
    assert "không còn đơn nào" in papers.refused(answer_cluster, cluster, **ANSWER).message


def test_an_answer_without_words_way_or_outcome_is_refused_with_all_its_faults(office):
    cluster = opened(office, proposals(office, 2))
    broken = papers.refused(
        answer_cluster, cluster, text=" ", channel="dove", outcome="right", on=RECEIVED
    )
    assert [one.column for one in broken.faults] == ["text", "channel", "outcome", "on"]
    assert "Có người vừa sửa" in papers.refused(answer_cluster, cluster, **ANSWER, seen=7).message


def test_members_that_wait_are_accepted_together(office):
    members = [papers.received(office.unit, BRIDGE, persons=(asker(one),)) for one in range(3)]
    crowd = papers.received(office.unit, BRIDGE, persons=(asker(5),), people=12)
    cluster = opened(office, [*members, crowd])
    done = accept_cluster(cluster, on=ACCEPTED, actor=office.officer)
    assert ids(done.done) == ids(members)
    assert [one.petition for one in done.left_out] == [crowd]
    assert "người đại diện" in done.left_out[0].why
    assert papers.fresh(members[0]).accepted_on == ACCEPTED


def test_what_cannot_stand_together_is_refused_whole(office):
    first, second = proposals(office, 2)
    complaint = papers.accepted(office.unit)
    elsewhere = papers.accepted(office.other, BRIDGE, persons=(asker(8),))
    papers.replied(second, on=TODAY)
    answer_petition(papers.fresh(second), **ANSWER, actor=None)
    broken = papers.refused(
        open_cluster, [first.pk, second.pk, complaint.pk, elsewhere.pk], title=""
    )
    assert len(broken.faults) == 4
    assert not Cluster.objects.exists()
    assert "từ hai đơn" in papers.refused(open_cluster, [first.pk], title="Cầu").message
    assert "từ hai đơn" in papers.refused(open_cluster, [], title="Cầu").message
    many = papers.refused(open_cluster, range(1, 1002), title="Cầu")
    assert "1.000" in many.message
    stranger = papers.refused(
        open_cluster, ids(proposals(office, 2)), title="Cầu", actor=office.stranger
    )
    assert "chưa được giao" in stranger.message


def test_more_join_until_the_cluster_is_answered(office):
    members = proposals(office, 3)
    cluster = opened(office, members[:2])
    assert "chọn đơn để gộp" in papers.refused(join_cluster, cluster, []).message
    assert "đã thuộc một nhóm" in papers.refused(join_cluster, cluster, [members[0].pk]).message
    join_cluster(cluster, [members[2].pk], actor=office.officer)
    assert papers.fresh(members[2]).cluster == cluster
    papers.replied(members[0], on=TODAY)
    answer_cluster(cluster, **ANSWER, actor=None)
    late = proposals(office, 1)[0]
    assert "không còn đơn nào chờ" in papers.refused(join_cluster, cluster, [late.pk]).message
    assert "không thuộc nhóm" in papers.refused(part_from_cluster, late, why="x").message
    broken = papers.refused(part_from_cluster, members[0], why="")
    assert ("vì sao tách" in broken.message, "đã trả lời" in broken.message) == (True, True)


def test_a_cluster_is_seen_by_its_unit_and_above_and_hides_what_is_against_the_reader(office):
    members = proposals(office, 3)
    cluster = opened(office, members)
    assert [one.number_of for one in allowed_clusters(office.chief)] == [3]
    assert not allowed_clusters(office.stranger).exists()
    members[0].barred.create(user=office.officer)
    card = cluster_card(office.officer, cluster.pk, most=1)
    assert (card.total, card.more, len(card.members)) == (2, 1, 1)
    with pytest.raises(Cluster.DoesNotExist):
        cluster_card(office.stranger, cluster.pk)


def test_without_a_row_of_the_law_nothing_is_owed_to_who_sent_it_on(office):
    members = proposals(office, 2, channel="forwarded", sender="Mặt trận xã")
    papers.replied(members[0], on=TODAY)
    LegalParameter.objects.filter(key="petition.transferred.result_report").delete()
    answer_cluster(opened(office, members), **ANSWER, actor=None)
    assert open_names(members[0]) == set()


def test_a_second_relay_gets_a_name_of_its_own(office):
    members = proposals(office, 2, channel="forwarded", sender="Mặt trận xã")
    papers.replied(members[0], on=TODAY)
    cluster = opened(office, members)
    answer_cluster(cluster, **ANSWER, actor=None)
    report_back(papers.fresh(members[0]), on=TODAY, actor=None)
    dispute_answer(papers.fresh(members[0]), why="Chưa sửa", on=TODAY, actor=None)
    papers.replied(members[0], on=TODAY)
    answer_cluster(cluster, **ANSWER, actor=None)
    assert open_names(members[0]) == {"relay.2"}
    assert members[0].answers.count() == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sửa cầu treo Bản Xiềng", "sua cau treo ban xieng", True),
        ("Sửa cầu treo Bản Xiềng", "Đề nghị sửa cầu treo Bản Xiềng", True),
        ("Bồi thường 214 m2", "Bồi thường 314 m2", False),
        ("Sửa cầu treo", "Cấp điện", False),
    ],
)
def test_requests_ask_the_same_by_their_words_and_figures(one, other, same):
    assert asks_the_same(one, other) is same


def test_the_same_matter_of_the_same_sender_is_filed_without_clocks(office):
    first = papers.accepted(office.unit, BRIDGE, persons=(asker(1),))
    again = papers.received(office.unit, BRIDGE, persons=(asker(1),))
    file_repeated(again, original=first, on=TODAY, actor=office.officer)
    again = papers.fresh(again)
    assert (again.state, again.closing, again.dup_of_id, again.closed_on) == (
        "filed", "LD07", first.pk, TODAY,
    )  # fmt: skip
    assert open_names(again) == set()
    assert first.number in again.steps.last().words
    third = papers.received(office.unit, BRIDGE, persons=(asker(1),))
    file_repeated(third, original=again, on=TODAY, actor=None)
    assert papers.fresh(third).dup_of_id == first.pk  # always the first
    assert first.duplicates.count() == 2


def test_what_is_no_repetition_is_refused(office):
    first = papers.received(office.unit, BRIDGE, persons=(asker(1),))
    others = papers.received(office.unit, BRIDGE, persons=(asker(2),))
    complaint = papers.received(office.unit, persons=(asker(1),))
    both = papers.paper(
        office.unit, BRIDGE, papers.matter(Kind.PROPOSAL, "Điện"), persons=(asker(3),)
    )
    one, two = both.petitions.order_by("pk")
    for petition, original, said in (
        (others, first, "gộp nhóm"),
        (first, first, "chính nó"),
        (complaint, first, "loại khác"),
        (two, one, "cùng một đơn"),
    ):
        broken = papers.refused(file_repeated, petition, original=original, on=TODAY)
        assert said in broken.message
        assert papers.fresh(petition).state == "received"


def test_nobody_accepts_or_answers_in_a_cluster_what_is_against_them(office):
    members = [papers.received(office.unit, BRIDGE, persons=(asker(one),)) for one in range(3)]
    cluster = opened(office, members)
    bar_user(papers.fresh(members[0]), user=office.officer, actor=office.head)
    done = accept_cluster(cluster, on=ACCEPTED, actor=office.officer)
    assert (ids(done.done), done.left_out) == (ids(members[1:]), ())
    accept_cluster(cluster, on=ACCEPTED, actor=office.head)
    papers.replied(papers.fresh(members[1]), on=TODAY)
    # waits for no answer any more
    withdraw_petition(papers.fresh(members[2]), symbol="Đơn rút", on=TODAY, actor=None)
    members.pop()
    done = answer_cluster(cluster, **ANSWER, actor=office.officer)
    assert (ids(done.done), done.left_out) == (ids(members[1:]), ())
    assert papers.fresh(members[0]).state == "accepted"
    cluster.refresh_from_db()
    assert cluster.answered_on is None  # somebody else answers the last one
    assert ids(answer_cluster(cluster, **ANSWER, actor=office.head).done) == ids(members[:1])
    cluster.refresh_from_db()
    assert cluster.answered_on == TODAY


def test_a_member_that_went_to_another_unit_is_not_accepted_from_here(office):
    members = [papers.received(office.unit, BRIDGE, persons=(asker(one),)) for one in range(2)]
    cluster = opened(office, members)
    Petition.objects.filter(pk=members[0].pk).update(unit=office.other)
    done = accept_cluster(cluster, on=ACCEPTED, actor=office.officer)
    assert (ids(done.done), ["đơn vị khác" in one.why for one in done.left_out]) == (
        ids(members[1:]), [True],
    )  # fmt: skip
    assert papers.fresh(members[0]).state == "received"
