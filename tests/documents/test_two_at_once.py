"""Two clerks at once, in two processes: no number twice, none left out, no document twice."""

from dataclasses import replace

import pytest

from tests.documents.papers import Paper
from tests.outside import SET_UP

PREPARE = """
from datetime import date
from danvan.organisations.models import Unit, UnitVersion
unit = Unit.objects.create(sort="organisation", founded_on=date(2020, 1, 1))
UnitVersion.objects.create(unit=unit, name="Tỉnh ủy", level="province", kind="party_committee",
                           line="party", valid_from=date(2020, 1, 1))
print(unit.pk)
"""
ENTER = """
import json, sys, time
from danvan.documents.errors import DuplicateError
from danvan.documents.services import register_document
from danvan.organisations.selectors import identities
unit_id, papers = json.loads(sys.stdin.readline())
unit = identities([unit_id])[unit_id]
for paper in papers:
    try:
        document = register_document(unit=unit, content=paper.encode(), name="a.txt", actor=None)
        print(document.symbol, document.register_number)
    except DuplicateError:
        print("known", paper.split()[4])
"""


def test_two_clerks_at_once_neither_share_nor_skip_a_number(emptied):
    import json

    unit_id = int(emptied.script(PREPARE))
    paper = Paper()
    mine = [replace(paper, symbol=f"{n}-NQ/TU").text() for n in (1, 2, 3, 4, 5)]
    yours = [replace(paper, symbol=f"{n}-NQ/TU").text() for n in (6, 2, 7, 4, 8)]
    clerks = [emptied.start("-c", SET_UP + ENTER) for _ in range(2)]
    said = []
    for clerk, papers in zip(clerks, (mine, yours), strict=True):
        clerk.stdin.write(json.dumps([unit_id, papers]) + "\n")
        clerk.stdin.flush()
    for clerk in clerks:
        out, err = clerk.communicate(timeout=120)
        assert clerk.returncode == 0, err
        said += out.splitlines()
    entered = [line.split() for line in said if not line.startswith("known")]
    assert sorted(symbol for symbol, _ in entered) == [f"{n}-NQ/TU" for n in range(1, 9)]
    assert sorted(int(number) for _, number in entered) == list(range(1, 9))
    assert len([line for line in said if line.startswith("known")]) == 2


# A Party committee with one commune below it, and a document with tasks for that commune.
PREPARE_TASKS = """
import django.utils.timezone
from datetime import date
from danvan.documents.models import Document, Proposal
from danvan.organisations.models import Reach, Unit, UnitVersion
begin = date(2020, 1, 1)
def unit(sort, name, level, **given):
    one = Unit.objects.create(sort=sort, founded_on=begin)
    UnitVersion.objects.create(unit=one, name=name, folded=name.lower(), level=level, valid_from=begin, **given)
    return one
province = unit("place", "Tinh", "province")
commune = unit("place", "Xa", "commune", parent=province)
party = {"kind": "party_committee", "line": "party"}
committee = unit("organisation", "Tinh uy", "province", place=province, **party)
lead = unit("organisation", "Dang uy", "commune", place=commune, **party)
for top, below in ((province, province), (province, commune), (province, committee), (province, lead)):
    Reach.objects.create(top=top, unit=below, follows="place", valid_from=begin)
document = Document.objects.create(
    unit=committee, direction="incoming", register_year=2026, register_number=1, document_type="plan",
    issuer_name="x", issuer_key="x", abstract="x", text="x" * 400, stage="to_review",
    registered_at=django.utils.timezone.now(),
)
body = {
    "title": "Rà soát hộ", "product": "Báo cáo", "due_on": "2027-03-31",
    "leads": [{"words": "Đảng ủy", "kind": "party_committee", "levels": ["commune"]}],
}
print(*(
    Proposal.objects.create(document=document, kind="task", start=n, end=n + 5, body=body, confidence=95,
                            rule="x", reason="x").pk
    for n in range(0, 80, 10)
))
"""
ACCEPT = """
import json
from danvan.documents.models import Proposal
from danvan.documents.services import accept_proposal
from danvan.foundation.errors import RuleError
for pk in json.loads(sys.stdin.readline()):
    try:
        accept_proposal(Proposal.objects.get(pk=pk), actor=None)
        print("accepted", pk)
    except RuleError as refused:
        print("refused", pk, refused.message)
"""
COUNT = """
from danvan.commitments.models import Commitment
print(*Commitment.objects.order_by("pk").values_list("number", flat=True))
"""


def test_two_who_accept_the_same_tasks_at_once_give_each_once_and_skip_no_number(emptied):
    import json

    ids = [int(one) for one in emptied.script(PREPARE_TASKS).split()]
    people = [emptied.start("-c", SET_UP + ACCEPT) for _ in range(2)]
    for person, order in zip(people, (ids, ids[::-1]), strict=True):
        person.stdin.write(json.dumps(order) + "\n")
        person.stdin.flush()
    said = []
    for person in people:
        out, err = person.communicate(timeout=120)
        assert person.returncode == 0, err
        said += [line.split(maxsplit=2) for line in out.splitlines()]
    accepted = sorted(int(line[1]) for line in said if line[0] == "accepted")
    refused = [line[2] for line in said if line[0] == "refused"]
    assert accepted == ids
    assert len(refused) == len(ids)
    assert all("đã nhận trước đó rồi" in sentence for sentence in refused)
    assert emptied.script(COUNT).split() == [f"CK-2026-{n:04}" for n in range(1, len(ids) + 1)]


# Two documents that tell of the same activities, in the other order.
TELL_TWICE = (
    PREPARE_TASKS.split("body = {")[0]
    + """
other = Document.objects.create(
    unit=committee, direction="incoming", register_year=2026, register_number=2, document_type="plan",
    issuer_name="x", issuer_key="x", abstract="y", text="y" * 400, stage="to_review",
    registered_at=django.utils.timezone.now(),
)
print(*(
    Proposal.objects.create(
        document=one, kind="activity", start=n, end=n + 5, confidence=95, rule="x", reason="x",
        body={"kind": "dialogue", "title": "Đối thoại", "lead": {"words": "Đảng ủy", "unit_id": lead.pk},
              "held_on": f"2026-03-{n + 1:02}"},
    ).pk
    for one in (document, other) for n in range(25)
))
"""
)
RECORDED = """
from danvan.activities.models import Activity
print(*Activity.objects.order_by("held_on").values_list("held_on__day", flat=True))
"""


# Both wait until the other is ready too, so that they meet at every activity.
MEET = 'import sys\nprint("ready", flush=True)\n'


def test_two_who_take_the_same_activity_from_two_documents_at_once_record_it_once(emptied):
    import json

    ids = [int(one) for one in emptied.script(TELL_TWICE).split()]
    people = [emptied.start("-c", SET_UP + MEET + ACCEPT) for _ in range(2)]
    assert [person.stdout.readline() for person in people] == ["ready\n"] * 2
    for person, order in zip(people, (ids[:25], ids[25:]), strict=True):
        person.stdin.write(json.dumps(order) + "\n")
        person.stdin.flush()
    said = []
    for person in people:
        out, err = person.communicate(timeout=120)
        assert person.returncode == 0, err
        said += out.splitlines()
    assert [line.split()[0] for line in said] == ["accepted"] * 50
    assert emptied.script(RECORDED).split() == [str(n) for n in range(1, 26)]


SENT = """
from datetime import date
from danvan.documents.services import distribute_document, register_issued_document
from danvan.organisations.models import Unit, UnitVersion
def made(name):
    unit = Unit.objects.create(sort="organisation", founded_on=date(2020, 1, 1))
    UnitVersion.objects.create(unit=unit, name=name, level="commune", kind="party_committee",
                               line="party", valid_from=date(2020, 1, 1))
    return unit
sender = made("Tỉnh ủy")
recipients = [made(f"Đảng ủy {n}") for n in range(6)]
letter = register_issued_document(unit=sender, document_type="plan", abstract="Kế hoạch",
                                  issued_on=date(2026, 3, 2), actor=None)
rows = distribute_document(letter, [one.pk for one in recipients], actor=None)
print(letter.pk, *(row.pk for row in rows))
"""
RECEIVE = """
import sys
from danvan.documents.models import Distribution, Document
from danvan.documents.services import receive_document, recall_document
from danvan.foundation.errors import RuleError
act, letter, *rows = sys.stdin.readline().split()
for pk in rows:
    one = Distribution.objects.get(pk=pk)
    try:
        if act == "receive":
            print("received", pk, receive_document(one, actor=None).entry_number)
        else:
            recall_document(one.document, unit_ids=[one.unit_id], reason="nhầm", actor=None)
            print("recalled", pk)
    except RuleError:
        print("refused", pk)
"""


@pytest.mark.parametrize("other", ["receive", "recall"])
def test_what_was_sent_is_received_once_and_never_taken_back_as_well(emptied, other):
    letter, *rows = emptied.script(SENT).split()
    people = [emptied.start("-c", SET_UP + RECEIVE) for _ in range(2)]
    for person, act in zip(people, ("receive", other), strict=True):
        person.stdin.write(" ".join([act, letter, *rows]) + "\n")
        person.stdin.flush()
    said = []
    for person in people:
        out, err = person.communicate(timeout=120)
        assert person.returncode == 0, err
        said += [line.split() for line in out.splitlines()]
    done = [line for line in said if line[0] != "refused"]
    assert sorted(line[1] for line in done) == sorted(rows)
    assert {line[2] for line in done if line[0] == "received"} <= {"1"}
