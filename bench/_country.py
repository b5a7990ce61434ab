"""A country that has reported for years: places, forms, five years of sent reports with their values, the cube.

The places, indicators and forms are made as they are in use; the months in bulk, by statements that copy what services
would have written. The cube is built by its own service and has to pass its own check.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import F, Model

from danvan.accounts.models import Grant, User
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.models import DirtyKey, Value
from danvan.indicators.services import define_indicator, rebuild_cube
from danvan.organisations.enums import Follows, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitCode, UnitVersion
from danvan.reporting.enums import Standing
from danvan.reporting.models import Form, Obligation, Submission
from danvan.reporting.services import NewItem, NewSection, define_form, open_period

LATER = 4  # months after those that were reported: three for what is brought in, and this one
ITEMS_A_FORM, ITEMS_A_SECTION = 100, 10
LATE, NEVER = 9, 20  # every ninth report was late; in the last month every twentieth is missing
DUE_DAY = 5
INDEXES = {
    "postgresql": "select indexname, indexdef from pg_indexes where tablename = %s and indexname not like '%%\\_pkey'",
    "sqlite": "select name, sql from sqlite_master where type = 'index' and tbl_name = %s and sql is not null",
}
UNIQUE = (
    "select conname, pg_get_constraintdef(oid) from pg_constraint"
    " where conrelid = %s::regclass and contype = 'u'"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a country is built, and how many workbooks are dropped at once."""

    provinces: int
    communes: int
    months: int
    indicators: int
    workbooks: int


SIZES = {
    ("postgresql", False): Size(34, 3_321, 60, 100, 3_321),
    ("postgresql", True): Size(5, 100, 12, 40, 100),
    ("sqlite", False): Size(1, 130, 60, 260, 130),
    ("sqlite", True): Size(1, 20, 12, 40, 20),
}


@dataclass(slots=True)
class Country:
    """What stands there once it is built."""

    size: Size
    country: int
    provinces: list[int]
    communes: list[int]
    homes: dict[int, int]  # the province of each commune
    indicators: list[int]
    forms: list[Form]
    months: list[Period]  # those that were reported, then those for what comes
    officer: User  # of one commune
    head: User  # who may send for every commune


def months_until_now(number: int) -> list[Period]:
    """The last so many months, this one being the last."""
    found = [Period.containing(clock.today(), Every.MONTH)]
    while len(found) < number:
        found.append(Period.containing(found[-1].first - timedelta(days=1), Every.MONTH))
    return found[::-1]


def build(size: Size) -> Country:
    """The whole country."""
    months = months_until_now(size.months + LATER)
    since = months[0].first
    with transaction.atomic():
        country = _places(size, since)
        country.months = months
        country.indicators, country.forms = _forms(size, country.country, since)
        country.officer = _user("can-bo", country.communes[0], since)
        country.head = _user("gui-thay", country.country, since)
    for form in country.forms:
        for month in months:
            open_period(form, month, actor=None)
    with loading(Value):
        for number, month in enumerate(months[: size.months]):
            _report(number, month, last=number == size.months - 1)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze" if connection.vendor == "postgresql" else "analyze")
    DirtyKey.objects.all().delete()
    rebuild_cube()
    return country


def _made(parents: list[int | None], level: str, since: date) -> list[int]:
    made = Unit.objects.bulk_create(Unit(sort=Sort.PLACE, founded_on=since) for _ in parents)
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, name=f"Đơn vị {unit.pk}", folded=f"don vi {unit.pk}", level=level,
            parent_id=parent, valid_from=since,
        )
        for unit, parent in zip(made, parents, strict=True)
    )  # fmt: skip
    return [unit.pk for unit in made]


def _places(size: Size, since: date) -> Country:
    [top] = _made([None], Level.COUNTRY, since)
    provinces = _made([top] * size.provinces, Level.PROVINCE, since)
    above = [provinces[number % size.provinces] for number in range(size.communes)]
    communes = _made(list(above), Level.COMMUNE, since)
    homes = dict(zip(communes, above, strict=True))
    pairs = [(one, one) for one in (top, *provinces, *communes)]
    pairs += [(top, one) for one in (*provinces, *communes)]
    pairs += [(home, one) for one, home in homes.items()]
    Reach.objects.bulk_create(
        (Reach(top_id=above, unit_id=unit, follows=Follows.PLACE, valid_from=since) for above, unit in pairs),
        batch_size=5_000,
    )  # fmt: skip
    UnitCode.objects.bulk_create(
        UnitCode(unit_id=unit, system=system, code=code, valid_from=since)
        for number, unit in enumerate(communes)
        for system, code in (("gso", f"{10_000 + number}"), ("dhis2", f"DonVi{number:06}"))
    )
    return Country(
        size, top, provinces, communes, homes, [], [], [], officer=User(), head=User()
    )  # the last four follow


def _forms(size: Size, country: int, since: date) -> tuple[list[int], list[Form]]:
    codes = [f"BENCH-{number:03}" for number in range(size.indicators)]
    made = [
        define_indicator(
            code=code, name=f"Số việc {code}", definition="Đếm mỗi việc một lần.", unit_label="việc",
            kind=MeasureKind.FLOW, actor=None, valid_from=since,
        ).pk
        for code in codes
    ]  # fmt: skip
    place = Unit.objects.get(pk=country)
    forms: list[Form] = []
    for start in range(0, len(codes), ITEMS_A_FORM):
        asked = codes[start : start + ITEMS_A_FORM]
        sections = [
            NewSection(
                f"Phần {part // ITEMS_A_SECTION + 1}",
                [NewItem(code.lower(), f"Số việc {code}", code) for code in asked[part : part + ITEMS_A_SECTION]],
            )
            for part in range(0, len(asked), ITEMS_A_SECTION)
        ]  # fmt: skip
        forms.append(
            define_form(
                code=f"BENCH-{len(forms) + 1}", name=f"Báo cáo {len(forms) + 1}", unit=place, level=Level.COMMUNE,
                due_day=DUE_DAY, valid_from=since, actor=None, sections=sections,
            )
        )  # fmt: skip
    return made, forms


def _user(name: str, unit: int, since: date) -> User:
    user = User.objects.create(username=name, full_name=name, must_change_password=False)
    Grant.objects.create(
        user=user, unit_id=unit, role="commune_officer", follows=Follows.PLACE, valid_from=since
    )
    return user


def _report(number: int, month: Period, *, last: bool) -> None:
    """Everybody's reports of a month, sent and accepted (of the last month: sent), with a value for each item."""
    level, standing = (Approval.SENT, Standing.SENT) if last else (Approval.LOCKED, Standing.LOCKED)
    asked = Obligation.objects.filter(first=month.first)
    due = asked.values_list("due_on", flat=True)[0]
    at = connection.ops.adapt_datetimefield_value(clock.now())
    with transaction.atomic(), connection.cursor() as cursor:
        sent = asked.alias(rest=F("unit_id") % NEVER).exclude(rest=0) if last else asked
        sent.update(standing=standing, changes=2, first_sent_on=due)
        late = asked.alias(rest=F("unit_id") % LATE).filter(rest=0, first_sent_on__isnull=False)
        late.update(first_sent_on=due + timedelta(days=4))
        owed = Obligation.objects.filter(first=month.first, first_sent_on__isnull=False)
        Submission.objects.bulk_create(
            (
                Submission(obligation_id=pk, vintage=1, sent_at=clock.now(), sent_on=on)
                for pk, on in owed.order_by("pk").values_list("pk", "first_sent_on")
                if on is not None
            ),
            batch_size=2_000,
        )
        cursor.execute(
            "insert into indicators_value (indicator_id, unit_id, first, vintage, current, amount, origin, level, note,"
            " source_kind, source_id, entered_by_id, entered_at)"
            " select i.indicator_id, o.unit_id, o.first, 1, true, (o.unit_id * 7 + i.indicator_id * 31 + %s) %% 997,"
            " 'entered', %s, '', 'reporting.submission', s.id, null, %s"
            " from reporting_submission s join reporting_obligation o on o.id = s.obligation_id"
            " join reporting_formsection c on c.form_id = o.form_id"
            " join reporting_formitem i on i.section_id = c.id where o.first = %s",
            [number * 17, int(level), at, str(month.first)],
        )


@contextmanager
def loading(*models: type[Model]) -> Iterator[None]:
    """No indexes on these while they are loaded; a server does not look up each reference either."""
    server, indexes = connection.vendor == "postgresql", []
    unique: list[tuple[str, str, str]] = []
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        if server:
            cursor.execute("set maintenance_work_mem = '1GB'")
            cursor.execute("set session_replication_role = replica")
        for table in tables:
            if server:
                cursor.execute(UNIQUE, [table])
                unique += [(table, *row) for row in cursor.fetchall()]
                for name in (name for of, name, _ in unique if of == table):
                    cursor.execute(f'alter table {table} drop constraint "{name}"')
            cursor.execute(INDEXES[connection.vendor], [table])
            found = cursor.fetchall()
            for name, _ in found:
                cursor.execute(f'drop index "{name}"')
            indexes += found
    yield
    with connection.cursor() as cursor:
        for _, made in indexes:
            cursor.execute(made)
        for table, name, made in unique:
            cursor.execute(f'alter table {table} add constraint "{name}" {made}')
        if server:
            cursor.execute("set session_replication_role = origin")
