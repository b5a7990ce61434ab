"""The reading page: decisions one by one or all at once, with htmx and without a script."""

import re
from datetime import date

import pytest
from django.urls import reverse

from danvan.documents.enums import ProposalKind, Stage, Verdict
from danvan.documents.models import Document, Proposal
from danvan.documents.services import register_document
from danvan.indicators.models import Target
from tests.documents.acts import propose
from tests.documents.papers import Paper, body
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db


HTMX = {"HX-Request": "true"}


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
    assert body(refused).count(" autofocus") == 1
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


def test_who_goes_back_to_the_reading_page_sees_it_anew(office, empty):
    page = office.get(reverse("documents:review", args=[empty.pk]))
    assert "no-store" in page["Cache-Control"]


def test_the_cursor_stands_in_the_first_field_of_a_correction(office, empty):
    proposal = propose(empty, ProposalKind.FIGURE)
    page = body(office.get(reverse("documents:correct", args=[proposal.pk])))
    assert page.count(" autofocus") == 1
