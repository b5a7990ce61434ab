"""Khó khăn, vướng mắc: up to the unit above, passed on with a remark, joined, answered once, down to all on the way."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from danvan.commitments.enums import StepKind
from danvan.commitments.filed import FiledDifficulties
from danvan.commitments.models import Commitment, Difficulty
from danvan.commitments.selectors import (
    allowed_difficulties,
    difficulties_by_topic,
    difficulties_listed,
)
from danvan.commitments.selectors.difficulties import difficulty_card_of, unit_above
from danvan.commitments.selectors.subjects import subject_at, subject_named, subjects_offered
from danvan.commitments.services import (
    Raised,
    answer_difficulty,
    join_difficulties,
    pass_difficulty_up,
    raise_difficulty,
    send_difficulty_on_paper,
)
from danvan.commitments.zalo_words import difficulty_words
from danvan.foundation.errors import RuleError
from danvan.notifications.models import Notification
from danvan.notifications.selectors import things_due
from danvan.reporting.services import open_period
from tests.commitments.conftest import TODAY
from tests.commitments.test_assigning import traces
from tests.commitments.test_pages import as_, said, text  # noqa: F401
from tests.documents.directed import directive_of
from tests.factories.merging import ON, Merger
from tests.factories.province import make_grant, make_organisation, make_user
from tests.indicators.figures import an_indicator
from tests.indicators.goals import a_goal
from tests.notifications.hearing import deliver_all
from tests.reporting.months import NOVEMBER, indicators, make_form
from tests.topics.trees import grown

FUNDS = Raised("Thiếu kinh phí làm đường", "Xin cấp thêm 200 triệu đồng")


def heard(person):
    deliver_all()
    return list(Notification.objects.filter(user=person).values_list("words", flat=True))


def raised(ledger, raised=FUNDS, **given):
    return raise_difficulty(
        raised, **{"unit_id": ledger.province.fronts[0].pk, "actor": None, **given}
    )


def test_the_unit_above_is_of_the_line_else_of_the_kind_else_the_party_committee(ledger):
    province = ledger.province
    assert unit_above(province.fronts[0].pk, on=TODAY) == province.front.pk
    assert unit_above(province.governments[0].pk, on=TODAY) == province.committee.pk
    assert unit_above(province.communes[0].pk, on=TODAY) == province.committee.pk
    assert unit_above(province.committee.pk, on=TODAY) is None  # nobody works at the country
    assert unit_above(province.country.pk, on=TODAY) is None
    assert unit_above(province.front.pk, on=date(2019, 1, 1)) is None


def test_it_goes_up_with_a_remark_and_the_answer_comes_down_to_all_on_the_way(ledger):
    row = ledger.one(lead_id=ledger.province.fronts[0].pk)
    front = make_grant(ledger.province.front, "specialist", user=make_user("Hoàng Thị Lan"))
    central = make_organisation(ledger.province.country, name="Ủy ban MTTQ Việt Nam")
    top = make_grant(central, "specialist", user=make_user("Trần Văn Trung"))
    about = Raised("Thiếu kinh phí", "Xin thêm", None, "commitments.commitment", row.pk, row.number)
    one = raised(ledger, about, actor=ledger.officer)
    assert heard(front) == [
        "Ủy ban MTTQ Việt Nam Xã Môn Sơn nêu khó khăn, vướng mắc, chờ trả lời: Thiếu kinh phí"
    ]
    assert row.steps.latest("pk").kind == StepKind.DIFFICULTY
    with pytest.raises(RuleError, match="ghi ý kiến"):
        pass_difficulty_up(one, words=" ", actor=front)
    twice = one
    one = pass_difficulty_up(one, words="Vượt thẩm quyền", actor=front)
    with pytest.raises(RuleError, match="vừa được chuyển sang đơn vị khác"):
        pass_difficulty_up(twice, words="Bấm hai lần", actor=front)
    assert one.at_unit_id == central.pk
    assert len(heard(top)) == 1
    with pytest.raises(RuleError, match="không có đơn vị trên"):
        pass_difficulty_up(one, words="Nữa", actor=top)
    answer_difficulty(one, answer="Cấp từ quý I", actor=top)
    done = "Đã có trả lời khó khăn, vướng mắc: Thiếu kinh phí"
    assert done in heard(front)
    assert done in heard(ledger.officer)
    assert done not in heard(top)
    assert row.steps.latest("pk").words == "Cấp từ quý I"
    for act in (answer_difficulty, pass_difficulty_up):
        with pytest.raises(RuleError, match="Trần Văn Trung đã trả lời"):
            act(one, actor=top, **{"answer" if act is answer_difficulty else "words": "Nữa"})


def test_the_same_from_several_units_is_answered_once(ledger):
    fronts = ledger.province.fronts
    main, second, third = (raised(ledger, unit_id=front.pk) for front in fronts)
    join_difficulties(second, [third], actor=None)
    join_difficulties(main, [main, second], actor=None)
    assert set(main.joined.all()) == {second, third}
    with pytest.raises(RuleError, match="đã gộp vào"):
        answer_difficulty(third, answer="Có", actor=None)
    with pytest.raises(RuleError, match="chọn từ 1"):
        join_difficulties(main, [main], actor=None)
    elsewhere = raised(ledger, unit_id=ledger.province.committees[0].pk)
    with pytest.raises(RuleError, match="cùng một đơn vị"):
        join_difficulties(main, [elsewhere], actor=None)
    third.refresh_from_db()
    assert difficulty_words(third, on=TODAY).endswith("Đã gộp để trả lời chung một lần")
    answer_difficulty(main, answer="Đã bố trí", actor=None)
    assert set(Difficulty.objects.values_list("answer", flat=True)) == {"Đã bố trí", ""}
    main.refresh_from_db()
    assert difficulty_words(main, on=TODAY).endswith(
        "Đã có trả lời của Ủy ban MTTQ Việt Nam Tỉnh Nghệ An"
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Raised(" "), "là gì"),
        (Raised("x" * 201), "dài quá"),
        (Raised("Thiếu", subject_kind="lạ"), "về điều gì"),
        (Raised("Thiếu", topic_id=99), "."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(ledger, given, words):
    before = traces()
    with pytest.raises(RuleError, match=words):
        raised(ledger, given)
    with pytest.raises(RuleError, match="thay mặt đơn vị này"):
        raised(ledger, unit_id=ledger.other.pk, actor=ledger.officer)
    with pytest.raises(RuleError, match="không có đơn vị trên"):
        raised(ledger, unit_id=ledger.province.country.pk)
    assert (traces(), Difficulty.objects.count()) == (before, 0)


def test_at_the_top_of_the_installation_it_goes_on_by_a_paper_and_waits_there_still(
    as_,  # noqa: F811
    ledger,
    settings,
):
    committee = ledger.province.committee
    one = raised(ledger, unit_id=ledger.province.governments[0].pk)
    assert one.at_unit_id == committee.pk
    with pytest.raises(RuleError, match="bằng văn bản"):
        pass_difficulty_up(one, words="Vượt quyền", actor=None)
    settings.DANVAN_TODAY = TODAY + timedelta(days=3)
    client = as_(make_grant(committee, "leader"))
    card, send = (reverse(f"commitments:{name}", args=[one.pk]) for name in ("difficulty", "send-difficulty"))  # fmt: skip
    assert "Chuyển lên cấp trên" not in text(client.get(card))
    faulty = client.post(send, {"organ": "Bộ Nội vụ", "symbol": "x", "on": "01/01/2020"})
    assert faulty.status_code == 422
    assert all(words in text(faulty) for words in ("quá ngắn để tìm lại", "trước ngày khó khăn"))
    ahead = client.post(send, {"organ": "Bộ Nội vụ", "symbol": "12-CV/TU", "on": "31/12/2030"})
    assert "chưa đến" in text(ahead)
    one.refresh_from_db()
    assert one.waits_since == TODAY
    sent = {"organ": "Bộ Nội vụ", "symbol": "12-CV/TU", "on": "22/11/2026", "words": "Xin ý kiến"}
    assert "bằng văn bản" in said(client.post(send, sent, follow=True))
    one.refresh_from_db()
    assert (one.at_unit_id, one.waits_since) == (committee.pk, TODAY + timedelta(days=3))
    [told] = one.steps.filter(kind="passed_up").values_list("words", flat=True)
    assert told == "Gửi Bộ Nội vụ bằng văn bản số 12-CV/TU ngày 22/11/2026. Xin ý kiến"
    below = raised(ledger)
    Difficulty.objects.filter(pk=below.pk).update(at_unit=ledger.province.fronts[0])
    paper = {"organ": "Bộ", "symbol": "12-CV/TU", "on": TODAY, "actor": None}
    with pytest.raises(RuleError, match="chuyển lên ngay tại đây"):
        send_difficulty_on_paper(below, **paper)
    with pytest.raises(RuleError, match=r"cơ quan nào.*ngày của văn bản.*dài quá"):
        send_difficulty_on_paper(one, **{**paper, "organ": "", "on": None, "words": "x" * 10_001})
    settings.DANVAN_TOP_UNIT = "40"
    assert unit_above(committee.pk, on=TODAY) is None


def test_what_waits_too_long_is_told_of_and_counted_by_topic(ledger, settings):
    tree = grown("Đất đai")
    topic = next(iter(tree.values()))
    one = raised(ledger, Raised("Thiếu cán bộ", topic_id=topic.pk))
    raised(ledger)
    reader = make_grant(ledger.province.front, "specialist")
    assert len(difficulties_listed(reader, "cho-toi", None, on=TODAY)) == 2
    [first, second] = difficulties_by_topic(Difficulty.objects.all(), on=TODAY)
    assert {first[1:], second[1:]} >= {("Chưa phân lĩnh vực", 1)}
    assert len(difficulties_listed(reader, "", topic.pk, on=TODAY)) == 1
    assert (
        FiledDifficulties().counts() == {topic.pk: 1} == FiledDifficulties().counts(reader=reader)
    )
    assert FiledDifficulties().address(topic.pk).endswith(f"?linh_vuc={topic.pk}")
    later = TODAY + timedelta(days=11)
    assert list(difficulties_listed(reader, "qua-han", None, on=TODAY)) == []
    assert len(difficulties_listed(reader, "qua-han", None, on=later)) == 2
    due = things_due(TODAY + timedelta(days=10), TODAY + timedelta(days=10))
    assert one.title in " ".join(thing.title for thing in due)
    assert "chậm nhất 30/11/2026" in difficulty_words(one, on=TODAY)


def test_an_open_difficulty_passes_to_the_heirs_and_back(ledger, settings):
    settings.DANVAN_TODAY = ON
    one = raised(ledger)
    Difficulty.objects.filter(pk=one.pk).update(at_unit=ledger.province.committees[0])
    merger = Merger(ledger.province).found()
    keys = ("commitments.raiser", "commitments.answerer")
    moved = merger.hand_over(*keys)
    one.refresh_from_db()
    assert (one.unit_id, one.at_unit_id) == (merger.front.pk, merger.committee.pk)
    assert {part.title for part in moved} == {"Khó khăn, vướng mắc nêu ngày 01/07/2026"}
    merger.take_back(*keys)
    one.refresh_from_db()
    assert one.unit_id == ledger.province.fronts[0].pk


def test_the_pages_from_raising_to_the_answer(as_, ledger):  # noqa: F811
    row = ledger.one(lead_id=ledger.province.fronts[0].pk)
    Commitment.objects.filter(pk=row.pk).update(assigner=ledger.province.front)
    client = as_(ledger.officer)
    page = reverse("commitments:raise-difficulty")
    assert row.number in text(client.get(page, {"viec": row.number}))
    sent = {"unit": ledger.province.fronts[0].pk, "title": "Thiếu kinh phí", "subject": "CK-1",
            "subject_kind": "commitments.commitment"}  # fmt: skip
    for wrong, words in (
        ({"subject": ""}, "ghi số hoặc tên"), ({"subject_kind": ""}, "về điều gì"),
        ({}, "Không tìm thấy việc"), ({"unit": "0"}, "chọn lại đơn vị"),
    ):  # fmt: skip
        refused = client.post(page, {**sent, **wrong})
        assert (refused.status_code, words in text(refused)) == (422, True)
    done = client.post(page, {**sent, "subject": row.number}, follow=True)
    assert "Đã gửi lên cấp trên" in said(done)
    one = Difficulty.objects.get()
    other = raised(ledger, unit_id=ledger.province.fronts[1].pk)
    assert "Gửi trả lời" not in text(client.get(reverse("commitments:difficulty", args=[one.pk])))
    client = as_(make_grant(ledger.province.front, "specialist"))
    assert "Thiếu kinh phí" in text(client.get("/"))
    card = reverse("commitments:difficulty", args=[one.pk])
    assert "Khó khăn khác đang chờ tại đây" in text(client.get(card))
    gop = reverse("commitments:join-difficulties", args=[one.pk])
    assert "chọn từ 1" in said(client.post(gop, {"chon": ["lạ"]}, follow=True))
    assert "Đã gộp 1 khó khăn" in said(client.post(gop, {"chon": [other.pk]}, follow=True))
    up = reverse("commitments:pass-difficulty", args=[one.pk])
    assert client.post(up, {"words": ""}).status_code == 422
    answer = reverse("commitments:answer-difficulty", args=[one.pk])
    assert client.post(answer, {"answer": ""}).status_code == 422
    assert "Đã trả lời" in said(client.post(answer, {"answer": "Có"}, follow=True))
    share = text(client.get(reverse("commitments:share-difficulty", args=[one.pk])))
    assert ("Khó khăn, vướng mắc của" in share, "kinh phí" in share) == (True, False)
    for tab in ("", "da-neu", "qua-han", "da-tra-loi", "lạ"):
        assert client.get(reverse("commitments:difficulties"), {"muc": tab}).status_code == 200
    wrong = client.get(reverse("commitments:difficulties"), {"linh_vuc": "lạ"})
    assert wrong.status_code == 422
    assert allowed_difficulties(ledger.officer, "commitments.perform").count() == 1


def test_one_is_about_a_target_or_a_report_and_links_to_it_for_who_may_open_it(as_, ledger):  # noqa: F811
    province = ledger.province
    target = a_goal(province.place, an_indicator("CT-01"), goal=10)
    indicators()
    form = make_form(province)
    owed = open_period(form, NOVEMBER, actor=None)[0]
    assert subject_named(ledger.officer, "lạ:1") is None
    assert subject_named(ledger.officer, "commitments.commitment:999999") is None
    assert subject_named(ledger.officer, f"indicators.target:{target.pk}x") is None
    client = as_(ledger.officer)
    page = reverse("commitments:raise-difficulty")
    offered = text(client.get(page, {"ve": f"reporting.obligation:{owed.pk}"}))
    assert f'value="reporting.obligation:{owed.pk}" selected' in offered
    sent = {
        "unit": province.fronts[0].pk,
        "title": "Thiếu số liệu",
        "about": f"reporting.obligation:{owed.pk}",
    }
    twice = client.post(
        page, {**sent, "subject": "Báo cáo tháng", "subject_kind": "reporting.obligation"}
    )
    assert (twice.status_code, "không ghi cả hai" in text(twice)) == (422, True)
    wrong = client.post(page, {**sent, "about": "reporting.obligation:999999"})
    assert (wrong.status_code, "chọn lại báo cáo" in text(wrong)) == (422, True)
    assert not Difficulty.objects.exists()
    done = client.post(page, sent, follow=True)
    assert "Đã gửi lên cấp trên" in said(done)
    one = Difficulty.objects.get()
    assert (one.subject_kind, one.subject_id) == ("reporting.obligation", owed.pk)
    assert one.subject.startswith(form.name)
    assert reverse("reporting:report", args=[owed.pk]) in text(done)
    mine = Raised("Khó đạt", "", None, "indicators.target", target.pk, target.title)
    about = raised(ledger, mine)
    chief = make_grant(province.place, "specialist")
    card = difficulty_card_of(chief, about, on=TODAY)
    assert (card.about.words, card.about.url) == (
        target.title,
        reverse("desk:target", args=[target.pk]),
    )
    stranger = make_grant(province.communes[1], "commune_officer")
    with pytest.raises(RuleError, match="trong phạm vi của đồng chí"):
        raised(ledger, Raised("Khó", subject_kind="reporting.obligation", subject_id=owed.pk), actor=stranger,
               unit_id=province.fronts[1].pk)  # fmt: skip
    labels = [label for label, _ in subjects_offered(chief, on=TODAY)]
    assert "Chỉ tiêu" in labels
    assert "Nêu khó khăn" in text(client.get(reverse("reporting:report", args=[owed.pk])))


def test_a_document_is_a_subject_for_who_may_open_it(ledger):
    letter = directive_of(ledger.province)
    kind = "documents.document"
    reader = make_grant(ledger.province.place, "specialist")
    found = subject_at(reader, kind, letter.pk)
    assert found.url == reverse("documents:card", args=[letter.pk])
    assert letter.symbol in found.words
    assert subject_at(make_user(), kind, letter.pk) is None
