"""The pages of petitions."""

from danvan.petitions.views.acts import ACTS, act, act_deciding, act_receiving, give, reply
from danvan.petitions.views.pages import card, list_sheet, of_request, open_names, petition_list
from danvan.petitions.views.receiving import receive

__all__ = [
    "ACTS",
    "act",
    "act_deciding",
    "act_receiving",
    "card",
    "give",
    "list_sheet",
    "of_request",
    "open_names",
    "petition_list",
    "receive",
    "reply",
]
