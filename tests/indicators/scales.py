"""Qualitative indicators and their steps for the tests."""

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.models import ScaleStep
from danvan.indicators.services import Entry, record_values
from tests.indicators.figures import an_indicator

JULY = "2026-07"
SCALE = [
    ("Tốt", "Cả bốn nội dung đều làm tốt."),
    ("Khá", "Ba nội dung làm tốt."),
    ("Đạt", "Hai nội dung làm tốt."),
    ("Chưa đạt", "Còn lại."),
]


def a_scale(code="DT-01", **said):
    wanted = {"kind": MeasureKind.QUALITATIVE, "unit_label": "", "steps": SCALE,
              "name": "Chất lượng tuyên truyền"}  # fmt: skip
    return an_indicator(code, **wanted | said)


def step_of(indicator, name):
    """The id of a step of the newest scale."""
    return ScaleStep.objects.filter(version__indicator=indicator, name=name).latest("pk").pk


def give_steps(indicator, when, steps, *, level=Approval.SENT):
    """`steps` is {unit: name of a step}; None says not known."""
    for unit, name in steps.items():
        step = None if name is None else step_of(indicator, name)
        note = "" if name is None else "Vì sao"
        entry = Entry(indicator.pk, None, Origin.ENTERED, note, step)
        record_values(unit.pk, Period.parse(when), [entry], actor=None, level=level)
