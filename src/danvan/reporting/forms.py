"""What people type about reports. The rules themselves are the services'; forms only read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import RefusableForm
from danvan.reporting.narrating import found_again
from danvan.reporting.selectors import allowed_forms, previous
from danvan.reporting.services import Page

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.reporting.models import Form

ANSWER, NIL, COMMENT, REASON, ESTIMATE, SHOWED = (
    "a-",
    "nil-",
    "c-",
    "r-",
    "u-",
    "s-",
)  # what the names of the boxes begin with
MONTHS_BACK = 18
LONGEST_MARK = 32  # letters of what marks a page


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the boxes of a report: an answer by item code, the sections without anything, reasons by rule.

    `estimated` are the items whose figures are estimates. `page` is which saving of the draft the page showed, None
    where it did not say.
    """

    answers: dict[str, str]
    nil: list[int]
    reasons: dict[str, str] = field(default_factory=dict)
    estimated: list[str] = field(default_factory=list)
    page: Page | None = None


def typed(posted: Mapping[str, Any]) -> Typed:
    """Read the boxes of a report as they were sent. In a section without anything nothing is read.

    Where a figure can be read in two ways, the button pressed says which is meant. Words name the figures again that
    the page showed in them.
    """
    answers = _beginning(ANSWER, posted)
    for item, marked in _beginning(SHOWED, posted).items():
        if item in answers:
            answers[item] = found_again(marked, answers[item])
    code, _, figure = str(posted.get("doi", "")).partition(":")
    if code in answers:
        answers[code] = figure
    number = whole(posted.get("ban-nhap"))
    ticked = [name.removeprefix(NIL) for name in posted if name.startswith(NIL)]
    positions = (whole(one) for one in ticked)
    return Typed(
        answers=answers,
        nil=sorted(one for one in positions if one is not None),
        reasons=_beginning(REASON, posted),
        estimated=sorted(_beginning(ESTIMATE, posted)),
        page=None if number is None else Page(number, str(posted.get("trang", ""))[:LONGEST_MARK]),
    )


def _beginning(start: str, posted: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(start): str(posted[name]) for name in posted if name.startswith(start)
    }


def comments(posted: Mapping[str, Any]) -> dict[str, str]:
    """What is asked to be mended, by item code."""
    return _beginning(COMMENT, posted)


def whole(text: str | None) -> int | None:
    """A whole number that a hidden box brings back; None where somebody has changed it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def faults_by_item(broken: RuleError) -> dict[str, list[str]]:
    """The faults of a refused act by item code; what belongs to no item stands under an empty one."""
    found: dict[str, list[str]] = {}
    for fault in broken.faults:
        found.setdefault(fault.column, []).append(fault.message)
    if not broken.faults:
        found[""] = [broken.message]
    return found


class PeriodFilter(forms.Form):
    """Which reports of a month are shown; it stands in the address, so it stays."""

    q = forms.CharField(label="Đơn vị", required=False, max_length=100)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[
            ("", "Tất cả"),
            ("cho-duyet", "Chờ duyệt"),
            ("cho-lanh-dao", "Chờ lãnh đạo đơn vị duyệt"),
            ("dang-qua-cap", "Đang duyệt qua các cấp"),
            ("cho-noi-giao", "Chờ nơi yêu cầu duyệt"),
            ("luot-toi", "Chờ tôi duyệt"),
            ("chua-gui", "Chưa gửi"),
            ("gui-tre", "Gửi trễ"),
            ("dung-han", "Gửi đúng hạn"),
            ("da-gui", "Đã gửi"),
            ("tra-lai", "Trả lại"),
            ("da-duyet", "Đã duyệt"),
            ("da-chot", "Đã chốt"),
            ("duoc-mien", "Được miễn"),
        ],
        error_messages={"invalid_choice": "Đồng chí vui lòng chọn một tình trạng trong danh sách."},
    )

    def __init__(self, *args: Any, of: "Form", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        no = set() if of.head_approves else {"cho-lanh-dao"}
        if not of.by_way:
            no |= {"dang-qua-cap", "cho-noi-giao"}
        field: Any = self.fields["tinh_trang"]  # an address with such a step is read all the same
        field.widget.choices = [one for one in field.choices if one[0] not in no]


class ExemptForm(RefusableForm):
    """Why a unit is let off a report; taking that back (`ending`) needs no words."""

    why = forms.CharField(
        label="Lý do miễn", max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    source_symbol = forms.CharField(label="Văn bản cho miễn", max_length=80, required=False)

    def __init__(self, *args: Any, ending: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ending:
            self.fields.clear()


class OpenMonthForm(forms.Form):
    """Which month of which form is to be opened."""

    bieu = forms.ChoiceField(
        label="Biểu mẫu",
        error_messages={
            "required": "Đồng chí vui lòng chọn biểu mẫu.",
            "invalid_choice": "Đồng chí không mở kỳ được cho biểu mẫu này.",
        },
    )
    thang = forms.ChoiceField(
        label="Tháng",
        error_messages={
            "required": "Đồng chí vui lòng chọn tháng.",
            "invalid_choice": "Đồng chí vui lòng chọn một tháng trong danh sách.",
        },
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._forms = {
            str(one.pk): one
            for one in allowed_forms(user, "forms.manage").order_by("code", "-number")
        }
        self.fields["bieu"].choices = [  # type: ignore[attr-defined]
            (pk, f"{one.code}, phiên bản {one.number}: {one.name}")
            for pk, one in self._forms.items()
        ]
        self.fields["thang"].choices = [  # type: ignore[attr-defined]
            (one.code, one.label.capitalize()) for one in _months()
        ]

    @property
    def form(self) -> "Form":
        """The form chosen."""
        return self._forms[self.cleaned_data["bieu"]]

    @property
    def period(self) -> Period:
        """The month chosen."""
        return Period.parse(self.cleaned_data["thang"])


def _months() -> list[Period]:
    """This month and those before it."""
    found = [Period.containing(clock.today(), Every.MONTH)]
    while len(found) < MONTHS_BACK:
        found.append(previous(found[-1]))
    return found
