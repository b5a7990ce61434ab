"""Addresses of the pages where a figure opens. A page that this installation does not have gives none."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from danvan.foundation.periods import Period


def link(name: str, *args: int | str, at: str = "", **query: str | int) -> str:
    """The address of the page called `name`, with its query and the place on it; empty where there is none."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    asked = f"?{urlencode(query)}" if query else ""
    return f"{path}{asked}{at}"


def records_link(unit_id: int, period: Period, key: str) -> str:
    """The page of the records behind one figure of a place's report."""
    return link("desk:summary-records", don_vi=unit_id, ky=period.code, so=key)
