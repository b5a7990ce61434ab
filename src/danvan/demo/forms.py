"""The demonstration's monthly form and its indicators: the shape of a real one, told in our own words."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.demo.rules import RULES
from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import define_indicator
from danvan.organisations.enums import Level
from danvan.reporting.enums import ItemKind
from danvan.reporting.services import NewItem, NewSection, define_form

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit
    from danvan.reporting.models import Form

BASIS = "05-HD/BTGDVTU"
DUE_DAY = 5
MEASURED_FROM = date(2025, 1, 1)  # the communes before the merger gave some of these too


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator as the form asks for it."""

    code: str
    label: str
    unit_label: str
    definition: str
    counter: str = ""
    part_of: str = ""
    kind: MeasureKind = MeasureKind.FLOW
    divided: bool = False

    @property
    def item(self) -> str:
        """The code of its item in the form."""
        return self.code.lower()


SECTIONS: tuple[tuple[str, tuple[Asked, ...]], ...] = (
    (
        "Tiếp xúc, đối thoại với Nhân dân",
        (
            Asked("DV-01", "Số cuộc đối thoại trong tháng", "cuộc",
                  "Cuộc tiếp xúc, đối thoại của người đứng đầu cấp ủy, chính quyền xã với Nhân dân, tính theo ngày tổ chức.",
                  counter="activities.dialogue"),
            Asked("DV-02", "Người dân dự đối thoại (lượt)", "lượt",
                  "Lượt người dân dự các cuộc đối thoại trong tháng; một người dự hai cuộc tính hai lượt."),
            Asked("DV-03", "Người dân dự đối thoại (người)", "người",
                  "Số người dân dự ít nhất một cuộc đối thoại trong tháng; mỗi người tính một lần.",
                  part_of="DV-02"),
            Asked("DV-04", "Ý kiến, kiến nghị tiếp nhận", "ý kiến",
                  "Ý kiến, kiến nghị của Nhân dân ghi trong biên bản các cuộc đối thoại trong tháng.",
                divided=True),
            Asked("DV-05", "Trả lời tại chỗ", "ý kiến",
                  "Ý kiến được trả lời ngay tại cuộc đối thoại.", part_of="DV-04"),
            Asked("DV-06", "Giao đơn vị giải quyết", "ý kiến",
                  "Ý kiến giao cho một đơn vị của xã giải quyết, có thời hạn.", part_of="DV-04"),
            Asked("DV-07", "Chuyển cấp trên", "ý kiến",
                  "Ý kiến vượt thẩm quyền của xã, chuyển lên cấp trên.", part_of="DV-04"),
        ),
    ),
    (
        "Tiếp công dân, giải quyết đơn",
        (
            Asked("DV-08", "Lượt tiếp công dân", "lượt",
                  "Lượt công dân được tiếp tại nơi tiếp công dân của xã trong tháng."),
            Asked("DV-09", "Đơn tiếp nhận trong tháng", "đơn",
                  "Đơn kiến nghị, phản ánh tiếp nhận trong tháng; không gồm đơn tố cáo."),
            Asked("DV-10", "Đơn đã giải quyết", "đơn",
                  "Trong số đơn tiếp nhận trong tháng, đơn đã có văn bản trả lời.", part_of="DV-09"),
        ),
    ),
    (
        "Phong trào “Dân vận khéo”",
        (
            Asked("DV-11", "Mô hình đang hoạt động cuối tháng", "mô hình",
                  "Mô hình “Dân vận khéo” đã đăng ký và còn hoạt động vào ngày cuối tháng.",
                  kind=MeasureKind.STOCK),
            Asked("DV-12", "Mô hình đăng ký mới trong tháng", "mô hình",
                  "Mô hình được xã tiếp nhận đăng ký trong tháng."),
        ),
    ),
)  # fmt: skip
RATIOS = (
    ("DV-20", "Tỷ lệ ý kiến trả lời tại chỗ", "DV-05", "DV-04",
     "Ý kiến trả lời tại chỗ trên tổng ý kiến tiếp nhận; cộng tử số và mẫu số rồi mới chia."),
    ("DV-21", "Tỷ lệ đơn đã giải quyết", "DV-10", "DV-09",
     "Đơn đã giải quyết trên đơn tiếp nhận trong tháng; cộng tử số và mẫu số rồi mới chia."),
)  # fmt: skip
WORDS = (("kho-khan", "Khó khăn, vướng mắc"), ("kien-nghi", "Kiến nghị với tỉnh"))


def asked() -> dict[str, Asked]:
    """Everything the form asks a number for, by indicator code."""
    return {one.code: one for _, items in SECTIONS for one in items}


def set_up_form(province: "Unit", *, actor: "User | None", valid_from: date) -> "Form":
    """Define the indicators and the monthly form of the province's communes."""
    for one in asked().values():
        define_indicator(code=one.code, name=one.label, definition=one.definition, unit_label=one.unit_label,
                         kind=one.kind, counter=one.counter, actor=actor, valid_from=MEASURED_FROM,
                         source_symbol=BASIS)  # fmt: skip
    for code, name, numerator, denominator, definition in RATIOS:
        define_indicator(code=code, name=name, definition=definition, unit_label="%",
                         kind=MeasureKind.RATIO, numerator=numerator, denominator=denominator,
                         places=1, actor=actor, valid_from=MEASURED_FROM, source_symbol=BASIS)  # fmt: skip
    sections = [
        NewSection(
            title=title,
            items=[
                NewItem(
                    code=one.item,
                    label=one.label,
                    indicator_code=one.code,
                    help=one.definition,
                    part_of=one.part_of.lower(),
                    divided=one.divided,
                )
                for one in items
            ],
        )
        for title, items in SECTIONS
    ]
    words = [
        NewItem(code=code, label=label, kind=ItemKind.TEXT, required=False) for code, label in WORDS
    ]
    sections.append(NewSection(title="Khó khăn, kiến nghị", items=words))
    return define_form(code="BM-02", name="Báo cáo công tác dân vận", unit=province, level=Level.COMMUNE,
                       due_day=DUE_DAY, valid_from=valid_from, sections=sections, rules=RULES, actor=actor,
                       source_symbol=BASIS)  # fmt: skip
