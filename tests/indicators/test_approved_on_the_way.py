"""A level between sent and accepted: the figures that were there keep theirs, forward and back."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection

from danvan.indicators.enums import Approval
from danvan.indicators.models import CubeCell, Value
from danvan.indicators.selectors import check_cube
from danvan.indicators.services import raise_level, recompute_dirty
from tests.factories.province import Province
from tests.indicators.figures import an_indicator, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return Province()


def run(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def levels():
    return dict(Value.objects.values_list("source_id", "level"))


def cells(unit):
    found = CubeCell.objects.filter(unit=unit).order_by("level").values_list("level", "whole")
    return list(found)


def test_the_levels_move_up_and_back_and_the_cube_stays_true(province):
    indicator = an_indicator("DV-90")
    for number, unit in enumerate(province.communes, start=1):
        give(unit, "2026-11", {indicator: number}, source=("r", number))
    raise_level("r", [2], Approval.ACCEPTED, actor=None)
    raise_level("r", [3], Approval.LOCKED, actor=None)
    recompute_dirty()
    step = import_module("danvan.indicators.migrations.0008_approved_on_the_way")
    before = cells(province.place)
    assert before == [(1, 6), (2, 5), (3, 5), (4, 3)]
    run(step.DOWN)
    assert levels() == {1: 1, 2: 2, 3: 3}
    assert cells(province.place) == [(1, 6), (2, 5), (3, 3)]
    run(step.UP)
    assert levels() == {1: Approval.SENT, 2: Approval.ACCEPTED, 3: Approval.LOCKED}
    assert (cells(province.place), check_cube()) == (before, [])


def test_what_was_passed_on_the_way_is_sent_to_the_older_program(province):
    indicator = an_indicator("DV-90")
    give(province.communes[0], "2026-11", {indicator: Decimal(4)}, source=("r", 1))
    raise_level("r", [1], Approval.PASSED, actor=None)
    recompute_dirty()
    assert cells(province.place) == [(1, 4), (2, 4)]
    run(import_module("danvan.indicators.migrations.0008_approved_on_the_way").DOWN)
    assert levels() == {1: 1}
    assert cells(province.place) == [(1, 4)]
