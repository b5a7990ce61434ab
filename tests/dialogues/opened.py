"""Which dialogue each page is tried on, for the tests that open every page."""

from datetime import timedelta

from danvan.dialogues.services import group_questions, open_questions, send_question
from danvan.foundation import clock
from tests.dialogues import talks


def asked_before(committee):
    """A dialogue to come that takes questions, with one sent, put into the list."""
    dialogue = talks.announced(committee, held_on=clock.today() + timedelta(days=9))
    open_questions(dialogue, until=dialogue.held_on, actor=None)
    send_question(dialogue, content="Bao giờ sửa cầu treo?", seed="một lần", address="")
    question = dialogue.questions.get()
    return dialogue, group_questions(dialogue, [question.pk], actor=None)


def spoken_at(committee, lead):
    """A dialogue that was held in the commune, with an opinion and a conclusion that its government owns."""
    coming, sent = asked_before(committee)
    dialogue = talks.written(committee)
    opinion = talks.said(dialogue)
    conclusion = talks.taken(dialogue)
    talks.owned(conclusion, lead)
    one = {"pk": dialogue.pk}
    told, promise = talks.concluded(committee, lead)
    talks.published(told)
    return one, {
        "dialogues:of-conclusion": {"pk": conclusion.pk},
        "dialogues:settle": one | {"opinion": opinion.pk},
        "dialogues:own": one | {"conclusion": conclusion.pk},
        "dialogues:put-back": one | {"conclusion": conclusion.pk},
        "dialogues:questions": {"pk": coming.pk},
        "dialogues:door": {"pk": coming.pk},
        "dialogues:question-act": {"pk": coming.pk, "opinion": sent.pk},
        "dialogues:file-opinion": {"pk": coming.pk, "opinion": sent.pk},
        "portal:ask": {"number": coming.number},
        "people:talk": {"number": told.number},
        "people:promise": {"pk": promise.pk},
    }
