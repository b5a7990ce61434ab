"""Acts on the same work at the same moment wait for each other in one order: none is given up by the database."""

import json

from tests.outside import SET_UP

ROUNDS = 12
PREPARE = f"""
import json
from danvan.law.services import load_calendar
from danvan.organisations.enums import Kind
from tests.commitments.conftest import Ledger
from tests.factories.province import make_organisation
load_calendar([2026])  # the row that everybody holds
ledger = Ledger()
below = make_organisation(ledger.province.communes[0], Kind.YOUTH_UNION, name="Đoàn Thanh niên xã")
given = ledger.assign(*(ledger.assignment(title=f"Việc {{n}}") for n in range({ROUNDS})))
print(json.dumps([[one.pk for one in given], below.pk]))
"""
# One divides what the other says is done, both at once; who comes second is refused or asked for a reason.
ACT = """
import json
from datetime import date
from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment, claim_done, divide_commitment
from danvan.foundation.errors import RuleError
print("ready", flush=True)
who, below = json.loads(sys.stdin.readline())
part = Assignment(below, "Phần việc", "Biên bản", date(2026, 12, 31))
for line in sys.stdin:
    pk = int(line)
    one = Commitment.objects.get(pk=pk)
    try:
        if who == "divides":
            divide_commitment(one, [part], actor=None)
        else:
            claim_done(one, result="Xong", actor=None)
        print("done", flush=True)
    except RuleError:
        print("refused", flush=True)
"""
TALLY = """
import json
from danvan.commitments.models import Commitment, CommitmentPart
whole = Commitment.objects.filter(pk__in=json.loads(sys.stdin.readline()))
claimed = whole.filter(state="claimed").values_list("pk", flat=True)
print(json.dumps([list(claimed), list(CommitmentPart.objects.values_list("parent_id", flat=True))]))
"""


def test_who_divides_and_who_claims_at_once_never_stop_each_other(emptied):
    ids, below = json.loads(emptied.script(PREPARE))
    people = {who: emptied.start("-c", SET_UP + ACT) for who in ("divides", "claims")}
    for person in people.values():
        assert person.stdout.readline() == "ready\n"
    for who, person in people.items():
        person.stdin.write(json.dumps([who, below]) + "\n")
    said = {who: set() for who in people}
    for pk in ids:  # both at the same one, at the same moment
        for person in people.values():
            person.stdin.write(f"{pk}\n")
            person.stdin.flush()
        for who, person in people.items():
            word = person.stdout.readline()
            assert word, person.communicate()[1]  # a deadlock ends the process
            said[who] |= {pk} if word == "done\n" else set()
    for person in people.values():
        person.communicate(timeout=60)
    # Each is divided or claimed, never both: who comes second sees what the first did.
    assert said["divides"] | said["claims"] == set(ids)
    assert said["divides"] & said["claims"] == set()
    with emptied.start("-c", SET_UP + TALLY) as last:
        out, _ = last.communicate(json.dumps(ids) + "\n", timeout=120)
    claimed, parents = json.loads(out)
    assert (set(claimed), set(parents)) == (said["claims"], said["divides"])
