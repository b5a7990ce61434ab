"""A denunciation that somebody sends without an account: straight into the vault, behind a code that no other table knows."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from danvan.commitments.services import loose_code
from danvan.foundation import clock
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Level
from danvan.organisations.selectors import top_unit
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import Channel
from danvan.petitions.models import Denunciation
from danvan.petitions.selectors.vault.door import why_closed
from danvan.petitions.selectors.vault.sending import VaultOffice, vault_office, where_else
from danvan.petitions.services.identities import PersonDraft
from danvan.petitions.services.vault.entering import (
    AccusedDraft,
    DenunciationDraft,
    draft_faults,
    write_case,
)
from danvan.vietnamese.text import written

LETTERS, LEAST = 20_000, 8
NOBODY = "Hòm thư kín ở đây chưa có người được giao tiếp nhận nên chưa nhận được."
CLOSED = "Hòm thư kín đang đóng nên chưa nhận được."


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDraft:
    """What somebody denounces. `place_id`: the commune where the accused works, whose officers are shut out; none where the
    accused works above it or it is not known.
    """

    text: str
    accused: str
    post: str = ""
    organisation: str = ""
    place_id: int | None = None
    name: str = ""
    address: str = ""
    phone: str = ""


def send_denunciation(draft: SealedDraft, *, seed: str) -> str:
    """Seal what somebody denounces, for named intake officers above the accused; the code by which they ask how it stands.

    The same words with the same `seed` are one case and get the same code. RuleError with every fault, and where the vault
    is closed: nothing is kept then.
    """
    slip = loose_code(f"vault {seed} {hashlib.sha256(draft.text.encode()).hexdigest()}")
    if Denunciation.objects.filter(code=slip.number).exists():
        return slip.code
    if why_closed():
        raise RuleError(f"{CLOSED} {instead()}")
    draft = _as_stored(draft)
    office = office_of(draft)
    refuse(_sender_faults(draft, office))
    if office is None or not _received(office):
        raise RuleError(f"{NOBODY} {instead()}")
    try:
        _enter(draft, office, slip.number)
    except IntegrityError:  # the same form came twice at one moment
        if not Denunciation.objects.filter(code=slip.number).exists():
            raise
    return slip.code


def office_of(draft: SealedDraft) -> VaultOffice | None:
    """The office that a letter goes to as it is written so far."""
    return vault_office(draft.place_id, words=f"{draft.accused}\n{draft.post}\n{draft.text}")


def instead() -> str:
    """What to do while nothing is taken in here."""
    return (
        f"Bà con vui lòng gửi trực tiếp hoặc qua bưu điện đến {where_else()}. Chưa có gì được lưu."
    )


def _as_stored(draft: SealedDraft) -> SealedDraft:
    """The same in the letters that are kept."""
    told = ("text", "accused", "post", "organisation", "name", "address", "phone")
    said: dict[str, Any] = {one: written(getattr(draft, one)) for one in told}
    return replace(draft, **said)


@transaction.atomic
def _enter(draft: SealedDraft, office: VaultOffice, code: str) -> None:
    hold_units({office.unit_id})
    said = replace(_case(draft, office.unit_id), barred_users=office.named)
    write_case(said, readers=office.readers, actor=None, code=code)


def _case(draft: SealedDraft, unit_id: int) -> DenunciationDraft:
    text = draft.text.strip()
    person = PersonDraft(
        name=draft.name, address=draft.address, phone=draft.phone, nameless=not draft.name.strip()
    )
    known = any(one.strip() for one in (draft.name, draft.address, draft.phone))
    return DenunciationDraft(
        unit_id=unit_id,
        received_on=clock.today(),
        channel=Channel.PORTAL,
        title=" ".join(text.split())[:200],
        text=text,
        persons=(person,) if known else (),
        accused=(
            AccusedDraft(name=draft.accused, post=draft.post, organisation=draft.organisation),
        ),
        barred_units=(draft.place_id,) if draft.place_id is not None else (),
        anonymous=not draft.name.strip(),
    )


def _sender_faults(draft: SealedDraft, office: VaultOffice | None) -> Iterator[Fault]:
    """What is wrong, in words for whoever sends: the vault's own are for officers."""
    if len(draft.text.strip()) < LEAST:
        yield Fault("Bà con vui lòng ghi việc muốn tố cáo.", column="text")
    if len(draft.text) > LETTERS:
        yield Fault("Nội dung dài quá 20.000 ký tự, bà con vui lòng viết gọn lại.", column="text")
    if draft.place_id is not None and office is None:
        yield Fault("Không tìm thấy xã, phường này, bà con vui lòng chọn lại.", column="place")
    if draft.place_id is None and not _received(office) and top_unit().level == Level.COUNTRY:
        yield Fault(
            "Bà con vui lòng ghi xã, phường của người bị tố cáo, để thư đến đúng cấp trên của nơi đó.",
            column="place",
        )
    for fault in draft_faults(_case(draft, 0)):
        told = fault.message.replace("Đồng chí", "Bà con").replace("đồng chí", "bà con")
        if fault.column not in ("title", "text"):
            yield replace(fault, message=told, row=None)


def _received(office: VaultOffice | None) -> bool:
    return office is not None and bool(office.readers)
