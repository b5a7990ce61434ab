"""How many examples a property of whole registers is tried on: they are costly, so this is said in one place."""

import os

SOAKED = 10_000  # random trees and sequences of events in a long run


def examples(number):
    """So many; in a long run (soak) 10,000; on PostgreSQL a tenth of them.

    What these properties hold is the same on either database, and each act in them is tried on both by other tests.
    """
    if os.environ.get("HYPOTHESIS_PROFILE") == "soak":
        return SOAKED
    if os.environ.get("DANVAN_DATABASE", "").startswith("postgresql"):
        return max(number // 10, 10)
    return number
