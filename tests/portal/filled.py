"""The steps of sending as a browser fills them in."""

import re
from datetime import date
from html import unescape
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from danvan.portal.views import gate
from tests.once import own

TODAY = date(2026, 11, 20)
TEXT = "Ngầm tràn bản Xiềng bị lở một bên, đề nghị xã sửa trước mùa mưa."
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def carried(response):
    """What the page's own hidden boxes carry on, as a browser sends them back."""
    found = {}
    for name, value in HIDDEN.findall(response.content.decode()):
        found.setdefault(name, []).append(unescape(value))
    return found


def step(client, before, to, **boxes):
    return client.post("/gui/", {**(carried(before) if before else {}), **boxes, "buoc": to})


def photo(size=(1600, 900)):
    made = BytesIO()
    Image.new("RGB", size, "green").save(made, "JPEG")
    return SimpleUploadedFile("anh.jpg", made.getvalue())


def names(office):
    from danvan.organisations.selectors import names_on

    return names_on([one.pk for one in office.province.communes], TODAY)


def words(response):
    return response.content.decode()


def ready(office, settings, monkeypatch):
    """The office of a module on its day, with communes that have names and steps that may be taken at once."""
    settings.DANVAN_TODAY = TODAY
    settings.DANVAN_TOP_UNIT = "40"
    monkeypatch.setattr(gate, "LEAST_SECONDS", 0)
    mine = own(office)
    for one in mine.province.communes:
        one.name = names(mine)[one.pk]
    return mine


def at_the_last(client, office, **boxes):
    """The last of the three steps, with these boxes filled in on the second."""
    said = {"noi_dung": TEXT, "xa": office.province.communes[0].name, **boxes}
    return step(client, step(client, None, "2", **said), "3")
