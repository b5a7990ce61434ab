"""Addresses that people without an account open, and the picture of one to scan with a telephone."""

from io import BytesIO

import segno
from django.conf import settings


def public_address(path: str, *, root: str) -> str:
    """The whole address of a public page: by the site that people can open, else by `root`, where the officer reads."""
    return f"{settings.DANVAN_PORTAL_SITE or root.rstrip('/')}{path}"


def picture_of(address: str) -> str:
    """The address as a QR picture, drawn here and carried in the page itself."""
    picture: str = segno.make(address, error="m", micro=False).svg_data_uri(border=4, light="white")
    return picture


def picture_file(address: str) -> bytes:
    """The same picture as the bytes of a PNG, for papers."""
    kept = BytesIO()
    segno.make(address, error="m", micro=False).save(kept, kind="png", scale=6, border=4)
    return kept.getvalue()
