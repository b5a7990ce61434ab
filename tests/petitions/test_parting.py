"""Who leaves a cluster, by its page or because it went elsewhere; a cluster waits for nobody who is not of it any more."""

import pytest
from django.test import Client
from django.urls import reverse

from danvan.petitions.enums import Kind
from danvan.petitions.models import Petition
from danvan.petitions.selectors.vault import words_left
from danvan.petitions.services import (
    answer_cluster,
    answer_petition,
    bar_user,
    hand_out_petition,
    join_cluster,
    open_cluster,
    part_from_cluster,
    reclassify_petition,
    report_result,
    transfer_petition,
)
from danvan.petitions.services.vault import Left, seal_petition
from tests.once import once, own
from tests.petitions import acts, cases, papers
from tests.petitions.papers import TODAY

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=TODAY)
LAMP = papers.matter(Kind.FEEDBACK, "Đèn đường hỏng")
ANSWER = {"text": "Xã đã thay đèn.", "channel": "paper", "outcome": "resolved", "on": TODAY}


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = TODAY
    return own(_office)


def clustered(office, *members):
    pks = [one.pk for one in members]
    return open_cluster(pks, title="Đèn đường", actor=office.officer)


def taken(office, number=2):
    """Accepted ones of which each request has its answer."""
    return [papers.replied(papers.accepted(office.unit, LAMP)) for _ in range(number)]


def answered_on(cluster):
    cluster.refresh_from_db()
    return cluster.answered_on


def page(user, petition, data=None):
    client = Client()
    client.force_login(user)
    path = reverse("petitions:part", args=[petition.pk])
    return client.get(path) if data is None else client.post(path, data)


def test_an_officer_takes_one_out_on_its_page_with_the_reason(office):
    first, second, third = taken(office, 3)
    cluster = clustered(office, first, second, third)
    client = Client()
    client.force_login(office.officer)
    shown = client.get(reverse("petitions:cluster", args=[cluster.pk])).content.decode()
    assert reverse("petitions:part", args=[first.pk]) in shown
    assert (
        "Tách khỏi nhóm" in client.get(reverse("petitions:card", args=[first.pk])).content.decode()
    )
    assert f"Tách khỏi nhóm {cluster.number}" in page(office.officer, first).content.decode()
    bare = page(office.officer, first, {"why": " "})
    assert (bare.status_code, "vì sao tách" in bare.content.decode()) == (422, True)
    assert page(office.officer, first, {"why": "Xin thêm điện", "seen": 99}).status_code == 422
    assert papers.fresh(first).cluster == cluster
    sent = page(office.officer, first, {"why": "Xin thêm điện"})
    assert sent.url == reverse("petitions:card", args=[first.pk])
    first = papers.fresh(first)
    assert (first.cluster, first.steps.last().words) == (
        None, f"Khỏi {cluster.number}. Lý do: Xin thêm điện",
    )  # fmt: skip
    again = page(office.officer, first)
    assert again.url == reverse("petitions:card", args=[first.pk])
    assert page(office.stranger, second).status_code == 404
    bar_user(papers.fresh(second), user=office.officer, actor=None)
    assert page(office.officer, second).status_code == 404


def test_what_is_answered_stays_where_it_was_answered(office):
    first, second = taken(office)
    cluster = clustered(office, first, second)
    answer_cluster(cluster, **ANSWER, actor=None)
    shown = Client()
    shown.force_login(office.officer)
    said = shown.get(reverse("petitions:cluster", args=[cluster.pk])).content.decode()
    assert (reverse("petitions:part", args=[first.pk]) in said, "Trả lời chung" in said) == (
        False, True,
    )  # fmt: skip
    broken = acts.untouched(part_from_cluster, papers.fresh(first), why="Nhầm")
    assert "không tách khỏi nhóm được nữa" in broken.message


def went_on(one, office):
    transfer_petition(one, to_unit_id=office.other.pk, on=TODAY, reason="Xã bạn", actor=None)


def became_a_complaint(one, office):
    reclassify_petition(one, kind=Kind.COMPLAINT, why="Khiếu nại", actor=None)


def parted(one, office):
    part_from_cluster(one, why="Xin thêm điện", actor=office.officer)


@pytest.mark.parametrize("leaves", [went_on, became_a_complaint, parted])
def test_a_cluster_does_not_wait_for_who_left_it(office, leaves):
    first, second = taken(office)
    last = papers.received(office.unit, LAMP)
    cluster = clustered(office, first, second, last)
    answer_cluster(cluster, **ANSWER, actor=None)
    assert answered_on(cluster) is None
    leaves(papers.fresh(last), office)
    assert answered_on(cluster) == TODAY
    last = papers.fresh(last)
    assert (last.cluster_id, last.steps.filter(kind="parted").count()) == (None, 1)
    assert cluster.petitions.count() == 2


def test_a_cluster_does_not_wait_for_what_left_for_the_vault(office):
    first, second = taken(office)
    last = papers.received(office.unit, LAMP)
    cluster = clustered(office, first, second, last)
    answer_cluster(cluster, **ANSWER, actor=None)
    last = papers.fresh(last)
    left = Left(words={one.key: one.words for one in words_left(last)}, cleared=True)
    seal_petition(last, accused=[cases.ACCUSED], actor=office.officer, left=left)
    assert (answered_on(cluster), cluster.petitions.count()) == (TODAY, 2)


def test_of_another_kind_that_is_answered_too_it_stays(office):
    first, second = (papers.received(office.unit, LAMP) for _ in range(2))
    cluster = clustered(office, first, second)
    reclassify_petition(papers.fresh(first), kind=Kind.PROPOSAL, why="Kiến nghị", actor=None)
    assert papers.fresh(first).cluster == cluster
    assert answered_on(cluster) is None


def test_a_cluster_is_done_when_the_last_member_was_answered_by_itself(office):
    first, second = taken(office)
    outside = papers.received(office.unit, LAMP)
    cluster = clustered(office, first, second, outside)
    hand_out_petition(papers.fresh(outside), where="Điện lực", reason="Lưới", on=TODAY, actor=None)
    answer_petition(papers.fresh(first), **ANSWER, actor=None)
    answer_petition(papers.fresh(second), **ANSWER, actor=None)
    assert answered_on(cluster) is None
    report_result(papers.fresh(outside), **ANSWER, actor=None)
    assert (answered_on(cluster), cluster.ended_on, cluster.answer, cluster.changes) == (
        None, TODAY, "", 1,
    )  # fmt: skip
    again = papers.received(office.unit, LAMP)
    broken = papers.refused(join_cluster, cluster, [again.pk])
    assert "không còn đơn nào chờ trả lời" in broken.message
    shown = Client()
    shown.force_login(office.officer)
    page = shown.get(reverse("petitions:cluster", args=[cluster.pk])).content.decode()
    assert ("Trả lời chung" in page, f"Nhóm đã xong {TODAY:%d/%m/%Y}" in page) == (False, True)


def test_what_a_reorganisation_left_elsewhere_does_not_hold_it_open(office):
    first, second = taken(office)
    gone = papers.received(office.unit, LAMP)
    cluster = clustered(office, first, second, gone)
    Petition.objects.filter(pk=gone.pk).update(unit=office.other)
    done = answer_cluster(cluster, **ANSWER, actor=None)
    assert ([one.petition for one in done.left_out], answered_on(cluster)) == ([gone], TODAY)
