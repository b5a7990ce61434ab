"""A province with a monthly form: a counted item, a pair of visits and persons, a divided whole, a share, words."""

from datetime import date

from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import define_indicator
from danvan.organisations.enums import Level
from danvan.reporting.enums import ItemKind
from danvan.reporting.services import NewItem, NewSection, define_form, open_period
from tests.factories.province import Province

SINCE = date(2026, 1, 1)
TODAY = date(2026, 12, 3)
NOVEMBER = Period.parse("2026-11")
OCTOBER = Period.parse("2026-10")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)
GOOD = {
    "doi-thoai": "1",
    "luot": "1.412",
    "nguoi": "168",
    "y-kien": "9",
    "tai-cho": "6",
    "chuyen": "3",
    "ty-dong": "1,25",
    "cach-lam": "Tổ tự quản bản Cò Phạt góp công mở đường.",
}
NUMBERS = ("doi-thoai", "luot", "nguoi", "y-kien", "tai-cho", "chuyen", "ty-dong")


def indicators():
    """The indicators of the form, by code."""
    flow = {"kind": MeasureKind.FLOW, "actor": None, "valid_from": SINCE, "definition": "Đếm."}
    return {
        one.code: one
        for one in (
            define_indicator(code="DV-01", name="Cuộc đối thoại", unit_label="cuộc", counter="activities.dialogue", **flow),
            define_indicator(code="DV-02", name="Lượt dự", unit_label="lượt", **flow),
            define_indicator(code="DV-03", name="Người dự", unit_label="người", **flow),
            define_indicator(code="DV-04", name="Ý kiến", unit_label="ý kiến", **flow),
            define_indicator(code="DV-05", name="Trả lời tại chỗ", unit_label="ý kiến", **flow),
            define_indicator(code="DV-06", name="Chuyển cấp trên", unit_label="ý kiến", **flow),
            define_indicator(code="DV-07", name="Tiền góp", unit_label="tỷ đồng", places=2, **flow),
            define_indicator(code="DV-08", name="Ý kiến cộng lại", unit_label="ý kiến", formula={"sum": ["DV-05", "DV-06"]}, **flow),
            define_indicator(code="DV-09", name="Tỷ lệ trả lời tại chỗ", unit_label="%", numerator="DV-05", denominator="DV-04", **flow | {"kind": MeasureKind.RATIO}),
        )
    }  # fmt: skip


def sections():
    """The sections of the form."""
    return [
        NewSection(
            "Tiếp xúc, đối thoại",
            [
                NewItem("doi-thoai", "Số hội nghị đối thoại", "DV-01"),
                NewItem("luot", "Lượt người dự", "DV-02"),
                NewItem("nguoi", "Số người dự", "DV-03", part_of="luot"),
            ],
        ),
        NewSection(
            "Ý kiến của Nhân dân",
            [
                NewItem("y-kien", "Ý kiến nhận được", "DV-04", divided=True),
                NewItem("tai-cho", "Trả lời tại chỗ", "DV-05", part_of="y-kien"),
                NewItem("chuyen", "Chuyển cấp trên", "DV-06", part_of="y-kien"),
                NewItem("cong", "Cộng hai loại", "DV-08"),
                NewItem("ty-le", "Tỷ lệ trả lời tại chỗ", "DV-09"),
            ],
        ),
        NewSection(
            "Mô hình",
            [
                NewItem("ty-dong", "Tiền Nhân dân góp", "DV-07", required=False),
                NewItem("cach-lam", "Cách làm hay", kind=ItemKind.TEXT, required=False),
            ],
            may_be_nil=False,
        ),
    ]


def make_form(province, **changes):
    """The form, asked in the province of its communes."""
    given = {
        "code": "BM-02",
        "name": "Báo cáo công tác dân vận",
        "unit": province.place,
        "level": Level.COMMUNE,
        "due_day": 5,
        "valid_from": SINCE,
        "sections": sections(),
        "actor": None,
    }
    return define_form(**given | changes)


class Month:
    """November 2026, open in a province."""

    def __init__(self, communes=3):
        self.province = Province(communes)
        self.indicators = indicators()
        self.form = make_form(self.province)
        self.owed = open_period(self.form, NOVEMBER, actor=None)

    @property
    def first(self):
        """What the first commune owes."""
        return self.owed[0]
