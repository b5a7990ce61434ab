"""What another system is told where words sound like a denunciation: how to send them as they are, and where the closed box is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse

from danvan.foundation.errors import RuleError
from danvan.foundation.scanning import public_address


@contextmanager
def way_out_told(request: HttpRequest, confirmed: str) -> Iterator[None]:
    """Let a refusal of words that sound like a denunciation name `confirmed`, by which the sender says that they are none."""
    try:
        yield
    except RuleError as broken:
        if not any(one.column == "denounces" for one in broken.faults):
            raise
        box = public_address(reverse("send:denounce"), root=request.build_absolute_uri("/"))
        way = f"Người gửi xác nhận không phải tố cáo thì gửi lại kèm {confirmed}; là tố cáo thì mời mở {box}."
        faults = [
            replace(one, message=f"{one.message} {way}") if one.column == "denounces" else one
            for one in broken.faults
        ]
        raise RuleError(" ".join(one.message for one in faults), faults=faults) from None
