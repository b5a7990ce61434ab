"""What somebody has written on the steps of sending: carried from page to page by the pages themselves, kept nowhere."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.core import signing
from django.http import QueryDict

from danvan.foundation import clock
from danvan.foundation.photos import thumbnail_of
from danvan.petitions.enums import Kind
from danvan.petitions.services import SendDraft
from danvan.petitions.services.sending import MOST_PHOTOS
from danvan.portal.places import place_name, place_typed
from danvan.topics.selectors import tree_on

SALT = "portal.photo"
ROOM = 100_000  # letters that are shown again where something was too long
BOXES = ("noi_dung", "loai", "linh_vuc", "xa", "cho", "ten", "dien_thoai", "thu")
MOST_DIGITS = 18
# Where each fault of the service is shown.
BOX_OF = {
    "text": "noi_dung", "title": "noi_dung", "denounces": "thuong", "kind": "loai", "topic": "linh_vuc", "place": "xa",
    "point": "xa", "spot": "cho", "name": "ten", "address": "ten", "phone": "dien_thoai", "email": "thu", "photos": "anh",
    "language": "noi_dung",
}  # fmt: skip
STEP_OF = {
    "noi_dung": 1, "loai": 1, "linh_vuc": 1, "xa": 1, "cho": 1, "thuong": 1, "ten": 2, "dien_thoai": 2, "thu": 2, "anh": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """The boxes as they were filled; `dia_ban` is the place that was chosen, `anh` signed photographs of before."""

    noi_dung: str = ""
    loai: str = ""
    linh_vuc: str = ""
    xa: str = ""
    cho: str = ""
    ten: str = ""
    dien_thoai: str = ""
    thu: str = ""
    dia_ban: int | None = None
    cong_khai: bool = False
    thuong: bool = False
    anh: tuple[str, ...] = ()
    cut: bool = False  # more came than is shown again

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        """As a form sent them."""
        boxes = {name: sent.get(name, "")[:ROOM] for name in BOXES}
        cut = len(sent.get("noi_dung", "")) > ROOM
        chosen = _number(sent.get("chon", ""))
        if chosen is not None:
            boxes["xa"] = place_name(chosen)
        return cls(
            **boxes,
            dia_ban=chosen if chosen is not None else _number(sent.get("dia_ban", "")),
            cong_khai=sent.get("cong_khai") == "1",
            thuong=sent.get("thuong") == "1",
            anh=_kept_photos(sent),
            cut=cut,
        )

    @property
    def photos(self) -> tuple[bytes, ...]:
        """The photographs that came with steps before."""
        return tuple(photo for one in self.anh if (photo := _photo(one)) is not None)

    @property
    def thumbnails(self) -> list[str]:
        """Each of them still smaller, carried in the page itself."""
        return [f"data:image/jpeg;base64,{_text(thumbnail_of(one))}" for one in self.photos]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything as boxes that nobody sees."""
        flags = [(name, "1") for name in ("cong_khai", "thuong") if getattr(self, name)]
        place = [("dia_ban", str(self.dia_ban))] if self.dia_ban is not None else []
        boxes = [(name, getattr(self, name)) for name in BOXES]
        return [*boxes, *place, *flags, *(("anh_da_nhan", one) for one in self.anh)]

    @property
    def kind_label(self) -> str:
        """The kind in words; empty where it is left to the office."""
        return str(Kind(self.loai).label) if self.loai in Kind.values else ""

    @property
    def topic_label(self) -> str:
        """The topic in words; empty where none that stands was chosen."""
        node = tree_on(clock.today()).by_id.get(_number(self.linh_vuc) or 0)
        return node.name if node else ""

    def with_place(self) -> "Written":
        """With the place that the words mean: the chosen one while its name stands in the box, else the one they find."""
        if self.dia_ban is not None and self.xa and self.xa == place_name(self.dia_ban):
            return self
        found, _ = place_typed(self.xa)
        return replace(self, dia_ban=found, xa=place_name(found) if found else self.xa)

    def with_photos(self, photos: Sequence[bytes]) -> "Written":
        """With more photographs, signed so that they need not be looked through again."""
        return replace(
            self, anh=(*self.anh, *(signing.Signer(salt=SALT).sign(_text(one)) for one in photos))
        )

    def draft(self) -> SendDraft:
        """As the service takes it."""
        return SendDraft(
            text=self.noi_dung, kind=self.loai, place_id=self.dia_ban, spot=self.cho, name=self.ten,
            topic_id=_number(self.linh_vuc), phone=self.dien_thoai, email=self.thu, wants_public=self.cong_khai,
            plain=self.thuong, kept_photos=self.photos,
        )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def _kept_photos(sent: QueryDict) -> tuple[str, ...]:
    """Those of the steps before that are ours and that nobody ticked to be left out, counted from one."""
    ours = [one for one in sent.getlist("anh_da_nhan") if _photo(one) is not None][:MOST_PHOTOS]
    left_out = {_number(one) for one in sent.getlist("bo_anh")}
    return tuple(one for at, one in enumerate(ours, start=1) if at not in left_out)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _photo(signed: str) -> bytes | None:
    try:
        return base64.b64decode(signing.Signer(salt=SALT).unsign(signed))
    except signing.BadSignature:
        return None
