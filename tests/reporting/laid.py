"""A province whose communes are of two kinds, with a form that asks each kind its own, and asks events in a table."""

from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import (
    break_down_indicator,
    define_breakdown,
    define_indicator,
)
from danvan.organisations.models import UnitVersion
from danvan.reporting.rules import Rule
from danvan.reporting.services import NewItem, NewSection, open_period
from tests.factories.province import Province
from tests.reporting.months import NOVEMBER, SINCE, make_form

OPENED = NOVEMBER.first
ROWS = ("Hội nghị", "Ngày hội")
COLUMNS = ("Số cuộc", "Nam", "Nữ", "Cộng người")
FILLED = {
    "hop": "4",
    "hn-cuoc": "3",
    "hn-nam": "20",
    "hn-nu": "30",
    "nh-cuoc": "1",
    "nh-nam": "100",
    "nh-nu": "120",
}


def kinds_in(province, *kinds):
    """Say what the first communes of a province are called."""
    for place, kind in zip(province.communes, kinds, strict=False):
        UnitVersion.objects.filter(unit=place).update(type_word=kind)


def laid_indicators():
    """Meetings of hamlets and of wards' groups; events, and who came, as men and women that are added up."""
    flow = {"kind": MeasureKind.FLOW, "actor": None, "valid_from": SINCE, "definition": "Đếm."}
    for code, name, unit in (
        ("HD-01", "Cuộc họp", "cuộc"),
        ("HD-02", "Tổ dân phố tự quản", "tổ"),
        ("HN-CUOC", "Hội nghị", "cuộc"),
        ("NH-CUOC", "Ngày hội", "cuộc"),
    ):
        define_indicator(code=code, name=name, unit_label=unit, **flow)
    sex = define_breakdown(name="Giới tính", options=[("NAM", "Nam"), ("NU", "Nữ")], actor=None)
    for code, name in (("HN", "Người dự hội nghị"), ("NH", "Người dự ngày hội")):
        whole = define_indicator(code=code, name=name, unit_label="người", **flow)
        break_down_indicator(whole, sex, valid_from=OPENED, actor=None, computed=True)


def cell(code, indicator, row, column, **more):
    """A question in a cell of the table."""
    return NewItem(
        code, f"{ROWS[row]}: {COLUMNS[column]}", indicator, row=row, column=column, **more
    )


def laid_sections():
    """A list for all, with a question of wards only; a table; a section of wards only."""
    table = [
        found
        for row, start in enumerate(("hn", "nh"))
        for found in (
            cell(f"{start}-cuoc", f"{start.upper()}-CUOC", row, 0),
            cell(f"{start}-nam", f"{start.upper()}.NAM", row, 1),
            cell(f"{start}-nu", f"{start.upper()}.NU", row, 2),
            cell(f"{start}-cong", start.upper(), row, 3),
        )
    ]
    return [
        NewSection("Họp", [NewItem("hop", "Cuộc họp đã dự", "HD-01")]),
        NewSection("Hoạt động", table, rows=ROWS, columns=COLUMNS),
        NewSection("Đô thị", [NewItem("to", "Tổ dân phố tự quản", "HD-02")], kinds=("phường",)),
    ]


RULE = Rule(
    "to-it-hon-hop",
    "Tổ ít hơn họp",
    "Số tổ không lớn hơn số cuộc họp, và họp nhiều nhất 10 cuộc.",
    {"all": [{"<=": [{"item": "to"}, {"item": "hop"}]}, {"<=": [{"item": "hop"}, 10]}]},
    ("hop", "to"),
    blocks=True,
)


class LaidMonth:
    """November, open: the first commune is a xã, the second a phường, the third a phường too."""

    def __init__(self, **changes):
        self.province = Province()
        kinds_in(self.province, "xã", "phường", "phường")
        laid_indicators()
        given = {"code": "BM-05", "sections": laid_sections(), "rules": [RULE]}
        self.form = make_form(self.province, valid_from=OPENED, **given | changes)
        self.owed = {one.unit_id: one for one in open_period(self.form, NOVEMBER, actor=None)}

    @property
    def rural(self):
        """What the xã owes."""
        return self.owed[self.province.communes[0].pk]

    @property
    def urban(self):
        """What the first phường owes."""
        return self.owed[self.province.communes[1].pk]
