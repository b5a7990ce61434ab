"""Pages of citizen reception as somebody opens them, and what each exit of the register says."""

from io import BytesIO

import docx
import openpyxl
from django.test import Client
from django.urls import reverse

from danvan.petitions.services import PersonDraft

EXITS = ("register", "register-print", "register-sheet", "register-docx")


def page(user, name, *args, data=None, query="", follow=True):
    client = Client()
    client.force_login(user)
    path = reverse(f"reception:{name}", args=args) + query
    return client.post(path, data, follow=follow) if data is not None else client.get(path, follow=follow)  # fmt: skip


def words(answer):
    """What an exit of the register says, whatever it is made of."""
    kind = answer["Content-Type"]
    if "spreadsheet" in kind:
        sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    if "wordprocessing" in kind:
        found = docx.Document(BytesIO(answer.content))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        return "\n".join([*cells, *(one.text for one in found.paragraphs)])
    return answer.content.decode()


def person(n):
    return PersonDraft(name=f"Vừ A Số {n}", address=f"Bản {n}", id_number=f"0400900{n:05}")
