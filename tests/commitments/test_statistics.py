"""Every number of the statistics is the length of the list it opens to: counted now, kept, stale, on another day."""

import random
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from importlib import import_module
from itertools import cycle, islice
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict

from danvan.commitments.enums import KEPT, UNCOUNTED, State
from danvan.commitments.forms import CommitmentFilter
from danvan.commitments.models import (
    Commitment,
    CommitmentTally,
    Extension,
    StaleTally,
    TalliedLead,
)
from danvan.commitments.selectors import (
    Asked,
    Side,
    Tab,
    facts_of,
    listed,
    looked_for,
    narrowed,
    statistics,
    tallies,
)
from danvan.commitments.selectors.measures import LABELS
from danvan.commitments.services.tallying import count_again
from danvan.commitments.triggers import keep_triggers
from danvan.foundation.search import Looked
from danvan.law.models import LegalParameter
from danvan.law.parameter_file import COLUMNS, ParameterRow
from danvan.law.services import load_calendar, set_parameter
from danvan.topics.services import end_topic
from tests.commitments.conftest import TODAY, Ledger
from tests.factories.law import make_parameters
from tests.factories.province import make_grant, make_user
from tests.once import once, own
from tests.topics.trees import grown

PAGE, LIST = "/viec-phai-lam/thong-ke/", "/viec-phai-lam/"
SOURCES = ("", "documents.document", "inspection", "programmes.entry")


def build():
    """Sixty commitments of four leads in every state, due in three years, some never."""
    for left in (StaleTally, TalliedLead, CommitmentTally):
        left.objects.all().delete()  # by tests that empty the tables themselves
    keep_triggers(connection)
    make_parameters("clock.age.soon", "clock.age.first", "clock.age.second", "clock.age.third")
    ledger, rng = Ledger(), random.Random(7)
    province = ledger.province
    leads = [ledger.lead, ledger.other, province.fronts[0], province.committee]
    found = ledger.assign(
        *(
            ledger.assignment(
                lead_id=rng.choice(leads).pk,
                title=f"Việc {n}",
                due_on=None
                if n % 9 == 0
                else date(2025, 3, 1) + timedelta(days=rng.randrange(900)),
            )
            for n in range(60)
        ),
        assigned_on=date(2025, 1, 2),
    )
    for one in found:
        one.state = rng.choice([s for s in State.values if s != State.SUPERSEDED])
        one.source_kind = rng.choice(SOURCES)
        if one.state in (State.CLAIMED, State.VERIFIED, State.CLOSED):
            one.claimed_on = date(2026, 2, 1) + timedelta(days=rng.randrange(250))
        if one.state in (State.VERIFIED, State.CLOSED):
            one.verified_on = TODAY
        if one.state == State.CLOSED:
            one.closed_on = TODAY
        if rng.random() < 0.5:
            one.asked_on = date(2026, 1, 1)
            answer = rng.choice(["agreed_on", "disputed_on", ""])
            if answer and one.state != State.CLOSED:
                setattr(one, answer, TODAY)
        if one.due_on and rng.random() < 0.4:
            Extension.objects.create(
                commitment=one,
                old_due_on=one.due_on,
                new_due_on=one.due_on + timedelta(days=9),
                reason="Mưa",
                asked_at="2026-01-01T00:00Z",
                ruling=rng.choice(["open", "granted", "refused"]),
            )
        one.save()
    return ledger


_world = once(build, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db):
    return own(_world)


def assert_numbers_are_lists(user, on=TODAY, **asked):
    """Of the whole and of every third row some measures, each row others, through the address the page shows."""
    found = statistics(user, on=on, **asked)
    rows = [found.whole, *found.units, *found.lines, *found.topics, *found.sources, *found.times]
    assert found.whole.tally.counted
    assert len(rows) > 6
    for cut in (found.units, found.lines):
        assert not cut or sum(one.tally.counted for one in cut) == found.whole.tally.counted
    names = cycle(LABELS)
    for row in rows[::3]:
        form = CommitmentFilter(QueryDict(row.query), user=user)
        wanted = form.asked()
        assert wanted is not None, form.errors
        for measure in islice(names, 5):
            length = listed(user, replace(wanted, measure=measure), on=on).count()
            assert getattr(row.tally, measure) == length, (row.name, measure)
    return found


@pytest.mark.parametrize("year", [None, 2026, 0])
def test_every_number_opens_to_a_list_of_that_length_counted_now_or_kept(world, year):
    now = assert_numbers_are_lists(world.leader, year=year)
    assert count_again(most=3) >= 4
    assert not StaleTally.objects.exists()
    kept = assert_numbers_are_lists(world.leader, year=year)
    assert kept == now
    assert count_again() == 0


def test_who_reads_a_part_counts_that_part_and_a_unit_narrows_it(world):
    count_again()
    inside = assert_numbers_are_lists(world.officer)
    whole = statistics(world.leader, on=TODAY).whole.tally
    assert inside.whole.tally.counted < whole.counted
    commune = world.province.communes[1]
    inside_one = assert_numbers_are_lists(world.leader, unit_id=commune.pk, unit=name_of(commune))
    led = Commitment.objects.exclude(state__in=UNCOUNTED).filter(lead=world.other).count()
    assert inside_one.whole.tally.counted == led
    nobody = make_user("Người mới")
    assert statistics(nobody, on=TODAY).whole.tally == tallies.Tally()


def test_who_reads_the_country_reads_the_sum_of_all_leads(world):
    reader = make_grant(world.province.country, "leader")
    now = assert_numbers_are_lists(reader)
    count_again()
    kept = assert_numbers_are_lists(reader)
    assert kept == now
    assert kept.whole.tally == statistics(world.leader, on=TODAY).whole.tally


def test_a_topic_counts_what_is_under_it_and_what_it_took_over(world):
    made = grown("Đất đai", "Đất đai › Bồi thường", "Nhà ở", on=date(2026, 1, 1))
    led = Commitment.objects.exclude(state__in=UNCOUNTED).order_by("pk")
    for pk, name in zip(led.values_list("pk", flat=True)[:3], made, strict=True):
        Commitment.objects.filter(pk=pk).update(topic_id=made[name].pk)
    end_topic(made["Nhà ở"], heirs=[made["Bồi thường"]], reason="Gộp lại", actor=None)
    found = assert_numbers_are_lists(world.leader)
    assert [(row.name, row.tally.counted) for row in found.topics] == [
        ("Đất đai", 3), ("Chưa phân lĩnh vực", led.count() - 3),
    ]  # fmt: skip


def name_of(unit):
    from danvan.organisations.selectors import last_names

    return last_names([unit.pk], TODAY)[unit.pk]


def test_many_leads_are_told_by_what_stands_below_and_many_stale_ones_as_few(world, monkeypatch):
    page = import_module("danvan.commitments.selectors.statistics")
    monkeypatch.setattr(page, "FEW", 1)
    monkeypatch.setattr(tallies, "FEW", 1)
    now = assert_numbers_are_lists(world.leader)
    count_again()
    assert assert_numbers_are_lists(world.leader) == now
    assert {row.name for row in now.units} > {name_of(world.province.communes[0])}
    assert now.by_place
    assert now.lines
    assert statistics(world.officer, on=TODAY).lines
    country = make_grant(world.province.country, "leader")
    assert [row.name for row in statistics(country, on=TODAY).units] == ["Tỉnh Nghệ An"]
    one = world.province.communes[0]
    assert statistics(world.leader, on=TODAY, unit_id=one.pk, unit=name_of(one)).lines
    monkeypatch.setattr(page, "MOST", 1)
    assert statistics(world.leader, on=TODAY).units_left == len(now.units) - 1


@pytest.mark.django_db
def test_the_triggers_stand_after_the_last_migration():
    """On SQLite a migration that changes the ledger's columns drops them: it must end by making them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select name from sqlite_master where type = 'trigger'")
        else:
            cursor.execute("select tgname from pg_trigger")
        names = {name for (name,) in cursor.fetchall()}
    acts = {"insert", "update", "delete"}
    assert {f"commitments_commitment_stale_{act}" for act in acts} <= names


def test_whatever_writes_a_commitment_makes_its_leads_stale_and_the_whole_stays_right(world):
    count_again()
    row = Commitment.objects.filter(lead=world.lead, claimed_on=None).exclude(state__in=UNCOUNTED)[
        0
    ]
    Commitment.objects.filter(pk=row.pk).update(lead=world.other)
    assert set(StaleTally.objects.values_list("lead_id", flat=True)) == {
        world.lead.pk,
        world.other.pk,
    }
    assert_numbers_are_lists(world.leader)
    world.one(title="Việc mới")
    gone = world.one(title="Việc xóa")
    gone.steps.all().delete()
    gone.delete()
    assert_numbers_are_lists(world.leader)
    before = CommitmentTally.objects.count()
    assert count_again() == 2
    assert CommitmentTally.objects.count() >= before
    whole = CommitmentTally.objects.filter(lead_id=0, part="lead")
    leads = CommitmentTally.objects.exclude(lead_id=0).filter(part="lead")
    for name in KEPT:
        assert sum(whole.values_list(name, flat=True)) == sum(leads.values_list(name, flat=True))


def test_another_day_is_counted_anew(world, settings):
    count_again()
    settings.DANVAN_TODAY = later = TODAY + timedelta(days=40)
    assert_numbers_are_lists(world.leader, on=later)
    assert count_again() == 4
    assert set(TalliedLead.objects.values_list("counted_on", flat=True)) == {later}
    assert_numbers_are_lists(world.leader, on=later)


def test_while_another_counts_nothing_is_counted(world, monkeypatch):
    monkeypatch.setattr("danvan.commitments.services.tallying.alone", lambda key: False)
    assert count_again() == 0
    assert StaleTally.objects.exists()
    assert not TalliedLead.objects.exists()


def test_what_was_counted_by_brackets_that_changed_meanwhile_holds_no_more(world, monkeypatch):
    changed = iter(["as they were", "as they are"])
    monkeypatch.setattr(
        "danvan.commitments.services.tallying.brackets_on", lambda day: next(changed)
    )
    assert count_again() == 4
    assert not TalliedLead.objects.filter(counted_on=TODAY).exists()


def test_brackets_that_change_are_those_of_the_statistics_and_of_the_following_lists_at_once(world):
    assert count_again() == 4
    kept = statistics(world.leader, on=TODAY).whole.tally
    assert kept.late_week + kept.late_month + kept.late_quarter + kept.late_more == kept.overdue
    load_calendar([TODAY.year])
    first = LegalParameter.objects.get(key="clock.age.third")
    row = ParameterRow(line=0, **{name: getattr(first, name) for name in COLUMNS})
    set_parameter(replace(row, numerator=400), end_former=False, actor=None)
    found = assert_numbers_are_lists(world.leader).whole.tally
    late = Commitment.objects.exclude(state__in=UNCOUNTED).filter(claimed_on=None, due_on__lt=TODAY)
    since, until = TODAY - timedelta(days=400), TODAY - timedelta(days=30)
    assert found.late_quarter == late.filter(due_on__gte=since, due_on__lt=until).count()
    assert found.late_quarter > kept.late_quarter
    assert count_again() == 4
    assert statistics(world.leader, on=TODAY).whole.tally == found


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_lost_triggers_come_back_and_what_was_written_without_them_is_counted(world):
    count_again()
    of = import_module("danvan.commitments.migrations.0007_statistics")
    of.drop_triggers(None, SimpleNamespace(connection=connection, execute=run))
    Commitment.objects.filter(lead=world.lead).update(title="Đổi")
    assert not StaleTally.objects.exists()
    assert count_again() == 4
    assert_numbers_are_lists(world.leader)


def test_the_page_says_the_rates_over_their_wholes_and_each_number_leads_to_its_list(world, client):
    client.force_login(world.leader)
    page = client.get(PAGE, {"nam": "moi"})
    found = page.context["found"].whole
    body = unescape(page.content.decode())
    assert f"?{found.query}&dien=unanswered" in body
    for address in (f"{LIST}?{found.query}&dien=claimed", f"{LIST}?{found.query}&dien=late_more"):
        assert client.get(address).status_code == 200
    facts = client.get(f"{LIST}?{found.query}&dien=counted").context["facts"]
    assert (facts.claimed, facts.asked) == (found.tally.claimed, found.tally.asked)
    assert client.get(PAGE, {"nam": "1999"}).status_code == 422
    assert client.get(PAGE, {"don_vi": "không có đâu"}).status_code == 422
    assert "Chưa có việc nào để thống kê" in client.get(PAGE, {"nam": "2031"}).content.decode()
    assert client.get(LIST, {"nguon": "x"}).status_code == 422
    assert client.get(LIST, {"dien": "x", "nam": "x", "thang": "99"}).status_code == 200


def test_a_list_too_long_to_rate_leads_to_the_statistics(world, client, monkeypatch):
    monkeypatch.setattr("danvan.commitments.selectors.lists.COUNTED_TO", 5)
    asked = Asked(tab=Tab.ALL, side=Side.WITHIN)
    reach = narrowed(world.leader, asked, on=TODAY)
    found = looked_for(world.leader, reach, asked, on=TODAY)
    assert facts_of(world.leader, reach, asked, found, on=TODAY) is None
    client.force_login(world.leader)
    assert PAGE in client.get(LIST).content.decode()


def test_a_list_of_what_very_many_texts_hold_is_told_without_facts(world, monkeypatch):
    country = make_grant(world.province.country, "leader")
    asked = Asked(words="việc", tab=Tab.OVERDUE)
    for reader in (world.leader, country):
        reach = narrowed(reader, asked, on=TODAY)
        found = looked_for(reader, reach, asked, on=TODAY)
        assert found.rows.exists()
        assert facts_of(reader, reach, asked, found, on=TODAY, many=False) is not None
    monkeypatch.setattr("danvan.foundation.search.FIRST", 40)
    assert facts_of(country, reach, asked, Looked(found.rows), on=TODAY, many=False) is None
