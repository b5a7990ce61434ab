"""What the pages of the vault ask: the address of a move, what else a part may do, an opened value by its row."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse

from danvan.petitions.vault_enums import Part

register = template.Library()
# What each page beside the moves is called, and whose it is.
BESIDES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("nguoi-doc", "Giao người được đọc", frozenset({Part.INTAKE, Part.RESOLVER})),
    ("thoi-doc", "Thôi người được đọc", frozenset({Part.INTAKE, Part.RESOLVER})),
    ("viec", "Giao việc", frozenset({Part.RESOLVER})),
    ("tep", "Thêm tệp", frozenset({Part.INTAKE, Part.RESOLVER, Part.VERIFIER})),
    ("yeu-cau-bao-ve", "Ghi yêu cầu bảo vệ", frozenset({Part.INTAKE, Part.RESOLVER, Part.PROTECTION})),
    ("bi-to-cao", "Ghi người, đơn vị bị tố cáo", frozenset({Part.INTAKE, Part.RESOLVER})),
)  # fmt: skip


@register.filter
def vault_url(name: str, uuid: UUID) -> str:
    """The address of the page of a move."""
    return reverse("vault:act", args=[uuid, name.replace("_", "-")])


@register.filter
def besides(parts: Collection[str]) -> list[tuple[str, str]]:
    """What readers of these parts may do beside the moves."""
    return [(slug, label) for slug, label, whose in BESIDES if whose & set(parts)]


@register.filter
def sealed_of(opened: Mapping[int, Any], pk: int) -> Any:
    """What was sealed with one row, opened."""
    return opened.get(pk, "")
