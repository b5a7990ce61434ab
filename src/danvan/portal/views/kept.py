"""What the pages that everybody reads carry: a proxy may keep them a moment, and show them while we are down."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from danvan.foundation.scanning import picture_of, public_address

View = Callable[..., HttpResponse]
# Seconds: how long it is fresh, how long an older one may be shown while a new one is fetched, and while we are down. What is
# taken down is gone from proxies that listen after the first two at most.
FRESH, WHILE_FETCHED, WHILE_DOWN = 60, 240, 86_400
KEPT = (
    f"public, max-age={FRESH}, stale-while-revalidate={WHILE_FETCHED}, stale-if-error={WHILE_DOWN}"
)
PRINTED = "ban-in"  # in the address of a page: as it goes to paper, without what leads elsewhere
# Pictures and sounds: asked about anew each minute, sent anew never; what is taken down is gone as soon as its article.
FILE_KEPT = f"public, max-age={FRESH}, must-revalidate"


def kept(view: View) -> View:
    """Let proxies keep what the view answers: it is the same for everybody, sets no cookie and looks at none."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = KEPT if response.status_code == 200 else "no-store"
        return response

    return wrapper


def shown(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A public page, made without the session, the reader or anything else that differs between readers."""
    printing = PRINTED in request.GET
    made = render_to_string(template, context | {"here": request.path, "printing": printing})
    return HttpResponse(made, status=status)


def shared(request: HttpRequest) -> dict[str, Any]:
    """The address of this page to be passed on, and its picture to be scanned."""
    whole = public_address(request.path, root=request.build_absolute_uri("/"))
    return {"address": whole, "scan": picture_of(whole)}
