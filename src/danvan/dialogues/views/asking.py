"""Questions sent before a dialogue, the notice with its address to scan, and the sheet of slips."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments.selectors import own_units
from danvan.dialogues import papers, selectors, services
from danvan.dialogues.forms import QuestionsForm, SlipsForm
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import allowed_dialogues
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD
from danvan.foundation.refusals import carried_out
from danvan.foundation.scanning import picture_of, public_address

KINDS = (
    ("", "new", "Chờ xếp"),
    ("da-xep", "list", "Đã vào danh sách"),
    ("khong", "aside", "Không đưa vào"),
)
SHEET, A_DAY = "dialogues.slips", 24 * 60 * 60
STALE = "Tờ phiếu này không còn dùng để tải được: trang đã mở quá lâu hoặc của cuộc đối thoại khác. Đồng chí vui lòng lập tờ phiếu mới."
MOST_NAMES = 300  # of who registered, on the page
DONE = {
    "group": "Đã xếp vào danh sách.",
    "aside": "Đã ghi không đưa vào; người gửi đọc được lý do.",
}


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def questions(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was sent before: chosen, grouped, left out; and the list in its order."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    form = QuestionsForm(request.POST or None, dialogue=dialogue)
    if carried_out(form, lambda: _sorted(dialogue, form, request)):
        messages.success(request, DONE[form.cleaned_data["act"]])
        return redirect("dialogues:questions", pk)
    asked = request.GET.get("loai", "")
    key, which, label = next((one for one in KINDS if one[0] == asked), KINDS[0])
    numbers = selectors.question_numbers(dialogue)
    context = {
        "dialogue": dialogue,
        "form": form,
        "which": which,
        "label": label,
        "key": key,
        "kinds": [(at, name, numbers.get(kind, 0)) for at, kind, name in KINDS],
        "page": page_of(selectors.questions_of(dialogue, which), request.GET, order=("pk",)),
        "groups": selectors.groups_of(dialogue),
        "handles": dialogue.unit_id in own_units(request.user),
        "registered": selectors.registered(dialogue),
        "named": selectors.named_registrations(dialogue)[:MOST_NAMES],
        "chosen": set(request.POST.getlist("questions")),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "dialogues/questions.html", "rows", context, status=status)


@require_POST
@requires("dialogues.hold")
def question_act(request: SignedInRequest, pk: int, opinion: int) -> HttpResponse:
    """Up, down, put in the hall or not: one button of the list."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(dialogue.opinions, pk=opinion)
    asked, by = request.POST.get("viec", ""), request.user
    try:
        if asked in ("len", "xuong"):
            services.place_opinion(row, up=asked == "len", actor=by)
        elif asked in ("da-neu", "chua-neu"):
            services.mark_raised(row, raised=asked == "da-neu", actor=by)
    except RuleError as broken:
        messages.error(request, broken.message)
    return redirect(f"{reverse('dialogues:questions', args=[pk])}#danh-sach")


@require_GET
@requires("dialogues.hold")
def door(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notice to post, with the address to scan for sending a question."""
    found = allowed_dialogues(request.user, "dialogues.hold").filter(asks_until__isnull=False)
    dialogue: Dialogue = get_object_or_404(found, pk=pk)
    where = public_address(
        reverse("portal:ask", args=[dialogue.number]), root=request.build_absolute_uri("/")
    )
    context = {
        "dialogue": dialogue,
        "host": selectors.host_of(dialogue),
        "where": where.split("://", 1)[1],
        "picture": picture_of(where),
    }
    return render(request, "dialogues/door.html", context)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
@never_cache
def slips(request: SignedInRequest, pk: int) -> HttpResponse:
    """In phiếu: the answer is the sheet, the only page that ever holds the codes."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    form = SlipsForm(request.POST or None, initial={"number": 20})
    made = carried_out(
        form,
        lambda: services.issue_slips(
            dialogue, number=form.cleaned_data["number"], actor=request.user
        ),
    )
    context: dict[str, object] = {"dialogue": dialogue, "form": form}
    if made is None:
        status = 422 if form.is_bound else 200
        return render(request, "dialogues/issue_slips.html", context, status=status)
    where = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context["slips"] = [(one, picture_of(f"{where}?ma={one.code}")) for one in made]
    context["where"] = where.split("://", 1)[1]
    sheet = {"dialogue": pk, "slips": [(one.number, one.code) for one in made]}
    context["sheet"] = signing.dumps(sheet, salt=SHEET, compress=True)
    return render(request, "dialogues/slips.html", context)


@require_POST
@requires("dialogues.hold")
@never_cache
def slips_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet as a Word file: its codes come from the page itself, signed, for nobody keeps them."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    try:
        sheet = signing.loads(request.POST.get("to_phieu", ""), salt=SHEET, max_age=A_DAY)
    except signing.BadSignature:
        sheet = {}
    if sheet.get("dialogue") != pk:
        messages.error(request, STALE)
        return redirect("dialogues:slips", pk)
    where = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    made = papers.slips_docx(dialogue, sheet["slips"], where=where)
    return made_file(made, f"phieu-theo-doi-{dialogue.number}.docx", WORD)


def _sorted(dialogue: Dialogue, form: QuestionsForm, request: SignedInRequest) -> bool:
    said, by = form.cleaned_data, request.user
    if said["act"] == "aside":
        services.set_aside(dialogue, said["questions"], why=said["why"], actor=by)
    else:
        services.group_questions(
            dialogue,
            said["questions"],
            opinion_id=said["opinion"],
            content=said["content"],
            actor=by,
        )
    return True
