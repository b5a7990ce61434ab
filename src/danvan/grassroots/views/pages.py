"""What is read of grassroots democracy: the list, the year of each commune, comments by topic, one matter, its papers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.downloads import made_file, stored_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD, to_docx
from danvan.grassroots import exports, selectors
from danvan.grassroots.enums import Pillar
from danvan.grassroots.forms import CommentFilter, MatterFilter, YearForm
from danvan.grassroots.papers import minutes, notice
from danvan.grassroots.selectors import allowed_matters
from danvan.grassroots.views.page import render_card
from danvan.organisations.selectors import bare_place_of

NEWEST = ("-began_on", "-pk")
MOST_COMMUNES = 300  # shown on the page; the sheet has them all


@require_GET
@requires("dialogues.view")
def matter_list(request: SignedInRequest) -> HttpResponse:
    """The matters within reach, the newest first, with filters that stay in the address."""
    form, today = MatterFilter(request.GET), clock.today()
    asked = form.asked()
    context: dict[str, object] = {"form": form, "page": None}
    if asked is not None:
        order = ("search_tier", *NEWEST) if asked.words else NEWEST
        page = page_of(selectors.listed(request.user, asked, on=today), request.GET, order=order)
        context |= {"page": page, "lines": selectors.lines_of(page.rows, on=today)}
    context["may_keep"] = may(request.user, "dialogues.hold")
    context["to_publish"] = selectors.matters_to_publish(request.user).count()
    status = 422 if form.errors else 200
    return render_page(request, "grassroots/list.html", "rows", context, status=status)


@require_GET
@requires("dialogues.view")
def list_sheet(request: SignedInRequest) -> HttpResponse:
    """The same list as Excel, with the same filters."""
    asked, today = MatterFilter(request.GET).asked(), clock.today()
    if asked is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    found = selectors.listed(request.user, asked, on=today).order_by(*NEWEST)
    return made_file(exports.as_sheet(found, on=today), f"dan-chu-co-so-{today:%Y%m%d}.xlsx")


@require_GET
@requires("dialogues.view")
def communes(request: SignedInRequest) -> HttpResponse:
    """The year of each commune within reach."""
    form = YearForm(request.GET or None)
    year = form.year()
    found = selectors.overview(request.user, year, on=clock.today())
    context = {
        "form": form,
        "year": year,
        "found": found,
        "lines": found.lines[:MOST_COMMUNES],
        "number": len(found.lines),
    }
    return render_page(request, "grassroots/communes.html", "rows", context)


@require_GET
@requires("dialogues.view")
def communes_sheet(request: SignedInRequest) -> HttpResponse:
    """The same table as Excel, whole."""
    year, today = YearForm(request.GET or None).year(), clock.today()
    found = selectors.overview(request.user, year, on=today)
    return made_file(
        exports.communes_sheet(found, year, on=today), f"dan-chu-co-so-theo-xa-{year.code}.xlsx"
    )


@require_GET
@requires("dialogues.view")
def comments(request: SignedInRequest) -> HttpResponse:
    """What people said, by topic: the largest number first."""
    form, today = CommentFilter(request.GET), clock.today()
    context: dict[str, object] = {"form": form, "page": None}
    if form.is_valid():
        topic = form.cleaned_data["linh_vuc"]
        found = selectors.commented(request.user, topic_id=topic, on=today)
        page = page_of(found, request.GET, order=("-number", "-pk"))
        context |= {"page": page, "lines": selectors.comment_lines(page.rows, on=today)}
    status = 422 if form.errors else 200
    return render_page(request, "grassroots/comments.html", "rows", context, status=status)


@require_GET
@requires("dialogues.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """One matter: its way, what the law asks, where it hangs, what was decided or said, its files."""
    return render_card(request, pk)


@require_GET
@requires("dialogues.view")
def file(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """One photograph or minutes."""
    matter = get_object_or_404(allowed_matters(request.user, "dialogues.view"), pk=pk)
    one = get_object_or_404(matter.files.select_related("file"), pk=file)
    return stored_file(one.file, one.file_name, gone="Không tìm thấy tệp này trên máy chủ.")


@require_GET
@requires("dialogues.view")
def paper(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The notice or the minutes as a Word file; 404 while there is nothing that minutes could say."""
    seen = allowed_matters(request.user, "dialogues.view").select_related("kind")
    matter = get_object_or_404(seen, pk=pk)
    found = selectors.card_of(request.user, matter)
    place = bare_place_of(matter.unit_id, clock.today())
    if kind == "thong-bao":
        made = notice(found, place=place)
    elif found.rounds or (matter.kind.pillar == Pillar.COMMENT and matter.counted_on):
        made = minutes(found, place=place)
    else:
        raise Http404
    return made_file(to_docx(made), f"{kind}-{matter.number}.docx", WORD)
