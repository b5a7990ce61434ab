"""The one command, `danvan`: Django's management commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run one management command, e.g. `danvan register load`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["danvan", *sys.argv[1:]])
