"""Which dialogue each page is tried on, for the tests that open every page."""

from tests.dialogues import talks


def spoken_at(committee, lead):
    """A dialogue that was held in the commune, with an opinion and a conclusion that its government owns."""
    dialogue = talks.written(committee)
    opinion = talks.said(dialogue)
    conclusion = talks.taken(dialogue)
    talks.owned(conclusion, lead)
    one = {"pk": dialogue.pk}
    return one, {
        "dialogues:of-conclusion": {"pk": conclusion.pk},
        "dialogues:settle": one | {"opinion": opinion.pk},
        "dialogues:own": one | {"conclusion": conclusion.pk},
        "dialogues:put-back": one | {"conclusion": conclusion.pk},
    }
