"""The demonstration: built by services alone, believable, and always the same."""

import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from danvan.accounts.models import User
from danvan.accounts.selectors import may_at_root
from danvan.activities.models import Activity
from danvan.analytics.checks import check_summary
from danvan.analytics.summary import compose_summary
from danvan.commitments.models import (
    Commitment,
    CommitmentSeries,
    Difficulty,
    ProgrammeChange,
    SeriesTurn,
    WorkProgramme,
    YearlyPlan,
)
from danvan.commitments.selectors import behind_code
from danvan.commitments.selectors.ties import posts_offered
from danvan.demo.building import build
from danvan.demo.deeds import FINDINGS, REASONS, RESULTS, Act, Doer
from danvan.demo.months import MONTHS, TROUBLES, WISHES, Reporter
from danvan.demo.receptions import MATTERS
from danvan.demo.talks import ASKED, OFTEN, WHERE
from danvan.demo.town import said_at
from danvan.demo.travelling import on_day
from danvan.demo.work import FIRST, LAST, TOPICS, Chronicle, Seat, steadiness_of
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors.asking import takes_questions
from danvan.dialogues.selectors.publicly import dialogues_held, dialogues_to_come, talk_held
from danvan.documents.enums import Stage
from danvan.documents.models import DisseminationSession, Document, ReviewDuty
from danvan.documents.selectors.roll_out import reach_of, review_counts
from danvan.exchange.services.keys import use_key
from danvan.foundation import audit
from danvan.foundation.periods import Period
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors.publicly import public_matters, told_matters
from danvan.indicators.models import DirtyKey, Target
from danvan.indicators.selectors import check_cube
from danvan.organisations.enums import STANDING, EventKind, Level
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors import by_code, place_of
from danvan.organisations.services.reorganising import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    set_passing,
    undo_reorganisation,
)
from danvan.petitions.enums import Kind
from danvan.petitions.models import (
    Denunciation,
    Petition,
    ReceptionDay,
    ReceptionVisit,
    VaultReader,
    VisitMatter,
)
from danvan.petitions.services.vault import verify_log
from danvan.reporting.models import Obligation, Submission

SEAT = Seat(1, "xã Môn Sơn", {kind: place for place, kind in enumerate(STANDING, 1)}, 0.9)


def test_a_seat_always_did_the_same():
    first, second = Chronicle(SEAT), Chronicle(SEAT)
    assert list(first.activities()) == list(second.activities())
    assert list(first.papers()) == list(second.papers())


def test_a_ward_is_told_of_blocks_and_never_of_villages():
    rural = [*TROUBLES, *WISHES, *REASONS, *RESULTS, *FINDINGS, *TOPICS, WHERE, OFTEN]
    rural += [words for one in MATTERS for words in (one[1], one[3])]
    rural += [words for one in ASKED for words in one]
    village = re.compile(r"(?<!văn )(?<!biên )\bbản\b|\bthôn\b|\bxóm\b", re.IGNORECASE)
    assert sum(bool(village.search(one)) for one in rural) > 15
    assert [one for one in rural if village.search(said_at("UBND phường Vinh Lộc", one))] == []
    assert said_at("phường Vinh Lộc", "ý kiến của thông báo") == "ý kiến của thông báo"
    assert [said_at("xã Con Cuông", one) for one in rural] == rural


def test_everything_happened_within_the_eighteen_months():
    chronicle = Chronicle(SEAT)
    assert all(FIRST <= draft.held_on <= LAST for draft in chronicle.activities())
    assert all(FIRST <= paper.issued_on <= LAST for paper in chronicle.papers())


def test_most_places_are_steady_and_some_lag():
    drawn = Counter(steadiness_of(f"xã {number}") for number in range(400))
    assert drawn[1.0] > drawn[0.8] > 0
    assert drawn[0.55] > 0


def test_a_commune_always_reports_the_same_and_its_parts_make_up_the_whole():
    held = dict.fromkeys(MONTHS, 2)
    first, second = Reporter(SEAT).drawn(held), Reporter(SEAT).drawn(held)
    assert first == second
    assert [one.month for one in first] == list(MONTHS)
    for one in first:
        said = {code: int(told) for code, told in one.answers.items() if told.isdigit()}
        assert said["dv-04"] == said["dv-05"] + said["dv-06"] + said["dv-07"]
        assert said["dv-03"] <= said["dv-02"]
        assert said["dv-10"] <= said["dv-09"]


@pytest.mark.parametrize("steadiness", [1.0, 0.8, 0.55])
def test_deeds_follow_one_another(steadiness):
    given, due = date(2026, 1, 23), date(2026, 9, 30)
    for number in range(60):
        acts = list(Doer(number, f"xã {number}", "Giám sát", steadiness).deeds(given, due))
        assert acts == sorted(acts, key=lambda deed: deed.day)
        assert all(given <= deed.day <= LAST for deed in acts)
        kinds = [deed.act for deed in acts]
        assert kinds[0] == Act.START
        assert kinds.count(Act.VERIFY) <= 1
        assert Act.VERIFY not in kinds or Act.CLAIM in kinds[: kinds.index(Act.VERIFY)]


def what_was_directed(built):
    """Sessions, reviews, difficulties, programmes and matters of grassroots democracy in several states."""
    sessions = Counter(DisseminationSession.objects.values_list("state", flat=True))
    assert sessions == {"held": 12, "cancelled": 1, "planned": 2}
    assert sum(sessions.values()) == built.sessions
    assert DisseminationSession.objects.held().filter(attended=None).exists()
    conclusion = Document.objects.get(symbol="18-KL/TU")
    reach = reach_of(User.objects.get(username="chuyenvien"), conclusion)
    assert 0 < reach.missing < reach.units
    assert 0 < reach.heads.share < 1
    assert built.reviews == 11
    assert ReviewDuty.objects.waiting().get().due_on == date(2031, 1, 20)
    assert review_counts(conclusion)["bao-xong"] == 4
    waiting = Difficulty.objects.waiting()
    assert (Difficulty.objects.count(), waiting.count()) == (5, 2)
    assert WorkProgramme.objects.filter(state="draft").count() == 2
    assert WorkProgramme.objects.filter(state="issued").count() == 3
    assert ProgrammeChange.objects.count() == 2
    assert Counter(YearlyPlan.objects.values_list("year", flat=True)) == {2026: 10, 2027: 4}
    states = Counter(Matter.objects.values_list("state", flat=True))
    assert sum(states.values()) == built.matters
    # A village decides where the register knows villages, which it does in few communes.
    with_villages = UnitVersion.objects.filter(level=Level.VILLAGE).exists()
    assert states.pop("passed", 0) == with_villages
    assert states == {"ended": 1, "shown": 2, "due": 1, "answered": 1}


def what_was_petitioned(built):
    """Petitions of all kinds and fates, in three communes and the province, in every month."""
    visited = Petition.objects.filter(paper__reception_visit__isnull=False)
    assert built.petitions == Petition.objects.count() == 30 + visited.count()
    answered = visited.filter(answered_on__isnull=False).count()
    assert visited.count() > answered > visited.count() / 2  # some are let lie, the last still wait
    assert len(set(visited.values_list("title", flat=True))) == 4
    assert set(Petition.objects.values_list("kind", flat=True)) == set(Kind.values)
    states = Counter(Petition.objects.values_list("state", flat=True))
    assert {"received", "awaited", "accepted", "sent", "answered", "guided", "filed", "refused", "terminated",
            "withdrawn", "appealed", "done"} <= set(states)  # fmt: skip
    assert Petition.objects.filter(round=2, outcome="upheld").count() == 1
    assert Petition.objects.filter(paper__people=12, decided_on__isnull=False).count() == 1
    assert Petition.objects.exclude(disputed_on=None).get().answers.count() == 2
    assert Petition.objects.values("unit").distinct().count() == 4
    months = {day.month for day in Petition.objects.values_list("received_on", flat=True)}
    assert months == set(range(1, 13))


def what_heads_heard(built):
    """A day of reception in every month at each of four offices, one without its head, one with a conclusion."""
    days = ReceptionDay.objects.filter(held_on__year=2026)
    held = Counter(days.values_list("state", flat=True))
    assert held == {"held": 83, "concluded": 1}
    assert built.receptions == ReceptionDay.objects.count() == 84 + 7
    months = {(one.unit_id, one.held_on.month) for one in days}
    assert len(months) == 4 * 12
    assert days.filter(received="other").count() == 4
    assert built.visits == ReceptionVisit.objects.count() > 60
    promised = VisitMatter.objects.filter(way="later")
    assert promised.count() > promised.exclude(answered_on=None).count() > 5
    assert ReceptionDay.objects.get(state="concluded").notice is not None


def what_was_denounced(built):
    """Three cases of the province and three of the ward, where it is built, each read by somebody who may sign in."""
    found = Denunciation.objects.all()
    ward = User.objects.filter(username="donthu3").exists()
    assert built.denunciations == found.count() == (6 if ward else 3)
    states = {"received", "verifying", "acted"} | ({"accepted", "filed"} if ward else set())
    assert {one.state for one in found} == states
    readers = set(VaultReader.objects.values_list("user__username", flat=True))
    assert readers == {"donthu", "lanhdao", *(("donthu3", "bithu3") if ward else ())}
    assert verify_log().faults == []


@pytest.mark.django_db
def test_the_province_is_whole(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    communes = 40 if connection.vendor == "sqlite" else 16  # the same acts in fewer communes
    built = build("year-end", lambda words: None, communes=communes)

    province = by_code("40", on=LAST)
    assert built.organisations == (communes + 1) * len(STANDING)
    assert built.targets == Target.objects.count() == 8
    assert built.activities == Activity.objects.count() > 45 * communes
    notices = Document.objects.filter(document_type="conclusion_notice")
    assert (notices.count(), built.promised, built.concluded) == (10, 9, 1)
    outgoing = Document.objects.filter(direction="outgoing")
    assert outgoing.count() == built.papers + built.promised + built.concluded
    came_in = Document.objects.filter(direction="incoming").order_by("received_on")
    assert [(one.symbol, one.entry_number, one.stage) for one in came_in] == [
        ("04-NQ/TU", "1", Stage.REVIEWED),
        ("18-KL/TU", "1", Stage.REVIEWED),
        ("112-KH/TU", "2", Stage.TO_REVIEW),
    ]
    assert came_in[2].proposals.count() == came_in[2].proposals.filter(verdict="open").count() > 8
    roles = [person.role for person, _ in built.sign_ins]
    assert roles[:5] == ["leader", "specialist", "clerk", "petition_officer", "administrator"]
    assert set(roles[5:]) <= {"commune_officer", "leader", "petition_officer"}
    people = {one.username: one for one in User.objects.all()}
    assert may_at_root(people["quantri"], "law.manage")
    assert not may_at_root(people["chuyenvien"], "law.view")
    given = Commitment.objects.filter(assigner__versions__place_id=province.pk).first()
    assert any("Hoàng Thị Yến" in words for _, words in posts_offered([given.assigner_id], on=LAST))
    assert len({password for _, password in built.sign_ins}) == len(built.sign_ins)

    states = Counter(Commitment.objects.values_list("state", flat=True))
    assert built.commitments == 4 * communes + 1
    of_dialogues = Commitment.objects.filter(source_kind="dialogues.conclusion")
    assert of_dialogues.count() == built.promised
    assert Counter(Dialogue.objects.values_list("state", flat=True)) == {
        "concluded": 9,
        "announced": 1,
    }
    assert Dialogue.objects.get(state="announced").held_on == date(2027, 1, 7)
    [reopened] = of_dialogues.disputed()
    assert (reopened.state, of_dialogues.filter(agreed_on__isnull=False).count()) == (
        "in_progress",
        5,
    )
    assert of_dialogues.filter(topic__isnull=False).count() == 4
    opened = [behind_code(code).followed for _, code in built.follow_codes]
    assert [len(one) for one in opened] == [1] * built.promised
    [of_reception] = Commitment.objects.filter(source_kind="petitions.reception")
    assert of_reception.due_on == date(2026, 11, 30)
    total = built.commitments + built.promised + 1
    turns = SeriesTurn.objects.count()
    assert turns == CommitmentSeries.objects.count() == 3
    assert (
        sum(states.values()) == total + built.reviews + turns + 1
    )  # the resolution's own, without an end
    assert {"assigned", "in_progress", "claimed", "verified"} == set(states)
    what_was_directed(built)
    what_was_petitioned(built)
    what_heads_heard(built)
    what_was_denounced(built)
    what_the_people_read(built)
    assert Commitment.objects.overdue(LAST).exists()
    wards = Obligation.objects.filter(form__code="BM-04")
    assert wards.count() == 3 * wards.filter(first=date(2026, 12, 1)).count() > 0
    assert set(wards.values_list("kind", flat=True)) == {"phường"}
    monthly = Obligation.objects.exclude(form__code="BM-04")
    standings = Counter(monthly.values_list("standing", flat=True))
    assert sum(standings.values()) == 130 * 18
    assert set(standings) == {"due", "sent", "returned", "accepted", "locked"}
    assert standings["due"] >= (130 - communes) * 18
    sent = Obligation.objects.exclude(first_sent_on=None)
    assert Submission.objects.count() == built.reports > sent.count()
    assert sent.filter(first_sent_on__gt=F("due_on")).count() > communes // 3
    assert not DirtyKey.objects.exists()
    assert check_cube() == []

    summary = compose_summary(province.pk, Period.parse("2026"))
    shares = {
        f.key: (f.numerator, f.denominator)
        for f in summary.figures
        if f.key.startswith("target:") and f.key.endswith(":met")
    }
    assert len(shares) == 6
    assert all(denominator == communes + 1 for _, denominator in shares.values())
    assert all(communes * 0.5 < numerator <= communes + 1 for numerator, _ in shares.values())
    assert [
        check.label for check in check_summary(summary, thorough=True) if not check.passed
    ] == []
    assert audit.verify().faults == []
    what_a_merger_passes_on()


def what_a_merger_passes_on():
    """Communes full of work become one, and part again: nothing stands in the way, and nothing is lost."""
    kept = (Petition, ReceptionDay, Commitment, Dialogue, Matter, Obligation, Denunciation)
    offices = set(ReceptionDay.objects.values_list("unit_id", flat=True))
    places = {place_of(pk, LAST) for pk in offices} - {by_code("40", on=LAST).pk}
    with on_day(date(2027, 1, 4)):
        before = {table: units_of(table) for table in kept}
        draft = draft_reorganisation(
            EventKind.MERGE, title="Hợp nhất các xã", scope_id=by_code("40", on=LAST).pk,
            effective_on=date(2027, 1, 1), decision="Nghị quyết", measure="equal", actor=None,
        )  # fmt: skip
        new = add_new_unit(
            draft, name="Xã Hợp Nhất", type_word="xã", level="commune",
            parent_id=by_code("40", on=LAST).pk, code="99990", actor=None,
        )  # fmt: skip
        for place in sorted(places):
            set_passing(draft, place, new_unit_id=new.pk, actor=None)
        applied = apply_reorganisation(draft, actor=None)
        ended = offices - {one for one in offices if place_of(one, date(2027, 1, 4))}
        assert len(ended) == len(places) > 1
        coming = ReceptionDay.objects.filter(held_on__year=2027)
        assert coming.exists()
        assert not coming.filter(unit_id__in=ended).exists()
        assert not Petition.objects.filter(closed_on=None, unit_id__in=ended).exists()
        undo_reorganisation(applied, why="Thử", actor=None)
        assert {table: units_of(table) for table in kept} == before


def units_of(table):
    return list(
        table.objects.order_by("pk").values_list(
            "pk", "lead_id" if table is Commitment else "unit_id"
        )
    )


def what_the_people_read(built):
    """A person confirmed what stands on the portal: dialogues, postings; some of it waits still."""
    talks = list(dialogues_held())
    assert 0 < len(talks) <= built.promised
    told = [talk_held(one.number) for one in talks]
    assert any(one.asked and one.conclusions for one in told)
    coming = dialogues_to_come()
    assert any(takes_questions(one) for one in coming)
    assert all(one.hangs for one in told_matters(public_matters()))
    assert public_matters().exists()
    key = use_key(built.key)
    assert (key.reads, key.sends, key.unit_id) == (True, True, by_code("40", on=LAST).pk)


@pytest.mark.django_db
def test_an_empty_province_has_nothing_to_report(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    built = build("empty", lambda words: None)
    assert (built.reports, built.papers, built.commitments) == (0, 0, 0)
    assert not Obligation.objects.exists()


def test_without_a_fixed_day_nothing_is_built(settings):
    settings.DANVAN_TODAY = None
    with pytest.raises(CommandError, match="ngày cố định"):
        call_command("demo", "--no-serve", stdout=StringIO())
