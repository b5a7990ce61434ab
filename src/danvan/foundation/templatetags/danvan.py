"""What every template may use: figures, days and shares as they are written here, icons, bars, form fields."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from danvan.foundation import clock
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, format_share
from danvan.vietnamese.text import lower_first

register = template.Library()

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
UNKNOWN = "–"
NBSP = "\u00a0"


@register.filter
def number(value: Decimal | float | None, places: int | None = None) -> str:
    """1.234,56; a dash where there is no value."""
    return UNKNOWN if value is None or value == "" else format_number(value, places)


@register.filter
def share(numerator: Decimal | float | None, denominator: Decimal | float | None) -> str:
    """71/130 = 54,6 %, never a bare percentage; the sign stays beside its number."""
    if numerator is None or numerator == "":
        return UNKNOWN
    whole = None if denominator == "" else denominator
    return format_share(numerator, whole).replace(" %", f"{NBSP}%")


@register.filter
def percent(numerator: Decimal | float, denominator: Decimal | float) -> str:
    """54,6 %, to stand beside the two numbers it comes from; a dash where there is no whole."""
    return share(numerator, denominator).split("=")[-1].strip() if denominator else UNKNOWN


@register.filter
def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, an instant by its day in Viet Nam; a dash where there is none."""
    if not value:
        return UNKNOWN
    return format_date(timezone.localdate(value) if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy in Viet Nam; a dash where there is none."""
    if not value:
        return UNKNOWN
    local = timezone.localtime(value)
    return f"{local:%H:%M} {format_date(local.date())}"


@register.filter
def weekday(value: date) -> str:
    """thứ Sáu, 20/11/2026."""
    return f"{WEEKDAYS[value.weekday()]}, {format_date(value)}"


@register.filter
def lowerfirst(words: str) -> str:
    """The words to stand inside a sentence: only the first letter small, so that MTTQ stays MTTQ."""
    return lower_first(words)


@register.simple_tag
def today() -> date:
    """The day the product works on."""
    return clock.today()


@register.simple_tag
def instant() -> datetime:
    """The moment at which a page reads its figures."""
    return clock.now()


@register.filter
def initials(full_name: str) -> str:
    """The first letters of the last two parts of a name: Lê Thị Hoài An gives HA."""
    return "".join(part[0] for part in str(full_name).split()[-2:]).upper()


@register.simple_tag
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """One symbol of the sprite. With a label it is a picture, without one it is decoration."""
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"'),
        static("dist/icons.svg"),
        name,
    )


@register.filter
def hundredths(part: Any, whole: Any) -> int:
    """How much of a bar of 100 is filled, 0 to 100; a part short of the whole never fills it.

    Both may come as text, since attributes of a component are text.
    """
    some, all_of_it = Decimal(str(part or 0)), Decimal(str(whole or 0))
    if some <= 0 or all_of_it <= 0:
        return 0
    return max(1, min(100, int(100 * some / all_of_it)))


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field in the house's classes. What it is described by, Django adds."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    if isinstance(widget, CheckboxInput):
        names = "form-check-input"
    elif isinstance(widget, Select):
        names = "form-select"
    else:
        names = "form-control"
    given = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{names} {given}".strip()})


@register.filter
def shape(field: BoundField) -> str:
    """How a field is laid out: `tick` (label after the box), `group` (several boxes), `file` or `line`."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "file" if getattr(widget, "input_type", "") == "file" else "line"


@register.filter
def gone(field: BoundField) -> bool:
    """Whether a file was chosen that has to be chosen again: a browser keeps none for a form that is refused."""
    form = field.form
    return form.is_bound and bool(form.errors) and bool(field.data) and not field.errors


@register.simple_tag(takes_context=True)
def with_params(context: template.Context, **changes: Any) -> str:
    """The query of the present address with these values changed; an empty value drops its name."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = value
    return f"?{params.urlencode()}"
