"""Addresses of the pages where a figure opens. A page that this installation does not have gives none."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from danvan.foundation.periods import Period
from danvan.organisations.selectors.readings import Reading


def link(name: str, *args: int | str, at: str = "", **query: str | int) -> str:
    """The address of the page called `name`, with its query and the place on it; empty where there is none."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    asked = f"?{urlencode(query)}" if query else ""
    return f"{path}{asked}{at}"


def said(reading: Reading) -> dict[str, str]:
    """What an address says of a reading: nothing of that as it was then, else its day, which stays what it is."""
    return {"doc": reading.on.isoformat()} if reading.on else {}


def records_link(unit_id: int, period: Period, key: str, reading: Reading) -> str:
    """The page of the records behind one figure of a place's report."""
    return link("desk:summary-records", don_vi=unit_id, ky=period.code, so=key, **said(reading))
