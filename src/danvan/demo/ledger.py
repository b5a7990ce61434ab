"""The conclusion's tasks as the units carried them out: done, claimed, checked, late, extended, explained."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from danvan.commitments.enums import UNDONE, FollowUpKind
from danvan.commitments.selectors import commitments_from
from danvan.commitments.services import (
    Assignment,
    Found,
    Rule,
    answer_explanation,
    answer_follow_up,
    ask_explanations,
    ask_extension,
    begin_series,
    claim_done,
    file_commitments,
    follow_up,
    return_commitment,
    rule_explanation,
    rule_extension,
    start_commitment,
    verify_commitment,
)
from danvan.demo.deeds import FINDINGS, LACKS, REASONS, REFUSAL, RESULTS, Act, Deed, Doer
from danvan.demo.minutes import make_minutes
from danvan.demo.town import said_at
from danvan.demo.travelling import Dated
from danvan.foundation import clock
from danvan.organisations.selectors import names_on
from danvan.topics.selectors import growth, topic_said_in
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment, Explanation, Extension, FollowUp
    from danvan.organisations.models import Unit

GRANTED_BY = "Công văn số 318-CV/TU"
ASKED_ON, ANSWERED_BY = date(2026, 12, 14), date(2026, 12, 21)
ANSWER = (
    "Đơn vị thiếu cán bộ chuyên trách sau sắp xếp nên chậm. Đã phân công lại, cam kết hoàn thành trong "
    "tháng 01/2027."
)

URGED_ON, URGED_UNTIL = date(2026, 12, 2), date(2026, 12, 9)
URGED_BY = "Công văn số 402-CV/BTGDVTU"
COMES_BACK = "Rà soát kiến nghị sau đối thoại, báo cáo việc đã trả lời, việc còn lại"
COMES_BACK_FROM, COMES_BACK_ON = date(2026, 12, 7), date(2026, 12, 25)
FOLLOWED = (
    (date(2026, 11, 18), FollowUpKind.WATCH, 4, Found(words="Đã gọi điện từng xã; phần lớn đang làm, hai xã chưa bố trí người.")),
    (date(2026, 12, 9), FollowUpKind.INSPECT, 2, Found(words="Kiểm tra tại trụ sở: đã có kế hoạch, chưa có báo cáo kết quả.")),
    (date(2026, 12, 23), FollowUpKind.SUPERVISE, 1, Found(words="Giám sát cùng Mặt trận: sổ thu công khai đủ, còn thiếu biên bản niêm yết.")),
)  # fmt: skip


@dataclass(slots=True)
class Ledger:
    """The commitments of one document and those who decide about them."""

    commitments: dict[int, "Commitment"]
    names: dict[int, str]
    specialist: "User"
    leader: "User"
    board: "Unit"
    performers: dict[int, "User"]  # by lead unit
    extensions: dict[int, "Extension"] = field(default_factory=dict)
    done: int = 0

    def do(self, deed: Deed) -> None:
        """One act of one unit, or of whoever assigned it."""
        commitment = self.commitments[deed.commitment_id]
        lead = self.performers.get(commitment.lead_id)
        number, name = commitment.pk, self.names[commitment.lead_id]
        match deed.act:
            case Act.START:
                start_commitment(commitment, actor=lead)
            case Act.CLAIM:
                claim_done(commitment, result=said_at(name, RESULTS[number % 3]), actor=lead,
                           evidence=[self._minutes(commitment, deed.day)])  # fmt: skip
            case Act.RETURN:
                return_commitment(commitment, words=LACKS, actor=self.specialist)
            case Act.VERIFY:
                verify_commitment(
                    commitment, finding=said_at(name, FINDINGS[number % 2]), actor=self.specialist
                )
            case Act.ASK_TIME:
                assert deed.until is not None
                self.extensions[number] = ask_extension(
                    commitment,
                    until=deed.until,
                    reason=said_at(name, REASONS[number % 3]),
                    actor=lead,
                )
            case Act.GRANT_TIME | Act.REFUSE_TIME:
                granted = deed.act == Act.GRANT_TIME
                words = "Đồng ý gia hạn." if granted else REFUSAL
                rule_extension(
                    self.extensions.pop(number), granted=granted, words=words,
                    document=GRANTED_BY if granted else "", actor=self.leader,
                )  # fmt: skip
        self.done += 1

    def file_by_words(self) -> None:
        """What names a topic of the tree is filed under it, as the specialist would from the list."""
        grown, today = growth(), clock.today()
        by_topic: dict[int, list[Commitment]] = {}
        for one in self.commitments.values():
            topic_id = topic_said_in(one.title, on=today, among=grown)
            if topic_id is not None:
                by_topic.setdefault(topic_id, []).append(one)
        for topic_id, those in by_topic.items():
            file_commitments(those, topic_id=topic_id, actor=self.specialist)

    def _minutes(self, commitment: "Commitment", day: date) -> tuple[str, bytes]:
        lines = (
            "BÁO CÁO KẾT QUẢ",
            commitment.title,
            f"{self.names[commitment.lead_id]}, ngày {format_date(day)}",
            f"Việc số {commitment.number}",
        )
        return f"bao-cao-{commitment.number}.docx", make_minutes(lines)

    def undone(self) -> list["Commitment"]:
        """What is not done as it stands now, in the order it was given."""
        found = list(self.commitments.values())
        for one in found:
            one.refresh_from_db(fields=["state", "due_on"])
        return [one for one in found if one.state in UNDONE and one.due_on is not None]

    def ask(self, late: Iterable["Commitment"]) -> list["Explanation"]:
        """The leader asks those who are late to explain."""
        found = []
        for one in late:
            found += ask_explanations(
                [one.lead_id],
                asker=self.board,
                subject_kind="commitments.commitment",
                subject_ids=[one.pk],
                subject=f"{one.number}: {one.title}"[:400],
                question="Đề nghị nêu rõ lý do chậm và thời hạn hoàn thành.",
                due_on=ANSWERED_BY,
                actor=self.leader,
            )
        return found


def deeds(ledger: Ledger, steadiness: dict[int, float]) -> Iterator[Dated]:
    """The acts of all units with their days. `steadiness` is by lead unit."""
    yield min(one.assigned_on for one in ledger.commitments.values()), ledger.file_by_words
    for one in ledger.commitments.values():
        if one.due_on is None:
            continue
        doer = Doer(one.pk, ledger.names[one.lead_id], one.title, steadiness.get(one.lead_id, 1.0))
        for deed in doer.deeds(one.assigned_on, one.due_on):
            yield deed.day, partial(ledger.do, deed)
    yield from _explaining(ledger)
    yield from _following_up(ledger)
    yield COMES_BACK_FROM, partial(_coming_back, ledger)


def _explaining(ledger: Ledger) -> Iterator[Dated]:
    """Eight of those who are late are asked; half of them have answered."""
    asked: list[Explanation] = []

    def ask() -> None:
        late = [one for one in ledger.undone() if one.due_on and one.due_on < ASKED_ON]
        asked.extend(ledger.ask(late[:8]))

    def answer() -> None:
        for one in asked[::2]:
            answer_explanation(one, answer=ANSWER, actor=ledger.performers.get(one.unit_id))

    def rule() -> None:
        for one in asked[::4]:
            rule_explanation(one, granted=True, words="Đã xem, đề nghị thực hiện đúng cam kết.",
                             actor=ledger.leader)  # fmt: skip

    yield ASKED_ON, ask
    yield ASKED_ON + timedelta(days=4), answer
    yield ASKED_ON + timedelta(days=7), rule


def _coming_back(ledger: Ledger) -> None:
    """What three of the leads are to do every month from now on."""
    leads = list(dict.fromkeys(one.lead_id for one in ledger.commitments.values()))[:3]
    begin_series(
        [Assignment(lead, COMES_BACK, "Báo cáo tháng", None) for lead in leads],
        Rule(every="month", first_on=COMES_BACK_ON),
        assigner=ledger.board,
        actor=ledger.specialist,
    )


def _following_up(ledger: Ledger) -> Iterator[Dated]:
    """The four acts as the board records them: watched, urged by a letter that some answer, inspected, supervised."""
    urged: list[FollowUp] = []

    def act(kind: str, many: int, found: Found) -> "FollowUp":
        return follow_up(
            ledger.undone()[:many],
            kind=kind,
            actor=ledger.specialist,
            found=found,
            unit_id=ledger.board.pk,
        )

    def answer() -> None:
        for part in urged[0].parts.order_by("pk")[:3]:
            answer_follow_up(part, answer=ANSWER, actor=ledger.performers.get(part.unit_id))

    for on, kind, many, found in FOLLOWED:
        yield on, partial(act, kind, many, found)
    yield (
        URGED_ON,
        lambda: urged.append(
            act(FollowUpKind.URGE, 8, Found(document=URGED_BY, answer_by=URGED_UNTIL))
        ),
    )
    yield URGED_ON + timedelta(days=5), answer


def ledger_of(
    document_id: int,
    *,
    specialist: "User",
    leader: "User",
    board: "Unit",
    performers: dict[int, "User"],
) -> Ledger:
    """The commitments that were made from one document."""
    found = {one.pk: one for one in commitments_from("documents.document", document_id)}
    names = names_on({one.lead_id for one in found.values()}, date(2026, 1, 22))
    return Ledger(found, names, specialist, leader, board, performers)
