"""What people send without an account: written down at once, behind a code that its sender alone gets to see."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from danvan.commitments.services import (
    Asking,
    Slip,
    loose_code,
    open_own_code,
    standing_own_code,
)
from danvan.foundation import clock
from danvan.foundation.acting import refuse, says_something
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.photos import cleaned_photo
from danvan.petitions.enums import ANSWERED_KINDS, SUBJECT, Channel, Kind, Language
from danvan.petitions.selectors.following import petition_of_code
from danvan.petitions.selectors.sending import (
    is_place_of_ours,
    office_for,
    sounds_like_denunciation,
)
from danvan.petitions.selectors.vault.sending import is_sealed_code
from danvan.petitions.services.doors import propose_matter
from danvan.petitions.services.filing_papers import (
    Looked,
    keep_looked,
    look_through,
    looked_photo,
)
from danvan.petitions.services.identities import MAIL_SHAPE, PHONE_SHAPE, PersonDraft
from danvan.petitions.services.publishing import ask_to_publish
from danvan.petitions.services.receiving import MatterDraft, PaperDraft, receive_paper
from danvan.topics.selectors import tree_on
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical, written

LETTERS, LEAST_LETTERS, TITLE, SPOT, NAME, ADDRESS, MAIL = 10_000, 8, 300, 200, 120, 300, 120
MOST_LINKS, MOST_PHOTOS = 3, 3
PHOTO = "anh.jpg"
_LINK = re.compile(
    r"https?://|www\.|(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}(?:com|net|org|info|xyz|top|shop|vip|club|site|online|io|me|ly|vn)(?!\w|\.\w)",
    re.IGNORECASE,
)
DENOUNCES = (
    "Lời của bà con có vẻ là tố cáo cán bộ. Tố cáo gửi ở hòm thư kín thì danh tính được niêm phong; ở đây chưa có gì được "
    "lưu. Nếu không phải tố cáo, bà con vui lòng xác nhận như vậy rồi gửi lại, không phải sửa lời."
)
IDENTITY_CARD = (
    "Ảnh này giống ảnh giấy tờ tùy thân nên không được nhận và không được lưu. Bà con vui lòng bỏ ảnh này; không cần giấy tờ "
    "để gửi ý kiến."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDraft:
    """What somebody sends, before it is written down. Only `text` is needed.

    `kind` and `topic_id` are read from the words where they are not said; `spot` and the point say where within the place;
    `photos` are files as they came, `kept_photos` what `photo_to_keep` made of them before. `plain`: the sender says that it is no denunciation though it sounds like one.
    """

    text: str
    kind: str = ""
    title: str = ""
    topic_id: int | None = None
    place_id: int | None = None
    spot: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    language: str = Language.VIETNAMESE
    channel: str = Channel.PORTAL
    wants_public: bool = False
    plain: bool = False
    photos: tuple[bytes, ...] = ()
    kept_photos: tuple[bytes, ...] = ()

    def as_stored(self) -> "SendDraft":
        """The same in the letters that are kept: control characters that came along from another file are none of them."""
        told = ("text", "title", "spot", "name", "address", "phone", "email")
        said: dict[str, Any] = {one: written(getattr(self, one)) for one in told}
        return replace(self, **said)

    @property
    def person(self) -> PersonDraft | None:
        """Who sends it; None where nothing was left to tell or to reach them by."""
        name = canonical(self.name).strip()
        if not any(canonical(one).strip() for one in (name, self.phone, self.email, self.address)):
            return None
        return PersonDraft(
            name=name, address=self.address, phone=self.phone, email=self.email, nameless=not name
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: the slip with the code, readable this once, and the petition's number; empty where its code is over."""

    slip: Slip
    number: str
    petition_id: int | None
    unit_id: int | None = None


def send_matter(draft: SendDraft, *, seed: str) -> Sent:
    """Write down what somebody sends without an account, as a paper with one petition at the office that is competent.

    `seed` is chance that came with the form or the call: the same words sent with it again are the same petition and get
    the same slip, so that an answer lost on the way can be asked for again. Who may send how much is the caller's to ask.
    RuleError with every fault at once; nothing is kept of what was refused.
    """
    seed = f"petitions {seed} {hashlib.sha256(draft.text.encode()).hexdigest()}"
    if again := standing_own_code(seed):
        return _sent(again)
    sealed = loose_code(seed)
    if is_sealed_code(sealed.number):  # sent again after it moved into the vault
        return Sent(Slip("", sealed.code), "", None)
    draft = draft.as_stored()
    photos = _refuse_faults(draft)
    try:
        return _write(draft, photos, seed)
    except IntegrityError:  # the same form came twice at one moment
        again = standing_own_code(seed)
        if again is None:
            raise
        return _sent(again)


@transaction.atomic
def _write(draft: SendDraft, photos: list[Looked], seed: str) -> Sent:
    today = clock.today()
    proposed, _, _ = propose_matter(draft.text, on=today, subject=draft.title)
    matter = MatterDraft(
        kind=draft.kind or proposed.kind,
        title=" ".join(canonical(draft.title).split()) or proposed.title or proposed.text[:TITLE],
        text=draft.text,
        requests=proposed.requests,
        topic_id=draft.topic_id or proposed.topic_id,
        place_id=draft.place_id or proposed.place_id,
        spot=draft.spot,
        latitude=draft.latitude,
        longitude=draft.longitude,
        wants_public=draft.wants_public,
    )
    person = draft.person
    paper = receive_paper(
        PaperDraft(
            unit_id=_office_of(matter.place_id), received_on=today, channel=draft.channel, matters=(matter,),
            persons=(person,) if person else (), anonymous=person is None or person.nameless,
            language=draft.language,
        ),
        actor=None,
    )  # fmt: skip
    for number, photo in enumerate(photos, start=1):
        keep_looked(paper, replace(photo, name=f"anh-{number}.jpg"), actor=None)
    petition = paper.petitions.get()
    if petition.wants_public and petition.kind in ANSWERED_KINDS:
        ask_to_publish(petition, on=today, actor=None)
    slip = open_own_code(Asking("", today, "", SUBJECT, petition.pk), seed=seed)
    return Sent(slip, petition.number, petition.pk, petition.unit_id)


def _sent(slip: Slip) -> Sent:
    petition = petition_of_code(slip.code)
    if petition is None:
        return Sent(slip, "", None)
    return Sent(slip, petition.number, petition.pk, petition.unit_id)


def _office_of(place_id: int | None) -> int:
    """The office at the place, or over everything where the words named one of elsewhere."""
    return office_for(place_id) or office_for(None) or 0


def send_faults(draft: SendDraft) -> list[Fault]:
    """Everything that is wrong with the words, the place and the sender of a draft, in words for whoever sends."""
    draft = draft.as_stored()
    faults = [*_word_faults(draft), *_where_faults(draft), *_person_faults(draft)]
    if len(draft.photos) + len(draft.kept_photos) > MOST_PHOTOS:
        faults.append(Fault(f"Bà con vui lòng gửi nhiều nhất {MOST_PHOTOS} ảnh.", column="photos"))
    return faults


def _refuse_faults(draft: SendDraft) -> list[Looked]:
    """RuleError with everything that is wrong; the photographs to keep where nothing is, each looked through once."""
    faults = send_faults(draft)
    photos = [looked_photo(one, name=PHOTO) for one in draft.kept_photos]
    for content in draft.photos if not faults else ():  # what is costly comes last
        try:
            photos.append(_looked(content))
        except RuleError as broken:
            faults.append(Fault(broken.message, column="photos"))
    refuse(faults)
    return photos


def photo_to_keep(content: bytes) -> bytes:
    """A photograph made small and clean; RuleError in words for its sender where it may not be kept. Writes nothing."""
    return _looked(content).content


def _looked(content: bytes) -> Looked:
    photo = cleaned_photo(content)
    try:
        return look_through(photo, name=PHOTO)
    except RuleError:
        raise RuleError(IDENTITY_CARD) from None


def _word_faults(draft: SendDraft) -> Iterator[Fault]:
    text = draft.text.strip()
    if len(text) < LEAST_LETTERS or not says_something(text):
        yield Fault("Bà con vui lòng ghi điều muốn nói: việc gì, ở đâu.", column="text")
    for column, words, most in (
        ("text", text, LETTERS), ("title", draft.title, TITLE), ("spot", draft.spot, SPOT), ("name", draft.name, NAME),
        ("address", draft.address, ADDRESS), ("email", draft.email, MAIL),
    ):  # fmt: skip
        if len(words.strip()) > most:
            yield Fault(
                f"Phần này dài quá {format_number(most)} ký tự, bà con vui lòng viết gọn lại.",
                column=column,
            )
    boxes = "\n".join((text, draft.title, draft.spot, draft.name, draft.address))
    if len(_LINK.findall(boxes)) > MOST_LINKS:
        yield Fault(
            f"Những gì bà con ghi có nhiều đường dẫn trang mạng. Bà con vui lòng bỏ bớt, giữ nhiều nhất {MOST_LINKS} đường dẫn.",
            column="text",
        )
    if draft.kind and draft.kind not in Kind.values:
        yield Fault("Bà con vui lòng chọn lại loại ý kiến.", column="kind")
    if draft.language not in Language.values:
        yield Fault("Bà con vui lòng chọn lại ngôn ngữ.", column="language")
    if not draft.plain and sounds_like_denunciation(f"{draft.title}\n{text}"):
        yield Fault(DENOUNCES, column="denounces")


def _where_faults(draft: SendDraft) -> Iterator[Fault]:
    if draft.place_id is not None and not is_place_of_ours(draft.place_id):
        yield Fault("Không tìm thấy xã, phường này, bà con vui lòng chọn lại.", column="place")
    point = (draft.latitude, draft.longitude)
    if point.count(None) == 1 or (
        draft.latitude is not None
        and draft.longitude is not None
        and not (abs(draft.latitude) <= 90 and abs(draft.longitude) <= 180)
    ):
        yield Fault("Điểm trên bản đồ chưa đúng, bà con vui lòng chọn lại.", column="point")
    standing = tree_on(clock.today()).nodes if draft.topic_id is not None else ()
    if draft.topic_id is not None and draft.topic_id not in {one.id for one in standing}:
        yield Fault("Lĩnh vực này không còn dùng, bà con vui lòng chọn lại.", column="topic")


def _person_faults(draft: SendDraft) -> Iterator[Fault]:
    person = draft.person
    if person is None:
        return
    if person.phone_key and not PHONE_SHAPE.fullmatch(person.phone_key):
        yield Fault(
            "Số điện thoại gồm 9 đến 11 chữ số, bắt đầu bằng 0 hoặc +84. Bà con vui lòng xem lại, hoặc để trống.",
            column="phone",
        )
    mail = draft.email.strip()
    if mail and not MAIL_SHAPE.fullmatch(mail):
        yield Fault(
            "Địa chỉ thư điện tử chưa đúng dạng ten@noi.vn. Bà con vui lòng xem lại, hoặc để trống.",
            column="email",
        )
