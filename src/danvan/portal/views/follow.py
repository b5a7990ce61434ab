"""The page behind a code: what was asked, promised and done, and the asker's own word. No account, no name, no script."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import public
from danvan.commitments import selectors, services
from danvan.commitments.enums import Tried
from danvan.commitments.selectors.following import Shown
from danvan.commitments.selectors.publicly import promises
from danvan.dialogues.enums import Grade
from danvan.dialogues.selectors import registration_behind, takes_questions, talk_behind
from danvan.dialogues.selectors.publicly import told_coming
from danvan.dialogues.services import change_registration, rate_by_slip, withdraw_registration
from danvan.foundation.downloads import stored_file
from danvan.foundation.errors import RuleError
from danvan.petitions.selectors.reception import visit_behind
from danvan.petitions.selectors.together import followers, is_together, matter_together
from danvan.petitions.selectors.vault import letters_told
from danvan.portal.selectors import Kept, promises_of
from danvan.portal.views.mail import mail_part
from danvan.portal.views.petition import petition_part
from danvan.portal.views.quiet import address_of, people_of, quiet

SALT = "portal.file"
A_DAY = 24 * 60 * 60  # a page that stands open longer is opened again by its code
GONE = "Tệp này không còn công khai."

REFUSED: dict[str, str] = {
    Tried.MISTYPED: (
        "Mã này có chữ gõ nhầm hoặc thiếu. Mã gồm 14 chữ và số, chia bốn nhóm (phiếu cũ: 10, ba nhóm). Bà con vui lòng xem lại "
        "từng chữ trên phiếu rồi gõ lại."
    ),
    Tried.WRONG: (
        "Mã này không có hoặc không còn dùng được. Bà con vui lòng xem lại mã ghi trên phiếu; nếu vẫn "
        "không được, vui lòng hỏi nơi đã đưa phiếu."
    ),
    Tried.EXPIRED: (
        "Mã này đã hết hạn theo dõi. Bà con vui lòng hỏi nơi đã đưa phiếu để biết kết quả hoặc xin mã mới."
    ),
    Tried.TOO_MANY: (
        "Mã này không đúng, và đã có quá nhiều mã sai trong giờ này. Bà con vui lòng xem lại mã ghi trên phiếu, "
        "hoặc gặp nơi đã đưa phiếu; mã đúng vẫn mở được."
    ),
}
THANKS = {
    "xong": "Cảm ơn bà con đã trả lời. Đã ghi: đã xong, đúng như đã hứa.",
    "chua": "Cảm ơn bà con đã trả lời. Việc được mở lại để đơn vị làm tiếp.",
}


@dataclass(slots=True)
class Reply:
    """What came of an answer: of which commitment, thanks or why not, and the words that were typed."""

    pk: str = ""
    thanks: str = ""
    fault: str = ""
    words: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@public
@quiet
def follow(request: HttpRequest) -> HttpResponse:
    """Type the code, or open the slip's picture; read; answer."""
    typed = (request.POST if request.method == "POST" else request.GET).get("ma", "").strip()
    if not typed:
        fault = "Bà con vui lòng gõ mã ghi trên phiếu." if request.method == "POST" else ""
        return render(request, "portal/enter.html", {"fault": fault}, status=422 if fault else 200)
    letters = letters_told(typed)  # no table of codes knows of them
    if letters and (not all(one.shared for one in letters) or selectors.behind_code(typed) is None):
        return render(request, "portal/letter.html", {"letters": letters})
    tried = services.try_code(typed, address=address_of(request))
    if tried != Tried.RIGHT:
        return _refused(request, tried, typed)
    reply = _reply(request, typed) if "viec" in request.POST else Reply()
    graded = _graded(request, typed) if "muc_danh_gia" in request.POST else Reply()
    seated = _seated(request, typed) if "dang_ky" in request.POST else Reply()
    petition = petition_part(request, typed)
    behind = selectors.behind_code(typed)
    if behind is None:  # withdrawn at this very moment
        return _refused(request, Tried.WRONG, typed)
    files = [one for each in behind.followed for one in each.shown if one.file]
    told = graded if graded.thanks else reply
    context: dict[str, Any] = {"behind": behind, "code": typed[:40], "reply": told}
    context["tokens"] = {one: signing.dumps(one.file, salt=SALT) for one in files}
    context |= _talk(typed) | {"grades": Grade.choices, "graded": graded}
    context |= _seat(typed) | {"seated": seated, "visit": visit_behind(typed), "letters": letters}
    context |= petition | _together(typed) | mail_part(request, typed)
    refused = reply.fault or graded.fault or seated.fault or petition["petition_refused"]
    status = 422 if refused else 200
    return render(request, "portal/follow.html", context, status=status)


@require_GET
@public
@quiet
def file(request: HttpRequest, token: str) -> HttpResponse:
    """A file that an officer chose to show; its own name may tell of a person and is not used."""
    try:
        note = selectors.shown_file(signing.loads(token, salt=SALT, max_age=A_DAY))
    except signing.BadSignature:
        raise Http404(GONE) from None
    if note is None or note.evidence is None:
        raise Http404(GONE)
    ending = PurePath(note.evidence.file_name).suffix.lower()
    name = f"minh-chung-{note.pk}{ending if ending.isascii() else ''}"
    return stored_file(note.evidence.file, name, gone=GONE)


def file_tokens(lines: Iterable[Kept]) -> dict[Shown, str]:
    """How a page leads to each file that an officer chose to show of these promises."""
    shown = [one for line in lines for one in line.promise.shown]
    return {one: signing.dumps(one.file, salt=SALT) for one in shown if one.file}


def _together(typed: str) -> dict[str, Any]:
    """What the page shows of another's matter that is followed together."""
    if not is_together(typed):
        return {"together": False}
    matter = matter_together(typed)
    if matter is None:
        return {"together": True, "matter": None}
    kept = promises(promises_of(of=matter.number))
    return {
        "together": True,
        "matter": matter,
        "promises": kept,
        "followers": followers(matter.serial),
    }


def _refused(request: HttpRequest, tried: Tried, typed: str) -> HttpResponse:
    """Why the code opens nothing; one with a slip of the finger stands there again to be mended."""
    status = 429 if tried == Tried.TOO_MANY else 422
    again = typed[:40] if tried == Tried.MISTYPED else ""
    context = {"fault": REFUSED[tried], "typed": again}
    return render(request, "portal/enter.html", context, status=status)


def _reply(request: HttpRequest, code: str) -> Reply:
    """Keep the answer; what was wrong with it is told beside the buttons, with the words still there."""
    answer, pk = request.POST["viec"], request.POST.get("muc", "")
    words = request.POST.get("loi", "")
    found = selectors.followed_commitment(code, pk)
    try:
        if found is None or answer not in THANKS:
            raise RuleError("Bà con vui lòng chọn lại câu trả lời.")
        if answer == "xong":
            services.confirm_done(code, found)
        else:
            services.say_not_yet(code, found, words)
    except RuleError as broken:
        return Reply(pk if found else "", fault=broken.message, words=words[:1200])
    return Reply(pk, thanks=THANKS[answer])


def _graded(request: HttpRequest, code: str) -> Reply:
    """Keep the grade of the dialogue; what was wrong with it is told beside the buttons."""
    try:
        rate_by_slip(code, grade=request.POST["muc_danh_gia"])
    except RuleError as broken:
        return Reply(fault=broken.message)
    return Reply(thanks="Cảm ơn bà con đã đánh giá.")


def _talk(code: str) -> dict[str, Any]:
    """The dialogue behind the code, in the words that everybody may read of it."""
    found = talk_behind(code)
    return {"talk": found, "told": told_coming([found.dialogue])[0] if found else None}


def _seat(code: str) -> dict[str, Any]:
    """The registration behind the code, and whether it may still be changed."""
    found = registration_behind(code)
    return {"seat": found, "seats_open": found is not None and takes_questions(found.dialogue)}


def _seated(request: HttpRequest, code: str) -> Reply:
    """Change the registration or take it back; what was wrong is told beside the buttons."""
    typed = request.POST.get("so_nguoi", "").strip()
    try:
        if request.POST["dang_ky"] == "thoi":
            withdraw_registration(code)
            return Reply(thanks="Đã ghi: bà con thôi dự. Chỗ này dành cho người khác.")
        change_registration(code, people=people_of(typed))
    except RuleError as broken:
        return Reply(fault=broken.message, words=typed[:9])
    return Reply(thanks="Đã đổi số người đăng ký dự.")
