"""What stands for many migrations makes what they made: the tables, all that hangs on them, and the way back."""

import json

import pytest
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests.foundation.single_steps import OURS, OneByOne, schema

WITH_TRIGGERS = ["foundation", "law"]


def test_the_models_are_the_same_by_single_migrations_and_by_those_that_stand_for_them():
    single, short = OneByOne(None), MigrationLoader(None)
    assert len(single.graph.nodes) > len(short.graph.nodes)
    states = single.project_state(), short.project_state()
    assert set(states[0].models) == set(states[1].models)
    assert MigrationAutodetector(*states)._detect_changes() == {}
    for key, model in states[0].models.items():
        assert list(model.fields) == list(states[1].models[key].fields)
        assert model.bases == states[1].models[key].bases


def test_every_released_migration_is_still_there_and_what_stands_for_it_is_of_its_module():
    loader = MigrationLoader(None)
    ours = {key: one for key, one in loader.replacements.items() if key[0] in OURS}
    assert {label for label, _ in ours} >= {"commitments", "reporting", "organisations"}
    for (label, _), migration in ours.items():
        assert {one for one, _ in migration.replaces} == {label}
        assert set(map(tuple, migration.replaces)) <= set(loader.disk_migrations)


@pytest.fixture
def bare(databases):
    """Asks something of another process, whose database has no table."""
    reached = databases.reached(databases.bare(), databases.home)

    def ask(call):
        code = (
            f"import json\nfrom tests.foundation.single_steps import *\nprint(json.dumps({call}))"
        )
        return json.loads(reached.script(code, limit=900))

    return ask


@pytest.fixture
def now(db):
    """The schema of the tests' own database, made as an installation is made."""
    return lambda *modules: json.loads(json.dumps(schema(*modules)))


def test_from_any_release_there_is_one_way_to_the_newest(bare):
    """Where some are applied their module goes on by single ones; nothing is done twice or left out."""
    assert bare("ways_on()") == []


def test_triggers_functions_and_the_search_index_are_the_same_and_go_and_come_back(bare, now):
    made = now(WITH_TRIGGERS)
    assert {"trigger", "index"} <= {kind for _, kind, *_ in made}
    assert bare(f"there_and_back({WITH_TRIGGERS})") == [made, [], made, []]


@pytest.mark.soak
def test_half_way_by_single_migrations_and_on_from_there_leads_to_the_same(bare, now):
    assert bare("from_the_middle()") == [now(), []]


@pytest.mark.soak
def test_each_single_migration_leads_there_and_back(bare, now):
    assert bare("step_by_step()") == [now(), []]
