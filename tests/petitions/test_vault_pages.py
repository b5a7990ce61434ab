"""The pages of the vault: closed to all but named readers, for existence too; sealed until opened; never kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.petitions.models import Denunciation, VaultOpening
from danvan.petitions.selectors.vault import card_of_case
from danvan.petitions.services.vault import add_vault_file, open_case
from danvan.petitions.views.vault import BESIDE
from tests.factories.province import make_grant
from tests.once import once, own
from tests.petitions import cases, papers
from tests.reporting.months import PNG

pytestmark = pytest.mark.django_db
_vault = once(cases.Vault, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def vault(settings, _vault):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_vault)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"vault:{name}", args=args))


def typed(vault, **more):
    return {
        "unit": vault.unit.pk, "received_on": "01/10/2026", "channel": "post", "language": "vi", "people": "1",
        "name": "Vừ Bá Sáng", "address": "Bản Huồi Thum", "phone": "0987 111 222", "title": "Khai khống hộ nghèo",
        "text": "Ông Tí khai khống.", "accused": "Hoàng Quốc Tí, Phó chủ tịch, UBND xã", **more,
    }  # fmt: skip


def test_a_denunciation_is_taken_in_and_opened_for_minutes(vault, client):
    client.force_login(vault.officer)
    assert client.get(reverse("vault:enter")).status_code == 200
    answer = client.post(reverse("vault:enter"), typed(vault))
    case = Denunciation.objects.get()
    assert answer["Location"] == reverse("vault:card", args=[case.uuid])
    shown = client.get(answer["Location"])
    assert shown["Cache-Control"] == "no-store, private"
    body = shown.content.decode()
    assert case.pseudonym in body
    assert "Sáng" not in body
    assert "khai khống" not in body.lower()
    refused = client.post(reverse("vault:open", args=[case.uuid]), {})
    assert refused.status_code == 422
    client.post(reverse("vault:open", args=[case.uuid]), {"purpose": "classify"})
    body = page(client, vault.officer, "card", case.uuid).content.decode()
    for opened in ("Vừ Bá Sáng", "Ông Tí khai khống.", "Phó chủ tịch"):
        assert opened in body
    [opening] = VaultOpening.objects.all()
    assert (opening.by, opening.purpose) == (vault.officer, "classify")


def test_the_unit_that_takes_it_in_is_preset_as_where_papers_come_in(vault, client):
    def preset():
        return page(client, vault.officer, "enter").context["form"]["unit"].value()

    assert preset() == vault.unit.pk  # the only one of theirs
    make_grant(vault.other, "petition_officer", user=vault.officer)
    assert preset() is None
    papers.paper(vault.other, actor=vault.officer)
    assert preset() == vault.other.pk


def test_a_case_that_waits_for_its_resolver_says_so_to_who_took_it_in(vault, client):
    case = cases.entered(vault)
    waits = page(client, vault.officer, "card", case.uuid).content.decode()
    assert "Giao người giải quyết" in waits
    assert " ngày</b>" in waits
    case = cases.handed(vault)
    assert (
        "Giao người giải quyết"
        not in page(client, vault.officer, "card", case.uuid).content.decode()
    )
    main = 'class="btn dv-btn-main" href="' + reverse("vault:act", args=[case.uuid, "accept"])
    assert main in page(client, vault.head, "card", case.uuid).content.decode()


def test_every_page_of_a_case_is_shown_and_carried_out(vault, client):
    case = cases.verifying(vault, files=(("a.png", PNG),))
    client.force_login(vault.head)
    for name in ("list", "register"):
        assert case.number in client.get(reverse(f"vault:{name}")).content.decode()
    for slug in ("minute", "extend", "suspend", "conclude", "publish", "review"):
        assert client.get(reverse("vault:act", args=[case.uuid, slug])).status_code == 200
    for slug in BESIDE:
        assert client.get(reverse("vault:beside", args=[case.uuid, slug])).status_code == 200
    act = reverse("vault:act", args=[case.uuid, "minute"])
    assert client.post(act, {}).status_code == 422
    said = {"words": "Làm việc với Trưởng thôn.", "on": "20/10/2026"}
    assert client.post(act, said).status_code == 302
    beside = reverse("vault:beside", args=[case.uuid, "nguoi-doc"])
    said = {"user": vault.chief.pk, "part": "protection"}
    assert client.post(beside, said).status_code == 302
    said = {"doer": vault.head.pk, "words": "Gửi giấy mời", "due_on": "30/11/2026"}
    assert client.post(reverse("vault:beside", args=[case.uuid, "viec"]), said).status_code == 302
    task = reverse("vault:task-done", args=[case.uuid, 1])
    assert client.get(task).status_code == 200
    assert client.post(task, {"result": "Đã gửi", "on": "20/11/2026"}).status_code == 302
    said = {"guards": "life", "words": "Bị đe dọa", "on": "20/11/2026"}
    ask = reverse("vault:beside", args=[case.uuid, "yeu-cau-bao-ve"])
    assert client.post(ask, said).status_code == 302
    one = 1
    decide = reverse("vault:guard", args=[case.uuid, one, "quyet-dinh"])
    assert client.get(decide).status_code == 200
    said = {
        "on": "20/11/2026", "grounds": "Đơn", "person": "Bà S.", "measures": "Canh gác", "begins_on": "20/11/2026",
    }  # fmt: skip
    assert client.post(decide, said).status_code == 302
    file = reverse("vault:file", args=[case.uuid, 1])
    assert client.post(file).status_code == 422
    client.post(reverse("vault:open", args=[case.uuid]), {"purpose": "resolve"})
    saved = client.post(file)
    assert (saved.content, "a.png" in saved["Content-Disposition"]) == (PNG, False)
    body = client.get(reverse("vault:card", args=[case.uuid])).content.decode()
    for words in ("Làm việc với Trưởng thôn.", "Gửi giấy mời", "Canh gác", "a.png"):
        assert words in body
    sheet = client.post(reverse("vault:register"))
    assert sheet["Content-Type"].endswith("sheet")
    upload = SimpleUploadedFile("b.png", PNG, content_type="image/png")
    more = reverse("vault:beside", args=[case.uuid, "tep"])
    assert client.post(more, {"scan": upload}).status_code == 302
    assert case.files.count() == 2
    bar = reverse("vault:beside", args=[case.uuid, "bi-to-cao"])
    assert client.post(bar, {"barred": "khong-co"}).status_code == 422
    assert client.post(bar, {"barred": vault.stranger.username}).status_code == 302
    gone = reverse("vault:beside", args=[case.uuid, "thoi-doc"])
    said = {"user": vault.verifier.pk, "part": "verifier"}
    assert client.post(gone, said).status_code == 302
    for path in ("viec/khong-co/", "them/khong-co/", f"bao-ve/{one}/khong-co/"):
        assert client.get(f"{reverse('vault:card', args=[case.uuid])}{path}").status_code == 404
    client.force_login(vault.chief)
    assert vault.head.full_name in page(client, vault.chief, "readings").content.decode()
    assert page(client, vault.officer, "readings").status_code == 404


def test_a_petition_is_moved_in_from_its_page(vault, client):
    petition = papers.received(vault.unit)
    client.force_login(vault.officer)
    address = reverse("vault:move-in", args=[petition.pk])
    assert address in client.get(reverse("petitions:card", args=[petition.pk])).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"accused": ""}).status_code == 422
    answer = client.post(address, {"accused": "Hoàng Quốc Tí", "barred": vault.head.username})
    case = Denunciation.objects.get()
    assert answer["Location"] == reverse("vault:card", args=[case.uuid])
    assert page(client, vault.head, "card", case.uuid).status_code == 404
    assert client.get(reverse("petitions:card", args=[petition.pk])).status_code == 404


def test_the_key_of_a_closed_case_is_destroyed_from_its_page(vault, client):
    case = cases.act(cases.handed(vault), "refuse", vault.head, said={"not_taken": "TC01"})
    client.force_login(vault.head)
    address = reverse("vault:beside", args=[case.uuid, "huy-khoa"])
    add_vault_file(case, name="a.png", content=PNG, actor=vault.head)
    asks = client.get(address).content.decode()
    assert "Mất vĩnh viễn" in asks
    assert "1 tệp" in asks
    assert f"hủy vĩnh viễn {case.number}" in asks
    assert client.post(address, {"symbol": "9/QĐ"}).status_code == 422
    assert client.post(address, {"symbol": "9/QĐ", "meant": "hủy vĩnh viễn"}).status_code == 422
    assert cases.fresh(case).destroyed_on is None
    meant = f"HUY  vinh vien {case.number.lower()}"
    assert client.post(address, {"symbol": "9/QĐ", "meant": meant}).status_code == 302
    assert "Đã hủy khóa" in page(client, vault.head, "card", case.uuid).content.decode()


def test_destroying_stands_apart_and_only_where_a_case_is_shut(vault, client):
    case = cases.handed(vault)
    address = reverse("vault:beside", args=[case.uuid, "huy-khoa"])
    assert address not in page(client, vault.head, "card", case.uuid).content.decode()
    case = cases.act(case, "refuse", vault.head, said={"not_taken": "TC01"})
    shown = page(client, vault.head, "card", case.uuid).content.decode()
    besides = shown.partition('id="khac"')[2].partition("</section>")[0]
    assert "Thêm tệp" in besides
    assert address not in besides
    assert address in shown.partition('id="huy"')[2]
    assert address not in page(client, vault.officer, "card", case.uuid).content.decode()


def test_the_history_of_a_case_is_read_from_the_newest(vault, client):
    case = cases.act(cases.handed(vault), "accept", vault.head, said=cases.READY, words="Đã đủ")
    kinds = [one.kind for one in card_of_case(vault.head, case).steps]
    assert (kinds[0], kinds[-1]) == ("Thụ lý", "Tiếp nhận")
    open_case(case, purpose="classify", actor=vault.head)
    opened = card_of_case(vault.head, case)
    assert [one.kind for one in opened.steps] == kinds
    assert "Đã đủ" in opened.steps[0].words


def test_while_the_door_is_closed_nothing_is_shown_or_taken_in(vault, client, settings):
    case = cases.entered(vault)
    settings.VAULT_OPENS_ON_TRIAL = False
    for name, *args in (("list",), ("enter",), ("card", case.uuid)):
        answer = page(client, vault.officer, name, *args)
        assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store, private")
        assert "đang khóa" in answer.content.decode()
