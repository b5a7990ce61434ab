"""Days, figures and shares as they are typed into a form."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from danvan.documents.forms.fields import FigureField, ShareField
from danvan.foundation.fields import DayField


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        (DayField, "5/3/2026", date(2026, 3, 5)),
        (DayField, "", None),
        (FigureField, "1.234,5", Decimal("1234.5")),
        (FigureField, "", None),
        (ShareField, "85 %", (17, 20)),
        (ShareField, "85,5", (171, 200)),
        (ShareField, "2 / 3", (2, 3)),
        (ShareField, "  ", None),
    ],
)
def test_what_is_typed_is_understood(field, written, meant):
    assert field(required=False).clean(written) == meant


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (DayField, "31/2/2026"), (DayField, "mai"), (DayField, "31/12/9999"),
        (DayField, "01/01/0001"), (FigureField, "9" * 39), (FigureField, "1.5"), (FigureField, "9" * 20),
        (ShareField, "7/0"), (ShareField, "nhiều"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_a_sentence(field, written):
    with pytest.raises(ValidationError) as refused:
        field(required=False).clean(written)
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (DayField, date(2026, 3, 5), "05/03/2026"),
        (DayField, "5/3", "5/3"),
        (FigureField, Decimal("1234.5"), "1.234,5"),
        (FigureField, None, None),
        (ShareField, [2, 3], "2/3"),
        (ShareField, (9, 10), "90 %"),
        (ShareField, "9", "9"),
    ],
)
def test_a_value_is_shown_as_people_write_it(field, value, shown):
    assert field(required=False).prepare_value(value) == shown
