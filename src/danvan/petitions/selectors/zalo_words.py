"""What whoever works on a petition copies to its sender: how it stands, in words that tell nobody else what it is about."""

from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import MORE
from danvan.petitions.models import Petition
from danvan.petitions.selectors.following import PLAIN, PROMISES, promised_day
from danvan.vietnamese.dates import format_date


def words_for_sender(petition: Petition, *, address: str) -> str:
    """A message of a few lines: number, unit, standing, day; no name, no title, no answer. `address` opens the page of codes."""
    unit = last_names([petition.unit_id], clock.today()).get(petition.unit_id, "")
    lines = [
        f"{unit} kính gửi bà con.",
        f"Đơn số {petition.number}, nhận ngày {format_date(petition.received_on)}: {PLAIN[petition.state].lower()}.",
    ]
    label, day = promised_day(petition)
    if day is not None and label == PROMISES[MORE]:
        lines.append(
            f"Đơn vị cần thêm thời gian, hẹn bà con chậm nhất ngày {format_date(day)}; mở mã sẽ đọc được lý do."
        )
    elif day is not None:
        lines.append(f"{label}: chậm nhất ngày {format_date(day)}.")
    lines.append(
        f"Mời bà con mở {address} rồi gõ mã trên phiếu để xem và nói đồng ý hay chưa. Mất mã thì báo lại, đơn vị cấp mã mới."
    )
    return "\n".join(lines)
