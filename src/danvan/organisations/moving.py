"""Holders that most modules need: a column that names a unit moves on open rows; rows that stay are counted."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.db.models import Count, Model, Q, QuerySet

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.holding import Moved, Passage
from danvan.organisations.selectors.days import last_names

BATCH = 500  # rows written at a time
MANY = 10_000  # units that one query names


class StayingRows:
    """Rows that never move (facts): they are counted, so that no unit they name is unfounded, and compared.

    `fields` are the columns that name units; `kept` what else is compared.
    """

    key: str
    label: str
    model: ClassVar[Any]
    fields: ClassVar[tuple[str, ...]]
    kept: ClassVar[tuple[str, ...]] = ()

    def faults(self, passage: Passage) -> list[Fault]:
        """Nothing forbids what nothing follows from."""
        return []

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """No row passes."""
        return {}

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """No row passes."""
        return []

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Nothing had passed."""

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """Nothing had passed."""
        raise LookupError(self.key)

    def count_rows(self, unit_ids: Collection[int]) -> dict[int, int]:
        """How many rows name each unit. One query for each column."""
        found: Counter[int] = Counter()
        for field in self.fields:
            found.update(counted(self.rows(), field, unit_ids))
        return dict(found)

    def export(self) -> list[dict[str, Any]]:
        """Every row by its key: the columns that name units, and what is kept beside them."""
        columns = ("pk", *(f"{field}_id" for field in self.fields), *self.kept)
        return [plain(row) for row in self.rows().order_by("pk").values(*columns)]

    def rows(self) -> QuerySet[Any, Any]:
        """All rows of the model."""
        found: QuerySet[Any, Any] = self.model.objects.all()
        return found


class FieldHolder(StayingRows):
    """One column of one model that names who a row waits for: it passes to the heir on open rows, and back.

    `counts` is a column that counts acts on the row, if it has one: a page that showed the row as it was must not
    act on it as it is; so undoing counts back only where nobody acted on the row since, and counts on where somebody
    did. `beside` and `undo_beside` are for what a module writes with it.
    """

    field: ClassVar[str]
    counts: ClassVar[str] = ""
    waits: ClassVar[bool] = True

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """The rows that wait for somebody, if their unit ended on the day."""
        raise NotImplementedError

    def title(self, row: Any) -> str:
        """The matter in words, without a person's name."""
        raise NotImplementedError

    def giver(self, row: Any) -> int:
        """The unit that an open row waits for."""
        return int(getattr(row, self._column))

    def of_units(self, unit_ids: Collection[int]) -> Q:
        """The rows that wait for these units."""
        return Q(**{f"{self._column}__in": unit_ids})

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """What is written beside the rows that passed; puts what undoing needs into `before` and `after`."""

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """What is written beside a row that goes to another successor; the same for its undoing."""

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """Take away what `beside` wrote; the rows hold their former unit again and are saved afterwards."""

    def changed_beside(self) -> tuple[str, ...]:
        """The columns besides its own that `beside` and `undo_beside` change on the rows."""
        return ()

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many open rows each unit has. One query."""
        return counted(self.open_rows(on), self.field, unit_ids)

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Let the open rows of the ended units name their heirs; a fixed number of queries each 500 rows."""
        rows = list(self._locked(self.open_rows(passage.on), passage.heirs))
        if not rows:
            return []
        moved = []
        for row in rows:
            before, giver = getattr(row, self._column), self.giver(row)
            taker = passage.heirs[giver]
            self._put(row, taker)
            moved.append(
                Moved(
                    row_id=row.pk,
                    giver=giver,
                    taker=taker,
                    title=self.title(row)[:400],
                    waits=self.waits,
                    before={self.field: before},
                    after={self.field: taker, **self._count(row)},
                )
            )
        self.beside(rows, moved, passage, actor)
        self._save(rows)
        tell(self.key, "hand_over", rows, passage.number, actor)
        return moved

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Let the rows name the unit they named before; what was done to them since stays with them."""
        found = {row.pk: row for row in self._by_key([one.row_id for one in moved])}
        now = [getattr(found.get(one.row_id), self._column, None) for one in moved]
        lost = [
            (one, at) for one, at in zip(moved, now, strict=True) if at != one.after[self.field]
        ]
        if lost:
            raise moved_since(lost)
        rows = [found[one.row_id] for one in moved]
        for row, one in zip(rows, moved, strict=True):
            acts = 1 + one.after.get("passed_on", 0)
            alone = one.after.get("count") == self._count(row).get("count")
            self._put(row, one.before[self.field], -acts if alone else 1)
        self.undo_beside(rows, moved)
        self._save(rows)
        if rows:
            tell(self.key, "take_back", rows, passage.number, actor)

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """Let one row name another successor, while it still names the one that was given it."""
        row = next(iter(self._by_key([moved.row_id])), None)
        at = getattr(row, self._column, None)
        if row is None or at != moved.after[self.field]:
            raise moved_since([(moved, at)])
        self._put(row, to)
        acts = moved.after.get("passed_on", 0) + 1
        after = {**moved.after, self.field: to, "passed_on": acts, **self._count(row)}
        passed = replace(moved, taker=to, after=after)
        self.beside_passing_on(row, passed, actor)
        self._save([row])
        tell(self.key, "pass_on", [row], "", actor)
        return passed

    @property
    def _column(self) -> str:
        return f"{self.field}_id"

    def _count(self, row: Any) -> dict[str, int]:
        """How many acts on the row are counted, if they are."""
        return {"count": getattr(row, self.counts)} if self.counts else {}

    def _put(self, row: Any, unit_id: int, acts: int = 1) -> None:
        setattr(row, self._column, unit_id)
        if self.counts:
            setattr(row, self.counts, getattr(row, self.counts) + acts)

    def _save(self, rows: Sequence[Any]) -> None:
        columns = [self.field, *([self.counts] if self.counts else []), *self.changed_beside()]
        self.model.objects.bulk_update(rows, columns, batch_size=BATCH)

    def _locked(self, rows: QuerySet[Any, Any], unit_ids: Iterable[int]) -> Iterator[Any]:
        """These rows of these units under lock, in the order of their keys."""
        for some in by_many(unit_ids):
            here = rows.filter(self.of_units(some)).order_by("pk")
            yield from here.select_for_update(of=("self",), no_key=True)

    def _by_key(self, keys: Iterable[int]) -> Iterator[Any]:
        for some in by_many(keys):
            here = self.rows().filter(pk__in=some).order_by("pk")
            yield from here.select_for_update(of=("self",), no_key=True)


class HistoryHolder(FieldHolder):
    """Rows with a history of their own: each passing is a line in it, and the first unit stays known.

    The model has `former` (whose it was first) and `passed_on` (until when); a line names its row in `line_of`.
    """

    counts = "changes"
    line: ClassVar[Any]  # the model of a line
    line_of: ClassVar[str]
    line_kind: ClassVar[str]
    dated = False  # whether a line has a day (`on`) beside its moment

    def changed_beside(self) -> tuple[str, ...]:
        """Whose it was before, and until when."""
        return ("former", "passed_on")

    def beside(self, rows: Sequence[Any], moved: list[Moved], passage: Passage, actor: Any) -> None:
        """A line of each history; the first unit stays known, so that what was done before counts there."""
        for row, one in zip(rows, moved, strict=True):
            one.before["first"] = row.former_id is None
            if row.former_id is None:
                row.former_id, row.passed_on = one.giver, passage.on
        lines = self.line.objects.bulk_create(
            self._line(row, f"Theo {passage.number}", actor) for row in rows
        )
        for one, line in zip(moved, lines, strict=True):
            one.after["step"] = line.pk

    def beside_passing_on(self, row: Any, moved: Moved, actor: Any) -> None:
        """Another line, which stays: it went there and back."""
        self._line(row, "Chuyển tiếp cho đơn vị tiếp nhận khác", actor).save()

    def undo_beside(self, rows: Sequence[Any], moved: Sequence[Moved]) -> None:
        """The history without those lines, and the unit as it was."""
        for row, one in zip(rows, moved, strict=True):
            if one.before["first"]:
                row.former_id, row.passed_on = None, None
        self.line.objects.filter(pk__in=[one.after["step"] for one in moved]).delete()

    def _line(self, row: Any, words: str, actor: Any) -> Any:
        about = {self.line_of: row, "kind": self.line_kind}
        if self.dated:
            about["on"] = clock.today()
        return self.line(**about, at=clock.now(), by=actor, words=words)


def by_many(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in order, as many at a time as one query may name."""
    ordered = sorted(keys)
    for at in range(0, len(ordered), MANY):
        yield ordered[at : at + MANY]


def counted(rows: QuerySet[Any, Any], field: str, unit_ids: Collection[int]) -> dict[int, int]:
    """How many of the rows name each of these units in a column. One query each ten thousand units."""
    found: dict[int, int] = {}
    for some in by_many(unit_ids):
        here = rows.filter(**{f"{field}_id__in": some}).order_by().values_list(f"{field}_id")
        found.update(here.annotate(number=Count("pk")))
    return found


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """The row with days and instants as text, for comparing and keeping."""
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in row.items()
    }


def tell(key: str, act: str, rows: Sequence[Model], number: str, actor: Any) -> None:
    """One line in the audit log for all rows that one holder moved: `commitments.hand_over`."""
    module = key.partition(".")[0]
    ids = [row.pk for row in rows]
    audit.record(actor, f"{module}.{act}", rows[0], holder=key, ids=ids, number=number)


def moved_since(lost: Sequence[tuple[Moved, int | None]]) -> RuleError:
    """The refusal to take back what is no longer where it was put: each matter, with where it is now."""
    names = last_names({at for _, at in lost if at}, clock.today())
    faults = [
        Fault(
            f"“{one.title}” nay thuộc {names[at]}, đồng chí vui lòng chuyển lại trước."
            if at in names
            else f"“{one.title}” không còn trong sổ."
        )
        for one, at in lost
    ]
    sentences = " ".join(fault.message for fault in faults[:5])
    return RuleError(f"Không trả lại được việc đã bàn giao: {sentences}", faults=faults)
