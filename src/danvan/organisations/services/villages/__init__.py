"""The village level, from the lists that communes keep."""

from danvan.organisations.hamlets import HEADINGS, MOST_ROWS, TYPE_WORDS
from danvan.organisations.services.villages.importing import (
    VillagesBrought,
    VillagesRead,
    import_villages,
    read_villages,
)

__all__ = [
    "HEADINGS",
    "MOST_ROWS",
    "TYPE_WORDS",
    "VillagesBrought",
    "VillagesRead",
    "import_villages",
    "read_villages",
]
