"""What a page sent, if it sent anything."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """The boxes of a form that was sent, empty ones too; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None
