"""Everything that changes news: written, laid before whoever approves, read by everybody, taken down. And how often pages were read."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, clock, files, search
from danvan.foundation.acting import refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.photos import cleaned_photo
from danvan.foundation.pictures import size_of
from danvan.news.enums import NEXT, WRITE, Kind, Part, Speech, State
from danvan.news.models import Article, ArticlePicture, ArticleSound, ArticleTie, ReadTally
from danvan.organisations.selectors import last_names, units_on
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

logger = logging.getLogger(__name__)
MOST_PICTURES = 8
MOST_TIES = 6
MP3 = "audio/mpeg"
PENDING: dict[tuple[str, int], int] = {}  # reads of this process that are not written down yet
BETWEEN = 20.0  # seconds
_WRITTEN = [0.0]
_HELD = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    """An article as it is written."""

    unit_id: int
    kind: str
    title: str
    text: str
    summary: str = ""
    gain: str = ""
    source: str = ""
    byline: str = ""
    basis: str = ""
    place_id: int | None = None
    tied: Sequence[int] = ()


@transaction.atomic
def write_article(draft: ArticleDraft, *, actor: "User | None") -> Article:
    """Begin an article: a draft that only its unit reads."""
    kept, faults = _kept(draft, actor)
    refuse(faults)
    made = Article.objects.create(
        **kept, unit_id=draft.unit_id, written_on=clock.today(), written_by=actor
    )
    _tie(made, draft.tied)
    audit.record(actor, "news.write", made)
    return made


@transaction.atomic
def rewrite_article(
    article: Article, draft: ArticleDraft, *, actor: "User", seen: int | None = None
) -> Article:
    """Change a draft. What is laid before somebody or read by everybody is sent back or taken down first."""
    article = _locked(article, seen)
    if article.state != State.DRAFT:
        raise RuleError(
            "Bài đang chờ duyệt hoặc đang đăng nên không sửa được. Đồng chí vui lòng đưa bài về bản viết trước."
        )
    kept, faults = _kept(draft, actor)
    refuse(faults)
    for name, value in (kept | {"unit_id": draft.unit_id}).items():
        setattr(article, name, value)
    article.written_by = actor
    _save(article)
    _tie(article, draft.tied)
    audit.record(actor, "news.rewrite", article)
    return article


@transaction.atomic
def add_picture(
    article: Article, content: bytes, *, part: str, alternative: str, caption: str, actor: "User | None"
) -> ArticlePicture:  # fmt: skip
    """Add a picture in words: what is seen on it, and its caption. It is drawn anew, small, without place or camera."""
    article = _draft(article)
    alternative, faults = words_of(
        alternative, column="alternative", most=300,
        missing="Đồng chí vui lòng tả ảnh bằng lời, cho người không nhìn thấy ảnh.",
    )  # fmt: skip
    caption, more = words_of(
        caption, column="caption", missing="Đồng chí vui lòng ghi chú thích ảnh.", most=300
    )
    faults += more
    if part not in Part.values:
        faults.append(Fault("Đồng chí vui lòng chọn ảnh gì.", column="part"))
    if article.pictures.count() >= MOST_PICTURES:
        faults.append(Fault(f"Một bài có tối đa {MOST_PICTURES} ảnh.", column="file"))
    refuse(faults)
    drawn = cleaned_photo(content)
    width, height = size_of(drawn) or (0, 0)
    file = files.keep(drawn, media_type="image/jpeg")
    made = ArticlePicture.objects.create(
        article=article, part=part, file=file, alternative=alternative, caption=caption, width=width,
        height=height,
    )  # fmt: skip
    _save(article)
    audit.record(actor, "news.add_picture", article)
    return made


@transaction.atomic
def add_sound(
    article: Article, content: bytes, *, language: str, actor: "User | None"
) -> ArticleSound:
    """Let it be listened to in one language; a second file of a language takes the place of the first."""
    article = _draft(article)
    faults = []
    if language not in Speech.values:
        faults.append(Fault("Đồng chí vui lòng chọn ngôn ngữ.", column="language"))
    if not (content.startswith(b"ID3") or content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")):
        faults.append(Fault("Tệp này không phải âm thanh MP3, đồng chí vui lòng chọn tệp .mp3.", column="file"))  # fmt: skip
    if len(content) > settings.DANVAN_MAX_FILE_MB * 1024 * 1024:
        faults.append(
            Fault(f"Tệp âm thanh lớn quá {settings.DANVAN_MAX_FILE_MB} MB.", column="file")
        )
    refuse(faults)
    file = files.keep(content, media_type=MP3)
    made, _ = ArticleSound.objects.update_or_create(
        article=article, language=language, defaults={"file": file}
    )
    _save(article)
    audit.record(actor, "news.add_sound", article)
    return made


def _reason(typed: str, *, missing: str) -> str:
    reason, faults = words_of(typed, column="reason", missing=missing, most=300)
    refuse(faults)
    return reason


@transaction.atomic
def submit_article(article: Article, *, actor: "User", seen: int | None = None) -> Article:
    """Lay it before whoever approves; everything that is lacking is told at once."""
    article = _locked(article, seen)
    _move(article, State.SUBMITTED)
    refuse(_lacking(article))
    article.written_by = actor
    _save(article)
    audit.record(actor, "news.submit", article)
    return article


@transaction.atomic
def send_back_article(
    article: Article, *, reason: str, actor: "User", seen: int | None = None
) -> Article:
    """It is not approved as it stands, for a reason."""
    article = _locked(article, seen)
    _move(article, State.DRAFT)
    article.reason = _reason(reason, missing="Đồng chí vui lòng ghi cần sửa gì.")
    _save(article)
    audit.record(actor, "news.send_back", article)
    return article


@transaction.atomic
def approve_article(article: Article, *, actor: "User", seen: int | None = None) -> Article:
    """Let everybody read it; never by who wrote it."""
    article = _locked(article, seen)
    _move(article, State.SHOWN)
    if article.written_by_id == actor.pk:
        raise RuleError("Người viết không tự duyệt bài của mình, đồng chí vui lòng nhờ người khác.")
    article.approved_by, article.shown_on, article.reason = actor, clock.today(), ""
    _save(article)
    search.index(article, "\n".join(_words(article)))
    audit.record(actor, "news.approve", article)
    return article


@transaction.atomic
def take_down_article(
    article: Article, *, reason: str, actor: "User", seen: int | None = None
) -> Article:
    """Nobody reads it any more, for a reason."""
    article = _locked(article, seen)
    _move(article, State.TAKEN_DOWN)
    article.reason = _reason(reason, missing="Đồng chí vui lòng ghi lý do gỡ bài.")
    _save(article)
    search.forget(article)
    audit.record(actor, "news.take_down", article)
    return article


@transaction.atomic
def reopen_article(article: Article, *, actor: "User", seen: int | None = None) -> Article:
    """Write on at what was taken down."""
    article = _locked(article, seen)
    if article.state != State.TAKEN_DOWN:
        raise RuleError("Chỉ bài đã gỡ mới đưa về bản viết được.")
    _move(article, State.DRAFT)
    _save(article)
    audit.record(actor, "news.reopen", article)
    return article


def note_read(kind: str, subject_id: int) -> None:
    """Count one reading of a public page. Kept in memory until it is written down, so that reading waits for no database."""
    with _HELD:
        PENDING[kind, subject_id] = PENDING.get((kind, subject_id), 0) + 1


def write_reads_now_and_then() -> int:
    """Write down what was read, unless that was done a moment ago; how many readings. What a process read in its last
    seconds is lost with it: a tally, not a record. Where the database is busy it is written later: the reader gets the page.
    """
    now = monotonic()
    with _HELD:
        if now - _WRITTEN[0] < BETWEEN:
            return 0
        _WRITTEN[0] = now
    try:
        return write_reads()
    except DatabaseError as fault:
        logger.warning("readings were not written down: %s", type(fault).__name__)
        return 0


def write_reads() -> int:
    """Write down what was read since the last time, as totals of the day; how many readings. What cannot be written stays."""
    with _HELD:
        found = dict(PENDING)
        PENDING.clear()
    today = clock.today()
    left = dict(found)
    try:
        for (kind, subject_id), number in sorted(found.items()):
            with transaction.atomic():
                row, _ = ReadTally.objects.get_or_create(kind=kind, subject_id=subject_id, on=today)
                ReadTally.objects.filter(pk=row.pk).update(number=F("number") + number)
            del left[kind, subject_id]
    finally:
        with _HELD:
            for key, number in left.items():
                PENDING[key] = PENDING.get(key, 0) + number
    return sum(found.values())


def _locked(article: Article, seen: int | None) -> Article:
    found = Article.objects.select_for_update(of=("self",), no_key=True).get(pk=article.pk)
    if seen is not None and seen != found.changes:
        raise RuleError("Có người vừa sửa bài này. Đồng chí vui lòng xem lại trang rồi ghi tiếp.")
    return found


def _draft(article: Article) -> Article:
    article = _locked(article, None)
    if article.state != State.DRAFT:
        raise RuleError("Chỉ thêm ảnh, âm thanh khi bài đang viết. Đồng chí vui lòng đưa bài về bản viết trước.")  # fmt: skip
    return article


def _move(article: Article, state: State) -> None:
    if state not in NEXT[article.state]:
        label = str(State(article.state).label).lower()
        raise RuleError(f"Bài đang ở tình trạng “{label}” nên không ghi bước này được.")
    article.state = state


def _save(article: Article) -> None:
    article.changes += 1
    article.save()


def _words(article: Article) -> list[str]:
    said = (article.title, article.summary, article.gain, article.text, article.basis)
    return [one for one in said if one]


def _kept(draft: ArticleDraft, actor: "User | None") -> tuple[dict[str, object], list[Fault]]:
    """The words as they are stored, and everything that is wrong with the draft."""
    kept: dict[str, object] = {"kind": draft.kind, "place_id": draft.place_id}
    faults: list[Fault] = []
    for name, most, missing in (
        ("title", 200, "Đồng chí vui lòng ghi tên bài."),
        ("summary", 400, ""),
        ("gain", 400, ""),
        ("text", 50_000, "Đồng chí vui lòng ghi nội dung."),
        ("source", 200, ""),
        ("byline", 120, ""),
        ("basis", 200, ""),
    ):
        said = canonical(getattr(draft, name))
        kept[name], more = words_of(said, column=name, missing=missing, most=most)
        faults += more
    if draft.kind not in Kind.values:
        faults.append(Fault("Đồng chí vui lòng chọn loại bài.", column="kind"))
    if actor is not None and not reaches(actor, WRITE, draft.unit_id):
        faults.append(Fault("Đồng chí chưa có quyền viết bài cho đơn vị này.", column="unit"))
    elif draft.unit_id not in units_on([draft.unit_id], clock.today()):
        faults.append(Fault("Đơn vị này không còn hoạt động, đồng chí vui lòng chọn lại.", column="unit"))  # fmt: skip
    if draft.place_id and draft.place_id not in last_names([draft.place_id], clock.today()):
        faults.append(Fault("Không tìm thấy địa bàn này, đồng chí vui lòng chọn lại.", column="place"))  # fmt: skip
    return kept, faults


def _lacking(article: Article) -> list[Fault]:
    """What an article needs before anybody else reads it: what the people gain, where it comes from, who wrote it."""
    faults = []
    if not article.gain:
        faults.append(Fault("Đồng chí vui lòng ghi “Bà con được gì”.", column="gain"))
    if not article.source:
        faults.append(Fault("Đồng chí vui lòng ghi nguồn.", column="source"))
    if not article.byline:
        faults.append(Fault("Đồng chí vui lòng ghi người viết hoặc đơn vị viết.", column="byline"))
    if article.kind == Kind.PLAIN and not article.basis:
        faults.append(Fault("Đồng chí vui lòng ghi văn bản nói đến.", column="basis"))
    if article.kind == Kind.RESULT:
        parts = set(article.pictures.values_list("part", flat=True))
        if (Part.BEFORE in parts) != (Part.AFTER in parts):
            faults.append(Fault("Có ảnh trước thì cần cả ảnh sau, đồng chí vui lòng thêm ảnh còn thiếu."))  # fmt: skip
    return faults


def _tie(article: Article, others: Sequence[int]) -> None:
    """Name the articles that belong with it: of what everybody may read, at most a few."""
    article.ties.all().delete()
    wanted = list(dict.fromkeys(others))[:MOST_TIES]
    known = Article.objects.shown().filter(pk__in=wanted).exclude(pk=article.pk)
    ArticleTie.objects.bulk_create(ArticleTie(article=article, other=one) for one in known)
