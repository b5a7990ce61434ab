"""Reads of news: for who writes and approves it, and for everybody."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from danvan.accounts.selectors import units_granted
from danvan.foundation import clock, search
from danvan.news.enums import APPROVE, VIEW, WRITE, Kind, Part, Speech, State
from danvan.news.models import Article, ArticlePicture, ArticleQuerySet, ArticleSound, ReadTally
from danvan.organisations.selectors import last_names, names_on
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User

WORDS_A_MINUTE = 200  # read slowly
MOST_UNITS = 300


@dataclass(frozen=True, slots=True)
class Teaser:
    """One article of a public list."""

    pk: int
    kind: str
    kind_label: str
    title: str
    summary: str
    gain: str
    shown_on: date
    unit: str
    minutes: int
    heard: bool
    picture: ArticlePicture | None


@dataclass(frozen=True, slots=True)
class ArticleTold:
    """One article with all that its public page shows."""

    article: Article
    unit: str
    place: str
    minutes: int
    main: list[ArticlePicture]
    before: list[ArticlePicture]
    after: list[ArticlePicture]
    sounds: list[ArticleSound]
    tied: list[Article]


def allowed_articles(user: "User", action: str) -> ArticleQuerySet:
    """Where every officer's view of news starts."""
    return Article.objects.allowed(user, action)


def articles_listed(user: "User", state: str) -> QuerySet[Article]:
    """The articles within reach, in one state or all."""
    found = allowed_articles(user, VIEW).select_related("written_by")
    return found.filter(state=state) if state in State.values else found


def waiting_articles(user: "User") -> QuerySet[Article]:
    """What waits for this reader's approval: never what they wrote."""
    return allowed_articles(user, APPROVE).filter(state=State.SUBMITTED).exclude(written_by=user)


def writing_units(user: "User") -> list[tuple[int, str]]:
    """The units that the reader may write for, by name. Two queries."""
    ids = list(
        units_granted(user, WRITE)
        .order_by("unit_id")
        .values_list("unit_id", flat=True)[:MOST_UNITS]
    )
    names = names_on(ids, clock.today())
    return sorted(names.items(), key=lambda one: sort_key(one[1]))


def acts_of(user: "User", article: Article) -> list[str]:
    """Which acts its page offers this reader, by name."""
    may = {
        action: units_granted(user, action).filter(unit_id=article.unit_id).exists()
        for action in (WRITE, APPROVE)
    }
    found = []
    if article.state == State.DRAFT and may[WRITE]:
        found += ["submit"]
    if article.state == State.SUBMITTED and may[APPROVE] and article.written_by_id != user.pk:
        found += ["approve", "send-back"]
    if article.state == State.SHOWN and may[APPROVE]:
        found += ["take-down"]
    if article.state == State.TAKEN_DOWN and may[WRITE]:
        found += ["reopen"]
    return found


def published_articles(*kinds: str) -> QuerySet[Article]:
    """What everybody may read, the latest first. The only public queryset of news."""
    found = Article.objects.shown().order_by("-shown_on", "-pk")
    return found.filter(kind__in=kinds) if kinds else found


def heard_articles(language: str = "") -> QuerySet[Article]:
    """What everybody may listen to, in one language or any."""
    sounds = ArticleSound.objects.filter(language=language) if language else ArticleSound.objects
    return published_articles().filter(pk__in=sounds.values("article_id"))


def languages_heard() -> list[tuple[str, str]]:
    """In which languages something can be listened to. One query."""
    found = ArticleSound.objects.filter(article__in=Article.objects.shown())
    known = set(found.order_by().values_list("language", flat=True).distinct())
    return [(code, str(label)) for code, label in Speech.choices if code in known]


def found_articles(words: str) -> QuerySet[Article]:
    """What everybody may read and holds these words."""
    return search.find(published_articles(), words)


def teasers(rows: Iterable[Article]) -> list[Teaser]:
    """What a public list shows of each. Three queries, however many there are."""
    found = list(rows)
    names = last_names({one.unit_id for one in found}, clock.today())
    ids = [one.pk for one in found]
    pictures: dict[int, ArticlePicture] = {}
    for picture in ArticlePicture.objects.filter(article__in=ids).exclude(part=Part.BEFORE):
        pictures.setdefault(picture.article_id, picture)
    heard = set(ArticleSound.objects.filter(article__in=ids).values_list("article_id", flat=True))
    return [
        Teaser(
            one.pk, one.kind, str(Kind(one.kind).label), one.title, one.summary, one.gain,
            one.shown_on or one.written_on, names.get(one.unit_id, ""), minutes_of(one), one.pk in heard,
            pictures.get(one.pk),
        )
        for one in found
    ]  # fmt: skip


def article_told(pk: int) -> ArticleTold | None:
    """One article as everybody reads it; None where there is none, or it is public no longer. A fixed number of queries."""
    article = Article.objects.shown().filter(pk=pk).first()
    return None if article is None else told_of(article)


def told_of(article: Article) -> ArticleTold:
    """What its page shows, also to who approves it before."""
    by_part: dict[str, list[ArticlePicture]] = defaultdict(list)
    for one in article.pictures.select_related("file"):
        by_part[one.part].append(one)
    names = last_names([one for one in (article.unit_id, article.place_id) if one], clock.today())
    return ArticleTold(
        article=article,
        unit=names.get(article.unit_id, ""),
        place=names.get(article.place_id or 0, ""),
        minutes=minutes_of(article),
        main=by_part[Part.MAIN],
        before=by_part[Part.BEFORE],
        after=by_part[Part.AFTER],
        sounds=list(article.sounds.select_related("file")),
        tied=list(Article.objects.shown().filter(pk__in=article.ties.values("other_id"))),
    )


def shown_picture(pk: int) -> ArticlePicture | None:
    """A picture of what everybody may read."""
    found = ArticlePicture.objects.filter(article__in=Article.objects.shown())
    return found.select_related("file").filter(pk=pk).first()


def shown_sound(pk: int) -> ArticleSound | None:
    """A sound of what everybody may read."""
    found = ArticleSound.objects.filter(article__in=Article.objects.shown())
    return found.select_related("file").filter(pk=pk).first()


def minutes_of(article: Article) -> int:
    """How long reading it takes."""
    return max(round(len(article.text.split()) / WORDS_A_MINUTE), 1)


def most_read(kind: str, *, days: int = 7, most: int = 5) -> list[tuple[int, int]]:
    """What was read most in the last days: ids with their readings, the most first. One query."""
    since = clock.today() - timedelta(days=days - 1)
    rows = ReadTally.objects.filter(kind=kind, on__gte=since).order_by()
    sums = rows.values("subject_id").annotate(reads=Sum("number")).order_by("-reads", "subject_id")
    return [(one["subject_id"], one["reads"]) for one in sums[:most]]


def most_read_articles(*, most: int = 5) -> list[Teaser]:
    """The articles that were read most this week, of those that everybody may still read."""
    ids = [pk for pk, _ in most_read("article", most=most * 3)]
    found = {one.pk: one for one in published_articles().filter(pk__in=ids)}
    return teasers([found[pk] for pk in ids if pk in found][:most])
