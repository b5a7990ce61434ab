"""Two at once in two processes, and a process killed between the act and its telling: each thing once, told once."""

import json

from tests.outside import SET_UP

PREPARE = """
import json
from danvan.commitments.services import claim_done, issue_follow_code, verify_commitment
from danvan.foundation import worker
from tests.commitments.conftest import Ledger
from tests.factories.province import make_grant, make_user
ledger = Ledger()
other = make_grant(ledger.province.committee, "specialist", user=make_user("Moong Thái Nhi"))
given = ledger.assign(*(ledger.assignment(title=f"Việc {{n}}") for n in range({number})))
for one in given:
    claim_done(one, result="Xong", actor=ledger.officer)
asked = given[{number} // 2 :] if {number} > 1 else []
codes = {{one.pk: issue_follow_code([one], actor=None) for one in asked}}
for one in asked:
    verify_commitment(one, finding="Đã xem", actor=ledger.checker)
worker.drain()
print(json.dumps([[one.pk for one in given], codes, [ledger.checker.pk, other.pk]]))
"""
# One checks and closes everything; the other does the same, or answers "not yet" where they hold a code.
JUDGE = """
import json
from danvan.accounts.models import User
from danvan.commitments.models import Commitment
from danvan.commitments.services import close_commitment, say_not_yet, verify_commitment
from danvan.foundation.errors import RuleError
print("ready", flush=True)
who, ids, codes = json.loads(sys.stdin.readline())
actor = User.objects.get(pk=who)
def tried(word, act):
    try:
        act()
        print(word, pk)
    except RuleError:
        print("refused", word, pk)
for pk in ids:
    one = Commitment.objects.get(pk=pk)
    if code := codes.get(str(pk)):
        tried("not_yet", lambda: say_not_yet(code, one, "Còn thiếu"))
        continue
    tried("verified", lambda: verify_commitment(one, finding="Đã xem", actor=actor))
    tried("closed", lambda: close_commitment(one, actor=actor))
"""
TALLY = """
import json
from collections import Counter
from danvan.commitments.models import Commitment, CommitmentStep
from danvan.foundation import events, worker
from danvan.foundation.models import AuditEntry, Delivery, OutboxEvent
from danvan.notifications.models import Notification
def told():
    return sorted(Notification.objects.values_list("user__full_name", "words"))
worker.drain()
first = told()
Delivery.objects.filter(subscriber__startswith="danvan.notifications").update(delivered_at=None, due_at="2026-01-01T00:00Z")
again = events.deliver_waiting(limit=10_000)
moved = OutboxEvent.objects.filter(name="commitments.moved")
print(json.dumps({
    "states": dict(Commitment.objects.values_list("pk", "state")),
    "steps": Counter(CommitmentStep.objects.values_list("kind", flat=True)),
    "audit": Counter(AuditEntry.objects.filter(action__startswith="commitments.").values_list("action", flat=True)),
    "outbox": Counter(one["step"] for one in moved.values_list("body", flat=True)),
    "undelivered": Delivery.objects.filter(delivered_at=None).count(),
    "told": first,
    "told_again": told() == first and again > 0,
}))
"""


def test_two_who_check_and_close_at_once_do_it_once_and_a_not_yet_always_reopens(emptied):
    number = 8
    ids, codes, (one, other) = json.loads(emptied.script(PREPARE.format(number=number)))
    people = [emptied.start("-c", SET_UP + JUDGE) for _ in range(2)]
    for person in people:
        assert person.stdout.readline() == "ready\n"
    for person, given in zip(people, ((one, ids, {}), (other, ids, codes)), strict=True):
        person.stdin.write(json.dumps(given) + "\n")
        person.stdin.flush()
    said = []
    for person in people:
        out, err = person.communicate(timeout=120)
        assert person.returncode == 0, err
        said += [line.split() for line in out.splitlines()]
    unasked, asked = ids[: number // 2], ids[number // 2 :]
    for word in ("verified", "closed"):
        done = sorted(int(line[1]) for line in said if line[0] == word and int(line[1]) in unasked)
        assert done == unasked
    assert sorted(int(line[1]) for line in said if line[0] == "not_yet") == asked

    found = json.loads(emptied.script(TALLY))
    # Closed first and opened again, or found to be under way and not closed: the asker's word stands.
    closed = sum(line[0] == "closed" for line in said)
    assert {int(pk): state for pk, state in found["states"].items()} == {
        **dict.fromkeys(unasked, "closed"), **dict.fromkeys(asked, "in_progress"),
    }  # fmt: skip
    steps = {"verified": number, "closed": closed, "disputed": number // 2}
    assert {kind: found["steps"][kind] for kind in steps} == steps
    assert {kind: found["outbox"][kind] for kind in steps} == steps
    assert found["audit"]["commitments.verify"] == number
    assert found["audit"]["commitments.close"] == closed
    words = [words.split(":")[0] for who, words in found["told"] if who == "Lô Văn Thắng"]
    told = {word: words.count(word) for word in words}
    assert told["Đã kiểm tra và xác nhận xong"] == number
    assert told["Việc đã đóng"] == closed
    assert told["Người hỏi trả lời “chưa xong”, việc được làm tiếp"] == number // 2
    assert (found["undelivered"], found["told_again"]) == (0, True)


ACT = """
import os, signal
from danvan.accounts.models import User
from danvan.commitments.models import Commitment
from danvan.commitments.services import verify_commitment
from danvan.foundation import events
events.deliver = lambda pk: os.kill(os.getpid(), signal.SIGKILL)  # committed, and told to nobody
verify_commitment(Commitment.objects.get(pk={pk}), finding="Đã xem", actor=User.objects.get(pk={who}))
"""
# The worker dies when the notice is written and before it is noted that the event was delivered.
DELIVER = """
import os, signal
from danvan.foundation import clock, events
from danvan.foundation.models import Delivery
from danvan.notifications.models import Notification
Delivery.objects.update(due_at=clock.machine())
before = Notification.objects.count()
plain = Delivery.save
def die(self, **given):
    if Notification.objects.count() == before:
        return plain(self, **given)
    os.kill(os.getpid(), signal.SIGKILL)
Delivery.save = die
events.deliver_waiting()
"""
LATER = """
from danvan.foundation import clock, events
from danvan.foundation.models import Delivery
Delivery.objects.filter(delivered_at=None).update(due_at=clock.machine())
"""


def test_what_a_killed_process_and_a_killed_worker_left_is_told_once_by_the_next(emptied):
    [pk, *_], _, (who, _) = json.loads(emptied.script(PREPARE.format(number=1)))
    for code in (ACT.format(pk=pk, who=who), DELIVER):
        killed = emptied.run("-c", SET_UP + code)
        assert (killed.returncode, killed.stderr) == (-9, "")
    emptied.script(LATER)
    found = json.loads(emptied.script(TALLY))
    assert found["states"] == {str(pk): "verified"}
    assert (found["steps"]["verified"], found["outbox"]["verified"]) == (1, 1)
    told = [words for who, words in found["told"] if words.startswith("Đã kiểm tra")]
    assert told == ["Đã kiểm tra và xác nhận xong: Việc 0"]
    assert (found["undelivered"], found["told_again"]) == (0, True)
