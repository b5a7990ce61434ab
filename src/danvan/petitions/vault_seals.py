"""The words of a case, sealed and opened under its own key: one place that knows under which name each column stands."""

import json
from typing import Any

from danvan.foundation.sealing import seal, unseal
from danvan.petitions.models import Denunciation

DENOUNCER, ACCUSED, CONTENT, REQUESTS = "denouncer", "accused", "content", "requests"


def seal_value(case: Denunciation, name: str, value: Any) -> bytes:
    """A plain value (text, list, mapping) as sealed bytes under this name."""
    return seal(case.key, json.dumps(value, ensure_ascii=False), name=f"vault.{name}")


def open_value(case: Denunciation, name: str, sealed: bytes | memoryview) -> Any:
    """What was sealed under this name; None where nothing was. Raises as `sealing.unseal`."""
    if not bytes(sealed):
        return None
    return json.loads(unseal(case.key, sealed, name=f"vault.{name}"))


def persons_of(case: Denunciation) -> list[dict[str, str]]:
    """Who denounces, opened."""
    return list(open_value(case, DENOUNCER, case.denouncer) or [])


def accused_of(case: Denunciation) -> list[dict[str, str]]:
    """Who is accused, opened."""
    return list(open_value(case, ACCUSED, case.accused) or [])


def content_of(case: Denunciation) -> dict[str, str]:
    """What is denounced, opened: title, text, which body dealt with it before."""
    return dict(open_value(case, CONTENT, case.content) or {})


def requests_of(case: Denunciation) -> list[str]:
    """What is asked for, opened."""
    return list(open_value(case, REQUESTS, case.requests) or [])


def step_words(case: Denunciation, sealed: bytes | memoryview) -> dict[str, str]:
    """The words and the symbol of one line of the history."""
    return dict(open_value(case, "step", sealed) or {})
