"""The mark by which a case is found by the receipt of the paper that it came in with, while that stays one for other matters."""

import hashlib
import hmac

from django.conf import settings


def receipt_mark(digest: str) -> str:
    """Of what is kept of a code, what a case keeps: nobody without the pepper can tell that both are of one code."""
    pepper = settings.DANVAN_CODE_PEPPER.encode()
    return hmac.new(pepper, f"vault receipt {digest}".encode(), hashlib.sha256).hexdigest()
