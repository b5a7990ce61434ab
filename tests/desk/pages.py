"""Looking at pages of the desk, and acting on them."""

from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook


def page(client, name, *args, **asked):
    """The words of a page that opens."""
    response = client.get(reverse(f"desk:{name}", args=args), asked)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def send(client, page_name, *args, to="", **said):
    """An act with what a form says."""
    return client.post(reverse(f"desk:{page_name}", args=args) + to, said)


def sheet_of(response):
    """The rows of a workbook that was sent, without empty cells."""
    found = load_workbook(BytesIO(response.content)).active
    return [[cell for cell in row if cell is not None] for row in found.iter_rows(values_only=True)]
