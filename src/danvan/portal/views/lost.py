"""The page for an address that is not there: citizens never meet the one of the officers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from danvan.foundation import views
from danvan.portal.views.quiet import quiet


@requires_csrf_token
def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404: under the public addresses the public page, whoever reads it; elsewhere that of the officers."""
    if request.path.startswith(reverse("portal:follow")):
        return _lost(request)
    return views.not_found(request, exception)


@quiet
def _lost(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/lost.html", status=404)
