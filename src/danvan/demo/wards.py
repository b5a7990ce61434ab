"""The demonstration's second form, of the wards alone: a table, a step of a scale, words with figures, the head's approval."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from danvan.demo.travelling import Dated
from danvan.demo.work import LAST, Seat
from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import break_down_indicator, define_breakdown, define_indicator
from danvan.organisations.enums import Level
from danvan.reporting.enums import ItemKind, Standing
from danvan.reporting.rules import between
from danvan.reporting.selectors import obligations_of
from danvan.reporting.services import (
    NewItem,
    NewSection,
    accept_reports,
    define_form,
    lock_period,
    open_period,
    propose_report,
    release_report,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit
    from danvan.reporting.models import Form, Obligation

MEASURED_FROM, SINCE = date(2026, 1, 1), date(2026, 10, 1)
MONTHS = tuple(Period.parse(code) for code in ("2026-10", "2026-11", "2026-12"))
DUE_DAY = 10
WARD = "phường"
ROWS = ("Hội nghị Nhân dân ở khối, thôn", "Ngày hội Đại đoàn kết toàn dân tộc")
COLUMNS = ("Số cuộc", "Nam", "Nữ", "Cộng")
HELD = (
    ("hn", "KP-01", "Hội nghị Nhân dân ở khối, thôn", "Hội nghị Nhân dân bàn, quyết định việc của khối, thôn trong tháng."),
    ("nh", "KP-03", "Ngày hội Đại đoàn kết toàn dân tộc", "Ngày hội tổ chức ở khối, thôn hoặc liên khối trong tháng."),
)  # fmt: skip
CAME = {"hn": "KP-02", "nh": "KP-04"}
SCALE = (
    ("Tốt", "Có kế hoạch tháng, họp đủ, nắm và phản ánh kịp thời, có việc làm cụ thể giúp dân."),
    ("Khá", "Đạt ba trong bốn nội dung."),
    ("Đạt", "Đạt hai trong bốn nội dung."),
    ("Chưa đạt", "Còn lại."),
)
WHY = (
    "Có kế hoạch tháng, tổ họp một lần, đã vận động ba hộ hiến đất mở ngõ.",
    "Tổ họp đủ nhưng còn một khối chưa có kế hoạch tháng.",
    "Một số tổ trưởng mới thay, đang làm quen với việc.",
)
PATTERN = (
    "Trong tháng đã tổ chức [KP-01] hội nghị Nhân dân với [KP-02] người dự; lũy kế từ đầu năm [KP-01|lũy kế] hội nghị,"
    " kỳ trước [KP-01|kỳ trước] hội nghị."
)
HARD = (
    "Nhà văn hóa của hai khối sau sáp nhập quá nhỏ so với số hộ.",
    "Nhiều hộ đi làm xa, hội nghị phải họp buổi tối.",
)
RULES = (
    between("so-hoi-nghi", "hn-cuoc", most=60),
    between("nam-du-hoi-nghi", "hn-nam", most=3000, blocks=False),
    between("nu-du-hoi-nghi", "hn-nu", most=3000, blocks=False),
)


def set_up_ward_form(province: "Unit", *, actor: "User | None") -> "Form":
    """Define the wards' indicators and their form."""
    measure = partial(define_indicator, actor=actor, valid_from=MEASURED_FROM)
    sexes = define_breakdown(name="Giới tính", options=[("NAM", "Nam"), ("NU", "Nữ")], actor=actor)
    cells = []
    for row, (start, code, name, meaning) in enumerate(HELD):
        came = CAME[start]
        measure(code=code, name=name, definition=meaning, unit_label="cuộc", kind=MeasureKind.FLOW)
        whole = measure(
            code=came,
            name=f"Người dự {name[0].lower()}{name[1:]}",
            unit_label="người",
            definition="Người có mặt, theo biên bản.",
            kind=MeasureKind.FLOW,
        )
        break_down_indicator(whole, sexes, computed=True, valid_from=SINCE, actor=actor)
        asked = (("cuoc", code), ("nam", f"{came}.NAM"), ("nu", f"{came}.NU"), ("cong", came))
        cells += [
            NewItem(f"{start}-{end}", f"{name}: {COLUMNS[column].lower()}", indicator, row=row, column=column)
            for column, (end, indicator) in enumerate(asked)
        ]  # fmt: skip
    measure(
        code="KP-05",
        name="Tổ dân vận ở khối, thôn",
        unit_label="tổ",
        kind=MeasureKind.STOCK,
        definition="Tổ dân vận có quyết định thành lập vào ngày cuối tháng.",
    )
    measure(
        code="KP-06",
        name="Chất lượng hoạt động của tổ dân vận",
        unit_label="",
        steps=SCALE,
        definition="Phường tự xếp một bậc cho các tổ dân vận trong tháng.",
        kind=MeasureKind.QUALITATIVE,
    )
    words = [
        NewItem("ket-qua", "Kết quả nổi bật", kind=ItemKind.TEXT, pattern=PATTERN, required=False),
        NewItem("kho-khan", "Khó khăn, vướng mắc", kind=ItemKind.TEXT, carried=True, required=False),
    ]  # fmt: skip
    sections = [
        NewSection("Hội nghị, ngày hội ở khối, thôn", cells, rows=ROWS, columns=COLUMNS),
        NewSection("Tổ dân vận", [NewItem("to", "Tổ dân vận đang hoạt động", "KP-05"),
                                  NewItem("bac", "Chất lượng hoạt động của tổ dân vận", "KP-06")],
                   may_be_nil=False),
        NewSection("Bằng lời", words, may_be_nil=False),
    ]  # fmt: skip
    return define_form(code="BM-04", name="Báo cáo công tác dân vận ở khối, thôn", unit=province,
                       level=Level.COMMUNE, kinds=(WARD,), head_approves=True, due_day=DUE_DAY,
                       sections=sections, rules=RULES, valid_from=SINCE, actor=actor)  # fmt: skip


@dataclass(slots=True)
class Wards:
    """The wards' form, who sends and decides, and what each ward owes, as the months are opened."""

    province: "Unit"
    specialist: "User"
    leader: "User"
    people: dict[int, "User"]  # who sends, by ward
    heads: dict[int, "User"]
    owed: dict[tuple[int, date], "Obligation"] = field(default_factory=dict)
    form: "Form | None" = None
    sent: int = 0

    def acts(self, seats: list[Seat]) -> Iterator[Dated]:
        """What the wards and the province did, each act with its day; December is still to be sent."""
        yield SINCE, self._begin
        for month in MONTHS:
            yield month.last, partial(self._open, month)
        for month in MONTHS[:-1]:
            for seat in seats:
                if not seat.name.startswith(f"{WARD} "):
                    continue
                chance = random.Random(f"wards:{seat.name}:{month.code}")  # noqa: S311  no secret is drawn
                if seat.place_id not in self.people and chance.random() > seat.steadiness:
                    continue
                day = month.end + timedelta(days=chance.randint(1, 7))
                answers = _answers(seat, chance)
                if seat.place_id in self.people:  # words that can be carried on
                    answers["kho-khan"] = HARD[0]
                yield day, partial(self._propose, seat.place_id, month, answers)
                yield day + timedelta(days=1), partial(self._release, seat.place_id, month)
            yield month.end.replace(day=18), partial(self._accept, month)
        yield LAST.replace(day=20), partial(self._lock, MONTHS[0])

    def _begin(self) -> None:
        self.form = set_up_ward_form(self.province, actor=self.specialist)

    def _open(self, month: Period) -> None:
        for one in open_period(self._form, month, actor=self.specialist):
            self.owed[one.unit_id, one.first] = one

    def _propose(self, ward: int, month: Period, answers: dict[str, str]) -> None:
        propose_report(self.owed[ward, month.first], answers=answers, actor=self.people.get(ward))

    def _release(self, ward: int, month: Period) -> None:
        release_report(self.owed[ward, month.first], actor=self.heads.get(ward))
        self.sent += 1

    def _accept(self, month: Period) -> None:
        waiting = list(obligations_of(self._form, month).filter(standing=Standing.SENT))
        if waiting:
            accept_reports(waiting, actor=self.specialist)

    def _lock(self, month: Period) -> None:
        if obligations_of(self._form, month).filter(standing=Standing.ACCEPTED).exists():
            lock_period(self._form, month, actor=self.leader)

    @property
    def _form(self) -> "Form":
        if self.form is None:
            raise LookupError("the wards' form is defined on its first day")
        return self.form


def _answers(seat: Seat, chance: random.Random) -> dict[str, str]:
    """What a ward reports of a month; its groups are the same in all of them."""
    groups = random.Random(f"wards:{seat.name}").randint(8, 30)  # noqa: S311
    meetings, days = chance.randint(2, 14), chance.randint(0, 9)
    told = {"hn-cuoc": meetings, "hn-nam": meetings * chance.randint(18, 40), "hn-nu": meetings * chance.randint(20, 45),
            "nh-cuoc": days, "nh-nam": days * chance.randint(40, 90), "nh-nu": days * chance.randint(45, 99),
            "to": groups}  # fmt: skip
    step = chance.choices((0, 1, 2), (5, 3, 1))[0]
    words = {"bac": SCALE[step][0], "bac--loi": WHY[step], "ket-qua": PATTERN, "kho-khan": ""}
    if chance.random() < 0.6:
        words["kho-khan"] = chance.choice(HARD)
    return {code: str(number) for code, number in told.items()} | words
