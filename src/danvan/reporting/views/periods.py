"""A month of a form for who asks for it: who sent, who is late, who waits; and opening months."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may, reaches
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names
from danvan.reporting import exports, selectors, services
from danvan.reporting.applying import kinds_told
from danvan.reporting.forms import OpenMonthForm, PeriodFilter
from danvan.reporting.models import Form
from danvan.reporting.selectors.designing import allowed_drafts
from danvan.reporting.services.opening import due_day
from danvan.reporting.views.finding import form_and_month_or_404, form_on_its_way_or_404

# Who sent first is decided on first; who never sent stands last.
ORDER = ("first_sent_on", "unit", "pk")
PAGE = 50
MINE = "luot-toi"  # the filter of what waits for the reader


@require_GET
@requires("submissions.view")
def period(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """Who owes a month of a form, and how each stands."""
    form, asked = form_on_its_way_or_404(request, pk, month, "submissions.view")
    return period_page(request, form, asked)


@require_GET
@requires("submissions.view")
def period_sheet(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """All units and all items of a month as Excel."""
    form, asked = form_and_month_or_404(request, pk, month, "submissions.view")
    return made_file(exports.period_sheet(form, asked), f"bao-cao-thang-{asked.code}.xlsx")


@require_http_methods(["GET", "POST"])
@requires("forms.manage")
def manage(request: SignedInRequest) -> HttpResponse:
    """The forms and the months opened; a post opens one."""
    user, today = request.user, clock.today()
    form = OpenMonthForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        try:
            owed = services.open_period(form.form, form.period, actor=user)
        except RuleError as broken:
            form.add_error("thang", broken.message)
        else:
            label = form.period.label
            messages.success(request, f"Đã mở {label}: {len(owed)} đơn vị phải gửi báo cáo.")
            return redirect("reporting:period", form.form.pk, form.period.code)
    forms = list(selectors.allowed_forms(user, "forms.manage").order_by("code", "-number"))
    names = last_names({one.unit_id for one in forms}, today)
    context = {
        "form": form,
        "forms": [(one, names.get(one.unit_id, ""), kinds_told(one.kinds)) for one in forms],
        "months": selectors.months_asked(user, on=today),
        "drafts": allowed_drafts(user),
    }
    status = 422 if form.errors else 200
    return render_page(request, "reporting/manage.html", "rows", context, status=status)


def period_page(
    request: SignedInRequest, form: Form, asked: Period, *, refused: RuleError | None = None
) -> HttpResponse:
    """The page of a month; `refused` is an act on it that was refused."""
    chosen = PeriodFilter(request.GET, of=form)
    words, standing = "", ""
    if chosen.is_valid():
        words, standing = chosen.cleaned_data["q"], chosen.cleaned_data["tinh_trang"]
    user = request.user
    within = selectors.passing_units(user, form, asked)
    key = "" if standing == MINE else standing
    found = selectors.obligations_of(form, asked, standing=key, words=words, within=within)
    if standing == MINE:
        found = found.in_turn_of(user)
    page = page_of(found, request.GET, order=ORDER, size=PAGE)
    names = last_names({one.unit_id for one in page}, asked.last)
    earlier, later = selectors.months_beside(form, asked)
    context = {
        "form": form,
        "period": asked,
        "filter": chosen,
        "standing": selectors.standing_of_period(form, asked, within),
        "asks": within is None,
        "steps": selectors.waiting_by_step(form, asked, within)
        if form.by_way or form.head_approves
        else [],
        "mine": set(
            selectors.waiting_for(user)
            .filter(pk__in=[one.pk for one in page])
            .values_list("pk", flat=True)
        ),
        "past_due": due_day(form, asked) < clock.today(),
        "asked": standing,
        "page": page,
        "lines": [(one, names.get(one.unit_id, "")) for one in page],
        "earlier": earlier,
        "later": later,
        "may_approve": may(user, "submissions.approve")
        and (within is not None or reaches(user, "submissions.approve", form.asking_id)),
        "may_lock": may(user, "submissions.lock")
        and reaches(user, "submissions.lock", form.asking_id),
        "refused": refused,
    }
    status = 422 if refused or chosen.errors else 200
    return render_page(request, "reporting/period.html", "rows", context, status=status)
