"""The statistics of petitions: one population a measure, and a number is its list and its counter."""

import re
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.foundation.periods import Every, Period
from danvan.indicators.counters import all_counters, named
from danvan.law.models import ClockHeld
from danvan.petitions.enums import SUBJECT, Channel, Closing, Outcome
from danvan.petitions.models import Petition
from danvan.petitions.selectors.figures import GROUPS, Wanted, counted_petitions, figures
from danvan.petitions.selectors.periodic import TABLES, periodic_tables
from danvan.petitions.selectors.populations import COHORTS, MEASURES
from danvan.petitions.selectors.reading import overdue
from danvan.petitions.services import (
    AppealDraft,
    accept_petition,
    answer_petition,
    appeal_petition,
    decide_petition,
    dispute_answer,
    end_withdrawn_complaint,
    enforce_decision,
    file_petition,
    guide_petition,
    hand_out_petition,
    rate_answer,
    refuse_petition,
    report_result,
    send_decision,
    terminate_petition,
    transfer_petition,
)
from danvan.petitions.spans import codes_of, span_of
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
TODAY = papers.TODAY
MONTHS = ("2026-02", "2026-03", "2026")


class Filled(papers.Office):
    """The office with a petition of every fate."""

    def __init__(self):
        super().__init__()
        unit, other = self.unit, self.other
        matter, on = papers.matter, date(2026, 9, 1)
        papers.received(unit, on=on)
        papers.accepted(unit, on=on, by=date(2026, 9, 8))
        decided = papers.replied(papers.verifying(self, on=on, by=date(2026, 9, 8)))
        self.decided = _decided(decided, Outcome.PARTLY, date(2026, 9, 25))
        late = papers.replied(papers.verifying(self, on=on, by=date(2026, 9, 8)))
        self.late = _decided(late, Outcome.WRONG, date(2026, 10, 30))
        enforce_decision(self.late, on=date(2026, 11, 3), actor=None)
        gone = papers.accepted(unit, on=date(2026, 8, 3), by=date(2026, 8, 5))
        self.second = papers.fresh(
            appeal_petition(
                gone,
                AppealDraft(unit_id=self.above.pk, received_on=date(2026, 10, 1), text="Quá hạn chưa giải quyết"),
                actor=None,
            )
        )  # fmt: skip
        guided = papers.received(unit, on=on)
        guide_petition(guided, where="Tòa án nhân dân", on=date(2026, 9, 3), actor=None)
        filed = papers.received(unit, on=on)
        file_petition(filed, closing=Closing.LD07, on=date(2026, 9, 3), actor=None)
        refused = papers.received(unit, on=on)
        refuse_petition(refused, closing=Closing.KN02, on=date(2026, 9, 4), actor=None)
        withdrawn = papers.accepted(unit, on=on, by=date(2026, 9, 8))
        end_withdrawn_complaint(
            withdrawn, paper="Đơn rút", symbol="2/QĐ", on=date(2026, 9, 9), actor=None
        )
        ended = papers.accepted(unit, on=on, by=date(2026, 9, 8))
        terminate_petition(ended, ground="death", symbol="3/QĐ", on=date(2026, 9, 20), actor=None)
        proposal = papers.accepted(
            unit, matter("proposal", "Xây cầu"), on=on, by=date(2026, 9, 8), channel=Channel.POST
        )
        self.proposal = _answered(proposal, Outcome.RESOLVED, date(2026, 9, 30))
        rate_answer(self.proposal, satisfaction="yes", on=date(2026, 10, 5), actor=None)
        feedback = papers.accepted(unit, matter("feedback", "Điện yếu"), on=on, by=date(2026, 9, 8))
        feedback = _answered(feedback, Outcome.NOTED, date(2026, 9, 30))
        dispute_answer(feedback, why="Chưa xong", on=date(2026, 10, 2), actor=None)
        moved = papers.received(unit, matter("proposal", "Sửa kênh"), on=on)
        transfer_petition(
            moved, to_unit_id=other.pk, on=date(2026, 9, 3), reason="Thẩm quyền", actor=None
        )
        out = papers.received(unit, matter("feedback", "Ngân hàng"), on=on)
        hand_out_petition(
            out, where="Ngân hàng", on=date(2026, 9, 3), reason="Ngoài thẩm quyền", actor=None
        )
        told = papers.received(unit, matter("feedback", "Bưu điện"), on=on)
        hand_out_petition(
            told, where="Bưu điện", on=date(2026, 9, 3), reason="Ngoài thẩm quyền", actor=None
        )
        report_result(
            papers.fresh(told), text="Đã trả", channel="paper", outcome=Outcome.EXPLAINED, on=date(2026, 10, 6), actor=None
        )  # fmt: skip
        papers.received(
            self.above, matter("proposal", "Đơn không tên"), on=date(2026, 10, 5), persons=(), anonymous=True, people=7
        )  # fmt: skip


def _decided(petition, outcome, on):
    decide_petition(petition, outcome=outcome, symbol="9/QĐ", on=on, actor=None)
    send_decision(papers.fresh(petition), on=on, actor=None)
    return papers.fresh(petition)


def _answered(petition, outcome, on):
    petition = papers.replied(petition)
    answer_petition(petition, text="Đã làm", channel="paper", outcome=outcome, on=on, actor=None)
    return papers.fresh(petition)


_office = once(Filled, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = TODAY
    return own(_office)


def counted(office, code="2026", *, user=None, closes=0, **more):
    wanted = Wanted(span_of(code, closes=closes), **more)
    return figures(user or office.chief, wanted, on=TODAY), wanted


def page(user, name, **asked):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"petition_figures:{name}"), asked)


def test_every_measure_of_a_year_is_what_was_done(office):
    found, _ = counted(office)
    told = {key: number for key, number in found.numbers.items() if number}
    assert told == {
        "received": 17, "received_complaint": 11, "received_proposal": 3, "received_feedback": 3,
        "received_first": 16, "received_second": 1, "received_eligible": 16, "received_unfit": 1,
        "received_duplicate": 1, "received_unsorted": 4, "received_ours": 9, "received_elsewhere": 3,
        "received_handed": 2, "received_anonymous": 1, "received_by_reception": 16, "received_by_post": 1,
        "transferred": 1, "accepted": 8, "resolved": 6, "decided": 2, "answered": 2, "withdrawn": 1,
        "terminated": 1, "otherwise": 4, "guided": 1, "filed": 1, "refused": 1, "overtaken": 1, "partly": 1,
        "wrong": 1, "met": 1, "explained": 1, "on_time": 4, "late": 1, "in_force": 2, "enforcing": 1,
        "rated": 1, "satisfied": 1, "closing": 7, "closing_overdue": 6, "owed": 8, "received_accepted": 8, "received_resolved": 6,
        "received_on_time": 4, "accepted_resolved": 5, "accepted_on_time": 4, "owed_resolved": 5,
        "owed_on_time": 4,
        # what is left between the columns of a periodic table
        "received_guided": 1, "unclocked": 1, "resolved_unaccepted": 1, "unjudged": 2, "sent": 1, "owed_otherwise": 1,
        "owed_open": 2, "closing_unaccepted": 5,
    }  # fmt: skip


def test_what_is_left_and_overdue_is_what_the_list_calls_overdue_today(office):
    found, wanted = counted(office)
    rows = counted_petitions(office.chief, wanted, MEASURES["closing_overdue"], on=TODAY)
    late = Petition.objects.filter(overdue(TODAY), decided_on=None, answered_on=None)
    assert set(rows) == set(late)
    assert 0 < found.numbers["closing_overdue"] < found.numbers["closing"]


def test_what_was_overdue_when_a_period_ended_is_told_of_that_day(office):
    def told():
        return {code: counted(office, code)[0].numbers["closing_overdue"] for code in MONTHS}

    before, until = told(), date(2026, 3, 31)
    one = papers.accepted(office.unit, on=date(2026, 2, 2), by=date(2026, 2, 9))
    settle = ClockHeld.objects.filter(subject_kind=SUBJECT, subject_id=one.pk, name="settle")
    due = settle.get().due_on
    assert date(2026, 2, 28) < due < until
    assert told() == {**before, "2026-03": before["2026-03"] + 1, "2026": before["2026"] + 1}
    settle.update(paused_on=due)  # a term that stands still is not over
    assert told() == before
    settle.update(paused_on=None, ended_on=date(2026, 4, 1))  # it ran on the last day of March
    assert told() == {**before, "2026-03": before["2026-03"] + 1}


def test_a_period_that_is_not_over_yet_counts_what_is_overdue_today(office):
    settle = ClockHeld.objects.filter(subject_kind=SUBJECT, ended_on=None)
    before = counted(office, "2026")[0].numbers["closing_overdue"]
    one = papers.received(office.unit, on=TODAY)
    assert settle.filter(subject_id=one.pk, due_on__lt=date(2026, 12, 31)).exists()
    assert counted(office, "2026")[0].numbers["closing_overdue"] == before


@pytest.mark.parametrize("code", ["2026", "2026-10"])
def test_a_number_is_its_list_and_its_counter(office, code):
    found, wanted = counted(office, code)
    units = [office.unit.pk, office.other.pk, office.above.pk]
    for key, measure in MEASURES.items():
        rows = counted_petitions(office.chief, wanted, measure, on=TODAY)
        assert rows.count() == found.numbers[key], key
        if measure.flows:
            counter = named(f"petitions.{key}")
            period = wanted.span.period
            assert counter.total(units, period) == found.numbers[key], key
            records = counter.records(units, period)
            assert sorted(one.pk for one in records) == sorted(rows.values_list("pk", flat=True))
            assert counter.how_many_records(units, period) == len(records)


def test_the_parts_add_up_to_the_whole(office):
    for code in ("2026", "2026-09", "2026-10"):
        found, _ = counted(office, code)
        n = found.numbers
        assert n["opening"] + n["received"] == n["resolved"] + n["otherwise"] + n["closing"]
        assert n["resolved"] == n["decided"] + n["answered"] + n["withdrawn"] + n["terminated"]
        assert n["otherwise"] == n["guided"] + n["filed"] + n["refused"] + n["overtaken"]
        assert n["received"] == n["received_eligible"] + n["received_unfit"]
        assert (
            n["received_eligible"]
            == n["received_unsorted"] + n["received_ours"] + n["received_elsewhere"]
        )
        assert n["received"] == sum(n[f"received_by_{one.value}"] for one in Channel)
        for part in (found.units, found.topics):
            for key in (
                "opening",
                "received",
                "accepted",
                "resolved",
                "otherwise",
                "closing",
                "closing_overdue",
                "late",
            ):
                assert sum(one.numbers[key] for one in part) == n[key], (code, key)


def test_months_add_up_to_the_year_where_a_measure_flows(office):
    year, _ = counted(office)
    months = [counted(office, f"2026-{one:02}")[0] for one in range(1, 13)]
    for key, measure in MEASURES.items():
        if measure.flows:
            assert sum(one.numbers[key] for one in months) == year.numbers[key], key
    assert not any(MEASURES[key].flows for key in COHORTS)


def test_every_number_on_the_page_opens_as_many_rows(office):
    shown = page(office.chief, "figures", ky="2026", chot="0").content.decode()
    links = re.findall(r'class="dv-fig[^"]*" href="([^"]+)">([\d.]+)</a>', shown)
    assert len(links) > 100
    links = [one for one in dict.fromkeys(links) if one[1] != "0"]
    client = Client()
    client.force_login(office.chief)
    for address, number in links:
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        rows = len(set(re.findall(r'href="/don-thu/(\d+)/"', listed)))
        assert rows == int(number), (address, number)


def test_a_table_reads_the_same_populations(office):
    wanted = Wanted(span_of("2026"))
    tables = {one.table.code: one for one in periodic_tables(office.chief, wanted, on=TODAY)}
    assert list(tables) == [one.code for one in TABLES]
    for group, codes in (
        ("", ["01/XLD"]),
        ("khieu-nai", ["02/XLD", "01/KQGQ"]),
        ("kien-nghi-phan-anh", ["04/XLD"]),
    ):
        found, _ = counted(office, group=group)
        for code in codes:
            one = tables[code]
            assert sum(row.cells[1].number for row in one.rows) == one.whole.cells[1].number
            for (_, key), cell in zip(one.table.columns, one.whole.cells, strict=True):
                assert cell.number == (found.numbers[key] if key in MEASURES else None)
    assert {cell.number for cell in tables["03/XLD"].whole.cells} == {None}
    assert set(GROUPS) == {"khieu-nai", "kien-nghi-phan-anh"}


def test_the_tables_come_as_excel_and_word(office):
    asked = {"ky": "2026", "chot": "0"}
    book = openpyxl.load_workbook(BytesIO(page(office.chief, "periodic-sheet", **asked).content))
    assert book.sheetnames[0] == "01 TCD"
    sheet = book["01 XLD"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(line for line in lines if line[0] == "STT")
    whole = lines[lines.index(head) + 1]
    assert dict(zip(head, whole, strict=True))["Nhận trong kỳ"] == 17
    assert dict(zip(head, whole, strict=True))["Tố cáo"] == "có từ 01/01/2027"
    word = docx.Document(BytesIO(page(office.chief, "periodic-word", **asked).content))
    cells = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
    assert ["01/XLD", "2", "Nhận trong kỳ", "17"] in cells
    assert ["03/XLD", "1", "Ghi nhận trong kỳ", "có từ 01/01/2027"] in cells


def test_the_pages_cost_the_same_for_more_petitions(office):
    def queries(name):
        client = Client()
        client.force_login(office.chief)
        path = reverse(f"petition_figures:{name}")
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    before = {name: queries(name) for name in ("figures", "periodic", "records")}
    for number in range(6):
        papers.received(office.province.governments[number % 3], on=date(2026, 11, 2))
    assert {name: queries(name) for name in before} == before


def test_the_reader_counts_what_they_may_open(office):
    mine, _ = counted(office, user=office.officer)
    assert mine.numbers["received"] == 14
    assert counted(office, user=office.stranger)[0].numbers["received"] == 1
    there, _ = counted(office, unit_id=office.above.pk, unit="UBND Tỉnh Nghệ An")
    assert there.numbers["received"] == 2


def test_what_cannot_be_understood_is_told_by_the_fields(office):
    for name in ("figures", "periodic", "records"):
        wrong = page(office.chief, name, ky="1888", don_vi="Không có đâu", loai="x")
        assert wrong.status_code == 422
        assert "Không tìm thấy đơn vị này" in wrong.content.decode()
    for name in ("records-sheet", "periodic-sheet", "periodic-word"):
        assert page(office.chief, name, ky="1888").status_code == 302
    sheet = page(office.chief, "records-sheet", ky="2026", chot="0", chi_tieu="late")
    lines = list(openpyxl.load_workbook(BytesIO(sheet.content)).active.values)
    assert office.late.number in {line[0] for line in lines}


def test_people_and_papers_and_transfers_are_counted_where_they_came_in(office):
    year = Period.parse("2026")
    units = [office.unit.pk, office.above.pk]
    assert named("petitions.papers").count(units, year) == {office.unit.pk: 15, office.above.pk: 2}
    people = named("petitions.people")
    assert people.count(units, year) == {office.unit.pk: 15, office.above.pk: 8}
    assert sum(one.quantity for one in people.records(units, year)) == 23
    assert people.how_many_records(units, year) == 17
    passed = named("petitions.passed_on")
    assert passed.count(units, year) == {office.unit.pk: 1}
    assert [one.quantity for one in passed.records(units, year)] == [1]


def test_no_counter_is_of_denunciations(office):
    keys = [one.key for one in all_counters() if one.key.startswith("petitions.")]
    assert len(keys) > 40
    assert not any("denun" in one for one in keys)
    assert all("Không gồm tố cáo" in named(one).definition for one in keys)


def test_a_petition_passed_on_counts_at_the_unit_of_its_day(office):
    Petition.objects.filter(pk=office.decided.pk).update(
        unit=office.other, former=office.unit, passed_on=date(2026, 9, 10)
    )
    year = Period.parse("2026")
    both = [office.unit.pk, office.other.pk]
    right = {
        one.unit_id
        for one in named("petitions.decided").records(both, year)
        if one.pk == office.decided.pk
    }
    came = {
        one.unit_id
        for one in named("petitions.received").records(both, year)
        if one.pk == office.decided.pk
    }
    assert (came, right) == ({office.unit.pk}, {office.other.pk})


def test_a_span_says_its_days():
    assert span_of("2026-9T").period == Period(date(2026, 1, 1), date(2026, 10, 1), Every.QUARTER)
    closed = span_of("2026-Q1", closes=14)
    assert (closed.period.first, closed.period.last) == (date(2025, 12, 15), date(2026, 3, 14))
    assert "từ ngày 15/12/2025 đến hết ngày 14/03/2026 (chốt số liệu ngày 14" in closed.words
    short = span_of("2026-03", closes=28)
    assert (short.period.first, short.period.last) == (date(2026, 3, 1), date(2026, 3, 28))
    codes = [code for code, _ in codes_of(2026)]
    assert (len(codes), len(set(codes))) == (20, 20)
    with pytest.raises(ValueError, match="không có tháng 13"):
        span_of("2026-13")


def test_of_two_units_that_ended_on_one_day_the_one_that_settled_it_counts(office):
    def on_time_and_late():
        numbers = counted(office)[0].numbers
        return numbers["resolved"], numbers["on_time"], numbers["late"]

    before = on_time_and_late()
    day = date(2026, 11, 18)
    one = papers.accepted(office.unit, papers.matter("proposal", "Mương"), by=date(2026, 10, 2))
    transfer_petition(one, to_unit_id=office.other.pk, on=day, reason="Xã bạn", actor=None)
    accept_petition(papers.fresh(one), on=day, actor=None)
    _answered(papers.fresh(one), Outcome.RESOLVED, day)
    assert on_time_and_late() == (before[0] + 1, before[1] + 1, before[2])
