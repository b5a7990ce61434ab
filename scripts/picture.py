"""Take the picture in README.md: the board as the demonstration's leader sees it.

`make picture`: builds the demonstration in a home that is thrown away, serves it for a moment on a free
port, signs in the leader by a session of its own and takes one picture.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/pictures/board.png"
PATH = "/bang-dieu-hanh/?ky=2026"


def leader_session() -> str:
    """Build the demonstration; key of a fresh session of its leader, who has changed the first password."""
    import django
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    django.setup()
    from danvan.accounts.models import User
    from danvan.accounts.services import choose_password

    call_command("demo", "--no-serve", stdout=StringIO())
    leader = User.objects.filter(grants__role="leader").earliest("pk")
    user = choose_password(leader, secrets.token_urlsafe(20))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Until the server answers, at most 30 seconds."""
    for _ in range(150):
        try:
            urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"no answer from {address}")


def take(address: str, session: str) -> None:
    """Open the page with that session and keep what stands in the window."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-headless-shell")
    browser_path = next(filter(None, map(shutil.which, names)), None) or sys.exit(
        "no chromium here (apt-get install chromium)"
    )
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=sandbox)
        context = browser.new_context(
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1366, "height": 768}
        )
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        answer = page.goto(address + PATH)
        if answer is None or answer.status != 200:
            sys.exit(f"{PATH} answered {answer.status if answer else 'nothing'}")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


def main() -> None:
    """Build, serve, look, stop."""
    os.chdir(ROOT)
    home = tempfile.TemporaryDirectory(prefix="danvan-picture-")
    os.environ["DANVAN_HOME"] = home.name
    os.environ["DANVAN_TODAY"] = "2026-12-31"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DANVAN_LOG_LEVEL"] = "error"
    session = leader_session()
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/tai-khoan/login/")
        take(address, session)
    finally:
        server.terminate()
        server.wait(timeout=30)
        home.cleanup()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
