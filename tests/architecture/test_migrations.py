"""Migrations are history: named, one line of them, reversible, without our code and without words."""

import ast
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture import SRC, short

FILES = sorted((SRC / "danvan").glob("*/migrations/[0-9]*.py"))
OURS = sorted(app.label for app in apps.get_app_configs() if app.name.startswith("danvan."))


def trees():
    return [(file, ast.parse(file.read_text(encoding="utf-8"))) for file in FILES]


def test_every_migration_has_a_name_that_says_what_it_does():
    named = re.compile(r"\d{4}_[a-z][a-z0-9_]+$")
    assert [
        short(file) for file in FILES if not named.match(file.stem) or "_auto_" in file.stem
    ] == []


def test_every_module_has_one_line_of_migrations():
    loader = MigrationLoader(None)
    heads = {
        label: loader.graph.leaf_nodes(label) for label in OURS if label in loader.migrated_apps
    }
    assert {label: nodes for label, nodes in heads.items() if len(nodes) != 1} == {}
    merges = [short(file) for file in FILES if "merge" in file.stem]
    assert merges == []


def test_no_migration_imports_our_code():
    """Our code goes on changing; a migration must do tomorrow what it did when it was written."""
    bad = []
    for file, code in trees():
        for node in ast.walk(code):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                ("danvan", "config")
            ):
                bad.append(f"{short(file)}:{node.lineno}")
            if isinstance(node, ast.Import):
                bad += [
                    f"{short(file)}:{node.lineno}"
                    for alias in node.names
                    if alias.name.startswith(("danvan", "config"))
                ]
    assert bad == []


def test_every_migration_can_be_undone():
    loader = MigrationLoader(None)
    bad = [
        f"{label}.{name}: {operation.describe()}"
        for (label, name), migration in loader.disk_migrations.items()
        if label in OURS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert bad == []


def test_words_are_kept_out_of_migrations():
    """Labels, help and choices change often and change no table: each would be a migration for nothing."""
    words = {"verbose_name", "verbose_name_plural", "help_text", "choices"}
    bad = set()
    for file, code in trees():
        for node in ast.walk(code):
            if isinstance(node, ast.keyword) and node.arg in words:
                bad.add(short(file))
            if isinstance(node, ast.Dict):
                keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
                if keys & words:
                    bad.add(short(file))
    assert sorted(bad) == []


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    told = StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=told, stderr=told)
    except SystemExit:
        pytest.fail(told.getvalue())


@pytest.mark.django_db
def test_every_table_is_named_after_its_module():
    tables = {
        model._meta.db_table: model._meta.app_label
        for label in OURS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }
    assert {table for table, label in tables.items() if not table.startswith(f"{label}_")} == set()
    assert set(tables) <= set(connection.introspection.table_names())
