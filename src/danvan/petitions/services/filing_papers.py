"""Files of papers and cases: looked through, sealed under the key of the paper, never kept where they show an identity card."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock, files, sealed_files, sealing
from danvan.foundation.acting import words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.files import FileLostError
from danvan.foundation.viruses import refuse_virus
from danvan.petitions.enums import StepKind
from danvan.petitions.models import HeldFile, Paper, PaperFile, Petition, PetitionFile, PetitionStep
from danvan.petitions.selectors.paper_files import AS_WRITTEN
from danvan.petitions.services import rows
from danvan.petitions.services.hiding import hiding
from danvan.petitions.services.identities import PURPOSE, key_of_paper, senders_of
from danvan.petitions.services.identity_papers import identity_doubt
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.foundation.file_kinds import FileKind

# No pictures drawn by code, no pages, no scripts: what is not here is refused.
KINDS = frozenset({"pdf", "docx", "xlsx", "txt", "png", "jpeg"})
MOST_FILES = 100  # of one paper or case
HELD = timedelta(days=1)  # how long a file waits for its paper
NAME = "paper_file.name"
WHY = 300


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: its kind, its name, and why it is no identity card where it looked like one."""

    content: bytes
    name: str
    kind: "FileKind"
    why: str = ""


def look_through(content: bytes, *, name: str, not_identity: str = "") -> Looked:
    """Look whether a file may be kept; RuleError with what is wrong with it and what to do. Writes nothing.

    `not_identity`: why it shows no identity card, in the words of whoever looked at it; it helps where the file only looks
    like one, not where one can be read on it.
    """
    refuse_virus(content, name=_short(name))
    kind = files.inspect(content, name=name, allowed=KINDS)
    why, faults = words_of(not_identity, column="not_identity", most=WHY)
    rows.refuse(faults)
    doubt = identity_doubt(content, kind=kind, name=name)
    if doubt is None:
        return Looked(content, canonical(name).strip(), kind)
    if doubt.certain:
        raise RuleError(
            f"Tệp “{_short(name)}” là ảnh giấy tờ tùy thân ({doubt.why}) nên không được nhận và không được lưu: giải quyết "
            "đơn chỉ cần số giấy tờ. Đồng chí vui lòng ghi số vào ô “Số giấy tờ” và trả lại ảnh cho người gửi."
        )
    if not why:
        words = (
            f"Tệp “{_short(name)}” có thể là ảnh giấy tờ tùy thân ({doubt.why}) nên chưa được lưu. Nếu đúng, đồng chí vui lòng "
            "chỉ ghi số giấy tờ; nếu không phải, đồng chí vui lòng ghi rõ tệp này là gì rồi gửi lại."
        )
        raise RuleError(words, faults=[Fault(words, column="not_identity")])
    return Looked(content, canonical(name).strip(), kind, why)


def add_paper_file(
    paper: Paper, content: bytes, *, name: str, actor: "User | None", not_identity: str = ""
) -> PaperFile:
    """Keep a scan, photograph or record of a paper, sealed."""
    return keep_looked(
        paper, look_through(content, name=name, not_identity=not_identity), actor=actor
    )


@transaction.atomic
def keep_looked(paper: Paper, looked: Looked, *, actor: "User | None") -> PaperFile:
    """Keep a file of a paper that was looked through before, sealed."""
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    return _keep(paper, looked, actor)


def looked_photo(content: bytes, *, name: str) -> Looked:
    """A photograph that was looked through and drawn anew at a step before, as it is kept. Nothing is read in it again."""
    return Looked(content, name, files.inspect(content, name=name, allowed=KINDS))


def keep_as_written(paper: Paper, words: str, *, actor: "User | None") -> PaperFile:
    """Keep what somebody wrote or said, as it came, among the sealed files of its paper. For the act that receives it."""
    content = words.encode()
    kind = files.inspect(content, name=AS_WRITTEN, allowed=KINDS)
    return _keep(paper, Looked(content, AS_WRITTEN, kind), actor)


def hide_senders(paper: Paper, words: str, *, most: int, actor: "User | None") -> str:
    """The words without who sent the paper; where that changed them, they are kept sealed as they came."""
    hidden = hiding(senders_of(paper))(words, most)
    if hidden != canonical(words):
        keep_as_written(paper, words, actor=actor)
    return hidden


@transaction.atomic
def add_petition_file(
    petition: Petition, content: bytes, *, name: str, actor: "User | None", step: PetitionStep | None = None,
    not_identity: str = "",
) -> PetitionFile:  # fmt: skip
    """Keep a paper of the case, sealed under the key of the paper; `step` is the act that it shows."""
    looked = look_through(content, name=name, not_identity=not_identity)
    petition = rows.locked(petition)
    _refuse_many(petition.files.count(), f"Đơn {petition.number}")
    key = key_of_paper(Paper.objects.select_for_update(no_key=True).get(pk=petition.paper_id))
    kept = PetitionFile.objects.create(
        petition=petition,
        step=step,
        file=sealed_files.keep(content, key=key, media_type=looked.kind.media_type),
        name=sealing.seal(key, looked.name, name=NAME),
        added_at=clock.now(),
        added_by=actor,
    )
    _tell(petition, looked, actor)
    rows.save(petition)
    audit.record(actor, "petitions.add_file", petition, file_id=kept.pk, overruled=bool(looked.why))
    return kept


def hold_file(content: bytes, *, name: str, actor: "User", not_identity: str = "") -> HeldFile:
    """Hold a file until its paper is written down: sealed, for its holder alone, a day at most."""
    return hold_looked(look_through(content, name=name, not_identity=not_identity), actor=actor)


@transaction.atomic
def hold_looked(looked: Looked, *, actor: "User") -> HeldFile:
    """Hold a file that was looked through."""
    _refuse_many(HeldFile.objects.filter(by=actor).count(), "Phần chờ ghi đơn của đồng chí")
    key = sealing.new_key(PURPOSE)
    return HeldFile.objects.create(
        key=key,
        file=sealed_files.keep(looked.content, key=key, media_type=looked.kind.media_type),
        name=sealing.seal(key, looked.name, name=NAME),
        why=looked.why,
        by=actor,
        held_at=clock.now(),
    )


@transaction.atomic
def keep_held_files(paper: Paper, held_ids: Collection[int], *, actor: "User") -> list[PaperFile]:
    """Put the files that `actor` holds to the paper that was written down; RuleError where one is not held any more."""
    held = list(HeldFile.objects.select_for_update().filter(pk__in=held_ids, by=actor))
    if len(held) < len(set(held_ids)):
        raise RuleError(
            "Tệp kèm theo chờ quá lâu nên đã được xóa. Đồng chí vui lòng tải tệp lên lại."
        )
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    kept = []
    for one in held:
        try:
            content = sealed_files.read(one.file)
        except FileLostError:
            raise RuleError(
                "Không còn đọc được tệp kèm theo. Đồng chí vui lòng tải tệp lên lại."
            ) from None
        name = sealing.unseal(one.key, one.name, name=NAME)
        kind = files.inspect(content, name=name, allowed=KINDS)
        kept.append(_keep(paper, Looked(content, name, kind, one.why), actor))
        _let_go(one)
    return kept


@transaction.atomic
def drop_held_file(held: HeldFile, *, actor: "User") -> None:
    """Throw a held file away; only its holder may."""
    found = HeldFile.objects.select_for_update().filter(pk=held.pk, by=actor).first()
    if found is not None:
        _let_go(found)


def clear_held_files(*, older_than: timedelta = HELD) -> int:
    """Throw away what was held for a paper that nobody wrote down; returns how many."""
    old = HeldFile.objects.filter(held_at__lt=clock.now() - older_than)
    ids = list(old.values_list("pk", flat=True))
    for pk in ids:
        with transaction.atomic():
            for one in HeldFile.objects.select_for_update().filter(pk=pk):
                _let_go(one)
    return len(ids)


def _keep(paper: Paper, looked: Looked, actor: "User | None") -> PaperFile:
    _refuse_many(paper.files.count(), "Đơn này")
    key = key_of_paper(paper)
    kept = PaperFile.objects.create(
        paper=paper,
        file=sealed_files.keep(looked.content, key=key, media_type=looked.kind.media_type),
        name=sealing.seal(key, looked.name, name=NAME),
        added_at=clock.now(),
        added_by=actor,
    )
    for petition in paper.petitions.all():
        _tell(petition, looked, actor)
    audit.record(
        actor, "petitions.add_paper_file", paper, file_id=kept.pk, overruled=bool(looked.why)
    )
    return kept


def _tell(petition: Petition, looked: Looked, actor: "User | None") -> None:
    """A line of the history; the name of the file stays sealed, for it may name a person."""
    words = f"Không phải giấy tờ tùy thân: {looked.why}" if looked.why else ""
    rows.step(petition, StepKind.KEPT, on=clock.today(), actor=actor, words=words)


def _let_go(held: HeldFile) -> None:
    file, key = held.file, held.key
    held.delete()
    sealed_files.remove(file)
    sealing.destroy(key)


def _refuse_many(number: int, whose: str) -> None:
    if number >= MOST_FILES:
        raise RuleError(
            f"{whose} đã có {format_number(number)} tệp. Đồng chí vui lòng ghép các trang thành một tệp PDF."
        )


def _short(name: str) -> str:
    shown = canonical(name).replace("\\", "/").rsplit("/", 1)[-1].strip()
    return shown if len(shown) <= 120 else f"{shown[:80]}…{shown[-30:]}"
