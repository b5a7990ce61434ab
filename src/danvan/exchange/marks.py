"""What is kept instead of a key, of a text or of an address: nobody without the pepper can tell which it is."""

import hashlib
import hmac

from django.conf import settings


def mark_of(purpose: str, said: str) -> str:
    """A digest of what was said for one purpose; the same words for another purpose have another one."""
    pepper = settings.DANVAN_CODE_PEPPER.encode()
    told = f"exchange {purpose}\0{said}".encode("utf-8", "surrogatepass")
    return hmac.new(pepper, told, hashlib.sha256).hexdigest()
