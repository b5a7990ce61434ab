"""Everything that changes a form or a report. Each function is one business act in one transaction."""

from danvan.reporting.designing import NewItem, NewSection
from danvan.reporting.services.deciding import (
    accept_report,
    accept_reports,
    lock_period,
    reopen_report,
    return_report,
)
from danvan.reporting.services.defining import define_form
from danvan.reporting.services.designing import (
    begin_form_draft,
    begin_next_version,
    change_draft_head,
    change_form_draft,
    drop_form_draft,
    publish_form_draft,
)
from danvan.reporting.services.drafting import Page, save_draft
from danvan.reporting.services.exempting import end_exemption, exempt_report
from danvan.reporting.services.opening import open_period
from danvan.reporting.services.proposing import (
    give_back_report,
    propose_report,
    release_report,
    withdraw_proposal,
)
from danvan.reporting.services.ruling import change_draft_rules, change_form_rules, set_form_rules
from danvan.reporting.services.sending import (
    add_draft_evidence,
    remove_draft_evidence,
    submit_report,
)
from danvan.reporting.services.sheets import drop_sheets, hand_in_sheet, read_drop

__all__ = [
    "NewItem",
    "NewSection",
    "Page",
    "accept_report",
    "accept_reports",
    "add_draft_evidence",
    "begin_form_draft",
    "begin_next_version",
    "change_draft_head",
    "change_draft_rules",
    "change_form_draft",
    "change_form_rules",
    "define_form",
    "drop_form_draft",
    "drop_sheets",
    "end_exemption",
    "exempt_report",
    "give_back_report",
    "hand_in_sheet",
    "lock_period",
    "open_period",
    "propose_report",
    "publish_form_draft",
    "read_drop",
    "release_report",
    "remove_draft_evidence",
    "reopen_report",
    "return_report",
    "save_draft",
    "set_form_rules",
    "submit_report",
    "withdraw_proposal",
]
