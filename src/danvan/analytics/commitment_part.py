"""What a report tells of commitments: due, said to be done, found to be done, overdue and by whom."""

from collections import Counter
from datetime import date

from danvan.analytics.figures import Figure, Paragraph, Run, Table
from danvan.analytics.links import records_link
from danvan.commitments.facts import DueRow, DueTotals, due_rows, totals
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.following import whose_records
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_number

NAMED = 8  # leads named in the narrative; all of them stand in the annex
WORDS = {
    "due": "Việc có hạn trong kỳ, đơn vị thuộc địa bàn chủ trì; việc đã rút không tính",
    "claimed": "Việc đến hạn trong kỳ mà đơn vị chủ trì đã báo xong",
    "verified": "Việc đến hạn trong kỳ đã được nơi giao kiểm tra là xong",
    "verified_in_time": "Việc đã kiểm tra là xong mà đơn vị chủ trì báo xong không muộn hơn hạn",
    "asked": "Việc có hạn trong kỳ mà có người hỏi theo dõi",
    "agreed": "Việc có người hỏi theo dõi mà người hỏi đồng ý là xong",
    "disputed": "Việc có người hỏi theo dõi mà người hỏi nói chưa xong",
    "overdue": "Việc quá hạn mà đơn vị chủ trì chưa báo xong",
    "leads": "Đơn vị chủ trì có ít nhất một việc quá hạn chưa báo xong",
}


def fits(row: DueRow, what: str, day: date) -> bool:
    """Whether a commitment that was due is one of those that a figure counts."""
    claimed, verified = row.claimed_on, row.verified_on
    overdue = claimed is None and row.due_on < day
    return {
        "due": True,
        "claimed": claimed is not None,
        "verified": verified is not None,
        "verified_in_time": verified is not None and claimed is not None and claimed <= row.due_on,
        "asked": row.asked_on is not None,
        "agreed": row.agreed_on is not None,
        "disputed": row.disputed_on is not None,
        "overdue": overdue,
        "leads": overdue,
    }[what]


class CommitmentPart:
    """The commitments led by the units of one place that were due in a period, as they stood on a day."""

    def __init__(
        self, place_id: int, place: str, period: Period, day: date, reading: Reading = THEN
    ) -> None:
        self._place_id, self._place, self._period, self._day = place_id, place, period, day
        self._reading = reading
        self._within = whose_records(place_id, reading, since=period.first, until=day)
        self.totals: DueTotals = totals(self._within, period, day)
        self._overdue = self._overdue_leads() if self.totals.overdue else {}

    def _overdue_leads(self) -> dict[int, int]:
        """The leads with something overdue, in Vietnamese order, with how much."""
        late = (row.lead_id for row in self.rows() if fits(row, "overdue", self._day))
        found = Counter(late)
        self._names = last_names(found, self._day)
        return dict(sorted(found.items(), key=lambda one: sort_key(self._names.get(one[0], ""))))

    def rows(self) -> list[DueRow]:
        """Every commitment that was due, one by one."""
        return due_rows(self._within, self._period, self._day)

    def told(self) -> list[Paragraph]:
        """One paragraph: the figures of the two sides of the work share one denominator, those who asked have their own."""
        if not self.totals.due:
            return []
        runs: list[Run] = [
            "Trong ",
            self._figure("due"),
            " có hạn trong kỳ, đơn vị chủ trì báo xong ",
        ]
        runs += [
            self._figure("claimed"),
            "; nơi giao đã kiểm tra là xong ",
            self._figure("verified"),
        ]
        runs += [", trong đó đúng hạn ", self._figure("verified_in_time"), "."]
        if self.totals.asked:
            runs += [" Trong ", self._figure("asked"), " có người hỏi theo dõi, người hỏi đồng ý "]
            runs += [self._figure("agreed"), ", nói chưa xong ", self._figure("disputed"), "."]
        return [Paragraph(runs)]

    def shortfalls(self) -> list[Paragraph]:
        """What is overdue, and by whom."""
        if not self.totals.overdue:
            return []
        runs: list[Run] = ["- Quá hạn chưa báo xong ", self._figure("overdue"), " của "]
        listed = [self._names.get(lead, "") for lead in self._overdue]
        who = f": {'; '.join(listed)}" if len(listed) <= NAMED else " (danh sách ở phụ lục)"
        return [Paragraph([*runs, self._figure("leads"), f"{who}."])]

    def _figure(self, what: str) -> Figure:
        done = self.totals
        number = len(self._overdue) if what == "leads" else int(getattr(done, what))
        whole = {
            "claimed": done.due,
            "verified": done.due,
            "verified_in_time": done.verified,
            "asked": done.due,
            "agreed": done.asked,
            "disputed": done.asked,
        }
        return Figure(
            key=f"commitments:{what}",
            numerator=number,
            denominator=whole.get(what),
            unit_label="đơn vị" if what == "leads" else "việc",
            definition=f"{WORDS[what]}, {self._period.label}",
            population=f"việc do các đơn vị thuộc {self._place} chủ trì, {self._reading.words}",
            day=self._day,
            records=done.overdue if what == "leads" else number,
            href=records_link(self._place_id, self._period, f"commitments:{what}", self._reading),
            approval="Báo xong là lời của đơn vị chủ trì, kiểm tra là của nơi giao, đồng ý là của người hỏi",
        )

    def annexes(self) -> list[Table]:
        """Who has something overdue, and how much."""
        annex = Table("Phụ lục: đơn vị có việc quá hạn", ["Đơn vị", "Số việc quá hạn"])
        for lead, number in self._overdue.items():
            annex.rows.append([self._names.get(lead, ""), format_number(number)])
        return [annex] if annex.rows else []
