"""What changed in a figure since a day: the page and its Excel."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.board.scope import choosable_periods, number_in, period_asked, scope_of
from danvan.desk.numbers.changes import FROM, Changed, moment_asked, read_changes
from danvan.desk.numbers.sheet import ACTION
from danvan.desk.numbers.workbook import changes_as_workbook
from danvan.desk.readings import DOC, reading_asked, switch_of
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page


def _changed(request: SignedInRequest) -> Changed:
    """What the address asks for; 404 where it is out of reach or none."""
    asked = request.GET
    unit_id = number_in(asked.get("don_vi"))
    if unit_id is None:
        scope = scope_of(request.user, action=ACTION)
        unit_id = scope.place_id if scope else 0
    found = read_changes(
        request.user,
        asked.get("chi_so", "")[:30],
        unit_id,
        period_asked(asked.get("ky"))[0],
        moment=moment_asked(asked.get(FROM))[0],
        reading=reading_asked(asked.get(DOC))[0],
    )
    if found is None:
        raise Http404
    return found


def _refused(asked: QueryDict) -> list[str]:
    """What of the address cannot be read, each in a sentence."""
    told = (moment_asked(asked.get(FROM))[1], period_asked(asked.get("ky"))[1], switch_of(asked).refused)  # fmt: skip
    return [words for words in told if words]


@require_GET
@requires("board.view")
def number_changes(request: SignedInRequest) -> HttpResponse:
    """A figure as it was known at the end of a day beside what it is now, and who changed it since."""
    asked = request.GET
    if not asked.get("chi_so"):
        return redirect("desk:number")  # where a figure is chosen
    found, switch, refused = _changed(request), switch_of(asked), _refused(asked)
    moment, _ = moment_asked(asked.get(FROM))
    context = {
        "found": found,
        "switch": switch,
        "refused": refused,
        "day": timezone.localdate(moment),
        "periods": choosable_periods(clock.today(), found.period),
    }
    status = 422 if refused else 200
    return render_page(request, "desk/numbers/changes.html", "changes", context, status=status)


@require_GET
@requires("board.view")
def changes_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as Excel, with every value that changed; where the page refuses what is asked, the page."""
    if not request.GET.get("chi_so") or _refused(request.GET):
        return number_changes(request)
    found = _changed(request)
    name = f"thay-doi-{found.version.indicator.code}-{found.unit_id}-{found.period.code}.xlsx"
    return made_file(changes_as_workbook(found), name)
