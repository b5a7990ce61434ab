"""Forms about people in posts. A refusal of the service stands beside its field."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy

from danvan.foundation.fields import DayField
from danvan.foundation.refusals import RefusableForm
from danvan.organisations.enums import TEMPORARY, Entry, Kind, Manner, Rank
from danvan.organisations.selectors.officers.holding import (
    PostRow,
    find_officers,
    held_by,
    may_be,
)
from danvan.vietnamese.text import canonical

MOST = 2**63 - 1
NEW = "moi"
NO_PICK = "Đồng chí vui lòng chọn một."


def ended_or_removed(
    form: "LeavingForm", end: Callable[..., Any], remove: Callable[..., Any], row: Any, actor: Any
) -> Any:
    """Carry out what a form of leaving says."""
    said = dict(form.cleaned_data)
    if said.pop("mistake"):
        return remove(row, actor=actor)
    return end(row, actor=actor, **said)


def decision_field(label: str = "Văn bản quyết định") -> forms.CharField:
    """The document that decided: its number, symbol, day and issuer."""
    return forms.CharField(
        label=label, max_length=200, help_text="Số, ký hiệu, ngày và cơ quan ban hành."
    )


class PostForm(RefusableForm):
    """A post to be set up, or to be corrected."""

    title = forms.CharField(label="Chức danh", max_length=200)
    rank = forms.ChoiceField(label="Cấp", choices=Rank.choices)
    seats = forms.IntegerField(label="Số người", min_value=1, max_value=500, initial=1)
    decision = forms.CharField(label="Văn bản quyết định", max_length=200, required=False)


class NewPostForm(PostForm):
    """A post from a day on."""

    on = DayField(label="Từ ngày")
    until = DayField(label="Đến trước ngày", required=False)


class LeavingForm(RefusableForm):
    """Something ends from a day on, or was entered by mistake: then nothing else needs to be said."""

    mistake = forms.BooleanField(
        label="Ghi nhầm: bỏ hẳn dòng này khỏi sổ (nhật ký vẫn giữ)", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Of a mistake no day and no reason is asked."""
        said = super().clean() or {}
        if said.get("mistake"):
            self.errors.clear()
        return said


class ClosePostForm(LeavingForm):
    """From which day a post is no more."""

    field_order = ("on", "mistake")

    on = DayField(label="Bỏ chức danh từ ngày")


class PersonForm(RefusableForm):
    """Who it is about: somebody known, chosen among those of that name, or somebody new.

    With a script the suggestion brings the id; without one, or where several fit, the form comes back with them.
    """

    officer = forms.CharField(
        label="Họ và tên cán bộ",
        max_length=120,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-typeahead": reverse_lazy("desk:officers"),
                "data-typeahead-id": "officer_id",
            }
        ),
    )
    officer_id = forms.IntegerField(
        required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.known: Any = None

    def clean(self) -> dict[str, Any]:
        """Find who is meant; `known` stays None for somebody new."""
        said = super().clean() or {}
        name = said.get("officer", "")
        if not name:
            return said
        same = [one for one in find_officers(name)[:200] if may_be(one.full_name, name)][:9]
        chosen, who = said.get("officer_id"), str(self.data.get("who", ""))
        picked = [one for one in same if one.pk == chosen] or [o for o in same if str(o.pk) == who]
        if picked:
            self.known = picked[0]
        elif same:
            held = held_by([one.pk for one in same], self.day)
            choices = [(str(one.pk), _person(one, held.get(one.pk, []))) for one in same]
            self.fields["who"] = forms.ChoiceField(
                label="Là ai",
                choices=[
                    *choices,
                    (NEW, f"Người khác cùng tên {canonical(name)}, chưa có trong sổ"),
                ],
                widget=forms.RadioSelect,
            )
            if who != NEW:
                self.add_error("who", f"Sổ đã có cán bộ tên này. {NO_PICK}")
        return said


def _person(officer: Any, held: Iterable[tuple[str, str, str]]) -> str:
    posts = "; ".join(f"{title}, {unit}" for title, unit, _ in held)
    return f"{officer.full_name} (mã {officer.pk}): {posts or 'hiện không giữ chức danh'}"


class AppointForm(PersonForm):
    """Who comes to a post, how, by what act and decision, and for which days."""

    manner = forms.ChoiceField(label="Cách giữ", choices=Manner.choices)
    entry = forms.ChoiceField(label="Do", choices=Entry.choices)
    decision = decision_field()
    on = DayField(label="Từ ngày")
    until = DayField(
        label="Đến trước ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc."
    )


class EndForm(LeavingForm):
    """When and why somebody leaves a post."""

    field_order = ("on", "why", "mistake")

    on = DayField(label="Thôi giữ từ ngày")
    why = forms.CharField(
        label="Lý do",
        max_length=200,
        help_text="Ví dụ: nghỉ hưu, chuyển công tác, thôi kiêm nhiệm.",
    )


class UnitSearch(forms.Form):
    """To which unit somebody moves, by what people type."""

    q = forms.CharField(
        label="Chuyển đến đơn vị",
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "placeholder": "Gõ không cần dấu",
                "data-typeahead-id": "don_vi",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["data-typeahead"] = (
            f"{reverse_lazy('desk:find-units')}?viec=register.manage"
        )


class RotateForm(RefusableForm):
    """The post somebody moves to, how and from when."""

    post = forms.ChoiceField(label="Chức danh mới")
    manner = forms.ChoiceField(label="Cách giữ", choices=Manner.choices)
    on = DayField(label="Từ ngày")
    decision = decision_field()

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (str(one.id), f"{one.title} ({'còn khuyết' if one.vacant else 'đủ người'})")
            for one in posts
        ]


class OfficerForm(RefusableForm):
    """An officer's name, and the account they sign in with."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    user_id = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        required=False,
        help_text="Tài khoản của cán bộ trong hệ thống, nếu có.",
    )


class TrainingForm(RefusableForm):
    """A course that was finished."""

    course = forms.CharField(label="Lớp", max_length=300)
    held_by = forms.CharField(label="Nơi mở lớp", max_length=200, required=False)
    begun_on = DayField(label="Từ ngày")
    finished_on = DayField(label="Đến ngày")
    certificate = forms.CharField(label="Văn bằng, chứng chỉ", max_length=200, required=False)


class AssignForm(PersonForm):
    """Who is put in charge of a field, or of a place under the organisation."""

    field = forms.CharField(
        label="Lĩnh vực",
        max_length=200,
        required=False,
        help_text="Ghi lĩnh vực hoặc chọn địa bàn.",
    )
    place = forms.TypedChoiceField(label="Địa bàn", required=False, coerce=int, empty_value=None)
    decision = decision_field("Văn bản phân công")
    on = DayField(label="Từ ngày")
    until = DayField(label="Đến trước ngày", required=False)

    def __init__(self, *args: Any, places: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Không chọn"), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A field or a place, not none and not both."""
        said = super().clean()
        if bool(said.get("field")) == bool(said.get("place")) and "place" not in self.errors:
            self.add_error(
                "field", "Đồng chí vui lòng ghi lĩnh vực hoặc chọn địa bàn, không cả hai."
            )
        return said


class EndAssignmentForm(LeavingForm):
    """From which day somebody is no longer in charge."""

    field_order = ("on", "mistake")

    on = DayField(label="Kết thúc từ ngày")


class TemporaryForm(RefusableForm):
    """A body to be set up for a task or a time."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=[(one.value, one.label) for one in Kind if one in TEMPORARY],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label="Tên", max_length=200)
    place = forms.TypedChoiceField(label="Địa bàn", coerce=int)
    words = forms.CharField(
        label="Nhiệm vụ", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    serves = forms.TypedMultipleChoiceField(
        label="Phục vụ chung các tổ chức",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Với cơ quan khối.",
    )
    decision = decision_field()
    on = DayField(label="Từ ngày")
    until = DayField(label="Dự kiến kết thúc", required=False)

    def __init__(
        self,
        *args: Any,
        places: Iterable[tuple[int, str]],
        organisations: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]
        self.fields["serves"].choices = list(organisations)  # type: ignore[attr-defined]
        if not self.fields["serves"].choices:  # type: ignore[attr-defined]
            del self.fields["serves"]


class EndTemporaryForm(RefusableForm):
    """From which day a temporary body is no more, by which decision."""

    on = DayField(label="Kết thúc từ ngày")
    decision = decision_field()


class SheetForm(forms.Form):
    """An Excel list of posts."""

    sheet = forms.FileField(
        label="Tệp Excel (.xlsx)", widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )


class OfficerFilter(forms.Form):
    """Words of a name."""

    q = forms.CharField(label="Họ tên, không cần dấu", required=False, max_length=120)
