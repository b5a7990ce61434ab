"""A world built once for all tests of a module: each finds it as it was built, whatever the others did to it."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings


def once(build: Callable[[], Any], **settings: Any) -> Any:
    """A fixture of the module that builds something in a transaction around its tests, under these settings.

    Name it in the module with a leading underscore and give tests `own(...)` of it. Not for modules with
    tests that end transactions themselves.
    """

    @pytest.fixture(scope="module")
    def built(
        django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[Any]:
        files = tmp_path_factory.mktemp("files")
        around = transaction.atomic()
        with django_db_blocker.unblock():
            around.__enter__()
            with override_settings(MEDIA_ROOT=files, **settings):
                made = build()
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)

    return built


def own(built: Any) -> Any:
    """What was built, for one test: its objects are copies, so that what a test does to them stays with it."""
    return copy.deepcopy(built)
