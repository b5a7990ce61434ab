"""What is proposed to be covered, what was chosen, what then stands."""

from danvan.reading.covering import Covering, Group, propose, propose_groups, spans_kept
from danvan.reading.redacting import PrivateKind, PrivateSpan

TEXT = "Ông Lô Văn Nam, gọi 0912345678, ở gần chợ."


def values(part):
    return [one.value for one in part.marks]


def test_what_a_page_sends_back_covers_those_places_alone():
    part = propose("title", "Việc", TEXT)
    assert values(part) == ["title:4:14:name", "title:20:30:phone"]
    assert part.shown == "Ông [họ tên], gọi [số điện thoại], ở gần chợ."
    name, _ = values(part)
    assert Covering.of([name]).told(TEXT, "title") == (
        "Ông [họ tên], gọi 0912345678, ở gần chợ.",
        [[4, 14, "name"]],
    )


def test_what_is_no_value_is_left_out_and_an_unknown_kind_is_only_covered():
    found = Covering.of(["x", "title:a:b:c", "title:0:3:zzz", "c12:0:3:name"])
    assert found.spans == {
        "title": [PrivateSpan(0, 3, PrivateKind.KNOWN)],
        "c12": [PrivateSpan(0, 3, PrivateKind.NAME)],
    }


def test_of_two_that_overlap_the_whole_stretch_is_covered():
    spans = [PrivateSpan(0, 6, PrivateKind.NAME), PrivateSpan(4, 14, PrivateKind.NAME)]
    covering = Covering(spans={"title": spans}, words=("gan cho",))
    assert covering.told(TEXT, "title")[0] == "[đã che], gọi 0912345678, ở [đã che]."


def test_spans_that_fit_no_text_and_words_that_stand_nowhere_are_told():
    covering = Covering.of(["title:0:900:name", "other:0:3:name"], ("cột điện", "chợ"))
    assert covering.strays({"title": TEXT}) == ["title", "other"]
    assert covering.unseen({"title": TEXT}) == ["cột điện"]


def test_what_was_unticked_stays_open_but_what_the_record_holds_never_does():
    part = propose("title", "Việc", TEXT, known=["Lô Văn Nam"], chosen=[], more=["chợ"])
    assert part.shown == "Ông [họ tên], gọi 0912345678, ở gần [đã che]."
    assert [(one.sender, one.covered) for one in part.marks] == [
        (True, True), (False, False), (False, True),
    ]  # fmt: skip
    assert part.marks[0].why == "Vì: có thể nhận ra người gửi"


def test_what_was_covered_before_is_proposed_again_while_it_lies_in_the_text():
    before = spans_kept([(38, 41, "known"), (0, 99, "name")], TEXT)
    assert before == [PrivateSpan(38, 41, PrivateKind.KNOWN)]
    assert propose("title", "Việc", TEXT, before=before).marks[-1].words == "chợ"


def group(key, *, official):
    return Group(key, key, official=official, texts=[(key, "Lời", TEXT)])


def test_a_citizens_words_are_not_ticked_till_a_person_ticks_them():
    groups = [group("c1", official=True), group("q1", official=False)]

    def ticked(decided, **more):
        return [one.shown for one in propose_groups(groups, decided, **more)]

    assert ticked({}) == [True, False]
    assert ticked({"c1": None, "q1": []}) == [False, True]
    assert ticked({"c1": None}, wanted=["c1"]) == [True, False]
    assert propose_groups(groups, {"q1": [[38, 41, "known"]]})[1].parts[0].marks[-1].words == "chợ"
