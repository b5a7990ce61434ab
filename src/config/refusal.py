"""Nothing runs on settings that cannot be used: the one place that says so and stops."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.checks import key_file_fault, remedy, sentence


def refuse_faulty_settings() -> None:
    """Raise with every fault at once; a server stops before its first request."""
    told = [f"{sentence(fault)} {remedy(fault)}" for fault in env.FAULTS]
    told += filter(None, [key_file_fault()])
    if told:
        raise ImproperlyConfigured("\n".join(told))
