"""Acts on people and their grants. Each refuses with a whole sentence and then leaves no trace."""

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
    "NewUser",
    "choose_password",
    "create_user",
    "deactivate_user",
    "delegate_grant",
    "end_grant",
    "grant_role",
    "reactivate_user",
    "set_email",
    "set_password",
    "withdraw_delegation",
]
