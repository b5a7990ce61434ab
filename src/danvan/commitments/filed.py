"""What the tree of topics asks of the ledger: how many commitments are filed under each topic, and where they are."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from danvan.commitments.models import Commitment, Difficulty
from danvan.commitments.selectors import Tab, allowed_difficulties, visible_commitments
from danvan.topics.holders import counted_by_topic


class FiledCommitments:
    """The commitments under topics, those withdrawn too: as many as the list of all of them shows."""

    key = "commitments.commitment"
    label = "việc phải làm"
    action = "commitments.view"
    passes = (
        "Việc giữ lĩnh vực đã ghi trong sổ; danh sách, bộ lọc và số đếm đọc theo lĩnh vực kế thừa."
    )

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """By topic, as it was written."""
        rows = Commitment.objects.all() if reader is None else visible_commitments(reader)
        return counted_by_topic(rows)

    def address(self, topic_id: int) -> str:
        """The list of all that are read at or under the topic."""
        return f"{reverse('commitments:list')}?muc={Tab.ALL}&linh_vuc={topic_id}"


class FiledDifficulties:
    """The difficulties under topics: as many as the list of all of them shows."""

    key = "commitments.difficulty"
    label = "khó khăn, vướng mắc"
    action = "commitments.view"
    passes = "Khó khăn giữ lĩnh vực đã ghi; danh sách và số đếm đọc theo lĩnh vực kế thừa."

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """By topic, as it was written."""
        rows = (
            Difficulty.objects.all()
            if reader is None
            else allowed_difficulties(reader, "commitments.view")
        )
        return counted_by_topic(rows)

    def address(self, topic_id: int) -> str:
        """The list of all that are read at or under the topic."""
        return f"{reverse('commitments:difficulties')}?linh_vuc={topic_id}"
