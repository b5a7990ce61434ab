"""The elevated session of a request: kept in the session of the browser, shown on every page, each request logged."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from danvan.accounts.models import ElevatedSession
from danvan.accounts.selectors import open_elevated_of
from danvan.accounts.services import close_elevated, log_elevated, open_elevated
from danvan.foundation import clock
from danvan.foundation.citizens import of_citizens

KEY = "elevated"


def elevated_of(request: HttpRequest) -> ElevatedSession | None:
    """The elevated session that is open in this very session of the browser. One query, none where there is none."""
    number = request.session.get(KEY) if hasattr(request, "session") else None
    if number is None or not request.user.is_authenticated:
        return None
    return open_elevated_of(request.user, clock.machine()).filter(pk=number).first()


def elevate(request: HttpRequest, *, reason: str, minutes: int) -> ElevatedSession:
    """Open an elevated session in this session of the browser."""
    opened = open_elevated(request.user, reason=reason, minutes=minutes)  # type: ignore[arg-type]
    request.session[KEY] = opened.pk
    return opened


def lower(request: HttpRequest) -> None:
    """Close the elevated session of this session of the browser, if there is one."""
    held = elevated_of(request)
    if held is not None:
        close_elevated(held, actor=held.user)
    request.session.pop(KEY, None)


class ElevatedLog:
    """Log each request that an elevated session was open at the beginning or at the end of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # who comes without a session, as every asker does, costs no look at one
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        before = elevated_of(request) if known else None
        response = self.get_response(request)
        held = before or (elevated_of(request) if known else None)
        met = request.resolver_match
        if held is not None and not of_citizens(request):
            # of a page that says so nothing is told but where it stands: who reads the log is no reader of it
            untold = met is not None and getattr(met.func, "untold", False)
            log_elevated(
                held,
                method=request.method or "",
                route="" if met is None else met.app_name if untold else met.view_name,
                arguments=met.kwargs if met and not untold else {},
                status=response.status_code,
            )
        return response


def shown(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `elevated`, the open elevated session with its whole minutes left, or nothing."""

    def open_one() -> dict[str, Any]:
        held = elevated_of(request)
        if held is None:
            return {}
        left = held.closes_at - clock.machine()
        return {"reason": held.reason, "until": held.closes_at, "minutes": -(-left.seconds // 60)}

    return {"elevated": SimpleLazyObject(open_one)}
