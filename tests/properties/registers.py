"""Random registers with a history, in plain Python: what units were, and what became of them, day by day.

Written without the services and without the closure, so that both can be held against it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from danvan.organisations.enums import Kind, Level, Line, Measure, Sort
from danvan.organisations.models import Lineage, Unit, UnitVersion

ORIGIN = date(2020, 1, 1)
DAYS = 12
MILLION = 1_000_000
LEVELS = [Level.COUNTRY, Level.PROVINCE, Level.COMMUNE, Level.VILLAGE]


def day_of(number):
    return ORIGIN + timedelta(days=number)


@dataclass
class One:
    """A unit: the days of its life, and from each day on what it stands under and in."""

    level: int
    is_place: bool
    founded: int
    ended: int | None = None
    stands: list[tuple[int, int | None, int | None]] = field(default_factory=list)

    def close(self, day):
        """It ends on a day; what it would have stood under from that day on never was."""
        self.ended = day
        self.stands = [row for row in self.stands if row[0] < day]

    def on(self, day):
        """(above in its line or tree, place) on a day; None where it did not stand."""
        if day < self.founded or (self.ended is not None and day >= self.ended):
            return None
        return next(row[1:] for row in reversed(self.stands) if row[0] <= day)


@dataclass
class Register:
    """Units by key, and lineage as (before, after, weight, back weight or None, day)."""

    units: dict[int, One] = field(default_factory=dict)
    links: list[tuple[int, int, int, int | None, int]] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)

    def add(self, level, day, *, parent=None, place=None):
        key = len(self.units)
        self.units[key] = One(level, place is None, day, None, [(day, parent, place)])
        return key

    def standing(self, day, *, level=None, places=True):
        return [
            key
            for key, one in self.units.items()
            if one.on(day) is not None
            and one.is_place == places
            and (level is None or one.level == level)
        ]

    def above(self, key, day):
        """The place directly above a unit on a day, by place."""
        stood = self.units[key].on(day)
        return None if stood is None else (stood[0] if self.units[key].is_place else stood[1])

    def under(self, top, day):
        """Everything at or under a unit by place on a day, by walking up from everything."""
        found = set()
        for key, one in self.units.items():
            at = key if one.on(day) is not None else None
            while at is not None:
                if at == top:
                    found.add(key)
                at = self.above(at, day)
        return found

    def pass_on(self, rows, day):
        self.links += [(a, b, w, back, day) for a, b, w, back in rows if w]

    def mapped(self, key, day, to):
        """Where a value of a day counts on another: the algebra, one event at a time."""
        unit = self.units[key]
        if to > day:
            ahead = [at for a, _, _, _, at in self.links if a == key and day < at <= to]
            if ahead:
                at = min(ahead)
                return self._mixed(
                    [(b, w) for a, b, w, _, on in self.links if (a, on) == (key, at)], at, to
                )
            if unit.on(to) is not None:
                return {key: Fraction(1)}
            last = unit.ended - 1
        else:
            ahead = [at for _, b, _, w, at in self.links if b == key and w and to < at <= day]
            if ahead:
                at = max(ahead)
                return self._mixed(
                    [(a, w) for a, b, _, w, on in self.links if (b, on) == (key, at) and w],
                    at - 1,
                    to,
                )
            if unit.on(to) is not None:
                return {key: Fraction(1)}
            last = unit.founded
        above = self.above(key, last)
        return {} if above is None else self.mapped(above, last, to)

    def _mixed(self, parts, day, to):
        found = {}
        for key, weight in parts:
            for end, share in self.mapped(key, day, to).items():
                found[end] = found.get(end, 0) + share * Fraction(weight, MILLION)
        return found

    def until(self, day):
        """The register as it was known on a day: nothing that happened after it."""
        past = Register(links=[link for link in self.links if link[4] <= day])
        for key, one in self.units.items():
            if one.founded <= day:
                ended = one.ended if one.ended is not None and one.ended <= day else None
                stands = [row for row in one.stands if row[0] <= day]
                past.units[key] = One(one.level, one.is_place, one.founded, ended, stands)
        return past

    def differing(self, other):
        """The units whose life, stand or lineage is not the same in the other register."""
        units = {
            key
            for key in self.units.keys() | other.units.keys()
            if self.units.get(key) != other.units.get(key)
        }
        links = set(self.links) ^ set(other.links)
        return units | {key for link in links for key in link[:2]}

    def write(self, ids=None):
        """Write units, versions and lineage in place of what is there, for units with ids under these.

        The closure is left to whoever is tested.
        """
        self.ids = {key: pk for key, pk in (ids or {}).items() if key in self.units}
        Lineage.objects.all().delete()
        UnitVersion.objects.all().delete()
        Unit.objects.exclude(pk__in=self.ids.values()).delete()
        for key, one in self.units.items():
            ended = None if one.ended is None else day_of(one.ended)
            if key in self.ids:
                Unit.objects.filter(pk=self.ids[key]).update(ended_on=ended)
            else:
                sort = Sort.PLACE if one.is_place else Sort.ORGANISATION
                made = Unit.objects.create(
                    sort=sort, founded_on=day_of(one.founded), ended_on=ended
                )
                self.ids[key] = made.pk
        UnitVersion.objects.bulk_create(
            version for key, one in self.units.items() for version in self._versions(key, one)
        )
        Lineage.objects.bulk_create(
            Lineage(
                predecessor_id=self.ids[a],
                successor_id=self.ids[b],
                weight=weight,
                measure=Measure.GIVEN,
                back_weight=back,
                estimated=False,
                happened_on=day_of(day),
            )
            for a, b, weight, back, day in self.links
        )

    def took_over(self, key):
        """Every unit that took over from one as it ended, directly or through others that ended later."""
        found, asked = set(), {key}
        while asked:
            one = asked.pop()
            for before, after, _, _, day in self.links:
                if before == one and after not in (one, key) and day == self.units[one].ended:
                    if after not in found:
                        asked.add(after)
                    found.add(after)
        return found

    def _versions(self, key, one):
        ends = [row[0] for row in one.stands[1:]] + [one.ended]
        for (start, parent, place), end in zip(one.stands, ends, strict=True):
            yield UnitVersion(
                unit_id=self.ids[key],
                name=f"Đơn vị {key}",
                lowered=f"đơn vị {key}",
                folded=f"don vi {key}",
                bare=f"{key}",
                level=LEVELS[one.level],
                kind="" if one.is_place else Kind.FRONT_COMMITTEE,
                line="" if one.is_place else Line.FRONT,
                parent_id=None if parent is None else self.ids[parent],
                place_id=None if place is None else self.ids[place],
                valid_from=day_of(start),
                valid_to=None if end is None else day_of(end),
            )


def _stand(register, key, day, parent, place):
    """From a day on a unit stands elsewhere."""
    one = register.units[key]
    if one.stands[-1][0] == day:
        one.stands[-1] = (day, parent, place)
    else:
        one.stands.append((day, parent, place))


def _end(draw, register, key, day, shares):
    """End a unit: what stood under it goes to one heir; an organisation in it follows, or is lost sight of."""
    register.units[key].close(day)
    heir = max(shares, key=lambda taker: shares[taker])
    for other, one in list(register.units.items()):
        stood = one.on(day)
        if stood is None or other == key:
            continue
        parent, place = stood
        if one.is_place and parent == key:
            _stand(register, other, day, heir, None)
        elif place == key:
            one.close(day)
            if draw(st.booleans()):
                new = register.add(one.level, day, place=heir)
                register.pass_on([(other, new, MILLION, MILLION)], day)
        elif not one.is_place and parent == key:
            _stand(register, other, day, None, place)


def _event(draw, register, day, busy):
    level = draw(st.sampled_from([1, 2, 2, 2, 3]))
    free = [
        key
        for key in register.standing(day, level=level)
        if key not in busy and register.units[key].founded < day
    ]
    kind = draw(st.sampled_from(["merge", "join", "divide", "split", "land", "found", "seat", "close", "move"]))  # fmt: skip
    part = draw(st.integers(1, MILLION - 1))
    other = draw(st.integers(1, MILLION - 1))
    if kind in ("merge", "join", "land") and len(free) >= 2:
        first, second = draw(st.permutations(free))[:2]
        busy |= {first, second}
        if kind == "land":
            register.pass_on(
                [
                    (first, second, part, other),
                    (first, first, MILLION - part, MILLION),
                    (second, second, MILLION, MILLION - other),
                ],
                day,
            )
            return
        taker = second
        if kind == "merge":
            taker = register.add(level, day, parent=register.above(first, day))
            busy.add(taker)
        rows = [(first, taker, MILLION, other), (second, taker, MILLION, MILLION - other)]
        register.pass_on(rows, day)
        for key in {first, second} - {taker}:
            _end(draw, register, key, day, {taker: 1})
    elif kind in ("divide", "split") and free:
        whole = draw(st.sampled_from(free))
        new = register.add(level, day, parent=register.above(whole, day))
        rest = whole
        if kind == "divide":
            rest = register.add(level, day, parent=register.above(whole, day))
        busy |= {whole, new, rest}
        register.pass_on([(whole, new, part, MILLION), (whole, rest, MILLION - part, MILLION)], day)
        if kind == "divide":
            _end(draw, register, whole, day, {new: part, rest: MILLION - part})
    elif kind == "found":
        above = [key for key in register.standing(day, level=level - 1) if key not in busy]
        if above:
            over = draw(st.sampled_from(above))
            busy |= {over, register.add(level, day, parent=over)}
    elif kind == "seat":
        places = [key for key in register.standing(day, level=level) if key not in busy]
        if places:
            place = draw(st.sampled_from(places))
            busy |= {place, register.add(level, day, place=place)}
    elif kind == "close":
        seats = [
            key
            for key in register.standing(day, places=False)
            if register.units[key].founded < day and key not in busy
        ]
        if seats:
            register.units[draw(st.sampled_from(seats))].close(day)
    elif free:
        moved = draw(st.sampled_from(free))
        above = [key for key in register.standing(day, level=level - 1) if key not in busy]
        if above:
            busy.add(moved)
            _stand(register, moved, day, draw(st.sampled_from(above)), None)


@st.composite
def registers(draw, most_events=7):
    """A country with provinces, communes, villages and organisations, and what happened to them."""
    register = Register()
    root = register.add(0, 0)
    provinces = [register.add(1, 0, parent=root) for _ in range(draw(st.integers(1, 3)))]
    communes = [
        register.add(2, 0, parent=draw(st.sampled_from(provinces)))
        for _ in range(draw(st.integers(1, 4)))
    ]
    for _ in range(draw(st.integers(0, 2))):
        register.add(3, 0, parent=draw(st.sampled_from(communes)))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from([*provinces, *communes]))
        register.add(register.units[place].level, 0, place=place)
    days = sorted(draw(st.lists(st.integers(1, DAYS - 1), max_size=most_events)))
    busy, last = set(), 0
    for day in days:
        if day != last:
            busy, last = set(), day
        _event(draw, register, day, busy)
    return register
