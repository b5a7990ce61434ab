"""Pages of people and grants, and of one's own."""

from danvan.accounts.views.granting import end, grant, units
from danvan.accounts.views.own import lend, own, withdraw
from danvan.accounts.views.people import block, create, password, unblock, user, users

__all__ = [
    "block",
    "create",
    "end",
    "grant",
    "lend",
    "own",
    "password",
    "unblock",
    "units",
    "user",
    "users",
    "withdraw",
]
