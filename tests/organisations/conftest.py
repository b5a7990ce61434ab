from datetime import date

import pytest

from danvan.organisations.models import Lineage, Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors import by_code
from danvan.organisations.services import load_register
from tests.organisations.lists import COUNTS, short_lists

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def short(db):
    """The register of the short lists; gives units by their code before and since the merger."""
    load_register(source=short_lists(), expected=COUNTS)

    class Short:
        country = Unit.objects.get(versions__level="country").pk

        @staticmethod
        def old(code):
            return by_code(code, on=BEFORE).pk

        @staticmethod
        def new(code):
            return by_code(code, on=SINCE).pk

    return Short


def register_rows():
    """Everything the register holds, to compare before and after."""
    return {
        model.__name__: sorted(model.objects.values_list())
        for model in (Unit, UnitVersion, UnitCode, Lineage, Reach)
    }
