"""One small country with a person of each standing, for the table tests of acts."""

from datetime import date
from types import SimpleNamespace

import pytest

from danvan.organisations.enums import Level
from tests.factories import GrantFactory, OrganisationFactory, PlaceFactory, UserFactory

TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = TODAY
    settings.DANVAN_TOP_UNIT = ""


@pytest.fixture
def house():
    """Country > province > commune, with another province beside; Fronts in a line; people of each standing."""
    country = PlaceFactory(level=Level.COUNTRY, code="00", name="Cả nước")
    province = PlaceFactory(under=country, code="40", name="Nghệ An")
    commune = PlaceFactory(under=province, code="17329", name="Con Cuông")
    beside = PlaceFactory(under=country, code="42", name="Hà Tĩnh")
    central = OrganisationFactory(place=province, name="Mặt trận đặt tại tỉnh")
    front = OrganisationFactory(place=commune, under=central, name="Mặt trận Con Cuông")
    # Stands in another province, below the Front that stands in this one.
    far = OrganisationFactory(place=beside, under=central, name="Mặt trận Hà Tĩnh")
    people = {
        "root": GrantFactory(unit=country, role="administrator").user,
        "admin": GrantFactory(unit=province, role="administrator").user,
        "commune_admin": GrantFactory(unit=commune, role="administrator").user,
        "leader": GrantFactory(unit=province, role="leader").user,
        "specialist": GrantFactory(unit=commune, role="specialist").user,
        "stranger": GrantFactory(unit=beside, role="administrator").user,
        "nobody": UserFactory(),
        "system": None,
    }
    return SimpleNamespace(
        country=country, province=province, commune=commune, beside=beside,
        central=central, front=front, far=far, people=people,
    )  # fmt: skip
