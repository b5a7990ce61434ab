"""Reports as workbooks that people fill in: written for a unit and month, read as they come back. No rows are touched.

Templates are written and marked here, cells read and faults marked; what becomes of the answers is the services'.
"""

from danvan.reporting.sheets.found import CellFault, Found, ReadSheet, Strange, in_reading_order
from danvan.reporting.sheets.headings import Labels
from danvan.reporting.sheets.marking import mark_faults
from danvan.reporting.sheets.reading import read_sheet
from danvan.reporting.sheets.signing import SheetMark, digest_of, sign_mark
from danvan.reporting.sheets.template import write_template
from danvan.reporting.sheets.unpacking import Member, pack, read_member, unpack

__all__ = [
    "CellFault",
    "Found",
    "Labels",
    "Member",
    "ReadSheet",
    "SheetMark",
    "Strange",
    "digest_of",
    "in_reading_order",
    "mark_faults",
    "pack",
    "read_member",
    "read_sheet",
    "sign_mark",
    "unpack",
    "write_template",
]
