"""The migrations as they were released, one by one, beside those that stand for many; and a schema in plain words.

What is tried with them is done in another process, whose database has no table: there is no second one in Django's tests.
"""

import re
from itertools import chain

from django.apps import apps
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from danvan.foundation.tables_at_once import ExecutorAtOnce

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("danvan.")}


class OneByOne(MigrationLoader):
    """As if no migration of ours stood for others."""

    def load_disk(self):
        super().load_disk()
        squashed = {
            key: one for key, one in self.disk_migrations.items() if one.replaces and key[0] in OURS
        }
        last = {key: one.replaces[-1] for key, one in squashed.items()}
        for key in squashed:
            del self.disk_migrations[key]
        for one in self.disk_migrations.values():
            one.dependencies = [last.get(tuple(key), key) for key in one.dependencies]


class StepByStep(MigrationExecutor):
    """Django's own executor, over each migration by itself."""

    def __init__(self):
        super().__init__(connection)
        self.loader = OneByOne(connection)


class AtOnce(ExecutorAtOnce):
    """That of the program."""

    def __init__(self):
        super().__init__(connection)


def way(executor):
    """Through all migrations, in order, that this executor would take on an empty database."""
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [(migration.app_label, migration.name) for migration, _ in plan]


def newest(executor, modules):
    return [key for key in executor.loader.graph.leaf_nodes() if key[0] in modules]


def nothing(modules):
    return [(module, None) for module in sorted(modules)]


def _asked(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [tuple(map(str, row)) for row in cursor.fetchall()]


POSTGRESQL = {
    "column": """select table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,
        is_nullable, column_default, is_identity, generation_expression from information_schema.columns
        where table_schema = 'public'""",
    "constraint": """select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and conrelid <> 0""",
    "index": "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'",
    "trigger": """select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger
        where not tgisinternal""",
    "function": """select proname, proname, pg_get_functiondef(oid) from pg_proc
        where pronamespace = 'public'::regnamespace""",
}


def _parts(text):
    """What stands between the commas outside brackets: the order of columns is no part of a schema."""
    depth, part = 0, ""
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def _plain(words):
    words = " ".join(words.split())
    table = re.fullmatch(r"(CREATE TABLE [^(]+)\((.*)\)", words)
    return (table[1], *sorted(_parts(table[2]))) if table else words


def schema(modules=("",)):
    """Every table, column, index, constraint, trigger and function, of these modules; in no order."""
    if connection.vendor == "sqlite":
        kept = _asked("select tbl_name, type, name, coalesce(sql, '') from sqlite_master")
        found = {(table, kind, name, _plain(words)) for table, kind, name, words in kept}
    else:
        found = {
            (table, kind, *rest)
            for kind, question in POSTGRESQL.items()
            for table, *rest in _asked(question)
        }
    begins = tuple(f"{module}_" if module else "" for module in modules)
    left_out = (
        "django_migrations",
        "foundation_cache",
        "sqlite_sequence",
    )  # no migration makes these
    return sorted(one for one in found if one[0].startswith(begins) and one[0] not in left_out)


def stands():
    """Where an installation may stand: at each migration of ours with what it needs, or gone back from it again.

    Who has gone back once had all: those that stand for others are noted too, where all of the others are left.
    """
    graph, noted = StepByStep().loader.graph, MigrationLoader(None).replacements.items()
    for key in graph.nodes:
        if key[0] in OURS:
            yield f"no more than {key}", set(graph.forwards_plan(key))
            left = set(graph.nodes) - set(graph.backwards_plan(key))
            noticed = {short for short, one in noted if set(one.replaces) <= left}
            yield f"back from {key}", left | noticed


def ways_on():
    """From which of these places the program would do a migration twice, or leave one out, or refuse."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    every, wrong = set(StepByStep().loader.graph.nodes), []
    for name, applied in stands():
        recorder.flush()
        rows = [recorder.Migration(app=label, name=one) for label, one in applied]
        recorder.migration_qs.bulk_create(rows)
        executor = AtOnce()
        try:
            executor.loader.check_consistent_history(connection)
        except InconsistentMigrationHistory as refused:
            wrong.append(f"{name}: {refused}")
            continue
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        covered = chain(*(one.replaces or [(one.app_label, one.name)] for one, _ in plan))
        if sorted(map(tuple, covered)) != sorted(every - applied):
            wrong.append(name)
    recorder.flush()
    return wrong


def there_and_back(modules):
    """The schema of these modules by single migrations and by the program, after each forward and each back to nothing."""
    found = []
    for kind in (StepByStep, AtOnce):
        kind().migrate(newest(kind(), modules))
        found.append(schema(modules))
        kind().migrate(nothing(modules))
        found.append(schema(modules))
    return found


def from_the_middle():
    """The schema of an installation that stands half way and takes up the newest release, and all of ours undone."""
    half = [key for key in way(StepByStep()) if key[0] in OURS]
    StepByStep().migrate(half[: len(half) // 2])
    AtOnce().migrate(AtOnce().loader.graph.leaf_nodes())
    whole = schema()
    AtOnce().migrate(nothing(OURS))
    return [whole, schema(OURS)]


def step_by_step():
    """The schema after all single migrations, and after undoing all of ours."""
    StepByStep().migrate(StepByStep().loader.graph.leaf_nodes())
    whole = schema()
    StepByStep().migrate(nothing(OURS))
    return [whole, schema(OURS)]
