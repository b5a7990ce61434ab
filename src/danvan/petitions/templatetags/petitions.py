"""What the pages of petitions ask of a move: its address, its icon, whether it fits."""

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.urls import reverse

from danvan.petitions.models import Petition
from danvan.petitions.moves import DECIDE, HANDLE, MEANINGS, MOVES, RECEIVE, SLUGS

register = template.Library()
PAGES = {
    RECEIVE: "petitions:act-receiving",
    HANDLE: "petitions:act",
    DECIDE: "petitions:act-deciding",
}
ICONS = {
    "accept": "check", "refuse": "message-x", "file": "folder", "guide": "map-pin", "transfer": "transfer-in",
    "hand_out": "send", "assign": "user-check", "find": "search", "mark_complex": "calendar-plus",
    "invite": "messages", "hold": "notes", "suspend": "player-pause", "resume": "player-play", "terminate": "x",
    "decide": "gavel", "send": "send", "publish": "eye", "enforce": "checklist", "appeal": "arrow-up-right",
    "answer": "message-2", "dispute": "refresh", "check": "circle-check", "finish": "flag",
    "report_result": "inbox", "end_withdrawn": "x",
}  # fmt: skip


@register.filter
def move_url(name: str, pk: int) -> str:
    """The address of the page of a move."""
    return reverse(PAGES[MOVES[name].action], args=[pk, SLUGS[name]])


@register.filter
def move_meaning(name: str) -> str:
    """What a move is for, in a sentence."""
    return MEANINGS[name]


@register.filter
def move_icon(name: str) -> str:
    """The picture beside a move."""
    return ICONS.get(name, "point")


@register.filter
def may_move(petition: Petition, name: str) -> bool:
    """Whether a move fits how the petition stands."""
    return MOVES[name].fits(petition.kind, petition.state, petition.round)


@register.filter
def of(names: Mapping[int, str], pk: int) -> str:
    """The name of one of several."""
    return names.get(pk, "")


@register.filter
def first_upper(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


@register.simple_tag
def identity_minutes() -> int:
    """For how many minutes an opened identity is shown."""
    return int(settings.DANVAN_IDENTITY_MINUTES)
