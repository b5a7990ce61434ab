"""By which ways a paper comes to the desk besides being typed: an e-mail file, a call, a scan.

Each gives a draft that a person looks through, mends and confirms; nothing is received by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan import reading
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.file_kinds import PDFIUM
from danvan.foundation.pictures import words_in_picture, words_in_scan
from danvan.foundation.viruses import refuse_virus
from danvan.organisations.enums import Level
from danvan.organisations.selectors import find_units
from danvan.petitions.enums import Channel, Kind
from danvan.petitions.selectors.asked_words import requests_asked
from danvan.petitions.services.filing_papers import (
    Looked,
    hold_file,
    hold_looked,
    look_through,
)
from danvan.petitions.services.identities import PersonDraft
from danvan.petitions.services.letters import Letter, open_letter
from danvan.petitions.services.receiving import MatterDraft, PaperDraft
from danvan.reading import ReadingError
from danvan.reading.repairs import find_repairs
from danvan.topics.selectors import topic_said_in
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

READ = 20_000  # letters of a text that are read for what it asks
TITLE = 300
_ABOUT = re.compile(r"(?:V/v|Về việc|Về vấn đề)\s*[:.]?\s*([^\n]{8,300})", re.IGNORECASE)
_HEADING = re.compile(
    r"^\s*ĐƠN\s+(?:KHIẾU NẠI|KIẾN NGHỊ|PHẢN ÁNH|ĐỀ NGHỊ|TRÌNH BÁO|TỐ CÁO)", re.MULTILINE
)
_KINDS = (
    (Kind.COMPLAINT, re.compile(r"khiếu nại", re.IGNORECASE)),
    (Kind.PROPOSAL, re.compile(r"kiến nghị|đề nghị|đề xuất", re.IGNORECASE)),
    (Kind.FEEDBACK, re.compile(r"phản ánh", re.IGNORECASE)),
)
_DENOUNCES = re.compile(r"tố cáo", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:kính gửi|kính thưa|cộng hòa|độc lập|tôi tên|tên tôi|họ và tên|ngày sinh|địa chỉ)",
    re.IGNORECASE,
)
# Whom a letter is written to says nothing of what it is about.
_ADDRESSED = re.compile(r"^\s*kính (?:gửi|thưa)[^\n.:;]*[.:;]?", re.IGNORECASE | re.MULTILINE)
_PHONE = re.compile(r"(?<!\w)(?:\+?84|0)(?:[\s.\-]?\d){9}(?!\w)")
_SENTENCE = re.compile(r"[^\n.!?;]{12,}")
_REPLYING = re.compile(r"^(?:\s*(?:re|fw|fwd|trả lời|chuyển tiếp)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DoorDraft:
    """A paper as it may be: to be looked through and confirmed. `held_ids` are its files, held for who opened the door.

    `notes` tell what to look at, each a whole sentence; `denounces` where the words speak of a denunciation: that is
    written down in the vault and not here.
    """

    paper: PaperDraft
    held_ids: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    denounces: bool = False


def draft_of_mail(
    content: bytes, *, name: str, unit_id: int, actor: "User", on: date | None = None
) -> DoorDraft:
    """A draft of an e-mail file: who wrote, when, what about, what is asked; its files are held. RuleError where it is none.

    A file that may not be kept (an identity card, a virus, a kind that is not taken) is left out and told of.
    """
    refuse_virus(content, name=name)
    letter = open_letter(content, name=name)
    today = on or clock.today()
    held = _as_text(letter, actor) if letter.text else []
    notes = _hold_each(letter.files, held, actor)
    matter, more, denounces = propose_matter(letter.text, subject=letter.subject, on=today)
    sent_on = letter.sent_on if letter.sent_on and letter.sent_on <= today else None
    if letter.sent_on and sent_on is None:
        notes.append(
            f"Thư ghi ngày gửi {format_date(letter.sent_on)} là ngày chưa đến, đồng chí vui lòng xem lại."
        )
    persons: tuple[PersonDraft, ...] = ()
    if letter.sender or letter.address:
        persons = (
            PersonDraft(
                name=letter.sender, email=letter.address, phone=_phone_in(letter.text[:READ])
            ),
        )
    if not letter.sender:
        notes.append("Thư không ghi tên người gửi, đồng chí vui lòng đọc trong nội dung thư.")
    paper = PaperDraft(
        unit_id=unit_id, received_on=today, channel=Channel.EMAIL, written_on=sent_on, persons=persons,
        matters=(matter,),
    )  # fmt: skip
    return DoorDraft(paper, tuple(held), (*letter.notes, *notes, *more), denounces)


def draft_of_scan(
    content: bytes, *, name: str, unit_id: int, actor: "User", channel: str = Channel.POST, on: date | None = None,
    not_identity: str = "",
) -> DoorDraft:  # fmt: skip
    """A draft of a scanned paper: the file is held, and its words are offered where they can be read here."""
    looked = look_through(content, name=name, not_identity=not_identity)
    held = hold_looked(looked, actor=actor)
    today = on or clock.today()
    text, notes = words_of_file(looked)
    matter, more, denounces = propose_matter(text, on=today)
    paper = PaperDraft(unit_id=unit_id, received_on=today, channel=channel, matters=(matter,))
    return DoorDraft(paper, (held.pk,), (*notes, *more), denounces)


def words_of_file(looked: Looked) -> tuple[str, list[str]]:
    """The words of a file as far as they can be read here, small damage mended, and what to say of them."""
    code = looked.kind.code
    if code in ("png", "jpeg"):
        words = words_in_picture(looked.content)
    elif code == "xlsx":
        words = None
    else:
        try:
            with PDFIUM:
                words = reading.extract(looked.content, code).text
        except ReadingError:
            pages = words_in_scan(looked.content) if code == "pdf" else None
            words = "\n\n".join(pages) if pages else None
    if not words or not words.strip():
        return "", ["Máy chưa đọc được chữ trên tệp này, đồng chí vui lòng gõ nội dung chính."]
    return mended(words), [
        "Nội dung do máy đọc từ tệp, đồng chí vui lòng đối chiếu với bản gốc rồi mới ghi."
    ]


def mended(words: str) -> str:
    """The words as they are read: one spelling, and the slips of scanning that are certain put right."""
    text = canonical(words.replace("\r\n", "\n").replace("\f", "\n")).strip()
    for one in reversed(find_repairs(text)):
        text = text[: one.start] + one.words + text[one.end :]
    return text


def propose_matter(
    text: str, *, on: date, subject: str = ""
) -> tuple[MatterDraft, list[str], bool]:
    """What the words ask, as a draft: kind, title, requests, topic, place; notes for who confirms; whether they denounce."""
    text = canonical(text).strip()
    subject = _REPLYING.sub("", subject).strip()
    read = reading.read(text[:READ]) if text else reading.Reading()
    said = f"{subject}\n{text[:READ]}"
    kind, notes = _kind_of(said), []
    denounces = _DENOUNCES.search(subject or text[:2000]) is not None
    if denounces:
        notes.append(
            "Nội dung có nhắc đến tố cáo. Nếu là tố cáo, đồng chí vui lòng ghi vào sổ tố cáo niêm phong, không ghi ở đây."
        )
    if len(text) > READ:
        notes.append(
            "Nội dung dài, máy chỉ đọc phần đầu để tìm yêu cầu; đồng chí vui lòng xem phần còn lại."
        )
    place_id, told = _place_of([one.name for one in read.places if one.tier == "commune"], on)
    if told:
        notes.append(told)
    symbol = ""
    if kind == Kind.COMPLAINT:
        decisions = [one for one in read.citations if "quyết định" in one.type_words.lower()]
        symbol = decisions[0].as_written[:120] if decisions else ""
    matter = MatterDraft(
        kind=kind,
        title=_title_of(text, subject),
        text=text,
        requests=requests_asked(text[:READ], read.requests),
        topic_id=topic_said_in(_ADDRESSED.sub(" ", said), on=on),
        place_id=place_id,
        decision_symbol=symbol,
    )
    return matter, notes, denounces


def _phone_in(text: str) -> str:
    """The telephone that a letter names, where it names just one."""
    found = {re.sub(r"\D", "", one[0]) for one in _PHONE.finditer(text)}
    return found.pop() if len(found) == 1 else ""


def _kind_of(said: str) -> Kind:
    """By the heading of the paper where it has one, else by the word for what it does that stands first."""
    heading = _HEADING.search(said)
    where = heading[0] if heading else said
    found = [(hit.start(), kind) for kind, pattern in _KINDS if (hit := pattern.search(where))]
    return min(found)[1] if found else Kind.FEEDBACK


def _title_of(text: str, subject: str) -> str:
    if len(subject) >= 8:
        return subject[:TITLE]
    if about := _ABOUT.search(text):
        return " ".join(about[1].split())[:TITLE].rstrip(" .;,")
    for line in text.split("\n"):
        one = _SENTENCE.search(line)
        if one and not _GREETING.search(line) and not line.isupper():
            return " ".join(one[0].split())[:TITLE]
    return subject[:TITLE]


def _place_of(names: Sequence[str], on: date) -> tuple[int | None, str]:
    """The commune that the words name, where they name just one that stands on the day."""
    for name in dict.fromkeys(names):
        found = find_units(name, on=on, levels=[Level.COMMUNE], kinds=[""], limit=2)
        if len(found) == 1:
            one = found[0]
            if one.ended_on is None:
                return one.id, ""
            if len(one.successors) == 1:
                new_id, new_name = one.successors[0]
                return new_id, f"{name} nay là {new_name}, đồng chí vui lòng xem lại địa bàn."
        if found:
            return None, f"Có nhiều nơi tên {name}, đồng chí vui lòng chọn địa bàn."
    return None, ""


def _hold_each(files: Sequence[tuple[str, bytes]], held: list[int], actor: "User") -> list[str]:
    """Hold those that may be kept; why the others may not."""
    notes = []
    for name, content in files:
        try:
            held.append(hold_file(content, name=name, actor=actor).pk)
        except RuleError as refused:
            notes.append(refused.message)
    return notes


def _as_text(letter: Letter, actor: "User") -> list[int]:
    """The letter itself as a file of the paper: head and words."""
    sent = format_date(letter.sent_on) if letter.sent_on else "không rõ"
    words = f"Người gửi: {letter.sender} <{letter.address}>\nNgày gửi: {sent}\nTiêu đề: {letter.subject}\n\n{letter.text}\n"
    return [hold_file(words.encode(), name="thu-dien-tu.txt", actor=actor).pk]
