"""What a permission costs a list: the newest activities of 100,000, by people of four places, against no filter.

A generated register of the country's size (34 provinces, 3,300 communes, six organisations a commune).
Whoever holds the right at the country has no filter at all, so that is what the others are held against:
the page /hoat-dong/ as asked for and answered. Bound: 1.3 times at the 95th percentile.
"""

import logging
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from danvan.accounts.models import Grant, User
from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity
from danvan.foundation.lists import page_of
from danvan.organisations.enums import LINE, Follows, Kind, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitVersion

ROWS, PROVINCES, COMMUNES = 100_000, 34, 97
KINDS = list(Kind)[:6]
SINCE, TODAY = date(2025, 7, 1), date(2026, 12, 31)
ORDER = ("-held_on", "-pk")
BOUND = 1.3
TURNS, UNFILTERED = 300, "bench-country"
PEOPLE = ("bench-commune", "bench-province", "bench-line", "bench-both", "bench-country")


def _units(sort: str, parents: list[int | None], level: str, kind: str = "") -> list[int]:
    """New units of one level, each below (or standing in) one of `parents`, with their versions."""
    made = Unit.objects.bulk_create(Unit(sort=sort, founded_on=SINCE) for _ in parents)
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, name=f"Đơn vị {unit.pk}", folded=f"don vi {unit.pk}", level=level,
            parent_id=None if kind else parent, place_id=parent if kind else None, kind=kind,
            line=LINE[kind] if kind else "", valid_from=SINCE,
        )
        for unit, parent in zip(made, parents, strict=True)
    )  # fmt: skip
    return [unit.pk for unit in made]


def _reach(rows: list[tuple[int, int]], follows: str) -> None:
    Reach.objects.bulk_create(
        (Reach(top_id=top, unit_id=unit, follows=follows, valid_from=SINCE) for top, unit in rows),
        batch_size=5_000,
    )


def _register() -> tuple[int, list[int], list[int], list[int], int]:
    """The country with its closure: its id, provinces, communes, organisations and the top of one line."""
    [country] = _units(Sort.PLACE, [None], Level.COUNTRY)
    provinces = _units(Sort.PLACE, [country] * PROVINCES, Level.PROVINCE)
    homes = [province for province in provinces for _ in range(COMMUNES)]
    communes = _units(Sort.PLACE, list(homes), Level.COMMUNE)
    [front] = _units(Sort.ORGANISATION, [provinces[0]], Level.PROVINCE, Kind.FRONT_COMMITTEE)
    places = [
        (country, country),
        *((top, top) for top in provinces),
        *((top, top) for top in communes),
    ]
    places += [(country, unit) for unit in [*provinces, *communes, front]]
    places += [(provinces[0], front), (front, front)]
    places += list(zip(homes, communes, strict=True))
    lines, organisations = [(front, front)], []
    for kind in KINDS:
        made = _units(Sort.ORGANISATION, list(communes), Level.COMMUNE, kind)
        organisations += made
        for unit, commune, province in zip(made, communes, homes, strict=True):
            places += [(unit, unit), (commune, unit), (province, unit), (country, unit)]
            lines.append((unit, unit))
            if kind == Kind.FRONT_COMMITTEE and province == provinces[0]:
                lines.append((front, unit))
    _reach(places, Follows.PLACE)
    _reach(lines, Follows.LINE)
    return country, provinces, communes, organisations, front


@transaction.atomic
def prepare() -> None:
    """The register, the activities spread over it at random, and one person of each reach."""
    country, provinces, communes, organisations, front = _register()
    drawn = random.Random(2)
    days = (TODAY - SINCE).days
    at = datetime(2026, 12, 31, tzinfo=UTC)
    Activity.objects.bulk_create(
        (
            Activity(
                unit_id=drawn.choice(organisations), kind=drawn.choice(list(ActivityKind)),
                title="Đối thoại với Nhân dân", recorded_at=at,
                held_on=SINCE + timedelta(days=drawn.randint(0, days)),
            )
            for _ in range(ROWS)
        ),
        batch_size=2_000,
    )  # fmt: skip
    places = {"commune": communes[0], "province": provinces[0], "country": country}
    for name in PEOPLE:
        user = User.objects.create(username=name, full_name=name)
        where = name.removeprefix("bench-")
        if where in ("line", "both"):
            Grant.objects.create(
                user=user, unit_id=front, role="leader", follows=Follows.LINE, valid_from=SINCE
            )
        place = places.get(where, provinces[1] if where == "both" else None)
        if place:
            Grant.objects.create(user=user, unit_id=place, role="leader", valid_from=SINCE)


def _clients() -> dict[str, Client]:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    logging.disable(logging.INFO)
    clients = {}
    for name in PEOPLE:
        clients[name] = Client()
        clients[name].force_login(
            User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
    return clients


def _page(client: Client) -> Callable[[], Any]:
    def opened() -> None:
        response = client.get("/hoat-dong/")
        assert response.status_code == 200, response.status_code

    return opened


def _rows(name: str) -> Callable[[], Any]:
    user = User.objects.get(username=name)
    return lambda: page_of(Activity.objects.allowed(user, "activities.view"), {}, order=ORDER)


def _in_turn(works: dict[str, Callable[[], Any]]) -> dict[str, dict[str, float]]:
    """Each in turn, so that a busy machine troubles all alike: p50 and p95 in milliseconds."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(TURNS + 3):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            if turn >= 3:
                took[name].append((time.perf_counter() - began) * 1000)
    return {
        name: {
            "p50_ms": round(statistics.median(times), 2),
            "p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
        }
        for name, times in took.items()
    }


def run() -> dict[str, Any]:
    """Of the page and of its two queries alone: p50, p95 and each ordinary person's ratio to no filter."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not User.objects.filter(username=PEOPLE[0]).exists():
        prepare()
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    pages = _in_turn({name: _page(client) for name, client in _clients().items()})
    queries = _in_turn({name: _rows(name) for name in PEOPLE})
    ratios = {
        measure: {
            name: round(pages[name][measure] / pages[UNFILTERED][measure], 2)
            for name in PEOPLE
            if name != UNFILTERED
        }
        for measure in ("p50_ms", "p95_ms")
    }
    # The bound is for people who hold one place; the others show what two ways of reaching cost.
    worst = max(ratios["p95_ms"][name] for name in ("bench-commune", "bench-province"))
    return {
        "rows": Activity.objects.count(),
        "reach_rows": Reach.objects.count(),
        "page": pages,
        "queries_alone": queries,
        "times_unfiltered": ratios,
        "worst_p95": worst,
        "bound": BOUND,
        "holds": worst <= BOUND,
    }
