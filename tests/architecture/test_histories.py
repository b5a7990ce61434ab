"""What passes on with a line of its history must fill all that such a line asks for: a merger meets every kind of row at once."""

import pytest
from django.db.models import NOT_PROVIDED

from danvan.organisations.holding import all_holders
from danvan.organisations.moving import HistoryHolder

FOUND = [one for one in all_holders() if isinstance(one, HistoryHolder)]


@pytest.mark.parametrize("holder", FOUND, ids=lambda one: one.key)
def test_a_line_of_a_history_holds_all_that_it_must(holder):
    line = holder._line(holder.model(pk=1), "Theo SX-2026-0001", None)
    for field in line._meta.concrete_fields:
        if field.primary_key or field.null or field.default is not NOT_PROVIDED:
            continue
        assert getattr(line, field.attname) is not None, field.name


def test_histories_are_met():
    assert len(FOUND) >= 4
