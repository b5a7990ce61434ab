"""Petitions at the size of the country: receiving, lists, statistics and the periodic tables, beside a helpdesk in the same run.

200,000 on SQLite, a million ON=postgresql, over the communes and provinces since the merger; SMALL=1 takes a minute. The
helpdesk (django-helpdesk 2.6.1) holds 20,000 tickets, which is to its advantage. What was asked for is in `holds`.
"""

import itertools
import os
import random
import subprocess
import time
from typing import Any

from django.db import connection
from django.urls import reverse

from bench._bringing import Spent
from bench._petitions import Cases, build
from bench.clock import ask_helpdesk
from bench.ledger import _client, _page, _set_up, in_turn
from danvan.foundation import clock
from danvan.law.models import ClockEvent, ClockHeld
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import Channel, Kind
from danvan.petitions.models import Petition
from danvan.petitions.services import MatterDraft, PaperDraft, PersonDraft, receive_paper

ROWS = {("postgresql", False): 1_000_000, ("postgresql", True): 30_000, ("sqlite", False): 200_000, ("sqlite", True): 10_000}  # fmt: skip
TICKETS = 20_000
CREATE_MS, LIST_MS, PROVINCE_MS, COUNTRY_MS, TIMES = 50, 200, 1_000, 5_000, 1.3
TYPED = ("đường vào Khe Rạn", "cau treo", "bồi thường", "sạt lở bờ suối Vĩnh Long")
SMALL = bool(os.environ.get("SMALL"))


def run() -> dict[str, Any]:
    """Every measure, with the peer's and whether it is within what was asked."""
    _set_up()
    built = Spent(lambda: build(ROWS[connection.vendor, SMALL]))
    cases: Cases = built.answer
    told: dict[str, Any] = {
        "petitions": Petition.objects.count(),
        "clocks": ClockHeld.objects.count(),
        "clock_events": ClockEvent.objects.count(),
        "units": len(cases.units),
        "built_seconds": round(built.wall, 1),
        "create": _create(cases),
        "pages": in_turn(_pages(cases)),
        "tables": in_turn(_tables(cases), turns=4 if SMALL else 8),
    }
    whole = {name: work for name, work in _pages(cases).items() if name.startswith("list_")}
    told["lists"] = in_turn(whole, turns=20 if SMALL else 80)
    plain = told["lists"]["list_country"]
    told["times_unfiltered"] = {
        name: round(told["lists"][f"list_{name}"]["p95_ms"] / plain["p95_ms"], 2)
        for name in ("commune", "province")
    }
    told["django_helpdesk"] = peer = _helpdesk(cases)
    told["helpdesk_over_ours"] = _ratios(told, peer)
    return {**told, "holds": _holds(told)}


def _holds(told: dict[str, Any]) -> dict[str, bool]:
    pages, tables = told["pages"], told["tables"]
    return {
        "create": told["create"]["p95_ms"] < CREATE_MS,
        **{name: pages[name]["p95_ms"] < LIST_MS for name in ("my_list", "overdue_of_a_province", "search_province")},
        "ordinary_list": all(times <= TIMES for times in told["times_unfiltered"].values()),
        "tables_of_a_province": tables["tables_province"]["p95_ms"] < PROVINCE_MS,
        "tables_of_the_country": tables["tables_country"]["p95_ms"] < COUNTRY_MS,
    }  # fmt: skip


def _create(cases: Cases) -> dict[str, float]:
    """Papers received by the service, each of a new person."""
    dice, unit = random.Random(4), cases.units[0]
    number = itertools.count(1)

    def receive() -> None:
        one = next(number)
        person = PersonDraft(name=f"Lô Văn {one}", id_number=f"040{one:09}", address="Bản Xiềng")
        matter = MatterDraft(
            kind=dice.choice(Kind.values),
            title=f"Sửa cầu treo số {one}",
            text="Kính đề nghị. " * 40,
        )
        draft = PaperDraft(unit_id=unit, received_on=clock.today(), channel=Channel.POST, persons=(person,), matters=(matter,))  # fmt: skip
        receive_paper(draft, actor=cases.people["commune"])

    return in_turn({"create": receive}, turns=40 if SMALL else 200)["create"]


def _pages(cases: Cases) -> dict[str, Any]:
    clients = {name: _client(user) for name, user in cases.people.items()}
    address = reverse("petitions:list")
    typed = itertools.cycle([_page(clients["province"], address, q=words) for words in TYPED])
    return {
        "my_list": _page(clients["commune"], address, o="dang-giai-quyet"),
        "overdue_of_a_province": _page(clients["province"], address, o="qua-han"),
        "search_province": lambda: next(typed)(),
        **{f"list_{name}": _page(client, address) for name, client in clients.items()},
    }


def _tables(cases: Cases) -> dict[str, Any]:
    """The statistics and the periodic tables of the present year so far, and of a quarter."""
    year = clock.today().year
    name = last_names([cases.province], clock.today())[cases.province]
    place = {"don_vi": name, "don_vi_id": str(cases.province)}
    found = {}
    for who, asked in (("province", {}), ("country", {})):
        client = _client(cases.people[who])
        for page in ("periodic", "figures"):
            kind = "tables" if page == "periodic" else "figures"
            path = reverse(f"petition_figures:{page}")
            found[f"{kind}_{who}"] = _page(client, path, ky=str(year), **asked)
    head = _client(cases.people["country"])
    found["tables_of_a_place"] = _page(
        head, reverse("petition_figures:periodic"), ky=f"{year}-Q3", **place
    )
    return found


def _helpdesk(cases: Cases) -> dict[str, Any]:
    said = {"tickets": TICKETS if not SMALL else cases.rows, "queues": len(set(cases.units)), "mine": len(set(cases.units)) // 34, "pages": True}  # fmt: skip
    began = time.perf_counter()
    try:
        answer = ask_helpdesk("_helpdesk_lists.py", said)
    except (OSError, subprocess.SubprocessError, ValueError) as fault:
        return {"skipped": f"django-helpdesk 2.6.1 không chạy được ở đây: {str(fault)[:200]}"}
    return {**said, "database": "sqlite", **answer, "took_s": round(time.perf_counter() - began, 1)}


def _ratios(told: dict[str, Any], peer: dict[str, Any]) -> dict[str, float]:
    """How many times as long the helpdesk takes, at the middle, with fewer rows."""
    pairs = {
        "list": ("all_sees_all", told["lists"]["list_country"]),
        "dashboard": ("dashboard", told["tables"]["figures_country"]),
        "reports": ("reports", told["tables"]["tables_country"]),
    }
    return {name: round(peer[theirs]["p50_ms"] / ours["p50_ms"], 2) for name, (theirs, ours) in pairs.items() if theirs in peer}  # fmt: skip
