"""Why a request of another system is not taken, with the status by which its own language says so."""

from danvan.foundation.errors import RuleError


class Refusal(RuleError):  # noqa: N818 - it is what it is called in the docs of both languages
    """Not taken: `status` is that of HTTP; `wait` is after how many seconds it may be asked again."""

    def __init__(self, status: int, message: str, *, wait: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait
