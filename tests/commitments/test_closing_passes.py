"""Work that was found done and is not closed waits for who assigned it: the heir of that unit sees, shows and closes it."""

from danvan.commitments.enums import State
from danvan.commitments.models import PublicNote
from danvan.commitments.selectors import allowed_commitments
from danvan.commitments.services import (
    close_commitment,
    hide_publicly,
    issue_follow_codes,
    show_publicly,
)
from danvan.organisations.holders import holder_named
from tests.commitments.test_holders import (  # noqa: F401
    KEYS,
    finished,
    give,
    merger,
    province,
    today,
)
from tests.factories.merging import ON
from tests.factories.province import make_grant


def test_what_was_found_done_is_closed_by_the_heir_of_who_assigned_it(province, merger, give):  # noqa: F811
    one = finished(give(province.fronts[2], assigner=province.committees[0]))
    note = show_publicly(one, words="Đã đổ xong 1,2 km đường", actor=None)
    merger.found().hand_over(*KEYS)
    heir = make_grant(merger.committee, "specialist", valid_from=ON)
    [seen] = allowed_commitments(heir, "commitments.assign")
    assert (seen.pk, seen.assigner_id) == (one.pk, merger.committee.pk)
    assert len(issue_follow_codes([seen], number=1, actor=heir)) == 1
    [shown] = PublicNote.objects.filter(commitment__in=[seen], hidden_on=None)
    assert hide_publicly(shown, actor=heir).pk == note.pk
    seen.refresh_from_db()
    assert close_commitment(seen, actor=None).state == State.CLOSED
    key = "commitments.assigner"
    holder_named(key).take_back(merger.moved[key], merger.passage, actor=None)
    one.refresh_from_db()
    assert (one.assigner_id, one.state) == (province.committees[0].pk, State.CLOSED)
