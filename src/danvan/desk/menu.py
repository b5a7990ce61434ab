"""The one menu of all roles, showing only what the reader may open."""

from typing import Any

from django.http import HttpRequest


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context for the shell: sections of (label, url, icon, current)."""
    return {"menu": []}
