"""Everything that comes in from other systems: their files, and what they send by a key. Each function is one act in one
transaction.
"""

from danvan.exchange.services.figures import ValuesReport, import_values
from danvan.exchange.services.keys import NewKey, make_key, revoke_key, use_key
from danvan.exchange.services.metadata import LeftOut, MetadataReport, import_metadata
from danvan.exchange.services.posting import Posted
from danvan.exchange.services.sending import send_by_key
from danvan.exchange.services.updating import add_by_key, petition_of_token

__all__ = [
    "LeftOut",
    "MetadataReport",
    "NewKey",
    "Posted",
    "ValuesReport",
    "add_by_key",
    "import_metadata",
    "import_values",
    "make_key",
    "petition_of_token",
    "revoke_key",
    "send_by_key",
    "use_key",
]
