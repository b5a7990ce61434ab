"""The register of the vault: whole, all or nothing, without a way to count what lies between two cases."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.petitions import vault_register, vault_urls
from danvan.petitions.models import Denunciation, VaultEntry, VaultOpening, VaultReader
from danvan.petitions.register_columns import COLUMNS, SEALED
from danvan.petitions.selectors.vault import cases_among, register_rows, row_at
from danvan.petitions.services.vault import cases as rows
from danvan.petitions.services.vault import chain, give_task, open_register
from danvan.petitions.views import vault as views
from tests.once import once, own
from tests.petitions import cases

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def lines(answer):
    """The workbook below its note."""
    book = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [list(row) for row in book.iter_rows(min_row=2, values_only=True)]


def test_the_sheet_has_every_case_however_few_a_page_shows(vault, client, monkeypatch):
    monkeypatch.setattr(views, "A_PAGE", 2)
    made = [cases.entered(vault, title=f"Việc {n}") for n in range(3)]
    client.force_login(vault.officer)
    shown = client.get(reverse("vault:register")).content.decode()
    assert "Trang 1/2, tất cả 3 hồ sơ" in shown
    assert [one.number in shown for one in made] == [False, True, True]
    last = client.get(reverse("vault:register"), {"trang": "2"}).content.decode()
    assert (made[0].number in last, "Việc 0" in last, SEALED in last) == (True, False, True)
    assert 'data-label="STT">3<' in last
    assert made[0].number in client.get(reverse("vault:list"), {"trang": "2"}).content.decode()
    head, *found = lines(client.post(reverse("vault:register")))
    assert head == [one.label for one in COLUMNS]
    assert [(row[0], row[2], row[3], row[4]) for row in found] == [
        (n, one.pseudonym, SEALED, f"Việc {3 - n}") for n, one in enumerate(reversed(made), 1)
    ]
    assert VaultOpening.objects.filter(purpose="register").count() == 3


def test_the_register_is_opened_whole_or_not_at_all(vault, monkeypatch):
    for _ in range(3):
        cases.entered(vault)
    before, kept = VaultEntry.objects.count(), chain.record

    def third_fails(actor, act, case, **details):
        if VaultEntry.objects.count() == before + 2:
            raise OSError("disk")
        return kept(actor, act, case, **details)

    monkeypatch.setattr(chain, "record", third_fails)
    with pytest.raises(OSError, match="disk"):
        open_register(actor=vault.officer)
    assert (VaultOpening.objects.count(), VaultEntry.objects.count()) == (0, before)


def test_a_case_that_cannot_be_opened_says_so_in_its_line(vault, settings, tmp_path):
    case = cases.entered(vault)
    settings.DANVAN_KEYS = tmp_path / "none" / "keys.json"
    [row] = register_rows([case], opened=True)
    assert (row.person, "khóa" in row.content) == (case.pseudonym, True)


def test_the_sheet_is_written_without_more_queries_a_case(vault):
    pks = [cases.entered(vault).pk for _ in range(3)]

    def queries(some):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            vault_register.as_sheet(register_rows(cases_among(some), opened=True))
        return len(caught)

    assert queries(pks[:1]) == queries(pks)


def test_numbers_are_drawn_and_tell_no_order_and_no_count(vault):
    drawn = [rows.number_of(2026) for _ in range(200)]
    assert len(set(drawn)) == 200
    assert all(re.fullmatch("TC-2026-[BCDFGHJKMNPQRSTVWXZ2-9]{8}", one) for one in drawn)
    assert drawn != sorted(drawn)


def test_a_number_that_is_taken_is_drawn_again(vault, monkeypatch):
    case = cases.entered(vault)
    left = iter([case.number[8:], "BBBBBBBB"])
    monkeypatch.setattr(rows, "_drawn", lambda: next(left))
    assert rows.number_of(2026) == "TC-2026-BBBBBBBB"


def test_no_address_of_the_vault_and_no_page_of_it_holds_a_key_that_counts(vault, client):
    """But for a petition that is moved in: it is of the ordinary register still."""
    counting = {
        (entry.name, name)
        for entry in vault_urls.urlpatterns
        for name, converter in entry.pattern.converters.items()
        if converter.regex == "[0-9]+" and name != "place"
    }
    assert counting == {("move-in", "pk")}
    for _ in range(3):  # what others have in the vault
        other = cases.handed(vault)
        give_task(other, doer=vault.head, words="x", due_on=cases.TODAY, actor=vault.head)
    case = cases.handed(vault)
    VaultReader.objects.filter(denunciation=case, part="resolver").update(user=vault.officer)
    task = give_task(case, doer=vault.officer, words="y", due_on=cases.TODAY, actor=vault.officer)
    assert task.pk != 1
    client.force_login(vault.officer)
    body = client.get(reverse("vault:card", args=[case.uuid])).content.decode()
    assert reverse("vault:task-done", args=[case.uuid, 1]) in body
    for path in ("giao/0/", "giao/2/", f"giao/{10**30}/", "tep/1/", "bao-ve/1/quyet-dinh/"):
        address = f"{reverse('vault:card', args=[case.uuid])}{path}"
        method = client.post if path.startswith("tep") else client.get
        assert method(address).status_code == 404, path
    assert row_at(case.tasks.all(), 1) == task
    assert not Denunciation.objects.filter(number__regex="-000").exists()
