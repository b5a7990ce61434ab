"""Where whoever got a letter says that news may go to that address, or no more: one press, for machines open what stands in letters."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.notifications.enums import Mailed
from danvan.notifications.selectors import mailed
from danvan.notifications.services import (
    confirm_address,
    letter_of_token,
    letter_to_stop,
    stop_letters,
)
from danvan.petitions.selectors.following import petition_of_code
from danvan.petitions.selectors.together import own_address
from danvan.portal.views.quiet import quiet

GONE = "Đường dẫn này đã cũ hoặc không đúng."
STOPS = "thoi_bao_tin"


@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; note the answer. Nothing is told of what was sent, nor of the address."""
    letter = letter_of_token(token)
    if letter is None:
        raise Http404(GONE)
    if request.method == "POST" and STOPS in request.POST:
        stop_letters(letter.petition, follower=letter.follower)
    elif request.method == "POST":
        confirm_address(letter)
    letter.refresh_from_db(fields=["confirmed_at", "stopped_at"])
    stopped, done = letter.stopped_at is not None, letter.confirmed_at is not None
    return render(request, "portal/mail.html", {"done": done, "stopped": stopped, "asks": True})


@csrf_exempt  # a mail program posts here for its reader; what it may do stands signed in the address
@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters to that address: asked where it is opened, done where it is posted."""
    letter = letter_to_stop(token)
    if letter is None:
        raise Http404(GONE)
    if request.method == "POST":
        stop_letters(letter.petition, follower=letter.follower)
    stopped = mailed(letter.petition, letter.follower) == Mailed.STOPPED
    return render(request, "portal/mail.html", {"stopped": stopped})


def mail_part(request: HttpRequest, code: str) -> dict[str, Any]:
    """What the page of a code shows of the mails of its holder, after stopping them where that was sent."""
    follower, petition = own_address(code), petition_of_code(code)
    if petition is None and follower is not None:
        petition = follower.public.petition
    if petition is None:
        return {"mailed": Mailed.NOT}
    if STOPS in request.POST:
        stop_letters(petition, follower=follower)
    return {"mailed": mailed(petition, follower)}
