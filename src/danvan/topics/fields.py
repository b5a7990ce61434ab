"""The field in which a form asks what something is about: type-ahead; without a script a list by paths."""

from functools import cache, partial
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from danvan.foundation import clock
from danvan.topics.selectors import tree_on

NONE = "Chưa phân lĩnh vực"
UNFILED = 0


class TopicField(forms.TypedChoiceField):
    """A topic that stands today, as its id; None where none was chosen.

    `unfiled`: "filed under none" can be chosen too, as UNFILED; the choices given then hold it.
    """

    def __init__(self, *, unfiled: bool = False, **options: Any) -> None:
        found = reverse_lazy("desk:find-topics")
        attrs = {
            "data-typeahead": format_lazy("{}?chua-phan=1", found) if unfiled else found,
            "data-typeahead-hint": "Gõ tên lĩnh vực, không cần dấu",
        }
        super().__init__(
            **{
                "label": "Lĩnh vực",
                "required": False,
                "coerce": int,
                "empty_value": None,
                "widget": forms.Select(attrs=attrs),
                "choices": topic_choices,
                "error_messages": {
                    "invalid_choice": "Lĩnh vực này không có trong danh mục đang dùng. Đồng chí vui lòng chọn lại."
                },
                **options,
            }
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> "TopicField":
        """The field of one form: it reads the tree once, however often it is asked for its choices."""
        copied: TopicField = super().__deepcopy__(memo)
        copied.choices = cache(partial(list, self.choices))
        return copied


def topic_choices() -> list[tuple[str, str]]:
    """Every topic that stands today, by its path. Read when a form is shown or checked."""
    return [("", NONE), *((str(node.id), node.path) for node in tree_on(clock.today()))]
