"""Addresses of pages with what they are asked for."""

from urllib.parse import urlencode

from django.urls import reverse


def way(name: str, *args: int | str, at: str = "", **asked: str | int) -> str:
    """The address of the page called `name`, with its query and the place on it. Empty values are left out."""
    query = urlencode({key: value for key, value in asked.items() if value not in ("", None)})
    return f"{reverse(name, args=args)}{f'?{query}' if query else ''}{at}"
