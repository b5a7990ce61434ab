"""Petitions of the whole country since the merger, written in bulk as services would have left them, clocks and events too."""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from bench import _ledger
from bench._country import loading
from bench._ledger import KEYED, _found, _places, _pour, _user, _words
from bench._ledger_drawn import DOES, FIRST, SECOND, SINCE, WHAT, Place
from danvan.accounts.models import User
from danvan.foundation import clock, key_file
from danvan.foundation.models import SearchText
from danvan.law.models import ClockEvent, ClockHeld
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Kind, Level
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors import in_force
from danvan.organisations.services import load_register
from danvan.petitions.enums import SETTLE, SUBJECT, Channel
from danvan.petitions.models import Paper, Petition, PetitionRequest, PetitionStep
from danvan.topics.models import Topic
from danvan.topics.services import load_topics

POURED = (Paper, Petition, PetitionRequest, PetitionStep, ClockHeld, ClockEvent, SearchText)
KINDS = (("complaint", "KN"), ("proposal", "KG"), ("feedback", "PA"))
TERM = 30  # days of settling that are drawn; a figure of this drawing, no rule


@dataclass(slots=True)
class Cases:
    """What stands there once it is built: the people by how far they see, and where papers come in."""

    province: int
    people: dict[str, User]
    units: list[int]
    rows: int


def standing(rows: int) -> Cases | None:
    """The petitions that a run before this one built and kept; None where none of this size is there."""
    there = Petition.objects.filter(pk__lte=rows).count()
    if there not in (0, rows):
        sys.exit(f"bench: what was kept has {there} petitions and not {rows}: please empty it")
    return _cases(rows, _places()) if there else None


def build(rows: int) -> Cases:
    """So many petitions."""
    key_file.make(settings.SEALED_FOR)
    load_register()
    load_topics()
    load_parameters()
    load_calendar()
    _found()
    places = _places()
    KEYED.update({Paper, Petition, ClockHeld})
    with loading(*POURED):
        _pour_all(rows, [one for _, _, one in places])
    with connection.cursor() as cursor:
        for model in (Paper, Petition, ClockHeld):
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
        cursor.execute("vacuum analyze" if connection.vendor == "postgresql" else "analyze")
    return _cases(rows, places)


def _cases(rows: int, places: Sequence[tuple[int, int, Place]]) -> Cases:
    units = [one.government for _, _, one in places]
    province = places[0][0]
    commune = [one for home, one, _ in places if home == province][-1]
    country = UnitVersion.objects.get(in_force(SINCE), level=Level.COUNTRY, kind="").unit_id
    government = UnitVersion.objects.get(
        in_force(SINCE), place_id=commune, kind=Kind.PEOPLES_COMMITTEE
    )
    people = {
        "commune": _user("bench-commune", commune, role="petition_officer"),
        "province": _user("bench-province", province, role="petition_officer"),
        "country": _user("bench-country", country),
    }
    return Cases(province, people, [government.unit_id, *units], rows)


def _pour_all(rows: int, places: Sequence[Place], size: int = 20_000) -> None:
    dice, at, today = random.Random(8), clock.now(), clock.today()
    topics = list(Topic.objects.values_list("pk", flat=True))
    units = [unit for one in places for unit in (one.government, one.government, *one.above[:1])]
    for start in range(1, rows + 1, size):
        drawn = [
            _draw(pk, dice, units, topics, today)
            for pk in range(start, min(start + size, rows + 1))
        ]
        with transaction.atomic():
            _pour(Paper, ({**one["paper"], "entered_at": at} for one in drawn))
            _pour(Petition, (one["petition"] for one in drawn))
            _pour(
                PetitionRequest,
                (
                    {
                        "petition_id": one["petition"]["id"],
                        "number": 1,
                        "words": one["petition"]["title"],
                    }
                    for one in drawn
                ),
            )
            _pour(
                PetitionStep,
                (
                    {"petition_id": one["petition"]["id"], "kind": kind, "on": on, "at": at}
                    for one in drawn
                    for kind, on in one["steps"]
                ),
            )
            _pour(ClockHeld, (held for one in drawn for held in one["clocks"]))
            _pour(
                ClockEvent,
                (event for one in drawn for held in one["clocks"] for event in _events(held, at)),
            )
            _pour(SearchText, (_searched(one["petition"]) for one in drawn))  # fmt: skip


def _draw(
    pk: int, dice: random.Random, units: Sequence[int], topics: Sequence[int], today: date
) -> dict[str, Any]:
    """One paper with one petition: where it came in, how far it is."""
    kind, letters = dice.choices(KINDS, (40, 35, 25))[0]
    unit, came = dice.choice(units), SINCE + timedelta(days=dice.randrange((today - SINCE).days))
    title = f"{dice.choice(DOES)} {dice.choice(WHAT)} {dice.choice(FIRST)} {dice.choice(SECOND)}"
    petition: dict[str, Any] = {
        "id": pk, "number": f"{letters}-{came.year}-{pk:07}", "paper_id": pk, "kind": kind, "unit_id": unit, "title": title,
        "received_on": came, "at_unit_on": came, "topic_id": dice.choice([*topics, None]), "state": "received",
    }  # fmt: skip
    steps, clocks = [("received", came)], []
    fate, first, last = dice.random(), came + timedelta(days=dice.randrange(1, 10)), None
    if first <= today:
        if fate < 0.08:
            petition |= {"state": "filed", "closing": "LD01", "closed_on": first}
            steps.append(("filed", first))
        elif fate < 0.12:
            petition |= {"state": "refused", "closing": "KN02", "closed_on": first}
            steps.append(("refused", first))
        else:
            last = first + timedelta(days=round(dice.triangular(3, 70, 24)))
            petition |= {"state": "accepted", "accepted_on": first}
            steps.append(("accepted", first))
            _settle(petition, kind, last if last <= today else None, fate, steps)
            due = first + timedelta(days=TERM)
            ended = last if last <= today else None
            clocks.append(_held(pk * 2 + 1, pk, SETTLE, unit, first, due, ended))
            if ended is None:
                petition |= {"due_on": due, "due_name": SETTLE}
    idle = petition.get("accepted_on") or petition.get("closed_on")
    clocks.insert(0, _held(pk * 2, pk, "idle", unit, came, came + timedelta(days=45), idle))
    channel = dice.choice(list(Channel)[:6]).value
    paper = {
        "id": pk,
        "unit_id": unit,
        "received_on": came,
        "channel": channel,
        "people": 1 + (fate > 0.98) * 11,
    }
    return {"paper": paper, "petition": petition, "steps": steps, "clocks": clocks}


def _settle(
    petition: dict[str, Any], kind: str, on: date | None, fate: float, steps: list[Any]
) -> None:
    if on is None:
        return
    if fate > 0.96:
        petition |= {"state": "withdrawn", "closed_on": on}
        steps.append(("withdrawn", on))
    elif kind == "complaint":
        petition |= {
            "state": "sent",
            "decided_on": on,
            "sent_on": on,
            "decision": "9/QĐ-UBND",
            "outcome": "partly",
        }
        steps += [("decided", on), ("sent", on)]
    else:
        petition |= {
            "state": "answered",
            "answered_on": on,
            "answer": "Đã làm xong.",
            "outcome": "resolved",
        }
        steps.append(("answered", on))


def _held(
    pk: int, subject: int, name: str, unit: int, on: date, due: date, ended: date | None
) -> dict[str, Any]:
    return {
        "id": pk, "subject_kind": SUBJECT, "subject_id": subject, "name": name, "unit_id": unit, "started_on": on,
        "original_due_on": due, "due_on": due, "ended_on": ended, "words": "30 ngày",
    }  # fmt: skip


def _events(held: dict[str, Any], at: Any) -> Iterator[dict[str, Any]]:
    days = (held["due_on"] - held["started_on"]).days
    yield {"clock_id": held["id"], "number": 1, "kind": "start", "on": held["started_on"], "at": at, "n": days, "counted": "D", "unit_id": held["unit_id"]}  # fmt: skip
    if held["ended_on"]:
        yield {"clock_id": held["id"], "number": 2, "kind": "end", "on": held["ended_on"], "at": at}


def _searched(row: dict[str, Any]) -> dict[str, Any]:
    number = " ".join(_ledger.WORD.findall(row["number"].lower()))
    parts = [_words(word) for word in row["title"].split(" ")]
    return {
        "model": Petition._meta.label_lower, "object_id": row["id"],
        "accented": f"{number} {' '.join(kept for kept, _ in parts)}", "folded": f"{number} {' '.join(bare for _, bare in parts)}",
    }  # fmt: skip
