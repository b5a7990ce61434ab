"""Giao việc by hand: one thing to be done, by one unit or by several."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from danvan.commitments.enums import SourceKind
from danvan.commitments.fields import RecurringDueFields, UnitLinesField
from danvan.commitments.forms.fields import (
    FINDING,
    ActForm,
    PostField,
    WordsField,
    offer_posts,
)
from danvan.commitments.selectors import assigning_units, unit_meant
from danvan.commitments.selectors.units import usual_unit
from danvan.commitments.services import Assignment, assigning_faults, series_faults
from danvan.commitments.services.assignments import Late
from danvan.foundation import clock
from danvan.foundation.errors import Fault
from danvan.foundation.fields import DayField
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities
from danvan.topics.fields import TopicField
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_WORDS = 2_000  # of the sentence of a source
# From which a commitment may be entered by hand; the ledger knows what it divided itself.
BY_HAND = (
    SourceKind.MANUAL,
    *(
        one
        for one in SourceKind
        if one not in (SourceKind.MANUAL, SourceKind.PARENT, SourceKind.REQUEST)
    ),
)


class AssignForm(RecurringDueFields, ActForm):
    """What, by whom, what shall be there in the end, by when."""

    assigner = forms.ChoiceField(
        label="Đơn vị giao",
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị giao việc.",
            "invalid_choice": "Đồng chí không giao việc được thay mặt đơn vị này.",
        },
    )
    title = WordsField(
        label="Việc phải làm", rows=2, missing="Đồng chí vui lòng ghi nội dung việc phải làm."
    )
    lead = forms.CharField(
        label="Đơn vị chủ trì",
        widget=forms.TextInput(attrs={**FINDING, "data-typeahead-id": "lead_id"}),
        help_text="Gõ tên, không cần dấu, ví dụ: mon son.",
        error_messages={"required": "Đồng chí vui lòng chọn đơn vị chủ trì."},
    )
    lead_id = forms.CharField(required=False, widget=forms.HiddenInput)
    others = UnitLinesField(
        label="Giao cùng việc này cho các đơn vị khác",
        help_text="Mỗi dòng một đơn vị; mỗi đơn vị chủ trì một việc riêng.",
    )
    supports = UnitLinesField(label="Đơn vị phối hợp", help_text="Mỗi dòng một đơn vị.")
    product = WordsField(
        label="Sản phẩm",
        rows=2,
        missing="Đồng chí vui lòng ghi sản phẩm: xong việc thì có gì trong tay.",
    )
    topic = TopicField(
        help_text="Việc này về lĩnh vực nào; để lọc và đếm, không đổi nội dung việc."
    )
    post = PostField()
    assigned_on = DayField(
        label="Ngày giao", error_messages={"required": "Đồng chí vui lòng ghi ngày giao."}
    )
    source_kind = forms.ChoiceField(
        label="Nguồn của việc",
        required=False,
        choices=[(kind.value, kind.label) for kind in BY_HAND],
        error_messages={"invalid_choice": "Đồng chí vui lòng chọn một nguồn trong danh sách."},
    )
    source_symbol = forms.CharField(
        label="Số, ký hiệu văn bản nguồn",
        required=False,
        max_length=80,
        help_text="Ví dụ: kết luận kiểm tra, biên bản, đơn.",
    )
    source_on = DayField(
        label="Ngày của văn bản nguồn", required=False, help_text="Hạn không thể trước ngày này."
    )
    source_sentence = WordsField(
        label="Nguyên văn câu nguồn", rows=2, help_text="Chép đúng lời, để sau này đối chiếu."
    )
    proof = forms.CharField(
        label="Minh chứng cần có",
        required=False,
        help_text="Ghi ở đây thì khi báo xong phải kèm ít nhất một tệp.",
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = assigning_units(user, on=clock.today())
        offer_posts(self.fields["post"], [pk for pk, _ in own])
        units = [(str(pk), name) for pk, name in own]
        choices = units if len(units) == 1 else [("", "Chọn đơn vị"), *units]
        self.fields["assigner"].choices = choices  # type: ignore[attr-defined]
        if len(units) > 1:
            usual = usual_unit(user, [int(pk) for pk, _ in units], on=clock.today())
            self.fields["assigner"].initial = str(usual or "")
        self._offers: list[tuple[str, str]] = []

    def clean_assigner(self) -> int:
        """The id of the unit in whose name the work is given."""
        return int(self.cleaned_data["assigner"])

    def clean_lead(self) -> int | None:
        """The id of the lead; where several fit the words, they are offered to choose from."""
        words = self.cleaned_data["lead"]
        meant = unit_meant(words, on=self._day(), picked=self.data.get("lead_id", ""))
        if meant.unit_id is not None:
            return meant.unit_id
        offers = {str(pk): name for pk, name in meant.offers}
        if (chosen := self.data.get("offer", "")) in offers:
            return int(chosen)
        if offers:
            self._offers = list(offers.items())
            raise forms.ValidationError("Có nhiều đơn vị như vậy, đồng chí vui lòng chọn một.")
        raise forms.ValidationError(
            "Không tìm thấy đơn vị này trong Sổ đơn vị. Đồng chí vui lòng gõ lại tên."
        )

    def clean(self) -> dict[str, Any]:
        """Until when; several units for one name: let the writer pick."""
        said = super().clean()
        self._ask_why_late(said)
        document = said.get("source_kind") == SourceKind.DOCUMENT
        if (
            document
            and not said.get("source_symbol", "").strip()
            and "source_symbol" not in self.errors
        ):
            self.add_error(
                "source_symbol",
                "Nguồn là văn bản thì đồng chí vui lòng ghi số, ký hiệu của văn bản.",
            )
        if self._offers:
            self.fields["offer"] = forms.ChoiceField(
                label="Đồng chí muốn giao cho đơn vị nào",
                choices=self._offers,
                widget=forms.RadioSelect,
                required=False,
            )
        return said

    def _ask_why_late(self, said: dict[str, Any]) -> None:
        """What was given days ago and is written down only now says why."""
        on = said.get("assigned_on")
        if on is None or on >= clock.today() or "assigned_on" in self.errors:
            return
        if not said.get("old_reason", "").strip():
            self.add_error(
                "old_reason",
                f"Ngày giao {format_date(on)} đã qua. Đồng chí vui lòng ghi vì sao nay mới ghi vào sổ.",
            )

    def late_reason(self) -> str:
        """Why it is written down only now: days after it was given, or, where that was ticked, after its day."""
        said = self.cleaned_data
        due, given = said.get("due_on"), said.get("assigned_on")
        over = due is not None and given is not None and due < given
        return super().late_reason() if over else str(said.get("old_reason", "")).strip()

    def clean_source_sentence(self) -> str:
        """The words; a page of them is no sentence."""
        words: str = self.cleaned_data["source_sentence"].strip()
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(
                f"Câu nguồn dài quá {format_number(MOST_WORDS)} ký tự, đồng chí vui lòng chép phần cần thiết."
            )
        return words

    def source(self) -> Source:
        """Where it was taken from, as it was typed."""
        said = self.cleaned_data
        return Source(
            kind=said["source_kind"],
            sentence=said["source_sentence"],
            symbol=said["source_symbol"].strip(),
        )

    def assignments(self) -> list[Assignment]:
        """What was typed, one for each lead; what is not sound yet is left out."""
        said = self.cleaned_data
        return [
            Assignment(
                lead_id=lead_id,
                title=said.get("title", ""),
                product=said.get("product", ""),
                due_on=said.get("due_on"),
                support_ids=said.get("supports", ()),
                proof=said.get("proof", ""),
                topic_id=said.get("topic"),
                term=said.get("term_n"),
                term_key=said.get("term_key", ""),
            )
            for lead_id in dict.fromkeys((said.get("lead") or 0, *said.get("others", ())))
        ]

    def faults_beside(self, actor: "User") -> list[Fault]:
        """What the service would find in what is sound, where the form itself has faults."""
        said, given = self.cleaned_data, self.assignments()
        if "assigner" not in said:
            return []
        assigner = identities([said["assigner"]])[said["assigner"]]
        post_id, day = said.get("post"), said.get("assigned_on")
        if said.get("every"):
            return series_faults(
                given, self.rule(), assigner=assigner, actor=actor, given_on=day, post_id=post_id
            )
        late = Late(self.late_reason(), said.get("source_on"))
        return assigning_faults(
            given, assigner=assigner, actor=actor, assigned_on=day, old=bool(said.get("old")),
            late=late, post_id=post_id,
        )  # fmt: skip

    def _day(self) -> date:
        """Units are looked for by their names until today; whether they stood on the day, the act says."""
        return clock.today()
