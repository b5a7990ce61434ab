"""A figure typed on the entry page stands on the province's board though the worker was killed in between."""

import re
import time

SET_UP = """
import warnings
from django.conf import settings
from django.test import Client
from django.urls import reverse
settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from danvan.accounts.models import User
def signed_in(name):
    client = Client()
    client.force_login(User.objects.get(full_name=name), backend="django.contrib.auth.backends.ModelBackend")
    return client
"""
MAKE = """
from datetime import date
from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.services import define_indicator
from danvan.organisations.enums import Level
from danvan.reporting.services import NewItem, NewSection, define_form, open_period
from tests.factories.province import make_grant, make_user
from tests.indicators.figures import places_without_codes
province, communes = places_without_codes()
define_indicator(code="BD-01", name="Cuộc đối thoại", definition="Đếm.", unit_label="cuộc",
                 kind=MeasureKind.FLOW, actor=None, valid_from=date(2026, 1, 1))
form = define_form(code="BM-BD", name="Báo cáo tháng", unit=province, level=Level.COMMUNE, due_day=5,
                   valid_from=date(2026, 1, 1), actor=None,
                   sections=[NewSection("Đối thoại", [NewItem("so", "Số cuộc", "BD-01")])])
owed = open_period(form, Period.parse("2026-11"), actor=None)
make_grant(province, "leader", user=make_user("Lãnh đạo bảng"))
make_grant(communes[0], "commune_officer", user=make_user("Cán bộ bảng"))
print(next(one.pk for one in owed if one.unit_id == communes[0].pk))
"""
SEND = """
client = signed_in("Cán bộ bảng")
typed = client.post(reverse("reporting:entry", args=[{pk}]), {{"a-so": "37"}})
assert typed.status_code == 302, typed.content.decode()
review = client.get(typed["Location"])
seen = __import__("re").search(r'name="seen" value="(\\d+)"', review.content.decode()).group(1)
sent = client.post(typed["Location"], {{"seen": seen, "a-so": "37"}})
assert sent.status_code == 302, sent.content.decode()
"""
# The worker dies where the province's cells are about to be written.
KILLED = """
import os, signal, time
from danvan.foundation.worker import start_background_worker
from danvan.indicators.services import cube
cube._write = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
start_background_worker()
time.sleep(60)
"""
LOOK = """
page = signed_in("Lãnh đạo bảng").get(reverse("desk:board"), {"ky": "2026", "chi_so": "BD-01"})
assert page.status_code == 200
text = page.content.decode()
print(text[text.index('id="xu-huong"'):] if 'id="xu-huong"' in text else "")
"""
FIGURE = re.compile("Cuộc đối thoại: từ 37 tháng 11/2026")


def test_a_figure_sent_by_a_commune_reaches_the_board(outside):
    on = {"DANVAN_TODAY": "2026-12-03"}
    pk = outside.script(SET_UP + MAKE, **on).splitlines()[-1]
    outside.script(SET_UP + SEND.format(pk=pk), **on)
    assert not FIGURE.search(outside.script(SET_UP + LOOK, **on))  # no worker yet: not told

    code = "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n" + KILLED
    assert outside.run("-c", code, **on).returncode == -9
    assert not FIGURE.search(outside.script(SET_UP + LOOK, **on))  # nothing half-written

    process = outside.start("manage.py", "work", **on)
    try:
        end, page = time.monotonic() + 60, ""
        while time.monotonic() < end and not FIGURE.search(page):
            page = outside.script(SET_UP + LOOK, **on)
    finally:
        process.terminate()
        _, err = process.communicate(timeout=30)
    assert FIGURE.search(page), page
    assert err == ""
