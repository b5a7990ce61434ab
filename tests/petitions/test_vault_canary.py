"""A denunciation whose words are known: after everybody did their work their bytes stand nowhere but sealed.

The same search finds the canary where it is put in plain: this test can fail.
"""

import base64
import hashlib
import logging
import unicodedata

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from danvan.foundation import audit, search
from danvan.petitions.models import Petition
from danvan.petitions.services import MatterDraft
from danvan.petitions.services.vault import (
    add_vault_file,
    ask_protection,
    decide_protection,
    finish_task,
    give_task,
    name_reader,
    open_case,
    read_vault_file,
    seal_petition,
)
from danvan.petitions.vault_enums import Part
from danvan.vietnamese.text import fold
from tests.once import once, own
from tests.petitions import cases, papers
from tests.petitions.canary import (
    ACCUSED,
    CANARIES,
    FILE,
    ID,
    NAME,
    PHONE,
    TEXT,
    database,
    disk,
    found,
)
from tests.petitions.papers import member
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def worked(vault):
    """A case with everything that can be written into one."""
    person = papers.PersonDraft(name=NAME, phone=PHONE, id_number=ID, address=f"Nhà {NAME}")
    case = cases.accepted(
        vault, title=TEXT, text=TEXT * 3, requests=(TEXT,), persons=(person,),
        accused=(cases.AccusedDraft(name=ACCUSED),), files=((FILE, PNG),),
    )  # fmt: skip
    name_reader(case, user=vault.verifier, part=Part.VERIFIER, actor=vault.head)
    name_reader(case, user=vault.police, part=Part.PROTECTION, actor=vault.head)
    case = cases.act(case, "assign", vault.head, words=TEXT, said={"until": cases.TODAY})
    task = give_task(case, doer=vault.verifier, words=TEXT, due_on=cases.TODAY, actor=vault.head)
    finish_task(task, result=TEXT, on=cases.TODAY, actor=vault.verifier)
    asked = ask_protection(case, guards="life", words=TEXT, on=cases.TODAY, actor=vault.officer)
    decide_protection(
        asked,
        on=cases.TODAY,
        grounds=TEXT,
        person=NAME,
        measures=TEXT,
        begins_on=cases.TODAY,
        actor=vault.police,
    )
    open_case(case, purpose="verify", actor=vault.verifier)
    made = add_vault_file(case, name=FILE, content=PNG, actor=vault.officer)
    assert read_vault_file(made, actor=vault.verifier) == (FILE, PNG)
    case = cases.act(case, "find", vault.verifier, words=TEXT)
    return cases.act(
        case, "conclude", vault.head, words=TEXT, said={"outcome": "right"}, on=cases.TODAY
    )


# The pages that the quick test opens; the whole of them takes minutes.
QUICK = (
    "desk:home",
    "desk:audit",
    "petitions:list",
    "petitions:list-sheet",
    "commitments:list",
    "vault:list",
    "vault:register",
)


def lists(resolver=None, spaces=()):
    """Every page that asks for no object."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from lists(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name and not entry.pattern.converters:
            name = ":".join((*spaces, entry.name))
            if "logout" not in name:
                yield name


def pages(client, person, names):
    """What these pages show somebody; a search before tells what it finds, not the words that were typed."""
    client.force_login(person)
    for name in names:
        answer = client.get(reverse(name), {"q": ACCUSED})
        assert b"TC-2026-" not in (b"" if answer.streaming else answer.content)
    client.logout()  # a list keeps what its reader typed last
    client.force_login(person)
    seen = []
    for name in names:
        answer = client.get(reverse(name))
        seen.append(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    return b"\n".join(seen)


def everywhere(vault, client, settings, caplog, roles, names):
    """What stands anywhere after a case was worked on and others opened their pages, by place."""
    caplog.set_level(logging.DEBUG)
    case = worked(vault)
    outside = [
        vault.administrator, vault.chief, *(member(f"vai-{role}", vault.unit, role) for role in roles),
    ]  # fmt: skip
    shown = b"\n".join(pages(client, one, names) for one in outside)
    for one in outside:
        client.force_login(one)
        assert client.get(reverse("vault:card", args=[case.uuid])).status_code in (403, 404)
    audit.seal(whole=True)
    assert case.number.encode() not in shown
    assert str(case.uuid).encode() not in shown
    logs = "\n".join(one.getMessage() for one in caplog.records).encode()
    return shown, database(), disk(settings.MEDIA_ROOT, settings.SEALED_ROOT), logs


def test_the_canary_stands_nowhere_but_sealed(vault, client, settings, caplog):
    roles = ("leader", "commune_officer")
    places = everywhere(vault, client, settings, caplog, roles, QUICK)
    assert [found(one) for one in places] == [[], [], [], []]


def test_a_petition_moved_in_leaves_no_byte_behind(vault):
    person = papers.PersonDraft(name=NAME, phone=PHONE)
    petition = papers.received(
        vault.unit, MatterDraft(kind="complaint", title=TEXT, text=ACCUSED), persons=(person,)
    )
    assert set(found(database())) == {TEXT, ACCUSED}  # the same search finds what stands in plain
    seal_petition(petition, accused=[cases.AccusedDraft(name=ACCUSED)], actor=vault.officer)
    assert not Petition.objects.exists()
    assert found(database()) == []


def test_the_same_search_finds_what_stands_in_plain(vault, tmp_path):
    for words in CANARIES:
        for plain in (words, fold(words), unicodedata.normalize("NFD", words)):
            assert words in found(f"x {plain} y".encode())
            for coded in (base64.b64encode(f"ab{plain}cd".encode()), plain.encode().hex().encode()):
                assert words in found(coded)
        assert words in found(hashlib.sha256(words.encode()).hexdigest().encode())
    search.index(vault.head, TEXT)
    assert found(database()) == [TEXT]
    search.erase(vault.head)
    (tmp_path / FILE).write_bytes(NAME.encode())
    assert found(disk(tmp_path)) == [NAME, FILE]
