"""A person's calendar behind a private address, for calendar programs: nobody signs in, the secret is the key."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from danvan.accounts.access import public
from danvan.commitments.enums import Tried
from danvan.commitments.selectors.feeds import feed_file
from danvan.commitments.services.feeds import open_feed
from danvan.portal.views.quiet import address_of, quiet

TOO_MANY = (
    "Địa chỉ này không đúng hoặc đã thu hồi, và đã có quá nhiều địa chỉ sai trong giờ này. "
    "Đồng chí vui lòng lấy lại địa chỉ ở trang Lịch công tác."
)


@require_safe
@public
@quiet
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What the owner of the address may see at this moment."""
    tried, user = open_feed(secret, address=address_of(request))
    if tried == Tried.TOO_MANY:
        return HttpResponse(TOO_MANY, status=429, content_type="text/plain; charset=utf-8")
    if user is None:
        raise Http404("Địa chỉ lịch này không có hoặc đã thu hồi.")
    made = feed_file(user, root=request.build_absolute_uri("/"))
    return HttpResponse(made, content_type="text/calendar; charset=utf-8")
