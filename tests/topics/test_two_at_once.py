"""Two people at once, in two processes: nothing is filed under a topic that ends, no name is given twice."""

from tests.outside import SET_UP

PREPARE = """
from datetime import date
from danvan.organisations.models import Unit
from danvan.topics.services import add_topic
unit = Unit.objects.create(sort="organisation", founded_on=date(2020, 1, 1))
topic = add_topic(name="Đất đai", parent=None, actor=None, on=date(2020, 1, 1))
print(unit.pk, topic.pk)
"""
FILE = """
import sys
from datetime import date
from django.db import transaction
from danvan.commitments.models import Commitment
from danvan.topics.services import hold_topics
unit, topic = map(int, sys.stdin.readline().split())
with transaction.atomic():
    hold_topics([topic])
    print("held", flush=True)
    sys.stdin.readline()
    Commitment.objects.create(number="CK-1", title="Việc", product="Biên bản", lead_id=unit, assigner_id=unit,
                              assigned_on=date(2026, 1, 1), topic_id=topic)
"""
END = """
import sys
from danvan.foundation.errors import RuleError
from danvan.topics.models import Topic
from danvan.topics.services import end_topic
topic = Topic.objects.get(pk=int(sys.stdin.readline().split()[1]))
print("ready", flush=True)
try:
    end_topic(topic, reason="x", actor=None)
except RuleError as refused:
    print(refused.message)
"""
ADD = """
import sys
from danvan.foundation.errors import RuleError
from danvan.topics.services import add_topic
sys.stdin.readline()
try:
    print(add_topic(name="Rừng", parent=None, actor=None).code)
except RuleError as refused:
    print("refused")
"""


def started(emptied, script, told):
    one = emptied.start("-c", SET_UP + script)
    one.stdin.write(told + "\n")
    one.stdin.flush()
    return one


def ended(one):
    out, err = one.communicate(timeout=120)
    assert one.returncode == 0, err
    return out


def test_a_topic_does_not_end_while_something_is_filed_under_it(emptied):
    told = emptied.script(PREPARE).strip()
    filer = started(emptied, FILE, told)
    assert filer.stdout.readline() == "held\n"
    ender = started(emptied, END, told)
    assert ender.stdout.readline() == "ready\n"
    filer.stdin.write("\n")
    filer.stdin.flush()
    ended(filer)
    assert "“Đất đai” đang dùng cho 1 việc phải làm." in ended(ender)


def test_two_keepers_who_add_one_name_add_it_once(emptied):
    two = [started(emptied, ADD, "") for _ in range(2)]
    assert sorted(ended(one).strip() for one in two) == ["refused", "rung"]
