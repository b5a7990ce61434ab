"""Following lists: what a person and their units have open, by age; every number is the count of its list."""

from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from danvan.commitments.models import FollowUp
from danvan.commitments.selectors import ageing
from danvan.commitments.selectors.ageing import following_lists
from danvan.commitments.selectors.brackets import brackets_on
from danvan.commitments.services import Found, claim_done, follow_up
from danvan.law.models import LegalParameter
from tests.commitments.conftest import TODAY, Ledger
from tests.factories.law import make_parameters
from tests.once import once, own

DAYS = (-91, -31, -30, -11, -10, -1, 0, 7, 8)  # from today to the day of each


class Aged(Ledger):
    """The leader gave one thing for each of these days, one without an end, one done already, one of another."""

    def __init__(self):
        super().__init__()
        make_parameters(
            "clock.age.soon",
            "clock.age.first",
            "clock.age.second",
            "clock.age.third",
            "clock.silence",
        )
        dues = [*(TODAY + timedelta(days=day) for day in DAYS), None, TODAY]
        given = [self.assignment(due_on=due, support_ids=(self.support.pk,)) for due in dues]
        *self.open, done = self.assign(*given, assigned_on=date(2026, 8, 1), actor=self.leader)
        claim_done(done, result="Xong", on=TODAY, evidence=(), actor=self.officer)
        follow_up(self.open[:2], kind="watch", found=Found("Đã xem"), actor=self.leader)
        self.assign(self.assignment(due_on=TODAY + timedelta(days=8)), actor=self.checker)


_world = once(Aged, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def numbers(rows):
    return {row.name: [cell.number for cell in row.cells] for row in rows}


def test_what_a_person_gave_and_followed_up_stands_in_the_brackets_in_force(world):
    found = following_lists(world.leader, on=TODAY)
    # open, soon, late to 10, to 30, to 90, more, silent, waiting for the check
    assert numbers(found.mine) == {
        "Tôi là lãnh đạo theo dõi": [0, 0, 0, 0, 0, 0, 0, 0],
        "Tôi đã giao": [10, 2, 2, 2, 1, 1, 10, 1],
        "Tôi đã theo dõi, đôn đốc, kiểm tra, giám sát": [2, 0, 0, 0, 1, 1, 2, 0],
    }
    assert numbers(found.ours)["Đơn vị tôi giao"] == [11, 2, 2, 2, 1, 1, 11, 1]
    tally = found.mine[1].tally
    assert (tally.counted, tally.claimed, tally.in_time, tally.come) == (10, 1, 1, 7)


def test_a_unit_sees_what_it_leads_and_supports_and_nothing_that_it_may_not_give(world):
    found = following_lists(world.officer, on=TODAY)
    assert [row.name for row in (*found.mine, *found.ours)] == [
        "Tôi là lãnh đạo theo dõi", "Đơn vị tôi chủ trì", "Đơn vị tôi phối hợp",
    ]  # fmt: skip
    assert numbers(found.ours)["Đơn vị tôi chủ trì"][0] == 11
    assert numbers(found.ours)["Đơn vị tôi phối hợp"][0] == 10


def test_every_number_on_the_page_is_that_of_the_list_it_opens(world, client):
    client.force_login(world.leader)
    unit = {"don_vi": "Xã Môn Sơn"}
    page = client.get("/viec-phai-lam/danh-sach-theo-doi/", unit)
    assert page.status_code == 200
    found = page.context["found"]
    [chosen] = found.chosen
    assert chosen.cells[0].number == 11
    for row in (*found.mine, *found.ours, *found.chosen):
        for cell in row.cells:
            listed = client.get(f"/viec-phai-lam/?{cell.query}")
            assert listed.context["page"].count == cell.number, (row.name, cell)
        listed = client.get(f"/viec-phai-lam/?{row.query}&dien=in_time")
        assert listed.context["page"].count == row.tally.in_time
    query = parse_qs(urlsplit(f"?{found.mine[1].cells[2].query}").query)
    assert query == {"muc": ["chua-xong"], "ben": ["toi-da-giao"], "dien": ["late_week"]}
    told = unescape(client.get(f"/viec-phai-lam/?{found.mine[1].cells[3].query}").content.decode())
    assert "Quá hạn 11–30 ngày" in told


def test_more_than_a_list_counts_is_told_as_more_and_not_as_a_number(world, client, monkeypatch):
    monkeypatch.setattr(ageing, "COUNTED_TO", 4)
    found = following_lists(world.leader, on=TODAY)
    assert [cell.many for cell in found.mine[1].cells] == [
        True, False, False, False, False, False, True, False,
    ]  # fmt: skip
    assert found.mine[1].cells[1].number == 2
    assert found.mine[1].tally is None
    client.force_login(world.leader)
    page = unescape(client.get("/viec-phai-lam/danh-sach-theo-doi/").content.decode())
    assert "hơn 1.000" in page
    assert FollowUp.objects.count() == 1


def test_brackets_that_are_not_set_or_out_of_order_are_left_out_and_said(world, client):
    client.force_login(world.leader)
    LegalParameter.objects.filter(key="clock.age.second").update(numerator=10)
    assert brackets_on(TODAY) is None
    LegalParameter.objects.filter(key="clock.age.soon").delete()
    assert brackets_on(TODAY) is None
    page = client.get("/viec-phai-lam/danh-sach-theo-doi/")
    assert "Chưa có khung tuổi hạn" in page.content.decode()
    assert len(page.context["found"].mine[0].cells) == 3
    assert client.get("/viec-phai-lam/?dien=late_more").context["page"].count == 0
    assert client.get("/viec-phai-lam/danh-sach-theo-doi/?don_vi=zzz").status_code == 422


def test_the_queries_of_the_page_do_not_grow_with_what_is_open(
    world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(80):
        following_lists(world.leader, on=TODAY)
