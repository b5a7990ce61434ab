"""Dialogues of 2026: eight communes and the province, their conclusions as commitments, and what those who asked say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from danvan.commitments.services import (
    Asking,
    Assignment,
    claim_done,
    confirm_done,
    issue_follow_code,
    say_not_yet,
    start_commitment,
    verify_commitment,
)
from danvan.demo.town import said_at
from danvan.demo.travelling import Dated
from danvan.demo.work import LAST, Seat
from danvan.dialogues.enums import Crowd, DialogueKind, Heard, Way
from danvan.dialogues.selectors import proposed_publication
from danvan.dialogues.selectors.cards import sentences_of
from danvan.dialogues.services import (
    Plan,
    add_conclusion,
    add_opinion,
    announce_dialogue,
    issue_conclusions,
    note_none_above,
    open_questions,
    own_conclusion,
    plan_dialogue,
    publish_dialogue,
    record_held,
    say_no_work,
    settle_opinion,
    write_conclusion,
)
from danvan.foundation import clock
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import names_on
from danvan.reading.covering import as_proposed
from danvan.topics.selectors import topic_said_in

if TYPE_CHECKING:
    from danvan.dialogues.models import Dialogue, DialogueOpinion

FIRST, APART = date(2026, 3, 10), timedelta(days=21)
NOTICE, WORK = timedelta(days=14), timedelta(days=60)
COMMUNES = 8
# What was asked, what the head concluded, the work it became and its product.
ASKED = (
    ("Cầu treo vào bản mục ván, học sinh đi lại nguy hiểm", "sửa xong cầu treo vào bản", "Biên bản nghiệm thu có đại diện dân ký"),
    ("Rác ở chợ để nhiều ngày không thu gom", "thu gom rác thải ở chợ mỗi ngày một lần", "Hợp đồng thu gom, lịch niêm yết tại chợ"),
    ("Hồ sơ đất nộp từ năm trước chưa có kết quả", "trả kết quả hồ sơ đất đai còn chậm", "Danh sách hồ sơ đã trả, công khai"),
    ("Nước sinh hoạt có ngày không chảy", "cấp nước sinh hoạt đủ ngày trong tuần", "Biên bản kiểm tra lưu lượng"),
    ("Đường vào thôn sụt lún sau mưa lũ", "vá xong đoạn đường thôn bị sụt lún", "Biên bản nghiệm thu đoạn đường"),
)  # fmt: skip
WHERE = "Trụ sở, loa truyền thanh, nhà văn hóa các thôn, bản"
OFTEN = "Đề nghị công khai lịch tiếp dân ở từng thôn, bản"
SEATS = 150  # of the hall where the next dialogue is held
LACKS = "Mới làm được một nửa, đoạn cuối vẫn như cũ"


@dataclass(slots=True)
class Talks:
    """The dialogues as they were held, and the codes that were given out, to be printed once."""

    seats: list[Seat]  # the province and its communes, those first where somebody may sign in
    number: int = 0
    given: int = 0
    codes: list[tuple[str, str]] = field(default_factory=list)  # the place, the code

    def acts(self) -> Iterator[Dated]:
        """Every act with its day; the last dialogue is announced for next week and takes questions."""
        hosts = [*self.seats[1 : COMMUNES + 1], self.seats[0]]
        for place, seat in enumerate(hosts):
            yield from self._one(place, seat, FIRST + place * APART)
        yield (
            LAST - timedelta(days=7),
            lambda: self.coming(hosts[0], LAST + timedelta(days=7)),
        )

    def _one(self, place: int, seat: Seat, day: date) -> Iterator[Dated]:
        """One dialogue from its notice to what was said of the work."""
        work = _Work(self, seat, place)
        yield day - NOTICE, lambda: work.announce(day)
        yield day, work.hold
        yield day + timedelta(days=2), work.conclude
        yield day + timedelta(days=5), work.start
        if place % 4 == 3:  # under way still
            return
        yield day + WORK - timedelta(days=place), work.claim
        if place == 1:
            yield day + WORK + timedelta(days=6), work.say_not_yet
            return
        yield day + WORK + timedelta(days=4), work.verify
        if place % 2 == 0:
            yield day + WORK + timedelta(days=9), work.agree

    def coming(self, seat: Seat, day: date) -> None:
        """A dialogue that people may send questions to, and register for, until two days before it."""
        open_questions(
            self.announced(seat, 0, day), until=day - timedelta(days=2), seats=SEATS, actor=None
        )

    def announced(self, seat: Seat, place: int, day: date) -> "Dialogue":
        """A dialogue planned for a day and announced today."""
        self.number += 1
        host = seat.organisations[Kind.PARTY_COMMITTEE]
        committee = names_on([host], clock.today())[host]
        dialogue = plan_dialogue(
            Plan(
                unit_id=host,
                kind=DialogueKind.PARTY_HEAD,
                subject=f"{said_at(seat.name, ASKED[place % len(ASKED)][0])}; các ý kiến khác",
                held_on=day,
                place=f"Hội trường {committee}",
                head_name="Đồng chí Bí thư",
                head_title=f"Bí thư {' '.join(committee.split()[:2])}",  # Tỉnh ủy, Đảng ủy
            ),
            actor=None,
        )
        announced = announce_dialogue(
            dialogue, on=clock.today(), where=said_at(seat.name, WHERE), actor=None
        )
        return let_out(announced)


def let_out(dialogue: "Dialogue", *opinions: "DialogueOpinion") -> "Dialogue":
    """Its notice and conclusions, and these opinions, on the portal: covered where they may tell who somebody is."""
    groups = proposed_publication(dialogue)
    asked = {f"q{one.pk}" for one in opinions}
    shown = [one.key for one in groups if one.official or one.key in asked]
    return publish_dialogue(dialogue, as_proposed(groups), shown=shown, actor=None)


class _Work:
    """One dialogue and the commitment it led to."""

    def __init__(self, talks: Talks, seat: Seat, place: int) -> None:
        self.talks, self.seat, self.place = talks, seat, place
        self.asked, self.work, self.product = (
            said_at(seat.name, words) for words in ASKED[place % len(ASKED)]
        )

    def announce(self, day: date) -> None:
        self.dialogue = self.talks.announced(self.seat, self.place, day)

    def hold(self) -> None:
        came: dict[str, int] = {Crowd.RESIDENTS: 90 + 17 * self.place, Crowd.FRONT: 8}
        self.dialogue = record_held(
            self.dialogue, attendance=came, households=80 + 15 * self.place, actor=None
        )
        self.opinions = [
            add_opinion(self.dialogue, content=words, heard=Heard.FLOOR, actor=None)
            for words in (self.asked, said_at(self.seat.name, OFTEN))
        ]
        text = f"Tôi tiếp thu các ý kiến của Nhân dân.\nGiao Ủy ban nhân dân {self.work} trong hai tháng."
        self.dialogue = write_conclusion(self.dialogue, text=text, actor=None)

    def conclude(self) -> None:
        start, _ = sentences_of(self.dialogue.conclusion)[1]
        conclusion = add_conclusion(self.dialogue, start=start, actor=None)
        self.dialogue = say_no_work(self.dialogue, start=0, actor=None)
        title = self.work[0].upper() + self.work[1:]
        self.commitment = own_conclusion(
            conclusion,
            Assignment(
                lead_id=self.seat.organisations[Kind.PEOPLES_COMMITTEE],
                title=title,
                product=self.product,
                due_on=clock.today() + WORK,
                topic_id=topic_said_in(f"{self.asked}. {title}", on=clock.today()),
            ),
            actor=None,
        )
        first, second = self.opinions
        settle_opinion(first, way=Way.GIVEN, conclusion=conclusion, actor=None)
        answer = said_at(self.seat.name, "Lịch tiếp dân đã niêm yết tại nhà văn hóa các thôn, bản.")
        settle_opinion(second, way=Way.ANSWERED, answer=answer, actor=None)
        self.dialogue = note_none_above(self.dialogue, actor=None)
        issued = issue_conclusions(self.dialogue, on=clock.today(), actor=None)
        if self.place % 4 != 2:  # of the others everything but the notice waits
            self.dialogue = let_out(issued, *self.opinions)
        asking = Asking(
            asked=self.asked,
            asked_on=self.dialogue.held_on,
            post=self.dialogue.head_title,
            source_kind="dialogues.dialogue",
            source_id=self.dialogue.pk,
        )
        self.code = issue_follow_code([self.commitment], actor=None, asking=asking)
        self.talks.given += 1
        self.talks.codes.append((self.seat.name, self.code))

    def start(self) -> None:
        start_commitment(self.commitment, actor=None)

    def claim(self) -> None:
        claim_done(self.commitment, result="Đã làm xong, có biên bản.", actor=None)

    def verify(self) -> None:
        verify_commitment(self.commitment, finding="Đã kiểm tra tại chỗ.", actor=None)

    def agree(self) -> None:
        confirm_done(self.code, self.commitment)

    def say_not_yet(self) -> None:
        say_not_yet(self.code, self.commitment, LACKS)
