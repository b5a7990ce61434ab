"""The village level, from the lists that communes keep."""

from danvan.organisations.services.villages.importing import (
    VillagesBrought,
    VillagesRead,
    import_villages,
    read_villages,
)

__all__ = ["VillagesBrought", "VillagesRead", "import_villages", "read_villages"]
