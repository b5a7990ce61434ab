"""A commune and its province, people with roles there, and a mail server that is only a list."""

from datetime import date
from types import SimpleNamespace

import pytest

from danvan.organisations.enums import Kind, Level
from tests.factories import GrantFactory, OrganisationFactory, PlaceFactory

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def day(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def mail(settings, mailoutbox):
    """A mail server is set; what is sent stands in the outbox of the tests. The digest goes out at any hour."""
    settings.DANVAN_MAIL_HOST = "mail.test"
    settings.DANVAN_MAIL_SITE = "https://danvan.test"
    settings.DANVAN_MAIL_HOUR = 0
    settings.DEFAULT_FROM_EMAIL = "danvan@danvan.test"
    return mailoutbox


@pytest.fixture
def land():
    """Country > province > two communes, each with a Party committee; people who hold roles there."""
    country = PlaceFactory(level=Level.COUNTRY, name="Cả nước")
    province = PlaceFactory(under=country, name="Tỉnh Nghệ An")
    committee = OrganisationFactory(
        place=province, kind=Kind.PARTY_COMMITTEE, name="Tỉnh ủy Nghệ An"
    )
    communes = [PlaceFactory(under=province, name=name) for name in ("Xã Môn Sơn", "Xã Keng Đu")]
    committees = [
        OrganisationFactory(
            place=place, kind=Kind.PARTY_COMMITTEE, under=committee, name=f"Đảng ủy {name}"
        )
        for place, name in zip(communes, ("Môn Sơn", "Keng Đu"), strict=True)
    ]
    return SimpleNamespace(
        country=country, province=province, committee=committee, communes=communes,
        committees=committees,
        specialist=person("An", "specialist", province),
        leader=person("Lan", "leader", province),
        clerk=person("Vân", "clerk", province),
        officers=[
            person("Sơn", "commune_officer", communes[0]),
            person("Đu", "commune_officer", communes[1]),
        ],
    )  # fmt: skip


def person(name, role, unit):
    return GrantFactory(
        role=role, unit=unit, user__full_name=name, user__email=f"{len(name)}.{unit.pk}@danvan.test"
    ).user
