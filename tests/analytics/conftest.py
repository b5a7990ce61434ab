from datetime import date

import pytest

from danvan.activities.enums import ActivityKind
from danvan.activities.services import record_activity
from danvan.documents.enums import DocumentType
from danvan.documents.services import register_issued_document
from danvan.indicators.enums import Quality
from danvan.indicators.services import Source, create_target
from danvan.organisations.enums import Kind, Level
from tests.factories.province import Province


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)


@pytest.fixture
def province(db):
    """Three communes: the first did everything, the second a part, the third nothing."""
    province = Province()
    make = {
        "unit": province.place,
        "every": "year",
        "valid_from": date(2021, 11, 19),
        "actor": None,
    }
    levels = [Level.COMMUNE]
    source = Source(
        kind="documents.document", id=1, start=1, end=9, sentence="…", symbol="04-NQ/TU"
    )
    province.both = create_target(
        title="100% cấp ủy làm việc và ban hành văn bản định hướng",
        quality=Quality.COUNTED,
        population_kind=Kind.PARTY_COMMITTEE,
        population_levels=levels,
        rules=[("activities.working_session", 1), ("documents.issued.orientation_document", 1)],
        source=source,
        **make,
    )
    province.two = create_target(
        title="Ít nhất 02 nội dung giám sát",
        quality=Quality.COUNTED,
        population_kind=Kind.FRONT_COMMITTEE,
        population_levels=levels,
        rules=[("activities.supervision", 2)],
        source=source,
        **make,
    )
    create_target(title="Thực hiện tốt giám sát thường xuyên", quality=Quality.QUALITATIVE, **make)
    did(province.committees[0], ActivityKind.WORKING_SESSION, attendance=40)
    did(province.committees[1], ActivityKind.WORKING_SESSION)
    issue(province.committees[0])
    did(province.fronts[0], ActivityKind.SUPERVISION, quantity=2)
    did(province.fronts[1], ActivityKind.SUPERVISION)
    return province


def did(unit, kind, day=date(2026, 5, 8), **counts):
    return record_activity(
        unit=unit, kind=kind, title="Làm một việc", held_on=day, actor=None, **counts
    )


def issue(unit, day=date(2026, 3, 2)):
    return register_issued_document(
        unit=unit,
        document_type=DocumentType.ORIENTATION_DOCUMENT,
        abstract="Định hướng hoạt động năm 2026",
        issued_on=day,
        actor=None,
    )
