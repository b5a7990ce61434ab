"""Where a series came from, who supervises and supports its turns, and what changes of that from the next turn on."""

from datetime import date
from html import unescape

import pytest

from danvan.commitments.enums import State
from danvan.commitments.forms.series import ChangeSeriesForm
from danvan.commitments.models import CommitmentSeries
from danvan.commitments.selectors.series import (
    going_on_from,
    of_span,
    series_card,
    series_of_turns,
    supports_of,
)
from danvan.commitments.selectors.spans import facts_by_span, tasks_by_lead
from danvan.commitments.series_enums import Every
from danvan.commitments.services import (
    Rule,
    open_turns,
    series_faults,
    start_commitment,
    take_back_series,
)
from danvan.foundation.errors import RuleError
from danvan.indicators.services import Source
from danvan.law.models import LegalParameter
from danvan.notifications.models import Notification
from danvan.organisations.enums import Rank
from danvan.organisations.services.officers.posts import close_post, found_post
from tests.commitments.conftest import TODAY
from tests.commitments.recurring import SINCE, Recurring, name_of, on, turns
from tests.factories.province import make_organisation
from tests.notifications.hearing import deliver_all, told
from tests.once import once, own

_world = once(Recurring, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def test_each_turn_keeps_the_span_of_its_source_and_the_post_that_supervises(world):
    source = Source("documents.document", 7, 10, 90, "Hằng tháng báo cáo.", "12-NQ/TU")
    series = world.begin(post_id=world.post.pk, source=source)
    with on(date(2026, 11, 30)):
        open_turns()
    made = turns(series)
    assert len(made) == 2
    for one in made:
        assert (one.source_kind, one.source_id, one.source_start, one.source_end) == (
            "documents.document", 7, 10, 90,
        )  # fmt: skip
        assert (one.source_sentence, one.source_symbol) == ("Hằng tháng báo cáo.", "12-NQ/TU")
        assert one.head.post_id == world.post.pk
    assert series_card(world.leader, series, on=TODAY).head.startswith("Phó Bí thư, ")
    assert series_of_turns([one.pk for one in made]) == {one.pk: series.pk for one in made}


def test_a_post_of_another_side_is_refused_with_the_other_faults(world):
    other = found_post(world.lead, "Chủ tịch", Rank.HEAD, on=SINCE, actor=None, decision="QĐ 1")
    with pytest.raises(RuleError) as broken:
        world.begin(Rule(Every.MONTH, TODAY), post_id=other.pk)
    assert {fault.column for fault in broken.value.faults} == {"due_on", "post"}
    series = world.begin()
    with pytest.raises(RuleError, match="không thuộc nơi giao việc"):
        world.change(series, Rule(Every.MONTH, date(2026, 12, 30)), post_id=other.pk)


def test_a_post_that_ends_supervises_no_further_turn_and_that_is_told_once(world):
    series = world.begin(post_id=world.post.pk)
    deliver_all()
    Notification.objects.all().delete()
    close_post(world.post, on=date(2026, 11, 25), actor=None)
    with on(date(2026, 11, 30)):
        assert open_turns() == 1
    with on(date(2026, 12, 31)):
        assert open_turns() == 1
        deliver_all()
    series.refresh_from_db()
    first, second, third = turns(series)
    assert first.head.post_id == world.post.pk
    assert [hasattr(one, "head") for one in (second, third)] == [False, False]
    assert (series.post_id, series_card(world.leader, series, on=TODAY).head) == (None, "")
    words = "Từ lượt 2 không có lãnh đạo theo dõi riêng vì chức danh Phó Bí thư đã thôi"
    assert [who for who, said, _ in told() if words in said] == ["Nguyễn Hải Yến"]


def test_who_supports_and_who_supervises_change_from_the_next_turn_on_with_the_reason(world):
    series = world.begin(support_ids=(world.support.pk,))
    others = [one.pk for one in world.province.fronts[1:3]]
    changed = world.change(
        series, Rule(Every.MONTH, date(2026, 12, 30)), support_ids=[*others, world.lead.pk],
        post_id=world.post.pk, words="Chia lại việc",
    )  # fmt: skip
    with on(date(2026, 11, 30)):
        open_turns()
    first, second = turns(series)
    assert [one.unit_id for one in first.supports.all()] == [world.support.pk]
    assert [one.unit_id for one in second.supports.all()] == others  # never the lead
    assert second.head.post_id == world.post.pk
    said = changed.steps.last().words
    names = "; ".join(name_of(one) for one in world.province.fronts[1:3])
    assert f"Thêm phối hợp: {names}. Thôi phối hợp: {name_of(world.support)}" in said
    assert "Lãnh đạo theo dõi: không giao riêng → Phó Bí thư" in said
    assert said.endswith("Lý do: Chia lại việc")


def test_many_units_that_change_are_counted_and_the_reason_stays_whole(world):
    series = world.begin()
    many = [one.pk for one in (*world.province.fronts, *world.province.committees)]
    changed = world.change(
        series, Rule(Every.MONTH, date(2026, 12, 30)), support_ids=many, words="x" * 600
    )
    said = changed.steps.last().words
    assert "và 1 đơn vị khác" in said
    assert said.endswith("x" * 600)


def test_supports_and_head_are_changed_on_the_page_and_every_fault_is_told(world, client):
    series = world.begin(support_ids=(world.support.pk,), post_id=world.post.pk)
    client.force_login(world.leader)
    at = f"/viec-phai-lam/dinh-ky/{series.pk}/"
    first = client.get(f"{at}doi/").context["form"]
    assert first["supports"].value() == name_of(world.support)
    assert first["post"].value() == world.post.pk
    typed = {
        "lead": name_of(world.lead), "title": "Giao ban", "product": "Biên bản", "every": "month",
        "due_on": "30/12/2026", "words": "Đổi", "seen": series.changes,
        "supports": "không có\nkhông đâu", "post": "0",
    }  # fmt: skip
    page = client.post(f"{at}doi/", typed)
    body = unescape(page.content.decode())
    assert page.status_code == 422
    for said in ("Chưa rõ “không có”", "Chưa rõ “không đâu”", "Chức danh này không còn"):
        assert said in body
    whole = {**typed, "supports": name_of(world.province.fronts[1]), "post": ""}
    assert client.post(f"{at}doi/", whole).status_code == 302
    series.refresh_from_db()
    assert (supports_of(series), series.post_id) == ([world.province.fronts[1].pk], None)
    assert "Thôi phối hợp" in unescape(client.get(at).content.decode())


def test_a_series_is_given_on_the_page_with_its_head(world, client):
    client.force_login(world.leader)
    form = {
        "assigner": world.assigner.pk, "title": "Giao ban dân vận", "product": "Biên bản",
        "lead": name_of(world.lead), "lead_id": world.lead.pk, "assigned_on": "20/11/2026",
        "due_on": "27/11/2026", "every": "week", "post": world.post.pk,
    }  # fmt: skip
    answer = client.post("/viec-phai-lam/giao/", form)
    assert answer.status_code == 302
    series = CommitmentSeries.objects.get()
    assert [one.head.post_id for one in turns(series)] == [world.post.pk]
    assert "Lãnh đạo theo dõi" in unescape(client.get(answer["Location"]).content.decode())


def test_what_a_source_gave_again_and_again_is_counted_of_its_passage_and_taken_back(world):
    source = Source("documents.document", 7, 10, 90, "Hằng năm báo cáo.", "12-NQ/TU")
    late = world.begin(Rule(Every.YEAR, date(2027, 11, 20)), source=source)
    soon = world.begin(source=source)
    facts = facts_by_span("documents.document", 7, on=TODAY)
    assert (facts[10, 90].given, facts[10, 90].recurring, facts[10, 90].work) == (1, 2, True)
    assert tasks_by_lead("documents.document", [7]) == {world.lead.pk: 2}
    found = going_on_from("documents.document", [7])
    assert (of_span(found, 80, 100).count(), of_span(found, 90, 100).count()) == (2, 0)
    take_back_series("documents.document", 7, [late.pk, soon.pk], actor=None)
    assert not going_on_from("documents.document", [7]).exists()
    assert [one.state for one in turns(soon)] == [State.WITHDRAWN]
    assert facts_by_span("documents.document", 7, on=TODAY) == {}
    assert soon.steps.last().words == "Bỏ nhận nhiệm vụ ở văn bản nguồn"
    begun = world.begin(source=source)
    start_commitment(turns(begun)[0], actor=None)
    with pytest.raises(RuleError, match="đã bắt đầu làm"):
        take_back_series("documents.document", 7, [begun.pk], actor=None)
    assert going_on_from("documents.document", [7]).count() == 1


def test_what_would_keep_a_series_from_being_given_is_told_without_giving_it(world):
    one = world.assignment(product="")
    given = {"assigner": world.assigner, "actor": None}
    faults = series_faults([one], Rule(Every.MONTH, TODAY, ahead=0), **given)
    assert {fault.column for fault in faults} == {"product", "due_on", "ahead"}
    assert not CommitmentSeries.objects.exists()
    LegalParameter.objects.filter(key="clock.series.ahead").delete()
    [fault] = series_faults([world.assignment()], Rule(Every.MONTH, date(2026, 12, 25)), **given)
    assert fault.column == "ahead"


def test_supports_of_one_name_are_told_apart_and_none_is_lost_by_a_change(world):
    named = [
        make_organisation(place, name="Ban công tác Mặt trận")
        for place in (*world.province.communes[:2], world.province.communes[0])
    ]
    series = world.begin(support_ids=tuple(one.pk for one in named))
    shown = ChangeSeriesForm(None, series=series)
    lines = shown.initial["supports"].splitlines()
    assert len(set(lines)) == 3
    assert all(one.startswith("Ban công tác Mặt trận, ") for one in lines)
    sent = {**shown.initial, "due_on": "31/12/2026", "until": "", "words": "Đổi hạn", "post": ""}
    form = ChangeSeriesForm(sent, series=series)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["supports"] == tuple(one.pk for one in named)
