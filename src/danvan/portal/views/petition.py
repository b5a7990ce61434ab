"""The petition behind a code: how it stands, what was answered, and what whoever sent it says of that."""

from typing import Any

from django.http import HttpRequest

from danvan.foundation.errors import RuleError
from danvan.petitions.enums import Satisfaction
from danvan.petitions.selectors import petition_behind, publication_of
from danvan.petitions.services import dispute_by_code, keep_private_by_code, rate_by_code

LONGEST = 1_200  # letters of a refused reason that stand there again
PRIVATE = "Đã ghi: bà con không muốn công khai nữa. Lời của bà con không {} Cổng Nhân dân; việc vẫn được giải quyết."
CHOICES = [(one.value, str(one.label)) for one in Satisfaction if one.value]


def petition_part(request: HttpRequest, code: str) -> dict[str, Any]:
    """What the page shows of a petition, after keeping what was sent with it; `refused` where that was refused."""
    said: dict[str, str] = {}
    try:
        if "hai_long" in request.POST:
            rate_by_code(code, satisfaction=request.POST["hai_long"])
            said["thanks"] = "Cảm ơn bà con đã đánh giá."
        elif "thoi_cong_khai" in request.POST:
            keep_private_by_code(code)
            said["private"] = PRIVATE
        elif "khong_dong_y" in request.POST:
            said["words"] = request.POST.get("vi_sao", "")[:LONGEST]
            dispute_by_code(code, why=request.POST.get("vi_sao", ""))
            said = {"thanks": "Đã ghi: bà con chưa đồng ý. Đơn được mở lại để xem xét một lần nữa."}
    except RuleError as broken:
        said["fault"] = broken.message
    asked = petition_behind(code)
    public = publication_of(asked.petition) if asked else None
    if "private" in said:
        said["private"] = PRIVATE.format("còn trên" if public and public.shown_on else "lên")
    wished = asked is not None and asked.petition.wants_public
    return {
        "asked": asked,
        "public": public,
        "may_take_back": wished and public is not None and not public.hidden,
        "said": said,
        "satisfactions": CHOICES,
        "petition_refused": "fault" in said,
    }
