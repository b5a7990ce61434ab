"""Files of papers and cases: told and read only while the reader has the identity behind the paper open."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from danvan.foundation import clock, sealed_files, sealing
from danvan.foundation.errors import RuleError
from danvan.foundation.files import FileLostError
from danvan.petitions.models import HeldFile, IdentityOpening, PaperFile, Petition, PetitionFile

if TYPE_CHECKING:
    from danvan.accounts.models import User

VIEW = "petitions.view"
NAME = "paper_file.name"
# What somebody wrote or said, as it came; it had another name once.
AS_WRITTEN, FORMERLY = "Nguyên văn lời người gửi.txt", "nguyen-van.txt"


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file as a page names it; `of_case` where it belongs to the case and not to the paper that came in."""

    pk: int
    name: str
    media_type: str
    size: int
    of_case: bool
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as its reader takes it away: to be saved, never shown inside a page, never stored on the way."""

    name: str
    media_type: str
    content: bytes


def identity_is_open(user: "User", paper_id: int) -> bool:
    """Whether `user` has opened the identity behind a paper and the while is not over."""
    opened = IdentityOpening.objects.filter(paper_id=paper_id, by=user, until__gt=clock.now())
    return opened.exists()


def name_shown(name: str) -> str:
    """The name of a file as every page that lists it shows it."""
    return AS_WRITTEN if name == FORMERLY else name


def files_of(user: "User", petition: Petition) -> list[FileTold]:
    """The files of a petition and of its paper; none while the identity is not open, for their names tell of it."""
    if not identity_is_open(user, petition.paper_id):
        return []
    of_paper = PaperFile.objects.filter(paper_id=petition.paper_id)
    of_case = PetitionFile.objects.filter(petition=petition)
    return [
        _told(one, of_case=False) for one in of_paper.select_related("file__key").order_by("pk")
    ] + [_told(one, of_case=True) for one in of_case.select_related("file__key").order_by("pk")]


def number_of_files(petition: Petition) -> int:
    """How many there are; that may be told to whoever sees the petition."""
    return petition.files.count() + petition.paper.files.count()


def file_to_read(user: "User", pk: int, *, of_case: bool) -> FileRead:
    """One file, opened. LookupError (Petition.DoesNotExist) where `user` may not see its petition or there is none,
    RuleError while the identity is not open, SealingError where its key is not there or destroyed.
    """
    row: PaperFile | PetitionFile | None
    if of_case:
        row = PetitionFile.objects.select_related("file__key", "petition").filter(pk=pk).first()
    else:
        row = PaperFile.objects.select_related("file__key").filter(pk=pk).first()
    if row is None:
        raise Petition.DoesNotExist
    allowed = Petition.objects.allowed(user, VIEW)
    if isinstance(row, PetitionFile):
        allowed = allowed.filter(pk=row.petition_id)
    else:
        allowed = allowed.filter(paper_id=row.paper_id)
    petition = allowed.order_by("pk").first()
    if petition is None:
        raise Petition.DoesNotExist
    if not identity_is_open(user, petition.paper_id):
        raise RuleError(
            "Tệp của đơn cho biết người gửi là ai. Đồng chí vui lòng mở danh tính, ghi rõ mục đích, rồi mở tệp."
        )
    return _read(row)


def held_files(user: "User") -> list[FileTold]:
    """What `user` holds for a paper that is not written down yet."""
    held = HeldFile.objects.filter(by=user).select_related("file__key").order_by("pk")
    return [_told(one, of_case=False) for one in held]


def held_to_read(user: "User", pk: int) -> FileRead:
    """One of them, opened; HeldFile.DoesNotExist where `user` does not hold it."""
    return _read(HeldFile.objects.select_related("file__key").get(pk=pk, by=user))


def _told(row: PaperFile | PetitionFile | HeldFile, *, of_case: bool) -> FileTold:
    file = row.file
    name = name_shown(sealing.unseal(file.key, row.name, name=NAME))
    added_at = None if isinstance(row, HeldFile) else row.added_at
    return FileTold(row.pk, name, file.media_type, file.size, of_case, added_at)


def _read(row: PaperFile | PetitionFile | HeldFile) -> FileRead:
    try:
        content = sealed_files.read(row.file)
    except FileLostError:
        raise RuleError(
            "Tệp này không còn trên máy chủ. Đồng chí vui lòng báo quản trị viên đối chiếu với bản sao lưu."
        ) from None
    name = name_shown(sealing.unseal(row.file.key, row.name, name=NAME))
    return FileRead(name, row.file.media_type, content)
