"""A form whose words name figures and are carried on, open in October and November 2026 in a province."""

from dataclasses import replace

from danvan.reporting.enums import ItemKind
from danvan.reporting.services import NewItem, open_period
from tests.factories.province import Province
from tests.reporting.months import NOVEMBER, OCTOBER, indicators, make_form, sections

PATTERN = (
    "Trong kỳ đã tổ chức [DV-01] hội nghị với [DV-02] lượt người; lũy kế từ đầu năm [DV-02|lũy kế] lượt,"
    " cùng kỳ năm trước [DV-02|cùng kỳ] lượt."
)


def told_sections(pattern=PATTERN):
    """The sections of the form, with two questions in words at the end."""
    *others, last = sections()
    words = [
        NewItem("loi", "Kết quả đối thoại", kind=ItemKind.TEXT, pattern=pattern, required=False),
        NewItem("kho-khan", "Khó khăn", kind=ItemKind.TEXT, carried=True, required=False),
    ]
    return [*others, replace(last, items=[*last.items, *words])]


class Told:
    """October and November 2026, open in a province."""

    def __init__(self, communes=2):
        self.province = Province(communes)
        self.indicators = indicators()
        self.form = make_form(self.province, sections=told_sections())
        self.october = open_period(self.form, OCTOBER, actor=None)
        self.owed = open_period(self.form, NOVEMBER, actor=None)

    @property
    def first(self):
        """What the first commune owes for November."""
        return self.owed[0]
