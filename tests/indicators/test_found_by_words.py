"""Indicators defined before the catalogue could be searched are found in it all the same."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from danvan.foundation.models import SearchText
from danvan.indicators.selectors import Wanted, catalogue
from tests.indicators.figures import an_indicator

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)


def test_what_was_defined_before_is_found_by_its_words():
    old = an_indicator(code="DV-77", name="Số buổi đối thoại", valid_from=date(2025, 7, 1))
    known = an_indicator(code="DV-78", name="Số hội nghị", valid_from=date(2025, 7, 1))
    kept = SearchText.objects.filter(model="indicators.indicator", object_id=old.pk)
    as_indexed = list(kept.values_list("part", "accented", "folded"))
    kept.delete()
    step = import_module("danvan.indicators.migrations.0009_found_by_words")

    for _ in range(2):
        step.make_findable(apps, None)

    assert list(kept.values_list("part", "accented", "folded")) == as_indexed
    assert list(catalogue(Wanted(words="doi thoai"), on=ON)) == [old]
    assert list(catalogue(Wanted(words="hoi nghi"), on=ON)) == [known]
