"""Several act on one dialogue at the same moment, in processes of their own: it ends once, and never over open work."""

import json

from tests.outside import SET_UP

NUMBER = 5
PREPARE = f"""
import json
from danvan.dialogues.services import issue_conclusions, note_none_above
from danvan.foundation import clock
from tests.dialogues import talks
from tests.factories.province import Province
from datetime import timedelta
province = Province()
unit, lead = province.committees[0], province.governments[0]
today = clock.today()
plan = {{"held_on": today - timedelta(days=3)}}
def held():
    one = talks.planned(unit, **plan)
    one = talks.record_held(one, attendance={{"residents": 9}}, households=None, actor=None)
    one = talks.write_conclusion(one, text=talks.TEXT, actor=None)
    talks.owned(talks.taken(one, 1), lead, due_on=None)
    note_none_above(one, actor=None)
    talks.decided(one)
    return one.pk, one
ready = [held() for _ in range({NUMBER})]
done = [held() for _ in range({NUMBER})]
for _, one in done:
    issue_conclusions(one, on=today, actor=None)
print(json.dumps([[pk for pk, _ in ready], [pk for pk, _ in done], lead.pk]))
"""
ACT = """
import json
from datetime import timedelta
from danvan.dialogues import services
from danvan.dialogues.models import Dialogue
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.models import Unit
from tests.dialogues import talks
print("ready", flush=True)
who, ready, done, lead = json.loads(sys.stdin.readline())
today, lead = clock.today(), Unit.objects.get(pk=lead)
def tried(word, act):
    try:
        act()
        print(word, pk)
    except RuleError:
        pass
for pk in ready:
    one = Dialogue.objects.get(pk=pk)
    if who == "adds":
        tried("added", lambda: talks.taken(one, 2))
    else:
        tried("issued", lambda: services.issue_conclusions(one, on=today, actor=None))
for pk in done:
    one = Dialogue.objects.get(pk=pk)
    if who == "adds":
        tried("given", lambda: talks.owned(one.conclusions.get(), lead, today + timedelta(days=9)))
    else:
        tried("closed", lambda: services.close_dialogue(one, actor=None))
"""
TALLY = """
import json
from danvan.commitments.models import Commitment
from danvan.dialogues.models import Dialogue, DialogueStep
from danvan.dialogues.selectors import unowned
from danvan.documents.models import Document
rows = {}
for one in Dialogue.objects.all():
    given = Commitment.objects.filter(source_id__in=one.conclusions.values("pk"))
    rows[one.pk] = {
        "state": one.state,
        "open": given.filter(due_on__isnull=False, verified_on=None).count(),
        "unowned": len(unowned(one)),
        "ends": one.steps.filter(kind__in=("closed",)).count(),
        "notices": one.steps.filter(kind="concluded").count(),
    }
print(json.dumps([rows, Document.objects.count()]))
"""


def test_a_dialogue_ends_once_and_never_over_what_is_added_at_that_moment(emptied):
    ready, done, lead = json.loads(emptied.script(PREPARE))
    people = {who: emptied.start("-c", SET_UP + ACT) for who in ("closes", "closes too", "adds")}
    for person in people.values():
        assert person.stdout.readline() == "ready\n"
    for who, person in people.items():
        person.stdin.write(json.dumps([who, ready, done, lead]) + "\n")
        person.stdin.flush()
    said = []
    for person in people.values():
        out, err = person.communicate(timeout=120)
        assert person.returncode == 0, err
        said += [tuple(line.split()) for line in out.splitlines()]
    assert len(said) == len(set(said))  # nobody closes, or issues, what another has

    rows, documents = json.loads(emptied.script(TALLY))
    for pk in ready:
        row = rows[str(pk)]
        added, issued = ("added", str(pk)) in said, ("issued", str(pk)) in said
        assert added != issued  # what is added last has no owner: the notice is refused
        assert (row["state"], row["notices"]) == (("concluded", 1) if issued else ("held", 0))
        assert row["unowned"] == int(added)
    for pk in done:
        row = rows[str(pk)]
        given, closed = ("given", str(pk)) in said, ("closed", str(pk)) in said
        assert given != closed
        assert (row["state"], row["ends"]) == (("closed", 1) if closed else ("concluded", 0))
        assert row["open"] == int(given)
    assert documents == len(done) + sum(word == "issued" for word, _ in said)
