"""Acts on people and their grants. Each refuses with a whole sentence and then leaves no trace."""

from danvan.accounts.services.elevating import close_elevated, log_elevated, open_elevated
from danvan.accounts.services.factors import (
    Kept,
    keep_passkey,
    keep_totp,
    remove_factor,
    rename_passkey,
    renew_codes,
    spend_code,
    take_factors,
)
from danvan.accounts.services.granting import end_grant, grant_role
from danvan.accounts.services.lending import delegate_grant, withdraw_delegation
from danvan.accounts.services.people import (
    NewUser,
    choose_password,
    create_user,
    deactivate_user,
    reactivate_user,
    set_email,
    set_password,
)

__all__ = [
    "Kept",
    "NewUser",
    "choose_password",
    "close_elevated",
    "create_user",
    "deactivate_user",
    "delegate_grant",
    "end_grant",
    "grant_role",
    "keep_passkey",
    "keep_totp",
    "log_elevated",
    "open_elevated",
    "reactivate_user",
    "remove_factor",
    "rename_passkey",
    "renew_codes",
    "set_email",
    "set_password",
    "spend_code",
    "take_factors",
    "withdraw_delegation",
]
