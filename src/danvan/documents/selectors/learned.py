"""How often each rule of the reading engine was right, by what people made of its proposals. Nothing is applied by itself."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.db.models.functions import Substr

from danvan.documents.enums import ProposalKind, Verdict
from danvan.documents.models import Proposal

# What the parts of a proposal are called where a person changed them.
PARTS = {
    "title": "nội dung",
    "leads": "đơn vị chủ trì",
    "supports": "đơn vị phối hợp",
    "due_on": "hạn",
    "due_words": "hạn",
    "regular": "thường xuyên",
    "every": "chu kỳ",
    "product": "sản phẩm",
    "proof": "minh chứng",
    "kind": "loại",
    "lead": "đơn vị chủ trì",
    "held_on": "ngày thực hiện",
    "place": "địa điểm",
    "quantity": "số lượng",
    "attendance": "lượt người dự",
    "persons": "số người",
    "opinions": "lượt ý kiến",
    "groups": "đối tượng",
    "conditions": "cách đếm và mức tối thiểu",
    "share": "tỷ lệ",
    "comparator": "phép so sánh",
    "quality": "cách đo",
    "valid_from": "ngày bắt đầu",
    "valid_to": "ngày kết thúc",
    "symbol": "số, ký hiệu",
    "name": "tên văn bản",
    "document_type": "loại văn bản",
    "issuer_name": "cơ quan ban hành",
    "issued_on": "ngày ban hành",
    "label": "nội dung",
    "value": "con số",
    "low": "con số",
    "high": "con số",
    "unit_label": "đơn vị tính",
    "qualifier": "phép so sánh",
    "numerator": "tử số",
    "denominator": "mẫu số",
    "percent": "tỷ lệ",
    "period_from": "kỳ",
    "period_to": "kỳ",
    "period_words": "kỳ",
}
MOST_EXAMPLES = 1000


@dataclass(slots=True)
class RuleRecord:
    """What people decided about the proposals of one rule; `said` sums the percents the engine had said."""

    kind: str
    rule: str
    said: int = 0
    as_read: int = 0
    completed: int = 0  # taken as read, with parts added that the text does not state
    corrected: int = 0
    rejected: int = 0
    changed: Counter[str] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        """How many proposals of the rule somebody has decided about."""
        return self.as_read + self.completed + self.corrected + self.rejected

    @property
    def right(self) -> int:
        """How many were taken as the engine read them."""
        return self.as_read + self.completed

    @property
    def said_percent(self) -> int:
        """How sure the engine was on average."""
        return round(self.said / self.decided)

    @property
    def right_percent(self) -> int:
        """How often it was right."""
        return round(100 * self.right / self.decided)


@dataclass(frozen=True, slots=True)
class Example:
    """One correction: where it stands, the words, what was read and what a person put in its place."""

    document_id: int
    kind: str
    rule: str
    start: int
    end: int
    words: str
    read: Mapping[str, Any]
    corrected: Mapping[str, Any] | None


def learned() -> list[RuleRecord]:
    """A record for each rule that people have decided about, those that were wrong most often first. One query."""
    records: dict[tuple[str, str], RuleRecord] = {}
    decided = Proposal.objects.decided().order_by()
    columns = ("kind", "rule", "confidence", "verdict", "body", "correction")
    for kind, rule, confidence, verdict, body, correction in decided.values_list(
        *columns
    ).iterator():
        record = records.setdefault((kind, rule), RuleRecord(kind, rule))
        record.said += confidence
        if verdict == Verdict.REJECTED:
            record.rejected += 1
        elif verdict == Verdict.CORRECTED:
            record.corrected += 1
            record.changed.update(changed_parts(body, correction or {}))
        elif correction is not None:
            record.completed += 1
        else:
            record.as_read += 1
    order = {kind: place for place, kind in enumerate(ProposalKind.values)}
    return sorted(
        records.values(), key=lambda one: (-(one.decided - one.right), order[one.kind], one.rule)
    )


def changed_parts(read: Mapping[str, Any], corrected: Mapping[str, Any]) -> set[str]:
    """The parts of a body that a person changed, as they are called; empty is empty however it is written."""
    return {
        label
        for part, label in PARTS.items()
        if (read.get(part) or None) != (corrected.get(part) or None)
    }


def corrections() -> list[Example]:
    """The latest proposals that people corrected or set aside, with their words: examples to test a rule by. One query."""
    wrong = Proposal.objects.filter(verdict__in=(Verdict.CORRECTED, Verdict.REJECTED))
    words = Substr("document__text", F("start") + 1, F("end") - F("start"))
    rows = (
        wrong.order_by("-decided_at", "-pk")
        .annotate(words=words)
        .values_list("document_id", "kind", "rule", "start", "end", "words", "body", "correction")
    )
    return [Example(*row) for row in rows[:MOST_EXAMPLES]]
