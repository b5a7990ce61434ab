"""What every act on the tree does first: the whole tree under lock, the topic unchanged since it was seen."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.locks import alone
from danvan.topics.growth import Growth
from danvan.topics.models import LONGEST_NAME, Topic, TopicVersion
from danvan.topics.selectors import growth, told_topics
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical, fold, printable

# PostgreSQL: only the holder of this advisory lock may change the tree.
KEEPER = 4_110_219_790
DEEPEST = 4  # levels that a list on a phone still shows


def hold_topics(topic_ids: Iterable[int | None], *, on: date | None = None) -> None:
    """Let nobody end these topics until the transaction ends; RuleError where one does not stand on the day.

    Whoever files a record under a topic calls it first: what is in use always stands or has an heir.
    """
    wanted = sorted({one for one in topic_ids if one is not None})
    if not wanted:
        return
    rows = Topic.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    known = {row.pk: row for row in rows}
    day = on or clock.today()
    if faults := list(_filing_faults(wanted, known, day)):
        raise RuleError(faults[0].message, faults=faults)


def tree_held() -> Growth:
    """The whole tree, which nobody else changes until the transaction ends."""
    alone(KEEPER, wait=True)
    list(Topic.objects.select_for_update().order_by("pk").values_list("pk"))
    return growth()


def seen_topic(topic: Topic, seen: int | None) -> Topic:
    """The row read again; RuleError where it changed since the page showed it (`seen`)."""
    found = Topic.objects.get(pk=topic.pk)
    if seen is not None and seen != found.changes:
        name = found.versions.latest("valid_from").name
        raise RuleError(
            f"Lĩnh vực “{name}” vừa được người khác sửa. Đồng chí vui lòng mở lại trang, xem rồi quyết định."
        )
    return found


def touch(topic: Topic, *fields: str) -> None:
    """Keep these fields, and count the act of a person: the file of the package leaves the topic alone from now on."""
    topic.changes += 1
    topic.kept = True
    topic.save(update_fields=[*fields, "changes", "kept"])


def write_version(topic: Topic, *, name: str, parent_id: int | None, on: date) -> None:
    """From the day on the topic is called and stands so. A second change of one day replaces the first."""
    held = TopicVersion.objects.get(topic=topic, valid_to=None)
    if held.valid_from == on:
        held.name, held.parent_id = name, parent_id
        held.save(update_fields=["name", "parent"])
        return
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    TopicVersion.objects.create(topic=topic, name=name, parent_id=parent_id, valid_from=on)


def words_of(text: str) -> str:
    """The words as they are stored."""
    return " ".join(printable(canonical(text)).split())


def refuse(faults: Iterable[Fault]) -> None:
    """RuleError with every fault, where there is one."""
    if found := list(faults):
        raise RuleError(" ".join(dict.fromkeys(one.message for one in found)), faults=found)


def name_faults(name: str, column: str = "name") -> Iterator[Fault]:
    """What is wrong with a name by itself."""
    if not any(letter.isalnum() for letter in name):
        yield Fault("Đồng chí vui lòng ghi tên lĩnh vực.", column=column)
    elif len(name) > LONGEST_NAME:
        yield Fault(
            f"Tên lĩnh vực dài quá {LONGEST_NAME} ký tự. Đồng chí vui lòng ghi gọn lại.",
            column=column,
        )


def day_faults(grown: Growth, topic_id: int | None, on: date) -> Iterator[Fault]:
    """A change is dated from the topic's last one until today; what is ended does not change."""
    if on > clock.today():
        yield Fault(
            f"Ngày {format_date(on)} chưa tới. Đồng chí vui lòng chọn ngày từ hôm nay trở về trước.",
            column="on",
        )
    if topic_id is None:
        return
    one = grown.topics[topic_id]
    if one.valid_to is not None:
        yield Fault(
            f"Lĩnh vực “{one.last.name}” đã kết thúc từ {format_date(one.valid_to)} nên không sửa được nữa. Đồng chí "
            "vui lòng chọn lĩnh vực khác, hoặc mở lại lĩnh vực này trước."
        )
    elif on < one.last.valid_from:
        yield Fault(
            f"Lần thay đổi gần nhất của “{one.last.name}” là ngày {format_date(one.last.valid_from)}. Đồng chí vui "
            "lòng chọn ngày từ đó về sau.",
            column="on",
        )


def place_faults(
    grown: Growth, topic_id: int | None, parent_id: int | None, name: str, on: date
) -> Iterator[Fault]:
    """What forbids a topic to stand under another, under this name, from a day until today."""
    parent = grown.topics[parent_id] if parent_id is not None else None
    if parent and (parent.valid_to is not None or parent.valid_from > on):
        yield Fault(
            f"Lĩnh vực “{parent.last.name}” không dùng trong suốt thời gian từ {format_date(on)}. Đồng chí vui lòng "
            "chọn lĩnh vực cấp trên khác, hoặc ngày khác.",
            column="parent",
        )
        return
    for day in days_from(grown, on):
        tree = grown.tree_on(day)
        below = tree.below(topic_id) if topic_id is not None else frozenset()
        if parent_id in below:
            yield Fault(
                f"Không chuyển được “{name}” xuống dưới chính nó hoặc lĩnh vực con của nó. Đồng chí vui lòng chọn lĩnh "
                "vực cấp trên khác.",
                column="parent",
            )
            return
        above = tree.by_id[parent_id].depth if parent_id is not None else 0
        depths = [tree.by_id[one].depth for one in below] or [1]
        height = max(depths) - min(depths) + 1
        if above + height > DEEPEST:
            yield Fault(
                f"Cây lĩnh vực sâu nhất {DEEPEST} cấp. Đồng chí vui lòng chọn lĩnh vực cấp trên cao hơn.",
                column="parent",
            )
            return
        twins = [
            node
            for node in tree
            if node.parent_id == parent_id and node.id != topic_id and fold(node.name) == fold(name)
        ]
        if twins:
            yield Fault(
                f"Đã có lĩnh vực “{twins[0].path}” từ ngày {format_date(day)}. Đồng chí vui lòng dùng lĩnh vực đó, "
                "hoặc ghi tên khác.",
                column="name",
            )
            return


def days_from(grown: Growth, on: date) -> list[date]:
    """The day, and every later day on which anything in the tree changes."""
    turns = {span.valid_from for one in grown.topics.values() for span in one.spans}
    turns |= {one.valid_to for one in grown.topics.values() if one.valid_to}
    return sorted({on, *(day for day in turns if day > on)})


def day_before(day: date) -> date:
    """The last day before."""
    return day - timedelta(days=1)


def _filing_faults(wanted: Collection[int], known: dict[int, Topic], day: date) -> Iterator[Fault]:
    for topic_id in wanted:
        row = known.get(topic_id)
        if row is None:
            yield Fault("Không có lĩnh vực này. Đồng chí vui lòng chọn lại.", column="topic")
        elif row.valid_to is not None and row.valid_to <= day:
            told = told_topics([topic_id], on=day)[topic_id]
            instead = f"“{told.path}”" if told.was else "lĩnh vực khác"
            yield Fault(
                f"Lĩnh vực “{told.was or told.path}” đã kết thúc từ {format_date(row.valid_to)}. Đồng chí vui lòng "
                f"chọn {instead}.",
                column="topic",
            )
