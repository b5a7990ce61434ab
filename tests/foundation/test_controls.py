"""Selects and lines are written at once, and to the letter as Django's own templates write them."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from danvan.foundation.controls import Controls

WILD = "Đất & \"nhà\" <b>'x'</b>"
CHOICES = [
    ("", "Tất cả"),
    (WILD, WILD),
    (1234, 1234567),
    (None, mark_safe("<i>đã sạch</i>")),
    (True, gettext_lazy("Yes")),
    ("Nhóm & <khác>", [("a", "A"), ("b", "B")]),
]
ATTRS = {
    "class": "form-select rộng",
    "required": True,
    "disabled": False,
    "data-x": WILD,
    "data-safe": mark_safe("a&amp;b"),
    "maxlength": 1000,
    "data-tail": gettext_lazy("Yes"),
}


class Starred(forms.Select):
    option_template_name = "django/forms/widgets/checkbox_option.html"


@pytest.mark.parametrize("value", ["", WILD, 1234, None, "b", "không có", ["a", WILD]])
@pytest.mark.parametrize(
    "widget",
    [
        forms.Select(ATTRS, CHOICES),
        forms.SelectMultiple(ATTRS, CHOICES),
        forms.Select(None, []),
        Starred(None, CHOICES),
        forms.TextInput(ATTRS),
        forms.HiddenInput(),
        forms.NumberInput({"min": 0, "step": 0.5}),
        forms.EmailInput(),
        forms.URLInput(),
        forms.PasswordInput(),
        forms.CheckboxInput(),
        forms.Textarea(ATTRS),
        forms.RadioSelect(None, CHOICES),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_a_control_is_written_as_django_writes_it(widget, value):
    name = 'một "tên"'
    ours, theirs = (
        widget.render(name, value, {"id": "id_x"}, renderer=renderer)
        for renderer in (Controls(), DjangoTemplates())
    )
    assert ours == theirs
    assert hasattr(ours, "__html__")


def test_a_day_and_a_number_stand_in_a_line_as_in_a_template():
    for value in (date(2026, 11, 20), 1234.5, 10**7):
        ours, theirs = (
            forms.TextInput().render("x", value, renderer=renderer)
            for renderer in (Controls(), DjangoTemplates())
        )
        assert ours == theirs


def test_forms_of_the_product_are_written_by_it(settings):
    from django.forms.renderers import get_default_renderer

    assert isinstance(get_default_renderer(), Controls)
