"""An installation that was filled and backed up once, for all tests of backing up: they spoil copies of it."""

import shutil
from pathlib import Path

import pytest

from danvan.foundation import backup
from tests.foundation.backup.installations import FILL, installed, silent


@pytest.fixture(scope="session")
def filled(databases, tmp_path_factory):
    """An installation with rows, files and sealed files; and a text that was sealed in it. Nobody changes it."""
    home = tmp_path_factory.mktemp("filled")
    reached = databases.reached(databases.copy(), home)
    uuid, sealed = reached.script(FILL).split()
    return installed(reached, home), (uuid, bytes.fromhex(sealed))


@pytest.fixture(scope="session")
def source(filled):
    return filled[0]


@pytest.fixture(scope="session")
def kept(source, tmp_path_factory):
    """A backup of it, and where its keys lie apart. Nobody changes them."""
    place, keys = tmp_path_factory.mktemp("place"), tmp_path_factory.mktemp("keys")
    made, _ = backup.make(source, place, keys=keys, say=silent)
    return made, keys


@pytest.fixture
def spoilt(kept, tmp_path):
    """A copy of the backup, to be spoilt."""
    return Path(shutil.copytree(kept[0], tmp_path / "place" / kept[0].name))


@pytest.fixture
def target(databases, tmp_path):
    """An installation elsewhere, without a table or a file."""
    return installed(databases.reached(databases.bare(), tmp_path / "home"), tmp_path / "home")


@pytest.fixture(scope="session")
def unused(databases, tmp_path_factory):
    """The same, for tests that see to it that it stays so."""
    home = tmp_path_factory.mktemp("unused") / "home"
    return installed(databases.reached(databases.bare(), home), home)
