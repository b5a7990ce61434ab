"""Whatever petitions and visits there are: each number of a periodic table is its parts, or what is left is told and opens."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import Phase, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from danvan.law.models import ClockHeld
from danvan.petitions.enums import CLOSED, SUBJECT, Closing, Kind, Outcome, State
from danvan.petitions.models import Paper, Petition, PetitionTransfer, ReceptionVisit, VisitMatter
from danvan.petitions.reception_enums import MatterWay, Receiver
from danvan.petitions.selectors.figures import Wanted, counted_petitions
from danvan.petitions.selectors.periodic import TABLES, Split, periodic_tables
from danvan.petitions.selectors.populations import MEASURES
from danvan.petitions.services.reception import hold_day
from danvan.petitions.spans import span_of
from tests.examples import examples
from tests.once import once, own
from tests.petitions import papers, receptions

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
QUARTER = Wanted(span_of("2026-Q2"))
LATER = st.none() | st.integers(0, 60) | st.integers(0, 20)  # days after the one before
# What is told apart after a decision is met as often as all the rest.
STATES = st.sampled_from([State.SENT, State.ENFORCING, State.DONE]) | st.sampled_from(State.values)
KINDS = st.just(Kind.COMPLAINT) | st.sampled_from(Kind.values)
PETITION = st.fixed_dictionaries({
    "kind": KINDS, "state": STATES, "unit": st.booleans(),
    "received": st.integers(60, 200), "accepted": LATER, "decided": LATER, "answered": LATER, "closed": st.integers(0, 150),
    "outcome": st.sampled_from(["", *Outcome.values]), "closing": st.sampled_from(["", *Closing.values]),
    "handed": st.booleans(), "second": st.booleans(), "moved": st.booleans(),
    "clock": st.none() | st.tuples(st.integers(-3, 3), st.booleans()),
})  # fmt: skip
VISIT = st.fixed_dictionaries({
    "day": st.sampled_from([None, "head", "other"]), "people": st.integers(1, 12), "repeated": st.booleans(), "unit": st.booleans(),
    "matters": st.lists(st.tuples(st.sampled_from(Kind.values), st.sampled_from(["guided", "answered", "refused"])), min_size=1, max_size=3),
})  # fmt: skip


class House:
    def __init__(self):
        self.office = papers.Office()
        unit = self.office.unit
        self.days = {
            "head": receptions.held(unit, date(2026, 5, 4)),
            "other": hold_day(
                receptions.planned(unit, date(2026, 5, 5)), received=Receiver.OTHER, other_name="Phó chủ tịch",
                other_why="Họp", actor=None,
            ),
        }  # fmt: skip


_house = once(House, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def house(settings, _house):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_house)


def petition(office, number, one, firsts):
    """A row as the database may hold it, however odd; `firsts` are first complaints that none follows yet."""
    received = FIRST + timedelta(days=one["received"])
    accepted = None if one["accepted"] is None else received + timedelta(days=one["accepted"])
    decided = answered = None
    if accepted and one["decided"] is not None:
        decided = accepted + timedelta(days=one["decided"])
    if one["answered"] is not None:
        answered = (accepted or received) + timedelta(days=one["answered"])
    unit = office.unit if one["unit"] else office.other
    paper = Paper.objects.create(unit=unit, received_on=received, channel="post", entered_at="2026-01-01T00:00Z")  # fmt: skip
    follows = one["kind"] == Kind.COMPLAINT and one["second"] and firsts
    made = Petition.objects.create(
        number=f"X{number}", paper=paper, kind=one["kind"], state=one["state"], unit=unit, title="Một việc",
        received_on=received, at_unit_on=received, accepted_on=accepted, decided_on=decided, answered_on=answered,
        answer="Đã trả lời" if answered else "", outcome=one["outcome"], closing=one["closing"],
        closed_on=received + timedelta(days=one["closed"]) if one["state"] in CLOSED else None,
        handed_to="Tòa án" if one["handed"] else "", round=2 if follows else 1, first_round=firsts.pop() if follows else None,
    )  # fmt: skip
    if made.kind == Kind.COMPLAINT and made.round == 1:
        firsts.append(made)
    ended = made.decided_on or made.answered_on or made.closed_on
    if one["clock"] and ended:
        late, together = one["clock"]
        ClockHeld.objects.create(
            subject_kind=SUBJECT, subject_id=made.pk, name="settle", started_on=received, original_due_on=ended,
            due_on=ended - timedelta(days=late), ended_on=ended if together else ended - timedelta(days=1), words="",
        )  # fmt: skip
    if one["moved"]:
        PetitionTransfer.objects.create(petition=made, from_unit=office.above, to_unit=unit, on=received, reason="Đúng nơi")  # fmt: skip
    return made


def visit(house, one):
    office = house.office
    day = house.days.get(one["day"])
    unit = office.unit if day or one["unit"] else office.other
    on = day.held_on if day else date(2026, 5, 6)
    paper = Paper.objects.create(unit=unit, received_on=on, channel="reception", entered_at="2026-01-01T00:00Z")  # fmt: skip
    came = ReceptionVisit.objects.create(
        unit=unit, day=day, paper=paper, held_on=on, people=one["people"], repeated=one["repeated"]
    )
    for kind, way in one["matters"]:
        VisitMatter.objects.create(
            visit=came,
            unit=unit,
            on=on,
            kind=kind,
            title="Một việc",
            way=MatterWay(way),
            guided_to="Tòa án",
        )


def test_every_number_is_its_parts_and_what_is_left_is_told(house):
    @tried(max_examples=examples(40), phases=[Phase.explicit, Phase.reuse, Phase.generate])
    @given(st.lists(PETITION, min_size=6, max_size=14), st.lists(VISIT, max_size=5))
    def adds_up(petitions, visits):
        with transaction.atomic():
            firsts = []
            for number, one in enumerate(petitions):
                petition(house.office, number, one, firsts)
            for one in visits:
                visit(house, one)
            look(house.office.chief)
            transaction.set_rollback(True)

    adds_up()


def look(user):
    """Add up every table of one moment: line by line, and what is told below."""
    found = periodic_tables(user, QUARTER, on=papers.TODAY)
    every = {one.table.code: dict(zip(keys(one), one.whole.cells, strict=True)) for one in found}
    for one in found:
        for line in (one.whole, *one.rows):
            numbers = dict(zip(keys(one), (cell.number for cell in line.cells), strict=True))
            for split in one.table.splits:
                if not split.rests:
                    assert numbers[split.total] == sum(numbers[part] for part in split.parts), (line.name, split)  # fmt: skip
        for told in one.sums:
            assert told.total.number == sum(part.number for part in told.parts), told.words
        for place, cell in enumerate(one.whole.cells):
            if one.rows and cell.number is not None:
                assert cell.number == sum(line.cells[place].number for line in one.rows)
    ways, sides = every["02/TCD"], every["01/TCD"]
    matters = sum(sides[f"{side}_matters"].number for side in ("regular", "head", "deputed"))
    for start in ("kind_", "way_"):
        assert sum(cell.number for key, cell in ways.items() if key.startswith(start)) == matters


def keys(filled):
    return [key or f"none{place}" for place, (_, key) in enumerate(filled.table.columns)]


def test_what_is_left_of_decisions_to_be_carried_out_is_told_and_opened(house, client):
    held = {
        "kind": "complaint", "received": 90, "accepted": 5, "decided": 20, "answered": None, "closed": 60, "outcome": "right",
        "closing": "", "handed": False, "second": False, "moved": False, "unit": True, "clock": None,
    }  # fmt: skip
    for number, state in enumerate([State.SENT, State.SENT, State.ENFORCING, State.DONE, State.DECIDED]):  # fmt: skip
        petition(house.office, number, {**held, "state": state}, [])
    found = {one.table.code: one for one in periodic_tables(house.office.chief, QUARTER, on=papers.TODAY)}  # fmt: skip
    [left] = found["02/KQGQ"].sums
    assert left.words == (
        "Quyết định phải thi hành 4 gồm: đang thi hành 1; đã thi hành xong 1; quyết định đã gửi, chưa theo dõi thi hành 2."
    )
    assert [one.words for one in found["01/KQGQ"].sums] == [
        "Đã giải quyết 5 gồm: đúng hạn 0; quá hạn 0; giải quyết không có hạn 5."
    ]
    client.force_login(house.office.chief)
    page = client.get(reverse("petition_figures:periodic"), {"ky": "2026-Q2", "chot": "0"})
    shown = page.content.decode()
    assert "Quyết định phải thi hành 4 gồm:" in shown
    assert "chi_tieu=sent" in shown
    rest = reverse("petition_figures:records") + f"?{left.parts[-1].query}"
    listed = client.get(rest).content.decode()
    assert [f"X{number}" in listed for number in range(5)] == [True, True, False, False, False]


def test_every_part_is_a_measure_with_its_list(house):
    for table in TABLES:
        columns = {key for _, key in table.columns}
        for split in table.splits:
            assert {split.total, *split.parts} <= columns, table.code
            for rest in split.rests:
                assert rest in MEASURES
                assert rest not in columns
                found = counted_petitions(house.office.chief, QUARTER, MEASURES[rest], on=papers.TODAY)  # fmt: skip
                assert list(found) == []
    assert Split("in_force", ("enforcing", "enforced"), ("sent",)) in TABLES[7].splits


def test_nothing_is_told_to_be_left_of_nothing(house):
    assert [one.sums for one in periodic_tables(house.office.chief, QUARTER, on=papers.TODAY)] == [[]] * len(TABLES)  # fmt: skip
