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


class _Founding:
    """Units made with a few statements for all of them together: most tests begin with a province."""

    def __init__(self, sorts):
        made = Unit.objects.bulk_create(Unit(sort=sort, founded_on=FOUNDED) for sort in sorts)
        self._units = iter(made)
        self._versions, self._codes, self._reach, self._above = [], [], [], {}

    def _next(self, within, **version):
        unit = next(self._units)
        self._above[unit] = [*(self._above[within] if within else ()), unit]
        self._versions.append(
            UnitVersion(unit=unit, folded=fold(version["name"]), valid_from=FOUNDED, **version)
        )
        self._reach += [self._over(top, unit, Follows.PLACE) for top in self._above[unit]]
        return unit

    def _over(self, top, unit, follows):
        return Reach(top=top, unit=unit, follows=follows, valid_from=FOUNDED)

    def place(self, name, code, *, level=Level.COMMUNE, under=None):
        place = self._next(under, name=name, level=level, parent=under)
        self._codes.append(UnitCode(unit=place, system="gso", code=code, valid_from=FOUNDED))
        return place

    def organisation(self, place, kind, name, *, level=Level.COMMUNE, above=None):
        one = self._next(
            place, name=name, level=level, kind=kind, line=LINE[kind], place=place, parent=above
        )
        self._reach += [self._over(top, one, Follows.LINE) for top in (above, one) if top]
        return one

    def end(self):
        UnitVersion.objects.bulk_create(self._versions)
        UnitCode.objects.bulk_create(self._codes)
        Reach.objects.bulk_create(self._reach)


class Province:
    """Nghệ An with three communes, each with a Party committee, a people's committee and a Front."""

    def __init__(self, communes=3):
        p, o = Sort.PLACE, Sort.ORGANISATION
        made = _Founding([p, p, o, o, *[p, o, o, o] * communes])
        top = {"level": Level.PROVINCE}
        self.country = made.place("Việt Nam", "00", level=Level.COUNTRY)
        self.place = made.place("Tỉnh Nghệ An", "40", under=self.country, **top)
        front = f"{SHORT[Kind.FRONT_COMMITTEE]} Tỉnh Nghệ An"
        self.front = made.organisation(self.place, Kind.FRONT_COMMITTEE, front, **top)
        self.committee = made.organisation(
            self.place, Kind.PARTY_COMMITTEE, "Tỉnh ủy Nghệ An", **top
        )
        names = ["Môn Sơn", "Con Cuông", "Châu Khê", "Mường Xén", "Tri Lễ", "Keng Đu"]
        self.communes, self.fronts, self.committees, self.governments = [], [], [], []
        for number, name in enumerate(names[:communes]):
            place = made.place(f"Xã {name}", f"0402{number}", under=self.place)
            self.communes.append(place)
            for kind, those, above in (
                (Kind.FRONT_COMMITTEE, self.fronts, self.front),
                (Kind.PARTY_COMMITTEE, self.committees, self.committee),
                (Kind.PEOPLES_COMMITTEE, self.governments, None),
            ):
                name = f"{SHORT[kind]} Xã {names[number]}"
                those.append(made.organisation(place, kind, name, above=above))
        made.end()
