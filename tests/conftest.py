"""The browser for all browser tests, the profiles of the property tests, and what was skipped, loudly."""

import gc
import os
import re
import shutil

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from tests.outside import databases, emptied, outside

__all__ = ["databases", "emptied", "outside"]  # for all tests that need other processes

# The browser's driver keeps a running loop in the main thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True
)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=5000)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default")
)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Nothing that is read here is rubbish: looking for it takes a good part of reading eight thousand tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish():
    """What is imported by now stays: looking through it for rubbish again and again took a twelfth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


ASKING = {"db", "transactional_db", "databases", "outside", "emptied", "live_server"}
COUNTING = {"django_assert_num_queries", "django_assert_max_num_queries"}
ABOUT_PAGES = re.compile(r"test_(?:\w+_)?(?:pages|views)(?:_\w+)?\.py")


def asks_no_database(item):
    return (
        not item.get_closest_marker("django_db")
        and not ASKING & set(item.fixturenames)
        and not issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    )


def is_about_pages(item):
    """By the name of its file (docs/testing.md): what pages say and take, not what a database does."""
    return ABOUT_PAGES.fullmatch(item.path.name) and not COUNTING & set(item.fixturenames)


def pytest_collection_modifyitems(config, items):
    """What no database has a part in is tried once, on SQLite's turn; what takes long, only in a long run."""
    if os.environ.get("HYPOTHESIS_PROFILE") != "soak":
        long = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]
    if not os.environ.get("DANVAN_DATABASE", "").startswith("postgresql"):
        return
    plain = [item for item in items if asks_no_database(item) or is_about_pages(item)]
    config.hook.pytest_deselected(items=plain)
    left_out = set(plain)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The tests' database is there, migrated, before Django comes to make one; it goes with all others."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, databases):
    databases.fill(connection.creation._get_test_db_name())


@pytest.fixture(scope="session", autouse=True)
def _keys():
    """The key file that `danvan setup` makes, for all tests of this process."""
    from danvan.foundation import key_file

    key_file.make(settings.SEALED_FOR)


@pytest.fixture(autouse=True)
def _texts_of_this_test():
    """What the process has read of petitions belongs to the test before: its numbers are given out again."""
    from danvan.petitions.selectors.duplicates import forget_texts

    forget_texts()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end let go of it: threads of a live server may hold a connection a moment longer than their test."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            connection.close()
            connection.close_pool()


NO_BROWSER = "no chromium here (apt-get install chromium), browser tests skipped"


def browser_path() -> str | None:
    """The browser of this machine, or of CHROMIUM; the one without windows does the same at two fifths of the work."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = browser_path()
    if path is None:
        pytest.skip(NO_BROWSER)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1366, "height": 768},
    }


def pytest_terminal_summary(terminalreporter):
    if hasattr(terminalreporter.config, "workerinput"):
        return
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({str(report.longrepr[2]) for report in skipped if report.longrepr})
    if reasons:
        terminalreporter.section("SKIPPED, and why", red=True)
        for reason in reasons:
            terminalreporter.line(f"  {reason}")
