from enum import StrEnum


class Secured(StrEnum):
    """What was changed in how somebody proves who they are."""

    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 # a name, no password
    PASSWORD_GIVEN = "password_given"  # noqa: S105
    TOTP_ADDED = "totp_added"
    TOTP_REMOVED = "totp_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_RENEWED = "codes_renewed"
    CODE_SPENT = "code_spent"
    TAKEN_AWAY = "taken_away"
