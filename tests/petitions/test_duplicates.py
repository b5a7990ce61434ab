"""What says the same is found before it is sent: without tones, among what the reader may see, by one way or the other."""

import random
from datetime import date

import numpy as np
import pytest

from danvan.petitions.enums import Kind
from danvan.petitions.models import Paper, Petition
from danvan.petitions.selectors import duplicates, similar_petitions
from danvan.petitions.selectors.blocks import Blocks, signature_of
from danvan.petitions.selectors.duplicates import same_sender
from danvan.petitions.selectors.likeness import Scan, alike, features_of, weighed, weights_by
from danvan.petitions.services import add_representatives
from danvan.petitions.services.erasing import erase_petitioner
from danvan.petitions.services.vault import AccusedDraft, seal_petition
from danvan.vietnamese.text import fold
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.papers import TODAY

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=TODAY)
BRIDGE = (
    "Cầu treo qua suối Nậm Mộ tại bản Xiềng đã hỏng từ trận lũ tháng 8, ván mục, cáp giãn. Học sinh phải lội suối đi học, "
    "người dân không chở được lúa về. Đề nghị xã sửa cầu trước mùa mưa."
)
POWER = "Bản Huồi Pốc chưa có điện lưới, các hộ dùng máy phát nhỏ ở khe nước rất nguy hiểm cho trẻ em. Mong Nhà nước kéo điện."
DUST = "Xe tải chở đá chạy suốt ngày đêm làm đường Quốc lộ 7 bụi mù, hỏng mặt đường, ồn ào không ngủ được."


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = TODAY
    return own(_office)


@pytest.fixture(params=["scan", "blocks"])
def way(request, settings):
    settings.DANVAN_SIMILAR_SCAN = 100_000 if request.param == "scan" else 2
    return request.param


def feedback(unit, text, title="Phản ánh", **more):
    return papers.received(unit, papers.matter(Kind.FEEDBACK, title, text=text, **more))


def found(office, text, user=None, place_id=None, **more):
    told = similar_petitions(text, place_id=place_id, on=TODAY, user=user or office.officer, **more)
    return [one.petition.pk for one in told.found]


def test_the_same_words_without_tones_find_it(office, way):
    bridge, _, _ = (feedback(office.unit, one) for one in (BRIDGE, POWER, DUST))
    assert found(office, fold(BRIDGE).upper()) == [bridge.pk]
    assert found(office, "Kính thưa các đồng chí. " + BRIDGE[60:] + " Xin cảm ơn.") == [bridge.pk]
    assert found(office, "Xin cấp lại giấy khai sinh cho con tôi bị mất khi chuyển nhà") == []
    assert isinstance(duplicates._gathered.index, Scan if way == "scan" else Blocks)
    assert duplicates._gathered.index.size > 0  # what the benchmark tells


def test_words_that_nobody_else_wrote_do_not_hide_it(office, way):
    bridge, _, _ = (feedback(office.unit, one) for one in (BRIDGE, POWER, DUST))
    words = BRIDGE.split()
    words[::8] = [f"x{one}q" for one in range(len(words[::8]))]
    assert found(office, " ".join(words)) == [bridge.pk]


def test_what_came_after_the_first_question_is_found(office, way):
    for one in (BRIDGE, POWER, DUST):
        feedback(office.unit, one)
    assert (
        found(office, "Đường bê tông vào bản Na Ca bị sạt lở hai đoạn, xe máy không qua được") == []
    )
    road = feedback(
        office.unit, "Đường bê tông vào bản Na Ca sạt lở hai đoạn, xe máy không qua được"
    )
    assert found(
        office, "Duong be tong vao ban Na Ca bi sat lo hai doan, xe may khong qua duoc"
    ) == [road.pk]
    assert found(office, road.text, apart_from=road.pk) == []


HALF = (
    "Cầu treo qua suối Nậm Mộ tại bản Xiềng đã hỏng, ván mục, cáp giãn, học sinh phải lội suối. Nhà tôi ở ngay đầu cầu, hôm "
    "qua cháu nhỏ trượt chân rơi xuống nước, may có thanh niên vớt lên kịp. Gia đình rất lo lắng, đêm nằm không ngủ yên."
)


@pytest.mark.parametrize("others", [0, 300])  # laid in at once, or in the tail for a while
def test_on_its_card_is_found_what_was_found_when_it_was_received(office, way, others):
    some = [POWER, DUST] + [f"{POWER} Hộ thứ {one} cần {one * 7} mét dây." for one in range(others)]
    rows = [feedback(office.unit, one) for one in (BRIDGE, POWER, DUST)]
    duplicates.forget_texts()
    with duplicates._gathered.lock:
        duplicates._gathered.catch_up()
        duplicates._gathered.index.add([(100_000 + at, one) for at, one in enumerate(some)])
    title, words = "Phản ánh cầu treo", HALF if way == "scan" else f"{BRIDGE} {HALF[93:]}"
    more = {"place_id": None, "on": TODAY, "user": office.officer}
    before = similar_petitions(f"{title}\n{words}", **more)
    own = feedback(office.unit, words, title)
    after = similar_petitions(f"{title}\n{words}", **more, apart_from=own.pk)
    pairs = list(zip(before.found, after.found, strict=True))
    assert [one.petition for one in before.found] == [rows[0]]
    assert all(abs(one.likeness - now.likeness) < 0.03 for one, now in pairs)


def test_only_what_the_reader_may_see_and_what_is_open_is_named(office, way):
    here, there, against, closed = (
        feedback(unit, BRIDGE) for unit in (office.unit, office.other, office.unit, office.unit)
    )
    against.barred.create(user=office.officer)
    assert found(office, BRIDGE) == [closed.pk, here.pk]
    Petition.objects.filter(pk=closed.pk).update(state="filed", closed_on=TODAY)
    assert found(office, BRIDGE) == [here.pk]
    assert found(office, BRIDGE, user=office.stranger) == [there.pk]
    assert set(found(office, BRIDGE, user=office.chief)) == {here.pk, there.pk, against.pk}


def test_the_same_place_and_a_near_day_come_first(office):
    place = office.province.place.pk
    old = feedback(office.unit, BRIDGE)
    Petition.objects.filter(pk=old.pk).update(received_on=date(2026, 1, 5))
    new, near = feedback(office.unit, BRIDGE), feedback(office.unit, BRIDGE)
    Petition.objects.filter(pk=near.pk).update(place_id=place, received_on=date(2026, 3, 5))
    assert found(office, BRIDGE, place_id=place) == [near.pk, new.pk, old.pk]
    first = similar_petitions(BRIDGE, place_id=place, on=TODAY, user=office.officer).found[0]
    assert (first.percent > 95, first.same_place) == (True, True)
    assert found(office, BRIDGE, limit=1) == [new.pk]


def test_a_word_or_two_find_nothing(office):
    feedback(office.unit, "cầu treo")
    told = similar_petitions("Cầu treo", place_id=None, on=TODAY, user=office.officer)
    assert (told.found, told.whole) == ((), True)


def test_a_question_takes_in_only_so_much_and_says_so(office, monkeypatch):
    monkeypatch.setattr(duplicates, "NEW_AT_ONCE", 2)
    oldest = feedback(office.unit, BRIDGE)
    for one in (POWER, DUST, POWER):
        feedback(office.unit, one)
    told = similar_petitions(BRIDGE, place_id=None, on=TODAY, user=office.officer)
    assert (told.found, told.compared, told.whole) == ((), 2, False)
    assert found(office, BRIDGE) == [oldest.pk]
    assert similar_petitions(BRIDGE, place_id=None, on=TODAY, user=office.officer).whole


def test_many_that_the_reader_may_not_see_do_not_hide_one_that_they_may(office, monkeypatch):
    monkeypatch.setattr(duplicates, "AT_ONCE", 2)
    for _ in range(3):
        feedback(office.other, BRIDGE)
    mine = feedback(office.unit, BRIDGE)
    Petition.objects.filter(pk=mine.pk).update(text=BRIDGE + " Xin cảm ơn các đồng chí.")
    assert found(office, BRIDGE) == [mine.pk]


def test_queries_do_not_grow_with_what_is_found(office, django_assert_max_num_queries):
    for _ in range(12):
        feedback(office.unit, BRIDGE)
    found(office, BRIDGE)
    with django_assert_max_num_queries(5):
        assert len(found(office, BRIDGE)) == 10


def test_the_same_sender_is_known_without_opening_who_it_is(office):
    first, again = feedback(office.unit, BRIDGE), feedback(office.unit, BRIDGE)
    other = papers.received(office.unit, persons=(papers.PersonDraft(name="Vi Thị Hoa"),))
    named = papers.received(office.unit, persons=(papers.PersonDraft(name="lô văn NAM"),))
    assert same_sender(first, again.paper)
    assert same_sender(first, named.paper)
    assert not same_sender(first, other.paper)


# The arrays themselves

WORDS = [
    f"{one}{two}"
    for one in "bcdghklmnt"
    for two in ("an", "em", "inh", "oan", "uong", "ay", "ieu", "o")
]


def made_up(draw, length=60):
    return " ".join(draw.choice(WORDS) for _ in range(length))


def exact(texts, asked):
    """The cosine as it is defined, over words and pairs themselves."""
    features = [features_of(one) for one in texts]
    each = np.zeros(1 << 20, np.int64)
    for one in features:
        each[one.columns] += 1
    weights = weights_by(each, len(texts))
    return [
        sum(
            a * b
            for column, a in zip(one.columns, weighed(one, weights), strict=True)
            for other, b in zip(asked.columns, weighed(asked, weights), strict=True)
            if column == other
        )
        for one in features
    ]


def test_the_scan_counts_the_cosine_as_it_is_defined():
    draw = random.Random(7)
    texts = [made_up(draw, 12) for _ in range(30)]
    asked = " ".join((texts[3] + " " + texts[4]).split()[4:20])
    scan = Scan()
    scan.add(list(enumerate(texts)))
    scores = dict(scan.nearest(asked, least=0.0001, most=50))
    wanted = exact(texts, features_of(asked))
    assert [round(scores.get(pk, 0.0), 4) for pk in range(30)] == [
        round(float(one), 4) for one in wanted
    ]


def test_what_waits_in_the_tail_is_compared_like_what_is_laid_in():
    draw = random.Random(8)
    texts = [made_up(draw) for _ in range(700)]
    scan, blocks = Scan(), Blocks()
    for index in (scan, blocks):
        for first in range(0, 700, 10):
            index.add([(pk, texts[pk]) for pk in range(first, first + 10)])
        assert len(index) == 700
        assert 0 < len(index.tail) < 300
        assert index.size < 2_000 * 700 + (1 << 24)
    for pk in (0, 399, 699):
        [(same, score)] = scan.nearest(texts[pk], least=0.9, most=5)
        assert (same, round(score, 2)) == (pk, 1.0)
        assert blocks.near(texts[pk], most=5)[0] == pk
    assert blocks.weights.shape == (1 << 20,)


def test_nothing_is_alike_where_there_are_no_words():
    scan = Scan()
    assert scan.nearest("cầu treo hỏng", least=0.1, most=5) == []
    scan.add([(1, ""), (2, "cầu treo hỏng")])
    assert scan.nearest("điện lưới", least=0.1, most=5) == []
    assert scan.nearest("", least=0.1, most=5) == []
    assert alike(features_of(""), [features_of("a b")], weights_by(np.zeros(1 << 20), 0)) == [0.0]
    assert signature_of("").shape == (32,)


def kept_of(pk):
    """Whether this process still keeps anything of a petition."""
    index = duplicates._gathered.index
    ids = {*index.ids.tolist(), *(one for one, _ in index.tail)}
    return pk in ids or pk in duplicates._gathered.known


def test_what_moved_into_the_vault_is_forgotten_by_every_process_at_its_next_look(office, way):
    """The act of this test ends in no commit: to the arrays it is that of another process."""
    moved, stays, other = (feedback(office.unit, one) for one in (BRIDGE, POWER, DUST))
    assert found(office, BRIDGE) == [moved.pk]
    assert kept_of(moved.pk)
    seal_petition(moved, accused=[AccusedDraft(name="Hoàng Quốc Tí")], actor=office.officer)
    assert kept_of(moved.pk)  # nobody told this process
    assert found(office, POWER) == [stays.pk]
    assert not kept_of(moved.pk)
    assert kept_of(other.pk)
    begun = duplicates._gathered.index
    assert found(office, DUST) == [other.pk]
    assert duplicates._gathered.index is begun  # nothing went since: it is not read again


def test_words_in_which_somebody_was_hidden_are_compared_anew(office):
    one = feedback(office.unit, f"{BRIDGE} Gọi ông Vừ Bá Sáng.")
    assert found(office, BRIDGE) == [one.pk]
    begun = duplicates._gathered.index
    person = papers.PersonDraft(name="Vừ Bá Sáng")
    Paper.objects.filter(pk=one.paper_id).update(people=2)
    add_representatives(papers.fresh(one), [person], actor=None)
    assert found(office, BRIDGE) == [one.pk]
    assert duplicates._gathered.index is not begun


def test_words_of_who_was_erased_are_kept_by_no_process(office):
    one = feedback(office.unit, BRIDGE)
    assert found(office, BRIDGE) == [one.pk]
    begun = duplicates._gathered.index
    erase_petitioner(one.paper.signatures.get().petitioner, actor=None)
    assert found(office, POWER) == []
    assert duplicates._gathered.index is not begun
