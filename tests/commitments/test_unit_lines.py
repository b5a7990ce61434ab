"""Units written one a line are read in one way wherever they are asked for."""

import pytest
from django import forms

from danvan.commitments import fields
from danvan.commitments.fields import UnitLinesField
from danvan.commitments.forms import AssignForm
from danvan.commitments.forms.programmes import EntryForm
from danvan.commitments.forms.series import ChangeSeriesForm
from danvan.commitments.forms.ties import DivideForm
from danvan.documents.forms.units import UnitsForm
from tests.factories.province import Province
from tests.once import once, own

pytestmark = pytest.mark.django_db
_province = once(Province)
FIRST, SECOND = "Ủy ban nhân dân Xã Môn Sơn", "Ủy ban nhân dân Xã Con Cuông"


@pytest.fixture
def province(_province):
    return own(_province)


def read(*lines):
    return UnitLinesField().clean("\n".join(lines))


def faults(*lines):
    with pytest.raises(forms.ValidationError) as refused:
        read(*lines)
    return refused.value.messages


def test_a_unit_written_twice_is_one_unit_in_the_order_of_the_lines(province):
    first, second = (one.pk for one in province.governments[:2])
    assert read(SECOND, "", f"  {FIRST} ", SECOND, "uy ban nhan dan xa mon son") == (second, first)
    assert read("", "  ") == ()


def test_every_line_that_is_no_unit_or_several_is_named_and_a_long_one_cut(province):
    said = faults(FIRST, "xa mon", "Xã Không Có", "x" * 61)
    assert [one.partition("” ")[0] for one in said] == [
        "Chưa rõ “xa mon", "Chưa rõ “Xã Không Có", f"Chưa rõ “{'x' * 59}…",
    ]  # fmt: skip


def test_too_many_lines_are_told_with_those_that_are_no_unit(province, monkeypatch):
    monkeypatch.setattr(fields, "MOST_UNITS", 2)
    said = faults("Xã Không Có", FIRST, SECOND)
    assert "Chưa rõ “Xã Không Có”" in said[0]
    assert "Đã ghi 3 đơn vị; mỗi lần ghi nhiều nhất 2 đơn vị" in said[1]
    assert len(read(FIRST, FIRST, FIRST)) == 1  # one unit is not too many


def test_a_name_that_the_form_put_there_itself_is_taken_at_its_word(province):
    field = UnitLinesField()
    field.known = {"Ủy ban nhân dân": province.governments[0].pk}
    assert field.clean("Ủy ban nhân dân") == (province.governments[0].pk,)


def test_what_must_be_there_says_its_own_sentence():
    with pytest.raises(forms.ValidationError, match="ít nhất một đơn vị"):
        UnitLinesField(missing="Đồng chí vui lòng ghi ít nhất một đơn vị.").clean(" ")


def test_every_form_that_asks_for_units_one_a_line_has_this_field():
    asked = (
        (AssignForm, "others"), (AssignForm, "supports"), (DivideForm, "units"), (EntryForm, "parties"),
        (UnitsForm, "others"), (ChangeSeriesForm, "supports"),
    )  # fmt: skip
    for form, name in asked:
        assert isinstance(form.base_fields[name], UnitLinesField), (form, name)
