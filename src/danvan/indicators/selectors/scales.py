"""The scales of qualitative indicators, the best step first."""

from collections import defaultdict
from collections.abc import Iterable

from danvan.indicators.models import ScaleStep


def scales_of(version_ids: Iterable[int]) -> dict[int, list[ScaleStep]]:
    """The steps of each version that has a scale, in order. One query; none where nothing is asked."""
    found: dict[int, list[ScaleStep]] = defaultdict(list)
    if wanted := set(version_ids):
        for step in ScaleStep.objects.filter(version_id__in=wanted).order_by("position"):
            found[step.version_id].append(step)
    return dict(found)
