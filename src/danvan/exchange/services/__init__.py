"""Everything that comes in from files of other systems. Each function is one act in one transaction."""

from danvan.exchange.services.figures import ValuesReport, import_values
from danvan.exchange.services.metadata import LeftOut, MetadataReport, import_metadata

__all__ = [
    "LeftOut",
    "MetadataReport",
    "ValuesReport",
    "import_metadata",
    "import_values",
]
