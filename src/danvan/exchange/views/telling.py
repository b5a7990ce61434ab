"""How answers go out: their type, who may keep them and for how long, and refusals in the words of GeoReport."""

from django.http import HttpRequest, HttpResponse

from danvan.exchange.errors import Refusal
from danvan.exchange.open311.rendering import JSON, TYPES, XML, Told, rendered
from danvan.foundation.errors import RuleError, SealingError

KEPT = "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400"
REFUSED = 400  # by the specification: what is wrong with what was sent


def answered(request: HttpRequest, told: Told, form: str, *, kept: bool) -> HttpResponse:
    """The answer in the form that was asked for. What anyone may read, any proxy may keep for a minute, and any page show."""
    response = HttpResponse(rendered(told, form), content_type=TYPES[form])
    open_to_all = kept and request.method in ("GET", "HEAD") and "token" not in _names(request)
    response["Cache-Control"] = KEPT if open_to_all else "no-store"
    if request.method != "POST":
        response["Access-Control-Allow-Origin"] = "*"
    return response


def refused(request: HttpRequest, broken: RuleError, form: str) -> HttpResponse:
    """Why not, each sentence once."""
    status = broken.status if isinstance(broken, Refusal) else REFUSED
    status = 503 if isinstance(broken, SealingError) else status
    sentences = [one.message for one in broken.faults] or [broken.message]
    response = errors(status, list(dict.fromkeys(sentences)), form)
    if isinstance(broken, Refusal) and broken.wait:
        response["Retry-After"] = str(broken.wait)
    return response


def errors(status: int, sentences: list[str], form: str) -> HttpResponse:
    """Refusals as GeoReport has them: a list of code and description."""
    told = Told("errors", [{"code": status, "description": one} for one in sentences])
    response = HttpResponse(rendered(told, form), content_type=TYPES[form], status=status)
    response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def form_of(path: str) -> str:
    """The form that an address ends in; XML where it ends in none, which the specification asks of everyone."""
    return JSON if path.endswith(f".{JSON}") else XML


def _names(request: HttpRequest) -> set[str]:
    met = request.resolver_match
    return set(met.kwargs) if met else set()
