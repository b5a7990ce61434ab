"""What a difficulty may be about: work, a target, a report, a document. Each is named, and linked for who may open it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.commitments.enums import SubjectKind
from danvan.commitments.selectors.ledger import allowed_commitments
from danvan.indicators.selectors import allowed_targets
from danvan.reporting.selectors import allowed_obligations, due_for, month_of

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.reporting.models import Obligation

LONGEST, MOST = 200, 50  # letters of a name; how many of a kind are offered


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a difficulty is about, as the reader may open it."""

    kind: str
    id: int
    words: str
    url: str

    @property
    def key(self) -> str:
        """`indicators.target:17`"""
        return f"{self.kind}:{self.id}"


Finder = Callable[["User", int], Subject | None]
_finders: dict[str, Finder] = {}


def register_subject(kind: str, finder: Finder) -> None:
    """Have this asked for things of the kind; called once, when the app starts."""
    _finders[kind] = finder


def subject_at(user: "User", kind: str, pk: int) -> Subject | None:
    """The thing, where `user` may open it."""
    finder = _finders.get(kind)
    return finder(user, pk) if finder else None


def subject_named(user: "User", key: str) -> Subject | None:
    """The thing that a key of a form or an address names, where `user` may open it."""
    kind, _, written = key.partition(":")
    known = written.isascii() and written.isdigit() and len(written) < 18
    return subject_at(user, kind, int(written)) if known else None


def subjects_offered(user: "User", *, on: date) -> list[tuple[str, list[Subject]]]:
    """The reports that `user` has to send and the targets in force that concern them, by kind. Two queries."""
    owed = [_of_report(one) for one in due_for(user, on)[:MOST]]
    asking = allowed_targets(user, "targets.view").begun_before(on + timedelta(days=1))
    rows = asking.not_ended_by(on).order_by("title", "pk").values_list("pk", "title")
    targets = [_of_target(pk, title) for pk, title in rows[:MOST]]
    groups = [(SubjectKind.REPORT, owed), (SubjectKind.TARGET, targets)]
    return [(str(kind.label), found) for kind, found in groups if found]


def _commitment(user: "User", pk: int) -> Subject | None:
    found = allowed_commitments(user, "commitments.view").filter(pk=pk).first()
    if found is None:
        return None
    url = reverse("commitments:card", args=[pk])
    return Subject(SubjectKind.COMMITMENT, pk, found.number, url)


def _target(user: "User", pk: int) -> Subject | None:
    title = allowed_targets(user, "targets.view").filter(pk=pk).values_list("title", flat=True).first()  # fmt: skip
    return None if title is None else _of_target(pk, title)


def _report(user: "User", pk: int) -> Subject | None:
    found = allowed_obligations(user, "submissions.view").filter(pk=pk).first()
    return None if found is None else _of_report(found)


def _of_target(pk: int, title: str) -> Subject:
    return Subject(SubjectKind.TARGET, pk, title[:LONGEST], reverse("desk:target", args=[pk]))


def _of_report(one: "Obligation") -> Subject:
    words = f"{one.form.name} {month_of(one).label}"[:LONGEST]
    return Subject(SubjectKind.REPORT, one.pk, words, reverse("reporting:report", args=[one.pk]))


register_subject(SubjectKind.COMMITMENT, _commitment)
register_subject(SubjectKind.TARGET, _target)
register_subject(SubjectKind.REPORT, _report)
