"""What others would do: plain SQL over the values, and pandas with all of them in memory or read when asked."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.db import connection

from bench import timed
from bench._bringing import Spent
from bench._country import Country
from danvan.foundation.periods import Period
from danvan.reporting.models import Form

TURNS = 15


def _asked(statement: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        return list(cursor.fetchall())


def completeness_in_sql(form: Form, month: Period) -> tuple[int, int, int]:
    """Who owed, who sent, and who was late, in one statement."""
    rows = _asked(
        "select count(*), count(first_sent_on), sum(case when first_sent_on > due_on then 1 else 0 end)"
        " from reporting_obligation where form_id = %s and first = %s and standing <> 'exempt'",
        [form.pk, str(month.first)],
    )
    return rows[0][0], rows[0][1], rows[0][2]


def scorecard_in_sql(
    indicators: Sequence[int], units: Sequence[int], month: Period
) -> dict[tuple[int, int], int]:
    """The sums of some indicators under some places, added up from the values."""
    marks = ", ".join(["%s"] * len(indicators)), ", ".join(["%s"] * len(units))
    rows = _asked(
        "select v.indicator_id, r.top_id, sum(v.amount) from indicators_value v"
        " join organisations_reach r on r.unit_id = v.unit_id and r.follows = 'place'"
        " and r.valid_from <= %s and (r.valid_to is null or r.valid_to > %s)"
        f" where v.current and v.first = %s and v.indicator_id in ({marks[0]}) and r.top_id in ({marks[1]})"
        " group by v.indicator_id, r.top_id",
        [str(month.last), str(month.last), str(month.first), *indicators, *units],
    )
    return {(indicator, unit): int(amount) for indicator, unit, amount in rows}


def pandas_beside(country: Country, told: dict[str, Any], scored: int) -> dict[str, Any]:
    """The scorecard and the completeness in pandas, in memory and read from the database; why not where it is missing."""
    try:
        pandas: Any = import_module("pandas")  # only measured against
    except ImportError as missing:
        return {"pandas": f"not measured: {missing}"}
    months = country.months[: country.size.months]
    read = Spent(lambda: pandas.concat([_frame(pandas, country, month) for month in months]))
    whole, last = read.answer, months[-1]
    wanted, day = country.indicators[:scored], str(last.first)

    def in_memory(frame: Any) -> Any:
        of_month = frame[(frame["first"] == day) & frame["indicator"].isin(wanted)]
        return of_month.groupby(["indicator", "province"], observed=True)["amount"].sum()

    sums = {key: int(amount) for key, amount in in_memory(whole).items()}
    assert sums == scorecard_in_sql(wanted, country.provinces, last)
    owed = pandas.DataFrame(
        _asked("select form_id, first, due_on, first_sent_on from reporting_obligation"),
        columns=["form", "first", "due_on", "sent_on"],
    ).astype({"first": str, "due_on": str})
    owed["late"] = owed["sent_on"].astype(str).where(owed["sent_on"].notna(), "") > owed["due_on"]

    def standing() -> Any:
        of_month = owed[(owed["form"] == country.forms[0].pk) & (owed["first"] == day)]
        return of_month.shape[0], int(of_month["sent_on"].count()), int(of_month["late"].sum())

    assert standing() == completeness_in_sql(country.forms[0], last)
    scorecard = timed(lambda: in_memory(whole), times=TURNS)
    reading = timed(lambda: in_memory(_frame(pandas, country, last)), times=TURNS)
    counted = timed(standing, times=TURNS)
    return {
        "pandas": {
            "version": pandas.__version__,
            "load_all_seconds": round(read.wall, 1),
            "frame_mb": round(whole.memory_usage(index=True).sum() / 1e6),
            "scorecard_in_memory": scorecard,
            "scorecard_read_from_the_database": reading,
            "completeness_in_memory": counted,
            "scorecard_ours_times_faster_in_memory": _times(scorecard, told["scorecard"]),
            "scorecard_ours_times_faster_read": _times(reading, told["scorecard"]),
            "completeness_ours_times_faster_in_memory": _times(counted, told["completeness"]),
        }
    }


def _times(theirs: dict[str, float], ours: dict[str, float]) -> float:
    return round(theirs["p50_ms"] / ours["p50_ms"], 1)


def _frame(pandas: Any, country: Country, month: Period) -> Any:
    """The values of a month with the province of each, as small as pandas keeps them."""
    rows = _asked(
        "select indicator_id, unit_id, cast(amount as double precision) from indicators_value"
        " where current and first = %s",
        [str(month.first)],
    )
    frame = pandas.DataFrame(rows, columns=["indicator", "unit", "amount"])
    frame = frame.astype({"indicator": "int32", "unit": "int32"})
    frame["province"] = frame["unit"].map(country.homes).astype("int32")
    frame["first"] = pandas.Categorical(
        [str(month.first)] * len(frame), categories=[str(one.first) for one in country.months]
    )
    return frame
