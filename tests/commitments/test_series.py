"""Duties that come back: each turn a commitment of its own, made once, ahead of its day; nothing for the past."""

from datetime import date, timedelta
from html import unescape

import pytest

from danvan.commitments.enums import State
from danvan.commitments.jobs import watch_clocks
from danvan.commitments.models import CommitmentSeries, SeriesTurn
from danvan.commitments.selectors import Asked, Tab, listed
from danvan.commitments.selectors.series import (
    coming_days,
    series_card,
    series_lines,
    turn_told,
)
from danvan.commitments.series_enums import Every
from danvan.commitments.services import (
    Rule,
    begin_series,
    claim_done,
    end_series,
    open_turns,
    verify_commitment,
    withdraw_commitment,
)
from danvan.commitments.services.clocks import KIND
from danvan.foundation.errors import RuleError
from danvan.law.selectors import clock_of
from danvan.notifications.models import Notification
from tests.commitments.conftest import TODAY
from tests.commitments.recurring import Recurring, name_of, on, turns
from tests.notifications.hearing import deliver_all, told
from tests.once import once, own

_world = once(Recurring, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def refused(world, rule, **changes):
    with pytest.raises(RuleError) as caught:
        world.begin(rule, **changes)
    return caught.value


def test_the_turn_whose_time_has_come_is_given_at_once_and_the_next_when_the_watch_finds_it(world):
    series = world.begin()
    [first] = turns(series)
    assert (first.due_on, first.assigned_on, first.lead_id) == (
        date(2026, 11, 30), TODAY, world.lead.pk,
    )  # fmt: skip
    assert (series.next_on, series.opens_on) == (date(2026, 12, 30), date(2026, 11, 30))
    with on(date(2026, 11, 29)):
        assert open_turns() == 0
    with on(date(2026, 11, 30)):
        assert (open_turns(), open_turns()) == (1, 0)
    assert [one.due_on for one in turns(series)] == [date(2026, 11, 30), date(2026, 12, 30)]
    assert len({one.number for one in turns(series)}) == 2


def test_a_day_off_moves_the_day_of_one_turn_and_not_of_those_after_it(world):
    series = world.begin(Rule(Every.MONTH, date(2026, 11, 29), ahead=1), given_on=TODAY)  # a Sunday
    with on(date(2026, 11, 28)):
        open_turns()
    [first] = turns(series)
    series.refresh_from_db()
    assert (first.due_on, series.next_on) == (date(2026, 11, 30), date(2026, 12, 29))
    held = clock_of(KIND, first.pk)
    assert (held.due_on, held.started_on) == (date(2026, 11, 30), date(2026, 11, 28))


@pytest.mark.parametrize(
    ("every", "first", "days"),
    [
        (Every.WEEK, date(2026, 12, 4), [date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18)]),
        (Every.MONTH, date(2027, 1, 31), [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
        (Every.QUARTER, date(2026, 12, 25), [date(2026, 12, 25), date(2027, 3, 25), date(2027, 6, 25)]),
        (Every.HALF, date(2027, 6, 10), [date(2027, 6, 10), date(2027, 12, 10), date(2028, 6, 10)]),
        (Every.YEAR, date(2028, 2, 29), [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28)]),
    ],
)  # fmt: skip
def test_turns_are_counted_from_the_first_day(world, every, first, days):
    assert coming_days(world.begin(Rule(every, first, ahead=1))) == days


def test_after_the_last_day_no_turn_comes(world):
    series = world.begin(Rule(Every.WEEK, date(2026, 11, 27), until=date(2026, 12, 4), ahead=7))
    with on(date(2026, 12, 4)):
        assert open_turns() == 1
    with on(date(2027, 1, 4)):
        assert open_turns() == 0
    series.refresh_from_db()
    assert (series.made, series.next_on, coming_days(series)) == (2, None, [])


def test_a_watch_that_stood_still_makes_up_no_turn_the_day_of_which_is_over_and_says_so(world):
    series = world.begin(Rule(Every.WEEK, date(2026, 11, 27), ahead=7))
    deliver_all()
    Notification.objects.all().delete()
    with on(date(2026, 12, 12)):
        assert (open_turns(), open_turns()) == (1, 0)
        deliver_all()
    first, made = turns(series)
    assert (made.turn_of.turn, made.assigned_on, made.due_on) == (
        4, date(2026, 12, 12), date(2026, 12, 18),
    )  # fmt: skip
    card = series_card(world.leader, series, on=date(2026, 12, 12))
    words = "Không mở lượt 2 đến 3 (hạn 04/12/2026, 11/12/2026) vì đến lúc mở thì hạn đã qua."
    assert (card.opened, card.steps[0].words) == (2, words)
    assert [(who, words in said) for who, said, _ in told() if "định kỳ" in said] == [
        ("Nguyễn Hải Yến", True)
    ]
    with on(date(2026, 12, 12)):  # what is due on the very day is not over
        assert turns(series)[0] == first


def test_a_turn_that_is_due_on_the_day_the_watch_comes_is_given_that_day(world):
    series = world.begin(Rule(Every.WEEK, date(2026, 12, 4), until=date(2026, 12, 4), ahead=7))
    with on(date(2026, 12, 4)):
        assert open_turns() == 1
    [one] = turns(series)
    assert (one.assigned_on, one.due_on) == (date(2026, 12, 4), date(2026, 12, 4))
    missed = world.begin(Rule(Every.WEEK, date(2026, 12, 4), until=date(2026, 12, 4), ahead=7))
    with on(date(2026, 12, 7)):
        assert open_turns() == 0
    missed.refresh_from_db()
    assert (turns(missed), missed.next_on) == ([], None)
    assert "lượt 1 (hạn 04/12/2026)" in missed.steps.last().words


def test_a_worker_that_dies_over_a_turn_leaves_none_and_the_next_makes_it_once(world):
    series = world.begin(Rule(Every.MONTH, date(2026, 12, 25), ahead=10))
    dies = pytest.MonkeyPatch()
    dies.setattr(SeriesTurn.objects, "create", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
    with on(date(2026, 12, 15)):
        with dies.context(), pytest.raises(KeyboardInterrupt):
            open_turns()
        dies.undo()
        assert turns(series) == []
        watch_clocks()
        watch_clocks()
    assert [one.turn_of.turn for one in turns(series)] == [1]


def test_each_turn_is_claimed_and_checked_by_itself_and_counted_once(world):
    series = world.begin()
    with on(date(2026, 12, 1)):
        open_turns()
        first, second = turns(series)
        claim_done(
            first, result="Đã báo cáo", on=date(2026, 12, 1), evidence=(), actor=world.officer
        )
        verify_commitment(first, finding="Đủ", actor=world.checker)
        [line] = series_lines([series], on=date(2026, 12, 1))
    second.refresh_from_db()
    assert second.state == State.ASSIGNED
    assert (line.turns.done, line.turns.waiting, line.turns.late) == (1, 1, 1)
    listing = listed(world.leader, Asked(tab=Tab.ALL, words="tình hình nhân dân"), on=TODAY)
    assert listing.count() == 2
    withdraw_commitment(second, words="Giao nhầm", actor=None)
    assert series_lines([series], on=TODAY)[0].turns.waiting == 0


@pytest.mark.parametrize(
    ("rule", "column", "words"),
    [
        (Rule("", date(2026, 12, 1)), "every", "chọn việc lặp lại hằng tuần"),
        (Rule("day", date(2026, 12, 1)), "every", "chọn việc lặp lại hằng tuần"),
        (Rule(Every.MONTH, None), "due_on", "cần ngày hết hạn của lượt đầu"),
        (Rule(Every.MONTH, TODAY), "due_on", "không ghi thêm lượt cho những ngày đã qua"),
        (Rule(Every.MONTH, date(2090, 1, 1)), "due_on", "xem lại năm"),
        (Rule(Every.MONTH, date(2026, 12, 1), until=date(2026, 11, 30)), "until", "trước lượt đầu"),
        (Rule(Every.MONTH, date(2026, 12, 1), ahead=0), "ahead", "ít nhất 1 ngày"),
        (Rule(Every.WEEK, date(2026, 12, 1), ahead=84), "ahead", "hơn 12 lượt"),
        (Rule(Every.YEAR, date(2026, 12, 1), ahead=10**11), "ahead", "hơn 12 lượt"),
    ],
)
def test_a_bad_rule_is_refused_in_a_sentence_and_leaves_nothing(world, rule, column, words):
    broken = refused(world, rule)
    assert words in broken.message
    assert column in {fault.column for fault in broken.faults}
    assert CommitmentSeries.objects.count() == 0


def test_all_faults_of_a_series_are_told_at_once(world):
    broken = refused(world, Rule(Every.MONTH, TODAY, until=date(2026, 1, 1)), product="")
    assert {fault.column for fault in broken.faults} == {"product", "due_on", "until"}


def test_a_change_concerns_the_turns_to_come_only(world):
    series = world.begin()
    changed = world.change(
        series, Rule(Every.QUARTER, date(2026, 12, 25)), lead_id=world.other.pk,
        title="Báo cáo quý", product="Báo cáo", words="Giảm báo cáo", seen=series.changes,
    )  # fmt: skip
    for day in (date(2026, 12, 10), date(2027, 2, 25)):
        with on(day):
            open_turns()
    first, second, third = turns(series)
    assert (first.title, first.due_on, first.lead_id) == (
        "Báo cáo tình hình nhân dân", date(2026, 11, 30), world.lead.pk,
    )  # fmt: skip
    assert (second.title, second.due_on, second.lead_id) == (
        "Báo cáo quý", date(2026, 12, 25), world.other.pk,
    )  # fmt: skip
    assert third.due_on == date(2027, 3, 25)
    told = changed.steps.last().words
    assert "Từ lượt 2: Hằng quý" in told
    assert "Trước đó: Hằng tháng" in told
    assert "Lý do: Giảm báo cáo" in told


def test_a_change_may_not_reach_into_what_was_made_nor_pass_over_another_change(world):
    series = world.begin()
    with pytest.raises(RuleError, match="phải sau ngày 30/11/2026"):
        world.change(series, Rule(Every.WEEK, date(2026, 11, 30)))
    with pytest.raises(RuleError, match="lý do"):
        world.change(series, Rule(Every.WEEK, date(2026, 12, 7)), words=" ")
    with pytest.raises(RuleError, match="vừa thay đổi"):
        end_series(series, words="Thôi", seen=series.changes - 1, actor=None)


def test_an_ended_series_makes_no_turn_and_leaves_those_made(world):
    series = world.begin()
    end_series(series, words="Đã bỏ báo cáo này", actor=None)
    with on(date(2027, 6, 1)):
        assert open_turns() == 0
    assert [one.state for one in turns(series)] == [State.ASSIGNED]
    with pytest.raises(RuleError, match="đã thôi lặp lại"):
        end_series(series, words="Lần nữa", actor=None)


def test_a_turn_whose_unit_is_gone_says_why_and_holds_up_no_other(world):
    stuck, other = world.begin(), world.begin()
    CommitmentSeries.objects.filter(pk=stuck.pk).update(product="")
    with on(date(2026, 11, 30)):
        assert open_turns() == 1
        assert open_turns() == 0
    stuck.refresh_from_db()
    assert "sản phẩm" in stuck.halted
    assert stuck.opens_on == date(2026, 12, 1)
    with on(date(2026, 12, 1)):
        open_turns()
        deliver_all()
    assert len([who for who, words, _ in told() if stuck.number in words]) == 1  # once
    assert len(turns(other)) == 2
    CommitmentSeries.objects.filter(pk=stuck.pk).update(product="Báo cáo")
    with on(date(2026, 12, 2)):
        assert open_turns() == 1
    stuck.refresh_from_db()
    assert (stuck.halted, stuck.next_on) == ("", date(2027, 1, 30))


def test_supports_and_the_right_to_look_and_to_change_follow_the_series(world):
    twice = (world.support.pk,)
    series = world.begin(support_ids=twice)
    series.supports.create(unit_id=world.support.pk)
    series.supports.create(unit_id=world.lead.pk)
    with on(date(2026, 11, 30)):
        open_turns()
    last = turns(series)[-1]
    assert [one.unit_id for one in last.supports.all()] == [world.support.pk]
    told = turn_told(world.officer, last, on=TODAY)
    assert (told.turn, told.may_view) == (2, True)
    assert turn_told(world.officer, world.one(), on=TODAY) is None
    assert not series_card(world.officer, series, on=TODAY).may_change
    assert series_card(world.leader, series, on=TODAY).may_change


def test_a_series_is_entered_shown_changed_and_ended_on_pages(world, client):
    client.force_login(world.leader)
    form = {
        "assigner": world.assigner.pk, "title": "Giao ban dân vận", "product": "Biên bản",
        "lead": name_of(world.lead), "lead_id": world.lead.pk, "assigned_on": "20/11/2026",
        "due_on": "27/11/2026", "every": "week", "until": "", "ahead": "",
    }  # fmt: skip
    for bad, words in (
        ({"due_on": ""}, "ngày hết hạn của lượt đầu"),
        ({"term_n": "7", "term_counted": "WD"}, "bỏ thời hạn, quy định"),
        ({"every": "", "until": "01/12/2026"}, "chưa chọn lặp lại thế nào"),
        ({"every": "daily"}, "chọn một cách lặp"),
        ({"ahead": "x"}, "số"),
    ):
        answer = client.post("/viec-phai-lam/giao/", {**form, **bad})
        assert answer.status_code == 422
        assert words in unescape(answer.content.decode())
    answer = client.post("/viec-phai-lam/giao/", form)
    series = CommitmentSeries.objects.get()
    assert answer["Location"].endswith(f"/dinh-ky/{series.pk}/")
    page = unescape(client.get(answer["Location"]).content.decode())
    assert "Hằng tuần, hạn lượt đầu 27/11/2026" in page
    assert "Lượt sau: hạn 04/12/2026, mở ngày 27/11/2026" in page
    assert f"{series.number}" in client.get("/viec-phai-lam/dinh-ky/").content.decode()
    [turn] = turns(series)
    assert "Việc định kỳ, lượt 1" in unescape(
        client.get(f"/viec-phai-lam/{turn.pk}/").content.decode()
    )
    change = {
        "lead": "không có", "title": "Giao ban", "product": "Biên bản", "every": "month",
        "due_on": "31/12/2026", "until": "", "ahead": "", "words": "Bớt họp", "seen": series.changes,
        "supports": "", "post": "",
    }  # fmt: skip
    at = f"/viec-phai-lam/dinh-ky/{series.pk}/"
    assert "Chưa rõ “không có”" in unescape(client.post(f"{at}doi/", change).content.decode())
    first = client.get(f"{at}doi/").context["form"]
    assert client.post(f"{at}doi/", {**change, "lead": first["lead"].value()}).status_code == 302
    series.refresh_from_db()
    assert (series.every, series.next_on) == (Every.MONTH, date(2026, 12, 31))
    other = client.post(f"{at}doi/", {
        **change, "lead": name_of(world.other), "due_on": "30/12/2026", "seen": series.changes,
    })  # fmt: skip
    assert other.status_code in (302, 422)
    assert client.post(f"{at}thoi/", {"words": ""}).status_code == 422
    assert client.post(f"{at}thoi/", {"words": "Thôi"}).status_code == 302
    assert "đã thôi lặp lại" in unescape(client.get(f"{at}doi/").content.decode())
    assert "Thôi lặp lại" in unescape(client.get(at).content.decode())


def test_several_leads_make_a_series_each(world, client):
    client.force_login(world.leader)
    form = {
        "assigner": world.assigner.pk, "title": "Giao ban dân vận", "product": "Biên bản",
        "lead": name_of(world.lead), "lead_id": world.lead.pk, "assigned_on": "20/11/2026",
        "due_on": "27/02/2027", "every": "year",
    }  # fmt: skip
    made = begin_series(
        [world.assignment(), world.assignment(lead_id=world.other.pk)],
        Rule(Every.YEAR, date(2027, 2, 26)), assigner=world.assigner, actor=world.leader,
    )  # fmt: skip
    assert [one.number[-4:] for one in made] == ["0001", "0002"]
    assert client.post("/viec-phai-lam/giao/", form).status_code == 302
    assert [len(turns(one)) for one in CommitmentSeries.objects.all()] == [0, 0, 0]
    assert client.get("/viec-phai-lam/dinh-ky/?muc=can-xem").context["page"].rows == []
    assert client.get("/viec-phai-lam/dinh-ky/?muc=da-thoi").context["page"].rows == []


def test_the_queries_of_the_list_do_not_grow(world, django_assert_num_queries):
    made = [world.begin() for _ in range(2)]
    with django_assert_num_queries(2):
        series_lines(made, on=TODAY + timedelta(days=1))
