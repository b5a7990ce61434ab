"""Answers that no browser and nothing on the way may keep: a name, a code or a sealed word may stand in them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

KEPT_NOWHERE = "no-store, private"


def keep_nowhere(response: HttpResponse) -> HttpResponse:
    """The answer with the one heading that says so."""
    response["Cache-Control"] = KEPT_NOWHERE
    return response


def kept_nowhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody keep what this view answers, whatever it answers."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> HttpResponse:
        return keep_nowhere(view(*args, **kwargs))

    return wrapper
