"""What stays outside when one matter of a mixed paper goes into the vault: each text and file looked at, or the act is refused."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from danvan.commitments.services import reword
from danvan.foundation import audit, search
from danvan.foundation.acting import words_of
from danvan.foundation.errors import Fault
from danvan.law.services import calendar_in_force
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import (
    Cluster,
    Denunciation,
    Petition,
    PetitionAnswer,
    PetitionRequest,
    PetitionStep,
    PetitionTransfer,
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.selectors.vault.siblings import (
    FileLeft,
    WordsLeft,
    files_left,
    is_mixed,
    words_left,
)
from danvan.petitions.services import rows
from danvan.petitions.services.publishing import hide_of
from danvan.petitions.services.vault import cases
from danvan.petitions.vault_enums import VaultStepKind
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


Owner = Petition | VisitMatter | ReceptionVisit | Cluster
REWORDED = (
    "Nội dung được xem lại; nơi giải quyết sẽ duyệt công khai lần nữa nếu người gửi vẫn muốn."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What an officer says of what stays: each text as it shall read, which files hold nothing of it, that all was read."""

    words: Mapping[str, str] = field(default_factory=dict)
    files: Collection[str] = ()
    cleared: bool = False


def hold_paper(petition: Petition) -> None:
    """Hold every petition of its paper, by key, after their units and the calendar: two parts of one paper that leave at once
    wait for each other, and nobody writes to what stays between its reading and its clearing.
    """
    rows_of = Petition.objects.filter(paper=petition.paper_id)
    hold_units(set(rows_of.values_list("unit_id", flat=True)))
    calendar_in_force()
    list(rows_of.select_for_update(of=("self",), no_key=True).order_by("pk").only("pk"))


def left_faults(petition: Petition, left: Left) -> Iterator[Fault]:
    """What was not looked at, or cannot read so."""
    texts = words_left(petition)
    if not texts and not is_mixed(petition):
        return
    for one in texts:
        if one.key not in left.words:
            message = f"Đồng chí vui lòng xem lại “{one.label}”: bỏ phần tố cáo hoặc giữ nguyên."
            yield Fault(message, column=one.key)
            continue
        missing = f"“{one.label}” không để trống, đồng chí vui lòng ghi lại phần không tố cáo."
        yield from words_of(
            left.words[one.key],
            column=one.key,
            most=one.most,
            missing=missing if one.needed else "",
        )[1]
    if unknown := set(left.files) - {one.key for one in files_left(petition)}:
        yield Fault(
            f"Có {len(unknown)} tệp không còn ở đơn này, đồng chí vui lòng mở lại trang.",
            column="files",
        )
    if not left.cleared:
        yield Fault(
            "Đồng chí vui lòng xác nhận đã đọc hết phần để lại ở sổ thường và không còn nội dung tố cáo.",
            column="cleared",
        )


def files_to_take(petition: Petition, left: Left) -> list[FileLeft]:
    """The files of a mixed paper that go with the case: all that were not named as holding nothing of it."""
    return [one for one in files_left(petition) if one.key not in left.files]


def note_files(case: Denunciation, petition: Petition, left: Left, actor: "User") -> None:
    """Keep in the case which files were said to hold nothing of it, before the others are taken."""
    kept = [one.label for one in files_left(petition) if one.key in left.files]
    if kept:
        said = f"Để lại ở sổ thường, không có nội dung tố cáo: {'; '.join(kept)}"
        cases.step(case, VaultStepKind.SEALED, case.received_on, actor, words=said)


def clear_words(case: Denunciation, petition: Petition, left: Left, actor: "User") -> None:
    """Let each text read as was said; how it read before is kept sealed in the case. The caller has looked for faults."""
    changed: dict[Owner, list[str]] = {}
    elsewhere: dict[Any, dict[str, str]] = {}
    for one in words_left(petition):
        words = _plain(left.words[one.key])
        if words == _plain(one.words):
            continue
        cases.step(
            case, VaultStepKind.SEALED, case.received_on, actor, words=f"{one.label}: {one.words}"
        )
        owner = _owner(one)
        if owner is None:
            elsewhere.setdefault(one.row, {})[one.column] = words
            continue
        setattr(one.row, one.column, words)
        one.row.save(update_fields=[one.column])
        changed.setdefault(owner, []).append(one.column)
    for row, columns in changed.items():
        row.refresh_from_db()
        search.erase(row)  # the words that went leave the index at once
        if isinstance(row, Petition):
            rows.save(row)
            rows.index(row)
        elif isinstance(row, VisitMatter):
            search.index(row, row.title)
        elif isinstance(row, Cluster):
            row.changes += 1
            row.save(update_fields=["changes"])
        audit.record(actor, "petitions.reword", row, fields=columns)
    for copy, said in elsewhere.items():
        reword(copy, said, actor=actor)
    for sibling in Petition.objects.filter(paper=petition.paper_id).exclude(pk=petition.pk):
        hide_of(sibling, REWORDED, actor=actor)  # its public words were confirmed before


def _plain(words: str) -> str:
    return canonical(words).replace("\r\n", "\n").strip()


def _owner(one: WordsLeft) -> "Owner | None":
    """Whose text it is: a petition, a row of the register, a visit, a cluster; None where it stands in the ledger."""
    row = one.row
    if isinstance(row, PetitionRequest | PetitionStep | PetitionAnswer | PetitionTransfer):
        return row.petition
    return row if isinstance(row, Petition | VisitMatter | ReceptionVisit | Cluster) else None
