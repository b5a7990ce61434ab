"""Reporting at the size of the country: pages, figures and imports, ours beside pandas and plain SQL in the same run.

Built anew each time, in a database that is thrown away. On SQLite one province with 130 communes and 260 indicators in
60 months (2 million values); ON=postgresql: a server of its own with 34 provinces, 3,321 communes and 100 indicators in
60 months (20 million). SMALL=1 builds little and takes a minute. Seconds are on the clock; `cpu_seconds` are of this process,
which tells more where others use the machine too. What must hold is in `holds`, said and not enforced.
"""

import itertools
import os
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import _bringing, _peers, timed
from bench._bringing import Spent
from bench._country import SIZES, Country, build
from danvan.accounts.models import User
from danvan.indicators.models import Value
from danvan.indicators.selectors import check_cube, roll_up
from danvan.reporting.models import Obligation
from danvan.reporting.selectors import questions_of, standing_of_period
from danvan.reporting.services import submit_report

PAGES, TURNS, SENDERS = 60, 60, 8
SCORED = 20  # indicators of the scorecard
BOUNDS_MS = {"entry_page": 300, "completeness": 200, "scorecard": 50}
SEEN_WITHIN_S, VALUES_PER_SECOND = 5.0, 10_000


def run() -> dict[str, Any]:
    """Every measure, with the peers' and whether it is within what was asked."""
    _set_up()
    small = bool(os.environ.get("SMALL"))
    built = Spent(lambda: build(SIZES[connection.vendor, small]))
    country: Country = built.answer
    checked = Spent(check_cube)
    assert not checked.answer, checked.answer[:3]
    size = country.size
    told: dict[str, Any] = {
        "values": Value.objects.count(),
        "communes": size.communes,
        "months": size.months,
        "indicators": size.indicators,
        "built_seconds": round(built.wall, 1),
        "check_cube_seconds": round(checked.wall, 1),
        "entry_page": _entry_page(country),
        "completeness": _completeness(country),
        "scorecard": _scorecard(country),
        "visible_at_the_province_after_s": _visible(country),
    }
    told |= _peers.pandas_beside(country, told, SCORED)
    dhis2, drafted, sent, _ = country.months[size.months :]
    told["import_dhis2"] = _bringing.dhis2(country, dhis2)
    told["import_workbooks_into_drafts"] = _bringing.workbooks(
        country, drafted, sends=False, most=min(size.workbooks, 130)
    )
    told["import_workbooks_sent"] = _bringing.workbooks(
        country, sent, sends=True, most=size.workbooks
    )
    assert not check_cube()
    return {**told, "holds": _holds(told)}


def _set_up() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def _holds(told: dict[str, Any]) -> dict[str, bool]:
    seen = told["visible_at_the_province_after_s"]["longest"] <= SEEN_WITHIN_S
    return {
        **{name: told[name]["p95_ms"] <= most for name, most in BOUNDS_MS.items()},
        "visible": seen,
        "import_dhis2": told["import_dhis2"]["end_to_end_values_per_second"] >= VALUES_PER_SECOND,
        "import_workbooks_into_drafts": told["import_workbooks_into_drafts"]["read"]["values_per_second"]
        >= VALUES_PER_SECOND,
        "import_workbooks_sent": told["import_workbooks_sent"]["end_to_end_values_per_second"]
        >= VALUES_PER_SECOND,
    }  # fmt: skip


def _entry_page(country: Country) -> dict[str, Any]:
    """The page with the boxes of the first form of this month, as an officer of the commune gets it."""
    client = Client()
    officer = User.objects.get(pk=country.officer.pk)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    owed = Obligation.objects.filter(
        unit_id=country.communes[0], first__gte=country.months[-1].first
    )
    paths = itertools.cycle(
        [reverse("reporting:entry", args=[pk]) for pk in owed.values_list("pk", flat=True)]
    )
    answer = client.get(next(paths))
    assert answer.status_code == 200, answer.status_code
    boxes = answer.content.count(b'name="a-')
    return {
        "kb": round(len(answer.content) / 1000, 1),
        "boxes": boxes,
        **timed(lambda: client.get(next(paths)), times=PAGES),
    }


def _completeness(country: Country) -> dict[str, Any]:
    """How the last month of a form stands in the whole country, ours and in plain SQL."""
    form, month = country.forms[0], country.months[country.size.months - 1]
    ours = standing_of_period(form, month)
    plain = _peers.completeness_in_sql(form, month)
    assert (ours.owed, ours.sent, ours.late) == plain, (ours, plain)
    told = timed(lambda: standing_of_period(form, month), times=TURNS)
    return {
        "owed": ours.owed,
        "sent": ours.sent,
        "late": ours.late,
        "missing": len(ours.missing),
        **told,
        "plain_sql": timed(lambda: _peers.completeness_in_sql(form, month), times=TURNS),
    }


def _scorecard(country: Country) -> dict[str, Any]:
    """Twenty indicators of all provinces in a month from the cube, and the same added up in plain SQL."""
    month = country.months[country.size.months - 1]
    wanted, units = country.indicators[:SCORED], country.provinces
    ours = {key: int(one.amount or 0) for key, one in roll_up(wanted, units, month).items()}
    assert ours == _peers.scorecard_in_sql(wanted, units, month)
    told = timed(lambda: roll_up(wanted, units, month), times=TURNS)
    plain = timed(lambda: _peers.scorecard_in_sql(wanted, units, month), times=TURNS)
    communes = country.communes[:130]
    return {
        "indicators": len(wanted),
        "provinces": len(units),
        **told,
        "plain_sql": plain,
        "times_faster_than_plain_sql": round(plain["p50_ms"] / told["p50_ms"], 1),
        "the_same_for_130_communes": timed(lambda: roll_up(wanted, communes, month), times=10),
    }


def _visible(country: Country) -> dict[str, Any]:
    """From the moment a report is sent to the province's figure that holds it, a worker running beside."""
    form, month = country.forms[0], country.months[-1]
    codes = questions_of(form.pk, on=month.last).by_code
    indicator = next(iter(codes.values())).indicator_id
    assert indicator is not None
    worker = subprocess.Popen(
        [sys.executable, "-c", "from config.command import main; main()", "work"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    took, senders = [], country.communes[-SENDERS:]
    try:
        assert worker.stdout is not None
        worker.stdout.readline()  # it says that it runs
        for unit in senders:
            home = country.homes[unit]
            before = roll_up([indicator], [home], month)[indicator, home].units
            owed = Obligation.objects.get(form=form, unit_id=unit, first=month.first)
            began = time.perf_counter()
            submit_report(owed, answers=dict.fromkeys(codes, "7"), actor=country.head)
            while roll_up([indicator], [home], month)[indicator, home].units == before:
                assert time.perf_counter() - began < 60, "no worker brought it up"
                time.sleep(0.02)
            took.append(time.perf_counter() - began)
    finally:
        worker.terminate()
        worker.wait()
    return {
        "reports": len(took),
        "median": round(sorted(took)[len(took) // 2], 2),
        "longest": round(max(took), 2),
    }
