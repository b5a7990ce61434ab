"""What every answer of the public pages carries: nobody keeps it, nobody lists it. And where a reader comes from."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse

from danvan.foundation.caching import keep_nowhere
from danvan.foundation.citizens import for_citizens

View = Callable[..., HttpResponse]
NEIGHBOURS = 64  # bits of an IPv6 address that one household or office has in common


def quiet(view: View) -> View:
    """Let no browser, proxy or search engine keep the page."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = keep_nowhere(view(request, *args, **kwargs))
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return for_citizens(wrapper)


def people_of(typed: str) -> int:
    """A number of people as it was typed: none where nothing was, and less than none where it is no number."""
    if not typed:
        return 0
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def address_of(request: HttpRequest) -> str:
    """The reader's network as tries are counted by it: an IPv6 address by the part that its house shares."""
    try:
        found = ipaddress.ip_address(get_client_ip(request) or "")
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network(f"{found}/{NEIGHBOURS}", strict=False))
