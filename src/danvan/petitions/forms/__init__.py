"""The forms of petitions: receiving a paper, the acts, the lists, opening an identity."""

from danvan.petitions.forms.act_fields import ACT_FORMS
from danvan.petitions.forms.acts import ActForm, GiveForm, ReplyForm, SecondForm, form_of
from danvan.petitions.forms.lists import PetitionFilter
from danvan.petitions.forms.receiving import OpenForm, PaperForm

__all__ = [
    "ACT_FORMS",
    "ActForm",
    "GiveForm",
    "OpenForm",
    "PaperForm",
    "PetitionFilter",
    "ReplyForm",
    "SecondForm",
    "form_of",
]
