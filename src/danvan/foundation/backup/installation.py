"""What is backed up and what is put back: where an installation keeps its rows, its files and its keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation. Its database's password and its secrets are never shown."""

    database: Mapping[str, Any] = field(repr=False)
    home: Path
    media: Path
    sealed: Path
    keys: Path
    secrets: Mapping[str, str] = field(repr=False)

    @property
    def on_sqlite(self) -> bool:
        """Whether its rows stand in a file."""
        return str(self.database["ENGINE"]).endswith("sqlite3")

    @property
    def database_file(self) -> Path:
        """That file."""
        return Path(str(self.database["NAME"]))

    def folders(self) -> dict[str, Path]:
        """Where files lie, by the name of their folder in a backup."""
        return {"media": self.media, "sealed": self.sealed}


def here() -> Installation:
    """The installation that the settings tell."""
    return Installation(
        database=settings.DATABASES["default"],
        home=Path(settings.HOME),
        media=Path(settings.MEDIA_ROOT),
        sealed=Path(settings.SEALED_ROOT),
        keys=Path(settings.DANVAN_KEYS),
        secrets={"secret_key": settings.SECRET_KEY, "code_pepper": settings.DANVAN_CODE_PEPPER},
    )
