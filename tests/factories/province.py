"""A small province made row by row: places, the organisations that stand in them, and people with roles."""

from datetime import date
from itertools import count

from danvan.accounts.models import Grant, User
from danvan.organisations.enums import LINE, Follows, Kind, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitCode, UnitVersion
from danvan.vietnamese.text import fold

FOUNDED = date(2020, 1, 1)
SHORT = {
    Kind.PARTY_COMMITTEE: "Đảng ủy",
    Kind.PEOPLES_COMMITTEE: "Ủy ban nhân dân",
    Kind.FRONT_COMMITTEE: "Ủy ban MTTQ Việt Nam",
}
_numbers = count(1)


def make_place(name, *, level=Level.COMMUNE, under=None, code="", founded=FOUNDED, ended=None):
    unit = Unit.objects.create(sort=Sort.PLACE, founded_on=founded, ended_on=ended)
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        folded=fold(name),
        level=level,
        parent=under,
        valid_from=founded,
        valid_to=ended,
    )
    if code:
        UnitCode.objects.create(
            unit=unit, system="gso", code=code, valid_from=founded, valid_to=ended
        )
    _reach(unit, under, founded, ended)
    return unit


def make_organisation(
    place, kind=Kind.FRONT_COMMITTEE, *, name="", founded=FOUNDED, ended=None, above=None
):
    at = place.versions.latest("valid_from")
    name = name or f"{SHORT.get(kind, Kind(kind).label)} {at.name}"
    unit = Unit.objects.create(sort=Sort.ORGANISATION, founded_on=founded, ended_on=ended)
    UnitVersion.objects.create(
        unit=unit, name=name, folded=fold(name), level=at.level, kind=kind, line=LINE[kind],
        place=place, parent=above, valid_from=founded, valid_to=ended,
    )  # fmt: skip
    _reach(unit, place, founded, ended)
    if above is not None:
        Reach.objects.create(
            top=above, unit=unit, follows=Follows.LINE, valid_from=founded, valid_to=ended
        )
    Reach.objects.create(
        top=unit, unit=unit, follows=Follows.LINE, valid_from=founded, valid_to=ended
    )
    return unit


def _reach(unit, above, founded, ended):
    tops = {unit.pk}
    if above is not None:
        tops |= set(
            Reach.objects.filter(unit=above, follows=Follows.PLACE).values_list("top_id", flat=True)
        )
    Reach.objects.bulk_create(
        Reach(top_id=top, unit=unit, follows=Follows.PLACE, valid_from=founded, valid_to=ended)
        for top in tops
    )


def make_user(name="Nguyễn Thị Hạnh"):
    return User.objects.create(username=f"user{next(_numbers)}", full_name=name)


def make_grant(unit, role, *, user=None, follows=Follows.PLACE, valid_from=FOUNDED):
    user = user or make_user()
    Grant.objects.create(user=user, unit=unit, role=role, follows=follows, valid_from=valid_from)
    return user


class Province:
    """Nghệ An with three communes, each with a Party committee, a people's committee and a Front."""

    def __init__(self, communes=3):
        self.country = make_place("Việt Nam", level=Level.COUNTRY, code="00")
        self.place = make_place("Tỉnh Nghệ An", level=Level.PROVINCE, under=self.country, code="40")
        self.front = make_organisation(self.place, Kind.FRONT_COMMITTEE)
        self.committee = make_organisation(self.place, Kind.PARTY_COMMITTEE, name="Tỉnh ủy Nghệ An")
        names = ["Môn Sơn", "Con Cuông", "Châu Khê", "Mường Xén", "Tri Lễ", "Keng Đu"]
        self.communes, self.fronts, self.committees, self.governments = [], [], [], []
        for number, name in enumerate(names[:communes]):
            place = make_place(f"Xã {name}", under=self.place, code=f"0402{number}")
            self.communes.append(place)
            self.fronts.append(make_organisation(place, Kind.FRONT_COMMITTEE, above=self.front))
            self.committees.append(
                make_organisation(place, Kind.PARTY_COMMITTEE, above=self.committee)
            )
            self.governments.append(make_organisation(place, Kind.PEOPLES_COMMITTEE))
