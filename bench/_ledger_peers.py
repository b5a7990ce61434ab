"""The lists of the ledger as one would write them by hand: one statement for the page, one for the number above it."""

from datetime import date
from typing import Any

from django.db import connection

from danvan.accounts.models import User

# What somebody sees at a place: led or given below it, or supported from there.
SEEN = """
with reached as (
    select unit_id from organisations_reach
    where top_id = %(top)s and follows = 'place' and valid_from <= %(on)s and (valid_to is null or valid_to > %(on)s)
)
"""
UNDONE = (
    "c.claimed_on is null and c.state in ('assigned', 'declined', 'in_progress', 'risk_accepted')"
)
MINE = f"""{SEEN}
{{what}} from commitments_commitment c
where {UNDONE} and c.lead_id in (select unit_id from reached)
"""
OVERDUE = f"""{SEEN}
{{what}} from commitments_commitment c
where {UNDONE} and c.ordered_by < %(on)s and (
    c.lead_id in (select unit_id from reached) or c.assigner_id in (select unit_id from reached)
    or c.id in (select s.commitment_id from commitments_commitmentsupport s where s.unit_id in (select unit_id from reached))
)
"""


def my_list(user: User, on: date) -> list[int]:
    """What the units at somebody's place lead and have not done, the late first."""
    return _page(MINE, {"top": user.grants.get().unit_id, "on": on})


def overdue_of(place: int, on: date) -> list[int]:
    """What is late below a place."""
    return _page(OVERDUE, {"top": place, "on": on})


def _page(statement: str, given: dict[str, Any]) -> list[int]:
    given = {**given, "on": str(given["on"])}
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(what="select c.*") + " order by c.ordered_by, c.id limit 26", given
        )
        rows = [row[0] for row in cursor.fetchall()][:25]
        cursor.execute(
            f"select count(*) from ({statement.format(what='select 1')} limit 1001) counted", given
        )
        cursor.fetchone()
    return rows
