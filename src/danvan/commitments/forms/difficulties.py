"""The forms of a difficulty: raised, passed on, answered; and by what a list is narrowed."""

from typing import TYPE_CHECKING, Any

from django import forms

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import SubjectKind
from danvan.commitments.forms.fields import ActForm, WordsField
from danvan.commitments.selectors import numbered, own_units
from danvan.commitments.selectors.subjects import subject_named, subjects_offered
from danvan.commitments.services import Raised
from danvan.foundation import clock
from danvan.foundation.fields import DayField
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.spans import ids_among
from danvan.topics.fields import TopicField
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


class RaiseForm(ActForm):
    """Nêu khó khăn, vướng mắc."""

    unit = forms.ChoiceField(
        label="Đơn vị nêu",
        error_messages={
            "required": "Đồng chí vui lòng chọn đơn vị nêu khó khăn.",
            "invalid_choice": "Đồng chí vui lòng chọn lại đơn vị.",
        },
    )
    title = forms.CharField(
        label="Khó khăn, vướng mắc",
        max_length=200,
        help_text="Một câu ngắn, không ghi tên người dân.",
        error_messages={"required": "Đồng chí vui lòng ghi khó khăn, vướng mắc là gì."},
    )
    words = WordsField(
        label="Nội dung, đề xuất", rows=5, help_text="Vướng ở đâu, đã thử gì, đề nghị gì."
    )
    topic = TopicField()
    about = forms.ChoiceField(
        label="Về báo cáo, chỉ tiêu nào",
        required=False,
        help_text="Chọn nếu có; về việc phải làm hoặc văn bản thì ghi ở hai ô dưới.",
        error_messages={"invalid_choice": "Đồng chí vui lòng chọn lại báo cáo hoặc chỉ tiêu."},
    )
    subject_kind = forms.ChoiceField(
        label="Về", required=False, choices=[("", "Không về một việc cụ thể"), *SubjectKind.choices]
    )
    subject = forms.CharField(
        label="Số, tên",
        required=False,
        max_length=200,
        help_text="Số của việc (ví dụ CK-2026-0417), tên chỉ tiêu, báo cáo hoặc số văn bản.",
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        units = _raising_units(user)
        choices = units if len(units) == 1 else [("", "Chọn đơn vị"), *units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        self.fields["about"].choices = self._offered()  # type: ignore[attr-defined]

    def _offered(self) -> list[Any]:
        """What is due or in force; and what the address or the form names, though it is neither."""
        groups = subjects_offered(self._user, on=clock.today())
        known = {one.key for _, subjects in groups for one in subjects}
        asked = str(self.data.get("about") or self.initial.get("about") or "")
        named = None if asked in known else subject_named(self._user, asked)
        one_more = [(named.key, named.words)] if named else []
        offered = [(label, [(one.key, one.words) for one in found]) for label, found in groups]
        return [("", "Không"), *one_more, *offered]

    def clean_unit(self) -> int:
        """The id of the unit."""
        return int(self.cleaned_data["unit"])

    def clean(self) -> None:
        """A commitment is named by its number; what is named needs its kind, and the other way round."""
        kind, words = self.cleaned_data.get("subject_kind"), self.cleaned_data.get("subject", "")
        self._found = None
        self._subject = subject_named(self._user, self.cleaned_data.get("about", ""))
        if self._subject is not None:
            if kind or words.strip():
                self.add_error(
                    "about",
                    "Đồng chí vui lòng chỉ chọn ở đây, hoặc chỉ ghi ở hai ô dưới, không ghi cả hai.",
                )
        elif kind and not words.strip():
            self.add_error("subject", "Đồng chí vui lòng ghi số hoặc tên.")
        elif words.strip() and not kind:
            self.add_error("subject_kind", "Đồng chí vui lòng chọn khó khăn này về điều gì.")
        elif kind == SubjectKind.COMMITMENT:
            self._found = numbered(self._user, words)
            if self._found is None:
                self.add_error(
                    "subject", "Không tìm thấy việc có số này. Đồng chí vui lòng xem lại số."
                )

    def raised(self) -> Raised:
        """What was typed, as the service takes it."""
        said, about = self.cleaned_data, self._subject
        found = self._found.pk if self._found else None
        return Raised(
            title=said["title"],
            words=said["words"],
            topic_id=said["topic"],
            subject_kind=about.kind if about else said["subject_kind"],
            subject_id=about.id if about else found,
            subject=about.words if about else said["subject"],
        )


class AnswerDifficultyForm(ActForm):
    """Trả lời."""

    answer = WordsField(
        label="Trả lời",
        rows=4,
        missing="Đồng chí vui lòng ghi nội dung trả lời.",
        help_text="Mọi đơn vị trên đường đi của khó khăn này đều nhận được.",
    )


class PassUpForm(ActForm):
    """Chuyển lên cấp trên."""

    words = WordsField(
        label="Ý kiến khi chuyển",
        rows=2,
        missing="Đồng chí vui lòng ghi ý kiến của đơn vị khi chuyển lên cấp trên.",
    )


class PaperForm(ActForm):
    """Gửi cấp trên bằng văn bản."""

    organ = forms.CharField(
        label="Gửi cơ quan",
        max_length=200,
        help_text="Ví dụ: Ban Tuyên giáo và Dân vận Trung ương.",
        error_messages={"required": "Đồng chí vui lòng ghi gửi cơ quan nào."},
    )
    symbol = forms.CharField(
        label="Số, ký hiệu văn bản",
        max_length=80,
        error_messages={"required": "Đồng chí vui lòng ghi số, ký hiệu văn bản đã gửi."},
    )
    on = DayField(
        label="Ngày văn bản",
        error_messages={"required": "Đồng chí vui lòng ghi ngày của văn bản."},
    )
    words = WordsField(label="Ý kiến của đơn vị", rows=2)


class DifficultyFilter(forms.Form):
    """The topic of a list of difficulties."""

    linh_vuc = TopicField()
    muc = forms.CharField(required=False, widget=forms.HiddenInput)


def _raising_units(user: "User") -> list[tuple[str, str]]:
    """The user's own units in whose name they may raise one: organisations first, then by name."""
    on = clock.today()
    own = ids_among(own_units(user), units_granted(user, "commitments.perform"))
    kinds, names = units_on(own, on), names_on(own, on)
    found = sorted(names.items(), key=lambda one: (kinds[one[0]].is_place, sort_key(one[1])))
    return [(str(pk), name) for pk, name in found]
