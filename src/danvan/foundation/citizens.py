"""Pages that belong to citizens: no log tells who reads them, an officer least of all."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def for_citizens(view: View) -> View:
    """Say of a view that nobody follows its readers."""
    view.of_citizens = True  # type: ignore[attr-defined] # kept on the function, as the access rule is
    return view


def of_citizens(request: HttpRequest) -> bool:
    """Whether the page that answers belongs to citizens."""
    met = request.resolver_match
    view: Any = met.func if met is not None else None
    return bool(getattr(view, "of_citizens", False))
