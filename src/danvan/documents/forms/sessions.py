"""What people type about dissemination sessions."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import reaches
from danvan.documents import selectors
from danvan.documents.enums import SessionWay
from danvan.documents.forms.units import UnitsForm
from danvan.documents.models import DisseminationSession, Document
from danvan.documents.services import SessionOutcome, SessionPlan
from danvan.foundation.fields import DayField, WholeField
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan.accounts.models import User
    from danvan.documents.selectors.roll_out.reach import SessionUnitLine


def _sent(field: Any) -> tuple[str, bytes] | None:
    return (field.name, read_sent(field)) if field else None


class SessionForm(UnitsForm):
    """Kế hoạch một hội nghị: of whom, when, how, for whom."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    held_by = forms.TypedChoiceField(
        label="Cơ quan tổ chức",
        coerce=int,
        error_messages={
            "required": "Đồng chí vui lòng chọn cơ quan tổ chức.",
            "invalid_choice": "Đồng chí chưa có quyền ghi hội nghị cho cơ quan này.",
        },
    )
    on = DayField(
        label="Ngày tổ chức", error_messages={"required": "Đồng chí vui lòng ghi ngày tổ chức."}
    )
    way = forms.ChoiceField(
        label="Hình thức",
        choices=[("", "Chọn hình thức"), *SessionWay.choices],
        error_messages={"required": "Đồng chí vui lòng chọn hình thức."},
    )
    place = forms.CharField(label="Địa điểm, điểm cầu", required=False, max_length=200)
    audience = forms.CharField(
        label="Đối tượng",
        max_length=300,
        help_text="Ví dụ: cấp ủy viên, cán bộ chủ chốt, bí thư chi bộ.",
        error_messages={"required": "Đồng chí vui lòng ghi đối tượng dự hội nghị."},
    )
    presenter = forms.CharField(
        label="Người quán triệt",
        required=False,
        max_length=200,
        help_text="Chức danh hoặc họ tên cán bộ.",
    )
    invited = WholeField(label="Số người được triệu tập")
    materials = forms.FileField(label="Tài liệu", required=False)

    def __init__(
        self,
        *args: Any,
        user: "User",
        document: Document,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        near = dict(selectors.near_registers(user, "documents.register"))
        keeps = reaches(user, "documents.register", document.answering_id)
        if keeps and document.answering_id not in near:
            near[document.answering_id] = selectors.unit_name(document.answering_id)
        now = self.initial.get("held_by")
        if now and now not in near:
            near[now] = selectors.unit_name(now)
        fields: Any = self.fields
        fields["held_by"].choices = list(near.items())
        first = document.answering_id if keeps else next(iter(near), None)
        self.initial.setdefault("held_by", first)

    def plan(self) -> SessionPlan:
        """What was typed, ready to be written down."""
        said = self.cleaned_data
        names = ("on", "way", "place", "audience", "presenter", "invited")
        return SessionPlan(
            held_by_id=said["held_by"],
            unit_ids=self.unit_ids(),
            materials=_sent(said["materials"]),
            **{name: said[name] for name in names},
        )


class OutcomeForm(RefusableForm):
    """Kết quả: the day, who came, from which units."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    on = DayField(
        label="Ngày đã tổ chức", error_messages={"required": "Đồng chí vui lòng ghi ngày."}
    )
    invited = WholeField(label="Số người được triệu tập")
    attended = WholeField(label="Số người dự", help_text="Để trống nếu chưa rõ; đừng ghi số ước.")
    presenter = forms.CharField(label="Người quán triệt", required=False, max_length=200)
    minutes = forms.FileField(label="Biên bản, danh sách, ảnh", required=False)

    def __init__(
        self,
        *args: Any,
        session: DisseminationSession,
        lines: "Sequence[SessionUnitLine]",
        **kwargs: Any,
    ) -> None:
        names = ("on", "invited", "attended", "presenter")
        first = {name: getattr(session, name) for name in names} | {"seen": session.changes}
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        self._lines = list(lines)
        if len(self._lines) < 2:
            return
        for line in self._lines:
            key, row = line.row.unit_id, line.row
            self.fields[f"moi_{key}"] = WholeField(
                label=f"Được triệu tập: {line.name}", initial=row.invited
            )
            self.fields[f"du_{key}"] = WholeField(label=f"Dự: {line.name}", initial=row.attended)
            self.fields[f"vang_{key}"] = forms.BooleanField(
                label=f"Chưa quán triệt được: {line.name}", required=False, initial=row.absent
            )

    @property
    def unit_rows(self) -> list[tuple[str, Any, Any, Any]]:
        """Each unit of a joint session with its three boxes."""
        if len(self._lines) < 2:
            return []
        keys = [(line.name, line.row.unit_id) for line in self._lines]
        return [(name, self[f"moi_{key}"], self[f"du_{key}"], self[f"vang_{key}"]) for name, key in keys]  # fmt: skip

    def outcome(self) -> SessionOutcome:
        """What was typed, ready to be written down."""
        said = self.cleaned_data
        joint = [line.row.unit_id for line in self._lines] if len(self._lines) > 1 else []
        return SessionOutcome(
            on=said["on"],
            invited=said["invited"],
            attended=said["attended"],
            presenter=said["presenter"],
            minutes=_sent(said["minutes"]),
            by_unit={pk: (said[f"moi_{pk}"], said[f"du_{pk}"]) for pk in joint},
            absent_ids=[pk for pk in joint if said[f"vang_{pk}"]],
        )


class CancelForm(RefusableForm):
    """Vì sao hủy."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do hủy",
        max_length=300,
        error_messages={"required": "Đồng chí vui lòng ghi lý do hủy."},
    )
