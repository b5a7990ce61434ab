"""What a list of commitments is asked for; it stands in the address and stays until it is cleared."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.forms.fields import FINDING
from danvan.commitments.selectors import (
    NO_TOPIC,
    Asked,
    Meant,
    Side,
    Tab,
    brackets,
    sides_of,
    unit_meant,
)
from danvan.commitments.selectors.lists import SOURCES
from danvan.commitments.selectors.measures import LABELS
from danvan.commitments.selectors.tallies import NO_YEAR
from danvan.foundation import clock
from danvan.foundation.fields import OfferedField
from danvan.organisations.selectors.following import ALONE, WITHOUT, stood_before
from danvan.topics.fields import TopicField, topic_choices

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_DIGITS = 18
AHEAD, BACK = 5, 10  # years that are offered around the present one
SIDES = {
    Side.ANY: "Tất cả",
    Side.LEADS: "Đơn vị tôi chủ trì",
    Side.SUPPORTS: "Đơn vị tôi phối hợp",
    Side.ASSIGNS: "Đơn vị tôi giao",
    Side.GAVE: "Tôi đã giao",
    Side.URGED: "Tôi đã theo dõi, đôn đốc",
    Side.FOLLOWS: "Tôi là lãnh đạo theo dõi",
    Side.WITHIN: "Các đơn vị trong phạm vi của tôi chủ trì",
}


def _topics() -> list[tuple[str, str]]:
    """Every topic, and what is filed under none."""
    (_, none), *topics = topic_choices()
    return [("", "Tất cả"), (str(NO_TOPIC), none), *topics]


def years() -> list[tuple[str, str]]:
    """The years by which the ledger is counted: those around today, any, and without an end."""
    now = clock.today().year
    near = [(str(one), f"Năm {one}") for one in range(now + AHEAD, now - BACK - 1, -1)]
    return [("", "Mọi năm"), *near, (str(NO_YEAR), "Không có hạn")]


class CommitmentFilter(forms.Form):
    """Words, the reader's part, the unit, the document."""

    q = forms.CharField(label="Nội dung, số", required=False, max_length=100)
    ben = forms.ChoiceField(label="Của tôi", required=False)
    don_vi = forms.CharField(
        label="Đơn vị hoặc địa bàn",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={**FINDING, "data-typeahead-id": "don_vi_id"}),
    )
    don_vi_id = forms.CharField(required=False, widget=forms.HiddenInput)
    linh_vuc = TopicField(choices=_topics, unfiled=True)
    van_ban = forms.CharField(label="Số, ký hiệu văn bản", required=False, max_length=80)
    ca_truoc = OfferedField(
        label="Đơn vị trước sắp xếp",
        choices=[("", "Gồm cả"), (WITHOUT, "Không gồm"), (ALONE, "Chỉ riêng đơn vị này")],
    )
    nguon = forms.ChoiceField(
        label="Nguồn",
        required=False,
        choices=[("", "Tất cả"), *((code, label) for code, (_, label) in SOURCES.items())],
    )
    dien = OfferedField(
        label="Diện", choices=[("", "Tất cả"), *{**LABELS, **brackets.LABELS}.items()]
    )
    nam = OfferedField(label="Năm đến hạn", choices=years)
    thang = OfferedField(
        label="Tháng đến hạn",
        choices=[("", "Cả năm"), *((str(one), f"Tháng {one}") for one in range(1, 13))],
    )
    theo_doi = forms.CharField(required=False, widget=forms.HiddenInput)
    muc = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(side), SIDES[side]) for side in sides_of(user)]
        self.fields["ben"].choices = choices  # type: ignore[attr-defined]
        self._unit: Meant | None = None
        for name in ("dien", "nam", "thang"):
            if self._chosen(name):
                self.fields[name].offer()  # type: ignore[attr-defined]
        if self._chosen("dien") in brackets.AGES:
            self._say_days()

    def _say_days(self) -> None:
        """The brackets by their days, as they are in force."""
        bounds = brackets.brackets_on(clock.today())
        said = bounds.labels() if bounds else brackets.LABELS
        self.fields["dien"].choices = [("", "Tất cả"), *{**LABELS, **said}.items()]  # type: ignore[attr-defined]
        self.fields["dien"].offer()  # type: ignore[attr-defined]

    def _chosen(self, name: str) -> str:
        """What the statistics ask for; what an old address says is no fault."""
        said: str = self.data.get(name, "")
        choices = self.fields[name].choices  # type: ignore[attr-defined]
        return said if said in {str(value) for value, _ in choices} else ""

    def clean_muc(self) -> str:
        """The tab; an unknown one is the first."""
        tab = self.cleaned_data["muc"]
        return tab if tab in list(Tab) else Tab.UNDONE

    def clean_don_vi(self) -> str:
        """The words; the unit they mean is looked up at once."""
        words: str = self.cleaned_data["don_vi"].strip()
        if words:
            found = unit_meant(words, on=clock.today(), picked=self.data.get("don_vi_id", ""))
            self._unit = found
            if found.unit_id is None:
                few = "; ".join(name for _, name in found.offers[:4])
                raise forms.ValidationError(
                    f"Có nhiều đơn vị như vậy: {few}. Đồng chí vui lòng gõ đủ tên."
                    if few
                    else "Không tìm thấy đơn vị này. Đồng chí vui lòng gõ lại tên."
                )
            chosen = self.data.get("ca_truoc") == ALONE
            if chosen or stood_before(found.unit_id, on=clock.today()):
                self.fields["ca_truoc"].offer()  # type: ignore[attr-defined]
        return words

    @property
    def post_id(self) -> int | None:
        """The post whose holder supervises, where a page leads here for it."""
        said: str = self.data.get("theo_doi", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < MOST_DIGITS else None

    def asked(self) -> Asked | None:
        """What is asked for; None where it cannot be understood (the faults stand by the fields)."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        return Asked(
            tab=said["muc"],
            side=said["ben"],
            words=said["q"],
            symbol=said["van_ban"].strip(),
            unit_id=self._unit.unit_id if self._unit else None,
            before=said["ca_truoc"] != WITHOUT,
            alone=said["ca_truoc"] == ALONE,
            topic_id=said["linh_vuc"],
            source=said["nguon"],
            post_id=self.post_id,
            measure=self._chosen("dien"),
            year=int(year) if (year := self._chosen("nam")) else None,
            month=int(month) if (month := self._chosen("thang")) else None,
        )
