"""Believable rows for tests, made directly; acts are tested through their services.

Units keep `Reach` right for places and for lines, so what a grant reaches is what it would reach in life.
"""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from danvan.accounts.models import Grant, User
from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity
from danvan.documents.enums import Direction, DocumentType, Stage
from danvan.documents.models import Document
from danvan.foundation.periods import Every
from danvan.indicators.enums import Quality
from danvan.indicators.models import Target, TargetRule
from danvan.organisations.enums import LINE, Follows, Kind, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitCode, UnitVersion
from danvan.vietnamese.collation import name_key
from danvan.vietnamese.text import fold

SINCE = date(2020, 1, 1)
BELOW = {Level.COUNTRY: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE, Level.COMMUNE: Level.VILLAGE}


def _version(unit):
    return UnitVersion.objects.filter(unit=unit).order_by("-valid_from").first()


def _reach(unit, parent, follows, since, until):
    above = Reach.objects.filter(unit=parent, follows=follows, valid_to=None) if parent else ()
    tops = {unit.pk, *(row.top_id for row in above)}
    Reach.objects.bulk_create(
        Reach(top_id=top, unit=unit, follows=follows, valid_from=since, valid_to=until)
        for top in tops
    )


class UnitFactory(DjangoModelFactory):
    """A place with one version: a province of its own, or one level below `under`.

    `name`, `level`, `code` (of the system gso), `since` and `until` may be given.
    """

    class Meta:
        model = Unit

    sort = Sort.PLACE

    @classmethod
    def _create(cls, model_class, *args, under=None, name="", level=None, code="", **kwargs):
        since, until = kwargs.pop("since", SINCE), kwargs.pop("until", None)
        unit = model_class.objects.create(founded_on=since, ended_on=until, **kwargs)
        if level is None:
            level = BELOW[Level(_version(under).level)] if under else Level.PROVINCE
        name = name or f"Đơn vị {unit.pk}"
        UnitVersion.objects.create(
            unit=unit, parent=under, name=name, folded=fold(name), level=level,
            type_word="xã" if level == Level.COMMUNE else "", valid_from=since, valid_to=until,
        )  # fmt: skip
        if code:
            UnitCode.objects.create(
                unit=unit, system="gso", code=code, valid_from=since, valid_to=until
            )
        _reach(unit, under, Follows.PLACE, since, until)
        return unit


PlaceFactory = UnitFactory


class OrganisationFactory(DjangoModelFactory):
    """An organisation that stands in `place` (a new province where none is given) and below `under` in its line."""

    class Meta:
        model = Unit

    sort = Sort.ORGANISATION

    @classmethod
    def _create(cls, model_class, *args, place=None, under=None, name="", **kwargs):
        kind, level = kwargs.pop("kind", Kind.FRONT_COMMITTEE), kwargs.pop("level", None)
        since, until = kwargs.pop("since", SINCE), kwargs.pop("until", None)
        place = place or UnitFactory()
        standing = _version(place)
        unit = model_class.objects.create(founded_on=since, ended_on=until, **kwargs)
        name = name or f"{Kind(kind).label} {standing.name}"
        UnitVersion.objects.create(
            unit=unit, parent=under, place=place, name=name, folded=fold(name),
            level=level or standing.level, kind=kind, line=LINE[kind],
            valid_from=since, valid_to=until,
        )  # fmt: skip
        _reach(unit, place, Follows.PLACE, since, until)
        _reach(unit, under, Follows.LINE, since, until)
        return unit


class UserFactory(DjangoModelFactory):
    """A person who may sign in but holds no right yet."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"canbo{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn An {n}")
    name_key = factory.LazyAttribute(lambda user: name_key(user.full_name))
    folded = factory.LazyAttribute(lambda user: fold(f"{user.full_name} {user.username}"))


class GrantFactory(DjangoModelFactory):
    """A role of a new person at a place, or along the line of an organisation."""

    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = "specialist"
    follows = factory.LazyAttribute(
        lambda grant: Follows.LINE if grant.unit.sort == Sort.ORGANISATION else Follows.PLACE
    )
    valid_from = SINCE


class DocumentFactory(DjangoModelFactory):
    """An incoming resolution in a unit's register, already read."""

    class Meta:
        model = Document

    unit = factory.SubFactory(OrganisationFactory)
    direction = Direction.INCOMING
    register_year = 2026
    register_number = factory.Sequence(lambda n: n + 1)
    symbol = factory.Sequence(lambda n: f"{n + 1}-NQ/TU")
    symbol_key = factory.LazyAttribute(lambda document: fold(document.symbol))
    document_type = DocumentType.RESOLUTION
    issuer_name = "Tỉnh ủy"
    issuer_key = factory.LazyAttribute(lambda document: fold(document.issuer_name))
    issued_on = date(2026, 3, 2)
    received_on = date(2026, 3, 5)
    abstract = "Về tăng cường công tác dân vận"
    stage = Stage.TO_REVIEW
    registered_at = datetime(2026, 3, 5, 2, tzinfo=UTC)


class ActivityFactory(DjangoModelFactory):
    """One dialogue held by an organisation."""

    class Meta:
        model = Activity

    unit = factory.SubFactory(OrganisationFactory)
    kind = ActivityKind.DIALOGUE
    title = "Đối thoại với Nhân dân về giải phóng mặt bằng"
    held_on = date(2026, 4, 10)
    recorded_at = datetime(2026, 4, 11, 2, tzinfo=UTC)


class TargetFactory(DjangoModelFactory):
    """A yearly target of a province over the Front committees of its communes; `rules` are (counter, minimum)."""

    class Meta:
        model = Target
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    title = "100% Mặt trận cấp xã tổ chức đối thoại mỗi năm"
    quality = Quality.COUNTED
    population_kind = Kind.FRONT_COMMITTEE
    population_levels = factory.LazyFunction(lambda: [Level.COMMUNE.value])
    every = Every.YEAR
    valid_from = date(2026, 1, 1)

    @factory.post_generation
    def rules(self, create, rules, **kwargs):
        wanted = (("activities.dialogue", 1),) if rules is None else rules
        TargetRule.objects.bulk_create(
            TargetRule(target=self, position=number, counter=counter, minimum=minimum)
            for number, (counter, minimum) in enumerate(wanted, 1)
        )
