"""Migrations hold tables and columns only: no labels, help, choices or code of ours.

A label that changes then needs no migration, and an old migration never imports a module that has moved on.
"""

from enum import Enum
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.db.models import BaseConstraint, Field, Model
from django.db.models.fields import NOT_PROVIDED

OUR_CODE = ("danvan.", "config.")
LABELS = ("verbose_name", "verbose_name_plural", "permissions", "default_permissions")


class PlainAutodetector(MigrationAutodetector):
    """Compares the models with their labels taken off on both sides."""

    def __init__(self, from_state: ProjectState, to_state: ProjectState, *rest: Any) -> None:
        for state in (from_state, to_state):
            for model in state.models.values():
                strip(model)
        super().__init__(from_state, to_state, *rest)


def strip(model: ModelState) -> None:
    """Take labels and our code off one model's state."""
    for label in LABELS:
        model.options.pop(label, None)
    model.managers = [(name, manager) for name, manager in model.managers if not _is_ours(manager)]
    model.bases = tuple(base for base in model.bases if not _is_ours(base)) or (Model,)
    for constraint in model.options.get("constraints", ()):
        _strip_constraint(constraint)
    for field in model.fields.values():
        _strip_field(field)


def _strip_constraint(constraint: BaseConstraint) -> None:
    constraint.violation_error_code = None
    constraint.violation_error_message = constraint.default_violation_error_message


def _strip_field(field: Any) -> None:
    field.verbose_name = field._verbose_name = None  # noqa: SLF001 - what deconstruct() reads
    field.help_text = ""
    if isinstance(field, Field) and field.choices is not None:
        field.choices = None
    field._error_messages = None  # noqa: SLF001 - what deconstruct() reads
    field._validators = [check for check in field._validators if not _is_ours(check)]  # noqa: SLF001
    if isinstance(field.default, Enum):
        field.default = field.default.value
    elif _is_ours(field.default):
        field.default = NOT_PROVIDED


def _is_ours(thing: Any) -> bool:
    home = getattr(thing, "__module__", None) or type(thing).__module__
    return str(home).startswith(OUR_CODE) or type(thing).__module__.startswith(OUR_CODE)


def rewrite_initial(app_label: str) -> Path:
    """Write the first migration of a module anew from its models, whether or not the old one is there.

    For the time before a release, while a module still has only this one (beside hand-written ones).
    """
    asker = NonInteractiveMigrationQuestioner(specified_apps={app_label})
    models = PlainAutodetector(ProjectState(), ProjectState.from_apps(apps), asker)
    found = models.changes(
        MigrationGraph(),
        trim_to_apps={app_label},
        convert_apps={app_label},
        migration_name="initial",
    )
    migration: Any
    [migration] = found[app_label]
    migration.initial = True
    migration.dependencies = [
        (app, "0001_initial" if name == "__first__" and app in _our_modules() else name)
        for app, name in migration.dependencies
    ]
    writer = MigrationWriter(migration, include_header=False)
    path = Path(writer.path)
    path.write_text(writer.as_string(), encoding="utf-8")
    return path


def _our_modules() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith(OUR_CODE)}
