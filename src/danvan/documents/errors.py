"""Refusals that a page shows with something to go on with."""

from danvan.foundation.errors import RuleError


class DuplicateError(RuleError):
    """The document stands in the register already; `document_id` says which one it is."""

    def __init__(self, message: str, *, document_id: int) -> None:
        super().__init__(message)
        self.document_id = document_id


class SecretError(RuleError):
    """The document bears a state-secret mark. Holds the mark and nothing of the document."""

    def __init__(self, message: str, *, secrecy: str) -> None:
        super().__init__(message)
        self.secrecy = secrecy


class IncompleteError(RuleError):
    """A proposal lacks parts that a person must give; `missing` names them."""

    def __init__(self, message: str, *, missing: tuple[str, ...]) -> None:
        super().__init__(message)
        self.missing = missing
