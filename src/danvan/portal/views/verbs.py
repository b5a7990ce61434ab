"""The pages of the six verbs: what the people know, discuss, do, check, watch over and benefit from. No account, no cookie."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from danvan.accounts.access import public
from danvan.commitments.selectors import publicly as ledger
from danvan.dialogues.selectors.publicly import dialogues_held, dialogues_to_come, told_coming
from danvan.foundation import clock
from danvan.foundation.lists import page_of
from danvan.grassroots.enums import Pillar
from danvan.grassroots.selectors.publicly import asked_now, public_matters, told_matters
from danvan.news import selectors as news
from danvan.news.enums import Kind
from danvan.organisations.selectors import last_names
from danvan.petitions import selectors as petitions
from danvan.petitions.selectors import public_figures
from danvan.petitions.selectors.reception import days_open_to_all
from danvan.portal.at_place import units_at
from danvan.portal.selectors import place_name, promises_of, told_promises
from danvan.portal.views.follow import file_tokens
from danvan.portal.views.kept import kept, shown
from danvan.portal.views.made import made_seldom

SIZE = 20
LATEST = ("-shown_on", "-pk")
# A unit in the address: where the matter is or who answers; or who answers alone.
PLACE, ANSWERING = "noi", "don-vi"
STANDINGS = (
    ("", "Tất cả"),
    (ledger.LATE, "Chậm hạn"),
    (ledger.DOING, "Đang làm"),
    (ledger.DONE, "Đã báo xong"),
    (ledger.AGREED, "Bà con xác nhận"),
    (ledger.DISPUTED, "Có người báo chưa xong"),
)
ANSWERS = (
    ("", "Tất cả"),
    (public_figures.ANSWERED, "Đã trả lời"),
    (public_figures.MEASURED, "Trả lời có hạn"),
    (public_figures.IN_TIME, "Trả lời đúng hạn"),
    (public_figures.LATE, "Chậm hạn"),
    (public_figures.OPEN, "Chưa trả lời"),
    (public_figures.ENDED, "Kết thúc cách khác"),
)


@require_safe
@public
@kept
@made_seldom
def know(request: HttpRequest) -> HttpResponse:
    """Documents in plain words and news, what must be public and where it hangs, when heads receive citizens."""
    found = news.published_articles(Kind.PLAIN, Kind.NEWS)
    page = page_of(found, request.GET, order=LATEST, size=10)
    days = days_open_to_all(on=clock.today())
    context = {
        "page": page,
        "articles": news.teasers(page.rows),
        "hanging": told_matters(public_matters(Pillar.KNOW)[:SIZE]),
        "days": days[:SIZE],
        "more_days": len(days[SIZE:]),
    }
    return _shown(request, "portal/know.html", context)


@require_safe
@public
@kept
@made_seldom
def discuss(request: HttpRequest) -> HttpResponse:
    """Dialogues to come, with where to send a question; what the people decide or comment on now, and what came of it before."""
    over = public_matters(Pillar.DECIDE, Pillar.COMMENT).filter(outcome_on__isnull=False)
    context = {
        "coming": told_coming(dialogues_to_come()[:SIZE]),
        "asked": told_matters(asked_now()[:SIZE]),
        "over": told_matters(over[:SIZE]),
        "held": told_coming(dialogues_held()[:SIZE]),
    }
    return _shown(request, "portal/discuss.html", context)


@require_safe
@public
@kept
@made_seldom
def do(request: HttpRequest) -> HttpResponse:
    """What the people do together, where somebody wrote of it."""
    return _articles(
        request, Kind.DEED, "Dân làm", "Việc chung đang làm, mô hình hay để nơi khác làm theo."
    )


@require_safe
@public
@kept
@made_seldom
def benefit(request: HttpRequest) -> HttpResponse:
    """Results, as they were before and are after; what whoever asked confirmed."""
    words = "Kết quả trước và sau, tới từng xã. Việc hứa với bà con chỉ gọi là xong khi có người xác nhận."
    return _articles(
        request, Kind.RESULT, "Dân thụ hưởng", words, agreed=promises_of(ledger.AGREED).count()
    )


@require_safe
@public
@kept
@made_seldom
def check(request: HttpRequest) -> HttpResponse:
    """What was promised in public, by when, and where it stands; each with what an officer chose to show."""
    which = _chosen(request, STANDINGS)
    unit_id = _number(request.GET.get(PLACE, ""))
    whole, name, on = promises_of(), "", clock.today()
    if unit_id is not None:
        units, name = _units_meant(unit_id)
        whole = whole.filter(lead_id__in=units)
    asked = ledger.standing_at(whole, which, on=on)
    page = page_of(asked, request.GET, order=("ordered_by", "pk"), size=SIZE)
    lines = told_promises(page.rows)
    counts = [
        (value, label, ledger.standing_at(whole, value, on=on).count())
        for value, label in STANDINGS
    ]
    context = {
        "page": page,
        "lines": lines,
        "which": which,
        "counts": counts,
        "unit_id": unit_id,
        "unit": name,
        "tokens": file_tokens(lines),
    }
    return _shown(request, "portal/check.html", context)


@require_safe
@public
@kept
@made_seldom
def watch(request: HttpRequest) -> HttpResponse:
    """The public register of proposals and feedback, with what is asked in the address."""
    which, words = _chosen(request, ANSWERS), request.GET.get("q", "").strip()[:100]
    answering_id = _number(request.GET.get(ANSWERING, ""))
    at = PLACE if answering_id is None else ANSWERING
    unit_id = _number(request.GET.get(at, ""))
    units, name = None, "" if unit_id is None else _last_name(unit_id)
    if unit_id is not None and at == PLACE:
        units, name = _units_meant(unit_id)
    sought = public_figures.Sought(
        words=words,
        unit_ids=units,
        answering_id=answering_id,
        which=which,
    )
    found = public_figures.public_register(sought)
    order = ("search_tier", *LATEST) if words else LATEST
    page = page_of(found, request.GET, order=order, size=SIZE)
    context = {
        "page": page,
        "lines": petitions.public_matters(page.rows),
        "which": which,
        "words": words,
        "at": at,
        "unit_id": unit_id,
        "unit": name,
        "choices": ANSWERS,
        "figures": public_figures.whole_figures(),
    }
    return _shown(request, "portal/watch.html", context)


@require_safe
@public
@kept
@made_seldom
def units(request: HttpRequest) -> HttpResponse:
    """How each unit answers: every figure opens the public list of as many."""
    lines = public_figures.answering_units()
    return _shown(
        request, "portal/units.html", {"lines": lines, "whole": public_figures.whole_figures()}
    )


def _articles(
    request: HttpRequest, kind: Kind, heading: str, words: str, **more: Any
) -> HttpResponse:
    page = page_of(news.published_articles(kind), request.GET, order=LATEST, size=SIZE)
    context = {
        "page": page,
        "articles": news.teasers(page.rows),
        "heading": heading,
        "words": words,
    }
    return _shown(request, "portal/articles.html", context | more)


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return shown(request, template, context | {"place": place_name()})


def _chosen(request: HttpRequest, choices: tuple[tuple[str, str], ...]) -> str:
    asked = request.GET.get("xem", "")
    return asked if asked in dict(choices) else ""


def _units_meant(unit_id: int) -> tuple[list[int], str]:
    """A place with the organisations there, by its name; a unit that ended stands for itself, with what it did until then."""
    units, name = units_at(unit_id)
    return (units, name) if units else ([unit_id], _last_name(unit_id))


def _last_name(unit_id: int) -> str:
    return last_names([unit_id], clock.today()).get(unit_id, "")


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None
