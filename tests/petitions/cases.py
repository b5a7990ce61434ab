"""Denunciations for tests, brought by their acts as far as a test needs them."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.petitions.enums import Channel
from danvan.petitions.models import Denunciation
from danvan.petitions.selectors.vault import words_left
from danvan.petitions.services.identities import PersonDraft
from danvan.petitions.services.vault import (
    CONDITIONS,
    AccusedDraft,
    DenunciationDraft,
    Left,
    act_on_case,
    enter_denunciation,
    name_reader,
)
from danvan.petitions.vault_enums import Part
from tests.petitions.papers import Office, member

TODAY = date(2026, 11, 20)  # a Friday
RECEIVED = date(2026, 10, 1)  # a Thursday
ACCEPTED = date(2026, 10, 8)
DENOUNCER = PersonDraft(
    name="Vừ Bá Sáng", address="Bản Huồi Thum", id_number="040088007654", phone="0987 111 222"
)
ACCUSED = AccusedDraft(name="Hoàng Quốc Tí", post="Phó chủ tịch", organisation="UBND xã")
READY = dict.fromkeys(CONDITIONS, True)


class Vault(Office):
    """The office with those who work in the vault: intake officer, head, verifier, protection body."""

    def __init__(self):
        super().__init__()
        self.verifier = member("xacminh", self.unit, "petition_officer")
        self.police = member("baove", self.above, "petition_officer")
        self.administrator = member("quantri", self.province.place, "administrator")


def draft(unit, **more):
    said = {
        "unit_id": unit.pk, "received_on": RECEIVED, "channel": Channel.POST, "title": "Khai khống hộ nghèo",
        "text": "Ông Tí khai khống 12 hộ nghèo để nhận tiền.", "requests": ("Kiểm tra danh sách hộ nghèo",),
        "persons": (DENOUNCER,), "accused": (ACCUSED,),
    }  # fmt: skip
    return DenunciationDraft(**{**said, **more})


def entered(vault, **more):
    return fresh(enter_denunciation(draft(vault.unit, **more), actor=vault.officer))


def handed(vault, **more):
    case = entered(vault, **more)
    name_reader(case, user=vault.head, part=Part.RESOLVER, actor=vault.officer)
    return fresh(case)


def accepted(vault, on=ACCEPTED, **more):
    case = handed(vault, **more)
    return act(case, "accept", vault.head, on=on, said=READY)


def verifying(vault, **more):
    case = accepted(vault, **more)
    name_reader(case, user=vault.verifier, part=Part.VERIFIER, actor=vault.head)
    return act(case, "assign", vault.head, on=ACCEPTED, said={"until": date(2026, 10, 30)})


def found(vault, **more):
    return act(verifying(vault, **more), "find", vault.verifier, on=date(2026, 10, 20))


def concluded(vault, on=date(2026, 11, 2), outcome="right", **more):
    return act(found(vault, **more), "conclude", vault.head, on=on, said={"outcome": outcome})


def left(petition, **more):
    """Everything that stays of its paper as it reads now, looked at; `more`: a text by the end of its key."""
    words = {}
    for one in words_left(petition):
        words[one.key] = more.get(
            one.key.rpartition("-")[0].replace("-", "_") + "_" + one.column, one.words
        )
    return Left(words=words, cleared=True)


def act(case, name, actor, *, on=ACCEPTED, **more):
    more = {"words": "Theo hồ sơ.", "symbol": "12/QĐ-UBND", **more}
    return fresh(act_on_case(fresh(case), name, on=on, actor=actor, **more))


def fresh(case):
    return Denunciation.objects.select_related("key").get(pk=case.pk)


def refused(act, *args, **more):
    """What an act that is refused says."""
    with pytest.raises(RuleError) as broken:
        act(*args, **more)
    return broken.value
