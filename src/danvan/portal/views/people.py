"""The pages that everybody reads: the first page, one article, one opinion, what can be listened to, the search. No account, no cookie."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from danvan.accounts.access import public
from danvan.commitments.selectors.publicly import AGREED, promises
from danvan.dialogues.selectors import publicly as dialogues
from danvan.foundation import clock, files
from danvan.foundation.lists import page_of
from danvan.foundation.models import StoredFile
from danvan.news import selectors as news
from danvan.news.enums import Read, Speech
from danvan.news.services import note_read, write_reads_now_and_then
from danvan.organisations.selectors import find_units
from danvan.petitions import selectors as petitions
from danvan.petitions.selectors.public_figures import Sought, public_register, whole_figures
from danvan.petitions.selectors.together import followers
from danvan.portal.places import ours
from danvan.portal.selectors import (
    cards_of,
    place_name,
    promise_told,
    promises_found,
    promises_of,
    told_promises,
)
from danvan.portal.views.follow import file_tokens
from danvan.portal.views.kept import FILE_KEPT, kept, shared, shown
from danvan.portal.views.made import made_seldom

GONE = "Nội dung này không có hoặc không còn công khai."
LONGEST = 100  # letters that are searched for
FEW = 5


@require_safe
@public
@kept
@made_seldom
def front(request: HttpRequest) -> HttpResponse:
    """The six verbs, the figures of the public register, what was answered lately and what is read most."""
    newest = petitions.published_petitions().filter(answer_on__isnull=False)
    context = {
        "cards": cards_of(),
        "figures": whole_figures(),
        "agreed": promises_of(AGREED).count(),
        "answered": petitions.public_matters(newest.order_by("-answer_on", "-pk")[:FEW]),
        "most": news.most_read_articles(most=FEW),
        "languages": news.languages_heard(),
        "place": place_name(),
    }
    return shown(request, "portal/front.html", context)


@require_safe
@public
@kept
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article: what the people gain first, then its words, pictures, source, and who wrote it."""
    told = news.article_told(pk)
    if told is None:
        raise Http404(GONE)
    _read(request, Read.ARTICLE, pk)
    return shown(
        request, "portal/article.html", {"told": told, "place": place_name(), **shared(request)}
    )


@require_safe
@public
@kept
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """One proposal or feedback of the public register, its answer, and what was promised from it."""
    found = petitions.public_matter(number[:20].upper())
    if found is None:
        raise Http404(GONE)
    _read(request, Read.MATTER, found.serial)
    context = {
        "matter": found,
        "promises": promises(promises_of(of=found.number)),
        "followers": followers(found.serial),
        "place": place_name(),
    }
    return shown(request, "portal/matter.html", context | shared(request))


@require_safe
@public
@kept
@made_seldom
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: what was asked, who keeps it by when, what was done, and what whoever asked says."""
    told = promise_told(pk)
    if told is None:
        raise Http404(GONE)
    context = {
        "told": told,
        "one": told.kept.promise,
        "tokens": file_tokens([told.kept]),
        "place": place_name(),
    }
    return shown(request, "portal/promise.html", context | shared(request))


@require_safe
@public
@kept
@made_seldom
def talk(request: HttpRequest, number: str) -> HttpResponse:
    """One dialogue that is over: what was asked and answered, what the head concluded and where that stands."""
    held = dialogues.talk_held(number[:20].upper())
    if held is None:
        raise Http404(GONE)
    ids = [pk for pk, _ in held.conclusions]
    lines = told_promises(promises_of().filter(source_kind=dialogues.SOURCE, source_id__in=ids))
    given = [
        (words, [one.promise for one in lines if one.promise.source_id == pk])
        for pk, words in held.conclusions
    ]
    context = {"held": held, "told": held.told, "given": given, "place": place_name()}
    return shown(request, "portal/talk_held.html", context | shared(request))


@require_safe
@public
@kept
@made_seldom
def hear(request: HttpRequest) -> HttpResponse:
    """What can be listened to, in one language or any."""
    asked = request.GET.get("tieng", "")
    language = asked if asked in Speech.values else ""
    page = page_of(
        news.heard_articles(language).prefetch_related("sounds"),
        request.GET,
        order=("-shown_on", "-pk"),
        size=20,
    )
    context = {
        "page": page,
        "lines": [(one, list(one.sounds.all())) for one in page.rows],
        "languages": news.languages_heard(),
        "language": language,
        "place": place_name(),
    }
    return shown(request, "portal/hear.html", context)


@require_safe
@public
@kept
@made_seldom
def find(request: HttpRequest) -> HttpResponse:
    """Over what is public alone: units by their old names too, articles, opinions."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    place, today = place_name(), clock.today()
    context: dict[str, object] = {"words": words, "place": place}
    if words:
        articles = news.found_articles(words)[: FEW * 2]
        matters = public_register(Sought(words=words))[: FEW * 2]
        context |= {
            "units": find_units(words, on=today, within=ours(), limit=FEW) if place else [],
            "articles": news.teasers(articles),
            "matters": petitions.public_matters(matters),
            "promises": promises_found(words, most=FEW * 2),
            "talks": dialogues.told_coming(dialogues.dialogues_found(words, most=FEW)),
        }
    return shown(request, "portal/find.html", context)


@require_safe
@public
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of a published article."""
    found = news.shown_picture(pk)
    return _file(request, found.file if found else None)


@require_safe
@public
def sound(request: HttpRequest, pk: int) -> HttpResponse:
    """A published article read aloud."""
    found = news.shown_sound(pk)
    return _file(request, found.file if found else None)


def _file(request: HttpRequest, file: StoredFile | None) -> HttpResponse:
    """Its bytes; for whoever has them already only that they still stand. Gone once its article is taken down."""
    if file is None:
        raise Http404(GONE)
    tag = quote_etag(file.sha256)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        try:
            response = HttpResponse(files.read(file), content_type=file.media_type)
        except files.FileLostError:
            raise Http404(GONE) from None
    response["ETag"], response["Cache-Control"] = tag, FILE_KEPT
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _read(request: HttpRequest, kind: Read, subject_id: int) -> None:
    """Count a reading, not what fetches ahead of a reader; who reads is not looked at."""
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        note_read(kind, subject_id)
        write_reads_now_and_then()
