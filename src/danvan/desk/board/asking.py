"""Asking late units to explain: which, about what, and by which day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models.functions import Coalesce

from danvan.accounts.selectors import grants_allowing
from danvan.commitments.services import ask_explanations
from danvan.desk.board.lateness import late_commitments, missing_reports
from danvan.desk.board.scope import number_in, report_month
from danvan.desk.links import way
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.selectors import allowed_targets, evaluations_for
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import identities, last_names, organisations_at, units_on
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.desk.board.scope import Scope

COMMITMENTS, REPORTS, TARGET = "qua-han", "bao-cao", "chi-tieu"
KEPT = ("loai", "noi", "ky", "don_vi", "chi_tieu")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The units to be asked, and what each is asked about."""

    subject_kind: str
    subject: str
    about: dict[int, list[int]]  # unit -> what it did not do
    names: list[tuple[int, str]]
    asker_id: int
    asker: str
    back: str
    kept: list[tuple[str, str]]  # what the form carries along

    @property
    def count(self) -> int:
        """How many units."""
        return len(self.about)


def read_ask(user: "User", scope: "Scope", period: Period, said: Mapping[str, Any]) -> Wanted:
    """Whom to ask about what: overdue commitments (unless said), the reports of the month, or a target."""
    today = clock.today()
    kind, only = str(said.get("loai") or COMMITMENTS), number_in(said.get("don_vi"))
    if kind == REPORTS:
        found = _reports(user, scope, period, today)
    elif kind == TARGET:
        found = _target(user, number_in(said.get("chi_tieu")) or 0, period)
    else:
        found = _commitments(user, scope, today)
    subject_kind, subject, about = found
    asked = _answerable(scope, about if only is None else {only} & set(about), today)
    about = {unit: ids for unit, ids in about.items() if unit in asked}
    names = last_names(about, today)
    asker = _asker(user, scope, today)
    return Wanted(
        subject_kind=subject_kind,
        subject=subject,
        about=about,
        names=sorted(names.items(), key=lambda one: (sort_key(one[1]), one[0])),
        asker_id=asker,
        asker=last_names([asker], today).get(asker, ""),
        back=way("desk:board", don_vi=scope.place_id, ky=period.code),
        kept=[(name, str(said[name])) for name in KEPT if said.get(name)],
    )


def send(wanted: Wanted, *, question: str, due_on: date, actor: "User") -> int:
    """Ask them all in one act; nobody is asked where one cannot be. How many were asked."""
    asker = identities([wanted.asker_id])[wanted.asker_id]
    asked = ask_explanations(
        list(wanted.about),
        asker=asker,
        subject_kind=wanted.subject_kind,
        subject_ids=wanted.about,
        subject=wanted.subject,
        question=question,
        due_on=due_on,
        actor=actor,
    )
    return len(asked)


def _commitments(
    user: "User", scope: "Scope", today: date
) -> tuple[str, str, dict[int, list[int]]]:
    rows = late_commitments(user, scope, today).order_by("due_on", "pk")
    about = _grouped(rows.values_list("lead_id", "pk"))
    return "commitments.commitment", f"Việc quá hạn tính đến {format_date(today)}", about


def _reports(
    user: "User", scope: "Scope", period: Period, today: date
) -> tuple[str, str, dict[int, list[int]]]:
    month = report_month(period, today)
    answering = Coalesce("bearer_id", "unit_id")  # who answers now for a unit that has ended
    rows = missing_reports(user, scope, month, today).annotate(answering=answering)
    subject = f"Chưa gửi báo cáo {month.label}"
    owed = rows.order_by("answering", "pk").values_list("answering", "pk")
    return "reporting.obligation", subject, _grouped(owed)


def _target(user: "User", pk: int, period: Period) -> tuple[str, str, dict[int, list[int]]]:
    target = allowed_targets(user, "targets.view").filter(pk=pk).first()
    if target is None:
        return "indicators.target", "Chưa đạt chỉ tiêu", {}
    (seen,) = evaluations_for(user, [target], period)
    about = {unit: [target.pk] for unit in seen.evaluation.missing}
    return "indicators.target", f"Chưa đạt chỉ tiêu {period.label}: {target.title}"[:400], about


def _answerable(scope: "Scope", about: Collection[int], today: date) -> set[int]:
    """Those of the units that `scope` reaches and that stand today: one that has ended keeps no other from being asked."""
    within = scope.within.filter(unit_id__in=list(about)).values_list("unit_id", flat=True)
    return set(units_on(set(within), today))


def _grouped(rows: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for unit, pk in rows:
        found.setdefault(unit, []).append(pk)
    return found


def _asker(user: "User", scope: "Scope", today: date) -> int:
    """In whose name: the reader's own organisation, else the Party committee of the place."""
    held = [one.unit_id for one in grants_allowing(user, "commitments.verify")]
    units = units_on(held, today)
    own = next((pk for pk in held if pk in units and not units[pk].is_place), None)
    if own is not None:
        return own
    committees = organisations_at([scope.place_id], kinds=[Kind.PARTY_COMMITTEE], on=today)
    return next(iter(committees), scope.place_id)
