"""The page by which somebody with the same matter follows a public one. No account, no name; the answer holds the only copy of the code."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.foundation.errors import RuleError
from danvan.foundation.scanning import picture_of, public_address
from danvan.notifications.selectors import mail_goes_out
from danvan.petitions.selectors import public_matter
from danvan.petitions.selectors.together import followers
from danvan.petitions.services.together import follow_together
from danvan.portal.selectors import place_name
from danvan.portal.views.gate import held_back, taken, ticket_of
from danvan.portal.views.quiet import quiet

ROOM = 200  # letters of an address that are shown again


@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def together(request: HttpRequest, number: str) -> HttpResponse:
    """Say that the matter is one's own too; the code is shown this once."""
    matter = public_matter(number[:20].upper())
    if matter is None:
        raise Http404("Nội dung này không có hoặc không còn công khai.")
    typed = request.POST.get("thu", "")[:ROOM]
    context: dict[str, Any] = {
        "matter": matter,
        "followers": followers(matter.serial),
        "typed": typed,
    }
    context |= {"place": place_name(), "mails": mail_goes_out()}
    ticket = ticket_of(request, matter.number)
    held = held_back(request, matter.number) if request.method == "POST" else None
    if request.method != "POST" or held:
        context |= {"ticket": ticket, "fault": held.fault if held else ""}
        return render(request, "portal/together.html", context, status=held.status if held else 200)
    try:
        email = typed if mail_goes_out() else ""
        slip = follow_together(matter.number, seed=ticket.seed, email=email)
    except RuleError as broken:  # no address, or taken down at this very moment
        context |= {"ticket": ticket, "mail_fault" if broken.faults else "fault": broken.message}
        return render(request, "portal/together.html", context, status=422)
    taken(request)
    address = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context |= {
        "mail": bool(email.strip()),
        "slip": slip,
        "picture": picture_of(f"{address}?ma={slip.code}"),
    }
    return render(request, "portal/together_sent.html", context)
