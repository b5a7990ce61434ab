"""The controls of forms: selects and lines, which every list has many of, are written at once and not by a template an option.

They are the same to the letter as Django's own templates would write them; a test holds that. All others are left to these.
"""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

HERE = "django/forms/widgets/"
OPTION = f"{HERE}select_option.html"


class Controls(DjangoTemplates):
    """Django's renderer of forms, quick where it writes much."""

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> SafeString:
        """One control."""
        write = WRITERS.get(template_name)
        written = write(context["widget"]) if write else None
        if written is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template's
        return mark_safe(written)  # noqa: S308 - every piece is escaped where it is written


def _select(widget: dict[str, Any]) -> str | None:
    """A select; None where its options have a template of their own."""
    groups = widget["optgroups"]
    if any(one["template_name"] != OPTION for _, options, _ in groups for one in options):
        return None
    lines = "".join(_group(name, options) for name, options, _ in groups)
    return f'<select name="{_said(widget["name"])}"{_attributes(widget)}>{lines}\n</select>'


def _group(name: Any, options: list[dict[str, Any]]) -> str:
    lines = "".join(
        f'\n  <option value="{_as_text(one["value"])}"{_attributes(one)}>{_said(one["label"])}</option>\n'
        for one in options
    )
    return f'\n  <optgroup label="{_said(name)}">{lines}\n  </optgroup>' if name else lines


def _line(widget: dict[str, Any]) -> str:
    """An input of one line."""
    value = widget["value"]
    given = "" if value is None else f' value="{_as_text(value)}"'
    kind, name = _said(widget["type"]), _said(widget["name"])
    return f'<input type="{kind}" name="{name}"{given}{_attributes(widget)}>'


def _attributes(widget: dict[str, Any]) -> str:
    return "".join(_attribute(name, value) for name, value in widget["attrs"].items())


def _attribute(name: str, value: Any) -> str:
    if value is False:
        return ""
    return f" {_said(name)}" if value is True else f' {_said(name)}="{_as_text(value)}"'


def _as_text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _said(value: Any) -> str:
    return conditional_escape(localize(value))


WRITERS: dict[str, Callable[[dict[str, Any]], str | None]] = {
    f"{HERE}select.html": _select,
    **{
        f"{HERE}{name}.html": _line
        for name in ("input", "text", "hidden", "number", "email", "url")
    },
}
