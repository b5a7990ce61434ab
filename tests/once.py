"""A world built once for all tests of a module: each finds it as it was built, whatever the others did to it."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings


def once(
    build: Callable[..., Any], *, params: Mapping[str, Any] | None = None, **settings: Any
) -> Any:
    """A fixture of the module that builds something in a transaction around its tests, under these settings.

    Name it in the module with a leading underscore and give tests `own(...)` of it. With `params` it is built with
    each of these values in turn, called by their names. Not for modules with tests that end transactions themselves.
    """
    values = list(params.values()) if params else None

    @pytest.fixture(scope="module", params=values, ids=list(params) if params else None)
    def built(
        request: pytest.FixtureRequest,
        django_db_setup: None,
        django_db_blocker: Any,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Iterator[Any]:
        files = tmp_path_factory.mktemp("files")
        around = transaction.atomic()
        with override_settings(MEDIA_ROOT=files):  # what it stored is there for its tests
            with django_db_blocker.unblock():
                around.__enter__()
            try:  # a world that could not be built is taken down like one that was
                with django_db_blocker.unblock(), override_settings(**settings):
                    made = build(request.param) if params else build()
                yield made
            finally:
                with django_db_blocker.unblock():
                    transaction.set_rollback(True)
                    around.__exit__(None, None, None)

    return built


def own(built: Any) -> Any:
    """What was built, for one test: its objects are copies, so that what a test does to them stays with it."""
    return copy.deepcopy(built)
