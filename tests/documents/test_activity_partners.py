"""Those an activity was done together with: read, recorded as partners where the register knows them, put right."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.activities.models import Activity
from danvan.documents.selectors.learned import changed_parts
from danvan.documents.services import accept_proposal, reopen_proposal
from danvan.organisations.selectors import last_names
from tests.documents.papers import body
from tests.documents.test_activities_read import NEWS, bring, done, led_by, review_url, sent, told

pytestmark = pytest.mark.django_db

TOGETHER = NEWS.replace(
    "đã tổ chức hội nghị đối", "phối hợp với Ủy ban nhân dân xã Môn Sơn tổ chức hội nghị đối"
)


def test_whoever_it_was_done_together_with_is_its_partner(office, province, reviewer):
    document = bring(province.committee, TOGETHER)
    proposal = done(document)[0]
    page = body(office.get(review_url(document)))
    assert "<dt>Ai phối hợp</dt><dd>Ủy ban nhân dân Xã Môn Sơn</dd>" in page
    accept_proposal(proposal, actor=reviewer)
    partners = Activity.objects.get().partners
    assert [one.unit_id for one in partners.all()] == [province.governments[0].pk]


def test_a_partner_nobody_knows_is_not_invented_and_one_is_put_right(office, empty, province):
    lead, other = province.committees[0], province.fronts[0]
    strange = {"words": "Đoàn thiện nguyện"}
    first = told(empty, lead=led_by(lead), supports=[strange, led_by(lead)])
    assert "Đoàn thiện nguyện (chưa rõ là đơn vị nào)" in body(office.get(review_url(empty)))
    accept_proposal(first, actor=None)
    assert not Activity.objects.get().partners.exists()
    reopen_proposal(first, actor=None)
    address = reverse("documents:correct", args=[first.pk])
    refused = office.post(address, sent(support_0="không có đâu"))
    assert "Không có đơn vị nào khớp" in body(refused)
    name = last_names([other.pk], date(2026, 12, 31))[other.pk]
    assert office.post(address, sent(support_0=name)).status_code == 302
    one = Activity.objects.standing().get()
    assert [by.unit_id for by in one.partners.all()] == [other.pk]
    first.refresh_from_db()
    assert changed_parts(first.body, first.correction) >= {"đơn vị phối hợp"}
