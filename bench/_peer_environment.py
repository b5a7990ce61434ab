"""Asking what we measure against in an environment of its own, made of its own lock where there is none yet."""

import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def ask_peer(name: str, script: str, said: Any) -> Any:
    """What a script of ours answers in the environment of `requirements-NAME.lock`; OSError or SubprocessError where it cannot be had."""
    lock = HERE.parent / f"requirements-{name}.lock"
    home = Path(os.environ.get("DANVAN_HOME", ".bench")).resolve() / name
    python, uv = home / "bin" / "python", HERE.parent / ".venv" / "bin" / "uv"
    ready, wanted = home / ".ready", hashlib.sha256(lock.read_bytes()).hexdigest()
    if not ready.exists() or ready.read_text() != wanted:
        for command in (
            [uv, "venv", "--quiet", "--clear", home],
            [uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", lock],
        ):
            subprocess.run(command, check=True, capture_output=True, timeout=600)
        ready.write_text(wanted)
    ran = subprocess.run(
        [python, HERE / script],
        input=json.dumps(said), capture_output=True, text=True, check=True, timeout=3_000,
    )  # fmt: skip
    return json.loads(ran.stdout)
