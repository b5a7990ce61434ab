"""Fields as they are written here, and forms that show every fault of a refused act in its place."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.urls import reverse_lazy

from danvan.commitments.selectors.ties import posts_offered
from danvan.foundation import clock
from danvan.foundation.refusals import RefusableForm
from danvan.foundation.uploads import read_sent

FINDING = {"autocomplete": "off", "data-typeahead": reverse_lazy("desk:find-units")}


class WordsField(forms.CharField):
    """Some lines of text; what must be there says its own sentence.

    `needed_when` stands beside the label of what must be there in some cases only.
    """

    def __init__(
        self, *, missing: str = "", rows: int = 3, needed_when: str = "", **kwargs: Any
    ) -> None:
        self.needed_when = needed_when
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}),
            required=bool(missing),
            error_messages={"required": missing},
            **kwargs,
        )


class PostField(forms.ChoiceField):
    """The post whose holder supervises: its id, or None for none. What it offers, `offer_posts` says."""

    def __init__(self) -> None:
        super().__init__(
            label="Lãnh đạo theo dõi",
            required=False,
            help_text="Ai giữ chức danh này thì theo dõi; người giữ thay đổi thì việc theo dõi chuyển theo.",
            error_messages={
                "invalid_choice": "Chức danh này không còn. Đồng chí vui lòng chọn lại."
            },
        )

    def clean(self, value: Any) -> int | None:
        """The id of the post."""
        chosen = super().clean(value)
        return int(chosen) if chosen else None


def offer_posts(field: forms.Field, assigner_ids: Collection[int]) -> None:
    """Let the heads and deputies on the side of these assigners be chosen; say so where the register knows none."""
    assert isinstance(field, PostField)
    offered = posts_offered(assigner_ids, on=clock.today())
    field.choices = [("", "Không giao riêng"), *offered]
    if not offered:
        field.help_text = "Nơi giao việc chưa ghi chức danh lãnh đạo nào trong Sổ đơn vị."


class ActForm(RefusableForm):
    """A form of one act. `seen` is how the commitment stood when the page was opened."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def stand_in(self, act: str, names: list[str]) -> None:
        """Have whoever acts for units that are not their own say so, where there are any."""
        if not names:
            return
        few = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
        self.fields["instead"] = forms.BooleanField(
            label=f"Tôi {act} thay {few}",
            help_text="Đồng chí không thuộc đơn vị này; diễn biến ghi rõ ai làm thay.",
            error_messages={
                "required": f"Việc này thuộc {few}. Đồng chí vui lòng đánh dấu làm thay, hoặc để đơn vị đó làm."
            },
        )

    @property
    def instead(self) -> bool:
        """Whether the writer said to act for another unit."""
        return bool(self.cleaned_data.get("instead"))

    def show_again(self, changes: int) -> None:
        """Shown once more after somebody else acted, it knows of that act: who sends it again has read of it."""
        sent: Any = self.data
        sent = sent.copy()
        sent[self.add_prefix("seen")] = str(changes)
        self.data = sent

    def uploads(self) -> list[tuple[str, bytes]]:
        """The evidence chosen, as (name, bytes)."""
        return [(file.name, read_sent(file)) for file in self.cleaned_data["evidence"]]
