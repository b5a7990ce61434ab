"""A queryset that remembers that it is of few rows."""

from typing import Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class FewQuerySet(models.QuerySet[M]):
    """`few`: narrowed to rows that were looked up one by one; there is no shorter way to count them."""

    few = False

    def _clone(self) -> Self:
        """A narrower list of few rows is of few rows too."""
        narrower: Self = super()._clone()  # type: ignore[misc]  # Django's own, which its stubs leave out
        narrower.few = self.few
        return narrower
