"""The pages of petitions."""

from danvan.petitions.views.acts import ACTS, act, act_deciding, act_receiving, give, reply
from danvan.petitions.views.doors import (
    accept_all,
    add_file,
    answer_all,
    case_file,
    cluster,
    file_repeated,
    part,
    receive_file,
    similar,
)
from danvan.petitions.views.pages import (
    card,
    list_sheet,
    of_request,
    open_names,
    paper,
    paper_docx,
    petition_list,
)
from danvan.petitions.views.publishing import (
    ask_to_publish,
    publication,
    publication_act,
    publications,
)
from danvan.petitions.views.receiving import give_code, receive, receive_second, zalo
from danvan.petitions.views.slips import slip, slip_docx, slips
from danvan.petitions.views.subjects import (
    ask_about_data,
    data_request,
    data_request_act,
    data_request_docx,
    data_request_paper,
    data_requests,
)

__all__ = [
    "ACTS",
    "accept_all",
    "act",
    "act_deciding",
    "act_receiving",
    "add_file",
    "answer_all",
    "ask_about_data",
    "ask_to_publish",
    "card",
    "case_file",
    "cluster",
    "data_request",
    "data_request_act",
    "data_request_docx",
    "data_request_paper",
    "data_requests",
    "file_repeated",
    "give",
    "give_code",
    "list_sheet",
    "of_request",
    "open_names",
    "paper",
    "paper_docx",
    "part",
    "petition_list",
    "publication",
    "publication_act",
    "publications",
    "receive",
    "receive_file",
    "receive_second",
    "reply",
    "similar",
    "slip",
    "slip_docx",
    "slips",
    "zalo",
]
