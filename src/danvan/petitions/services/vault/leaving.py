"""What stays outside when one matter of a mixed paper goes into the vault: each text and file looked at, or the act is refused."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan.foundation.acting import words_of
from danvan.foundation.errors import Fault
from danvan.petitions.models import (
    Denunciation,
    Petition,
)
from danvan.petitions.selectors.vault.siblings import (
    FileLeft,
    files_left,
    is_mixed,
    words_left,
)
from danvan.petitions.services.publishing import hide_of
from danvan.petitions.services.rewording import REWORDED, write_anew
from danvan.petitions.services.vault import cases
from danvan.petitions.vault_enums import VaultStepKind
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What an officer says of what stays: each text as it shall read, which files hold nothing of it, that all was read."""

    words: Mapping[str, str] = field(default_factory=dict)
    files: Collection[str] = ()
    cleared: bool = False


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
    changed = []
    for one in words_left(petition):
        words = _plain(left.words[one.key])
        if words == _plain(one.words):
            continue
        cases.step(
            case, VaultStepKind.SEALED, case.received_on, actor, words=f"{one.label}: {one.words}"
        )
        changed.append((one, words))
    write_anew(changed, actor=actor)
    for sibling in Petition.objects.filter(paper=petition.paper_id).exclude(pk=petition.pk):
        hide_of(sibling, REWORDED, actor=actor)  # its public words were confirmed before


def _plain(words: str) -> str:
    return canonical(words).replace("\r\n", "\n").strip()
