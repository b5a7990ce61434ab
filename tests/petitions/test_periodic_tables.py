"""The periodic tables of reception and of denunciations: counted from the register, told by the vault, and nothing else."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse

from danvan.law.models import LegalParameter
from danvan.petitions.enums import Kind
from danvan.petitions.models import Denunciation
from danvan.petitions.reception_enums import MatterWay, Receiver
from danvan.petitions.selectors.figures import Wanted
from danvan.petitions.selectors.periodic import periodic_tables
from danvan.petitions.selectors.reception import RECEPTION_MEASURES
from danvan.petitions.selectors.vault import vault_totals
from danvan.petitions.services.reception import hold_day
from danvan.petitions.services.vault import tell_totals
from danvan.petitions.spans import codes_of, span_of
from danvan.petitions.vault_enums import FEW_KEY
from danvan.petitions.vault_suppressing import Told
from tests.once import once, own
from tests.petitions import cases, papers, receptions
from tests.petitions.adversary import NAMES, small_ones
from tests.petitions.exits import person

pytestmark = pytest.mark.django_db
YEAR = Wanted(span_of("2026"))
GUIDED = {"way": MatterWay.GUIDED, "guided_to": "Tòa án"}


class Received(cases.Vault):
    """The office with visits of every sort: on duty, to the head, to who stood in, a crowd, one at another unit."""

    def __init__(self):
        super().__init__()
        visited, matter = receptions.visited, receptions.matter
        visited(self.unit, matter("A"), matter("B", **GUIDED), persons=(person(1),))
        visited(self.unit, matter("C", kind=Kind.COMPLAINT), persons=(person(1),))  # came again
        head = receptions.held(self.unit)
        visited(self.unit, matter("D"), day_id=head.pk, persons=(person(2),), people=3)
        crowd = tuple(papers.PersonDraft(name=f"Vừ A {n}", representative=True) for n in range(2))
        visited(self.unit, matter("E"), day_id=head.pk, persons=crowd, people=7)
        on = date(2026, 11, 17)
        other = hold_day(
            receptions.planned(self.unit, on), received=Receiver.OTHER, actor=None,
            other_name="Phó chủ tịch", other_why="Họp tỉnh",
        )  # fmt: skip
        visited(self.unit, matter("F", **GUIDED), on=on, day_id=other.pk, persons=(person(3),))
        visited(self.other, matter("G"), persons=(person(4),))


_office = once(Received, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def tables(user, wanted=YEAR):
    return {one.table.code: one for one in periodic_tables(user, wanted, on=papers.TODAY)}


def numbers(row):
    return {cell.heading: cell.number for cell in row.cells}


def test_reception_is_counted_from_its_register_by_who_received(office):
    found = tables(office.chief)["01/TCD"]
    assert numbers(found.whole) == {
        "Tiếp thường xuyên: lượt": 3, "Tiếp thường xuyên: người": 3, "Tiếp thường xuyên: vụ": 4,
        "Tiếp thường xuyên: vụ tiếp lần đầu": 3, "Tiếp thường xuyên: vụ tiếp nhiều lần": 1,
        "Người đứng đầu tiếp: kỳ": 1, "Người đứng đầu tiếp: lượt": 2, "Người đứng đầu tiếp: người": 10,
        "Người đứng đầu tiếp: vụ": 2, "Người đứng đầu tiếp: vụ tiếp lần đầu": 2,
        "Người đứng đầu tiếp: vụ tiếp nhiều lần": 0,
        "Người khác tiếp thay: kỳ": 1, "Người khác tiếp thay: lượt": 1, "Người khác tiếp thay: người": 1,
        "Người khác tiếp thay: vụ": 1, "Người khác tiếp thay: vụ tiếp lần đầu": 1,
        "Người khác tiếp thay: vụ tiếp nhiều lần": 0,
        "Đoàn đông người: đoàn": 1, "Đoàn đông người: người": 7, "Đoàn đông người: vụ": 1,
    }  # fmt: skip
    for n, cell in enumerate(found.whole.cells):
        assert sum(row.cells[n].number for row in found.rows) == cell.number
    ways = numbers(tables(office.chief)["02/TCD"].whole)
    assert (ways["Khiếu nại"], ways["Kiến nghị"], ways["Tố cáo"]) == (1, 6, None)
    assert (ways["Nhận đơn, ghi thành đơn thư"], ways["Hướng dẫn đến nơi có thẩm quyền"]) == (5, 2)
    assert numbers(tables(office.stranger)["01/TCD"].whole)["Tiếp thường xuyên: lượt"] == 1


def test_each_number_opens_the_rows_of_the_register_that_it_counts(office, client):
    client.force_login(office.chief)
    address, asked = reverse("reception:register"), 0
    for table in (tables(office.chief)[code] for code in ("01/TCD", "02/TCD")):
        for row in (table.whole, table.rows[0]) if table.table.code == "02/TCD" else (table.whole,):
            for (_, key), cell in zip(table.table.columns, row.cells, strict=True):
                if not cell.query:
                    assert not key or RECEPTION_MEASURES[key].of == "days"
                    continue
                body = unescape(client.get(f"{address}?{cell.query}").content.decode())
                of = {"visits": "lượt", "people": "người", "matters": "vụ"}[
                    RECEPTION_MEASURES[key].of
                ]
                told = f"{cell.number} {of}" if cell.number else "theo chỉ tiêu"
                assert told in body, (row.name, cell)
                asked += 1
    assert asked > 30
    page = client.get(reverse("petition_figures:periodic"), {"ky": "2026"}).content.decode()
    assert f"{address}?tu=" in page
    for name in ("print", "sheet", "docx"):
        cell = tables(office.chief)["01/TCD"].whole.cells[0]
        assert (
            client.get(f"{reverse(f'reception:register-{name}')}?{cell.query}").status_code == 200
        )
    assert client.get(f"{address}?chi_tieu=khong-co").status_code == 422


def test_what_is_not_known_stays_unknown_and_says_so_by_name(office, client):
    LegalParameter.objects.filter(key__startswith="reception.group").delete()
    LegalParameter.objects.filter(key__contains="group").delete()
    found = tables(office.chief)["01/TCD"]
    assert numbers(found.whole)["Đoàn đông người: đoàn"] is None
    assert "đoàn đông người" in found.lacking
    client.force_login(office.chief)
    shown = client.get(f"{reverse('reception:register')}?chi_tieu=crowd_visits")
    assert "Vừ A" not in shown.content.decode()
    every = tables(office.chief)
    assert "thi hành kết luận" in every["04/KQGQ"].lacking
    assert "không tách theo kênh" in every["02/TCD"].lacking


def denounced(office, number, **columns):
    first = Denunciation.objects.first() or cases.entered(office)
    start = Denunciation.objects.count()
    said = {
        "entered_at": datetime(2026, 2, 2, tzinfo=UTC),
        "received_on": date(2026, 2, 2),
        **columns,
    }
    Denunciation.objects.bulk_create(
        Denunciation(
            number=f"X{start + n}", key=first.key, unit=office.unit, denouncer=b"", accused=b"", content=b"",
            requests=b"", **said,
        )
        for n in range(number)
    )  # fmt: skip


def test_denunciations_stand_in_the_tables_as_the_vault_told_them_and_of_a_province_alone(office):
    denounced(office, 25, accepted_on=date(2026, 3, 1), state="accepted")
    denounced(office, 14)
    place = office.province.place.pk
    quarter = Wanted(span_of("2026-Q1"), unit_id=place, unit="Tỉnh Nghệ An")
    untold = tables(office.chief, quarter)["03/XLD"]
    assert "hết ngày 31/03/2026" in untold.lacking
    assert "ngày mai" in untold.lacking
    assert {cell.words for cell in untold.whole.cells} == {"chưa công bố"}
    tell_totals(place, 2026, 3)
    for wanted in (quarter, Wanted(span_of("2026-Q1", closes=14))):
        every = tables(office.chief, wanted)
        assert numbers(every["01/XLD"].whole)["Tố cáo"] == 39
        shown = [cell.words or cell.number for cell in every["03/XLD"].whole.cells]
        assert shown == ["39", "25", *["dưới 10 hoặc không hiện"] * 2]
        assert every["03/XLD"].rows == []
        assert {numbers(row)["Tố cáo"] for row in every["01/XLD"].rows} <= {None}
        assert "công bố một lần ngày 20/11/2026" in every["03/XLD"].lacking
    assert numbers(tables(office.officer, quarter)["01/XLD"].whole)["Tố cáo"] is None
    commune = Wanted(span_of("2026-Q1"), unit_id=office.province.communes[0].pk, unit="Xã")
    for user, wanted, why in (
        (office.officer, quarter, "cả tỉnh"), (office.chief, commune, "cả tỉnh"),
        (office.chief, Wanted(span_of("2026-Q2")), "tính từ đầu năm"),
        (office.chief, Wanted(span_of("2026-02")), "tính từ đầu năm"),
        (office.chief, Wanted(span_of("1999")), "quý đã hết"),
        (office.chief, YEAR, "kỳ hết ngày 31/12/2026, kho tố cáo công bố từ ngày 01/01/2027"),
    ):  # fmt: skip
        found = tables(user, wanted)
        assert why in found["03/XLD"].lacking
        assert {cell.number for cell in found["03/XLD"].whole.cells} == {None}


def test_every_cell_without_a_number_says_why(office):
    place = office.province.place.pk
    quarter = Wanted(span_of("2026-Q1"), unit_id=place, unit="Tỉnh Nghệ An")
    LegalParameter.objects.filter(key=FEW_KEY).delete()
    LegalParameter.objects.filter(key__startswith="reception.group").delete()
    for user, wanted, short in (
        (office.chief, YEAR, "có từ 01/01/2027"), (office.chief, quarter, "chờ quy định"),
        (office.chief, Wanted(span_of("2026-Q2")), "chỉ có theo kỳ từ đầu năm"), (office.officer, YEAR, "chỉ có theo cả tỉnh"),
    ):  # fmt: skip
        every = tables(user, wanted)
        assert {cell.words for cell in every["03/XLD"].whole.cells} == {short}
        lines = [line for one in every.values() for line in (one.whole, *one.rows)]
        empty = [cell for line in lines for cell in line.cells if cell.number is None]
        assert all(cell.words for cell in empty)
        assert len(empty) > 9
        assert {cell.words for cell in every["04/KQGQ"].whole.cells} == {"không công bố"}
    assert "mức tối thiểu" in tables(office.chief, quarter)["03/XLD"].lacking
    crowd = tables(office.chief)["01/TCD"].whole.cells[-1]
    assert (crowd.number, crowd.words) == (None, "chưa có quy định")


@pytest.mark.parametrize("seed", range(2))
def test_an_adversary_with_all_tables_of_all_periods_works_out_no_small_number(office, seed):
    place = office.province.place.pk
    grown = [
        [(14, 3, 12), (1, 12, 2), (13, 0, 1)],
        [(30, 30, 30), (3, 0, 0), (12, 11, 1)],
        [(2, 1, 0), (9, 9, 1), (0, 0, 0)],
    ]
    periods = []
    for quarter, (accepted, ended, waiting) in enumerate(grown[seed]):
        day = date(2026, 3 * quarter + 2, 3)
        at = {"entered_at": datetime(day.year, day.month, day.day, tzinfo=UTC), "received_on": day}
        denounced(office, accepted, accepted_on=day, state="accepted", **at)
        denounced(office, ended, state="filed", closed_on=day, **at)
        denounced(office, waiting, **at)
        tell_totals(place, 2026, quarter + 1)
        denounced(office, 1, **at)  # late: the period was told
        before = periods[-1] if periods else dict.fromkeys(NAMES, 0)
        late = {"c": 1 if periods else 0}
        periods.append(
            {
                n: before[n] + v + late.get(n, 0)
                for n, v in zip(NAMES, (accepted, ended, waiting), strict=True)
            }
        )
    printed = {}
    for code, _ in codes_of(2026):
        for wanted in (
            Wanted(span_of(code)),
            *([Wanted(span_of(code), unit_id=place, unit="Tỉnh Nghệ An")] if "-H" in code else []),
        ):
            every = tables(office.chief, wanted)
            shown = [cell.number for cell in every["03/XLD"].whole.cells]
            assert numbers(every["01/XLD"].whole)["Tố cáo"] == shown[0]
            if every["03/XLD"].lacking.startswith("Số tố cáo của cả tỉnh do"):
                printed[code] = Told(
                    shown[0], None if shown[0] is None else dict(zip(NAMES, shown[1:], strict=True))
                )
            else:
                assert set(shown) == {None}
    assert set(printed) == {"2026-Q1", "2026-H1", "2026-9T"}
    for told, parts in zip(
        (printed["2026-Q1"], printed["2026-H1"], printed["2026-9T"]), periods, strict=True
    ):
        assert told.total in (None, sum(parts.values()))
    assert small_ones(periods, [printed["2026-Q1"], printed["2026-H1"], printed["2026-9T"]]) == []
    assert vault_totals(place, 2026, 1) is not None
