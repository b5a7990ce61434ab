"""Who petitions: kept sealed, found again by keyed marks, opened for a purpose and a short while, erased with its key."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from danvan.foundation import audit, clock
from danvan.foundation.acting import refuse, words_of
from danvan.foundation.errors import Fault
from danvan.foundation.sealing import mark, new_key, seal, unseal
from danvan.petitions.enums import Opening, PersonKind
from danvan.petitions.models import IdentityOpening, Paper, Petitioner, Signature
from danvan.vietnamese.text import canonical, fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.foundation.models import DataKey

PURPOSE = "petitions"
NAMELESS = "Không ghi tên"
PARTS = ("name", "address", "id_number", "phone", "email")
# A passport, nine digits of the old card or twelve of the new one: the shapes in use, each refused only where it is none.
ID_SHAPES = re.compile(r"(?:\d{9}|\d{12}|[A-Z]\d{7,8})")
PHONE_SHAPE = re.compile(r"(?:\+84|0)\d{8,10}")
_MAIL = r"[^@\s<>\"(),:;\\\[\]]+"  # of an address: no mail server takes the others unquoted
MAIL_SHAPE = re.compile(rf"{_MAIL}@{_MAIL}\.{_MAIL}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """Who petitions, as it was written down."""

    name: str
    address: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    kind: str = PersonKind.PERSON
    representative: bool = False
    nameless: bool = False  # left how to be reached and no name

    @property
    def id_key(self) -> str:
        """The number of the paper without spaces and points, as it is compared."""
        return re.sub(r"[\s.\-]", "", canonical(self.id_number)).upper()

    @property
    def phone_key(self) -> str:
        """The telephone number without spaces and points."""
        return re.sub(r"[\s.\-()]", "", canonical(self.phone))


def person_faults(draft: PersonDraft, row: int) -> Iterator[Fault]:
    """What is wrong with one person, `row` counted from 1."""
    for column, label, most in (
        ("name", "họ tên", 120), ("address", "địa chỉ", 300), ("email", "thư điện tử", 120),
    ):  # fmt: skip
        missing = ""
        if column == "name" and not draft.nameless:
            missing = "Đồng chí vui lòng ghi họ tên, hoặc chọn đơn không ghi tên."
        _, faults = words_of(getattr(draft, column), column=column, missing=missing, most=most)
        yield from (
            Fault(one.message.replace("Phần này", f"Phần {label}"), row, column) for one in faults
        )
    if draft.id_key and not ID_SHAPES.fullmatch(draft.id_key):
        yield Fault(
            "Số giấy tờ gồm 9 hoặc 12 chữ số, hoặc số hộ chiếu. Đồng chí vui lòng xem lại, không rõ thì để trống.",
            row, "id_number",
        )  # fmt: skip
    if draft.phone_key and not PHONE_SHAPE.fullmatch(draft.phone_key):
        yield Fault(
            "Số điện thoại gồm 9 đến 11 chữ số, bắt đầu bằng 0 hoặc +84. Đồng chí vui lòng xem lại.",
            row,
            "phone",
        )
    if canonical(draft.email).strip() and not MAIL_SHAPE.fullmatch(canonical(draft.email).strip()):
        yield Fault(
            "Địa chỉ thư điện tử chưa đúng dạng ten@noi.vn, đồng chí vui lòng xem lại.",
            row,
            "email",
        )


def keep_person(draft: PersonDraft) -> Petitioner:
    """The person of this draft: the same row as before where the number of their paper is known, else a new one.

    Must be called in the transaction of the act. What is new of somebody known (address, telephone) takes the old place.
    """
    id_mark = mark_of(draft)
    found = _known(id_mark)
    if found is None:
        made = Petitioner(
            key=new_key(PURPOSE), kind=draft.kind, id_mark=id_mark, entered_at=clock.now()
        )
        seal_person(made, draft)
        try:
            with transaction.atomic():
                made.save()
            return made
        except IntegrityError:  # another office wrote the same person down a moment ago
            found = Petitioner.objects.select_related("key").get(id_mark=id_mark)
            made.key.delete()  # nothing was sealed under it
    seal_person(found, draft)
    found.save()
    return found


def mark_of(draft: PersonDraft) -> bytes | None:
    """By what the same person is found again; None without the number of a paper."""
    return mark(draft.id_key, purpose=PURPOSE) if draft.id_key else None


def sign(paper: Paper, persons: "list[PersonDraft] | tuple[PersonDraft, ...]") -> list[Petitioner]:
    """Put these people behind a paper, each once."""
    kept = [keep_person(draft) for draft in persons]
    Signature.objects.bulk_create(
        (
            Signature(paper=paper, petitioner=person, representative=draft.representative)
            for person, draft in zip(kept, persons, strict=True)
        ),
        ignore_conflicts=True,  # who stands there already
    )
    return kept


def found_again(paper: Paper, draft: PersonDraft) -> Petitioner | None:
    """Who of this name stands behind a paper already, where nothing that was written of the two differs; what is new is kept.

    Must be called in the transaction of the act.
    """
    named = paper.signatures.filter(
        petitioner__name_mark=mark(draft.name, purpose=PURPOSE), petitioner__erased_on=None
    )
    for one in named.select_related("petitioner__key").order_by("pk"):
        person, id_mark = one.petitioner, mark_of(draft)
        if not _may_be(_opened(one), draft):
            continue
        if id_mark is not None and person.id_mark is None:
            if Petitioner.objects.filter(id_mark=id_mark).exists():
                continue  # somebody known, of whom the paper did not say so
            person.id_mark = id_mark
        seal_person(person, draft)
        person.save()
        return person
    return None


def _may_be(known: PersonDraft, draft: PersonDraft) -> bool:
    pairs = (
        (known.id_key, draft.id_key),
        (known.phone_key, draft.phone_key),
        (fold(known.address).strip(), fold(draft.address).strip()),
    )
    return all(not one or not other or one == other for one, other in pairs)


def senders_of(paper: Paper) -> list[PersonDraft]:
    """Who stands behind a paper, in order, opened for an act of the software alone: nothing of it is shown to anybody.

    Without whom was erased. Raises as `sealing.unseal`.
    """
    signatures = paper.signatures.select_related("petitioner__key").order_by("pk")
    return [_opened(one) for one in signatures if one.petitioner.erased_on is None]


def is_signed_by(paper: Paper, name: str) -> bool:
    """Whether somebody of this name, tones aside, stands behind a paper; nothing is opened for that."""
    try:
        wanted = mark(name, purpose=PURPOSE)
    except ValueError:  # signs alone
        return False
    return paper.signatures.filter(petitioner__name_mark=wanted).exists()


@transaction.atomic
def open_identity(paper: Paper, *, purpose: str, actor: "User") -> IdentityOpening:
    """Let `actor` see who stands behind a paper for a short while, for a purpose that is kept; who may is the view's to ask."""
    if purpose not in Opening.values:
        refuse([Fault("Đồng chí vui lòng chọn mở danh tính để làm gì.", column="purpose")])
    now = clock.now()
    opened = IdentityOpening.objects.create(
        paper=paper, by=actor, purpose=purpose, at=now,
        until=now + timedelta(minutes=settings.DANVAN_IDENTITY_MINUTES),
    )  # fmt: skip
    audit.record(actor, "petitions.open_identity", paper, purpose=purpose)
    return opened


def key_of_paper(paper: Paper) -> "DataKey":
    """The key under which the files of a paper are sealed; made with its first file."""
    if paper.key is None:
        paper.key = new_key(PURPOSE)
        paper.save(update_fields=["key"])
    return paper.key


def _opened(signature: Signature) -> PersonDraft:
    person = signature.petitioner
    sealed = {part: bytes(getattr(person, part)) for part in PARTS}
    written = {
        part: unseal(person.key, kept, name=f"petitioner.{part}") if kept else ""
        for part, kept in sealed.items()
    }
    nameless = written["name"] == NAMELESS
    return PersonDraft(
        name="" if nameless else written["name"],
        address=written["address"],
        id_number=written["id_number"],
        phone=written["phone"],
        email=written["email"],
        kind=person.kind,
        representative=signature.representative,
        nameless=nameless,
    )


def _known(id_mark: bytes | None) -> Petitioner | None:
    """The person whose paper has this mark, under a lock; an erased person has none."""
    if id_mark is None:
        return None
    rows = Petitioner.objects.select_for_update(of=("self",), no_key=True).select_related("key")
    return rows.filter(id_mark=id_mark).first()


def seal_person(person: Petitioner, draft: PersonDraft) -> None:
    """Seal what the draft says; an empty part leaves what was known."""
    written = {
        "name": canonical(draft.name).strip() or NAMELESS,
        "address": canonical(draft.address).strip(),
        "id_number": draft.id_key,
        "phone": draft.phone_key,
        "email": canonical(draft.email).strip(),
    }
    for column, words in written.items():
        if words:
            setattr(person, column, seal(person.key, words, name=f"petitioner.{column}"))
    # Of two who leave no name nobody can tell whether they are one.
    own = secrets.token_bytes(32) if draft.nameless else None
    person.name_mark = own or mark(written["name"], purpose=PURPOSE)
