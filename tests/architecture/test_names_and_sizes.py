"""Names that say nothing, files nobody reads to the end, and habits that hide what happens."""

import ast
import unicodedata

from tests.architecture import ROOT, short, sources, tracked, tree

SAY_NOTHING = {
    "core", "common", "utils", "util", "helper", "helpers", "manager", "managers",
    "data", "info", "process", "handle",
}  # fmt: skip
# Names that a library looks up: they are not ours to choose.
GIVEN = {"handle"}  # Django's management commands
LONGEST = 400
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def test_modules_have_names_that_say_what_they_hold():
    bad = [
        short(file)
        for file in sources("src", "tests", "bench", "scripts")
        if SAY_NOTHING & {file.stem.strip("_"), file.parent.name}
    ]
    assert bad == []


def is_command(file):
    return file.parent.name == "commands"


def test_functions_and_classes_have_names_that_say_what_they_do():
    bad = [
        f"{short(file)}:{node.lineno} {node.name}"
        for file in sources("src", "bench", "scripts")
        for node in ast.walk(tree(file))
        if isinstance(node, DEFINITIONS)
        and node.name.lower().strip("_") in SAY_NOTHING
        and not (is_command(file) and node.name in GIVEN)
    ]
    assert bad == []


def test_no_file_is_longer_than_can_be_read():
    long = {}
    for file in sources("src", "tests", "bench", "scripts"):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            long[short(file)] = lines
    assert long == {}


def test_text_is_stored_in_one_form():
    """NFC everywhere: the same Vietnamese letter must be the same bytes, or a search misses it."""
    endings = {
        ".py",
        ".md",
        ".html",
        ".css",
        ".js",
        ".mjs",
        ".toml",
        ".json",
        ".tsv",
        ".txt",
        ".sh",
    }
    bad = [
        short(file)
        for file in tracked()
        if file.suffix in endings
        and not unicodedata.is_normalized("NFC", file.read_text(encoding="utf-8"))
    ]
    assert bad == []


def test_no_model_thinks_when_it_is_saved():
    bad = [
        f"{short(file)}:{node.lineno}"
        for file in sources("src")
        for owner in ast.walk(tree(file))
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, DEFINITIONS)
        and node.name in {"save", "delete", "clean", "full_clean"}
        and file.parts[-1] != "forms.py"
        and "forms" not in file.parts[:-1]
        and is_model(owner)
    ]
    assert bad == []


def is_model(owner):
    return any(
        ast.unparse(base).split(".")[-1] in {"Model", "AbstractUser"} for base in owner.bases
    )


def test_nothing_listens_to_signals():
    """A signal is a call nobody sees. Call the service, or publish an event."""
    banned = ("django.db.models.signals", "django.dispatch", "django.core.signals")
    bad = []
    for file in sources("src"):
        for node in ast.walk(tree(file)):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            if any(name.startswith(banned) for name in names):
                bad.append(f"{short(file)}:{node.lineno}")
    assert bad == []


def test_only_the_clock_knows_what_day_it_is():
    asks = {"today", "utcnow"}
    bad = [
        f"{short(file)}:{node.lineno}"
        for file in sources("src/danvan")
        if file != ROOT / "src/danvan/foundation/clock.py"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in asks or (node.func.attr == "localdate" and not node.args))
        and ast.unparse(node.func.value) != "clock"
    ]
    assert bad == []
