"""Programmes of months, plans of years, and matters of grassroots democracy in several states. All invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from danvan.commitments.services.programme_entries import (
    EntryPlan,
    add_entry,
    change_entry,
    drop_entry,
)
from danvan.commitments.services.programmes import (
    PlanOfYear,
    issue_programme,
    make_programme,
    record_yearly_plan,
)
from danvan.demo.minutes import make_minutes
from danvan.demo.town import said_at
from danvan.demo.travelling import Dated
from danvan.demo.work import Seat
from danvan.foundation import clock
from danvan.grassroots.enums import Channel, Form
from danvan.grassroots.selectors import kinds_on, proposed_publication, villages_of_unit
from danvan.grassroots.services import (
    Draft,
    InitiativeDraft,
    PlanDraft,
    Support,
    VillageCount,
    add_comments,
    answer_comments,
    answer_matter,
    carry_out_item,
    close_comments,
    end_matter,
    enter_initiative,
    enter_matter,
    issue_plan,
    make_plan,
    publish_matter,
    raise_initiative,
    record_round,
    show_matter,
)
from danvan.organisations.enums import Kind
from danvan.reading.covering import as_proposed
from danvan.topics.selectors import topic_said_in

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import ProgrammeEntry, WorkProgramme
    from danvan.grassroots.models import Matter, PublicationItem

# Day, kind, from which hour, what, where: the programme of the province's board for December 2026.
DECEMBER = (
    (2, "meeting", 8, "Giao ban công tác dân vận tháng 11", "Phòng họp Ban Tuyên giáo và Dân vận"),
    (4, "visit", 7, "Làm việc với Đảng ủy xã về giải quyết kiến nghị sau đối thoại", "Trụ sở Đảng ủy xã"),
    (9, "inspection", 8, "Kiểm tra việc công khai kết quả giải quyết kiến nghị", "Nhà văn hóa các thôn, bản"),
    (11, "dialogue", 14, "Lãnh đạo Ban dự đối thoại của người đứng đầu cấp ủy với Nhân dân", "Hội trường Đảng ủy xã"),
    (16, "meeting", 8, "Tập huấn kỹ năng ghi biên bản đối thoại cho cán bộ xã", "Điểm cầu Tỉnh ủy"),
    (21, "other", None, "Hoàn thiện báo cáo công tác dân vận năm 2026", ""),
    (29, "meeting", 14, "Tổng kết công tác dân vận năm 2026", "Hội trường Tỉnh ủy"),
)  # fmt: skip
JANUARY = (
    (6, "meeting", 8, "Giao ban công tác dân vận tháng 12", "Phòng họp Ban Tuyên giáo và Dân vận"),
    (14, "visit", 7, "Nắm tình hình Nhân dân dịp Tết ở các xã biên giới", "Trụ sở Đảng ủy xã"),
    (20, "other", None, "Tổng hợp báo cáo sơ kết Kết luận 18-KL/TU", ""),
)  # fmt: skip
# Kind of the law, what, on which day it began, after how many days it was published (none: not yet).
KNOWN = (
    ("CK05", "Mức đóng góp tự nguyện làm đường nội thôn năm 2026", date(2026, 9, 7), 2),
    ("CK02", "Quyết toán ngân sách xã năm 2025", date(2026, 6, 15), 12),
    ("CK07", "Danh sách hộ được hỗ trợ xóa nhà tạm đợt 2", date(2026, 12, 21), 1),
    ("CK06", "Phương án sử dụng nhà văn hóa xã cũ", date(2026, 12, 28), None),
)
POSTED = "Trụ sở UBND và nhà văn hóa các thôn, bản"
OPINIONS = (
    ("Đề nghị giữ điểm trường lẻ ở bản xa", 41, 41, "Tiếp thu: giữ điểm trường lẻ đến khi có nhà bán trú."),
    ("Đề nghị mở rộng sân chơi cho trẻ em", 17, 10, "Tiếp thu một phần, làm trước ở ba thôn có quỹ đất."),
)  # fmt: skip


@dataclass(slots=True)
class Planning:
    """Who plans, and what came of it."""

    seats: list[Seat]  # the province and its communes
    specialist: "User"
    programmes: int = 0
    matters: int = 0
    _issued: dict[str, "WorkProgramme"] = field(default_factory=dict)
    _entries: list["ProgrammeEntry"] = field(default_factory=list)
    _kept: dict[str, "Matter"] = field(default_factory=dict)
    _where: dict[str, str] = field(default_factory=dict)  # the place of each
    _lines: dict[tuple[int, str], "PublicationItem"] = field(default_factory=dict)

    def acts(self) -> Iterator[Dated]:
        """Every act with its day."""
        yield date(2026, 11, 27), self._december
        yield date(2026, 12, 3), self._amend
        yield date(2026, 12, 30), partial(self._made, "2027-01", JANUARY)
        for place, seat in enumerate(self.seats[1:4]):
            yield date(2026, 11, 28), partial(self._commune, place, seat)
        yield date(2026, 1, 12), partial(self._plans, 2026, 9)
        yield date(2026, 12, 29), partial(self._plans, 2027, 3)
        yield date(2026, 1, 15), self._publication
        for place, (code, title, began, days) in enumerate(KNOWN):
            seat = self.seats[1 + place % max(1, min(3, len(self.seats) - 1))]
            yield began, partial(self._enter, code, title, seat)
            if days is not None:
                yield began + timedelta(days=days), partial(self._publish, code)
        yield date(2026, 11, 10), partial(self._end, "CK05")
        yield (
            date(2026, 7, 6),
            partial(
                self._enter,
                "YK01",
                "Dự thảo kế hoạch sắp xếp điểm trường năm học mới",
                self.seats[1],
            ),
        )
        yield date(2026, 7, 8), partial(self._publish, "YK01")
        yield date(2026, 8, 10), self._hear
        yield date(2026, 8, 24), self._reply
        yield date(2026, 10, 5), self._decide
        yield date(2026, 10, 7), partial(self._publish, "QD01")
        yield date(2026, 10, 12), self._vote

    def _made(self, month: str, lines: tuple[tuple[int, str, int | None, str, str], ...]) -> "WorkProgramme":  # fmt: skip
        board = self.seats[0].organisations[Kind.ADVISORY_BOARD]
        programme = make_programme(board, month, actor=self.specialist)
        communes = self.seats[1:]
        for place, (day, kind, hour, content, where) in enumerate(lines):
            seat = communes[place % len(communes)]
            with_them = kind in ("visit", "dialogue", "inspection")
            plan = EntryPlan(
                starts_on=date(int(month[:4]), int(month[5:]), day), kind=kind, content=content, place=where,
                starts_at=time(hour) if hour else None, chair="Lãnh đạo Ban", followed=place % 3 == 0,
                party_ids=(seat.organisations[Kind.PARTY_COMMITTEE],) if with_them else (),
            )  # fmt: skip
            self._entries.append(add_entry(programme, plan, actor=self.specialist))
        self.programmes += 1
        return programme

    def _december(self) -> None:
        programme = self._made("2026-12", DECEMBER)
        programme.refresh_from_db()
        issue_programme(
            programme, symbol="41-CTr/BTGDVTU", on=clock.today(), reason="Đã thống nhất trong lãnh đạo Ban",
            actor=self.specialist,
        )  # fmt: skip

    def _amend(self) -> None:
        """One visit is put off by two days, one meeting is called off."""
        visit, meeting = self._entries[2], self._entries[4]
        plan = EntryPlan(
            starts_on=visit.starts_on + timedelta(days=2), kind=visit.kind, content=visit.content, place=visit.place,
            starts_at=visit.starts_at, chair=visit.chair,
            party_ids=tuple(visit.parties.values_list("unit_id", flat=True)),
        )  # fmt: skip
        change_entry(visit, plan, reason="Trùng lịch họp Ban Thường vụ", actor=self.specialist)
        drop_entry(meeting, reason="Chuyển sang tháng 01/2027", actor=self.specialist)

    def _commune(self, place: int, seat: Seat) -> None:
        """Three communes have their own; the third has not issued it and has no dialogue in it."""
        unit = seat.organisations[Kind.PARTY_COMMITTEE]
        programme = make_programme(unit, "2026-12", actor=None)
        lines = [
            (3, "meeting", "Họp Ban Thường vụ Đảng ủy"),
            (10, "visit", "Dự sinh hoạt chi bộ bản"),
        ]
        if place < 2:
            lines.append((17, "dialogue", "Bí thư Đảng ủy đối thoại với Nhân dân"))
        for day, kind, content in lines:
            plan = EntryPlan(starts_on=date(2026, 12, day), kind=kind, content=said_at(seat.name, content), starts_at=time(8),
                             chair="Bí thư Đảng ủy", place="Hội trường Đảng ủy")  # fmt: skip
            add_entry(programme, plan, actor=None)
        self.programmes += 1
        if place < 2:
            programme.refresh_from_db()
            issue_programme(programme, symbol=f"{30 + place}-CTr/ĐU", on=clock.today(), reason="Đã thống nhất", actor=None)  # fmt: skip

    def _plans(self, year: int, communes: int) -> None:
        for place, seat in enumerate(self.seats[: communes + 1]):
            kind = Kind.PARTY_COMMITTEE if place else Kind.ADVISORY_BOARD
            record_yearly_plan(
                PlanOfYear(
                    unit_id=seat.organisations[kind], year=year, symbol=f"{5 + place}-KH/{'ĐU' if place else 'BTGDVTU'}",
                    issued_on=clock.today(), title=f"Kế hoạch công tác dân vận năm {year}",
                ),
                actor=None,
            )  # fmt: skip

    def _enter(self, code: str, title: str, seat: Seat) -> None:
        draft = Draft(
            unit_id=seat.organisations[Kind.PEOPLES_COMMITTEE], kind_id=_kind_id(code), title=title,
            began_on=clock.today(),
        )  # fmt: skip
        self._kept[code] = enter_matter(draft, actor=None)
        self._where[code] = seat.name
        self.matters += 1
        if (item := self._lines.pop((draft.unit_id, code), None)) is not None:
            carry_out_item(item, self._kept[code], actor=None)

    def _publication(self) -> None:
        """Two communes plan what they make public in the year; the second has not told the council and the Front yet."""
        for place, seat in enumerate(self.seats[1:3]):
            draft = PlanDraft(
                unit_id=seat.organisations[Kind.PEOPLES_COMMITTEE], year=2026, doer="Văn phòng HĐND và UBND",
                by_on=date(2026, 12, 25),
            )  # fmt: skip
            plan, today = make_plan(draft, actor=None), clock.today()
            for item in plan.items.select_related("kind"):
                self._lines[plan.unit_id, item.kind.code] = item
            issue_plan(plan, on=today, symbol=f"{3 + place}/KH-UBND", told_on=None if place else today, actor=None)  # fmt: skip

    def _publish(self, code: str) -> None:
        if code in self._kept:
            channels = [Channel.OFFICE, Channel.VILLAGE, Channel.RADIO]
            lines = ("BIÊN BẢN NIÊM YẾT, CÔNG KHAI", self._kept[code].title)
            posted, *_ = publish_matter(
                self._kept[code], channels=channels, place=said_at(self._where[code], POSTED),
                from_on=clock.today(), evidence=[(f"niem-yet-{code}.docx", make_minutes(lines))], actor=None,
            )  # fmt: skip
            groups = proposed_publication(posted.matter)
            keys = [one.key for one in groups]
            show_matter(posted.matter, as_proposed(groups), shown=keys, actor=None)

    def _end(self, code: str) -> None:
        end_matter(self._kept[code], actor=None)

    def _hear(self) -> None:
        for gist, number, _, _ in OPINIONS:
            topic = topic_said_in(gist, on=clock.today())
            add_comments(self._kept["YK01"], gist=gist, number=number, topic_id=topic, actor=None)
        close_comments(self._kept["YK01"], on=clock.today(), actor=None)

    def _reply(self) -> None:
        matter = self._kept["YK01"]
        for comment, (_, _, taken, answer) in zip(
            matter.comments.order_by("pk"), OPINIONS, strict=True
        ):
            answer_comments(comment, taken_up=taken, answer=answer, actor=None)
        answer_matter(
            matter, on=clock.today(), actor=None,
            answer="Kế hoạch đã sửa theo ý kiến Nhân dân, công bố tại nhà văn hóa các thôn, bản.",
        )  # fmt: skip

    def _decide(self) -> None:
        """Households of a village propose, and it decides, what each gives for its road, where the register knows villages."""
        for seat in self.seats[1:]:
            unit = seat.organisations[Kind.PEOPLES_COMMITTEE]
            if villages := villages_of_unit(unit, on=clock.today()):
                initiative = enter_initiative(
                    InitiativeDraft(
                        unit_id=unit, village_id=villages[0].id, kind_id=_kind_id("QD01"),
                        title="Đóng góp bê tông hóa đường nội thôn",
                        support=Support(counted_on=clock.today(), supporters=15, households=112),
                    ),
                    actor=None,
                )  # fmt: skip
                self._kept["QD01"] = raise_initiative(initiative, on=clock.today(), actor=None)
                self._where["QD01"] = seat.name
                self.matters += 1
                return

    def _vote(self) -> None:
        if "QD01" in self._kept:
            village = self._kept["QD01"].village_id
            assert village is not None
            count = VillageCount(
                village_id=village, households=112, present=98, agreed=91, against=7
            )
            record_round(self._kept["QD01"], form=Form.MEETING, held_on=clock.today(), counts=[count], actor=None)  # fmt: skip


def _kind_id(code: str) -> int:
    """The kind of the law that bears this code today."""
    return next(one.pk for one in kinds_on(clock.today()) if one.code == code)
