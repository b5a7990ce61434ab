"""The pages as people use them, with htmx and without a script."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.documents.enums import Stage, Verdict
from danvan.documents.models import Document, Proposal, SecretStub
from danvan.documents.services import register_document, register_issued_document
from danvan.foundation.models import NumberSeries, StoredFile
from danvan.indicators.models import Target
from tests.documents.papers import Paper
from tests.factories import DocumentFactory
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
REGISTER = "/van-ban/den/vao-so/"


def sent(paper=None, name="nghi-quyet.docx", content=None):
    return SimpleUploadedFile(name, (paper or Paper()).as_docx() if content is None else content)


def body(response):
    return response.content.decode()


@pytest.fixture
def office(client, reviewer):
    client.force_login(reviewer)
    return client


@pytest.fixture
def document(province):
    return register_document(
        unit=province.committee, content=Paper().as_docx(), name="nghi-quyet.docx", actor=None
    )


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
    content = b"".join(response.streaming_content)
    response.close()
    assert content == Paper().as_docx() or content[:2] == b"PK"
    assert response["Content-Disposition"] == 'attachment; filename="nghi-quyet.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == document.file.media_type


def test_a_name_with_tones_is_kept(office, province):
    document = register_document(
        unit=province.committee, content=Paper().as_txt(), name="Nghị quyết.txt", actor=None
    )
    response = office.get(reverse("documents:file", args=[document.pk]))
    response.close()
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
@pytest.mark.parametrize(("name", "queries"), [("incoming", 7), ("issued", 7), ("to-review", 8)])
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
@pytest.mark.parametrize(("name", "queries"), [("review", 6), ("card", 12)])
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


def review_url(document, query=""):
    return reverse("documents:review", args=[document.pk]) + query


def test_the_reading_page_shows_the_text_beside_its_proposals(office, document):
    page = body(office.get(review_url(document)))
    assert "Đã xem 0/6" in page
    for question in (
        "Đo cái gì",
        "Mức cần đạt",
        "Ai theo dõi",
        "Nguồn số liệu",
        "Minh chứng",
        "Khi nào",
    ):
        assert page.count(f"<dt>{question}</dt>") == 3
    assert page.count('data-key="n"') == page.count('data-key="b"') == 3
    assert "Nhận cả 2 mục chắc từ 90%" in page
    for place in range(1, 7):
        assert page.count(f'id="s{place}"') == 1
    figures = body(office.get(review_url(document, "?nhom=so-lieu")))
    assert "712/805 = 88,4" in figures
    citations = body(office.get(review_url(document, "?nhom=van-ban"), headers=HTMX))
    assert "<html" not in citations
    assert "23-QĐ/TW, 30/07/2021" in citations


def test_a_decision_comes_back_to_the_next_item(office, document):
    first, second = document.proposals.filter(kind="target")[:2]
    response = office.post(reverse("documents:decide", args=[first.pk]), {"viec": "nhan"})
    assert response["Location"] == review_url(document, f"?nhom=chi-tieu&muc={second.pk}#p5")
    page = body(office.get(review_url(document)))
    assert "Đã xem 1/6" in page
    assert "Đã nhận" in page
    back = office.post(reverse("documents:decide", args=[first.pk]), {"viec": "xem-lai"})
    assert back["Location"] == review_url(document, f"?nhom=chi-tieu&muc={first.pk}#p4")
    assert not Target.objects.exists()


def test_the_last_decision_of_a_tab_comes_back_to_its_tab(office, document):
    only = document.proposals.get(kind="citation")
    response = office.post(reverse("documents:decide", args=[only.pk]), {"viec": "bo"})
    assert response["Location"] == review_url(document, "?nhom=van-ban")


def test_with_htmx_only_the_proposals_come_back(office, document):
    first = document.proposals.filter(kind="target").first()
    response = office.post(
        reverse("documents:decide", args=[first.pk]), {"viec": "bo"}, headers=HTMX
    )
    page = body(response)
    assert response.status_code == 200
    assert "<html" not in page
    assert 'id="de-xuat"' in page
    assert "Đã xem 1/6" in page
    assert re.search(r'id="p5"[^>]*aria-current="true"', page)
    assert page.count(" autofocus") == 1


def test_missing_parts_are_asked_for_in_place(office, document):
    lacking = document.proposals.filter(kind="target").last()
    page = body(office.get(review_url(document)))
    assert "Còn hỏi: chu kỳ" in page
    url, name = reverse("documents:decide", args=[lacking.pk]), f"{lacking.pk}-every"
    refused = office.post(url, {"viec": "nhan"}, headers=HTMX)
    assert refused.status_code == 422
    assert "Văn bản chưa nêu rõ: chu kỳ" in body(refused)
    assert f'name="{name}"' in body(refused)
    wrong = office.post(url, {"viec": "nhan", name: "sometimes"}, headers=HTMX)
    assert wrong.status_code == 422
    assert not Target.objects.exists()
    accepted = office.post(url, {"viec": "nhan", name: "half"}, headers=HTMX)
    assert accepted.status_code == 200
    assert Target.objects.get().every == "half"
    assert "Đã nhận, có bổ sung" in body(accepted)


def lacking_all(document):
    proposal = document.proposals.filter(kind="target").first()
    proposal.body |= {
        "title": "", "groups": [], "every": "", "valid_from": None,
        "conditions": [
            {"counter": "", "minimum": 2, "words": "buổi gặp"},
            {"counter": "activities.training", "minimum": None, "words": "lớp"},
        ],
    }  # fmt: skip
    proposal.save()
    return proposal


def test_everything_that_may_be_missing_is_asked_for_and_taken(office, document):
    proposal = lacking_all(document)
    page = body(office.get(review_url(document, f"?muc={proposal.pk}")))
    names = re.findall(rf'name="{proposal.pk}-([a-z_0-9]+)"', page)
    assert set(names) == {
        "title",
        "kind",
        "levels",
        "every",
        "valid_from",
        "counter_0",
        "minimum_1",
    }
    given = {
        "title": "Gặp dân", "kind": "front_committee", "levels": ["commune", "province"], "every": "year",
        "valid_from": "1/1/2026", "counter_0": "activities.dialogue", "minimum_1": "3",
    }  # fmt: skip
    url = reverse("documents:decide", args=[proposal.pk])
    response = office.post(
        url, {"viec": "nhan", **{f"{proposal.pk}-{k}": v for k, v in given.items()}}
    )
    assert response.status_code == 302
    target = Target.objects.get()
    assert (target.title, target.population_levels) == ("Gặp dân", ["province", "commune"])
    assert [(r.counter, r.minimum) for r in target.rules.all()] == [
        ("activities.dialogue", 2), ("activities.training", 3),
    ]  # fmt: skip


def test_what_cannot_be_counted_becomes_qualitative(office, document):
    proposal = lacking_all(document)
    given = {
        "title": "Gặp dân", "kind": "front_committee", "levels": ["commune"], "every": "year",
        "valid_from": "1/1/2026", "counter_0": "qualitative", "minimum_1": "",
    }  # fmt: skip
    url = reverse("documents:decide", args=[proposal.pk])
    office.post(url, {"viec": "nhan", **{f"{proposal.pk}-{k}": v for k, v in given.items()}})
    target = Target.objects.get()
    assert (target.quality, target.rules.count()) == ("qualitative", 0)


@pytest.mark.parametrize(
    ("kind", "emptied", "name", "value"),
    [
        ("figure", {"label": ""}, "label", "Số cuộc"),
        ("figure", {"value": None}, "value", "1.234,5"),
        ("citation", {"symbol": ""}, "symbol", "5-KL/TW"),
    ],
)
def test_figures_and_citations_are_completed_too(office, document, kind, emptied, name, value):
    proposal = document.proposals.filter(kind=kind).first()
    proposal.body |= emptied
    proposal.save()
    url = reverse("documents:decide", args=[proposal.pk])
    assert office.post(url, {"viec": "nhan"}).status_code == 422
    assert office.post(url, {"viec": "nhan", f"{proposal.pk}-{name}": value}).status_code == 302


def test_an_unknown_act_is_not_found_and_a_second_decision_is_refused(office, document):
    proposal = document.proposals.get(kind="citation")
    url = reverse("documents:decide", args=[proposal.pk])
    assert office.post(url, {"viec": "xoa"}).status_code == 404
    office.post(url, {"viec": "bo"})
    again = office.post(url, {"viec": "nhan"}, headers=HTMX)
    assert again.status_code == 422
    assert "trước đó rồi" in body(again)


def test_a_target_is_corrected_in_every_part(office, province, document):
    proposal = document.proposals.filter(kind="target").first()
    url = reverse("documents:correct", args=[proposal.pk])
    page = body(office.get(url))
    assert "<mark>1. Hằng năm" in page
    assert 'value="activities.supervision" selected' in page
    given = {
        "title": "Giám sát  mỗi quý", "quality": "counted", "kinds": ["front_committee", "womens_union"],
        "levels": ["commune"], "share": "2/3", "comparator": "gt", "every": "quarter",
        "valid_from": "01/04/2026", "last_day": "31/12/2030", "followed_by": str(province.front.pk),
        "measured_by": "Sổ giám sát", "evidence": "Thông báo kết quả",
        "counter_0": "activities.supervision", "minimum_0": "3", "counter_1": "activities.training",
        "minimum_1": "1",
    }  # fmt: skip
    assert office.post(url, {**given, "minimum_0": ""}).status_code == 422
    assert office.post(url, {**given, "share": "7/0"}).status_code == 422
    assert office.post(url, {**given, "share": "nhiều"}).status_code == 422
    assert not Target.objects.exists()
    response = office.post(url, given)
    assert response.status_code == 302
    targets = list(Target.objects.order_by("population_kind"))
    assert [one.population_kind for one in targets] == ["front_committee", "womens_union"]
    for target in targets:
        assert target.title.startswith("Giám sát mỗi quý")
        assert (target.share, target.comparator, target.every) == ((2, 3), "gt", "quarter")
        assert (target.valid_from, target.valid_to) == (date(2026, 4, 1), date(2031, 1, 1))
        assert target.followed_by == province.front
        assert (target.measured_by, target.evidence) == ("Sổ giám sát", "Thông báo kết quả")
        assert [(r.counter, r.minimum) for r in target.rules.all()] == [
            ("activities.supervision", 3), ("activities.training", 1),
        ]  # fmt: skip
    proposal.refresh_from_db()
    assert proposal.verdict == Verdict.CORRECTED
    assert "Đã sửa" in body(office.get(review_url(document)))
    assert office.post(url, given).status_code == 422  # decided already


def test_a_target_is_corrected_into_a_qualitative_one(office, document):
    proposal = document.proposals.filter(kind="target").first()
    url = reverse("documents:correct", args=[proposal.pk])
    given = {
        "title": "Giám sát thường xuyên", "quality": "qualitative", "comparator": "ge", "every": "year",
        "valid_from": "01/04/2026", "counter_0": "activities.supervision", "minimum_0": "3",
    }  # fmt: skip
    assert office.post(url, given).status_code == 302
    assert Target.objects.get().rules.count() == 0


def test_a_figure_is_corrected(office, document):
    proposal = document.proposals.filter(kind="figure").last()
    url = reverse("documents:correct", args=[proposal.pk])
    given = {
        "label": "Kiến nghị đã giải quyết", "value": "712", "unit_label": "kiến nghị", "numerator": "712",
        "denominator": "806", "period_words": "năm 2025",
    }  # fmt: skip
    assert office.post(url, {**given, "value": "1.5"}).status_code == 422
    assert office.post(url, {**given, "value": "9" * 25}).status_code == 422
    assert office.post(url, given).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.figure.denominator, proposal.figure.value) == (806, 712)
    assert proposal.correction["percent"] == "88.4"
    shown = body(office.get(reverse("documents:card", args=[document.pk])))
    assert "712/806 = 88,3" in shown


def test_a_citation_is_corrected(office, document):
    proposal = document.proposals.get(kind="citation")
    url = reverse("documents:correct", args=[proposal.pk])
    given = {"symbol": "23-QĐ/TW", "issued_on": "30/7/2021", "issuer_name": "Bộ Chính trị"}
    assert office.post(url, {"symbol": "", "name": ""}).status_code == 422
    assert office.post(url, given).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.verdict, proposal.citation.symbol_key) == (Verdict.CORRECTED, "23-qd/tw")


def test_all_that_is_sure_is_accepted_and_the_rest_set_aside(office, document):
    tab = {"nhom": "chi-tieu"}
    response = office.post(reverse("documents:accept-sure", args=[document.pk]), tab, follow=True)
    assert "Đã nhận 2 mục." in body(response)
    response = office.post(reverse("documents:reject-open", args=[document.pk]), tab, follow=True)
    assert "Đã bỏ 1 mục còn lại." in body(response)
    verdicts = document.proposals.filter(kind="target").values_list("verdict", flat=True)
    assert sorted(verdicts) == [Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.REJECTED]


def test_sure_ones_that_lack_parts_are_told(office, document):
    lacking_all(document)
    response = office.post(
        reverse("documents:accept-sure", args=[document.pk]), {"nhom": "chi-tieu"}, follow=True
    )
    assert "Còn 1 mục chắc nhưng thiếu phần" in body(response)


@pytest.mark.parametrize("name", ["accept-sure", "reject-open"])
def test_nothing_is_swept_after_the_review_has_ended(office, document, name):
    Document.objects.update(stage=Stage.REVIEWED)
    response = office.post(reverse(f"documents:{name}", args=[document.pk]))
    assert response.status_code == 422
    assert "đã kiểm lại xong" in body(response)
    assert not Proposal.objects.decided().exists()


def test_a_review_is_ended_and_taken_up_again(office, document):
    finish, reopen = (
        reverse(f"documents:{name}", args=[document.pk]) for name in ("finish", "reopen")
    )
    refused = office.post(finish, follow=True)
    assert "Còn 6 mục chưa xem" in body(refused)
    document.proposals.update(verdict=Verdict.REJECTED)
    assert office.post(finish)["Location"] == reverse("documents:card", args=[document.pk])
    page = body(office.get(review_url(document)))
    assert "Mở lại để sửa" in page
    assert 'name="viec"' not in page
    assert office.post(reopen)["Location"] == review_url(document)
    document.refresh_from_db()
    assert document.stage == Stage.TO_REVIEW


def test_a_document_being_read_tells_so_and_loads_itself_anew(office, document):
    Document.objects.update(stage=Stage.READING)
    page = body(office.get(review_url(document)))
    assert "Máy đang đọc" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    url = reverse("documents:waiting", args=[document.pk])
    still = office.get(url, headers=HTMX)
    assert (still.status_code, "HX-Refresh" in still.headers) == (200, False)
    Document.objects.update(stage=Stage.TO_REVIEW)
    assert office.get(url, headers=HTMX)["HX-Refresh"] == "true"
    assert office.get(url)["Location"] == review_url(document)


def test_a_document_that_could_not_be_read_says_why_and_is_read_again(office, document):
    Document.objects.update(stage=Stage.UNREADABLE, trouble="Văn bản rối.")
    assert "Văn bản rối." in body(office.get(review_url(document)))
    response = office.post(reverse("documents:read-again", args=[document.pk]), follow=True)
    assert "Đã xem 0/6" in body(response)


def test_the_card_tells_the_register_what_was_made_and_who_did_what(office, document, reviewer):
    from danvan.documents.services import accept_all_sure

    accept_all_sure(document, actor=reviewer)
    page = body(office.get(reverse("documents:card", args=[document.pk])))
    for words in (
        "07-NQ/TU", "Tỉnh ủy Nghệ An", "Trần Văn Bình", "Chỉ tiêu đã nhận", "Văn bản viện dẫn",
        "Số liệu đã nhận", "Nhận các mục chắc: 5 mục", str(reviewer), "Máy đọc xong: 6 mục",
    ):  # fmt: skip
        assert words in page, words


def test_a_cited_document_is_offered_as_a_link(office, province, document):
    cited = register_document(
        unit=province.committee, content=Paper(about="khác").as_txt(), name="b.txt", actor=None,
        symbol="23-QĐ/TW", issued_on=date(2021, 7, 30), issuer_name="Bộ Chính trị",
    )  # fmt: skip
    proposal = document.proposals.get(kind="citation")
    office.post(reverse("documents:decide", args=[proposal.pk]), {"viec": "nhan"})
    page = body(office.get(review_url(document, "?nhom=van-ban")))
    assert "có trong sổ" in page
    assert reverse("documents:card", args=[cited.pk]) in page
    assert reverse("documents:card", args=[cited.pk]) in body(
        office.get(reverse("documents:card", args=[document.pk]))
    )


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


def test_a_megabyte_with_hundreds_of_proposals_opens_fast(office, province):
    import time

    paper = Paper(
        body=Paper().body * 60 + ("Nội dung thường lệ của báo cáo hằng tuần. " * 20 + "\n",) * 1_000
    )
    document = DocumentFactory(
        unit=province.committee, text=paper.text(), stage=Stage.READING, issued_on=date(2026, 3, 2)
    )
    from danvan.documents.services import read_document

    read_document(document, actor=None)
    assert len(document.text) > 800_000
    assert document.proposals.count() > 300
    began = time.perf_counter()
    assert office.get(review_url(document)).status_code == 200
    assert time.perf_counter() - began < 5
