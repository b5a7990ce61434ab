"""Run in a process of its own, on an installation of its own: a case is worked on, then every role opens every page.

Prints one line of JSON and waits, so that the database's files can be read while it still runs.
"""

import json
import sys
from contextlib import suppress
from types import SimpleNamespace

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from danvan.accounts.roles import ROLES
from danvan.foundation import audit, key_file, worker
from danvan.petitions.services.vault import (
    AccusedDraft,
    add_vault_file,
    ask_protection,
    decide_protection,
    enter_denunciation,
    finish_task,
    give_task,
    name_reader,
    name_superiors,
    open_case,
    read_vault_file,
)
from danvan.petitions.vault_enums import Part
from tests.architecture.test_who_may_open_what import DAY, URLS, World
from tests.factories.province import Province, make_grant, make_user
from tests.petitions import cases, papers
from tests.petitions.canary import found, needles_of, unpacked
from tests.reporting.months import PNG

# Of this run alone: other tests on the same server write theirs in plain.
NAME, PHONE, ID = "Khoàng Thị Nghịu", "0977661234", "040188002299"
TEXT = "Nghĩu ngoẵn rút ruột công trình kè suối"
ACCUSED = "Phàng Quang Khuỵnh"
FILE = "don-nghiu-khuynh-ke-suoi.png"
MARK = "Xin sửa cầu treo Nậm Khoẻn"  # in the ordinary register: what searches for it must find it
NEEDLES = needles_of((NAME, PHONE, ID, TEXT, ACCUSED, FILE))
MARKED = needles_of((MARK,))
LEAVES = ("logout", "dang-xuat", "delete")


def worked(unit, place):
    """A case with everything that can be written into one, up to its conclusion."""
    who = {name: make_user(f"Người {name}") for name in ("officer", "head", "verifier", "police")}
    for name, user in who.items():
        make_grant(unit, "leader" if name == "head" else "petition_officer", user=user)
    one = SimpleNamespace(**who)
    draft = cases.draft(
        unit, title=TEXT, text=f"{TEXT}. " * 40, requests=(TEXT,), accused=(AccusedDraft(name=ACCUSED, post=TEXT),),
        persons=(papers.PersonDraft(name=NAME, phone=PHONE, id_number=ID, address=f"Nhà {NAME}"),),
        files=((FILE, PNG + TEXT.encode()),), received_on=DAY,
    )  # fmt: skip
    case = enter_denunciation(draft, actor=one.officer)
    name_reader(case, user=one.head, part=Part.RESOLVER, actor=one.officer)
    name_reader(case, user=one.verifier, part=Part.VERIFIER, actor=one.head)
    name_reader(case, user=one.police, part=Part.PROTECTION, actor=one.officer)
    case = cases.act(case, "accept", one.head, on=DAY, words=TEXT, said=cases.READY)
    case = cases.act(case, "assign", one.head, on=DAY, words=TEXT, said={"until": DAY})
    task = give_task(case, doer=one.verifier, words=TEXT, due_on=DAY, actor=one.head)
    finish_task(task, result=TEXT, on=DAY, actor=one.verifier)
    asked = ask_protection(case, guards="life", words=TEXT, on=DAY, actor=one.officer)
    decide_protection(
        asked, on=DAY, grounds=TEXT, person=NAME, measures=TEXT, begins_on=DAY, actor=one.police
    )
    open_case(case, purpose="verify", actor=one.verifier)
    file = add_vault_file(case, name=FILE, content=PNG + TEXT.encode(), actor=one.officer)
    assert read_vault_file(file, actor=one.verifier) == (FILE, PNG + TEXT.encode())
    case = cases.act(case, "find", one.verifier, on=DAY, words=TEXT)
    return one, cases.act(case, "conclude", one.head, on=DAY, words=TEXT, said={"outcome": "right"})


def look(client, path):
    """What a page answers; a page that cannot be opened so is looked at as it refuses."""
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content + json.dumps(dict(answer.headers)).encode()


def run():
    key_file.make(settings.SEALED_FOR)
    with transaction.atomic():  # nothing is told before all of it stands
        world = World(Province())
    unit = world.province.governments[0]
    papers.received(unit, papers.matter("proposal", MARK), on=DAY)
    readers, case = worked(unit, world.province.place)
    secret = [case.number.encode(), str(case.uuid).encode()]
    told = {"pages": 0, "roles": 0, "leaks": [], "marked": 0, "readers_saw": []}
    people = [
        (role, at, make_grant(world.places[at], role))
        for role in sorted(ROLES)
        for at in ("here", "root")
    ]
    people += [("", "public", None)]
    paths = [
        (name, world.path(name, converters))
        for name, _, converters in URLS
        if not any(one in name for one in LEAVES)
    ]
    paths.append(("vault:card", reverse("vault:card", args=[case.uuid])))
    for role, at, user in people:
        client = Client(SERVER_NAME="localhost")
        if user is not None:
            client.force_login(user)
        told["roles"] += 1
        for name, path in paths:
            for query in ("", f"?q={MARK}"):
                content = unpacked(look(client, path + query))
                told["pages"] += 1
                told["marked"] += bool(found(content, MARKED))
                # a page that is not there says which address was asked for
                hidden = secret[:1] if name == "vault:card" else secret
                leaked = [
                    *found(content, NEEDLES),
                    *(one.decode() for one in hidden if one in content),
                ]
                told["leaks"] += [f"{role}/{at} {name}: {one}" for one in leaked]
                if "q=" not in query and name.rpartition(":")[2] not in (
                    "list",
                    "register",
                    "home",
                    "library",
                ):
                    break
    # who reads it sees it, so that what was not found elsewhere could have been found
    client = Client(SERVER_NAME="localhost")
    client.force_login(readers.verifier)
    told["readers_saw"] = found(look(client, paths[-1][1]), NEEDLES)
    name_superiors()
    with suppress(Exception):
        worker.drain()
    audit.seal(whole=True)
    print(json.dumps(told), flush=True)
    sys.stdin.readline()
