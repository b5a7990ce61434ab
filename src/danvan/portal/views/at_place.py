"""One place on one page, to be kept and passed on. No account, no cookie."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from danvan.accounts.access import public
from danvan.portal.at_place import place_told
from danvan.portal.selectors import place_name
from danvan.portal.views.kept import kept, shared, shown
from danvan.portal.views.made import made_seldom

GONE = "Nơi này không có, hoặc không thuộc cổng này. Bà con vui lòng tìm theo tên xã, phường."


@require_safe
@public
@kept
@made_seldom
def at_place(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, asked, hung out there, and when heads receive; of a place that ended, who took it over."""
    told = place_told(pk)
    if told is None:
        raise Http404(GONE)
    context = {"told": told, "place": place_name(), **shared(request)}
    return shown(request, "portal/at_place.html", context)
