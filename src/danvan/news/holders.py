"""What is not published passes to the heir of its unit; what was published stays with who published it."""

from typing import Any

from django.db.models import QuerySet

from danvan.news.enums import State
from danvan.news.models import Article
from danvan.organisations.holders import FieldHolder, StayingRows


class DraftHolder(FieldHolder):
    """Who writes on: drafts and what waits for approval."""

    key = "news.drafts"
    label = "tin, bài chưa đăng"
    model = Article
    field = "unit"
    fields = ("unit",)
    kept = ("state", "written_on")

    def open_rows(self, on: Any) -> QuerySet[Any, Any]:
        """Not read by anybody yet."""
        return Article.objects.filter(state__in=(State.DRAFT, State.SUBMITTED))

    def title(self, row: Any) -> str:
        """By its name."""
        return str(row.title)


class ArticlePlaceHolder(StayingRows):
    """Which place it tells of: a fact of its day."""

    key = "news.places"
    label = "địa bàn của tin, bài"
    model = Article
    fields = ("place",)


HOLDERS = (DraftHolder(), ArticlePlaceHolder())
