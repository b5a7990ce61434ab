"""Where whoever got a letter says that news may go to that address: one press, for machines open what stands in letters."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import public
from danvan.notifications.services import confirm_address, letter_of_token
from danvan.portal.views.quiet import quiet

GONE = "Đường dẫn này đã cũ hoặc không đúng."


@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask; note the answer. Nothing is told of what was sent, nor of the address."""
    letter = letter_of_token(token)
    if letter is None:
        raise Http404(GONE)
    if request.method == "POST":
        confirm_address(letter)
    done = request.method == "POST" or letter.confirmed_at is not None
    return render(request, "portal/mail.html", {"done": done})
