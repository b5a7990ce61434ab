"""What everybody may read already and says nearly the same as somebody is about to send. Only confirmed public words are compared."""

from dataclasses import dataclass

import numpy as np

from danvan.petitions.selectors.duplicates import LEAST_WORDS
from danvan.petitions.selectors.likeness import WIDTH, alike, features_of, weights_by, words_in
from danvan.petitions.selectors.publishing import PublicMatter, public_matters, published_petitions

COMPARED = 300  # the latest, at the same place first
LEAST = 0.3
SHOWN = 3


@dataclass(frozen=True, slots=True)
class SimilarPublic:
    """A public matter and how alike its words are (0 to 1)."""

    matter: PublicMatter
    likeness: float


def similar_public(text: str, *, place_id: int | None) -> list[SimilarPublic]:
    """The public matters that say nearly the same, the likest first; of the same place only where one was said."""
    if len(words_in(text)) < LEAST_WORDS:
        return []
    rows = published_petitions()
    if place_id is not None:
        rows = rows.filter(petition__place_id=place_id)
    found = list(rows[:COMPARED])
    features = [features_of(f"{one.title}\n{one.text}") for one in found]
    asked = features_of(text)
    columns = np.concatenate([one.columns for one in (asked, *features)])
    counted = np.bincount(columns, minlength=WIDTH)
    scores = alike(asked, features, weights_by(counted, len(features) + 1))
    likest = sorted(zip(scores, found, strict=True), key=lambda one: (-one[0], -one[1].pk))
    near = [(score, one) for score, one in likest if score >= LEAST][:SHOWN]
    matters = public_matters([one for _, one in near])
    return [SimilarPublic(matter, score) for (score, _), matter in zip(near, matters, strict=True)]
