"""What people said of a matter, as counts by topic; the answers; the reply to who watches over; the end."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.grassroots.enums import DUE, Pillar, State, StepKind
from danvan.grassroots.models import Matter, MatterComment
from danvan.grassroots.selectors.rules import lacking
from danvan.grassroots.services import rows
from danvan.topics.services import hold_topics
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST = 1_000_000


@transaction.atomic
def add_comments(
    matter: Matter,
    *,
    gist: str,
    number: int,
    actor: "User | None",
    topic_id: int | None = None,
    seen: int | None = None,
) -> MatterComment:
    """Write down how many said the same thing, under the topic it is about; never who."""
    matter = rows.locked(matter, seen=seen)
    if matter.kind.pillar != Pillar.COMMENT or matter.state != State.SHOWN:
        raise rows.wrong_state(matter, "Ý kiến ghi sau khi công khai dự thảo, trước khi tổng hợp xong.")  # fmt: skip
    gist, faults = rows.words_of(
        gist, column="gist", missing="Đồng chí vui lòng ghi nội dung góp ý.", most=300
    )
    if not 1 <= number <= MOST:
        faults.append(Fault(f"Số ý kiến phải từ 1 đến {format_number(MOST)}.", column="number"))
    try:
        hold_topics([topic_id])
    except RuleError as broken:
        faults += broken.faults
    rows.refuse(faults)
    comment = MatterComment.objects.create(
        matter=matter, topic_id=topic_id, gist=gist, number=number
    )
    rows.save(matter)
    audit.record(actor, "grassroots.add_comments", matter, comment_id=comment.pk)
    return comment


@transaction.atomic
def answer_comments(
    comment: MatterComment, *, taken_up: int, answer: str, actor: "User | None"
) -> MatterComment:
    """How many of these were taken up, and what is answered to all who said so."""
    matter = rows.locked(comment.matter)
    if matter.state not in (State.SHOWN, State.COUNTED):
        raise rows.wrong_state(matter, "Trả lời ghi trước khi giải trình chung.")
    comment = MatterComment.objects.get(pk=comment.pk)
    answer, faults = rows.words_of(
        answer, column="answer", missing="Đồng chí vui lòng ghi trả lời, giải trình."
    )
    if not 0 <= taken_up <= comment.number:
        faults.append(
            Fault(f"Số tiếp thu phải từ 0 đến {format_number(comment.number)}.", column="taken_up")
        )
    rows.refuse(faults)
    comment.taken_up, comment.answer = taken_up, answer
    comment.save(update_fields=["taken_up", "answer"])
    rows.save(matter)
    audit.record(actor, "grassroots.answer_comments", matter, comment_id=comment.pk)
    return comment


@transaction.atomic
def close_comments(
    matter: Matter, *, on: date, actor: "User | None", seen: int | None = None
) -> Matter:
    """The time for comments is over: what was said stands as counted, even where nobody said anything."""
    matter = rows.locked(matter, seen=seen)
    if matter.shown_on is not None:
        rows.refuse(rows.day_faults(on, column="on", since=matter.shown_on, what="ngày công khai"))
    rows.move(matter, State.COUNTED, refusal="Chỉ tổng hợp ý kiến của việc đang lấy ý kiến.")
    matter.counted_on = matter.outcome_on = on
    rows.save(matter, "state", "counted_on", "outcome_on")
    said = sum(matter.comments.values_list("number", flat=True))
    words = f"{format_number(said)} ý kiến đến ngày {format_date(on)}"
    rows.step(matter, StepKind.COMMENTS, actor=actor, words=words)
    audit.record(actor, "grassroots.close_comments", matter)
    return matter


@transaction.atomic
def answer_matter(
    matter: Matter,
    *,
    on: date,
    answer: str,
    actor: "User | None",
    differs: bool = False,
    seen: int | None = None,
) -> Matter:
    """The explanation to the people after their comments, or the reply to who watches over; all comments need their answer."""
    matter = rows.locked(matter, seen=seen)
    asked = matter.kind.pillar == Pillar.COMMENT
    needed = not asked or differs
    answer, faults = rows.words_of(
        answer, column="answer",
        missing="Đồng chí vui lòng ghi vì sao quyết định khác ý kiến đa số." if asked and needed
        else "Đồng chí vui lòng ghi trả lời." if needed else "",
    )  # fmt: skip
    since = matter.counted_on or matter.shown_on or matter.began_on
    faults += rows.day_faults(on, column="on", since=since, what="ngày")
    bare = matter.comments.filter(answer="").count()
    if bare:
        faults.append(
            Fault(f"Còn {format_number(bare)} nội dung góp ý chưa trả lời.", column="answer")
        )
    rows.move(
        matter, State.ANSWERED, refusal="Việc này chưa đến bước trả lời, hoặc đã trả lời rồi."
    )
    rows.refuse(faults)
    matter.answer, matter.differs, matter.outcome_on = answer, asked and differs, on
    if not asked:
        rows.stop(matter, DUE, on=on, actor=actor)
    rows.save(matter, "state", "answer", "differs", "outcome_on")
    rows.step(matter, StepKind.ANSWERED, actor=actor, words=f"Ngày {format_date(on)}")
    audit.record(actor, "grassroots.answer", matter)
    return matter


@transaction.atomic
def end_matter(matter: Matter, *, actor: "User | None", seen: int | None = None) -> Matter:
    """End it; refused, with everything that is lacking, while the law asks for something that was not done."""
    matter = rows.locked(matter, seen=seen)
    if not rows.may_become(matter, State.ENDED):
        raise rows.wrong_state(matter, "Việc này chưa xong các bước nên chưa kết thúc được.")
    missing = lacking(matter)
    if missing:
        raise RuleError(
            f"Chưa kết thúc được việc {matter.number}. {' '.join(missing)}",
            faults=[Fault(one) for one in missing],
        )
    rows.move(matter, State.ENDED, refusal="")
    matter.ended_on = clock.today()
    rows.save(matter, "state", "ended_on")
    rows.step(matter, StepKind.ENDED, actor=actor)
    audit.record(actor, "grassroots.end", matter)
    return matter
