"""Pages of people and grants, and of one's own."""

from danvan.accounts.views.elevating import close_elevated, elevate, take_factors
from danvan.accounts.views.granting import end, grant, units
from danvan.accounts.views.own import lend, own, withdraw
from danvan.accounts.views.people import block, create, password, unblock, user, users
from danvan.accounts.views.security import (
    codes,
    confirm,
    factor_remove,
    passkey_add,
    passkey_rename,
    security,
    totp,
)

__all__ = [
    "block",
    "close_elevated",
    "codes",
    "confirm",
    "create",
    "elevate",
    "end",
    "factor_remove",
    "grant",
    "lend",
    "own",
    "passkey_add",
    "passkey_rename",
    "password",
    "security",
    "take_factors",
    "totp",
    "unblock",
    "units",
    "user",
    "users",
    "withdraw",
]
