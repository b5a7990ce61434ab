"""The page by which people send a question before a dialogue, or register to come. No account; a name only where somebody wishes it."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.dialogues import selectors, services
from danvan.dialogues.selectors.publicly import told_coming
from danvan.foundation.errors import RuleError
from danvan.portal.views.quiet import address_of, people_of, quiet

SEED = 64  # letters of the form's chance that are looked at
ROOM = 5_000  # letters that are shown again where a question was too long


@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Send a question; the answer is the slip, the only page that ever holds its code."""
    dialogue = selectors.public_dialogue(number)
    if dialogue is None:
        raise Http404("Không có cuộc đối thoại này.")
    context: dict[str, object] = {
        "dialogue": dialogue,
        "told": told_coming([dialogue])[0],
        "takes": selectors.takes_questions(dialogue),
        "registered": selectors.registered(dialogue),
        "seed": request.POST.get("phieu", "")[:SEED] or secrets.token_urlsafe(24),
    }
    if request.method != "POST":
        return render(request, "portal/ask.html", context)
    content, name = request.POST.get("hoi", ""), request.POST.get("ten", "")
    people = request.POST.get("so_nguoi", "").strip()
    try:
        slip = services.send_question(
            dialogue,
            content=content,
            name=name,
            people=people_of(people),
            seed=str(context["seed"]),
            address=address_of(request),
        )
    except RuleError as broken:
        faults = {one.column: one.message for one in broken.faults}
        context |= {
            "content": content[:ROOM],
            "name": name[:ROOM],
            "people": people[:9],
            "faults": faults,
        }
        context["fault"] = "" if faults else broken.message
        return render(request, "portal/ask.html", context, status=422)
    context |= {
        "slip": slip,
        "asked": content.strip(),
        "seat": selectors.registration_behind(slip.code),
    }
    return render(request, "portal/asked.html", context)
