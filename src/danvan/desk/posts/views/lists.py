"""What is missing under a place: vacant posts, villages nobody is in charge of, posts that are not in one hand."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.posts.reading import read_uncharged, read_vacancies, same_of
from danvan.desk.posts.sheets import concurrent_sheet, vacancies_sheet
from danvan.desk.posts.views import asking
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors.officers.concurrent import concurrent_heads


@require_GET
@requires("register.view")
def vacancies(request: SignedInRequest, pk: int) -> HttpResponse:
    """Posts at or under a place with fewer holders than seats."""
    form, day, status = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    found = read_vacancies(head.home_id, day, request.GET)
    context = {"form": form, "day": day, "head": head, "found": found, "tab": "vacancies"}
    return render_page(request, "desk/posts/vacancies.html", "rows", context, status=status)


@require_GET
@requires("register.view")
def vacancies_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as Excel."""
    _, day, _ = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    return made_file(vacancies_sheet(head.home_id, head.name, day), f"chuc-danh-khuyet-{pk}.xlsx")


@require_GET
@requires("register.view")
def uncharged(request: SignedInRequest, pk: int) -> HttpResponse:
    """Villages at or under a place that nobody is in charge of."""
    form, day, status = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    found = read_uncharged(head.home_id, day, request.GET)
    context = {"form": form, "day": day, "head": head, "found": found, "tab": "uncharged"}
    return render_page(request, "desk/posts/uncharged.html", "rows", context, status=status)


@require_GET
@requires("register.view")
def concurrent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where who leads mass mobilisation is also the Front's chair, and where not."""
    form, day, status = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    rows = concurrent_heads(head.home_id, day)
    context = {
        "form": form, "day": day, "head": head, "rows": rows, "same": same_of(rows), "tab": "concurrent",
    }  # fmt: skip
    return render_page(request, "desk/posts/concurrent.html", "rows", context, status=status)


@require_GET
@requires("register.view")
def concurrent_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as Excel."""
    _, day, _ = asking.day_asked(request)
    head = asking.head_asked(request, pk, day)
    rows = concurrent_heads(head.home_id, day)
    return made_file(concurrent_sheet(rows, head.name, day), f"kiem-nhiem-{pk}.xlsx")
