"""Dialogues for tests, brought by their acts as far as a test needs them."""

from datetime import date

import pytest

from danvan.commitments.services import Assignment
from danvan.dialogues.models import Dialogue, DialogueQuestion
from danvan.dialogues.selectors import proposed_publication
from danvan.dialogues.selectors.cards import sentences_of, undecided
from danvan.dialogues.services import (
    Plan,
    add_conclusion,
    add_opinion,
    announce_dialogue,
    issue_conclusions,
    note_none_above,
    open_questions,
    own_conclusion,
    plan_dialogue,
    publish_dialogue,
    record_held,
    say_no_work,
    send_question,
    settle_opinion,
    write_conclusion,
)
from danvan.foundation.errors import RuleError
from danvan.reading.covering import as_proposed

TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 14)
COMING = date(2026, 11, 27)  # of a dialogue of next week
TEXT = (
    "Sau khi nghe ý kiến của Nhân dân, tôi kết luận:\n"
    "Giao Ủy ban nhân dân xã sửa xong cầu treo bản Hòa Sơn trước ngày 31/12/2026.\n"
    "Việc thu gom rác ở chợ phải làm ngay, không để kéo dài."
)


def planned(unit, **more):
    plan = {
        "unit_id": unit.pk,
        "kind": "party_head",
        "subject": "Cầu treo, rác thải",
        "held_on": DAY,
        "place": "Nhà văn hóa bản Hòa Sơn",
        "head_name": "Kha Thị Hồng Nhung",
        "head_title": "Bí thư Đảng ủy",
    }
    return plan_dialogue(Plan(**plan | more), actor=None)


def announced(unit, **more):
    return announce_dialogue(
        planned(unit, **more), on=date(2026, 11, 4), where="Trụ sở, loa bản", actor=None
    )


def held(unit, **more):
    return record_held(
        announced(unit, **more),
        attendance={"residents": 150, "front": 36},
        households=164,
        actor=None,
    )


def said(dialogue, content="Cầu treo mục ván", heard="floor", name=""):
    return add_opinion(dialogue, content=content, heard=heard, name=name, actor=None)


def written(unit, text=TEXT, **more):
    return write_conclusion(held(unit, **more), text=text, actor=None)


def taken(dialogue, number=1):
    """The conclusion that the sentence of this number (from 0) becomes."""
    start, _ = sentences_of(dialogue.conclusion)[number]
    return add_conclusion(dialogue, start=start, actor=None)


def owned(conclusion, lead, due_on=date(2026, 12, 31)):
    one = Assignment(lead.pk, "Sửa xong cầu treo", "Biên bản nghiệm thu", due_on)
    return own_conclusion(conclusion, one, actor=None)


def answered(opinion):
    return settle_opinion(opinion, way="answered", answer="Đã trả lời", actor=None)


def decided(dialogue):
    """Every sentence that is no conclusion was said to be no work."""
    for one in undecided(fresh(dialogue), dialogue.conclusions.all()):
        say_no_work(dialogue, start=one.start, actor=None)


def ready(unit, lead):
    """Held, with an answered opinion, one owned conclusion, and nothing above: the notice may go out."""
    dialogue = written(unit)
    answered(said(dialogue))
    commitment = owned(taken(dialogue), lead)
    decided(dialogue)
    note_none_above(dialogue, actor=None)
    return Dialogue.objects.get(pk=dialogue.pk), commitment


def concluded(unit, lead, on=TODAY):
    dialogue, commitment = ready(unit, lead)
    return issue_conclusions(dialogue, on=on, actor=None), commitment


def published(dialogue, *, also=()):
    """The dialogue with its notice and conclusions public as they are proposed, and with these opinions."""
    groups = proposed_publication(dialogue)
    shown = [one.key for one in groups if one.official] + [f"q{one.pk}" for one in also]
    return publish_dialogue(dialogue, as_proposed(groups), shown=shown, actor=None)


def refused(act, *args, **more):
    """What an act that is refused says."""
    with pytest.raises(RuleError) as broken:
        act(*args, **{"actor": None, **more})
    return broken.value


def fresh(dialogue):
    """It as it is kept now."""
    return Dialogue.objects.get(pk=dialogue.pk)


def taking(unit):
    """A dialogue of next week that takes questions."""
    return open_questions(announced(unit, held_on=COMING), until=COMING, actor=None)


def sent(dialogue, content="Cầu treo bao giờ sửa?", seed="", name=""):
    """A question that somebody sent before it, with the code of its slip."""
    seed = seed or f"lần {DialogueQuestion.objects.count()}"
    slip = send_question(dialogue, content=content, name=name, seed=seed, address="1.2.3.4")
    return DialogueQuestion.objects.get(slip=slip.number), slip.code
