"""Who is named in a text, and what is said, asked and concluded in it."""

from dataclasses import dataclass

from danvan.reading.assessing import find_assessments
from danvan.reading.directing import find_conclusions, find_directed
from danvan.reading.layout import Sentence
from danvan.reading.named import find_organisations, find_places
from danvan.reading.people import find_people
from danvan.reading.proposals import (
    OrganisationNamed,
    Person,
    PlaceNamed,
    Request,
    Statement,
)
from danvan.reading.requests import find_requests
from danvan.reading.tasks import Ground


@dataclass(frozen=True, slots=True)
class Voices:
    """All of it, each list in the order of the text."""

    requests: tuple[Request, ...]
    conclusions: tuple[Statement, ...]
    assessments: tuple[Statement, ...]
    people: tuple[Person, ...]
    organisations: tuple[OrganisationNamed, ...]
    places: tuple[PlaceNamed, ...]


def find_voices(ground: Ground, sentences: list[Sentence], issuer: str) -> Voices:
    """Read the sentences of a text whose issuer is called so."""
    view = ground.view
    directed = find_directed(view, sentences)
    told = (ground.document_type, ground.head_end)
    return Voices(
        requests=tuple(find_requests(ground, issuer, sentences, directed)),
        conclusions=tuple(find_conclusions(view, directed, sentences)),
        assessments=tuple(find_assessments(view, sentences, directed, told)),
        people=tuple(find_people(view)),
        organisations=tuple(find_organisations(view, ground.known)),
        places=tuple(find_places(view, ground.known)),
    )
