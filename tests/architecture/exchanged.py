"""What other systems read and are given, for the tests that open every page."""

from danvan.petitions.services import give_code
from tests.exchange.connected import key_of, made_public
from tests.petitions import papers

PATHS = ("discovery", "services", "requests", "updates")
# What other systems read is public, whoever asks.
OPEN_TO_SYSTEMS = {
    *(f"open311:{name}" for name in (*PATHS, "definition", "request", "token")),
    "api:unit",
    "api:place",
    "api:matter",
}
TAKES_JSON = {"api:follow": 415}  # a form is not taken, whoever sends it


def connected_at(place, government):
    """A key of the place, and a public petition of its authority with the code of its sender."""
    form = {"form": "json"}
    shown = made_public(papers.received(government, papers.matter("feedback", "Đèn hỏng")), 9001)
    code = give_code(shown.petition, actor=None).code
    return {
        "exchange:revoke": {"pk": key_of(place).key.pk},
        **{f"open311:{name}": form for name in PATHS},
        "open311:definition": form | {"code": "chua-phan"},
        "open311:request": form | {"number": shown.number},
        "open311:token": form | {"token": code},
        "api:unit": {"unit_id": place.pk},
        "api:place": {"code": "40"},
        "api:matter": {"number": shown.number},
    }
