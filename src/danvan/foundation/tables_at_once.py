"""The tables a migration begins with are made at once.

Django renders the model just added, and all that are tied to it, after each operation: with a hundred models that hang
on the units that was four fifths of making a database. Here the models are rendered once, as they stand after the last
of the operations that only make tables; each table is then made whole, with its indexes and constraints.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddIndex, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class ExecutorAtOnce(MigrationExecutor):
    """Applies migrations as Django does, but for the tables they begin with."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, *rest: Any, **options: Any
    ) -> ProjectState:
        if type(migration).apply is Migration.apply:  # else it has a way of its own
            migration = AtOnce(migration)
        return super().apply_migration(state, migration, *rest, **options)


class AtOnce(Migration):
    """A migration that makes the tables it begins with at once."""

    def __init__(self, migration: Migration) -> None:
        own = {"atomic": migration.atomic, "initial": migration.initial}
        vars(self).update(vars(migration), **own)
        self.first = len(beginning(migration.operations))

    def apply(
        self, project_state: ProjectState, schema_editor: Any, *rest: Any, **options: Any
    ) -> ProjectState:
        if self.first > 1:
            _make(self.operations[: self.first], self.app_label, project_state, schema_editor)
            vars(self).update(operations=self.operations[self.first :], first=0)
        return super().apply(project_state, schema_editor, *rest, **options)


def beginning(operations: Sequence[Operation]) -> list[Operation]:
    """The operations that come first and only make tables, or give those what belongs to them."""
    made: set[str] = set()
    found: list[Operation] = []
    for operation in operations:
        if isinstance(operation, CreateModel):
            made.add(operation.name_lower)
        elif not (
            isinstance(operation, AddIndex | AddConstraint) and operation.model_name_lower in made
        ):
            break
        found.append(operation)
    return found


def _make(
    operations: Sequence[Operation],
    app_label: str,
    state: ProjectState,
    editor: BaseDatabaseSchemaEditor,
) -> None:
    before = state.clone()
    vars(state).pop("apps", None)  # else each operation would render anew what is tied to its model
    for operation in operations:
        operation.state_forwards(app_label, state)
    for operation in operations:
        if isinstance(operation, CreateModel):
            operation.database_forwards(app_label, editor, before, state)
