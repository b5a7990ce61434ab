"""The pages as people use them, with htmx and without a script."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents.enums import Stage, Verdict
from danvan.documents.models import Document, SecretStub, StatedFigure
from danvan.documents.services import register_document, register_issued_document
from danvan.foundation import files
from danvan.foundation.models import NumberSeries, StoredFile
from tests.documents.papers import Paper, body, received
from tests.factories import DocumentFactory
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db


HTMX = {"HX-Request": "true"}


REGISTER = "/van-ban/den/vao-so/"


def sent(paper=None, name="nghi-quyet.docx", content=None):
    return SimpleUploadedFile(name, (paper or Paper()).as_docx() if content is None else content)


def fields_of(page):
    """The values of the inputs of a page, by name."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        given = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        found[given.get("name", "")] = given.get("value", "")
    return found


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_document_is_entered_in_two_steps(office, province, headers):
    content = Paper().as_docx()
    first = office.post(
        REGISTER, {"viec": "doc", "secrecy": "", "file": sent(content=content)}, headers=headers
    )
    page = body(first)
    assert first.status_code == 200
    assert ("<html" in page) is (not headers)
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    read = fields_of(page)
    assert (read["symbol"], read["issued_on"], read["signer"]) == (
        "07-NQ/TU",
        "02/03/2026",
        "Trần Văn Bình",
    )
    assert read["issuer_name"] == "Tỉnh ủy Nghệ An"
    assert "về nâng cao chất lượng đối thoại với Nhân dân</textarea>" in page

    confirmed = {
        "viec": "vao-so", "secrecy": "", "sha256": read["sha256"], "unit": str(province.committee.pk),
        "symbol": "07-NQ/TU", "document_type": "resolution", "issuer_name": "Tỉnh ủy Nghệ An",
        "issued_on": "2/3/2026", "signer": "", "abstract": "Về đối thoại", "received_on": "05/03/2026",
        "exchange_id": "",
    }  # fmt: skip
    second = office.post(REGISTER, {**confirmed, "file": sent(content=content)}, headers=headers)
    document = Document.objects.get()
    to = reverse("documents:review", args=[document.pk])
    assert second.headers.get("HX-Redirect", second.headers.get("Location")) == to
    assert (document.abstract, document.signer, document.received_on) == (
        "Về đối thoại",
        "",
        date(2026, 3, 5),
    )

    again = office.post(REGISTER, {**confirmed, "file": sent(content=content)}, headers=headers)
    assert again.status_code == 422
    assert "Đã có trong sổ" in body(again)
    assert reverse("documents:card", args=[document.pk]) in body(again)


def test_a_clerk_comes_to_the_card(client, clerk, province):
    client.force_login(clerk)
    response = client.post(
        REGISTER,
        {
            "viec": "vao-so", "unit": province.committee.pk, "document_type": "plan", "abstract": "x",
            "issuer_name": "y", "received_on": "05/03/2026", "file": sent(),
        },
    )  # fmt: skip
    assert response["Location"] == reverse("documents:card", args=[Document.objects.get().pk])


def test_another_file_than_the_one_read_is_noticed(office, province):
    response = office.post(
        REGISTER,
        {
            "viec": "vao-so", "unit": province.committee.pk, "document_type": "plan", "abstract": "x",
            "issuer_name": "y", "received_on": "05/03/2026", "file": sent(), "sha256": "0" * 64,
        },
    )  # fmt: skip
    assert response.status_code == 422
    assert "khác với tệp" in body(response)
    assert not Document.objects.exists()


def test_all_faults_of_the_fields_stand_beside_them_at_once(office):
    response = office.post(
        REGISTER,
        {"viec": "vao-so", "received_on": "31/02/2026", "issued_on": "5/2026"},
        headers=HTMX,
    )
    page = body(response)
    assert response.status_code == 422
    assert page.count('class="dv-fault"') >= 5
    assert "Tháng 2/2026 chỉ có 28 ngày" in page


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"file": sent(content=b"", name="a.docx")}, "trống"),
        ({"file": sent(content=b"x" * 50, name="a.docx")}, "không đúng với nội dung"),
        ({}, "This field is required|bắt buộc|vui lòng"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_the_first_step(office, step, said):
    response = office.post(REGISTER, {"viec": "doc", **step}, headers=HTMX)
    assert response.status_code == 422
    assert re.search(said, body(response))
    assert not StoredFile.objects.exists()


SECRET = "Việc tuyệt đối riêng"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("viec", ["doc", "vao-so"])
@pytest.mark.parametrize("how", ["chosen", "stamped"])
def test_a_secret_document_is_turned_away_and_nothing_is_said_back(
    office, province, media, headers, viec, how
):
    paper = Paper(about=SECRET, stamp="TỐI MẬT" if how == "stamped" else "")
    given = {
        "viec": viec, "secrecy": "top_secret" if how == "chosen" else "",
        "unit": province.committee.pk, "symbol": "99-NQ/TU", "document_type": "resolution",
        "issuer_name": "Cơ quan riêng", "abstract": SECRET, "received_on": "05/03/2026",
        "file": sent(paper, name="viec-rieng.docx"),
    }  # fmt: skip
    response = office.post(REGISTER, given, headers=headers)
    page = body(response)
    assert response.status_code == 422
    assert "Tối mật" in page
    assert f"{reverse('documents:secrets')}?do-mat=top_secret" in page
    assert [w for w in (SECRET, "99-NQ", "Cơ quan riêng", "viec-rieng") if w in page] == []
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not NumberSeries.objects.exists()
    assert not media.exists()
    assert SECRET not in str(dict(office.session))


def test_only_number_day_sender_and_mark_are_noted(office, province):
    form = office.get(reverse("documents:secrets"), {"do-mat": "secret"})
    assert re.search(r'value="secret"[^>]*checked', body(form))
    given = {
        "unit": province.committee.pk, "register_number": "12", "received_on": "05/03/2026",
        "issuer_name": "Công an tỉnh", "secrecy": "secret",
    }  # fmt: skip
    assert office.post(reverse("documents:secrets"), given).status_code == 302
    assert SecretStub.objects.get().register_number == 12
    listed = office.get(reverse("documents:secrets"))
    assert "12/2026" in body(listed)
    again = office.post(reverse("documents:secrets"), given)
    assert again.status_code == 422
    assert "đã ghi rồi" in body(again)
    assert office.post(reverse("documents:secrets"), {}).status_code == 422


def test_an_issued_document_is_entered(office, province):
    url = reverse("documents:register-issued")
    given = {
        "unit": province.front.pk, "document_type": "plan", "symbol": "3/KH-MTTQ", "abstract": "Kế hoạch",
        "issued_on": "5.1.2026", "secrecy": "",
    }  # fmt: skip
    response = office.post(url, {**given, "file": sent()})
    document = Document.objects.get()
    assert response["Location"] == reverse("documents:card", args=[document.pk])
    assert document.file_name == "nghi-quyet.docx"
    assert office.post(url, given).status_code == 422  # there already
    assert office.post(url, {**given, "secrecy": "secret", "symbol": "9/KH"}).status_code == 422
    assert office.post(url, {**given, "issued_on": "5/1/2027", "symbol": "8/KH"}).status_code == 422
    assert Document.objects.count() == 1


def test_the_original_is_sent_to_be_saved(office, document):
    response = office.get(reverse("documents:file", args=[document.pk]))
    assert received(response) == files.read(document.file)
    assert response["Content-Disposition"] == 'attachment; filename="nghi-quyet.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == document.file.media_type


def test_a_name_with_tones_is_kept(office, province):
    document = register_document(
        unit=province.committee, content=Paper().as_txt(), name="Nghị quyết.txt", actor=None
    )
    response = office.get(reverse("documents:file", args=[document.pk]))
    received(response)
    assert "Nghị quyết.txt" in unquote(response["Content-Disposition"])


def test_a_file_that_is_not_there_is_not_found(office, province, document, media):
    without = register_issued_document(
        unit=province.front,
        document_type="plan",
        abstract="x",
        issued_on=date(2026, 1, 5),
        actor=None,
    )
    assert office.get(reverse("documents:file", args=[without.pk])).status_code == 404
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()
    assert office.get(reverse("documents:file", args=[document.pk])).status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("incoming", 11), ("issued", 11), ("to-review", 9)])
def test_a_list_costs_the_same_queries_however_long(
    client, province, reviewer, django_assert_max_num_queries, name, queries, how_many
):
    direction = "outgoing" if name == "issued" else "incoming"
    DocumentFactory.create_batch(how_many, unit=province.committee, direction=direction)
    client.force_login(reviewer)
    with django_assert_max_num_queries(queries) as seen:
        page = body(client.get(reverse(f"documents:{name}")))
    assert page.count("<tr>") == how_many + 1
    assert len(seen) == queries


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("review", 7), ("card", 20)])
def test_a_document_costs_the_same_queries_however_much_it_holds(
    office, province, django_assert_max_num_queries, name, queries, times
):
    paper = Paper(body=Paper().body * times)
    document = register_document(
        unit=province.committee, content=paper.as_txt(), name="a.txt", actor=None
    )
    with django_assert_max_num_queries(queries) as seen:
        assert office.get(reverse(f"documents:{name}", args=[document.pk])).status_code == 200
    assert len(seen) == queries


def test_the_lists_are_narrowed_and_their_filters_stay_until_cleared(office, province):
    known = {
        "plan": DocumentFactory(
            unit=province.committee, document_type="plan", symbol="12/KH-UBND", symbol_key="12/kh-ubnd",
            abstract="Kế hoạch", received_on=date(2026, 2, 1), stage=Stage.REVIEWED,
        ),
        "old": DocumentFactory(
            unit=province.committee, symbol="9-NQ/TU", symbol_key="9-nq/tu", abstract="Nghị quyết cũ",
            received_on=date(2025, 7, 1),
        ),
    }  # fmt: skip
    search_for(known["plan"], "đối thoại với nhân dân")

    def shown(**params):
        page = body(office.get(reverse("documents:incoming"), params))
        return {
            name for name, one in known.items() if reverse("documents:card", args=[one.pk]) in page
        }

    assert shown() == {"plan", "old"}
    assert shown(loai="plan") == {"plan"}
    assert shown() == {"plan"}  # it stays set
    assert shown(**{"bo-loc": "1"}) == {"plan", "old"}
    assert shown(giai_doan="to_review") == {"old"}
    assert shown(ky="2025") == {"old"}
    assert shown(ky="2026-Q1") == {"plan"}
    assert shown(q="Số 12 / KH") == {"plan"}
    assert shown(q="09-nq") == {"old"}
    assert shown(q="doi thoai") == {"plan"}
    assert shown(q="không hề có") == set()
    assert shown(ky="1999", loai="nothing") == {"plan", "old"}  # makes no sense, narrows nothing
    assert "Không có văn bản nào khớp" in body(
        office.get(reverse("documents:incoming"), {"q": "zzz"})
    )
    assert office.session["documents.incoming"] == "q=zzz"


def search_for(document, words):
    from danvan.foundation import search

    search.index(document, words)


def test_what_waits_is_listed_with_how_far_its_review_is(office, document):
    document.proposals.filter(kind="citation").update(verdict=Verdict.ACCEPTED)
    page = body(office.get(reverse("documents:to-review")))
    assert ">1/6<" in page
    Document.objects.update(stage=Stage.REVIEWED)
    assert "Không còn văn bản nào" in body(office.get(reverse("documents:to-review")))
    reviewed = office.get(reverse("documents:to-review"), {"giai_doan": "reviewed"})
    assert ">1/6<" in body(reviewed)


def test_the_card_tells_the_register_what_was_made_and_who_did_what(office, document, reviewer):
    from danvan.documents.services import accept_all_sure

    accept_all_sure(document, actor=reviewer)
    page = body(office.get(reverse("documents:card", args=[document.pk])))
    for words in (
        "07-NQ/TU", "Tỉnh ủy Nghệ An", "Trần Văn Bình", "Chỉ tiêu đã nhận", "Văn bản viện dẫn",
        "Số liệu đã nhận", "Nhận các mục chắc: 5 mục", str(reviewer), "Máy đọc xong: 6 mục",
    ):  # fmt: skip
        assert words in page, words


FIGURES = [
    ({"value": "54.6", "unit_label": "%", "numerator": 71, "denominator": 130}, "71/130 = 54,6 %"),
    ({"value": "91.5", "unit_label": "%", "numerator": 874}, "91,5 % (874/chưa rõ tổng số)"),
    ({"value": 3330, "unit_label": "m2"}, "3.330 m2"),
    ({"low": 10, "high": 15, "unit_label": "mô hình"}, "10–15 mô hình"),
]


@pytest.mark.parametrize(("stated", "shown"), FIGURES)
def test_the_card_shows_each_form_a_figure_is_stated_in(office, document, stated, shown):
    proposal = document.proposals.first()
    StatedFigure.objects.create(
        document=document, proposal=proposal, label="Đã giải quyết", **stated
    )
    page = body(office.get(reverse("documents:card", args=[document.pk])))
    assert f"Đã giải quyết: {shown}" in " ".join(page.replace("\u00a0", " ").split())


def test_registers_offered_are_those_of_the_place_and_the_granted_ones(client, province):
    from danvan.documents.selectors import kept_registers

    at_province = make_grant(province.place, "clerk")
    names = [name for _, name in kept_registers(at_province)]
    assert names == ["Tỉnh ủy Nghệ An", "Ủy ban MTTQ Việt Nam Tỉnh Nghệ An"]
    along_a_line = make_grant(province.fronts[0], "clerk", follows="line")
    assert kept_registers(along_a_line) == [
        (province.fronts[0].pk, "Ủy ban MTTQ Việt Nam Xã Môn Sơn")
    ]
    assert kept_registers(make_grant(province.place, "leader")) == []
    client.force_login(along_a_line)
    page = body(client.get(reverse("documents:register-issued")))
    assert f'<option value="{province.fronts[0].pk}"' in page


def test_the_register_of_the_organisation_whose_clerk_one_is_stands_chosen(client, province):
    from danvan.documents.selectors import own_register

    chosen = f'<option value="{province.committee.pk}" selected'
    of_the_committee = make_grant(province.committee, "clerk")
    assert own_register(of_the_committee) == province.committee.pk
    client.force_login(of_the_committee)
    for name in ("documents:register-issued", "documents:secrets"):
        assert chosen in body(client.get(reverse(name))), name
    assert own_register(make_grant(province.place, "clerk")) is None
    assert own_register(make_grant(province.committee, "leader")) is None
