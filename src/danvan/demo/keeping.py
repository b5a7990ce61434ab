"""The demonstration's sign-ins, kept in its own home so that it can be opened again. Never used elsewhere."""

import json
import os

from django.conf import settings

from danvan.demo.people import Person

FILE = "demo-sign-ins.json"


def keep_sign_ins(sign_ins: list[tuple[Person, str]]) -> None:
    """Write them where only the owner of the demonstration's home may read."""
    rows = [
        [person.username, password, person.full_name, person.position, person.role]
        for person, password in sign_ins
    ]
    opened = os.open(settings.HOME / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False)


def kept_sign_ins() -> list[tuple[str, str, str, str, str]] | None:
    """(username, password, name, position, role) of each, or None where nothing was built here."""
    path = settings.HOME / FILE
    if not path.exists():
        return None
    return [tuple(row) for row in json.loads(path.read_text(encoding="utf-8"))]
