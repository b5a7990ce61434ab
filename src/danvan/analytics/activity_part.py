"""What a report tells of recorded activities: how much of each kind, in how many units, with how many people."""

from datetime import date

from danvan.activities.facts import KindTotal, totals_by_kind
from danvan.analytics.figures import Figure, Paragraph, Run
from danvan.analytics.links import link
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.organisations.selectors.following import whose_records
from danvan.organisations.selectors.readings import THEN, Reading


class ActivityPart:
    """The activities of the units of one place in a period, as counted from their records."""

    def __init__(
        self, place_id: int, place: str, period: Period, day: date, reading: Reading = THEN
    ) -> None:
        self._place_id, self._place, self._period, self._day = place_id, place, period, day
        self._reading = reading
        units = whose_records(place_id, reading, since=period.first, until=day)
        self.totals = totals_by_kind(units, period.until(day))

    def told(self) -> list[Paragraph]:
        """One paragraph a kind."""
        return [self._told(total) for total in self.totals]

    def _told(self, total: KindTotal) -> Paragraph:
        runs: list[Run] = [f"- {total.kind.label}: ", self._figure(total, "quantity")]
        runs += [" tại ", self._figure(total, "units")]
        if total.attendance_known:
            runs += [", ", self._figure(total, "attendance")]
        return Paragraph([*runs, "."])

    def _figure(self, total: KindTotal, what: str) -> Figure:
        unknown = total.records - total.attendance_known
        number, label, words, note = {
            "quantity": (
                total.quantity,
                counters.named(f"activities.{total.kind.value}").unit_label,
                "Tổng số lượng ghi trong hồ sơ hoạt động",
                "",
            ),
            "units": (
                total.units,
                "đơn vị",
                "Số đơn vị chủ trì có ít nhất một hồ sơ hoạt động",
                "",
            ),
            "attendance": (
                total.attendance,
                "lượt người dự",
                "Tổng lượt người dự ghi trong hồ sơ hoạt động",
                f"{unknown} hồ sơ chưa ghi số người dự, không tính vào tổng." if unknown else "",
            ),
        }[what]
        return Figure(
            key=f"activities:{total.kind.value}:{what}",
            numerator=number,
            denominator=None,
            unit_label=label,
            definition=f"{words}, loại “{total.kind.label}”, {self._period.label}",
            population=f"các đơn vị thuộc {self._place}, {self._reading.words}",
            day=self._day,
            records=total.records,
            href=link(
                "activities:list",
                loai=total.kind.value,
                ky=self._period.code,
                don_vi=self._place,
                don_vi_id=self._place_id,
                tinh_trang="duoc-dem",
            ),
            note=note,
        )
